"""A release measured for drafts that lie filed: the one they were made from, or a newer one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, RequestError
from generator.figures import Totals, measure
from generator.filed.originals import check_original, find_original
from generator.filed.places import Place
from generator.filing import ReleaseRecord, Row
from generator.locations import Location
from generator.model import Facts, Release
from generator.periods import Period
from generator.pipeline import PLAIN, Means, count_release

Told = tuple[str, str]
"""A story and a period as folders name them: `victim-withdrawal`, `2020`."""


@dataclass
class NewRelease:
    """A new release, read once; what is asked of it is measured when it is asked for."""

    release: Release
    totals: Totals
    desk: Desk
    facts: dict[Told, Mapping[str, Facts]] = field(default_factory=dict)
    lacking: dict[Told, str] = field(default_factory=dict)
    """Why a story and period cannot be told from it."""

    def measure(self, told: Told) -> Mapping[str, Facts]:
        """Return a story's facts for a period by area, none where the release has no such."""
        if told not in self.facts and told not in self.lacking:
            story, period = self.desk.stories[told[0]], Period.parse(told[1])
            if story.dataset != self.release.dataset:
                return {}
            try:
                measured = measure(self.totals, self.release, story, self.desk, period)
            except RequestError as error:
                self.lacking[told] = f"{error.faults[0].what} Found: {error.faults[0].found}."
            else:
                self.facts[told] = {each.area.id: each for each in measured}
        return self.facts.get(told, {})

    def measured(self, wanted: Iterable[Told]) -> Measured:
        """Return all that is wanted by a draft's folder, as of a release that drafts are of."""
        facts = {
            f"{story}/{period}/{area}": each
            for story, period in wanted
            for area, each in self.measure((story, period)).items()
        }
        return Measured(self.release, facts)


@dataclass(frozen=True)
class Measured:
    """A release read again, and the facts of every draft that is made from it."""

    release: Release
    facts: Mapping[str, Facts]
    """By a draft's folder."""


Measure = Callable[[ReleaseRecord | None, Iterable[Told], Place], Measured]
"""Measures what is wanted of the release of a record, as `measure_original` does."""


def measure_original(
    record: ReleaseRecord | None,
    wanted: Iterable[Told],
    place: Place,
    desk: Desk,
    home: Path,
    asked: Location | None = None,
    means: Means = PLAIN,
) -> Measured:
    """Find the release of this record, read it again, and measure what is wanted of it.

    What is no story of the desk, or no period, has no facts. Raises RequestError where the
    release is not to be found (see `find_original`), or no longer what it was.
    """
    if record is None:
        raise RequestError(
            Fault(
                "The manifest does not say what release the draft was made from.",
                "File the draft again: newscopy run.",
                file=str(place.output / "manifest.json"),
            )
        )
    known = tellable(wanted, desk)
    with find_original(record, desk, home, place.output, asked) as path:
        stories = [desk.stories[name] for name in dict.fromkeys(story for story, _ in known)]
        release, totals = count_release(path, stories, desk, means)
    check_original(release, record, path)
    facts: dict[str, Facts] = {}
    for story, period in known:
        measured = measure(totals, release, desk.stories[story], desk, Period.parse(period))
        facts |= {f"{story}/{period}/{each.area.id}": each for each in measured}
    return Measured(release, facts)


def told_in(drafts: Iterable[Row]) -> set[Told]:
    """Return the stories and periods that drafts are of."""
    return {(row.story, row.period) for row in drafts}


def tellable(wanted: Iterable[Told], desk: Desk) -> list[Told]:
    """Return what is wanted, in order, without what the desk has no story for or is no period."""
    return sorted(
        (story, period) for story, period in wanted if story in desk.stories and _is_period(period)
    )


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
