"""What a correction tells of an earlier version stands apart, and nothing else with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import RELEASE, desk
from test_stories import withdrawal

from generator.model import BlockKind, Level, Passage, Problem, copy_of
from generator.writing import Checker
from generator.writing.proofread.tellings import find_tellings

STORY = "An earlier version of this story"
TELLINGS = [
    f"{STORY} gave a figure of 31.5%.",
    f"{STORY} gave figures of 31.5%, 29.9% and 27.1%.",
    f"{STORY} gave figures of 1,250, almost 3,000, nine and a third.",
    f"{STORY} gave figures of not quite 30%, in excess of 3,000 and no more than 8%.",
    f"{STORY} gave the number of cases in Kent in 2020 as 9 and the rate in Kent in 2020 as 8%.",
    f"{STORY} said: “At 42.6%, that was a record. It was 30% in 2015.”",
    f"The headline of an {STORY[3:]} said: “Crime doubled in Kent”.",
    f"A table in an {STORY[3:]} said: “Kent | 5,000 | 8%”.",
    f"{STORY} said that crime rose by 9.5%.",
]


@pytest.mark.parametrize("telling", TELLINGS)
def test_a_telling_is_found_to_its_end(telling: str) -> None:
    assert find_tellings(f"{telling} The rate was 8% in 2020.") == ((0, len(telling)),)
    assert find_tellings(telling) == ((0, len(telling)),)


def test_a_second_telling_is_found_after_the_first_alone() -> None:
    also = "It also gave figures of 8% and 9%."
    first = f"{STORY} gave a figure of 7%."
    text = f"{first} No more can be said. {also} Those were wrong."
    start = text.index(also)
    assert find_tellings(text) == ((0, len(first)), (start, start + len(also)))
    assert find_tellings(f"No more can be said. {also}") == ()


CHECKER = Checker(desk(), RELEASE)
DRAFT = withdrawal("record number and rate")["kent"]
COPY = copy_of(DRAFT.article, DRAFT.disclosure)


def found(passage: Passage) -> list[Problem]:
    """Return what the second reader finds beside what it finds in the draft itself."""
    copy = replace(COPY, passages=(*COPY.passages, passage))
    known = CHECKER.check_copy(COPY, DRAFT.facts)
    return [each for each in CHECKER.check_copy(copy, DRAFT.facts) if each not in known]


def is_held(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> bool:
    return any(each.level is Level.HOLD for each in found(Passage(kind, text)))


@pytest.mark.parametrize("telling", TELLINGS)
def test_a_telling_is_warned_of_and_not_held(telling: str) -> None:
    (problem,) = found(Passage(BlockKind.PARAGRAPH, telling))
    assert problem.level is Level.WARN
    assert problem.what == "This tells what an earlier version of the story said."


@pytest.mark.parametrize(
    "text",
    [
        f"{STORY} said “the rate was 8%”. Crime doubled.",
        f"{STORY} said the rate was 8%. Crime doubled.",
        f"{STORY} said “the rate was 8%” and crime has doubled in Kent.",
        f"{STORY} gave a figure of 8% and the right figure is 9.1%.",
        f"{STORY} gave a figure of 8%, when the rate in Kent was 9.1%.",
        f"{STORY} gave a figure of 8% and not 9.1%.",
        f"{STORY} gave a figure of 8%; the rate was 9.1%.",
        f"{STORY} said the rate was 8%, but it was 9.1%.",
        f"{STORY} said the rate was 8% and it was 9.1%.",
        f"{STORY} said the rate was 8% instead of 9.1%.",
        f"{STORY} gave a figure of 8%. The rate in Kent was 9.1% in 2020.",
        f"{STORY} gave a figure of 8%. The chief constable said: “We are sorry.”",
        f"{STORY} gave a figure of 8%. It was a record.",
        f"Crime doubled. {STORY} gave a figure of 8%.",
        f"In Kent, {STORY.lower()} said that crime doubled.",
        "An earlier report said that crime doubled.",
        "It also gave a figure of 8%.",
        "Since this story was first published, crime has doubled.",
        "There is no complete figure for 2019 in Kent.",
    ],
)
def test_nothing_else_stands_apart(text: str) -> None:
    assert is_held(text)


def test_a_telling_is_a_paragraph() -> None:
    assert is_held(TELLINGS[0], BlockKind.CROSSHEAD)
    table = (("", "Rate"), ("Kent", TELLINGS[0]))
    assert any(each.level is Level.HOLD for each in found(Passage(BlockKind.TABLE, rows=table)))


def test_what_a_correction_says_does_not_carry_a_headline() -> None:
    closed = DRAFT.facts.measures["closed"].previous
    assert closed is not None
    said = f"The number of offences closed in Kent was {closed.as_printed} in 2019."
    headline = f"Kent Police closed {closed.as_printed} offences in 2019"
    alone, correction = (Passage(BlockKind.PARAGRAPH, t) for t in (said, f"{TELLINGS[0]} {said}"))
    what = f"“{closed.as_printed}” stands in the headline and not in the text."
    copies = [
        replace(COPY, headline=headline, passages=(*COPY.passages, each))
        for each in (alone, correction)
    ]
    for copy, stands in zip(copies, (False, True), strict=True):
        problems = {each.what for each in CHECKER.check_copy(copy, DRAFT.facts)}
        assert (what in problems) is stands
