"""One tree of errors; each says what is wrong, where, what was expected and the mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a user can put right.

    `what` is a sentence; the places name only what they have: a file as the user
    knows it, a sheet, a 1-based row (of a table) or line (of a text file), a key or column.
    """

    what: str
    mend: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    line: int | None = None
    key: str = ""
    found: str = ""
    expected: str = ""

    @property
    def where(self) -> str:
        """The place in reading order, "" if the fault has none."""
        places = [
            self.file,
            self.sheet and f"sheet {self.sheet}",
            f"row {self.row}" if self.row is not None else "",
            f"line {self.line}" if self.line is not None else "",
            self.key,
        ]
        return ", ".join(place for place in places if place)

    def renamed(self, old: str, new: str) -> Fault:
        """Return it with one name instead of another in all that it says."""
        said: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        texts = {name: text for name, text in said.items() if isinstance(text, str)}
        return Fault(**said | {name: text.replace(old, new) for name, text in texts.items()})


class NewscopyError(Exception):
    """Something the user can mend. Holds every fault of its kind."""

    written = "nothing was written"
    """What had been written when it was raised, for a line that ends the report of it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type[NewscopyError], tuple[Fault, ...]]:
        """Cross a process boundary whole."""
        return type(self), self.faults


class DeskError(NewscopyError):
    """The desk's config or templates cannot be used."""


class ReleaseError(NewscopyError):
    """The published files cannot be read, or do not mean what the dataset says."""


class StoryError(NewscopyError):
    """A story cannot be written: a template is at fault, or claims what does not hold."""


class RequestError(NewscopyError):
    """The command asks for something that is not there: an area, a story, a period."""


class FilingError(NewscopyError):
    """The output folder cannot be written, or another run holds it."""


class UnfinishedError(FilingError):
    """What was filed in a store is only in part in its place: whoever files next goes on."""

    written = "a part was written, and the next newscopy run brings it to its end"


class OvertakenError(FilingError):
    """Somebody saved a file while what was filed in a store was being put in place."""

    written = "all else was filed"


class WorkError(NewscopyError):
    """A process that did a part of the work was lost."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean X?" with the nearest known words, or "" if none is near.

    One that differs in nothing but capitals is meant, and no other.
    """
    folded = {candidate.casefold(): candidate for candidate in known}
    if word.casefold() in folded:
        return f"Did you mean {folded[word.casefold()]}?"
    near = [folded[match] for match in get_close_matches(word.casefold(), folded, n=3, cutoff=0.6)]
    return f"Did you mean {' or '.join(near)}?" if near else ""
