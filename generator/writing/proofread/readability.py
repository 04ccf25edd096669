"""How hard copy is to read: long sentences, and the age that a text is written for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def reading_grade(sentences: Sequence[str]) -> int:
    """Return the school year that can read a text, by the automated readability index.

    4.71 characters a word, 0.5 words a sentence, less 21.43 (Senter and Smith, "Automated
    Readability Index", 1967); whole, rounded up as its authors have it.
    """
    words = [word for sentence in sentences for word in sentence.split()]
    if not words:
        return 0
    characters = sum(map(str.isalnum, "".join(words)))
    grade = (
        Fraction(471, 100) * Fraction(characters, len(words))
        + Fraction(len(words), 2 * len(sentences))
        - Fraction(2143, 100)
    )
    return -int(-grade // 1)
