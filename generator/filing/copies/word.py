"""The words of a Word article: as they read once every tracked change is accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from generator.filing.banners import BANNERS
from generator.filing.copies.gathering import Gathered, UnreadableError
from generator.filing.copies.parts import WORD, opened
from generator.model import BlockKind, Copy

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DOCUMENT = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_STYLES = "word/styles.xml"
_GONE = frozenset({"del", "moveFrom"})
"""What a change takes away."""
_SILENT = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "instrText"})
"""What says how words look, or which a field has to fetch: no reader of the page sees it."""
_SPACES = frozenset({"br", "cr", "tab", "ptab", "noBreakHyphen"})
_AROUND = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
"""What may stand around paragraphs, tables, rows and cells."""
_OFF = frozenset({"0", "false", "off"})
_HEADLINE = frozenset({"title", "heading 1"})


def read_word(data: bytes) -> Copy:
    """Read an article back; pictures have no words, and comments are no part of the copy.

    What a footnote or a text box says is read after the rest. What is said in the head or the
    foot of a page, on every one of them, is the paper's and no copy: it never leaves with the
    article. Hidden text and the codes of fields are not read, for no reader of the page sees
    them; what a field shows is. Raises UnreadableError, also for a document in the document
    (`altChunk`), whose words nobody could vouch for.
    """
    with opened(data) as parts:
        document = parts.read(_DOCUMENT)
        styles = list(parts.read(_STYLES).iter(f"{WORD}style")) if _STYLES in parts else []
        notes = [parts.read(name) for name in _NOTES if name in parts]
    reader = _Reader(styles)
    for body in document.iter(f"{WORD}body"):
        reader.read(body)
    for part in notes:
        for note in part.iterchildren():
            if note.get(f"{WORD}type") is None:  # the others are the lines above the notes
                reader.read(note)
    return reader.copy()


class _Reader:
    """Reads paragraphs and tables one after the other."""

    def __init__(self, styles: Sequence[etree._Element]) -> None:
        self._styles: dict[str, str] = {
            style.get(f"{WORD}styleId", ""): name.get(f"{WORD}val", "").casefold()
            for style in styles
            for name in style.iterchildren(f"{WORD}name")
        }
        """The name of each style by its id: programs keep the names."""
        self._hiding = {style.get(f"{WORD}styleId") for style in styles if _hides(style)}
        """The ids of styles whose words are hidden."""
        self._gathered = Gathered()
        self._begun: list[str] = []
        """Words of paragraphs whose end a change takes away: they go on in the next."""
        self._style = ""
        """How the paragraph looks that is being read."""
        self._apart: list[etree._Element] = []
        """Text boxes, which stand apart from the text that they are anchored in."""
        self._fields: list[bool] = []
        """The fields that are open, the inmost last: True in the code of one."""

    def copy(self) -> Copy:
        """Return all that was read."""
        while self._apart:
            boxes, self._apart = self._apart, []
            for box in boxes:
                self.read(box)
        if self._fields:  # what stands behind it would be taken for its code
            raise UnreadableError("a field in it has no end")
        return self._gathered.copy()

    def read(self, parent: etree._Element) -> None:
        """Read what stands in a body, a note, a text box or a cell."""
        for element in _inside(parent):
            match etree.QName(element).localname:
                case "p":
                    self._paragraph(element)
                case "tbl":
                    self._finish()
                    self._table(element)
                case "altChunk":
                    raise UnreadableError("it has another document in it (altChunk)")
        self._finish()

    def _paragraph(self, element: etree._Element) -> None:
        self._begun.append(self._words(element))
        self._style = self._style_of(element)
        if element.find(f"{WORD}pPr/{WORD}rPr/{WORD}del") is None:
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

    def _style_of(self, element: etree._Element) -> str:
        style = element.find(f"{WORD}pPr/{WORD}pStyle")
        id_ = style.get(f"{WORD}val", "") if style is not None else ""
        return self._styles.get(id_, id_.casefold())

    def _table(self, table: etree._Element) -> None:
        """Read a table, and after it those that stand in its cells."""
        inner: list[etree._Element] = []
        rows = list(self._rows(table, inner))
        if rows:
            self._gathered.add_table(rows)
        for each in inner:
            self._table(each)

    def _rows(self, table: etree._Element, inner: list[etree._Element]) -> Iterator[list[str]]:
        for row in _inside(table):
            if row.tag == f"{WORD}tr" and row.find(f"{WORD}trPr/{WORD}del") is None:
                yield [
                    self._cell(cell, inner)
                    for cell in _inside(row)
                    if cell.tag == f"{WORD}tc" and cell.find(f"{WORD}tcPr/{WORD}cellDel") is None
                ]

    def _cell(self, cell: etree._Element, inner: list[etree._Element]) -> str:
        parts = list(_inside(cell))
        if any(part.tag == f"{WORD}altChunk" for part in parts):
            raise UnreadableError("it has another document in it (altChunk)")
        inner += [part for part in parts if part.tag == f"{WORD}tbl"]
        return " ".join(self._words(part) for part in parts if part.tag == f"{WORD}p")

    def _words(self, element: etree._Element) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        if self._is_hidden(element):
            return
        for child in element.iterchildren(etree.Element):
            name = etree.QName(child).localname
            if child.tag == f"{_COMPATIBLE}Fallback" or name in _GONE or name in _SILENT:
                continue
            if name == "txbxContent":
                self._apart.append(child)
            elif name == "fldChar":
                self._pass(child.get(f"{WORD}fldCharType", ""))
            elif child.tag == f"{WORD}t":
                yield "" if any(self._fields) else child.text or ""
            elif child.tag.startswith(WORD) and name in _SPACES:
                yield "-" if name == "noBreakHyphen" else " "
            else:
                yield from self._pieces(child)

    def _pass(self, mark: str) -> None:
        """Go into a field's code, from that to what it shows, or out of the field."""
        if mark == "begin":
            self._fields.append(True)
        elif self._fields:
            self._fields.pop()
            if mark == "separate":
                self._fields.append(False)

    def _is_hidden(self, element: etree._Element) -> bool:
        """Tell whether the words of a run, or of a paragraph, are hidden."""
        match etree.QName(element).localname:
            case "r":
                own = element.find(f"{WORD}rPr/{WORD}vanish")
                style = element.find(f"{WORD}rPr/{WORD}rStyle")
            case "p":
                own, style = None, element.find(f"{WORD}pPr/{WORD}pStyle")
            case _:
                return False
        if own is not None:
            return _is_on(own)
        return style is not None and style.get(f"{WORD}val") in self._hiding


def _inside(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands in a part, whatever is around it; of alternatives the first."""
    for element in parent.iterchildren(etree.Element):
        if element.tag == f"{_COMPATIBLE}AlternateContent":
            for choice in list(element.iterchildren(etree.Element))[:1]:
                yield from _inside(choice)
        elif etree.QName(element).localname in _AROUND:
            yield from _inside(element)
        else:
            yield element


def _hides(style: etree._Element) -> bool:
    hidden = style.find(f"{WORD}rPr/{WORD}vanish")
    return hidden is not None and _is_on(hidden)


def _is_on(switch: etree._Element) -> bool:
    return switch.get(f"{WORD}val", "1") not in _OFF
