"""Numbers as words have them: units and tens, ordinals, decimals that are spoken, years."""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = (
    {word: n for n, word in enumerate(_UNITS)}
    | {word: n * 10 for n, word in enumerate(_TENS, start=2)}
    | {"nought": 0}
)
LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        start=2,
    )
}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7} | {
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
PARTS |= {f"{word}s": n for word, n in PARTS.items() if n > 2} | {"halves": 2}
_LATER = {
    word: n
    for n, word in enumerate(
        [
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
        ],
        start=11,
    )
} | {f"{word.removesuffix('y')}ieth": n * 10 for n, word in enumerate(_TENS, start=2)}
BEGINNINGS = frozenset({*SMALL, *_ORDINALS, *_LATER})
"""Words that a number or a place may begin with."""
_CENTURIES = {"nineteen": 1900, "twenty": 2000}
_BEFORE_A_YEAR = {"in", "since"}
"""After these "two thousand and nine" is a year, as it is after a month."""


def ordinal_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read `second`, `twelfth`, `twenty-first`: the place, and how many words."""
    word = words[at]
    if word in _ORDINALS or word in _LATER:
        return _ORDINALS.get(word) or _LATER[word], 1
    after = words[at + 1] if at + 1 < len(words) else ""
    unit = 1 if after == "first" else _ORDINALS.get(after, 10)
    if word in _TENS and unit < 10:
        return SMALL[word] + unit, 2
    return None


def decimals_at(words: Sequence[str], at: int) -> str:
    """Read `point two five` as `25`; "" where no decimals are spoken."""
    if words[at : at + 1] != ["point"]:
        return ""
    digits = ""
    for word in words[at + 1 :]:
        if SMALL.get(word, 10) > 9:
            break
        digits += str(SMALL[word])
    return digits


def year_at(words: Sequence[str], at: int, months: frozenset[str] = frozenset()) -> tuple[str, int]:
    """Read `twenty nineteen` or `in two thousand and nine`: the year, and how many words.

    `("", 0)` where there is none.
    """
    if words[at] in _CENTURIES:
        return _in_two_halves(words, at)
    if words[at] != "two" or words[at + 1 : at + 2] != ["thousand"]:
        return "", 0
    before = words[at - 1] if at else ""
    if before not in _BEFORE_A_YEAR and before not in months:
        return "", 0
    rest = words[at + 2 : at + 4]
    if rest[:1] == ["and"] and 0 < SMALL.get(rest[-1], 0) < 10:
        return str(2000 + SMALL[rest[-1]]), 4
    return "", 0


def _in_two_halves(words: Sequence[str], at: int) -> tuple[str, int]:
    after = [SMALL.get(word, 0) for word in words[at + 1 : at + 3]]
    if not after or after[0] < 10:
        return "", 0
    number, length = after[0], 2
    if number >= 20 and len(after) > 1 and 0 < after[1] < 10:
        number, length = number + after[1], 3
    return str(_CENTURIES[words[at]] + number), length
