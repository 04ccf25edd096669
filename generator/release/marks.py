"""The notes and marks that publishers put beside headers, names and numbers."""

from __future__ import annotations

import re
from enum import StrEnum

from generator.desk import Dataset

_NOTE = re.compile(
    r"\s*(?:"
    r"\[\s*(?:notes?\s*)?\d+(?:\s*[,&-]\s*\d+)*\s*\]"  # [note 1], [notes 1, 2], [3]
    r"|\[\s*[a-z]{1,3}\s*\]"  # [r], [low]
    r"|\(\s*notes?\s*\d+(?:\s*[,&-]\s*\d+)*\s*\)"  # (note 1)
    r"|\(\s*(?:[a-z]|\d{1,2}|UA)\s*\)"  # (r), (2), and a council that is a unitary authority
    r"|[\u00b9\u00b2\u00b3\u2070-\u2079*\u2020\u2021]+"  # superscripts, asterisks, daggers
    r")\s*$",
    re.IGNORECASE,
)


def without_notes(text: str) -> str:
    """Return a header or a name without the notes and marks at its end."""
    while text:
        shorter = _NOTE.sub("", text)
        if shorter == text:
            return text.strip()
        text = shorter
    return text


class Meaning(StrEnum):
    """What a mark says of a value, as `marks:` of a dataset lists them."""

    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATED = "estimated"
    BREAK_IN_SERIES = "break_in_series"
    LOW_RELIABILITY = "low_reliability"

    @property
    def stands_alone(self) -> bool:
        """True for a mark that stands in the place of a number."""
        return self in (Meaning.NOT_APPLICABLE, Meaning.MISSING, Meaning.SUPPRESSED)


_STANDARD = {
    "b": Meaning.BREAK_IN_SERIES,
    "c": Meaning.SUPPRESSED,
    "e": Meaning.ESTIMATED,
    "f": Meaning.ESTIMATED,
    "low": Meaning.LOW_RELIABILITY,
    "p": Meaning.PROVISIONAL,
    "r": Meaning.REVISED,
    "u": Meaning.LOW_RELIABILITY,
    "w": Meaning.MISSING,
    "x": Meaning.MISSING,
    "z": Meaning.NOT_APPLICABLE,
}
"""The symbols that British official statistics agree on, in square or round brackets.

Source: Government Analysis Function, Symbols in tables: definitions and help.
"""


def folded_mark(text: str) -> str:
    """Return a mark in the form in which it is matched."""
    return " ".join(text.casefold().split())


class KnownMarks:
    """What every mark of a dataset means: its own, and the standard symbols beside them."""

    def __init__(self, dataset: Dataset) -> None:
        self.own = {
            folded_mark(mark): meaning
            for meaning in Meaning
            for mark in getattr(dataset.marks, meaning.value)
        }
        standard = {
            f"{opens}{symbol}{closes}": meaning
            for symbol, meaning in _STANDARD.items()
            for opens, closes in ("[]", "()")
        }
        self.all = standard | self.own
        self._longest_first = sorted(self.all, key=len, reverse=True)

    def meaning_of(self, text: str) -> Meaning | None:
        """Return what a cell that is a mark and nothing else means, None if it is none."""
        return self.all.get(folded_mark(text))

    def split(self, text: str) -> tuple[str, list[str]]:
        """Return a text without the marks at its end, and the marks: `250 [r]`, `1,204 bp`."""
        left, found = folded_mark(text), []
        while mark := next((each for each in self._longest_first if left.endswith(each)), None):
            rest = left.removesuffix(mark).rstrip()
            if not rest:
                break
            left = rest
            found.append(mark)
        return left, found
