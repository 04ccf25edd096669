"""What an editor types is the article that it was, and the other way round."""

from __future__ import annotations

import string
from dataclasses import replace

from building import RELEASE
from hypothesis import given
from hypothesis import strategies as st

from generator.disclosure import disclose
from generator.filing import copy_from
from generator.model import BlockKind, Copy, Passage
from generator.review.changes import Change, changes
from generator.review.typed import Typed, as_copy, as_file, as_typed

COPY = Copy(
    "Record number of cases collapse",
    (
        Passage(BlockKind.PARAGRAPH, "At 29.3%, that was the highest rate."),
        Passage(BlockKind.CROSSHEAD, "Force by force"),
        Passage(BlockKind.TABLE, rows=(("Force", "Rate"), ("Kent", "29.3%"), ("Essex", "–"))),
    ),
    disclose(RELEASE),
)
TYPED = """At 29.3%, that was the highest rate.

## Force by force

| Force | Rate |
| Kent | 29.3% |
| Essex | – |"""
WORDS = st.text(string.ascii_letters + string.digits + "*_[]<>&#|\\`~%£’“”", min_size=1)
LINES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def typed(headline: str, text: str, name: str = "article.md") -> Typed:
    return Typed(name, headline, text, began_from="")


def test_an_editor_has_paragraphs_crossheads_and_tables_before_them() -> None:
    assert as_typed(COPY) == TYPED


def test_what_is_typed_is_the_same_copy_again() -> None:
    assert as_copy(typed(COPY.headline, TYPED.replace("\n", "\r\n")), COPY) == COPY


def test_lines_of_a_paragraph_are_one_and_blank_lines_are_none() -> None:
    copy = as_copy(typed(" A\nheadline ", "One\ntwo.\n\n \n\nThree.\n"), COPY)
    assert copy.headline == "A headline"
    assert [passage.text for passage in copy.passages] == ["One two.", "Three."]


@given(LINES, st.lists(LINES, min_size=1, max_size=4))
def test_whatever_is_typed_is_read_back_from_the_file(headline: str, paragraphs: list[str]) -> None:
    copy = as_copy(typed(headline, "\n\n".join(paragraphs)), replace(COPY, passages=()))
    read = copy_from(as_file("article.md", copy, ()), "article.md")
    assert read.headline == copy.headline
    assert [p.text or p.rows for p in read.passages] == [p.text or p.rows for p in copy.passages]


def test_changes_are_told_sentence_by_sentence() -> None:
    before = replace(COPY, passages=(Passage(BlockKind.PARAGRAPH, "One. Two. Three."),))
    after = replace(
        before,
        headline="Another headline",
        passages=(Passage(BlockKind.PARAGRAPH, "One. Two and a half. Three. Four."),),
    )
    assert changes(before, after) == (
        Change(COPY.headline, "Another headline"),
        Change("Two.", "Two and a half."),
        Change("", "Four."),
    )
    assert changes(before, before) == ()
