"""Take text apart into sentences and words, where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d+(?:,\d+)*(?:\.\d+)*[^\W\d_]*"  # 80,204  29.3  9.30am  10th
    r"|[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*"  # words, with didn’t in one piece
    r"|[’']s\b"
    r"|\S"
)
# A run of stops is tried once, at its head, and whole: "....." is read in one go.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[”’\"')]*+(?=\s++[“‘\"'(]*+[A-Z0-9])|\n+")
_NO_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|Sgt|Insp|Supt|No|vs|etc)\.$")
_LONGEST_NO_END = len("Supt.\n")


class Token(NamedTuple):
    """A word, number or sign: as it stands, as it is matched, and its offsets."""

    text: str
    folded: str
    start: int
    end: int


def tokens_of(text: str, offset: int = 0) -> list[Token]:
    """Take a text apart; a hyphen parts words, and a straight quote mark is a curly one."""
    return [
        Token(match[0], _fold(match[0]), match.start() + offset, match.end() + offset)
        for match in _TOKEN.finditer(text)
        if match[0] != "-" or not _joins(text, match.start())
    ]


@lru_cache(maxsize=4096)
def phrase_of(text: str) -> tuple[str, ...]:
    """Return a phrase as it is matched, word for word."""
    return tuple(token.folded for token in tokens_of(text))


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each sentence."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if _NO_END.search(text, max(start, end - _LONGEST_NO_END), end):
            continue
        if text[start:end].strip():
            yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


def _joins(text: str, at: int) -> bool:
    """Tell whether a hyphen stands between two letters or digits: no dash, no minus."""
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def _fold(text: str) -> str:
    return text.casefold().replace("’", "'")
