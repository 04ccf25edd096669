"""Where copy has the words of a source, word for word: a reason, or a sentence of the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from generator.model import Facts
from generator.writing.proofread.marks import straightened
from generator.writing.proofread.number_words import year_at
from generator.writing.proofread.numerals import find_numbers
from generator.writing.proofread.proof import Span
from generator.writing.proofread.words import Token, tokens_of


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with blanks where something stands, all else at its place."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def sourced_spans(text: str, facts: Facts) -> Iterator[Span]:
    """Yield where words of a source stand in a text, with numbers in figures or as spoken.

    They are the source's own, which the notes name: no number or claim in them is the story's.
    """
    tokens = tokens_of(text)
    words = [token.folded for token in tokens]
    for said in _words_of_sources(facts):
        sought = tokens_of(straightened(said))
        for at in range(len(tokens)):
            end = _end_of_match(sought, tokens, words, at)
            if end:
                yield tokens[at].start, tokens[end - 1].end


def _words_of_sources(facts: Facts) -> Iterator[str]:
    """Yield each reason that somebody gave, and each sentence that the register has for readers."""
    for entry in facts.caveats:
        yield entry.sentence or ""
    for exclusion in facts.excluded:
        if exclusion.entry is not None:
            yield exclusion.reason
    if not facts.unavailable:
        yield facts.incomplete


def _end_of_match(
    sought: Sequence[Token], tokens: Sequence[Token], words: Sequence[str], at: int
) -> int:
    """Return where words end that begin at a token and are those sought, 0 if they are not."""
    said_per_cent = False
    for token in sought:
        if token.text == "%" and said_per_cent:
            continue
        said_per_cent = False
        if at >= len(tokens):
            return 0
        if words[at] == token.folded:
            at += 1
        elif token.text[0].isdigit():
            length = _spoken(token.text, tokens, words, at)
            if not length:
                return 0
            said_per_cent = words[at + length - 1] in ("cent", "percent")
            at += length
        else:
            return 0
    return at if sought else 0


def _spoken(figure: str, tokens: Sequence[Token], words: Sequence[str], at: int) -> int:
    """Return how many words say a figure aloud, 0 if they say another or none."""
    year, length = year_at(words, at)
    if year == figure:
        return length
    numbers = find_numbers(tokens[at:], [False] * len(tokens[at:]))
    if not numbers or numbers[0].first != 0:
        return 0
    plain = figure.replace(",", "").rstrip("%")
    if re.fullmatch(r"\d+(\.\d+)?", plain) and numbers[0].value == Fraction(plain):
        return numbers[0].last + 1
    return 0
