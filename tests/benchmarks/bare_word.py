"""The bare Word file of a draft, by the calls that python-docx's own documentation shows.

What is to be written is read from our file beforehand, down to the last run and comment.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from generator.filing.word import blank


@dataclass(frozen=True)
class Comment:
    """A comment on the runs from one to another."""

    first: int
    last: int
    text: str
    author: str
    initials: str | None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a Word file, of the document or of a table's cell."""

    style: str
    runs: tuple[tuple[str, bool | None], ...]
    """The words of each, and whether they are bold."""
    comments: tuple[Comment, ...]
    alignment: WD_ALIGN_PARAGRAPH | None
    space_after: Length | None


@dataclass(frozen=True)
class Table:
    """A table, by rows."""

    style: str
    rows: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True)
class Place:
    """Where the picture stands, and how wide."""

    width: Length


Part = Paragraph | Table | Place


def parts_of(document: Document) -> Iterator[Part]:
    """Yield what stands in a Word file, from its top to its end."""
    comments = {comment.comment_id: comment for comment in document.comments}

    def part_of(paragraph: WordParagraph) -> Paragraph:
        runs: list[tuple[str, bool | None]] = []
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for element in paragraph._p:
            if element.tag == qn("w:commentRangeStart"):
                first[int(element.get(qn("w:id")))] = len(runs)
            elif element.tag == qn("w:commentRangeEnd"):
                last[int(element.get(qn("w:id")))] = len(runs) - 1
            elif element.tag == qn("w:r") and not element.findall(qn("w:commentReference")):
                bold = element.find(qn("w:rPr") + "/" + qn("w:b")) is not None
                runs.append((element.text, bold or None))
        return Paragraph(
            str(paragraph.style.name) if paragraph.style else "Normal",
            tuple(runs),
            tuple(
                Comment(first[each], last[each], said.text, said.author, said.initials)
                for each in first
                for said in [comments[each]]
            ),
            paragraph.alignment,
            paragraph.paragraph_format.space_after,
        )

    for item in document.iter_inner_content():
        if isinstance(item, WordTable):
            rows = (tuple(part_of(cell.paragraphs[0]) for cell in row.cells) for row in item.rows)
            yield Table(str(item.style and item.style.name), tuple(rows))
        elif item._p.findall(".//" + qn("wp:extent")):
            (extent,) = item._p.findall(".//" + qn("wp:extent"))
            yield Place(Length(int(extent.get("cx"))))
        else:
            yield part_of(item)


def write_word(parts: Sequence[Part], picture: bytes | None) -> bytes:
    """Write a Word file as python-docx has it done, into a document that has the styles."""
    document = docx.Document(io.BytesIO(blank()))
    for part in parts:
        match part:
            case Paragraph():
                _fill(document.add_paragraph(style=part.style), part, document)
            case Table():
                table = document.add_table(len(part.rows), len(part.rows[0]), style=part.style)
                for row, filled in zip(table.rows, part.rows, strict=True):
                    for cell, inside in zip(row.cells, filled, strict=True):
                        _fill(cell.paragraphs[0], inside, document)
            case Place() if picture:
                document.add_picture(io.BytesIO(picture), width=part.width)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _fill(paragraph: WordParagraph, part: Paragraph, document: Document) -> None:
    if part.alignment is not None:
        paragraph.alignment = part.alignment
    if part.space_after is not None:
        paragraph.paragraph_format.space_after = part.space_after
    runs = []
    for text, bold in part.runs:
        run = paragraph.add_run(text)
        if bold:
            run.bold = True
        runs.append(run)
    for comment in part.comments:
        document.add_comment(
            runs[comment.first : comment.last + 1],
            text=comment.text,
            author=comment.author,
            initials=comment.initials,
        )
