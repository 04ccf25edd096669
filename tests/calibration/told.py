"""A story told from counts in memory: what a run does between the files and the folders.

Areas are looked at one by one and put together afterwards, so that with one area's counts
changed all that is known of the others is taken over.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator import figures, writing
from generator.desk import Desk, Story
from generator.figures.cells import Cell, Counted
from generator.figures.surveying import Local, Part, Survey
from generator.model import Draft, Facts, Lack, Release
from generator.periods import Period, Quarter

from .counts import Table

STORY = "charged"


@dataclass(frozen=True)
class Told:
    """A story's figures for every area of a release."""

    desk: Desk
    release: Release
    table: Table
    counted: Counted
    ground: figures.Ground
    locals_: Mapping[str, Local]
    parts: Mapping[str, Part]
    movement: figures.Movement
    doubtful: Mapping[str, figures.Doubtful]
    environment: writing.TracedEnvironment

    @property
    def story(self) -> Story:
        return self.ground.story

    @cached_property
    def known(self) -> Survey:
        """What is known of all areas together."""
        return figures.survey(
            self.parts.values(), self.doubtful, self.counted.quarters, self.ground
        )

    @cached_property
    def nation(self) -> Facts:
        return figures.measure_nation(self.known)

    def facts_alone(self, area: str) -> Facts:
        """Measure one area, without what is in doubt of the nation.

        That warns in an area's draft and holds nothing, and takes far longer than all else.
        """
        doubtful = {area: found} if (found := self.doubtful.get(area)) else {}
        nation = figures.measure_nation(replace(self.known, doubtful={}))
        known = replace(self.known, doubtful=doubtful)
        (facts,) = figures.measure_areas([self.locals_[area]], self.counted, known, nation)
        return facts

    def facts(self, area: str) -> Facts:
        """Measure one area."""
        if area == self.desk.nation.id:
            return self.nation
        local = [self.locals_[area]]
        (facts,) = figures.measure_areas(local, self.counted, self.known, self.nation)
        return facts

    def all_facts(self) -> dict[str, Facts]:
        """Measure every area, the nation last."""
        facts = {area: self.facts(area) for area in self.locals_}
        nation = figures.with_table(self.nation, facts.values(), self.known)
        return {**facts, self.desk.nation.id: nation}

    def write(self, facts: Facts) -> Draft:
        return writing.write_draft(facts, self.environment, self.desk, self.release)

    def weigh(self, draft: Draft) -> Draft:
        """Have a draft weighed by what is in doubt of it."""
        return writing.weigh_doubts(draft, self.write)

    def with_counts(self, table: Table, changed: Iterable[str]) -> Told:
        """Tell the same story with the counts of some areas changed.

        What all areas have in common is taken over as well: a median of 44 does not move
        for one of them (`test_calibration` shows it).
        """
        changed = set(changed)
        counted = counted_from({area: table[area] for area in changed}, self.counted.quarters)
        cells = {name: {**held, **counted.cells[name]} for name, held in self.counted.cells.items()}
        counted = replace(self.counted, cells=cells)
        areas = [area for area in self.desk.forces if area.id in changed]
        locals_ = {each.area.id: each for each in figures.look_at(areas, counted, self.ground)}
        parts = {
            area: figures.gather([local], counted, self.ground) for area, local in locals_.items()
        }
        found = figures.find_doubtful(areas, counted, self.movement, self.ground)
        others = {area: each for area, each in self.doubtful.items() if area not in changed}
        return replace(
            self,
            table=table,
            counted=counted,
            locals_={**self.locals_, **locals_},
            parts={**self.parts, **parts},
            doubtful=others | found,
        )


def tell(table: Table, desk: Desk, period: str, published: datetime.date) -> Told:
    """Tell the story of a period from the counts that a release has."""
    story = desk.stories[STORY]
    quarters = sorted({quarter for held in table.values() for quarter in held})
    release = Release(
        story.dataset, "Crime outcomes open data tables", "Home Office", "", "OGL-UK-3.0",
        published, (),
    )  # fmt: skip
    counted = counted_from(table, quarters)
    ground = figures.prepare(quarters, release, story, desk, Period.parse(period))
    locals_ = {each.area.id: each for each in figures.look_at(desk.forces, counted, ground)}
    parts = {area: figures.gather([local], counted, ground) for area, local in locals_.items()}
    movement = figures.movement_of(parts.values(), ground)
    doubtful = figures.find_doubtful(desk.forces, counted, movement, ground)
    environment = writing.make_environment(desk)
    return Told(
        desk, release, table, counted, ground, locals_, parts, movement, doubtful, environment
    )


def counted_from(table: Table, quarters: Iterable[Quarter]) -> Counted:
    """Return the counts as the figures stage holds them."""
    cells = {
        name: {
            area: {quarter: Cell(getattr(c, name), Lack.NOTHING, ()) for quarter, c in held.items()}
            for area, held in table.items()
        }
        for name in ("closed", "charged")
    }
    return Counted(cells, tuple(quarters))
