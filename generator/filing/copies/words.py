"""The words that a paragraph of a Word file prints, and what in it nobody can read.

What may stand in a document is a closed list here: an element that is not known is refused, for
it may well be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.filing.copies.gathering import UncheckableError, UnreadableError
from generator.filing.copies.numbering import Lists
from generator.filing.copies.parts import WORD

GONE = frozenset({"del", "moveFrom"})
"""What a change takes away."""
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = f"{_COMPATIBLE}AlternateContent"
_UNDERSTOOD = frozenset(
    f"http://schemas.microsoft.com/office/word/2010/{name}"
    for name in (
        *("wordprocessingShape", "wordprocessingGroup", "wordprocessingCanvas"),
        *("wordprocessingDrawing", "wordml"),
    )
)
"""What every program of today understands, so that all of them print the same alternative."""
_AROUND = frozenset(
    {
        *("r", "hyperlink", "ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml"),
        *("fldSimple", "dir", "bdo", "ruby", "rt", "rubyBase"),
    }
)
"""What stands around words."""
_SPACES = {"br": " ", "cr": " ", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_DRAWN = frozenset({"drawing", "pict"})
_WORDLESS = frozenset(
    {
        *("pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr"),
        *("sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "proofErr", "permStart", "permEnd"),
        *("bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "softHyphen"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
        *("footnoteRef", "endnoteRef", "footnoteReference", "endnoteReference"),
        *("separator", "continuationSeparator", "instrText", "delInstrText"),
        *(
            f"{change}Range{end}"
            for change in (
                *("moveFrom", "moveTo", "customXmlIns", "customXmlDel"),
                *("customXmlMoveFrom", "customXmlMoveTo"),
            )
            for end in ("Start", "End")
        ),
    }
)
"""What says how words look, marks a place, or is for a field to fetch: nobody sees it."""
_PICTURES = frozenset({"pic", "wsp", "wgp", "wpc"})
"""Drawings that are a picture, or have all their words in text boxes; charts are none."""
_PLACES = frozenset(
    {"align", "posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset"}
)
"""What says in its text where a drawing stands."""
_PAGE_NUMBER = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\\*\s*\w+)*\s*", re.IGNORECASE)
"""The code of a field that is reckoned anew when it is printed."""
_OFF = frozenset({"0", "false", "off"})
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass
class _Field:
    """A field that has begun and not ended."""

    code: str = ""
    is_shown: bool = False
    """True from where what it shows begins, unless that is the number of a page."""


class Words:
    """Reads the words of one paragraph after the other."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._fields: list[_Field] = []
        """The fields that are open, the inmost last."""
        self.boxes: list[etree._Element] = []
        """Text boxes, which stand apart from the text that they are anchored in."""

    def of(self, paragraph: etree._Element) -> str:
        """Return what a paragraph prints. Raises UncheckableError where nobody can tell."""
        self._lists.see(paragraph)
        return "".join(self._pieces(paragraph, is_hidden=False))

    def end(self) -> None:
        """Raise UnreadableError where a field is open: all behind it is taken for its code."""
        if self._fields:
            raise UnreadableError("a field in it has no end")

    def _pieces(self, element: etree._Element, *, is_hidden: bool) -> Iterator[str]:
        for child in element.iterchildren(etree.Element):
            name = child.tag.removeprefix(WORD)  # that of any other namespace keeps it
            if name == "t" and not len(child):
                yield "" if is_hidden or self._is_code() else child.text or ""
            elif name in _SPACES:
                yield "" if is_hidden else _SPACES[name]
            elif name == "fldChar":
                self._pass(child)
            elif name == "instrText" and self._fields:
                self._fields[-1].code += child.text or ""
            elif name in _DRAWN and not is_hidden:
                yield from self._drawn(child)
            elif child.tag == ALTERNATIVES:
                yield from self._pieces(printed(child), is_hidden=is_hidden)
            elif name == "fldSimple" and _PAGE_NUMBER.fullmatch(child.get(f"{WORD}instr", "")):
                continue
            elif name in _AROUND:
                hidden = is_hidden or (name == "r" and hides(child))
                yield from self._pieces(child, is_hidden=hidden)
            elif name not in GONE and not (is_hidden and name in _DRAWN):
                pass_over(child)

    def _is_code(self) -> bool:
        return not all(field.is_shown for field in self._fields)

    def _pass(self, mark: etree._Element) -> None:
        """Go into a field's code, from that to what it shows, or out of the field."""
        if mark.find(f"{WORD}ffData") is not None:  # which may have the words that it shows
            raise UncheckableError("a field of a form (ffData)")
        kind = mark.get(f"{WORD}fldCharType", "")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            field = self._fields[-1]
            field.is_shown = not _PAGE_NUMBER.fullmatch(field.code)
        elif self._fields:
            self._fields.pop()

    def _drawn(self, element: etree._Element) -> Iterator[str]:
        """Yield the words that a drawing has, and put its text boxes by; pictures have none."""
        for child in element.iterchildren(etree.Element):
            name = etree.QName(child).localname
            if child.tag == f"{WORD}txbxContent":
                self.boxes.append(child)
            elif child.tag == ALTERNATIVES:
                yield from self._drawn(printed(child))
            elif child.tag.startswith(WORD):
                pass_over(child)
            else:
                is_said = _LETTER_OR_DIGIT.search(child.text or "") and name not in _PLACES
                if is_said or (name == "graphicData" and not _is_picture(child)):
                    raise UncheckableError(f"a drawing with words of its own ({name})")
                if name == "textpath":  # WordArt, and watermarks
                    yield f" {child.get('string', '')} "
                yield from self._drawn(child)


def hides(run: etree._Element) -> bool:
    """Tell whether a run, or the properties of a paragraph for its end, say that it is hidden."""
    switch = run.find(f"{WORD}rPr/{WORD}vanish")
    return switch is not None and is_on(switch)


def is_on(switch: etree._Element) -> bool:
    """Tell whether a property that is there is switched on."""
    return switch.get(f"{WORD}val", "1") not in _OFF


def printed(alternatives: etree._Element) -> etree._Element:
    """Return the one of alternatives that is printed.

    Raises UncheckableError where that is another one from program to program.
    """
    for branch in alternatives.iterchildren(f"{_COMPATIBLE}Choice", f"{_COMPATIBLE}Fallback"):
        needs = branch.get("Requires", "").split()
        if not all(branch.nsmap.get(prefix) in _UNDERSTOOD for prefix in needs):
            raise UncheckableError(f"alternatives for programs that know {' '.join(needs)}")
        return branch
    raise UncheckableError("alternatives without any")


def pass_over(element: etree._Element) -> None:
    """Go past what has no words. Raises UncheckableError for what may have some."""
    name = element.tag.removeprefix(WORD)
    if name not in _WORDLESS:
        raise UncheckableError(etree.QName(element).localname)
    if name == "sdtPr" and any(etree.QName(e).localname == "dataBinding" for e in element):
        raise UncheckableError("a control whose words are fetched from elsewhere (dataBinding)")


def _is_picture(graphic: etree._Element) -> bool:
    return all(etree.QName(each).localname in _PICTURES for each in graphic)
