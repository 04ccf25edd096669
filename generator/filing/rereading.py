"""An editor's versions of a draft, read again whenever the draft is filed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.errors import Fault
from generator.filing.copies import READABLE, CopyError, copy_from, missing_banners
from generator.filing.keeping import Plan
from generator.model import Copy, Draft, Level, Problem, Release

Proofreader = Callable[[Copy, Draft, Release], tuple[Problem, ...]]
"""Says what is wrong with copy, given the draft it is a version of and the release that its
line of origin names."""


@dataclass(frozen=True)
class Version:
    """An article that is an editor's, or has one's changes in it."""

    file: str
    headline: str
    """"" where it cannot be read."""
    problems: tuple[Problem, ...]


def reread(
    draft: Callable[[], Draft],
    plan: Plan,
    proofread: Proofreader,
    made_from: Callable[[str], Release],
) -> tuple[Version, ...]:
    """Have every article proofread that a run leaves to an editor, or merges with theirs.

    `draft` unpacks the whole of the draft, and `made_from` gives the release that a file is
    from.
    """
    return tuple(_reread(draft, plan, proofread, made_from))


def _reread(
    draft: Callable[[], Draft],
    plan: Plan,
    proofread: Proofreader,
    made_from: Callable[[str], Release],
) -> Iterator[Version]:
    for name, data in plan.editors.items():
        if not name.endswith(READABLE):
            continue
        if data is None:
            yield Version(name, "", (_UNREADABLE,))
            continue
        try:
            copy = copy_from(data, name)
        except CopyError as error:
            yield Version(name, "", tuple(map(as_problem, error.faults)))
            continue
        release = made_from(name)
        problems = [*proofread(copy, draft(), release)]
        problems += [banner_problem(banner) for banner in missing_banners(copy, release)]
        yield Version(name, copy.headline, tuple(problems))


def banner_problem(banner: str) -> Problem:
    """Say that a warning is gone that everything from its release has to carry."""
    return Problem(
        Level.HOLD,
        "the head",
        f"The warning is gone that has to stand above the copy: “{banner}”",
        "Put it back: what is made from such a release carries it everywhere.",
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
