"""From words to the claims in a draft that are meant by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.model import Article, Claim, Draft, plain

_BEFORE, _AFTER = r"(?<!\w)(?<!\d[.,])", r"(?!\w)(?![.,]\d)"
"""Where words and numbers begin and end: 9.3 does not stand in 29.3, nor 348 in 2,348."""


def match_claims(draft: Draft, text: str) -> tuple[Claim, ...]:
    """Return the claims that a text names, by the strictest reading that names any.

    First those that are the text, then those that are it but for white space, commas in
    numbers, "per cent" or a per cent sign, then those that contain it, and last those that
    overlap a stretch of the draft that is the text.
    """
    asked = _evened(text)
    readings: tuple[Callable[[Claim], bool], ...] = (
        lambda claim: claim.text == text,
        lambda claim: _evened(claim.text) == asked,
        lambda claim: _evened(claim.text).rstrip("%") == asked.rstrip("%"),
        lambda claim: _contains(_evened(claim.text), asked),
        lambda claim: _is_in_passage(claim, draft, text),
    )
    if not re.search(r"\w", asked):
        return ()
    for reading in readings:
        found = tuple(claim for claim in draft.ledger if reading(claim))
        if found:
            return found
    return ()


def stands_in(draft: Draft, text: str) -> bool:
    """Tell whether a text is in the draft's words at all, claimed or not."""
    asked = _evened(text)
    return any(_contains(_evened(words), asked) for _, _, words in _passages(draft.article))


def _evened(text: str) -> str:
    """Return a text without what people type differently: space, commas, per cent, case."""
    text = " ".join(text.casefold().split()).strip("“”\"'… ")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return re.sub(r"(?<=\d) ?(?:per ?cent\b|%)", "%", text)


def _contains(text: str, asked: str) -> bool:
    """Tell whether a text has the words asked for, not in the middle of a word or number."""
    return bool(re.search(_BEFORE + re.escape(asked) + _AFTER, text))


def _is_in_passage(claim: Claim, draft: Draft, text: str) -> bool:
    """Tell whether a claim overlaps a stretch of its passage that is the text."""
    words = _BEFORE + r"\s+".join(map(re.escape, text.split())) + _AFTER
    return any(
        (claim.block, claim.cell) == (block, cell)
        and any(
            match.start() < claim.end and claim.start < match.end()
            for match in re.finditer(words, passage, re.IGNORECASE)
        )
        for block, cell, passage in _passages(draft.article)
    )


def _passages(article: Article) -> Iterator[tuple[int, str, str]]:
    """Yield the headline, paragraphs and cells, each as a claim's `block` and `cell` name it."""
    yield -1, "", plain(article.headline)
    for number, block in enumerate(article.blocks):
        yield number, "", plain(block.runs)
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                yield number, f"{row}:{column}", plain(cell)
