"""Which quarters are in doubt, by counts that the test shows, and what is no doubt at all."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from building import RELEASE, Pair, observe_quarters, put, small_desk, total
from building import STEADY_QUARTERS as PLAIN

from generator.desk import Answer, Desk, Effect, Entry
from generator.figures import measure
from generator.model import Doubt, Facts


def facts(areas: Mapping[str, Sequence[Pair]], **changes: object) -> dict[str, Facts]:
    desk = small_desk(*areas, **changes)
    return facts_in(desk, areas)


def facts_in(desk: Desk, areas: Mapping[str, Sequence[Pair]]) -> dict[str, Facts]:
    story = desk.stories["charged"]
    measured = measure(total(desk, observe_quarters(areas), stories=[story]), RELEASE, story, desk)
    return {each.area.id: each for each in measured}


def doubts(facts: Facts) -> list[Doubt]:
    """Return the doubts that are told alone."""
    alone = [each.doubts for each in facts.doubts if len(each.doubts) == 1]
    return [doubt for (doubt,) in alone]


def said(facts: Facts) -> list[tuple[str, dict[str, int]]]:
    return [
        (doubt.step, {count.measure: count.found for count in doubt.counts})
        for doubt in doubts(facts)
    ]


def test_quarters_that_go_up_and_down_as_they_always_do_are_believed() -> None:
    assert said(facts({"kent": PLAIN, "essex": PLAIN})["kent"]) == []


def test_a_collapse_is_in_doubt_with_what_was_expected() -> None:
    kent = facts({"kent": put(PLAIN, 5, (2300, 230))})["kent"]
    (doubt,) = doubts(kent)
    assert (doubt.area, str(doubt.quarter)) == ("kent", "April to June 2018")
    found = {count.label: (count.found, count.expected) for count in doubt.counts}
    assert set(found) == {"offences closed", "offences that ended in a charge or summons"}
    seen, expected = found["offences closed"]
    assert seen == 2300
    assert 9600 < expected < 10600
    assert doubt.can_hold
    assert not doubt.is_far_below  # more than a fifth of it is left


def test_next_to_nothing_is_told_apart() -> None:
    (doubt,) = doubts(facts({"kent": put(PLAIN, 5, (120, 9))})["kent"])
    assert doubt.is_far_below


def test_a_share_of_five_times_what_is_usual_lacks_its_whole() -> None:
    # Twice as many were closed as in any quarter before, and a tenth of them is left: 2,100.
    (doubt,) = doubts(facts({"kent": put(PLAIN, 15, (2100, 2000))})["kent"])
    assert [count.measure for count in doubt.counts] == ["closed", "charged"]
    assert doubt.is_far_below
    (doubt,) = doubts(facts({"kent": put(PLAIN, 15, (2100, 900))})["kent"])
    assert not doubt.is_far_below


@pytest.mark.parametrize("pair", [(10300, 480), (21000, 1030), (10300, 2100), (5000, 1030)])
def test_half_and_double_are_in_doubt_of_either_count(pair: Pair) -> None:
    assert [step for step, _ in said(facts({"kent": put(PLAIN, 5, pair)})["kent"])] == ["2018-04"]


def test_the_count_that_is_odd_is_named_and_not_the_other() -> None:
    kent = facts({"kent": put(PLAIN, 5, (10300, 480))})["kent"]
    assert said(kent) == [("2018-04", {"charged": 480})]


def test_where_only_the_share_is_odd_its_part_is_in_doubt() -> None:
    # Both counts move by less than 1.35, in opposite ways: the share by 1.6.
    kent = facts({"kent": put(PLAIN, 5, (8000, 1300))})["kent"]
    assert said(kent) == [("2018-04", {"charged": 1300})]


@pytest.mark.parametrize("times", [2, 3, 4])
@pytest.mark.parametrize("at", [2, 5, 8, 13])
def test_a_step_that_lasts_is_a_change_and_no_doubt(at: int, times: int) -> None:
    up = [*PLAIN[:at], *((closed * times, charged * times) for closed, charged in PLAIN[at:])]
    assert said(facts({"kent": up})["kent"]) == []


def test_what_all_areas_have_in_common_is_no_doubt() -> None:
    # Twelve forces close half as many in one quarter: something happened, and to all of them.
    areas = ("kent", "essex", "surrey", "sussex", "cumbria", "norfolk", "suffolk", "wiltshire")
    more = ("dorset", "cheshire", "durham", "cleveland")
    halved = put(PLAIN, 5, (5150, 515))
    all_of_them = dict.fromkeys((*areas, *more), halved)
    assert not any(said(each) for each in facts(all_of_them).values())
    alone = {**dict.fromkeys((*areas, *more), PLAIN), "kent": halved}
    measured = facts(alone)
    assert [area for area in alone if said(measured[area])] == ["kent"]


def test_with_few_areas_the_season_is_taken_for_what_is_usual() -> None:
    # Every July to September has half as many again.
    seasonal = [
        (closed * 3 // 2, charged * 3 // 2) if at % 4 == 2 else (closed, charged)
        for at, (closed, charged) in enumerate(PLAIN)
    ]
    assert said(facts({"kent": seasonal})["kent"]) == []


def test_the_newest_quarter_is_judged_by_the_past_and_more_is_asked_of_it() -> None:
    low = facts({"kent": put(PLAIN, 15, (7000, 700))})["kent"]  # 1.4 times off
    assert said(low) == []
    lower = facts({"kent": put(PLAIN, 15, (5600, 560))})["kent"]  # 1.75 times
    (doubt,) = doubts(lower)
    assert doubt.is_newest
    assert not doubt.can_hold
    lowest = facts({"kent": put(PLAIN, 15, (4000, 400))})["kent"]  # 2.4 times
    assert [doubt.can_hold for doubt in doubts(lowest)] == [True]


def test_the_first_quarter_is_judged_by_those_after_it() -> None:
    assert [step for step, _ in said(facts({"kent": put(PLAIN, 0, (3000, 300))})["kent"])] == [
        "2017-01"
    ]


def test_small_counts_jump_and_are_believed() -> None:
    small = [(12, 3), (9, 1), (15, 4), (11, 0), (3, 2), (14, 5), (19, 0), (10, 3)] * 2
    assert said(facts({"kent": small})["kent"]) == []


def test_an_area_that_scatters_widely_is_given_more_room() -> None:
    wild = [
        (closed * factor // 10, charged * factor // 10)
        for (closed, charged), factor in zip(
            PLAIN, (6, 14, 8, 13, 5, 15, 10, 7, 14, 6, 12, 9, 15, 6, 8, 13), strict=True
        )
    ]
    assert said(facts({"kent": wild})["kent"]) == []


def test_what_the_register_rules_out_is_neither_judged_nor_judged_by() -> None:
    gone = [*PLAIN[:4], (90, 2), (5, 0), (7, 1), (80, 3), *PLAIN[8:]]
    entry = Entry.model_validate(
        {
            "dataset": "police-outcomes",
            "area": "kent",
            "from": "2018-01",
            "to": "2018-12",
            "effect": Effect.INCOMPLETE,
            "reason": "moved to another records system",
            "source": "a note",
            "added": datetime.date(2021, 5, 13),
        }
    )
    assert said(facts({"kent": gone}, register=(entry,))["kent"]) == []
    assert [step for step, _ in said(facts({"kent": gone})["kent"])] == [
        "2018-01", "2018-04", "2018-07", "2018-10",
    ]  # fmt: skip


def test_where_the_publisher_has_spoken_a_doubt_is_told_and_holds_nothing() -> None:
    caveat = Entry.model_validate(
        {
            "dataset": "police-outcomes",
            "area": "kent",
            "from": "2018-04",
            "to": "2018-06",
            "effect": Effect.CAVEAT,
            "reason": "closed a backlog of cases",
            "source": "a note",
            "added": datetime.date(2021, 5, 13),
        }
    )
    odd = {"kent": put(PLAIN, 5, (30000, 1030))}
    assert [doubt.can_hold for doubt in doubts(facts(odd)["kent"])] == [True]
    assert [doubt.can_hold for doubt in doubts(facts(odd, register=(caveat,))["kent"])] == [False]
    for_good = caveat.model_copy(update={"from_": "2015-01", "to": None})
    assert [d.can_hold for d in doubts(facts(odd, register=(for_good,))["kent"])] == [True]
    everyones = caveat.model_copy(update={"area": "everywhere"})
    assert [d.can_hold for d in doubts(facts(odd, register=(everyones,))["kent"])] == [True]


def answer(**changes: object) -> Answer:
    return Answer.model_validate(
        {
            "dataset": "police-outcomes",
            "area": "kent",
            "step": "2018-04",
            "counts": {"offences closed": 30000},
            "answer": "stands",
            "by": "Ann Archer",
            "at": datetime.date(2021, 5, 13),
            "why": "the publisher says so",
            **changes,
        }
    )


def test_an_answer_holds_for_the_value_seen_and_no_other() -> None:
    odd = {"kent": put(PLAIN, 5, (30000, 1030))}
    believing = small_desk("kent", answers=(answer(),))
    assert said(facts_in(believing, odd)["kent"]) == []
    restated = {"kent": put(PLAIN, 5, (29000, 1030))}
    assert said(facts_in(believing, restated)["kent"]) == [("2018-04", {"closed": 29000})]
    others = replace(believing, answers=(answer(area="essex"), answer(step="2018-07")))
    assert said(facts_in(others, odd)["kent"]) == [("2018-04", {"closed": 30000})]


def test_what_hangs_on_a_doubt_is_what_would_be_otherwise() -> None:
    # The rate of 2018 is the lowest of the four years because of the one quarter.
    kent = facts({"kent": put(PLAIN, 5, (30000, 1030))})["kent"]
    (supposition,) = kent.doubts
    assert "kent/closed/2018" in supposition.moved
    assert "kent/closed/2019" not in supposition.moved
    assert supposition.facts.measures["rate"].figure == kent.measures["rate"].figure
    earlier = {point.period.id: point.figure for point in supposition.facts.lead.series}
    assert earlier["2018"].value > kent.lead.series[1].figure.value
