"""The list of drafts as an editor asks for it: by words, title, story and so on, and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.desk import folded
from generator.filing import Counts, Decision, Row
from generator.model import Standing, Status

SHOWN = 500
"""Drafts on one page of the list; more are found by asking for less."""


def address(edition: str, folder: str) -> str:
    """Return the address of a draft on the page."""
    return f"/title/{edition}/draft/{folder}" if edition else f"/draft/{folder}"


@dataclass(frozen=True)
class Listed:
    """A draft in the list."""

    edition: str
    """The edition's id; "" for the copy that lies in the output folder itself."""
    folder: str
    title: str
    """The newspaper that it is for, or the desk."""
    row: Row
    decision: Decision | None
    status: Status
    problems: Counts
    is_edited: bool
    is_conflicting: bool
    """A new version lies beside something of it that is an editor's."""

    @property
    def at(self) -> str:
        """Its address on the page."""
        return address(self.edition, self.folder)

    @property
    def states(self) -> tuple[str, ...]:
        """The words for where it stands, by which it is asked for too."""
        standing = self.decision.standing if self.decision else None
        found = [] if standing in (Standing.SPIKED, Standing.ON_HOLD) else [self.status.value]
        found += [standing.value] if standing else []
        found += ["edited"] if self.is_edited else []
        found += ["conflicting"] if self.is_conflicting else []
        return tuple(found)


@dataclass(frozen=True)
class Asked:
    """What an editor asks for; "" asks for all."""

    words: str = ""
    title: str = ""
    story: str = ""
    region: str = ""
    status: str = ""
    sort: str = "newsworthiness"
    first: str = ""
    """"yes" for the few drafts that show every branch of the batch."""


@dataclass(frozen=True)
class Listing:
    """The drafts that are asked for, and what there is to ask for."""

    found: Sequence[Listed]
    """All that are asked for."""
    counts: Mapping[str, int]
    """Of all drafts, how many are in each state."""
    titles: Sequence[str]
    stories: Sequence[str]
    regions: Sequence[str]
    sample: bool

    @property
    def shown(self) -> Sequence[Listed]:
        """Those of them that are on the page."""
        return self.found[:SHOWN]


_SORTS: Mapping[str, Callable[[Listed], tuple[Any, ...]]] = {
    "newsworthiness": lambda each: (-each.row.score, each.at),
    "area": lambda each: (folded(each.row.area), each.at),
    "problems": lambda each: (-each.problems.hold, -each.problems.warn, each.at),
}
SORTS = tuple(_SORTS)
STATES = (
    *(Status.READY, Status.HELD, Status.EXCLUDED, "edited", "conflicting"),
    *(Standing.APPROVED, Standing.CHANGED, Standing.ON_HOLD, Standing.SPIKED),
)


def list_drafts(
    every: Sequence[Listed], asked: Asked, first: Collection[str] | None = None
) -> Listing:
    """Return those drafts that are asked for, in the order that is asked for.

    Only those at some addresses (`first`) where such are given.
    """
    found = [
        each for each in every if _is_asked(each, asked) and (first is None or each.at in first)
    ]
    found.sort(key=_SORTS.get(asked.sort, _SORTS["newsworthiness"]))
    counted = Counter(state for each in every for state in each.states)
    return Listing(
        found=found,
        counts={state: counted[state] for state in map(str, STATES) if counted[state]},
        titles=sorted({each.title for each in every}),
        stories=sorted({each.row.story for each in every}),
        regions=sorted({each.row.region for each in every if each.row.region}),
        sample=any(each.row.sample for each in every),
    )


def _is_asked(each: Listed, asked: Asked) -> bool:
    row = each.row
    text = folded(f"{row.headline} {row.area} {row.region}")
    return (
        all(word in text for word in folded(asked.words).split())
        and asked.title in ("", each.title)
        and asked.story in ("", row.story)
        and asked.region in ("", row.region)
        and (not asked.status or asked.status in each.states)
    )
