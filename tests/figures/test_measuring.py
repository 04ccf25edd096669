"""Completeness, the nation's basket, ranks and small bases."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction

import pytest
from building import RELEASE, desk, facts_of, observe, small_desk, total

from generator.desk import Desk, Effect, Entry, Measure, Story
from generator.errors import RequestError
from generator.figures import measure
from generator.model import Facts, Level, Observations
from generator.periods import Quarter

GROWING = {year: (4000, 400 + 40 * (year - 2015), 300) for year in range(2015, 2021)}
STEADY = dict.fromkeys(range(2015, 2021), (8000, 1600, 1200))


def entry(**changes: object) -> Entry:
    given = {
        "dataset": "police-outcomes",
        "area": "kent",
        "from": "2019-04",
        "to": "2019-06",
        "effect": Effect.INCOMPLETE,
        "reason": "did not submit complete data",
        "source": "a note",
        "added": datetime.date(2021, 5, 13),
    }
    return Entry.model_validate(given | changes)


def _told(observations: Observations, desk_: Desk, story: Story | None = None) -> tuple[Facts, ...]:
    """Measure a story of the desk, the one of withdrawn cases unless another is given."""
    story = story or desk_.stories["victim-withdrawal"]
    return measure(total(desk_, observations, stories=[story]), RELEASE, story, desk_)


def test_figures_are_exact() -> None:
    facts = facts_of({"kent": GROWING})["kent"]
    assert facts.measures["closed"].figure.value == 4000
    assert facts.measures["rate"].figure.value == Fraction(600, 4000)
    assert facts.measures["rate"].baseline.value == Fraction(560, 4000)
    assert facts.measures["rate"].first.value == Fraction(400, 4000)


def test_type_0_is_in_no_total() -> None:
    observations = observe({"kent": GROWING})
    rows = observations.rows
    rows.loc[rows["outcome"] == "0", "closed"] = 1_000_000
    small = small_desk("kent")
    facts = _told(observations, small)
    assert facts[0].measures["closed"].figure.value == 4000


def test_an_area_incomplete_in_a_period_compared_leaves_the_basket_in_all() -> None:
    small = small_desk("kent", "essex", register=(entry(),))
    nation = facts_of({"kent": GROWING, "essex": STEADY}, small)["england-and-wales"]
    assert [exclusion.area.id for exclusion in nation.excluded] == ["kent"]
    assert [point.figure.value for point in nation.measures["closed"].series] == [8000] * 6


def test_a_quarter_that_the_release_lacks_for_all_is_a_gap_and_nobodys_exclusion() -> None:
    lacking = [(area, Quarter(2017, 2)) for area in ("kent", "essex")]
    nation = facts_of({"kent": GROWING, "essex": STEADY}, without=lacking)["england-and-wales"]
    assert nation.excluded == ()
    assert [point.complete for point in nation.measures["closed"].series] == [
        True, True, False, True, True, True,
    ]  # fmt: skip
    assert not nation.measures["rate"].record_high


def test_a_row_marked_as_not_provided_makes_its_periods_incomplete() -> None:
    facts = facts_of(
        {"kent": GROWING, "essex": STEADY}, marked_missing=[("kent", Quarter(2020, 3))]
    )
    assert facts["kent"].unavailable == "data was not provided"
    assert facts["kent"].why == "July to September 2020 is marked as not provided"
    assert facts["kent"].measures["closed"].figure is None
    assert facts["essex"].incomplete == ""
    assert [exclusion.area.id for exclusion in facts["essex"].excluded] == ["kent"]


def test_a_share_on_fewer_than_100_is_not_printed() -> None:
    tiny = dict.fromkeys(range(2015, 2021), (99, 30, 20))
    enough = dict.fromkeys(range(2015, 2021), (100, 30, 20))
    facts = facts_of({"kent": tiny, "essex": enough})
    assert facts["kent"].measures["rate"].figure is None
    assert facts["kent"].measures["rate"].small_base
    assert facts["kent"].measures["withdrawn"].figure.value == 30
    assert facts["essex"].measures["rate"].figure is not None


def test_rank_counts_only_areas_with_a_territory() -> None:
    facts = facts_of({"kent": GROWING, "essex": STEADY, "btp": STEADY})
    assert facts["essex"].lead.rank.value == 1
    assert facts["kent"].lead.rank.value == 2
    assert facts["btp"].lead.rank is None
    assert [force.area.id for force in facts["england-and-wales"].areas] == [
        "essex", "btp", "kent",
    ]  # fmt: skip


def test_negative_totals_are_held() -> None:
    years = dict.fromkeys(range(2015, 2021), (4000, 400, 300)) | {2020: (4000, -8, 0)}
    kent = facts_of({"kent": years})["kent"]
    assert any("below zero" in p.what for p in kent.problems if p.level is Level.HOLD)


def test_the_period_asked_for_has_to_be_there() -> None:
    with pytest.raises(RequestError, match="does not hold 2022"):
        facts_of({"kent": GROWING}, period="2022")


def test_later_periods_do_not_touch_an_earlier_one() -> None:
    kent = facts_of({"kent": GROWING}, period="2018")["kent"]
    assert kent.measures["rate"].figure.value == Fraction(520, 4000)
    assert [str(point.period) for point in kent.measures["rate"].series] == [
        "2015", "2016", "2017", "2018",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "first"), [("2019/20", "2015/16"), ("to-2020-09", "the year to September 2016")]
)
def test_other_kinds_of_period(asked: str, first: str) -> None:
    kent = facts_of({"kent": GROWING}, period=asked)["kent"]
    assert str(kent.measures["rate"].series[0].period) == first


def test_scores_say_why() -> None:
    facts = facts_of({"kent": GROWING, "essex": STEADY})
    assert facts["kent"].score.points > facts["essex"].score.points
    assert any("record-high rate" in reason for reason in facts["kent"].score.reasons)
    reasons = facts["kent"].score.reasons
    assert sum(int(r.rpartition("+")[2].rstrip(")")) for r in reasons) == facts["kent"].score.points


def test_caveats_of_the_register_are_notes() -> None:
    kent = facts_of({"kent": GROWING}, replace(desk(), forces=small_desk("kent").forces))["kent"]
    assert any("outcome 22" in p.what for p in kent.problems if p.level is Level.NOTE)


def test_a_release_without_the_earliest_files_has_no_record_and_no_first_period() -> None:
    begun = {
        name: dataset.model_copy(update={"begins": "2014-04"})
        for name, dataset in desk().datasets.items()
    }
    late = {year: counts for year, counts in GROWING.items() if year >= 2017}
    kent = facts_of({"kent": late}, small_desk("kent", datasets=begun))["kent"].measures["rate"]
    assert str(kent.series[0].period) == "2015"
    assert kent.series[0].figure is None
    assert kent.first is None
    assert not kent.record_high
    assert "no figures for January to March 2015" in kent.record_high.why
    whole = facts_of({"kent": GROWING}, small_desk("kent"))["kent"].measures["rate"]
    assert whole.record_high


def test_a_basket_of_too_few_forces_is_not_the_nation() -> None:
    lacking = [("kent", Quarter(2020, 1))]
    small = small_desk("kent", "essex", style=desk().style)
    facts = facts_of({"kent": GROWING, "essex": STEADY}, small, without=lacking)
    assert facts["england-and-wales"].measures["rate"].figure is None
    assert "only 1 of 2 forces" in facts["england-and-wales"].incomplete


def test_a_record_of_a_period_that_is_not_the_newest_is_held() -> None:
    kent = facts_of({"kent": GROWING}, period="2018")["kent"]
    assert any("newer" in p.what for p in kent.problems if p.level is Level.HOLD)
    steady = facts_of({"kent": STEADY}, period="2018")["kent"]
    assert any("newer" in p.what for p in steady.problems if p.level is Level.WARN)


def test_a_missing_file_does_not_make_an_older_period_the_news() -> None:
    lacking = [("kent", Quarter(2020, 2))]
    with pytest.raises(RequestError, match="does not hold 2020 in full"):
        facts_of({"kent": GROWING}, without=lacking)


def test_a_share_over_the_whole_is_held() -> None:
    years = dict.fromkeys(range(2015, 2020), (4000, 400, 300)) | {2020: (4000, 400, 460)}
    kent = facts_of({"kent": years})["kent"]
    assert any("larger than its whole" in p.what for p in kent.problems if p.level is Level.HOLD)


def test_a_record_that_print_would_hide_is_noted_and_not_claimed() -> None:
    years = dict.fromkeys(range(2015, 2019), (100000, 10000, 8000))
    years |= {2019: (100_000, 29_310, 20_000), 2020: (100_000, 29_340, 20_000)}
    kent = facts_of({"kent": years})["kent"]
    assert not kent.lead.record_high
    assert any("cannot be seen" in p.what for p in kent.problems if p.level is Level.NOTE)
    assert not any(p.level is Level.HOLD for p in kent.problems)


def test_the_register_of_another_dataset_is_not_read() -> None:
    small = small_desk("kent", register=(entry(dataset="recorded-crime"),))
    assert all(p.complete for p in facts_of({"kent": GROWING}, small)["kent"].lead.series)


@pytest.mark.parametrize(
    ("counts", "complete"),
    [(["recorded"], True), (["closed"], False), (["recorded", "closed"], False), (None, False)],
)
def test_the_register_takes_out_the_counts_that_it_speaks_of(
    counts: list[str] | None, complete: bool
) -> None:
    """The story counts `closed`: what is known of `recorded` is none of its business."""
    small = small_desk("kent", "essex", register=(entry(counts=counts),))
    facts = facts_of({"kent": GROWING, "essex": STEADY}, small)
    assert all(point.complete for point in facts["kent"].lead.series) == complete
    assert [e.area.id for e in facts["essex"].excluded] == ([] if complete else ["kent"])


@pytest.mark.parametrize(("counts", "told"), [(["recorded"], False), (["closed"], True)])
def test_a_caveat_of_a_count_is_told_to_who_counts_it(counts: list[str], told: bool) -> None:
    caveat = entry(counts=counts, effect=Effect.CAVEAT, reason="moved house")
    facts = facts_of({"kent": GROWING}, small_desk("kent", register=(caveat,)))
    for area in ("kent", "england-and-wales"):
        what = [problem.what for problem in facts[area].problems]
        assert ("Kent Police moved house." in what) == told


def test_a_caveat_of_another_area_is_told_to_the_nation_and_not_to_this_one() -> None:
    caveat = entry(effect=Effect.CAVEAT, reason="moved house")
    small = small_desk("kent", "essex", register=(caveat,))
    facts = facts_of({"kent": GROWING, "essex": STEADY}, small)
    has_it = [area for area in facts if any("moved house" in p.what for p in facts[area].problems)]
    assert has_it == ["kent", "england-and-wales"]


def test_what_the_data_lack_is_told_to_the_editor_and_gives_copy_no_reason() -> None:
    facts = facts_of({"kent": GROWING, "essex": STEADY}, without=[("kent", Quarter(2019, 2))])
    (left_out,) = facts["essex"].excluded
    assert left_out.why == "no rows for April to June 2019"
    assert left_out.unavailable == "complete figures were not available"
    assert left_out.entry is None
    registered = small_desk("kent", "essex", register=(entry(),))
    (given,) = facts_of({"kent": GROWING, "essex": STEADY}, registered)["essex"].excluded
    assert (given.reason, given.unavailable) == ("did not submit complete data", "")


def test_level_areas_share_a_place() -> None:
    facts = facts_of({"kent": STEADY, "essex": STEADY, "surrey": GROWING})
    places = [facts[area].lead.rank.value for area in ("kent", "essex", "surrey")]
    assert places == [1, 1, 3]


def _theft(**asked: object) -> Story:
    measures = {"all": Measure(label="offences closed", count="closed", **asked)}
    return Story(
        id="theft", title="Theft", dataset="police-outcomes", lead="all", measures=measures
    )


def test_a_measure_of_some_offences_counts_only_these() -> None:
    observations = observe({"kent": GROWING})
    rows = observations.rows
    theft = rows["outcome"] == "18"
    rows["offence_group"] = theft.map({True: "Theft offences", False: "Fraud"})
    rows["offence_code"] = theft.map({True: "46", False: "53"})
    small = small_desk("kent")
    for asked in ({"offence_groups": ("Theft offences",)}, {"offence_codes": ("46",)}):
        story = _theft(**asked)
        kent, _ = _told(observations, small, story)
        assert kent.measures["all"].figure.value == 4000 - 600
    story = _theft(offence_groups=("Theft offence",))
    with pytest.raises(RequestError) as caught:
        _told(observations, small, story)
    assert caught.value.faults[0].mend == "Did you mean Theft offences?"
