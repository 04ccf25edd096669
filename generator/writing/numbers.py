"""Numbers in words: one to nine, first to ninth."""

from __future__ import annotations

from num2words import num2words


def in_words(number: int) -> str:
    """Return a whole number in words: twenty-one."""
    return str(num2words(number, lang="en_GB"))


def ordinal(number: int, figures_from: int) -> str:
    """Return first to ninth in words, then 10th, 21st: "figures_from" is the style's."""
    if 0 < number < figures_from:
        return str(num2words(number, lang="en_GB", to="ordinal"))
    return str(num2words(number, lang="en_GB", to="ordinal_num"))
