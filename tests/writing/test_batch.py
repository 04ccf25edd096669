"""What shows only when a run's drafts are judged side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from building import RELEASE, Year, desk, facts_of, seen, small_desk
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.desk import Desk
from generator.model import Draft, Facts, Level, Problem, Unit
from generator.periods import Quarter
from generator.pipeline import draft
from generator.requests import Request
from generator.writing import (
    AreaNames,
    Heard,
    Jury,
    hear,
    judge_drafts,
    make_environment,
    write_draft,
)

KENT = dict.fromkeys(range(2018, 2021), (4000, 800, 600))
ESSEX = dict.fromkeys(range(2018, 2021), (8000, 1200, 900))
SURREY = dict.fromkeys(range(2018, 2021), (6000, 600, 300))
THREE = {"kent": KENT, "essex": ESSEX, "surrey": SURREY}
RATES = [20, 21, 21, 22, 22, 23, 23, 24]
"""Per cent; hinges at 21 and 23, and so fences at 18 and 26."""

Found = dict[str, list[Problem]]


def judge_batch(drafts: Sequence[Draft], facts: Sequence[Facts], desk: Desk) -> tuple[Draft, ...]:
    """Judge drafts by the facts of every area and the nation, as the survey hears of them."""
    juries = {
        nation.story.id: Jury(nation, hear(heard(facts, nation)), "the basket", desk.style)
        for nation in facts
        if nation.nation is None
    }
    return judge_drafts(drafts, juries, AreaNames(desk))


def heard(facts: Sequence[Facts], nation: Facts) -> Iterator[Heard]:
    left_out = {exclusion.area.id for exclusion in nation.excluded}
    for each in facts:
        if each.story.id == nation.story.id and each.nation is not None:
            series = {name: measured.series for name, measured in each.measures.items()}
            baskets = [] if each.area.id in left_out else ["the basket"]
            yield Heard(each.area, series, baskets)


def judged(facts: Mapping[str, Facts], desk_: Desk, *areas: str) -> Found:
    """Write drafts of these facts, or of some areas, and return what judging them adds."""
    environment = make_environment(desk_)
    written = [
        write_draft(each, environment, desk_, RELEASE)
        for area, each in facts.items()
        if not areas or area in areas
    ]
    after = judge_batch(written, list(facts.values()), desk_)
    assert [replace(each, problems=()) for each in after] == [
        replace(each, problems=()) for each in written
    ]
    return {
        now.facts.area.id: list(now.problems[len(then.problems) :])
        for then, now in zip(written, after, strict=True)
    }


def changed(
    facts: Mapping[str, Facts], area: str, measure: str, **changes: object
) -> dict[str, Facts]:
    """Return the facts with one measure of one area changed."""
    measures = {**facts[area].measures}
    measures[measure] = replace(measures[measure], **changes)
    return {**facts, area: replace(facts[area], measures=measures)}


def with_a_count_off(facts: Mapping[str, Facts], area: str, measure: str, place: int, by: int):
    """Return the facts with one count of an area's series off by so many."""
    series = list(facts[area].measures[measure].series)
    wrong = replace(series[place].figure, value=series[place].figure.value + by)
    series[place] = replace(series[place], figure=wrong)
    newest = {"figure": wrong} if place in (-1, len(series) - 1) else {}
    return changed(facts, area, measure, series=tuple(series), **newest)


def of_rates(rates: Sequence[int | float], first: int = 0) -> dict[str, dict[int, Year]]:
    """Counts of as many forces: these rates in 2020, and the same in the years before."""
    return {
        force.id: dict.fromkeys(range(2018, 2021), (10_000, round(rate * 100), 0))
        for force, rate in zip(desk().forces[first:], rates, strict=False)
    }


def test_a_sound_batch_has_no_holds() -> None:
    found = judged(facts_of(THREE), small_desk(*THREE))
    assert found == {area: [] for area in (*THREE, "england-and-wales")}


def test_a_nation_that_its_areas_do_not_add_up_to_holds_all_that_rests_on_it() -> None:
    facts = with_a_count_off(facts_of(THREE), "kent", "withdrawn", -1, by=-1)
    found = judged(facts, small_desk(*THREE))
    for problems in found.values():
        (problem,) = problems
        assert problem.level is Level.HOLD
        assert problem.where == (
            "England and Wales: offences closed because the victim did not support further "
            "action, 2020"
        )
        assert problem.what == (
            "The figure is 2,600, and those of the 3 areas that make it up add up to 2,599."
        )


def test_an_earlier_period_is_added_up_too() -> None:
    facts = with_a_count_off(facts_of(THREE), "surrey", "closed", 0, by=5)
    (problem,) = judged(facts, small_desk(*THREE))["england-and-wales"]
    assert problem.where == "England and Wales: offences closed, 2018"
    assert problem.what.endswith("add up to 18,005.")


def test_a_figure_of_the_nation_for_a_period_that_one_of_its_areas_lacks_is_held() -> None:
    """The nation is all three; whoever adds up the two that have 2018 adds up another nation."""
    facts = facts_of(THREE)
    kent = dict(facts["kent"].measures)
    for name, measure in kent.items():
        gap = replace(measure.series[0], figure=None, complete=False)
        kent[name] = replace(measure, series=(gap, *measure.series[1:]), first=None)
    facts["kent"] = replace(facts["kent"], measures=kent)
    nation = dict(facts["england-and-wales"].measures)
    for name, value in (("closed", 14_000), ("withdrawn", 1_800), ("identified", 1_200)):
        two = replace(nation[name].series[0].figure, value=value)
        point = replace(nation[name].series[0], figure=two)
        series = (point, *nation[name].series[1:])
        nation[name] = replace(nation[name], series=series, first=two)
    facts["england-and-wales"] = replace(facts["england-and-wales"], measures=nation)
    problems = judged(facts, small_desk(*THREE), "england-and-wales")["england-and-wales"]
    assert {problem.where.rpartition(", ")[2] for problem in problems} == {"2018"}
    assert len(problems) == 3
    assert problems[0].what == (
        "The figure is 14,000, and those of the 3 areas that make it up add up to 14,000; of 1 of "
        "them there is none."
    )


def test_the_figure_that_is_printed_is_added_up_and_not_its_series_alone() -> None:
    facts = facts_of(THREE)
    closed = facts["england-and-wales"].measures["closed"]
    facts = changed(facts, "england-and-wales", "closed", figure=replace(closed.figure, value=9))
    (problem,) = judged(facts, small_desk(*THREE))["england-and-wales"]
    assert problem.what.startswith("The figure is 9, and those of the 3 areas")


def test_a_draft_without_the_nations_figures_is_not_held_for_them() -> None:
    facts = with_a_count_off(facts_of(THREE), "kent", "closed", -1, by=1)
    small = small_desk(*THREE)
    environment = make_environment(small)
    essex = write_draft(facts["essex"], environment, small, RELEASE)
    local = replace(essex, ledger=tuple(c for c in essex.ledger if c.text == "8,000"), pieces=())
    assert len(local.ledger) == 1
    (kept,) = judge_batch([local], list(facts.values()), small)
    assert kept.problems == essex.problems
    (held,) = judge_batch([essex], list(facts.values()), small)
    assert len(held.problems) == len(essex.problems) + 1


def test_a_finding_and_a_difference_from_the_nation_rest_on_its_figures() -> None:
    facts = with_a_count_off(facts_of(THREE), "kent", "closed", -1, by=1)
    small = small_desk(*THREE)
    essex = write_draft(facts["essex"], make_environment(small), small, RELEASE)
    (said,) = (c for c in essex.ledger if c.text in ("the rate was higher", "the rate was lower"))
    points = replace(said, support=essex.facts.lead.against_nation.points)
    for claim in (said, points):
        (held,) = judge_batch([replace(essex, ledger=(claim,))], list(facts.values()), small)
        assert len(held.problems) == len(essex.problems) + 1


def test_an_area_left_out_of_the_nation_is_not_added_and_nothing_counts_that_is_missing() -> None:
    lacking = [("kent", Quarter(2019, 2))]
    facts = facts_of(THREE, without=lacking)
    assert facts["kent"].measures["closed"].figure is not None
    assert not any(judged(facts, small_desk(*THREE)).values())
    of_everyone = [(area, Quarter(2019, 2)) for area in THREE]
    assert not any(judged(facts_of(THREE, without=of_everyone), small_desk(*THREE)).values())


def test_areas_that_are_not_asked_for_are_added_up_all_the_same() -> None:
    assert judged(facts_of(THREE), small_desk(*THREE), "kent") == {"kent": []}


counts = st.integers(100, 5000).flatmap(
    lambda closed: st.tuples(st.just(closed), st.integers(0, closed // 2), st.just(0))
)
years = st.fixed_dictionaries(dict.fromkeys((2018, 2019, 2020), counts))
batches = st.fixed_dictionaries(dict.fromkeys(THREE, years))


@settings(max_examples=10, deadline=None)
@given(batches, st.sampled_from([*THREE]), st.sampled_from(["closed", "withdrawn"]),
       st.integers(0, 2), st.sampled_from([-1, 1]))  # fmt: skip
def test_real_counts_pass_and_one_that_is_off_by_one_is_held(
    counts: dict[str, dict[int, Year]], area: str, measure: str, place: int, by: int
) -> None:
    facts, small = facts_of(counts), small_desk(*THREE)
    holds = [p for found in judged(facts, small).values() for p in found if p.level is Level.HOLD]
    assert holds == []
    wrong = with_a_count_off(facts, area, measure, place, by)
    found = judged(wrong, small, "england-and-wales")["england-and-wales"]
    assert [problem.where.rpartition(", ")[2] for problem in found] == [str(2018 + place)]


def test_counts_that_are_not_those_that_were_added_up_are_held() -> None:
    facts, small = facts_of(THREE), small_desk(*THREE)
    wrong = with_a_count_off(facts, "kent", "closed", 0, by=1)["kent"]
    written = write_draft(wrong, make_environment(small), small, RELEASE)
    (judged_,) = judge_batch([written], list(facts.values()), small)
    (problem,) = judged_.problems[len(written.problems) :]
    assert problem.level is Level.HOLD
    assert problem.what.startswith("The counts are not those that went into the nation's")
    named = changed(facts, "kent", "closed", first=facts["kent"].measures["closed"].figure)
    stray = write_draft(named["kent"], make_environment(small), small, RELEASE)
    (kept,) = judge_batch([stray], list(facts.values()), small)
    assert kept.problems == stray.problems  # a figure of the series, whatever it is called


def test_a_place_that_the_exact_figures_do_not_give_is_held() -> None:
    facts = facts_of(THREE)
    assert facts["essex"].lead.rank.value == 2
    wrong = replace(facts["essex"].lead.rank, value=1)
    found = judged(changed(facts, "essex", "rate", rank=wrong), small_desk(*THREE))
    (problem,) = found.pop("essex")
    assert problem.level is Level.HOLD
    assert problem.what == (
        "The area's place among areas is given as number 1 of 3; by the exact figures it is "
        "number 2 of 3."
    )
    assert not any(found.values())


def test_a_wrong_number_of_areas_is_held() -> None:
    found = judged(changed(facts_of(THREE), "kent", "suspect_share", ranked=4), small_desk(*THREE))
    (problem,) = found["kent"]
    assert "given as number 1 of 4; by the exact figures it is number 1 of 3" in problem.what


def test_a_place_that_rounding_would_share_is_told_apart_and_one_level_is_shared() -> None:
    close = {
        "kent": dict.fromkeys(range(2018, 2021), (100_000, 20_001, 0)),
        "essex": dict.fromkeys(range(2018, 2021), (100_000, 20_000, 0)),
        "surrey": dict.fromkeys(range(2018, 2021), (10_000, 2000, 0)),
    }
    facts, small = facts_of(close), small_desk(*close)
    assert [facts[area].lead.rank.value for area in close] == [1, 2, 2]
    assert not any(judged(facts, small).values())
    shared = replace(facts["essex"].lead.rank, value=1)
    assert judged(changed(facts, "essex", "rate", rank=shared), small)["essex"]


def test_a_force_without_a_territory_has_no_place_and_takes_nobodys() -> None:
    railways = THREE | {"btp": dict.fromkeys(range(2018, 2021), (5000, 2500, 0))}
    facts, small = facts_of(railways), small_desk(*railways)
    assert not any(judged(facts, small).values())
    rank = replace(facts["kent"].lead.rank, area="btp")
    (problem,) = judged(changed(facts, "btp", "rate", rank=rank), small)["btp"]
    assert "given as number 1 of 3; by the exact figures it is none" in problem.what


def test_a_table_that_does_not_run_from_the_highest_down_holds_the_nation() -> None:
    facts, small = facts_of(THREE), small_desk(*THREE)
    nation = facts["england-and-wales"]
    kent, essex, surrey = nation.areas
    swapped = facts | {"england-and-wales": replace(nation, areas=(kent, surrey, essex))}
    found = judged(swapped, small)
    (problem,) = found.pop("england-and-wales")
    assert problem.level is Level.HOLD
    assert problem.what == (
        "Surrey (10%) stands above Essex (15%), and the highest has to come first."
    )
    assert not any(found.values())


def test_an_area_without_a_figure_stands_last_in_the_table() -> None:
    facts = facts_of(THREE, without=[("kent", Quarter(2020, 2))])
    small = small_desk(*THREE)
    assert not any(judged(facts, small).values())
    nation = facts["england-and-wales"]
    assert nation.areas[-1].area.id == "kent"
    first = facts | {"england-and-wales": replace(nation, areas=tuple(reversed(nation.areas)))}
    found = judged(first, small)["england-and-wales"]
    assert [problem.what.partition(" stands")[0] for problem in found] == [
        "Kent (no figure)", "Surrey (10%)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (26, None),  # on the fence itself
        (26.01, "At 26.01%, {} is far above most: the middle half of 9 areas lies between 21% and "
                "23%."),
        (18, None),
        (17.99, "At 17.99%, {} is far below most: the middle half of 9 areas lies between 21% and "
                "23%."),
        (60, "At 60%, {} is far above most: the middle half of 9 areas lies between 21% and 23%."),
        (22, None),
    ],
)  # fmt: skip
def test_a_share_far_from_the_middle_half_of_areas_is_noted(rate: float, said: str | None) -> None:
    counts = of_rates([*RATES, rate])
    fine = {
        name: measure.model_copy(update={"decimals": 2}) if name == "rate" else measure
        for name, measure in desk().stories["victim-withdrawal"].measures.items()
    }
    story = desk().stories["victim-withdrawal"].model_copy(update={"measures": fine})
    small = small_desk(*counts, stories={story.id: story})
    found = judged(facts_of(counts, small), small)
    *others, ninth = counts
    assert not any(found[area] for area in others)
    assert not found["england-and-wales"]
    name = desk().forces[8].name
    assert [problem.what for problem in found[ninth]] == ([said.format(name)] if said else [])
    assert all(problem.level is Level.NOTE for problem in found[ninth])


def test_hinges_are_tukeys() -> None:
    # Of nine the fifth is in both halves: hinges 22 and 24, fences 19 and 27. Any other
    # rule for quartiles that leaves it out has 21 and 24, and lets the 18 pass as well.
    counts = of_rates([18.9, 22, 22, 22, 23, 24, 24, 24, 27.1])
    found = judged(facts_of(counts), small_desk(*counts))
    assert [bool(found[area]) for area in counts] == [True, *[False] * 7, True]


def test_too_few_areas_have_no_outlier() -> None:
    counts = of_rates([20, 21, 21, 22, 22, 23, 60])
    assert not any(judged(facts_of(counts), small_desk(*counts)).values())
    small = small_desk(*counts)
    seven = replace(small, style=small.style.model_copy(update={"outlier_areas": 7}))
    assert any(judged(facts_of(counts, seven), seven).values())


def test_the_desk_says_how_far_is_far() -> None:
    counts = of_rates([*RATES, 26.5])
    small = small_desk(*counts)
    wider = replace(small, style=small.style.model_copy(update={"outlier_reach": 200}))
    assert any(judged(facts_of(counts, small), small).values())
    assert not any(judged(facts_of(counts, wider), wider).values())


def test_a_force_without_a_territory_is_no_outlier_and_a_missing_figure_counts_for_none() -> None:
    counts = of_rates(RATES[:7]) | {"btp": dict.fromkeys(range(2018, 2021), (10_000, 6000, 0))}
    counts |= {"kent": dict.fromkeys(range(2018, 2021), (90, 60, 0))}
    found = judged(facts_of(counts), small_desk(*counts))
    assert not any(found.values())  # seven areas to compare, and not eight or nine
    eighth = counts | of_rates([22], first=9)
    assert len(eighth) == 10
    outlying = eighth | {desk().forces[0].id: dict.fromkeys(range(2018, 2021), (10_000, 6000, 0))}
    found = judged(facts_of(outlying), small_desk(*outlying))
    assert [area for area, problems in found.items() if problems] == [desk().forces[0].id]


def test_a_difference_that_print_would_hide_is_printed_finer() -> None:
    counts = of_rates([20] * 8 + [20.01])
    found = judged(facts_of(counts), small_desk(*counts))
    (problem,) = found[desk().forces[8].id]
    assert problem.what.startswith("At 20.01%, ")
    assert problem.what.endswith("lies between 20% and 20%.")


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 90), min_size=8, max_size=12))
def test_an_outlier_is_outside_the_fences_and_nothing_else_is(rates: list[int]) -> None:
    counts = of_rates(rates)
    found = judged(facts_of(counts), small_desk(*counts))
    low, high = hinges(sorted(Fraction(rate) for rate in rates))
    reach = Fraction(3, 2) * (high - low)
    for area, rate in zip(counts, rates, strict=True):
        noted = any("most: the middle half" in problem.what for problem in found[area])
        assert noted == (rate < low - reach or rate > high + reach)


def hinges(shares: list[Fraction]) -> tuple[Fraction, Fraction]:
    """Count in from either end to Tukey's depth: (depth of the median, whole, + 1) / 2."""
    twice = (len(shares) + 1) // 2 + 1
    places = (twice // 2 - 1, (twice + 1) // 2 - 1)
    return (
        sum((shares[place] for place in places), Fraction(0)) / 2,
        sum((shares[-1 - place] for place in places), Fraction(0)) / 2,
    )


VARIED = (
    "# Headline {{ area.where }}\n\nIn {{ period }} {{ area.police }} closed {{ closed }} offences."
    "\n\n{% variant %}Figures reveal{% or %}Figures show{% endvariant %} it {{ area.where }}.\n"
)
# With these words two take the first alternative, four the second.
REVEALING = ["avon-and-somerset", "cleveland"]
SHOWING = ["bedfordshire", "cambridgeshire", "cheshire", "city-of-london"]


def told(
    tmp_path: Path,
    template: str,
    counts: Mapping[str, Mapping[int, Year]],
    *stories: str,
) -> Found:
    """Judge a batch of stories that are written from one template for all areas."""
    small = small_desk(*counts, folder=tmp_path)
    facts: list[Facts] = []
    for story in stories or ["victim-withdrawal"]:
        folder = small.templates / story
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "article.md.j2").write_text(template, encoding="utf-8")
        (folder / "nation.md.j2").write_text("# A headline\n\nWords.\n", encoding="utf-8")
        facts += facts_of(counts, small, story=story).values()
    environment = make_environment(seen(small))
    drafts = [write_draft(each, environment, small, RELEASE) for each in facts]
    found: Found = {}
    for then, now in zip(drafts, judge_batch(drafts, facts, small), strict=True):
        found.setdefault(now.facts.area.id, []).extend(now.problems[len(then.problems) :])
    return found


def both_ways(words: str) -> str:
    """Make a template that has a variant and prints the same words whichever is taken."""
    return f"# A headline\n\n{{% variant %}}{words}{{% or %}}{words}{{% endvariant %}}\n"


def test_the_same_copy_but_for_names_and_numbers_is_noted(tmp_path: Path) -> None:
    counts = {
        area: {2020: (4000 + 1111 * i, 800, 0)} for i, area in enumerate([*REVEALING, *SHOWING])
    }
    found = told(tmp_path, VARIED, counts)
    assert found.pop("england-and-wales") == []
    assert found["avon-and-somerset"] == [
        Problem(
            Level.NOTE,
            "templates/victim-withdrawal",
            "But for names and numbers the copy is the same as for Cleveland.",
            "A further {% variant %} in the story's templates would part them.",
        )
    ]
    (problem,) = found["city-of-london"]
    assert problem.what.endswith("the same as for Bedfordshire, Cambridgeshire, Cheshire.")


def test_a_note_names_three_others_at_most(tmp_path: Path) -> None:
    counts = {force.id: {2020: (4000, 800, 0)} for force in desk().forces[:6]}
    found = told(tmp_path, both_ways("So."), counts)
    assert found["cheshire"][0].what.endswith(
        "for Avon and Somerset, Bedfordshire, Cambridgeshire and 2 more."
    )


def test_other_words_are_not_the_same_copy(tmp_path: Path) -> None:
    counts = {area: {2020: (4000, 800, 0)} for area in (REVEALING[0], SHOWING[0])}
    assert not any(told(tmp_path, VARIED, counts).values())


def test_a_small_count_in_words_and_a_hedge_are_numbers_too(tmp_path: Path) -> None:
    counts = {"kent": {2020: (4000, 800, 7)}, "essex": {2020: (4010, 800, 20)}}
    # "So seven of 4,000." and "So 20 of more than 4,000."
    found = told(tmp_path, both_ways("So {{ identified }} of {{ closed | round_number }}."), counts)
    assert [len(found[area]) for area in counts] == [1, 1]


def test_a_number_that_is_no_figure_is_a_number_too(tmp_path: Path) -> None:
    counts = {area: {2020: (4000, 800, 7)} for area in ("kent", "essex")}
    found = told(tmp_path, both_ways("So {{ area.code }}."), counts)
    assert [len(found[area]) for area in counts] == [1, 1]


def test_the_words_of_a_table_are_compared(tmp_path: Path) -> None:
    counts = {area: {2020: (4000, 800, 7)} for area in ("kent", "gwent")}
    table = both_ways("So.") + "\n| Country | Cases |\n| {{ area.country }} | {{ closed }} |\n"
    assert not any(told(tmp_path, table, counts).values())
    assert any(told(tmp_path, table.replace("country", "name"), counts).values())


def test_the_same_copy_in_another_story_is_another_matter(tmp_path: Path) -> None:
    counts = {"kent": {2020: (4000, 800, 7)}}
    assert not any(
        told(tmp_path, both_ways("So."), counts, "victim-withdrawal", "charged").values()
    )


def test_without_a_variant_the_same_words_are_nobodys_fault(tmp_path: Path) -> None:
    counts = {force.id: {2020: (4000, 800, 0)} for force in desk().forces[:4]}
    plain = VARIED.replace("{% variant %}Figures reveal{% or %}", "").replace(
        "{% endvariant %}", ""
    )
    assert not any(told(tmp_path, plain, counts).values())
    # Nor is a variant in a branch that nobody took.
    untaken = (
        f"{plain}{{% if incomplete %}}{{% variant %}}A{{% or %}}B{{% endvariant %}}{{% endif %}}"
    )
    assert not any(told(tmp_path, untaken, counts).values())


def test_two_stories_are_judged_apart() -> None:
    both = [facts_of(THREE, story=story) for story in ("victim-withdrawal", "charged")]
    small = small_desk(*THREE)
    environment = make_environment(small)
    facts = [each for story in both for each in story.values()]
    drafts: list[Draft] = [write_draft(each, environment, small, RELEASE) for each in facts]
    judged_together = judge_batch(drafts, facts, small)
    apart = [
        now
        for story in both
        for now in judge_batch(
            [each for each in drafts if each.facts in story.values()], list(story.values()), small
        )
    ]
    assert list(judged_together) == apart


def test_a_run_is_judged(sample_release: Path) -> None:
    """The City of London closes few cases, and few of those for want of support."""
    asked = Request(sample_release, ("victim-withdrawal",), ("city-of-london", "derbyshire"))
    london, derbyshire = draft(asked, desk())[1]
    assert any("is far below most" in problem.what for problem in london.problems)
    assert not any("most: the middle half" in problem.what for problem in derbyshire.problems)
    assert all(
        figure.unit is Unit.SHARE
        for figure in (london.facts.measures["rate"].figure, derbyshire.facts.lead.figure)
    )
