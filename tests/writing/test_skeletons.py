"""Names of areas are found in copy word by word, as a pattern of all of them would find them."""

from __future__ import annotations

import re
from dataclasses import replace

from building import desk, drafts_of, small_desk
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Article, Run
from generator.writing.skeletons import AreaNames, find_same_copy, same_copy_problem

AREAS = desk().areas
NAMES = sorted(
    {name for area in AREAS for name in (area.where, area.police, area.name) if name},
    key=lambda name: (-len(name), name),
)
PATTERN = re.compile(rf"\b(?:{'|'.join(map(re.escape, NAMES))})\b", re.IGNORECASE)
WORDS = sorted({word for name in NAMES for word in name.split()})
PIECES = st.one_of(st.sampled_from(NAMES), st.sampled_from(WORDS), st.sampled_from(["and", "of"]))
TEXTS = st.lists(
    st.tuples(PIECES, st.sampled_from([" ", ", ", "\n", "-", "’s ", ""])), min_size=1, max_size=12
).map(lambda pieces: "".join(part for piece in pieces for part in piece))

DRAFT = drafts_of(
    {"kent": {2020: (1000, 200, 100)}, "essex": {2020: (1000, 300, 100)}},
    small_desk("kent", "essex"),
)["kent"]
CHOOSING = replace(DRAFT, branches=frozenset({"article.md.j2:1.0 variant 1 of 2"}))


def are_alike(*texts: str) -> bool:
    """Tell whether two drafts with only these headlines have the same copy but for names."""
    drafts = []
    for area, text in zip(desk().forces, texts, strict=False):
        facts = replace(DRAFT.facts, area=area)
        drafts.append(replace(CHOOSING, facts=facts, article=Article((Run(text),), ())))
    return len(find_same_copy(drafts, AreaNames(desk()))[drafts[0].folder]) == len(texts)


@given(TEXTS, st.booleans())
def test_all_names_are_blotted_out_and_the_longest_first(text: str, shout: bool) -> None:
    text = text.upper() if shout else text
    assert are_alike(text, PATTERN.sub("@", text))


@given(TEXTS)
def test_nothing_but_names_is_blotted_out(text: str) -> None:
    blotted = PATTERN.sub("@", text)
    assert are_alike(text, f"{text} indeed") is False
    assert are_alike(text, blotted.replace("@", "nowhere")) is ("@" not in blotted)


def test_a_note_names_three_others_and_counts_the_rest() -> None:
    drafts = [
        replace(CHOOSING, facts=replace(DRAFT.facts, area=area)) for area in desk().forces[:6]
    ]
    names = [draft.facts.area.name for draft in drafts]
    (second,) = same_copy_problem(drafts[1], drafts)
    assert f"{names[0]}, {names[2]}, {names[3]} and 2 more." in second.what
    (last,) = same_copy_problem(drafts[-1], drafts[-4:])
    assert f"{names[2]}, {names[3]}, {names[4]}." in last.what
    assert not list(same_copy_problem(drafts[0], drafts[:1]))
