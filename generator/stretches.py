"""Areas that stand together in the desk's list: measured, and written about, by one worker.

A stretch is so short that its drafts fit into any memory, and always the same areas, however
many workers there are: whatever is said of drafts beside each other is of one stretch. Where
there are more workers than stretches, each has a share of one: it writes every draft of the
stretch, since they are judged together, but checks and renders its share alone, which takes
nearly all the time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from generator import figures, filing, writing
from generator.collecting import no_garbage_collection
from generator.desk import Area, Desk, Story
from generator.model import Draft, Facts, Release
from generator.spool import Packed

if TYPE_CHECKING:
    from generator.figures import Doubtful, Ground, Local, Movement, Part, Survey, Totals
    from generator.filing import Made, Pages
    from generator.writing import AreaNames, Checker, Jury, Testimony, TracedEnvironment

LENGTH = 100
"""Areas in a stretch."""


@dataclass(frozen=True)
class Stretch:
    """The areas from one place in the desk's list up to another, for one story."""

    story: str
    first: int
    last: int
    """Not itself in it."""
    chosen: frozenset[str]
    """The ids of those that are written about."""
    share: frozenset[str]
    """The ids of those of them whose drafts are made here."""
    totals: Totals
    """What the rows about them add up to."""


def stretches(
    story: Story,
    desk: Desk,
    totals: Totals,
    chosen: Collection[str] | None = None,
    shares: int = 1,
) -> Iterator[Stretch]:
    """Yield a story's stretches in order; with some areas `chosen`, those that have any.

    With `shares` each comes so many times, and every time with the next of its areas to be made.
    """
    for first in range(0, len(desk.forces), LENGTH):
        last = min(first + LENGTH, len(desk.forces))
        ids = [area.id for area in desk.forces[first:last] if chosen is None or area.id in chosen]
        for begin, end in pairwise(len(ids) * n // shares for n in range(shares + 1)):
            if begin < end:
                share = frozenset(ids[begin:end])
                yield Stretch(story.id, first, last, frozenset(ids), share, totals.of(first, last))


def shares_for(workers: int, stories: int, desk: Desk) -> int:
    """Return into how many shares each stretch has to be parted, for every worker to have one."""
    return ceil(workers / (stories * ceil(len(desk.forces) / LENGTH)))


def survey_stretch(ground: Ground, stretch: Stretch) -> tuple[Part, Testimony]:
    """Work out what a stretch adds to what is known of all areas, and what it comes to."""
    with no_garbage_collection():
        counted = stretch.totals.counted(ground.story, ground.desk)
        areas = ground.desk.forces[stretch.first : stretch.last]
        locals_ = list(figures.look_at(areas, counted, ground))
        heard = (writing.Heard(each.area, each.series, each.baskets) for each in locals_)
        return figures.gather(locals_, counted, ground), writing.hear(heard)


def doubt_stretch(judged_by: tuple[Ground, Movement], stretch: Stretch) -> dict[str, Doubtful]:
    """Find what is in doubt of a stretch's areas."""
    ground, movement = judged_by
    with no_garbage_collection():
        counted = stretch.totals.counted(ground.story, ground.desk)
        areas = ground.desk.forces[stretch.first : stretch.last]
        return figures.find_doubtful(areas, counted, movement, ground)


@dataclass(frozen=True)
class Written:
    """The drafts of a share, each with its files, and facts that the nation's table needs."""

    story: str
    made: list[Packed[Made]]
    table: list[Facts]


@dataclass(frozen=True)
class Surveyed:
    """A story with all that is known of its areas together."""

    known: Survey
    nation: Facts
    jury: Jury


@dataclass(frozen=True, eq=False)
class Writer:
    """Writes, checks and renders drafts of a release."""

    desk: Desk
    release: Release
    told: Mapping[str, Surveyed]

    def __reduce__(self) -> tuple[type[Writer], tuple[object, ...]]:
        """Cross to another process without what this one has made of it for its own use."""
        return Writer, (self.desk, self.release, self.told)

    def write_stretch(self, stretch: Stretch) -> Written:
        """Write the drafts of a stretch's chosen areas; check and render those of the share."""
        told = self.told[stretch.story]
        areas = self.desk.forces[stretch.first : stretch.last]
        chosen = [area for area in areas if area.id in stretch.chosen]
        facts = list(self._measure(chosen, stretch.totals, told))
        league = stretch.share.intersection(told.known.league)
        table = [each for each in facts if each.area.id in league]
        return Written(stretch.story, self._made(facts, told, stretch.share), table)

    def write_nation(self, story: str, facts: Sequence[Facts], totals: Totals) -> Packed[Made]:
        """Write, check and render the nation's draft.

        `facts` are those of areas that are known already: the areas of its table that are
        not among them are measured.
        """
        told = self.told[story]
        known = {each.area.id for each in facts}
        places = {area.id: place for place, area in enumerate(self.desk.forces)}
        lacking = [places[area] for area in told.known.league if area not in known]
        more = [
            each
            for at in lacking
            for each in self._measure([self.desk.forces[at]], totals.of(at, at + 1), told)
        ]
        nation = figures.with_table(told.nation, (*facts, *more), told.known)
        (made,) = self._made([nation], told, {nation.area.id})
        return made

    def _measure(self, areas: Sequence[Area], totals: Totals, told: Surveyed) -> Iterator[Facts]:
        ground = told.known.ground
        counted = totals.counted(ground.story, self.desk)
        locals_: Iterator[Local] = figures.look_at(areas, counted, ground)
        return figures.measure_areas(locals_, counted, told.known, told.nation)

    def _made(self, facts: Sequence[Facts], told: Surveyed, share: Set[str]) -> list[Packed[Made]]:
        """Make the drafts of a share; the others are written to be judged beside them."""
        written = [self._written(each, checked=each.area.id in share) for each in facts]
        story = told.nation.story.id
        judged = writing.judge_drafts(written, {story: told.jury}, self._names)
        return [
            Packed.of(filing.Made.of(draft, self.release, self._pages))
            for draft in judged
            if draft.facts.area.id in share
        ]

    def _written(self, facts: Facts, *, checked: bool) -> Draft:
        draft = self._write(facts)
        if not checked:
            return draft
        return self._checker.check_draft(writing.weigh_doubts(draft, self._write))

    def _write(self, facts: Facts) -> Draft:
        return writing.write_draft(facts, self._environment, self.desk, self.release)

    @cached_property
    def _environment(self) -> TracedEnvironment:
        return writing.make_environment(self.desk)

    @cached_property
    def _checker(self) -> Checker:
        return writing.Checker(self.desk, self.release)

    @cached_property
    def _names(self) -> AreaNames:
        return writing.AreaNames(self.desk)

    @cached_property
    def _pages(self) -> Pages:
        return filing.Pages(self.desk)


def write_stretch(writer: Writer, stretch: Stretch) -> Written:
    """Let a writer write a stretch, wherever it is."""
    with no_garbage_collection():
        return writer.write_stretch(stretch)
