"""What the second reader remembers of passages makes no difference to what it finds."""

from __future__ import annotations

from dataclasses import replace

from building import RELEASE, desk
from hypothesis import given
from hypothesis import strategies as st
from test_stories import every_case

from generator.model import BlockKind, Facts, Passage, copy_of
from generator.periods import PeriodKind
from generator.writing.proofread import Proof, make_lexicon, proofread
from generator.writing.proofread.lexicon import Phrases, Sense

STORIES = desk().stories


def read_anew(copy: object, facts: Facts) -> Proof:
    return proofread(copy, facts, desk(), RELEASE, make_lexicon(facts.story, desk()))


def test_a_reader_that_has_read_much_finds_what_a_fresh_one_finds() -> None:
    drafts = [draft for case in every_case() for draft in case.values()]
    lexicons = {name: make_lexicon(story, desk()) for name, story in STORIES.items()}
    for draft in drafts:
        copy = copy_of(draft.article, draft.disclosure)
        proofread(copy, draft.facts, desk(), RELEASE, lexicons[draft.facts.story.id])
    for draft in drafts[::10]:
        copy = copy_of(draft.article, draft.disclosure)
        again = proofread(copy, draft.facts, desk(), RELEASE, lexicons[draft.facts.story.id])
        assert again == read_anew(copy, draft.facts), draft.folder


def test_the_same_words_are_judged_by_the_facts_of_each_draft() -> None:
    drafts = [draft for case in every_case() for draft in case.values() if "kent" in case]
    lexicons = {name: make_lexicon(story, desk()) for name, story in STORIES.items()}
    said = Passage(BlockKind.PARAGRAPH, "That was the highest rate since 2015, and 29.3% of cases.")
    found = set()
    for draft in drafts:
        copy = replace(copy_of(draft.article, ""), passages=(said,))
        proof = proofread(copy, draft.facts, desk(), RELEASE, lexicons[draft.facts.story.id])
        assert proof == read_anew(copy, draft.facts)
        found.add(proof.problems)
    assert len(found) > 1


def test_a_passage_is_remembered_with_what_is_masked_in_it_and_the_kind_of_period() -> None:
    lexicon = make_lexicon(STORIES["charged"], desk())
    text = "It rose to 29% in the year to March 2020."
    calendar, financial = PeriodKind.CALENDAR, PeriodKind.FINANCIAL
    assert lexicon.sentences(text, calendar) != lexicon.sentences(text, financial)
    assert lexicon.sentences(text, calendar) != lexicon.sentences(text, calendar, ((0, 11),))
    assert lexicon.sentences(text, calendar) is lexicon.sentences(text, calendar)


WORDS = st.sampled_from(["a", "b", "c"])
PHRASES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(tuple), max_size=8)


@given(PHRASES, st.lists(WORDS, min_size=1, max_size=8))
def test_the_longest_phrase_is_found_and_of_two_alike_the_first(
    phrases: list[tuple[str, ...]], words: list[str]
) -> None:
    entries = [(phrase, Sense.LITERAL, number) for number, phrase in enumerate(phrases)]
    lexicon = Phrases(entries)
    for at in range(len(words)):
        fitting = [entry for entry in entries if entry[0] == tuple(words[at : at + len(entry[0])])]
        expected = max(fitting, key=lambda entry: len(entry[0])) if fitting else None
        assert lexicon.longest_at(words, at) == expected
