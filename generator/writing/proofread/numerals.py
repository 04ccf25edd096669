"""Find the numbers of a text, in figures or in words, and what they are numbers of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from generator.writing.proofread.bounds import MOST_DIGITS
from generator.writing.proofread.number_words import (
    BEGINNINGS,
    LARGE,
    PARTS,
    SMALL,
    decimals_at,
    ordinal_at,
)
from generator.writing.proofread.words import Token


class Kind(Enum):
    """What a number says that it is."""

    COUNT = auto()
    PER_CENT = auto()
    POINTS = auto()
    FRACTION = auto()
    """A share in words: a third, one in four."""
    ORDINAL = auto()
    DATE = auto()
    OTHER = auto()
    """Money, a time, an age, a number that is no number: no figure of a story is one."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: `value` in the units of print, exact to half of `step`.

    `rounded` is set where the words say themselves that it is not exact ("1.3 million").
    `first` and `last` are the tokens that it stands in.
    """

    kind: Kind
    value: Fraction
    step: Fraction
    first: int
    last: int
    rounded: bool = False
    date: datetime.date | None = None

    def is_print_of(self, exact: Fraction, step: Fraction | None = None) -> bool:
        """Tell whether an exact value, in the same units, rounds half up to this one.

        It is taken to be exact to half of `step`, where that is not its own.
        """
        step = step or self.step
        return -step <= 2 * (exact - self.value) < step

    @property
    def grain(self) -> Fraction:
        """The place of the last digit that is not 0: 10,000 for 80,000, at least `step`.

        That of 11,500 is 500: up to 20,000 it is by five hundreds that numbers are rounded.
        """
        grain = self.step
        while self.value and self.value % (grain * 10) == 0:
            grain *= 10
        by_five_hundreds = 10_000 < self.value < 20_000 and self.value % 1000 == 500
        return Fraction(500) if by_five_hundreds else grain


_FIGURE = re.compile(r"(\d+(?:,\d+)*)((?:\.\d+)*)([a-z]*)")
_WELL_FORMED = re.compile(r"\d+|\d{1,3}(?:,\d{3})+")
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_RANKED = {"highest", "lowest", "largest", "smallest", "biggest", "most", "fewest", "successive"}
"""After these "a third" is a place and no share."""
_AFTER_ONE = ("per", "percentage", "%")
"""Before these "one" is a number, and no pronoun."""
_VAGUE = {"score", "dozen", "dozens", "hundreds", "thousands", "millions", "billions"}
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_BEGINNINGS = frozenset({*BEGINNINGS, *_VAGUE, "no", "none", "a", "an", "half", "halves"})
"""With any other word no number in words begins."""
_NOUNS = {"offence", "case", "crime", "investigation", "victim", "suspect", "person", "force"}
_ONE = Fraction(1)
_TOO_LARGE = 10**MOST_DIGITS


def find_numbers(tokens: Sequence[Token], taken: Sequence[bool]) -> list[Number]:
    """Find every number among the tokens that are not part of a phrase already."""
    words = [token.folded for token in tokens]
    found: list[Number] = []
    at = 0
    while at < len(words):
        number = None if taken[at] else _number_at(tokens, words, at)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.last + 1
    return found


def _number_at(tokens: Sequence[Token], words: Sequence[str], at: int) -> Number | None:
    word = words[at]
    if word in "£$€<>+±≤≥~−" or (word == "-" and at + 1 < len(words)):
        return _money(words, at)
    if word[0].isdigit():
        return _date(words, at) or _one_in(words, at) or _figures(words, at)
    if word not in _BEGINNINGS:
        return None
    return _one_in(words, at) or _part(words, at) or _in_words(words, at)


def _money(words: Sequence[str], at: int) -> Number | None:
    """Read `£2,000`, and numbers with a sign: no figure of a story has either."""
    if at + 1 < len(words) and words[at + 1][0].isdigit():
        number = _figures(words, at + 1)
        return Number(Kind.OTHER, number.value, number.step, at, number.last)
    return None


def _date(words: Sequence[str], at: int) -> Number | None:
    """Read `13 May 2021`."""
    day, *rest = words[at : at + 3]
    if len(rest) < 2 or rest[0] not in MONTHS or not re.fullmatch(r"\d{4}", rest[1]):
        return None
    try:
        date = datetime.date(int(rest[1]), MONTHS.index(rest[0]) + 1, int(day))
    except ValueError:
        return _no_figure(at, at + 2)
    return Number(Kind.DATE, Fraction(0), _ONE, at, at + 2, date=date)


def _figures(words: Sequence[str], at: int) -> Number:
    """Read `80,204`, `29.3%`, `29.3 per cent`, `1.3 million`, `10th`."""
    match = _FIGURE.fullmatch(words[at])
    if match is None or not _WELL_FORMED.fullmatch(match[1]) or match[2].count(".") > 1:
        return _no_figure(at, at)
    if match.end(2) > MOST_DIGITS:
        return _no_figure(at, at)
    value = Fraction(match[1].replace(",", "") + match[2])
    step = Fraction(1, 10 ** max(len(match[2]) - 1, 0))
    if match[3] in ("st", "nd", "rd", "th"):
        return Number(Kind.ORDINAL, value, step, at, at)
    if match[3] in _SUFFIXES:
        times = _SUFFIXES[match[3]]
        return _with_unit(words, Number(Kind.COUNT, value * times, step * times, at, at, True))
    if match[3]:
        return Number(Kind.OTHER, value, step, at, at)
    after = words[at + 1] if at + 1 < len(words) else ""
    if after in LARGE:
        times = LARGE[after]
        return _with_unit(words, Number(Kind.COUNT, value * times, step * times, at, at + 1, True))
    return _with_unit(words, Number(Kind.COUNT, value, step, at, at))


def _no_figure(first: int, last: int) -> Number:
    return Number(Kind.OTHER, Fraction(0), _ONE, first, last)


def _with_unit(words: Sequence[str], number: Number) -> Number:
    """Take in the per cent sign or the words for it, or for percentage points."""
    after = words[number.last + 1 : number.last + 3]
    kind, length = number.kind, 0
    if after[:1] == ["%"] and after[1:] in (["point"], ["points"]):
        kind, length = Kind.POINTS, 2
    elif after[:1] == ["%"] or after[:1] == ["percent"]:
        kind, length = Kind.PER_CENT, 1
    elif after == ["per", "cent"]:
        kind, length = Kind.PER_CENT, 2
    elif after[:1] in (["percentage"], ["% "]) and after[1:] in (["point"], ["points"]):
        kind, length = Kind.POINTS, 2
    elif after[:1] in (["point"], ["points"], ["pp"]):
        kind, length = Kind.POINTS, 1
    if not length:
        return number
    last = number.last + length
    return Number(kind, number.value, number.step, number.first, last, number.rounded)


def _one_in(words: Sequence[str], at: int) -> Number | None:
    """Read `one in four`, `nine in 10`, `3 out of 4`."""
    part = _plain(words[at])
    rest = list(words[at + 1 : at + 4])
    if part is None or not rest:
        return None
    length = 1 if rest[0] == "in" else 2 if rest[:2] == ["out", "of"] else 0
    whole = _plain(rest[length]) if length and length < len(rest) else None
    if not whole or part >= whole or whole > 1000:
        return None
    value = Fraction(part, whole) * 100
    return Number(Kind.FRACTION, value, _ONE, at, at + 1 + length)


def _plain(word: str) -> int | None:
    return int(word) if re.fullmatch(r"\d{1,4}", word) else SMALL.get(word)


def _part(words: Sequence[str], at: int) -> Number | None:
    """Read `a third`, `two-thirds`, `three quarters`, `half`."""
    word = words[at]
    if word in ("half", "halves"):
        return Number(Kind.FRACTION, Fraction(50), _ONE, at, at)
    part = 1 if word in ("a", "an", "one") else SMALL.get(word)
    after = words[at + 1] if at + 1 < len(words) else ""
    if part is None or after not in PARTS or (part > 1) != after.endswith("s"):
        return None
    if at + 2 < len(words) and words[at + 2] in _RANKED:
        return None
    return Number(Kind.FRACTION, Fraction(part * 100, PARTS[after]), _ONE, at, at + 1)


def _in_words(words: Sequence[str], at: int) -> Number | None:
    """Read `nine`, `twenty-one`, `two hundred and five`, `a million`, `third`."""
    word = words[at]
    placed = ordinal_at(words, at)
    if placed:
        place, length = placed
        return Number(Kind.ORDINAL, Fraction(place), _ONE, at, at + length - 1)
    if word in _VAGUE:
        return _no_figure(at, at)
    if word == "none":
        return Number(Kind.COUNT, Fraction(0), _ONE, at, at)
    after = words[at + 1] if at + 1 < len(words) else ""
    if is_none_of(words, at):
        return Number(Kind.COUNT, Fraction(0), _ONE, at, at)
    is_large = after in LARGE or after == "hundred"
    if word == "a" and is_large:
        return _compound(words, at + 1, 1, at)
    if word not in SMALL:
        return None
    counts = is_large or _counts(after) or after in _AFTER_ONE or decimals_at(words, at + 1)
    if word == "one" and not counts:
        return None
    return _compound(words, at, 0, at)


def _compound(words: Sequence[str], at: int, current: int, first: int) -> Number:
    """Add up number words from here on."""
    total, last, step = 0, first, 1
    while at < len(words):
        word = words[at]
        if word in SMALL and (current % 100 == 0 or (current % 10 == 0 and SMALL[word] < 10)):
            current, step = current + SMALL[word], 1
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in LARGE:
            step = LARGE[word]
            total, current = total + max(current, 1) * step, 0
        elif (
            word == "and"
            and at + 1 < len(words)
            and words[at + 1] in SMALL
            and (current >= 100 or (total and not current))
        ):
            at += 1
            continue
        else:
            break
        last = at
        at += 1
    if total + current >= _TOO_LARGE:
        return _no_figure(first, last)
    value = Fraction(total + current)
    number = Number(Kind.COUNT, value, Fraction(step), first, last, rounded=step > 1)
    return _with_unit(words, _with_decimals(words, number))


def _with_decimals(words: Sequence[str], number: Number) -> Number:
    """Take in decimals that are spoken: "twenty-nine point three", "one point three million"."""
    decimals = decimals_at(words, number.last + 1)
    if not decimals or number.step > 1:
        return number
    last = number.last + 1 + len(decimals)
    if len(decimals) > MOST_DIGITS:
        return _no_figure(number.first, last)
    times = LARGE.get(words[last + 1], 1) if last + 1 < len(words) else 1
    step = Fraction(times, 10 ** len(decimals))
    value = number.value * times + int(decimals) * step
    return Number(Kind.COUNT, value, step, number.first, last + (times > 1), times > 1)


def is_none_of(words: Sequence[str], at: int) -> bool:
    """Tell whether `no` is a number here: "no offences", and not "no suspect", "no longer"."""
    after = words[at + 1] if at + 1 < len(words) else ""
    return words[at] == "no" and after.endswith("s") and _counts(after)


def _counts(word: str) -> bool:
    return word in _NOUNS or word.removesuffix("s") in _NOUNS
