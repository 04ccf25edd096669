"""What is no falsehood and yet no good: doubled, broken, long and hard sentences, and the like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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


_PLURAL = re.compile(r"[a-z]{3,}(?<!s)s")
"""A word of a measure's label that is taken to be its noun: "offences", "households"."""


_KINDS = ("type", "level", "category", "code", "class", "group", "tier", "grade", "part")
"""After these a number tells of what kind: "type 1 offences" are not one."""


def agreement_faults(text: str, labels: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong where a number and a measure's noun do not agree.

    `one offences` and `none offences` are what a template says that does not ask how many.
    """
    nouns = {word for label in labels for word in _PLURAL.findall(label.casefold())}
    if not nouns:
        return
    several = "|".join(sorted(map(re.escape, nouns)))
    for match in re.finditer(rf"(?<![\w,.-])(one|1|none) ({several})\b", text, re.IGNORECASE):
        before = text[: match.start()].split()[-1:]
        if before and before[0].casefold() in _KINDS:
            continue
        right = f"“no {match[2]}”" if match[1].casefold() == "none" else "“one” with the singular"
        yield (
            f"“{match[0]}” does not agree.",
            f"Write {right}; a template has {{{{ NUMBER | counted(ONE, SEVERAL) }}}}.",
        )


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
