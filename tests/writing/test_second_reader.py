"""The second reader on clean drafts, and on true sentences that an editor may write."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import RELEASE, desk
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_stories import every_case, national, withdrawal

from generator.model import BlockKind, Claim, Draft, Figure, Level, Passage, copy_of
from generator.writing import Checker
from generator.writing.accounting import account
from generator.writing.proofread import Proof, Reading, make_lexicon, proofread

LEXICONS = {name: make_lexicon(story, desk()) for name, story in desk().stories.items()}


def read(draft: Draft) -> Proof:
    copy = copy_of(draft.article, draft.disclosure)
    return proofread(copy, draft.facts, desk(), RELEASE, LEXICONS[draft.facts.story.id])


def test_every_figure_is_read_as_the_one_that_the_template_printed() -> None:
    figures = 0
    for drafts in every_case():
        for draft in drafts.values():
            readings = read(draft).readings
            for claim in draft.ledger:
                if isinstance(claim.support, Figure):
                    figures += 1
                    read_as = [
                        reading.figure.id if reading.figure else None
                        for reading in readings
                        if _overlaps(claim, reading)
                    ]
                    assert read_as == [claim.support.id], (draft.folder, claim.text)
    assert figures > 1500


def test_clean_drafts_are_accounted_for_and_not_even_warned_of_claims() -> None:
    for drafts in every_case():
        for draft in drafts.values():
            proof = read(draft)
            assert list(account(draft.ledger, proof.readings)) == []
            warned = [each.what for each in proof.problems if each.level is Level.WARN]
            assert all("hard to follow" in what for what in warned), warned


def _overlaps(claim: Claim, reading: Reading) -> bool:
    here = (claim.block, claim.cell) == (reading.passage, reading.cell)
    return here and claim.start < reading.end and reading.start < claim.end


TRUE = [
    "The rate in Kent rose from 26.3% in 2019 to 29.3% last year.",
    "Kent Police closed 9,500 offences last year, up from 9,400 in 2019.",
    "The rate was up three percentage points on 2019.",
    "The rate was 3 percentage points higher than in 2019.",
    "The number of cases that collapsed rose by 13% on 2019.",
    "More than a quarter of offences closed in Kent fell through.",
    "In 2019, 26.3% of cases in Kent collapsed for this reason.",
    "Kent’s rate of 29.3% was higher than the 27.5% across England and Wales.",
    "The force’s rate was above the national rate of 27.5%.",
    "The share of cases that collapsed has risen since 2015, from 4% to 29.3%.",
    "The rate has more than doubled since 2016.",
    "In Kent, 2,784 cases collapsed last year, compared with 2,472 in 2019.",
    "The rate was well above the 4% of 2015.",
    "Fewer than three in 10 offences closed in Kent collapsed for this reason.",
    "Home Office figures published on 13 May 2021 show that 29.3% of offences closed in Kent "
    "collapsed.",
    "That was a record high for the force.",
    "The proportion of cases collapsing was higher in Kent than across England and Wales.",
    "Police in Kent closed 9,500 offences.",
    "Police in Kent closed exactly 9,500 offences.",
    "In Kent, 29.3% of more than 9,000 offences closed by the force collapsed.",
    "In Kent, 29.3% of around 9,500 offences closed by the force collapsed.",
    "In Kent, 29.3% of the more than 9,000 offences closed by the force collapsed.",
    "That is almost 2,800 offences that fell through.",
    "The rate was above 29%.",
    "That was the highest rate in Kent since comparable figures began in 2015.",
    'Rachel Almeida called the trend a "huge cause for concern".',
]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_sentence_of_an_editor_passes(sentence: str) -> None:
    draft = withdrawal("record number and rate")["kent"]
    copy = copy_of(draft.article, draft.disclosure)
    told = Passage(BlockKind.PARAGRAPH, sentence)
    edited = replace(copy, passages=(*copy.passages[:4], told, *copy.passages[4:]))
    held = [
        problem.what
        for problem in Checker(desk(), RELEASE).check_copy(edited, draft.facts)
        if problem.level is Level.HOLD
    ]
    assert held == []


def test_a_figure_given_again_is_warned_of() -> None:
    draft = withdrawal("record number and rate")["kent"]
    copy = copy_of(draft.article, draft.disclosure)
    told = Passage(BlockKind.PARAGRAPH, "In Kent, 2,784 cases collapsed last year.")
    edited = replace(copy, passages=(*copy.passages, told))
    warned = [
        problem.what
        for problem in Checker(desk(), RELEASE).check_copy(edited, draft.facts)
        if problem.level is Level.WARN
    ]
    assert warned == [
        "The copy gives “offences closed because the victim did not support further "
        "action” for Kent in 2020 2 times."
    ]


def test_a_comparison_with_an_odd_year_is_warned_of() -> None:
    draft = withdrawal("record number and rate")["kent"]
    copy = copy_of(draft.article, draft.disclosure)
    told = Passage(BlockKind.PARAGRAPH, "The rate was higher than in 2017.")
    edited = replace(copy, passages=(*copy.passages[:4], told, *copy.passages[4:]))
    problems = Checker(desk(), RELEASE).check_copy(edited, draft.facts)
    (warned,) = [problem.what for problem in problems if problem.level is not Level.NOTE]
    assert "set against 2017, where the story is against 2019" in warned


def test_the_published_example_is_read_whole() -> None:
    """The slip that the copy rules name is held, and nothing else of the words themselves."""
    draft = withdrawal("record number and rate")["kent"]
    copy = copy_of(draft.article, draft.disclosure)
    slip = Passage(BlockKind.PARAGRAPH, "Campaigners say the numbers a cause of 'huge concern'.")
    edited = replace(copy, passages=(*copy.passages[:4], slip, *copy.passages[5:]))
    held = [
        problem.what
        for problem in Checker(desk(), RELEASE).check_copy(edited, draft.facts)
        if problem.level is Level.HOLD
    ]
    assert held == ["“huge concern” is word for word in no quote of config/quotes.yml."]


STRANGE = [
    "The rate in Kent was unchanged rather than the lowest on record.",
    "It was the highest on record.",
    "The rate is less than double that of 2019.",
    "The rate was the same as that of any other force.",
    "Neighbouring Nottinghamshire had the third-highest rate since 2015.",
]


@pytest.mark.parametrize("sentence", STRANGE)
@pytest.mark.parametrize("lead", ["rate", "withdrawn"])
def test_odd_words_are_judged_and_never_crash(sentence: str, lead: str) -> None:
    draft = withdrawal("record number and rate")["kent"]
    story = draft.facts.story.model_copy(update={"lead": lead})
    copy = copy_of(draft.article, draft.disclosure)
    told = Passage(BlockKind.PARAGRAPH, sentence)
    edited = replace(copy, passages=(*copy.passages[:4], told))
    proof = proofread(
        edited, replace(draft.facts, story=story), desk(), RELEASE, LEXICONS["victim-withdrawal"]
    )
    assert proof.readings


WORDS = [
    "the",
    "rate",
    "number",
    "of",
    "a",
    "record",
    "highest",
    "joint",
    "up",
    "down",
    "from",
    "to",
    "than",
    "in",
    "on",
    "not",
    "no",
    "more",
    "fewer",
    "less",
    "29.3%",
    "2,784",
    "2015",
    "2019",
    "last",
    "year",
    "before",
    "Kent",
    "Essex",
    "England",
    "and",
    "Wales",
    "unchanged",
    "same",
    "twice",
    "a",
    "third",
    "points",
    "percentage",
    "nearly",
    "just",
    "since",
    "when",
    "ever",
    "any",
    "other",
    "force",
    "collapsed",
    "closed",
    "offences",
    "fell",
    "compared",
    "with",
    "It",
    ",",
    ".",
    "–",
    ":",
    "(",
    ")",
    "“huge",
    "cause",
    "for",
    "concern”",
    "said",
    "Ms",
    "Almeida",
    "do",
    "include",
    "most",
    "second",
    "13",
    "May",
    "2021",
    "1.3",
    "million",
    "£",
    "%",
    "between",
    "Durham",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
@example(["rate", "29.3%", "Wales"])  # a region, which is no area of the desk
@settings(max_examples=300, deadline=None)
def test_no_words_in_any_order_crash_the_reader(words: list[str]) -> None:
    draft = withdrawal("record number and rate")["kent"]
    copy = copy_of(draft.article, draft.disclosure)
    told = Passage(BlockKind.PARAGRAPH, " ".join(words))
    edited = replace(copy, headline=" ".join(words), passages=(*copy.passages[:4], told))
    Checker(desk(), RELEASE).check_copy(edited, draft.facts)


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("the highest of any force", True),
        ("the joint-highest of any force", False),
        ("the lowest of any force", True),
        ("the joint-lowest of any force", False),
        ("the second-lowest of any force", True),
    ],
)
def test_a_place_that_two_areas_share_is_a_joint_one(words: str, held: bool) -> None:
    """Kent and Essex are level here, and there is no third force."""
    draft = national("charged", "lower")["kent"]
    copy = copy_of(draft.article, draft.disclosure)
    told = Passage(BlockKind.PARAGRAPH, f"The rate in Kent was {words}.")
    edited = replace(copy, passages=(*copy.passages[:2], told, *copy.passages[2:]))
    found = Checker(desk(), RELEASE).check_copy(edited, draft.facts)
    assert any(problem.level is Level.HOLD for problem in found) is held
