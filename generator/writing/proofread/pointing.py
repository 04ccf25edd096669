"""Point an editor to words: the passage that they stand in, and the words themselves."""

from __future__ import annotations

from generator.writing.proofread.sentences import Mention, Sentence


def where(passage: int | None, cell: str) -> str:
    """Say where a problem is, as an editor counts."""
    if passage is None:
        return "the text"
    if passage == -1:
        return "headline"
    if cell:
        row, column = cell.split(":")
        return f"table, row {row}, column {int(column) + 1}"
    return f"paragraph {passage + 1}"


def quote(sentence: Sentence, mention: Mention) -> str:
    """Quote a mention with the words around it."""
    low = max(mention.first - 3, 0)
    high = min(mention.last + 4, len(sentence.tokens) - 1)
    start = sentence.tokens[low].start - sentence.start
    end = sentence.tokens[high].end - sentence.start
    before, after = "…" if low else "", "…" if high < len(sentence.tokens) - 1 else ""
    return f"“{sentence.words(mention)}” (“{before}{sentence.text[start:end]}{after}”)"
