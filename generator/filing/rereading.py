"""An editor's versions of a draft, read again whenever the draft is filed anew."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from generator.errors import Fault
from generator.filing.banners import missing_banners
from generator.filing.copies import READABLE, CopyError, copy_from
from generator.filing.keeping import Plan
from generator.filing.names import piece_of
from generator.model import Copy, Draft, Level, Problem, Release

Proofreader = Callable[[Copy, Draft, Release], tuple[Problem, ...]]
"""Says what is wrong with copy, given the draft it is a version of and the release that its
line of origin names."""


@dataclass(frozen=True)
class Version:
    """An article or a piece that is an editor's, or has one's changes in it."""

    file: str
    headline: str
    """"" where it cannot be read."""
    problems: tuple[Problem, ...]

    @property
    def piece(self) -> str:
        """What it is of beside the article: "brief"; "" for the article."""
        return piece_of(self.file) or ""

    @property
    def holds(self) -> bool:
        """True where it must not be published."""
        return any(problem.level is Level.HOLD for problem in self.problems)


@dataclass(frozen=True)
class Rereader:
    """Has copy proofread by the facts of one draft, at the moment of the run."""

    draft: Callable[[], Draft]
    """Unpacks the whole of the draft: most have nothing to be read."""
    proofread: Proofreader
    now: datetime.datetime

    def read(self, name: str, data: bytes | None, made_from: Release) -> Version:
        """Read what an article holds, None where it is no file; it may name its own release."""
        if data is None:
            return Version(name, "", (_UNREADABLE,))
        try:
            copy = copy_from(data, name)
        except CopyError as error:
            return Version(name, "", tuple(map(as_problem, error.faults)))
        missing = missing_banners(copy, made_from, self.now)
        problems = [*self.proofread(copy, self.draft(), made_from), *map(banner_problem, missing)]
        return Version(name, copy.headline, tuple(problems))

    def read_all(self, plan: Plan, made_from: Callable[[str], Release]) -> tuple[Version, ...]:
        """Read every article that a run leaves to an editor, or merges with theirs."""
        return tuple(
            self.read(name, data, made_from(name))
            for name, data in plan.editors.items()
            if name.endswith(READABLE)
        )


def banner_problem(banner: str) -> Problem:
    """Say that a warning is lacking that everything from its release has to carry.

    Somebody took it out; or the release came to need it after the copy was approved.
    """
    return Problem(
        Level.HOLD,
        "the head",
        f"The warning is not there that has to stand above the copy: “{banner}”",
        "Put it there: what is made from such a release carries it everywhere.",
    )


_UNREADABLE = Problem(
    Level.HOLD,
    "the file",
    "It cannot be read: it is no file.",
    "Put a file there that may be read, or take it away.",
)


def as_problem(fault: Fault) -> Problem:
    """Turn a fault for which copy cannot be read, or checked, into what holds it."""
    found = f" Found: {fault.found}." if fault.found else ""
    expected = f" Expected: {fault.expected}." if fault.expected else ""
    return Problem(Level.HOLD, fault.where, f"{fault.what}{found}{expected}", fault.mend)
