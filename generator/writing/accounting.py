"""Set a ledger against what the second reader found: each has to account for the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.model import Claim, Figure, Finding, Level, Problem
from generator.writing.proofread import Reading

_TAG = "Print the figure with {{ … }}, or put the words inside {% claim finding %}."


def account(ledger: Sequence[Claim], readings: Sequence[Reading]) -> Iterator[Problem]:
    """Yield what a template typed and did not print, and where the two disagree.

    A number has to stand in a figure's claim, a claim word in that of a figure or finding;
    and the figure that the words speak of has to be the one that the template printed.
    """
    placed: defaultdict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in ledger:
        placed[claim.block, claim.cell].append(claim)
    for reading in readings:
        beside = placed[reading.passage, reading.cell]
        claims = [claim for claim in beside if _covers(claim, reading)]
        figures = [claim.support for claim in claims if isinstance(claim.support, Figure)]
        if reading.is_claim:
            if not any(isinstance(claim.support, Figure | Finding) for claim in claims):
                yield _problem(
                    reading,
                    f"“{reading.text}” claims something and stands outside any claim.",
                )
        elif not figures:
            yield _problem(reading, f"The number “{reading.text}” is typed into the template.")
        elif reading.figure is not None and reading.figure.id not in _ids(figures):
            yield _problem(
                reading,
                f"“{reading.text}” is {figures[0].id} by the template, and by its words "
                f"{reading.figure.id}.",
            )


def _covers(claim: Claim, reading: Reading) -> bool:
    """Tell whether a claim holds words of a reading in its passage, hedges and signs aside."""
    return claim.start < reading.end and reading.start < claim.end


def _ids(figures: Sequence[Figure]) -> set[str]:
    return {figure.id for figure in figures} | {
        part.id for figure in figures for part in figure.parts
    }


def _problem(reading: Reading, what: str) -> Problem:
    where = "headline" if reading.passage == -1 else f"paragraph {reading.passage + 1}"
    return Problem(Level.HOLD, where, what, _TAG)
