"""The oracle and the generator agree on every figure of every area and period."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import oracle
import pandas as pd
import pytest
from building import RELEASE, as_observed, desk, total
from reference import MAKER, shared_file

from generator.desk import Area, Measure, Story
from generator.figures import measure
from generator.model import Facts, Lack, Observations, Release, Table
from generator.periods import Period, Quarter
from generator.release import Needs, read_release

STORIES = {
    "victim-withdrawal": {
        "closed": "closed", "withdrawn": "withdrawn", "rate": "rate",
        "identified": "identified", "suspect_share": "suspect_share",
    },
    "charged": {"closed": "closed", "charged": "charged", "rate": "charge_rate"},
}  # fmt: skip
"""Story -> our measure -> the oracle's."""
LEADS = {"victim-withdrawal": ("rate", "withdrawn"), "charged": ("charge_rate", "charged")}
"""The oracle's measures of which a record decides who is in the nation's figures."""
KINDS = {"2020": "2020", "2019/20": "2019/20", "to-2020-09": "the year to September 2020"}

Read = tuple[Release, list[Observations]]


def read(folder: Path) -> Read:
    return read_release(
        folder, desk(), {"police-outcomes": Needs(frozenset({"closed"}))}, as_observed
    )


@pytest.fixture(scope="module")
def sample(sample_release: Path) -> tuple[Read, oracle.Counts]:
    return read(sample_release), oracle.read_counts(sample_release)


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("asked", KINDS)
def test_every_figure_of_the_sample(
    sample: tuple[Read, oracle.Counts], story: str, asked: str
) -> None:
    (release, observations), counts = sample
    _agree(release, observations, counts, story, asked)


@pytest.mark.shared
@pytest.mark.parametrize("story", STORIES)
def test_every_figure_of_a_reference_release(
    reference_release: Callable[[str], Path], story: str
) -> None:
    folder = reference_release("csv")
    release, observations = read(folder)
    _agree(release, observations, oracle.read_counts(folder), story, "2020")


def test_records_of_the_sample(sample: tuple[Read, oracle.Counts]) -> None:
    (release, observations), counts = sample
    theirs = oracle.figures_of(counts)
    story = desk().stories["victim-withdrawal"]
    found = 0
    for facts in measure(total(desk(), *observations), release, story, desk()):
        for name in ("rate", "withdrawn"):
            ours = facts.measures[name]
            expected = oracle.is_record_high(theirs, _name(facts.area), name, "2020")
            assert bool(ours.record_high or ours.hidden_record) == expected, (facts.area.id, name)
            found += expected
    assert found > 40


@pytest.mark.shared
def test_recorded_crime_as_a_second_dataset() -> None:
    """Counts by force and quarter of a published table, its corrections below nought included."""
    table = shared_file(MAKER.parents[1] / "data" / "prc-pfa-2017-18.csv")
    needs = {"recorded-crime": Needs(frozenset({"recorded"}))}
    release, (observations,) = read_release(table, desk(), needs, as_observed)
    assert release.dataset == "recorded-crime"
    assert (observations.rows["recorded"] < 0).any()
    totals = observations.rows.groupby(["area", "quarter"], observed=True)["recorded"].sum()
    names = {area.id: area for area in desk().forces}
    ours = {
        (_spelt(names[str(area)]), _financial_quarter(int(quarter))): int(total)
        for (area, quarter), total in totals.items()
    }
    theirs = {(_plain(area), q): n for (area, q), n in oracle.recorded_figures(table).items()}
    assert ours == theirs
    assert len(ours) == 44 * 4


@pytest.mark.shared
def test_a_story_of_recorded_crime_is_data_only() -> None:
    table = shared_file(MAKER.parents[1] / "data" / "prc-pfa-2017-18.csv")
    story = Story(
        id="recorded", title="Recorded crime", dataset="recorded-crime", lead="all",
        period="financial year",
        measures={
            "all": Measure(label="offences recorded", count="recorded"),
            "violence": Measure(
                label="violence recorded", count="recorded",
                offence_groups=("Violence against the person",),
            ),
            "share": Measure(label="share that is violence", share="violence", of="all"),
        },
    )  # fmt: skip
    needs = {"recorded-crime": Needs(frozenset({"recorded"}), groups=True)}
    release, observations = read_release(table, desk(), needs, as_observed)
    totals = total(desk(), *observations, stories=[story])
    facts = {f.area.id: f for f in measure(totals, release, story, desk())}
    derbyshire = facts["derbyshire"].measures
    quarters = oracle.recorded_figures(table)
    expected = sum(n for (area, _), n in quarters.items() if area == "Derbyshire")
    assert derbyshire["all"].figure.value == expected
    assert 0 < derbyshire["share"].figure.value < 1


def _agree(
    release: Release,
    observations: Sequence[Observations],
    counts: oracle.Counts,
    story: str,
    asked: str,
    *,
    least: int = 5,
) -> None:
    """Compare every point of every series, and whom the nation leaves out, and of when."""
    compared = 0
    totals = total(desk(), *observations)
    all_facts = measure(totals, release, desk().stories[story], desk(), Period.parse(asked))
    about = str(all_facts[-1].period).removeprefix("the ")
    nation, out = oracle.nation_of(counts, about, LEADS[story])
    theirs = oracle.figures_of(counts) | nation
    for facts in all_facts:
        assert _left_out(facts) == out
        for name, period, value in _points(facts):
            expected = theirs[_name(facts.area), STORIES[story][name], period]
            assert value == expected, (facts.area.id, name, period)
            compared += 1
    assert compared >= 45 * least * len(STORIES[story])


def _left_out(facts: Facts) -> dict[str, list[str]]:
    return {
        _spelt(each.area): [str(period).removeprefix("the ") for period in each.periods]
        for each in facts.excluded
    }


def _points(facts: Facts) -> Iterator[tuple[str, str, int | Fraction | None]]:
    for name, measured in facts.measures.items():
        for point in measured.series:
            value = None if point.figure is None else point.figure.value
            yield name, str(point.period).removeprefix("the "), value


def _name(area: Area) -> str:
    return "England and Wales" if area == desk().nation else _spelt(area)


def _spelt(area: Area) -> str:
    return _plain(area.names[0])


def _plain(name: str) -> str:
    return name.replace("&", "and")


def _financial_quarter(ordinal: int) -> str:
    year, number = divmod(ordinal, 4)
    start, quarter = (year - 1, 4) if number == 0 else (year, number)
    return f"{start}/{(start + 1) % 100:02d} Q{quarter}"


def test_a_changed_count_breaks_the_agreement(sample: tuple[Read, oracle.Figures]) -> None:
    (release, observations), counts = sample
    *others, last = observations
    rows = last.rows.copy()
    touched = (rows["outcome"] == "14") & (rows["area"] == "surrey")
    place = rows.index[touched & (rows["quarter"] == 2020 * 4)][0]
    rows.loc[place, "closed"] += 1
    changed = [*others, replace(last, rows=rows)]
    with pytest.raises(AssertionError, match="surrey"):
        _agree(release, changed, counts, "victim-withdrawal", "2020")


# --- Real counts --------------------------------------------------------------------------

REAL = MAKER.parents[1] / "data" / "outcomes-by-force-quarter.csv"
WHO_IS_LEFT_OUT = {
    "2017": {}, "2018": {},
    "2019": {"Greater Manchester": ["2019"]},
    "2020": {"Greater Manchester": ["2019", "2020"]},
    "2021": {"Greater Manchester": ["2019", "2020"]},  # the lowest charge rate since 2015…
    "2022": {"Greater Manchester": ["2019", "2020"]},  # …and again
    "2023": {}, "2024": {}, "2025": {},
    "2019/20": {"Greater Manchester": ["2019/20"]},
    "2020/21": {"Greater Manchester": ["2019/20"]},
    "2025/26": {},
}  # fmt: skip
"""Of a story of charges: Greater Manchester has no complete figures for 2019 and 2020."""


@pytest.fixture(scope="module")
def real() -> tuple[Observations, oracle.Counts]:
    """Read the Home Office's counts by force and quarter, as rows and for the oracle."""
    rows: list[tuple[object, ...]] = []
    counts: oracle.Counts = {}
    forces = {_plain(name): area for area in desk().forces for name in area.names}
    with shared_file(REAL).open(newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            start, number = int(row["Financial Year"][:4]), int(row["Financial Quarter"])
            year, quarter = (start + 1, 1) if number == 4 else (start, number + 1)
            charged, closed = int(row[_CHARGED]), int(row["All outcomes assigned"])
            area, by_outcome = forces[row["Force Name"]], {1: charged, 18: closed - charged}
            counts.setdefault(_spelt(area), {})[year, quarter] = by_outcome
            ordinal = Quarter(year, quarter).ordinal
            rows += [(area.id, ordinal, str(code), count) for code, count in by_outcome.items()]
    frame = pd.DataFrame(rows, columns=["area", "quarter", "outcome", "closed"])
    frame = frame.assign(closed_missing=Lack.NOTHING, row=range(2, len(frame) + 2))
    return Observations(frame, Table("outcomes.csv", ""), "police-outcomes"), counts


_CHARGED = "Charged or summonsed (type 1)"


@pytest.mark.shared
@pytest.mark.parametrize("asked", WHO_IS_LEFT_OUT)
def test_the_nation_of_real_counts(real: tuple[Observations, oracle.Counts], asked: str) -> None:
    observations, counts = real
    _, out = oracle.nation_of(counts, asked, LEADS["charged"])
    assert out == WHO_IS_LEFT_OUT[asked]
    _agree(RELEASE, [observations], counts, "charged", asked, least=min(int(asked[:4]) - 2014, 5))
