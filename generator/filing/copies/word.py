"""The words of a Word article: as they read once every tracked change is accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from generator.filing.banners import BANNERS
from generator.filing.copies.gathering import Gathered, UncheckableError
from generator.filing.copies.numbering import Lists, value
from generator.filing.copies.parts import WORD, opened
from generator.filing.copies.words import (
    ALTERNATIVES,
    GONE,
    Words,
    hides,
    is_on,
    pass_over,
    printed,
)
from generator.model import BlockKind, Copy

_NOTES = ("footnotes", "endnotes")
_EDGES = ("header", "footer")
_AROUND = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
"""What may stand around paragraphs, tables, rows and cells."""
_HEADLINE = frozenset({"title", "heading 1"})


def read_word(data: bytes) -> Copy:
    """Read an article back; pictures have no words, and comments are no part of the copy.

    All else that is printed is copy: what stands in a footnote, in a text box, or in the head
    or the foot of a page is read after the rest, but for the page's number. Hidden text and the
    codes of fields are not read, for no reader of the page sees them; what a field shows is.
    Raises UnreadableError, also where nobody could vouch for what is printed.
    """
    with opened(data) as parts:
        main = parts.main()
        document = parts.read(main)
        styling = [parts.read(name) for name in parts.related(main, "styles")]
        numbering = [parts.read(name) for name in parts.related(main, "numbering")]
        notes = [parts.read(name) for name in parts.related(main, *_NOTES)]
        edges = [parts.read(name) for name in parts.related(main, *_EDGES)]
    for part in styling:
        _see_hidden(part)
    styles = [style for part in styling for style in part.iter(f"{WORD}style")]
    reader = _Reader(styles, Lists(numbering, styles))
    bodies = document.iter(f"{WORD}body")
    for place in (*bodies, *(note for part in notes for note in part), *edges):
        reader.read(place)
    return reader.copy()


class _Reader:
    """Reads paragraphs and tables one after the other."""

    def __init__(self, styles: Sequence[etree._Element], lists: Lists) -> None:
        self._styles: dict[str, str] = {
            style.get(f"{WORD}styleId", ""): name.get(f"{WORD}val", "").casefold()
            for style in styles
            for name in style.iterchildren(f"{WORD}name")
        }
        """The name of each style by its id: programs keep the names."""
        self._words = Words(lists)
        self._gathered = Gathered()
        self._begun: list[str] = []
        """Words of paragraphs whose end is not printed: they go on in the next."""
        self._style = ""
        """How the paragraph looks that is being read."""

    def copy(self) -> Copy:
        """Return all that was read."""
        while self._words.boxes:
            boxes, self._words.boxes = self._words.boxes, []
            for box in boxes:
                self.read(box)
        self._words.end()
        return self._gathered.copy()

    def read(self, parent: etree._Element) -> None:
        """Read what stands in a body, a note, a text box, or the head or foot of a page."""
        for element in _inside(parent, "p", "tbl"):
            if element.tag == f"{WORD}p":
                self._paragraph(element)
            else:
                self._finish()
                self._table(element)
        self._finish()

    def _paragraph(self, element: etree._Element) -> None:
        self._begun.append(self._words.of(element))
        id_ = value(element, "pPr/pStyle")
        self._style = self._styles.get(id_, id_.casefold())
        if _has_end(element):
            self._finish()

    def _finish(self) -> None:
        """Take the paragraph that is at its end."""
        words, self._begun = "".join(self._begun), []
        if not words.strip():
            return
        if not self._gathered.headline and words.startswith(BANNERS):
            self._gathered.add_banner(words)
        elif self._style in _HEADLINE:
            self._gathered.add_headline(words)
        elif self._style.startswith("heading"):
            self._gathered.add_text(words, BlockKind.CROSSHEAD)
        else:
            self._gathered.add_text(words)

    def _table(self, table: etree._Element) -> None:
        """Read a table, and after it those that stand in its cells."""
        inner: list[etree._Element] = []
        rows = list(self._rows(table, inner))
        if rows:
            self._gathered.add_table(rows)
        for each in inner:
            self._table(each)

    def _rows(self, table: etree._Element, inner: list[etree._Element]) -> Iterator[list[str]]:
        """Yield the words of each cell; one that a change takes away is printed until then."""
        for row in _inside(table, "tr"):
            if row.find(f"{WORD}trPr/{WORD}del") is None:
                yield [self._cell(cell, inner) for cell in _inside(row, "tc")]

    def _cell(self, cell: etree._Element, inner: list[etree._Element]) -> str:
        parts = list(_inside(cell, "p", "tbl"))
        inner += [part for part in parts if part.tag == f"{WORD}tbl"]
        return "".join(
            self._words.of(part) + " " * _has_end(part) for part in parts if part.tag == f"{WORD}p"
        )


def _inside(parent: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """Yield what is wanted of what stands in a part, whatever is around it.

    Raises UncheckableError where anything else in it may have words.
    """
    for element in parent.iterchildren(etree.Element):
        name = element.tag.removeprefix(WORD)
        if name in wanted:
            yield element
        elif element.tag == ALTERNATIVES:
            yield from _inside(printed(element), *wanted)
        elif name in _AROUND:
            yield from _inside(element, *wanted)
        elif name not in GONE:
            pass_over(element)


def _has_end(paragraph: etree._Element) -> bool:
    """Tell whether the next paragraph begins on a line of its own."""
    properties = paragraph.find(f"{WORD}pPr")
    if properties is None:
        return True
    return properties.find(f"{WORD}rPr/{WORD}del") is None and not hides(properties)


def _see_hidden(styles: etree._Element) -> None:
    """Raise UncheckableError where a style hides text.

    A style takes back what another hides, or what it is based on, and the default does; which
    words are seen then is not the same in every program.
    """
    for switch in styles.iter(f"{WORD}vanish"):
        if is_on(switch):
            names = [value(style, "name") for style in switch.iterancestors(f"{WORD}style")]
            raise UncheckableError(
                f"a style that hides text ({', '.join(names) or 'the default of all'})",
                "Switch off Hidden in the font of that style, or take the style out of the file; "
                "hide single words, or delete them, instead.",
            )
