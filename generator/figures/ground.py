"""What measuring a story starts from: its period, the periods before it, and the baseline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from generator.desk import Dataset, Desk, Story
from generator.errors import Fault, RequestError
from generator.model import Release
from generator.periods import Period, PeriodKind, Quarter, periods_within


@dataclass(frozen=True)
class Ground:
    """What measuring one story starts from, the same for every area."""

    story: Story
    release: Release
    desk: Desk
    periods: tuple[Period, ...]
    """Oldest first; the last is the one that the story is about."""
    baseline: Period
    newest: Period
    """The newest period of its kind that the release holds in full."""

    @property
    def period(self) -> Period:
        """The period that the story is about."""
        return self.periods[-1]

    @property
    def compared(self) -> tuple[Period, ...]:
        """The periods that copy sets beside each other, where it claims no record."""
        wanted = {self.period, self.period.previous, self.baseline}
        if self.story.compares_first:
            wanted.add(self.periods[0])
        return tuple(period for period in self.periods if period in wanted)

    @property
    def dataset(self) -> Dataset:
        """The layout of the release."""
        return self.desk.datasets[self.story.dataset]


def prepare(
    quarters: Sequence[Quarter], release: Release, story: Story, desk: Desk, asked: Period | None
) -> Ground:
    """Settle the period, its series of periods and the baseline.

    `quarters` are those for which the release has rows. The period is the newest that the
    release spans, unless one is asked for. Raises RequestError where the release does not
    hold it in full.
    """
    held = set(quarters)
    newest = _newest_period(held, asked.kind if asked else story.period)
    # The newest period that the release spans, even if a file is lacking in its midst: to
    # write about an older one without being asked would pass it off as the news.
    spanned = [*periods_within(story.period, min(held), max(held))] if held else []
    period = asked or (spanned[-1] if spanned else None)
    if period is None or not held.issuperset(period.quarters):
        span = f"{min(held)} to {max(held)}" if held else "nothing"
        wanted = period or f"a {story.period}"
        lacking = [str(q) for q in period.quarters if q not in held] if period else []
        raise RequestError(
            Fault(
                f"The release does not hold {wanted} in full.",
                f"Ask for --period {newest.id}." if newest else "Add the files that are lacking.",
                key="--period" if asked else "",
                found=f"figures from {span}"
                + (f", without {' and '.join(lacking)}" if lacking else ""),
                expected="four quarters running",
            )
        )
    begins = desk.datasets[story.dataset].first_quarter or min(held)
    periods = tuple(
        each
        for each in periods_within(period.kind, min(begins, *held), max(held), ending=period.last)
        if each <= period
    )
    baseline = period.previous if story.baseline == "previous" else Period.parse(story.baseline)
    return Ground(story, release, desk, periods, baseline, newest or period)


def _newest_period(held: Collection[Quarter], kind: PeriodKind) -> Period | None:
    """Return the newest period of a kind that the release holds in full."""
    within = periods_within(kind, min(held), max(held)) if held else ()
    full = [period for period in within if set(held).issuperset(period.quarters)]
    return full[-1] if full else None
