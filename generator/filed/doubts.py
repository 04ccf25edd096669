"""What is in doubt of a release: each doubt, the drafts that it touches, and what was answered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.desk import Answer, Area, Desk, Ruling
from generator.figures import count_by_label
from generator.model import CountInDoubt, Doubt, Draft, InDoubt, Level, Release
from generator.pipeline import PLAIN, Means, count_release, draft_counted, told_from
from generator.requests import Request, choose_areas, choose_stories

if TYPE_CHECKING:
    from generator.figures import Totals

_GRAVEST_FIRST = (Level.HOLD, Level.WARN, Level.NOTE)


@dataclass(frozen=True)
class Touched:
    """A draft that a doubt touches, and what it does there."""

    draft: Draft
    in_doubt: InDoubt


@dataclass(frozen=True)
class Raised:
    """A doubt that nobody has answered."""

    dataset: str
    area: Area
    doubt: Doubt
    """Its counts are those in doubt in any of the stories."""
    touched: tuple[Touched, ...]
    """The gravest first."""

    @property
    def level(self) -> Level:
        """What it does to the draft to which it does the worst."""
        return self.touched[0].in_doubt.level

    @property
    def is_unjudged(self) -> bool:
        """Tell whether it is too new to hold anything: no later quarter bears it out or not."""
        return self.doubt.is_newest and not self.doubt.can_hold


@dataclass(frozen=True)
class Answered:
    """What somebody has answered to a doubt, and whether it holds for this release."""

    answer: Answer
    area: Area
    counts: Mapping[str, int]
    """What the release has of the counts that were answered for, by label."""

    @property
    def restated(self) -> tuple[str, ...]:
        """The labels of the counts that are others than those that were seen."""
        return tuple(
            label for label, now in self.counts.items() if self.answer.counts[label] != now
        )

    @property
    def holds(self) -> bool:
        """Tell whether it stands for a count of this release."""
        if self.answer.ruling is Ruling.LEAVE_OUT:
            return bool(self.counts) and not self.restated
        return len(self.restated) < len(self.counts)


@dataclass(frozen=True)
class Doubts:
    """A release, the drafts that come of it, and what is in doubt of them."""

    request: Request
    desk: Desk
    release: Release
    totals: Totals
    drafts: tuple[Draft, ...]
    raised: tuple[Raised, ...]
    """The gravest first."""
    answered: tuple[Answered, ...]
    """In the order of `config/doubts.yml`; those to doubts about other datasets are not here."""

    @property
    def restated(self) -> tuple[Answered, ...]:
        """The answers that hold for this release no longer."""
        return tuple(each for each in self.answered if each.counts and not each.holds)


def list_doubts(request: Request, desk: Desk, means: Means = PLAIN) -> Doubts:
    """Read a release, write its drafts, and list what is in doubt and what was answered.

    Raises NewscopyError where the release, the desk, a template or the request is at fault.
    """
    told = choose_stories(desk, request.stories)
    choose_areas(desk, request.areas)
    # Answers may speak of counts that only the other stories have.
    release, totals = count_release(request.release, list(desk.stories.values()), desk, means)
    told_from(release, told, request.release)
    drafts = draft_counted(release, totals, request, desk, means)
    return Doubts(
        request,
        desk,
        release,
        totals,
        drafts,
        tuple(sorted(_raised(drafts, release.dataset, desk), key=_gravity)),
        tuple(_answered(release.dataset, totals, desk)),
    )


def only_of(doubts: Doubts, areas: Set[str]) -> Doubts:
    """Keep what is in doubt of these areas, or does something to a draft of theirs."""
    return replace(
        doubts,
        raised=tuple(
            each
            for each in doubts.raised
            if each.area.id in areas
            or any(touched.draft.facts.area.id in areas for touched in each.touched)
        ),
        answered=tuple(
            each
            for each in doubts.answered
            if not areas.isdisjoint({each.area.id, doubts.desk.nation.id})
        ),
    )


def put_together(listed: Iterable[Doubts]) -> tuple[Raised, ...]:
    """Return what is in doubt in several lists, each doubt once, with all that it touches."""
    found: dict[tuple[str, str], list[Raised]] = {}
    for each in (raised for doubts in listed for raised in doubts.raised):
        found.setdefault((each.dataset, each.doubt.id), []).append(each)
    together = (
        replace(
            of_quarter[0],
            doubt=_as_one([each.doubt for each in of_quarter]),
            touched=tuple(sorted((t for each in of_quarter for t in each.touched), key=_rank)),
        )
        for of_quarter in found.values()
    )
    return tuple(sorted(together, key=_gravity))


def _raised(drafts: Iterable[Draft], dataset: str, desk: Desk) -> Iterator[Raised]:
    """Yield each doubt once, with all drafts that it touches."""
    areas = {area.id: area for area in desk.areas}
    found: dict[str, list[tuple[Doubt, Touched]]] = {}
    for draft in drafts:
        for in_doubt in draft.doubts:
            for doubt in in_doubt.supposition.doubts:
                found.setdefault(doubt.id, []).append((doubt, Touched(draft, in_doubt)))
    for of_quarter in found.values():
        doubt = _as_one([each for each, _ in of_quarter])
        touched = sorted((each for _, each in of_quarter), key=_rank)
        yield Raised(dataset, areas[doubt.area], doubt, tuple(touched))


def _as_one(doubts: Sequence[Doubt]) -> Doubt:
    """Return one doubt for all that stories have about one quarter of an area."""
    counts: dict[str, CountInDoubt] = {}
    for doubt in doubts:
        for count in doubt.counts:
            counts.setdefault(count.label, count)
    return replace(
        doubts[0],
        counts=tuple(counts.values()),
        can_hold=any(doubt.can_hold for doubt in doubts),
        is_far_below=any(doubt.is_far_below for doubt in doubts),
    )


def _rank(touched: Touched) -> tuple[int, int]:
    return _GRAVEST_FIRST.index(touched.in_doubt.level), -touched.in_doubt.touched


def _gravity(raised: Raised) -> tuple[int, bool, float, str]:
    """Order doubts by what they do, then by how far off they are."""
    doubt = raised.doubt
    times = max(
        abs(math.log(max(each.found, 0.5) / max(each.expected, 0.5))) for each in doubt.counts
    )
    return _GRAVEST_FIRST.index(raised.level), not doubt.is_far_below, -times, doubt.id


def _answered(dataset: str, totals: Totals, desk: Desk) -> Iterator[Answered]:
    areas = {area.id: area for area in desk.areas}
    stories = [story for story in desk.stories.values() if story.dataset == dataset]
    counted = [(story, totals.counted(story, desk)) for story in stories]
    for answer in desk.answers:
        if answer.dataset != dataset:
            continue
        here: dict[str, int] = {}
        for story, counts in counted:
            here |= count_by_label(answer.area, answer.quarter, counts, story)
        now = {label: here[label] for label in answer.counts if label in here}
        yield Answered(answer, areas[answer.area], now)
