"""A copy with its figures and claims marked: what is shown where, and what is behind it."""

from __future__ import annotations

from functools import partial

import pytest
from building import RELEASE, facts_of, small_desk
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.filing import Span, Trails
from generator.model import BlockKind, Copy, Passage
from generator.review.knowledge import Known
from generator.review.ledgers import HEADLINE, Claimed
from generator.review.marking import Marked, mark
from generator.writing import Checker

COUNTS = {
    "kent": {2019: (20_000, 6_000, 1_000), 2020: (20_000, 5_000, 1_000)},
    "derbyshire": {2019: (10_000, 2_000, 500), 2020: (10_000, 3_000, 500)},
}
DESK = small_desk(*COUNTS)
CHECKER = Checker(DESK, RELEASE)
FACTS = facts_of(COUNTS, DESK)["kent"]
KENT = Known(FACTS, CHECKER, partial(CHECKER.proof, facts=FACTS))
BORNE_OUT = "Read again, and borne out by the figures"
TEXT = "It was a bad year, a very bad year, said the chief constable."


def copy(*texts: str, headline: str = "") -> Copy:
    return Copy(headline, tuple(Passage(BlockKind.PARAGRAPH, text) for text in texts))


def said(words: str, speaker: str = "Ann Other", passage: int = 0, text: str = TEXT) -> Claimed:
    """Claim that words of the text were said by somebody."""
    start = text.index(words)
    return Claimed(passage, start, start + len(words), words, speaker=speaker)


def marked(copy: Copy, *claims: Claimed) -> Marked:
    proof = KENT.checker.proof(copy, KENT.facts)
    problems = KENT.checker.check_copy(copy, KENT.facts, proof=proof)
    return mark(proof, problems, copy, KENT.facts, Trails(RELEASE, DESK), claims)


def shown(spans: tuple[Span, ...]) -> str:
    """Return a text with what is marked in it between brackets."""
    return "".join(span.text or f"[{shown(span.inside)}]" for span in spans)


def words(spans: tuple[Span, ...]) -> str:
    return "".join(span.text or words(span.inside) for span in spans)


def behind(found: Marked, passage: int = 0) -> list[str]:
    """Return the titles of what is behind the outermost marks of a passage."""
    spans = found.blocks[passage].spans
    return [found.sources[span.claim].title for span in spans if span.claim is not None]


def test_a_figure_is_marked_wherever_it_is_read_with_its_source() -> None:
    found = marked(copy("In 2020 it was 25%.", "It was a quarter in Kent."))
    assert [shown(each.spans) for each in found.blocks] == [
        "In 2020 it was [25%].",
        "It was [a quarter] in Kent.",
    ]
    source, again = found.sources  # each mark has one of its own, to be told apart on the page
    assert again == source
    assert source.kind == "figure"
    assert source.lines[0].text == "25%, exactly 5000/20000"


def test_what_is_no_figure_is_not_marked() -> None:
    (block,) = marked(copy("In 2020 it was 24%.")).blocks
    assert shown(block.spans) == "In 2020 it was 24%."
    assert "24%" in block.problems[0].what


def test_a_mark_in_a_mark_is_inside_its_span() -> None:
    found = marked(copy(TEXT), said("very", "Inner"), said("a very bad year", "Outer"))
    assert shown(found.blocks[0].spans) == TEXT.replace("a very bad year", "[a [very] bad year]")
    assert behind(found) == ["Outer"]


def test_figures_are_marked_within_a_claim() -> None:
    text = "In Kent it fell from 30% in 2019 to 25%."
    found = marked(copy(text), said("it fell from 30%", text=text))
    assert shown(found.blocks[0].spans) == "In Kent [it fell from [30%]] in 2019 to [25%]."


@pytest.mark.parametrize("backwards", [False, True])
def test_of_marks_that_cross_the_one_that_begins_first_is_shown(backwards: bool) -> None:
    claims = [said("a bad year, a very", "First"), said("very bad year", "Second")]
    claims += [said("said the chief", "Third")]
    found = marked(copy(TEXT), *reversed(claims) if backwards else claims)
    assert shown(found.blocks[0].spans) == (
        "It was [a bad year, a very] bad year, [said the chief] constable."
    )
    assert behind(found) == ["First", "Third"]


def test_of_marks_that_begin_together_the_longer_has_the_shorter_in_it() -> None:
    found = marked(copy(TEXT), said("a bad", "Short"), said("a bad year", "Long"))
    assert shown(found.blocks[0].spans).startswith("It was [[a bad] year], a very")
    assert behind(found) == ["Long"]


def test_the_headline_is_marked_as_any_passage() -> None:
    headline = "A bad year, police say"
    found = marked(
        copy("x", headline=headline), said("A bad year", passage=HEADLINE, text=headline)
    )
    assert shown(found.headline.spans) == "[A bad year], police say"
    assert shown(found.blocks[0].spans) == "x"


def test_a_claim_that_the_reader_bears_out_is_marked_and_one_that_it_faults_is_not() -> None:
    text = "The rate of cases to collapse for this reason {} from 30% in 2019."
    found = marked(copy(text.format("fell"), text.format("rose")))
    right, wrong = found.blocks
    assert shown(right.spans) == text.format("[fell]").replace("30%", "[30%]")
    assert behind(found)[0] == BORNE_OUT
    assert [line.text[-9:] for line in found.sources[0].lines] == ["2020: 25%", "2019: 30%"]
    assert shown(wrong.spans) == text.format("rose").replace("30%", "[30%]")
    assert any("“rose”" in problem.what for problem in wrong.problems)
    assert found.holds > 0


def test_a_claim_of_the_ledger_takes_the_place_of_what_was_read() -> None:
    text = "The rate of cases to collapse for this reason fell from 30% in 2019."
    claim = Claimed(0, 46, 50, "fell", "lower than in 2019", ("kent/rate/2019", "none/such"))
    found = marked(copy(text), claim)
    assert behind(found)[0] == "Lower than in 2019"
    (line,) = found.sources[0].lines
    assert line.text.endswith("Kent, 2019: 30%")


def test_figures_in_the_cells_of_a_table_are_marked_in_their_cells() -> None:
    rows = (("Force", "Rate"), ("Kent", "25%"), ("Derbyshire", "31%"))
    found = marked(Copy("", (Passage(BlockKind.TABLE, rows=rows),)))
    (table,) = found.blocks
    assert [[shown(cell) for cell in row] for row in table.rows] == [
        ["Force", "Rate"],
        ["Kent", "[25%]"],
        ["Derbyshire", "31%"],
    ]
    assert table.spans == ()
    assert any("31%" in problem.what for problem in table.problems)


def test_what_is_wrong_stands_at_its_passage_or_else_elsewhere_and_the_gravest_first() -> None:
    found = marked(copy("In 2020 it was 24%."))
    placed = {problem for block in found.passages for problem in block.problems}
    assert placed
    assert found.elsewhere  # of the line that says where the draft is from: it is gone
    assert placed | set(found.elsewhere) == set(found.problems)
    assert not placed & set(found.elsewhere)
    levels = [problem.level.value for problem in found.problems]
    assert levels == sorted(levels, key=["hold", "warn", "note"].index)


PLACES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@settings(deadline=None)
@given(st.lists(PLACES, max_size=8))
def test_the_words_of_the_spans_put_together_are_the_text_again(places: list[list[int]]) -> None:
    claims = [
        Claimed(0, start, end, TEXT[start:end], speaker=str(number))
        for number, (start, end) in enumerate(places)
    ]
    (block,) = marked(copy(TEXT), *claims).blocks
    assert words(block.spans) == TEXT
