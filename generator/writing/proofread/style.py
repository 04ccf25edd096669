"""What is no falsehood and yet no good: doubled, broken, long and hard sentences, and the like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.desk import PerCent, Style
from generator.model import Level
from generator.writing.proofread.leftovers import doubled_sentence
from generator.writing.proofread.readability import reading_grade

# Of a longer number the end will do: it is not tried from each of its thousands of digits.
_NOT_IN_STYLE = {
    PerCent.SIGN: re.compile(r"\d[\d.]{0,40}+ per ?cent\b"),
    PerCent.WORDS: re.compile(r"\d[\d.]{0,40}+%"),
}
_HEADLESS = re.compile(r"[^\W\d_A-Z]+\b")
"""How a sentence begins that has lost its subject: "charged somebody", and not "eBay"."""
_FEWEST = 3
"""Sentences: by fewer no index can tell how hard copy is to read."""


def style_faults(
    sentences: Sequence[tuple[int, str]], figures: Sequence[str], style: Style
) -> Iterator[tuple[Level, int | None, str, str]]:
    """Yield the level, the passage if it is of one, what is wrong, and the mend.

    `sentences` come with the number of their passage; `figures` are those that the prose
    gives, in its order, as messages name them.
    """
    texts = [text for _, text in sentences]
    per_cent = _NOT_IN_STYLE[style.per_cent]
    twice = doubled_sentence(texts)
    if twice:
        yield Level.HOLD, None, f"“{twice}” stands in the copy twice.", "Take one out."
    for passage, text in sentences:
        length = len(text.replace(" per cent", "%").split())
        if length > style.longest_sentence and "“" not in text:
            what = f"A sentence of {length} words is hard to follow: “{text[:40]}…”"
            yield Level.WARN, passage, what, "Make two of it."
        if not_ours := per_cent.search(text) if "“" not in text else None:
            what = f"“{not_ours[0]}” is not how this title writes it."
            yield Level.WARN, passage, what, f"Write “{style.per_cent}”, here as elsewhere."
        if text[:1].islower() and _HEADLESS.match(text):
            what = f"A sentence begins with a small letter: “{text[:30]}…”"
            yield Level.HOLD, passage, what, "See what is missing before it."
        if text[:1].isdigit():
            what = f"A sentence begins with a figure: “{text[:30]}…”"
            yield Level.WARN, passage, what, "Turn it round, or write the number in words."
    for figure, times in Counter(figures).items():
        if times > 1:
            what = f"The copy gives {figure} {times} times."
            yield Level.WARN, None, what, "Once is enough."
    grade = reading_grade(texts)
    if len(texts) >= _FEWEST and grade > style.highest_grade:
        what = f"The copy reads at school year {grade}, past {style.highest_grade}."
        yield Level.WARN, None, what, "Shorten sentences, choose shorter words."
