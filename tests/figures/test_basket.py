"""Who is in the nation's figures: decided once for a story and a period, and said of which years.

Each area closes 10,000 cases a year; what differs is how many of them a victim withdrew from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import pytest
from building import (
    RELEASE,
    Year,
    desk,
    drafts_of,
    facts_of,
    observe,
    small_desk,
    total,
    whole_text_of,
)

from generator import figures
from generator.desk import Desk
from generator.figures.basket import Reach
from generator.model import Copy, Facts, Level, Stand, Topic, copy_of
from generator.periods import Period, Quarter
from generator.writing import Checker, Corrector, make_environment, write_draft

NATION = "england-and-wales"
BELOW_2018 = [10, 12, 14, 30, 20, 21]
"""2015 to 2020: no record, whoever is left out."""
RISING = [10, 12, 14, 16, 18, 20]


def shares(*areas: Sequence[float], first: int = 2015) -> dict[str, dict[int, Year]]:
    """Give Kent, Essex, Surrey and Norfolk these shares, in per cent, year by year."""
    names = ("kent", "essex", "surrey", "norfolk")
    return {
        area: {first + at: (10_000, round(100 * rate), 0) for at, rate in enumerate(rates)}
        for area, rates in zip(names, areas, strict=False)
    }


def lacking(area: str, *years: int) -> list[tuple[str, Quarter]]:
    return [(area, Quarter(year, 2)) for year in years]


def trusting(*areas: str, **style: int) -> Desk:
    """Return a desk of these areas that takes every count as it is."""
    limits = {"smallest_basket": 1} | style
    return small_desk(*areas, style=desk().style.model_copy(update=limits))


def measured(
    counts: dict[str, dict[int, Year]],
    without: Iterable[tuple[str, Quarter]],
    **style: int,
) -> dict[str, Facts]:
    return facts_of(counts, trusting(*counts, **style), without=list(without))


def left_out(facts: Facts) -> dict[str, list[str]]:
    return {each.area.id: [str(period) for period in each.periods] for each in facts.excluded}


def closed(facts: Facts) -> list[int | None]:
    """Return how many cases the nation closed, period by period."""
    return [p.figure.value if p.figure else None for p in facts.measures["closed"].series]


def test_where_the_nation_has_a_record_an_area_with_any_gap_is_left_out() -> None:
    facts = measured(shares(RISING, RISING, RISING), lacking("kent", 2017))
    assert left_out(facts[NATION]) == {"kent": ["2017"]}
    assert facts[NATION].lead.record_high
    assert closed(facts[NATION]) == [20_000] * 6


def test_where_it_has_none_only_the_periods_compared_count() -> None:
    facts = measured(shares(*[BELOW_2018] * 3), lacking("kent", 2017))
    nation = facts[NATION]
    assert left_out(nation) == {}
    assert closed(nation) == [30_000, 30_000, None, 30_000, 30_000, 30_000]
    assert (nation.lead.figure, nation.lead.baseline, nation.lead.first) != (None, None, None)
    for measure in nation.measures.values():
        assert not measure.record_high
        assert not measure.below_peak


def test_a_period_that_is_not_compared_has_no_figure_and_says_why() -> None:
    point = measured(shares(*[BELOW_2018] * 3), lacking("kent", 2017))[NATION].lead.series[2]
    assert (str(point.period), point.figure, point.complete, point.aside) == (
        "2017", None, False, True,
    )  # fmt: skip
    assert point.why == "not compared, and Kent Police has no complete figures for it"


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2020,), ["2020"]),
        ((2019,), ["2019"]),
        ((2015,), ["2015"]),
        ((2017, 2019), ["2019"]),
        ((2015, 2016, 2020), ["2015", "2020"]),
    ],
)
def test_a_gap_in_a_period_compared_leaves_the_area_out_for_that(
    years: tuple[int, ...], said: list[str]
) -> None:
    facts = measured(shares(*[BELOW_2018] * 3), lacking("kent", *years))
    assert left_out(facts[NATION]) == {"kent": said}
    assert closed(facts[NATION]) == [20_000] * 6


def test_a_fixed_baseline_is_compared_too() -> None:
    counts = shares(*[BELOW_2018] * 3)
    small = trusting(*counts)
    fixed = small.stories["victim-withdrawal"].model_copy(update={"baseline": "2017"})
    small = replace(small, stories={"victim-withdrawal": fixed})
    found = {
        year: left_out(facts_of(counts, small, without=lacking("kent", year))[NATION])
        for year in (2016, 2017, 2018)
    }
    assert found == {2016: {}, 2017: {"kent": ["2017"]}, 2018: {}}


def test_a_story_that_compares_nothing_with_the_first_period_does_not_ask_for_it() -> None:
    counts = shares(*[BELOW_2018] * 3)
    small = trusting(*counts)
    recent = small.stories["victim-withdrawal"].model_copy(update={"compares_first": False})
    small = replace(small, stories={"victim-withdrawal": recent})
    nation = facts_of(counts, small, without=lacking("kent", 2015))[NATION]
    assert left_out(nation) == {}
    assert nation.lead.first is None
    assert closed(nation) == [None, *[30_000] * 5]


RECORDS = {
    "highest rate": ([10, 12, 14, 30, 20, 31], None),
    "lowest rate": ([10, 12, 14, 30, 20, 9], None),
    "joint-highest rate": ([10, 12, 14, 30, 20, 30], None),
    "joint-lowest rate": ([10, 12, 14, 30, 20, 10], None),
    "highest number, at no record rate": ([10, 12, 14, 30, 20, 21], 15_000),
    "lowest number, at no record rate": ([10, 12, 14, 30, 20, 21], 4_000),
}


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_of_any_kind_is_of_areas_complete_throughout(record: str) -> None:
    """Essex and Surrey have it; Kent, without 2017, would undo it or would not."""
    rates, closes = RECORDS[record]
    counts = shares(BELOW_2018, rates, rates)
    for area in ("essex", "surrey"):
        number = round((closes or 10_000) * rates[-1] / 100)
        counts[area][2020] = (closes or 10_000, number, 0)
    facts = measured(counts, lacking("kent", 2017))
    assert left_out(facts[NATION]) == {"kent": ["2017"]}
    measures = facts[NATION].measures
    assert any(
        getattr(measures[name], kind)
        for name in ("rate", "withdrawn")
        for kind in ("record_high", "joint_high", "record_low", "joint_low")
    )


def test_a_record_of_what_the_story_does_not_lead_with_leaves_nobody_out() -> None:
    counts = shares(*[BELOW_2018] * 3)
    for years in counts.values():
        years[2020] = (10_500, 2_100, 0)  # more closed than ever, and no more withdrawn
    assert left_out(measured(counts, lacking("kent", 2017))[NATION]) == {}


def test_a_record_that_print_does_not_show_is_not_claimed_and_leaves_nobody_out() -> None:
    hidden = [10, 12, 14, 30, 20, 30.04]
    counts = {
        area: {year: (n * 10, w * 10, 0) for year, (n, w, _) in years.items()}
        for area, years in shares(hidden, hidden, hidden).items()
    }
    for years in counts.values():
        years[2020] = (90_000, 27_036, 0)  # no more of them, at 30.04%
    facts = measured(counts, lacking("kent", 2017))
    assert left_out(facts[NATION]) == {}


def test_a_basket_that_would_be_too_small_for_a_record_is_that_of_the_periods_compared() -> None:
    """Without Kent and Essex half of the forces are left: no nation, and no record of one."""
    counts = shares(*[RISING] * 4)
    gaps = [*lacking("kent", 2017), *lacking("essex", 2018)]
    nation = measured(counts, gaps, smallest_basket=75)[NATION]
    assert left_out(nation) == {}
    assert nation.lead.figure is not None
    assert not nation.lead.record_high
    assert closed(nation) == [40_000, 40_000, None, None, 40_000, 40_000]


def test_what_the_release_lacks_for_all_is_nobodys_exclusion_and_no_period_set_aside() -> None:
    counts = shares(*[BELOW_2018] * 3)
    gaps = [gap for area in counts for gap in lacking(area, 2017)]
    nation = measured(counts, gaps)[NATION]
    assert left_out(nation) == {}
    (gap,) = [point for point in nation.lead.series if point.figure is None]
    assert (gap.complete, gap.aside) == (False, False)
    assert gap.why == "the release has no figures for April to June 2017"


@pytest.mark.parametrize("rates", [BELOW_2018, RISING])
def test_every_draft_and_every_group_of_areas_has_the_same_basket(rates: list[float]) -> None:
    counts = shares(*[rates] * 4)
    small = trusting(*counts)
    story = small.stories["victim-withdrawal"]
    totals = total(small, observe(counts, without=lacking("essex", 2017)))
    ground = figures.prepare(totals.quarters, RELEASE, story, small, Period.parse("2020"))
    counted = totals.counted(story, small)
    every = list(figures.look_at(small.forces, counted, ground))
    survey = partial(figures.survey, doubtful={}, quarters=totals.quarters, ground=ground)
    whole = survey([figures.gather(every, counted, ground)])
    parts = [figures.gather([one], counted, ground) for one in every]
    assert survey(parts) == whole
    assert whole.reach is (Reach.RECORD if rates is RISING else Reach.COMPARED)
    nation = figures.measure_nation(whole)
    for facts in figures.measure_areas(every, counted, whole, nation):
        assert facts.excluded == whole.excluded
        assert facts.nation == nation


def test_a_record_that_falls_brings_the_area_back_and_is_no_gap_in_anybodys_figures() -> None:
    """Kent lacks 2017 in both releases; the newer has a higher 2018, and so no record."""
    gap = lacking("kent", 2017)
    before = measured(shares(*[RISING] * 3), gap)
    after = measured(shares(*[BELOW_2018] * 3), gap)
    assert (left_out(before[NATION]), left_out(after[NATION])) == ({"kent": ["2017"]}, {})
    differences = figures.find_differences((before[area], after[area]) for area in before)
    assert differences.coverage == ()
    (highest,) = (
        each
        for each in differences.turned
        if (each.area.id, each.measure, each.topic) == (NATION, "rate", Topic.HIGHEST)
    )
    assert (highest.was, highest.gap) == (Stand.RECORD, None)

    draft = drafts_of(shares(*[RISING] * 3), trusting("kent", "essex", "surrey"), without=gap)
    copy = copy_of(draft["essex"].article, draft["essex"].disclosure)
    found = Corrector(desk(), differences).correct(
        copy, before["essex"], after["essex"], RELEASE, RELEASE
    )
    (said,) = (each.correction for each in found if "Across England and Wales," in each.sentence)
    assert "those for England and Wales now include Kent Police" in said
    assert "This no longer holds" in said
    assert "no complete figure" not in said
    assert "too few" not in said


def test_copy_says_who_is_left_out_and_of_which_years() -> None:
    counts = shares(*[RISING] * 3)
    drafts = drafts_of(counts, trusting(*counts), without=lacking("kent", 2016, 2017))
    said = "not include Kent Police, as complete figures were not available for 2016 and 2017."
    for area in ("kent", "essex", NATION):
        assert said in whole_text_of(drafts[area])


def test_copy_names_nobody_where_a_gap_is_in_no_period_that_it_compares() -> None:
    counts = shares(*[BELOW_2018] * 3)
    drafts = drafts_of(counts, trusting(*counts), without=lacking("kent", 2016, 2017))
    for draft in drafts.values():
        text = whole_text_of(draft)
        assert "not include" not in text
        assert "leave out" not in text
        assert "2016" not in text
        assert "2017" not in text


# --- Copy of the areas complete in every period -------------------------------------------

WITHOUT_KENT = (
    " The figures do not include Kent Police, as complete figures were not available for 2017."
)


@pytest.fixture(scope="module")
def essex() -> tuple[Facts, Copy, Copy]:
    """Facts of Essex where Kent lacks 2017 and nothing is a record, with two copies.

    One is as it is written; one as it was when whoever lacked any year was left out.
    """
    counts = shares([40, 40, 40, 60, 50, 51], BELOW_2018, [12, 14, 16, 32, 24, 25])
    small = trusting(*counts)
    facts = facts_of(counts, small, without=lacking("kent", 2017))["essex"]
    assert facts.nation is not None
    other = facts.nation.other
    assert other is not None
    assert left_out(other) == {"kent": ["2017"]}
    environment = make_environment(small)
    now, then = (
        write_draft(each, environment, small, RELEASE)
        for each in (facts, replace(facts, nation=other, excluded=other.excluded))
    )
    return facts, *(copy_of(each.article, each.disclosure) for each in (now, then))


def read(copy: Copy, facts: Facts, old: str = "", new: str = "") -> list[str]:
    """Return why the second reader holds a copy with words of it changed."""
    assert any(old in passage.text for passage in copy.passages)
    passages = tuple(replace(each, text=each.text.replace(old, new)) for each in copy.passages)
    problems = Checker(desk(), RELEASE).check_copy(replace(copy, passages=passages), facts)
    return [each.what for each in problems if each.level is Level.HOLD]


def test_copy_of_either_nation_is_right_where_it_says_of_which(
    essex: tuple[Facts, Copy, Copy],
) -> None:
    facts, now, then = essex
    assert "the rate was higher: 32.3%" in " ".join(passage.text for passage in now.passages)
    assert "the rate was higher: 23%" in " ".join(passage.text for passage in then.passages)
    assert WITHOUT_KENT.strip() in [passage.text for passage in then.passages]
    assert read(now, facts) == []
    assert read(then, facts) == []


@pytest.mark.parametrize(
    ("which", "old", "new"),
    [
        ("then", WITHOUT_KENT.strip(), ""),  # whose figures they are is no longer said
        ("then", "for 2017.", "for 2018."),
        ("then", "Across England and Wales, ", "Across England and Wales, including Kent, "),
        ("now", "the rate was higher: 32.3%", "the rate was higher: 23%"),
        ("then", "the rate was higher: 23%", "the rate was higher: 32.3%"),
    ],
)
def test_figures_of_one_nation_are_not_those_of_the_other(
    essex: tuple[Facts, Copy, Copy], which: str, old: str, new: str
) -> None:
    facts, now, then = essex
    assert read(now if which == "now" else then, facts, old, new)


def test_where_both_are_the_same_there_is_no_other() -> None:
    whole = measured(shares(*[BELOW_2018] * 3), [])
    gone = measured(shares(*[BELOW_2018] * 3), lacking("kent", 2020))
    record = measured(shares(*[RISING] * 3), lacking("kent", 2017))
    assert [facts[NATION].other for facts in (whole, gone, record)] == [None] * 3
