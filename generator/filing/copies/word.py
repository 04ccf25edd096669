"""The words of a Word article: as they read once every tracked change is accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from generator.filing.banners import BANNERS
from generator.filing.copies.gathering import Gathered
from generator.model import BlockKind, Copy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST = 50_000_000
"""Bytes of one part, unpacked."""
_DOCUMENT = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_STYLES = "word/styles.xml"
_GONE = frozenset({"del", "moveFrom"})
"""What a change takes away."""
_SPACES = frozenset({"br", "cr", "tab", "noBreakHyphen"})
_HEADLINE = frozenset({"title", "heading 1"})


class NotWordError(ValueError):
    """The bytes are not a Word file."""


def read_word(data: bytes) -> Copy:
    """Read an article back; pictures have no words, and comments are no part of the copy.

    What a footnote or a text box says is read after the rest. Raises NotWordError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            document = _part(parts, _DOCUMENT)
            styles = _names_of_styles(parts)
            notes = [_part(parts, name) for name in _NOTES if name in parts.namelist()]
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, OSError) as e:
        raise NotWordError(str(e)) from e
    reader = _Reader(styles)
    for body in document.iter(f"{_W}body"):
        reader.read(body)
    for part in notes:
        for note in part.iterchildren():
            if note.get(f"{_W}type") is None:  # the others are the lines above the notes
                reader.read(note)
    return reader.copy()


def _part(parts: zipfile.ZipFile, name: str) -> etree._Element:
    """Parse a part, within bounds, in the namespace that all but strict files have."""
    if parts.getinfo(name).file_size > _LARGEST:
        raise NotWordError(f"{name} is too large")
    with parts.open(name) as packed:
        text = packed.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise NotWordError(f"{name} is too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(text.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()), parser)
    if root.getroottree().docinfo.doctype:
        raise NotWordError(f"{name} declares entities")
    return root


def _names_of_styles(parts: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of each paragraph style by its id: programs keep the names."""
    if _STYLES not in parts.namelist():
        return {}
    styles = _part(parts, _STYLES).iter(f"{_W}style")
    return {
        style.get(f"{_W}styleId", ""): name.get(f"{_W}val", "").casefold()
        for style in styles
        for name in style.iterchildren(f"{_W}name")
    }


class _Reader:
    """Reads paragraphs and tables one after the other."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles
        self._gathered = Gathered()
        self._begun: list[str] = []
        """Words of paragraphs whose end a change takes away: they go on in the next."""
        self._apart: list[etree._Element] = []
        """Text boxes, which stand apart from the text that they are anchored in."""

    def copy(self) -> Copy:
        """Return all that was read."""
        while self._apart:
            boxes, self._apart = self._apart, []
            for box in boxes:
                self.read(box)
        return self._gathered.copy()

    def read(self, parent: etree._Element) -> None:
        """Read what stands in a body, a note or a text box."""
        for element in parent.iterchildren(etree.Element):
            match etree.QName(element).localname:
                case "p":
                    self._paragraph(element)
                case "tbl":
                    self._gathered.add_table(list(self._rows(element)))
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag":
                    self.read(element)

    def _paragraph(self, element: etree._Element) -> None:
        self._begun.append(self._words(element))
        if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            return
        words, self._begun = "".join(self._begun), []
        style = self._style(element)
        if not words.strip():
            return
        if not self._gathered.headline and words.startswith(BANNERS):
            self._gathered.add_banner(words)
        elif style in _HEADLINE:
            self._gathered.add_headline(words)
        elif style.startswith("heading"):
            self._gathered.add_text(words, BlockKind.CROSSHEAD)
        else:
            self._gathered.add_text(words)

    def _style(self, element: etree._Element) -> str:
        style = element.find(f"{_W}pPr/{_W}pStyle")
        id_ = style.get(f"{_W}val", "") if style is not None else ""
        return self._styles.get(id_, id_.casefold())

    def _rows(self, table: etree._Element) -> Iterator[list[str]]:
        for row in table.iter(f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is None:
                yield [
                    " ".join(self._words(paragraph) for paragraph in cell.iter(f"{_W}p"))
                    for cell in row.iter(f"{_W}tc")
                ]

    def _words(self, element: etree._Element) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        for child in element.iterchildren(etree.Element):
            name = etree.QName(child).localname
            if child.tag == _FALLBACK or name in _GONE:
                continue
            if name == "txbxContent":
                self._apart.append(child)
            elif child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag.startswith(_W) and name in _SPACES:
                yield "-" if name == "noBreakHyphen" else " "
            else:
                yield from self._pieces(child)
