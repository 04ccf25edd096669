"""What a doubt does to a draft: a claim that turns holds it, other words are a warning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from building import RELEASE, Pair, observe_quarters, put, small_desk, text_of, total
from building import STEADY_QUARTERS as STEADY

from generator.desk import Desk
from generator.figures import measure
from generator.model import Copy, Draft, InDoubt, Level, copy_of
from generator.writing import Checker, make_environment, weigh_doubts, write_draft

BESIDE = dict.fromkeys(
    ("essex", "surrey", "sussex"), tuple((closed * 20, charged * 20) for closed, charged in STEADY)
)
"""Forces so large that Kent hardly shows in the nation's figures."""
HIGH = tuple((closed, closed // 4) for closed, _ in STEADY)
"""A quarter of cases: whatever Kent's figure is here, it is lower."""


def written(kent: Sequence[Pair], **beside: Sequence[Pair]) -> dict[str, Draft]:
    """Write Kent's draft of 2020 and the others', and weigh what is in doubt of each."""
    areas = {"kent": kent, **(beside or BESIDE)}
    desk = small_desk(*areas)
    return drafts_in(desk, areas)


def drafts_in(desk: Desk, areas: Mapping[str, Sequence[Pair]]) -> dict[str, Draft]:
    story, environment = desk.stories["charged"], make_environment(desk)
    totals = total(desk, observe_quarters(areas), stories=[story])
    return {
        facts.area.id: weigh_doubts(
            write_draft(facts, environment, desk, RELEASE),
            lambda each: write_draft(each, environment, desk, RELEASE),
        )
        for facts in measure(totals, RELEASE, story, desk)
    }


def only(draft: Draft) -> InDoubt:
    (one,) = draft.doubts
    return one


def of_doubts(draft: Draft) -> list[tuple[Level, str]]:
    return [
        (problem.level, problem.where) for problem in draft.problems if "in doubt" in problem.what
    ]


def rising(*rates: int) -> tuple[Pair, ...]:
    """Return the steady quarters with another number charged in each year, out of a thousand."""
    return tuple((closed, closed * rates[at // 4] // 1000) for at, (closed, _) in enumerate(STEADY))


def test_a_draft_without_a_doubt_has_none() -> None:
    draft = written(STEADY)["kent"]
    assert draft.doubts == ()
    assert of_doubts(draft) == []


def test_a_claim_that_turns_holds_the_draft_and_no_other() -> None:
    # 2020 would be up on 2019; half of one quarter's charges are lacking, and it is a record low.
    kent = put(rising(100, 102, 104, 110), 13, (10000, 500))
    drafts = written(kent)
    assert drafts["kent"].headline.startswith("Share of criminal cases ending in a charge falls to")
    in_doubt = only(drafts["kent"])
    assert in_doubt.level is Level.HOLD
    assert in_doubt.where == "headline"
    assert in_doubt.sentence == drafts["kent"].headline
    assert (
        in_doubt.instead
        == "Share of criminal cases ending in a charge rises to record high in Kent"
    )
    assert any("below the lowest" in why for why in in_doubt.turned)
    assert of_doubts(drafts["kent"]) == [(Level.HOLD, "headline")]
    for other in ("essex", "surrey", "sussex"):
        assert of_doubts(drafts[other]) == []


def test_the_problem_names_the_sentence_the_figure_the_counts_and_the_way_through() -> None:
    kent = put(rising(100, 102, 104, 110), 13, (10000, 500))
    (problem,) = [p for p in written(kent)["kent"].problems if p.level is Level.HOLD]
    assert problem.what == (
        "“Share of criminal cases ending in a charge falls to record low in Kent” rests on the "
        "figure for 2020, which is in doubt: April to June 2020 has 500 offences that ended in a "
        "charge or summons, where about 1,100 would be usual. With what was expected it would "
        "say: “Share of criminal cases ending in a charge rises to record high in Kent”. 5 more "
        "sentences would change."
    )
    assert problem.mend == (
        "Ask the publisher. If the figures stand: newscopy believe kent 2020-04 --by NAME "
        "--why WORDS. If they do not: newscopy leave-out kent 2020-04, with what copy says of it."
    )


def test_other_digits_are_a_warning_at_their_sentence() -> None:
    # The year before is the lowest by far, with the odd quarter and without.
    kent = put(rising(100, 102, 60, 110), 9, (10200, 320))
    draft = written(kent, essex=HIGH, surrey=HIGH)["kent"]
    in_doubt = only(draft)
    assert in_doubt.level is Level.WARN
    assert "2019" in in_doubt.sentence
    assert in_doubt.sentence in text_of(draft)
    assert in_doubt.instead not in text_of(draft)
    assert in_doubt.turned == ()


def test_a_doubted_value_that_no_sentence_prints_is_noted() -> None:
    # 2018 stands in no sentence, and is neither the highest nor the lowest year.
    kent = put(rising(120, 110, 104, 90), 5, (17000, 1870))
    in_doubt = only(written(kent)["kent"])
    assert in_doubt.level is Level.NOTE
    assert in_doubt.sentence == ""


@pytest.mark.parametrize(("charged", "level"), [(150, Level.HOLD), (400, Level.WARN)])
def test_next_to_nothing_in_a_printed_figure_holds_for_its_digits(
    charged: int, level: Level
) -> None:
    # The year is the lowest of all, with the quarter's usual count and without it.
    kent = put(rising(200, 190, 180, 90), 13, (10000, charged))
    in_doubt = only(written(kent, essex=HIGH, surrey=HIGH)["kent"])
    assert in_doubt.turned == ()
    assert in_doubt.level is level


def test_next_to_nothing_in_a_printed_figure_holds_where_even_its_digits_are_the_same() -> None:
    # January to March 2019 had the rate of the rest of its year, and the year prints that alone.
    kent = put(rising(180, 180, 180, 178), 8, (0, 0))
    kent = put(kent, 9, (10200, 1837))
    in_doubt = written(kent, essex=HIGH, surrey=HIGH)["kent"].doubts[0]
    assert "18%" in in_doubt.sentence
    assert in_doubt.touched == 0
    assert in_doubt.level is Level.HOLD


def test_the_nation_is_in_doubt_where_a_claim_of_hers_turns() -> None:
    # Kent is most of the nation here, and its one quarter makes her year a record.
    kent = put(rising(100, 102, 104, 110), 13, (10000, 100))
    few: tuple[Pair, ...] = tuple((closed // 50, charged // 50) for closed, charged in STEADY)
    drafts = written(kent, essex=few)
    nation = drafts["england-and-wales"]
    assert [each.level for each in nation.doubts] == [Level.HOLD]  # one notice
    (problem,) = [p for p in nation.problems if p.level is Level.HOLD]
    assert "Without the areas in doubt the share of offences that ended in a charge" in problem.mend
    assert [level for level, _ in of_doubts(drafts["essex"])] == [Level.WARN]


def test_a_doubt_follows_the_words_of_an_editor() -> None:
    areas = {"kent": put(rising(100, 102, 104, 110), 13, (10000, 500)), **BESIDE}
    desk = small_desk(*areas)
    draft = drafts_in(desk, areas)["kent"]
    checker = Checker(desk, RELEASE)

    def holds(copy: Copy) -> list[str]:
        problems = checker.check_copy(copy, draft.facts)
        return [p.what for p in problems if p.level is Level.HOLD]

    copy = copy_of(draft.article, draft.disclosure)
    assert any("which is in doubt: April to June 2020" in what for what in holds(copy))
    reworded = "Share of cases ending in a charge at record low in Kent"
    assert any(f"“{reworded}” rests on" in what for what in holds(replace(copy, headline=reworded)))
    (caveat,) = [each for each in copy.passages if each.text.startswith("The figures cover every")]
    silent = replace(copy, headline="Crime figures for Kent are out", passages=(caveat,))
    assert not any("in doubt" in what for what in holds(silent))
