"""Turn figures into words, for copy that is read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable

from num2words import num2words

from generator.writing.claims import OPEN, SEPARATOR
from generator.writing.numbers import in_words

_NUMBER = re.compile(
    f"{OPEN}\\d+{SEPARATOR}"  # a mark that leads to a figure is nothing to be said
    r"|(?<![\w.,])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?"
    r"(?P<ordinal>st|nd|rd|th)?(?P<per_cent>%)?(?!\w)"
)
_YEARS = range(1900, 2100)


def speak(words: str, names: Iterable[str] = ()) -> str:
    """Return rendered words with every figure as it is spoken, but for those in `names`.

    "29.3%" is "twenty-nine point three per cent", "80,204" is "eighty thousand two hundred
    and four", and 2019, four digits without a comma, is "twenty nineteen".
    """
    with_digits = sorted((name for name in set(names) if any(map(str.isdigit, name))), key=len)
    if not with_digits:
        return _NUMBER.sub(_spoken, words)
    kept = "|".join(map(re.escape, reversed(with_digits)))
    parts = re.split(rf"(?<!\w)({kept})(?!\w)", words)
    return "".join(part if at % 2 else _NUMBER.sub(_spoken, part) for at, part in enumerate(parts))


def _spoken(match: re.Match[str]) -> str:
    if match["whole"] is None:
        return match[0]
    number = int(match["whole"].replace(",", ""))
    if match["ordinal"]:
        return str(num2words(number, lang="en_GB", to="ordinal"))
    is_bare = not (match["decimals"] or match["per_cent"])
    if is_bare and len(match["whole"]) == 4 and number in _YEARS:
        return str(num2words(number, lang="en_GB", to="year"))
    said = in_words(number).replace(",", "")
    if match["decimals"]:
        said += " point " + " ".join(in_words(int(digit)) for digit in match["decimals"])
    return f"{said} per cent" if match["per_cent"] else said
