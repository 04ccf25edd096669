"""What is made of a claim: whether it holds, and what it states."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stated:
    """What a text claims: a headline's claims have to be among its body's."""

    kind: str
    way: int
    measures: frozenset[str]
    area: str


@dataclass(frozen=True)
class Verdict:
    """What was made of a claim: its fault, "" for none, and what it states."""

    fault: str = ""
    stated: Stated | None = None
    doubt: str = ""
    """What an editor should look at, though nothing is known to be wrong."""
