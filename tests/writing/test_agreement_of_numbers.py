"""One offence, no offences: a number agrees with what it counts, in templates and in copy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import RELEASE, drafts_of, small_desk

from generator.model import Level, copy_of
from generator.writing import Checker
from generator.writing.hedges import counted
from generator.writing.proofread.style import agreement_faults

LABELS = ["offences closed", "share of offences", "households in temporary accommodation"]


@pytest.mark.parametrize(
    "text",
    [
        "Kent Police recorded one offences.",
        "There were 1 offences.",
        "It recorded none offences.",
        "One households was there.",
    ],
)
def test_what_does_not_agree_is_told(text: str) -> None:
    ((what, mend),) = agreement_faults(text, LABELS)
    assert "does not agree" in what
    assert "counted(ONE, SEVERAL)" in mend


@pytest.mark.parametrize(
    "text",
    [
        "Kent Police recorded one offence.",
        "It recorded no offences, and none of the offences was serious.",
        "Twenty-one offences were recorded, 121 offences the year before.",
        "It closed 2.1 offences a day, and of type 1 offences most.",
        "Only one household was there.",
    ],
)
def test_what_agrees_is_not(text: str) -> None:
    assert list(agreement_faults(text, LABELS)) == []


def test_a_count_is_printed_with_its_noun() -> None:
    desk = small_desk("kent")
    year = (10_000, 2000, 1500, 1000)
    facts = drafts_of({"kent": {2019: year, 2020: year}})["kent"].facts
    figure = facts.measures["closed"].figure
    assert figure is not None
    for number, said in [
        (0, "no offences"), (1, "one offence"), (2, "two offences"), (1204, "1,204 offences"),
    ]:  # fmt: skip
        printed = counted(replace(figure, value=number), "offence", "offences", desk.style)
        assert printed.text == said


def holds(old: str, new: str) -> list[str]:
    """Return what holds Kent's draft with other words in it."""
    year = (10_000, 2000, 1500, 1000)
    draft = drafts_of({"kent": {2019: year, 2020: year}}, story="charged")["kent"]
    copy = copy_of(draft.article, draft.disclosure)
    passages = [replace(each, text=each.text.replace(old, new)) for each in copy.passages]
    changed = replace(copy, passages=tuple(passages))
    assert changed != copy
    found = Checker(small_desk("kent"), RELEASE).check_copy(changed, draft.facts)
    return [each.what for each in found if each.level is Level.HOLD]


@pytest.mark.parametrize("words", ["no offences", "one offence", "none offences", "one offences"])
def test_a_count_of_few_that_is_false_is_held(words: str) -> None:
    assert holds("10,000 offences", words)
