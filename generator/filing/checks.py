"""The last look at a draft before it is filed: its ledger has to fit its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.errors import Fault, FilingError
from generator.filing.names import without_control
from generator.model import Article, Claim, Draft, Runs, plain


def check(draft: Draft) -> None:
    """Raise FilingError where a draft is not fit to be filed, with every fault of it."""
    faults = [
        Fault(
            fault,
            "This is a fault in newscopy, not in the data: report it with the story's templates.",
            file=draft.folder,
        )
        for fault in _faults(draft)
    ]
    if faults:
        raise FilingError(*faults)


def _faults(draft: Draft) -> Iterator[str]:
    yield from _faults_of(draft.article, draft.ledger)
    for piece in draft.pieces:
        yield from (f"{piece.kind}: {fault}" for fault in _faults_of(piece.article, piece.ledger))


def _faults_of(article: Article, ledger: Sequence[Claim]) -> Iterator[str]:
    for number, claim in enumerate(ledger):
        text = _text_of(article, claim)
        if text is None or text[claim.start : claim.end] != claim.text:
            yield f"Claim {number}, {claim.text!r}, is not where the ledger says."
    for runs in _all_runs(article):
        if any(not 0 <= claim < len(ledger) for run in runs for claim in run.claims):
            yield f"Words rest on a claim that is not in the ledger: {plain(runs)!r}."
        if any(_private(character) for character in plain(runs)):
            yield f"A mark of the template engine is left in the copy: {plain(runs)!r}."
        if without_control(plain(runs)) != plain(runs):
            yield f"A character stands in the copy that nobody can see: {plain(runs)!r}."


def _text_of(article: Article, claim: Claim) -> str | None:
    """Return the headline, paragraph or cell that a claim is in, None where there is none."""
    try:
        if claim.block == -1:
            return plain(article.headline)
        block = article.blocks[claim.block]
        if claim.cell:
            row, column = map(int, claim.cell.split(":"))
            return plain(block.rows[row][column])
        return plain(block.runs)
    except (IndexError, ValueError):
        return None


def _all_runs(article: Article) -> Iterator[Runs]:
    yield article.headline
    for block in article.blocks:
        yield block.runs
        for row in block.rows:
            yield from row


def _private(character: str) -> bool:
    """Tell whether the character is of a private-use area, where the marks are."""
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"
