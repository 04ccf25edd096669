"""What the lists of a Word file print before their paragraphs: it stands in no paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from generator.filing.copies.gathering import UncheckableError
from generator.filing.copies.parts import WORD

_NUMBER = re.compile(r"%[1-9]")
"""Where the number of a level stands in what it prints."""
_SAYS = re.compile(r"[^\W_]|[%£$€]")
"""What is more than the punctuation of a number."""


class Lists:
    """Knows which list each paragraph is in, and whether that prints words."""

    def __init__(self, numbering: Sequence[etree._Element], styles: Sequence[etree._Element]):
        """Take the parts that define lists, and all styles."""
        self._lists = _by_id(numbering, "num", "numId")
        self._abstract = _by_id(numbering, "abstractNum", "abstractNumId")
        """What lists are made after: several may be after one."""
        self._styles = {style.get(f"{WORD}styleId", ""): style for style in styles}
        self._default = next((id_ for id_, style in self._styles.items() if _is_default(style)), "")
        self._wordless = {""}
        """Lists that have been looked at, and print numbers or bullets."""

    def see(self, paragraph: etree._Element) -> None:
        """Raise UncheckableError where there may be words in what a list prints before it."""
        style = value(paragraph, "pPr/pStyle")
        found = value(paragraph, "pPr/numPr/numId") or self._of_style(
            style if style in self._styles else self._default
        )
        if found not in self._wordless:
            for level in self._levels(found):
                _see_level(level)
            self._wordless.add(found)

    def _of_style(self, id_: str) -> str:
        """Return the list of a style, or of the nearest that it is based on; "" for none."""
        passed = set()
        while id_ in self._styles and id_ not in passed:
            passed.add(id_)
            if found := value(self._styles[id_], "pPr/numPr/numId"):
                return found
            id_ = value(self._styles[id_], "basedOn")
        return ""

    def _levels(self, id_: str, *, of_style: bool = False) -> Iterator[etree._Element]:
        """Yield all levels of a list, for what one prints may have the numbers of others."""
        if id_ not in self._lists:  # 0, which takes a paragraph out of the list of its style
            return
        yield from self._lists[id_].iter(f"{WORD}lvl")
        abstract = self._abstract.get(value(self._lists[id_], "abstractNumId"))
        if abstract is not None:
            yield from abstract.iter(f"{WORD}lvl")
            if not of_style:
                linked = self._of_style(value(abstract, "numStyleLink"))
                yield from self._levels(linked, of_style=True)


def value(element: etree._Element, place: str) -> str:
    """Return the value of what stands at a place in an element, "" where nothing does."""
    found = element.find("/".join(f"{WORD}{step}" for step in place.split("/")))
    return found.get(f"{WORD}val", "") if found is not None else ""


def _by_id(parts: Sequence[etree._Element], tag: str, id_: str) -> dict[str, etree._Element]:
    return {
        each.get(f"{WORD}{id_}", ""): each for part in parts for each in part.iter(f"{WORD}{tag}")
    }


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{WORD}type") == "paragraph" and style.get(f"{WORD}default") in ("1", "true")


def _see_level(level: etree._Element) -> None:
    text = value(level, "lvlText")
    # In a font of symbols a letter is one.
    is_bullet = value(level, "numFmt") == "bullet" and len(text) == 1 and text.isalpha()
    if _SAYS.search(_NUMBER.sub("", text)) and not is_bullet:
        raise UncheckableError(f"the numbers of a list (lvlText {text})")
