"""An article as a Word file: real styles, and the source of each figure as a comment."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache, lru_cache

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.comments import CT_Comment
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.run import Run as WordRun

from generator.filing.banners import Banner, banners
from generator.filing.charts import Picture, place_of_picture
from generator.filing.margins import Note
from generator.filing.tables import numeric_columns
from generator.model import (
    Block,
    BlockKind,
    Draft,
    Figure,
    Quotation,
    Release,
    Runs,
    plain,
)

BANNER, DISCLOSURE = "Banner", "Disclosure"
"""Styles of our own, beside Word's Title, Heading 2, Quote and Normal."""
_STYLES = frozenset(
    {
        *("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Quote", "Caption"),
        *("Normal Table", "Table Grid", "Default Paragraph Font", "No List", BANNER, DISCLOSURE),
    }
)
_PARTS = frozenset({"stylesWithEffects", "customXml", "thumbnail", "webSettings", "numbering"})
_AUTHOR = "newscopy"
_ALARM = RGBColor(0x9C, 0x10, 0x10)
_NO_DATE = datetime.datetime(1980, 1, 1)
"""Where the release has no date; the first that a zip can have."""
_A4 = Mm(210), Mm(297)
_CHART_WIDTH, _CHART_HEIGHT = Mm(120), Mm(150)
_LONGEST = 255
_IN_TABLES = "Where each figure of this table is from stands in ledger.json and on the page."


def article_docx(
    draft: Draft, release: Release, notes: Sequence[Note], picture: Picture | None
) -> bytes:
    """Write the article with its banners above and its disclosure below.

    `notes` are those of the draft's ledger, in its order. The bytes are the same for the same
    draft: no clock is in them.
    """
    document = docx.Document(io.BytesIO(blank()))
    writer = _Writer(document, draft, notes)
    for banner in banners(draft, release):
        writer.add_banner(banner)
    writer.add_words(draft.article.headline, "Title")
    place = place_of_picture(draft.article.blocks)
    for at, block in enumerate(draft.article.blocks):
        writer.add_block(block)
        if picture and at == place:
            writer.add_picture(picture)
    document.add_paragraph(draft.disclosure, style=DISCLOSURE)
    _describe(document, draft, release)
    return _packed(document)


class _Writer:
    """Adds one part after the other to a Word document."""

    def __init__(self, document: Document, draft: Draft, notes: Sequence[Note]) -> None:
        self._document = document
        self._draft = draft
        self._notes = notes

    def add_banner(self, banner: Banner) -> None:
        """Add a warning, its points on lines of their own."""
        paragraph = self._document.add_paragraph(style=BANNER)
        paragraph.add_run(banner.text).bold = True
        for item in banner.items:
            paragraph.add_run().add_break()
            paragraph.add_run(item)

    def add_picture(self, picture: Picture) -> None:
        """Add the chart as large as it is legible, and no longer than a page has room for."""
        width = min(_CHART_WIDTH, int(_CHART_HEIGHT * picture.width / picture.height))
        shape = self._document.add_picture(io.BytesIO(picture.png), width=width)
        shape._inline.docPr.set("descr", picture.alt)

    def add_block(self, block: Block) -> None:
        match block.kind:
            case BlockKind.TABLE:
                self._add_table(block.rows)
            case BlockKind.CROSSHEAD:
                self.add_words(block.runs, "Heading 2")
            case BlockKind.PARAGRAPH:
                self.add_words(block.runs, "Quote" if self._is_quote(block.runs) else "Normal")

    def add_words(self, runs: Runs, style: str) -> None:
        """Add a paragraph; what is a figure or a quote in it has its source as a comment."""
        paragraph = self._document.add_paragraph(style=style)
        behind: dict[int, list[WordRun]] = {}
        for run in runs:
            added = paragraph.add_run(run.text)
            for claim in run.claims:
                behind.setdefault(claim, []).append(added)
        for claim, words in behind.items():
            if isinstance(self._draft.ledger[claim].support, Figure | Quotation):
                self._comment(words, tuple(_lines(self._notes[claim])))

    def _add_table(self, rows: Sequence[Sequence[Runs]]) -> None:
        texts = [[plain(cell) for cell in row] for row in rows]
        numeric = numeric_columns(texts)
        table = self._document.add_table(len(texts), len(numeric), style="Table Grid")
        widths = _widths(sum(column.width for column in table.columns), len(numeric))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
            for column, (cell, text) in enumerate(zip(row.cells, cells, strict=False)):
                cell.width = widths[column]
                (paragraph,) = cell.paragraphs
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.add_run(text).bold = number == 0 or None
                if numeric[column]:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header = table.rows[0]
        header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # on every page anew
        self._comment(header.cells[0].paragraphs[0].runs[:1], (_IN_TABLES,))
        self._document.add_paragraph()

    def _comment(self, words: Sequence[WordRun], lines: tuple[str, ...]) -> None:
        comments = self._document.comments._comments_elm
        comment = deepcopy(_comment_saying(lines))
        comment.id = len(comments)
        comments.append(comment)
        words[0].mark_comment_range(words[-1], comment.id)

    def _is_quote(self, runs: Runs) -> bool:
        """Tell whether most of a paragraph is somebody's own words."""
        ledger = self._draft.ledger
        own = [
            run.text
            for run in runs
            for claim in run.claims[:1]
            if isinstance(support := ledger[claim].support, Quotation) and support.verbatim
        ]
        return 2 * sum(map(len, own)) > len(plain(runs))


def _lines(note: Note) -> Iterator[str]:
    yield note.title
    for line in note.lines:
        yield f"{line.text}, {line.sha256}" if line.sha256 else line.text


def _describe(document: Document, draft: Draft, release: Release) -> None:
    """Fill in what Word shows as the document's properties."""
    facts, properties = draft.facts, document.core_properties
    properties.title = _short(draft.headline)
    properties.subject = _short(f"{facts.story.title}, {facts.area.name}, {facts.period}")
    properties.author = properties.last_modified_by = _AUTHOR
    properties.comments = _short(draft.disclosure)
    properties.category = "Sample: not for publication" if release.sample else "Draft"
    properties.content_status = draft.status.value
    properties.language = "en-GB"
    properties.revision = 1
    day = release.published
    properties.created = properties.modified = (
        datetime.datetime(day.year, day.month, day.day) if day else _NO_DATE
    )


def _widths(across: int, columns: int) -> list[Length]:
    """Share the width out: two fifths to the first column, whose names are long."""
    first = across * 2 // 5 if columns > 1 else across
    return [Length(first), *[Length((across - first) // (columns - 1))] * (columns - 1)]


def _short(text: str) -> str:
    """Return a text as long as a property of a Word file may be."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


# Most of an article's elements are in its comments. python-docx looks through all comments to add
# one, and makes each line from nothing: copies of what it has made are the same, and at hand at
# once. Many a comment is on a figure that stands in several places, or in many drafts.


@lru_cache(maxsize=512)
def _comment_saying(lines: tuple[str, ...]) -> CT_Comment:
    """Return a comment to be copied, and numbered."""
    comment = deepcopy(_comment_of_two_lines())
    first, further = comment.p_lst
    comment.remove(further)
    first.r_lst[-1].text = lines[0]
    for line in lines[1:]:
        paragraph = deepcopy(further)
        paragraph.r_lst[-1].text = line
        comment.append(paragraph)
    return comment


@cache
def _comment_of_two_lines() -> CT_Comment:
    """Return a comment as python-docx makes it, without the clock."""
    document = docx.Document(io.BytesIO(blank()))
    run = document.add_paragraph().add_run("words")
    comment = document.add_comment(run, text="first\nfurther", author=_AUTHOR, initials="n")
    element = comment._comment_elm
    element.attrib.pop(qn("w:date"), None)
    return element


@cache
def blank() -> bytes:
    """Return a document without words, and with the styles that articles have."""
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = _A4
    styles = document.styles
    _style(styles["Normal"], size=11, after=8)
    _style(styles["Title"], size=24, after=12, bold=True)
    styles["Title"].paragraph_format.keep_with_next = True
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    _style(styles["Heading 2"], size=13, after=4, bold=True)
    _style(styles["Quote"], size=11, after=8)
    styles["Quote"].font.italic = False
    styles["Quote"].paragraph_format.left_indent = Pt(18)
    banner = styles.add_style(BANNER, WD_STYLE_TYPE.PARAGRAPH)
    _style(banner, size=11, after=10)
    banner.font.color.rgb = _ALARM
    disclosure = styles.add_style(DISCLOSURE, WD_STYLE_TYPE.PARAGRAPH)
    _style(disclosure, size=9, after=0)
    disclosure.font.italic = True
    disclosure.paragraph_format.space_before = Pt(16)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    _slim(document)
    room = io.BytesIO()
    document.save(room)
    return room.getvalue()


def _slim(document: Document) -> None:
    """Take out what the blank document has and no article needs: most of its bytes."""
    for style in list(document.styles):
        if style.name not in _STYLES:
            style.delete()
    for rels in (document.part.rels, document.part.package.rels):
        for key, relation in list(rels.items()):
            if relation.reltype.rpartition("/")[2] in _PARTS:
                del rels[key]


def _style(style: ParagraphStyle, *, size: int, after: int, bold: bool = False) -> None:
    style.font.name = "Calibri"
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_after = Pt(after)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)  # else the theme's font wins over the named one


def _packed(document: Document) -> bytes:
    """Return a document's bytes, without the time at which they were packed."""
    saved = io.BytesIO()
    document.save(saved)
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w") as anew:
        for name in parts.namelist():
            # Not deflated: what that makes of the same bytes is not the same everywhere.
            info = zipfile.ZipInfo(name, _NO_DATE.timetuple()[:6])
            info.create_system = 3  # Unix, wherever it is written: on Windows it would be another
            anew.writestr(info, parts.read(name))
    return packed.getvalue()
