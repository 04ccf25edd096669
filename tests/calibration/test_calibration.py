"""The rule for doubts on real counts, as far as takes two minutes: `make calibrate` has all.

Fewer faults are planted here than for docs/doubts.md, so that the bars are lower by what chance
does to forty draws. The tables stand in the report of the suite.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from building import desk
from reference import shared_file

from calibration.backtest import look_back
from calibration.bars import (
    BARS,
    Kind,
    Met,
    judge_kind,
    judge_ready,
    judge_spreads,
    judge_years,
)
from calibration.counts import REAL, Table, read_counts, until
from calibration.faults import YEAR_ENDS, Effect, Fault, Releases, draw, plant
from calibration.others import spread
from calibration.ready import RUNS, Run, run_all
from calibration.tables import (
    faults_table,
    holds_table,
    ready_table,
    spreads_table,
    years_table,
)
from calibration.told import tell
from generator.desk import DoubtRule
from generator.model import Status
from generator.periods import Quarter

pytestmark = pytest.mark.shared

ENOUGH = 40
ENOUGH_PRINTED = 15
SLACK = 10
"""Per cent by which a bar is lower here."""

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def counts() -> Table:
    return read_counts(desk(), shared_file(REAL))


@pytest.fixture(scope="module")
def releases(counts: Table) -> Releases:
    return Releases(counts, desk(), YEAR_ENDS)


def missed(bars: Sequence[Met]) -> list[str]:
    return [str(bar) for bar in bars if not bar.is_met]


def test_the_real_counts_are_all_there(counts: Table) -> None:
    assert len(counts) == 44
    assert {len(quarters) for quarters in counts.values()} == {48}
    assert sum(held.closed for held in counts["north-yorkshire"].values()) > 400_000


def test_the_shipped_thresholds() -> None:
    shipped = {
        "neighbours": 4,
        "fewest_neighbours": 3,
        "fewest_areas": 10,
        "smallest_count": 20,
        "warn_deviations": 4,
        "warn_times": 1.35,
        "hold_deviations": 6,
        "hold_times": 1.5,
        "newest_warn_times": 1.6,
        "newest_hold_times": 2,
        "far_below": 20,
        "step": 60,
        "side": 50,
        "pooled_weight": 12,
        "least_scatter": 70,
    }
    assert desk().style.doubts.model_dump() == shipped
    assert DoubtRule().model_dump() == shipped, "a desk that says nothing has the same"


def test_few_drafts_of_any_year_are_held(counts: Table, record_property: Record) -> None:
    years = list(look_back(counts, desk()))
    record_property("doubts", years_table(years))
    record_property("doubts", holds_table(years))
    then, now = zip(*years, strict=True)
    assert missed([*judge_years(then, "then"), *judge_years(now, "now")]) == []
    assert [year.year for year in then] == list(range(2016, 2026))
    assert sum(year.doubts for year in then) > 50, "a rule that doubts nothing holds nothing"


@pytest.mark.parametrize("newest", [False, True], ids=["interior", "newest"])
@pytest.mark.parametrize("effect", Effect, ids=lambda effect: effect.name.casefold())
def test_planted_faults_are_seen_and_held(
    releases: Releases, effect: Effect, newest: bool, record_property: Record
) -> None:
    kinds = dict.fromkeys(
        bar.kind for bar in BARS if (bar.kind.effect, bar.kind.newest) == (effect, newest)
    )
    if effect is Effect.TURNED and not newest:
        kinds[Kind(Fault("charges", "to 70%"), newest)] = None  # there is no bar for it
    enough = ENOUGH_PRINTED if effect is Effect.PRINTED else ENOUGH
    found = {kind: draw(kind.fault, effect, releases, enough, newest=newest) for kind in kinds}
    where = "in the newest quarter" if newest else "before the newest quarter"
    shown = faults_table(found, effect, newest=newest)
    record_property("doubts", f"faults that {effect}, {where}:\n{shown}")
    # There are not forty places where both counts doubled in a newest quarter turn a claim.
    assert all(enough * 5 // 8 <= len(drawn) <= enough for drawn in found.values())
    met = [bar for kind, drawn in found.items() for bar in judge_kind(kind, drawn, SLACK)]
    assert missed(met) == []


def test_a_fault_holds_hardly_any_other_draft(releases: Releases, record_property: Record) -> None:
    spreads = list(spread(releases, 10))
    record_property("doubts", spreads_table(spreads))
    assert missed([judge_spreads(spreads)]) == []
    # All else here takes over what all areas have in common: it does not move with one of them.
    assert [each.drawn for each in spreads] == [each.anew for each in spreads]


def test_the_screen_keeps_every_fault_that_turns_a_claim(releases: Releases) -> None:
    fault = Fault("all closed", "halved")
    planted = list(islice(plant(fault, releases, newest=True, seed="1", screened=False), 60))
    turned = [each.place for each in planted if each.turned]
    last = planted[-1].place
    kept = []
    for each in plant(fault, releases, newest=True, seed="1", screened=True):
        kept.append(each.place)
        if each.place == last or len(kept) == len(planted):
            break
    assert len(turned) > 5
    assert set(turned) <= set(kept)


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_nearly_all_drafts_of_real_releases_are_ready(
    run: Run, tmp_path: Path, record_property: Record
) -> None:
    (ready,) = run_all(tmp_path, desk(), [run])
    record_property("doubts", ready_table([ready]))
    assert missed(list(judge_ready(ready))) == []


@pytest.mark.parametrize("year", [2019, 2020])
def test_a_gap_that_nothing_marks_is_found_without_the_register(counts: Table, year: int) -> None:
    """Greater Manchester's July 2019 to March 2020 hold next to nothing."""
    gap = [Quarter(2019, 3), Quarter(2019, 4), Quarter(2020, 1)]
    bare = replace(desk(), register=())
    last = Quarter(year, 4)
    told = tell(until(counts, last), bare, str(year), datetime.date(year + 1, 4, 30))
    doubts = told.doubtful["greater-manchester"].doubts
    assert [doubt.quarter for doubt in doubts] == [each for each in gap if each <= last]
    assert all(doubt.is_far_below and doubt.can_hold for doubt in doubts)
    draft = told.weigh(told.write(told.facts("greater-manchester")))
    assert draft.status is Status.HELD
