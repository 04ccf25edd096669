"""What a draft's ledger says of its words, carried over to what an editor has made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.filing import sha256
from generator.model import Copy
from generator.writing import sentences_of

HEADLINE = -1
"""The place of the headline, before that of the first passage."""


@dataclass(frozen=True)
class Claimed:
    """Words behind which there is a finding, or somebody who said them; figures are read anew."""

    passage: int
    start: int
    end: int
    text: str
    why: str = ""
    """What decided the finding."""
    evidence: tuple[str, ...] = ()
    """The ids of the figures that the finding compares."""
    speaker: str = ""
    """Who said it; "" for a finding."""
    source: str = ""
    verbatim: bool = False


@dataclass(frozen=True)
class Ledger:
    """The claims of an article and of the pieces beside it, by kind, and the branches it took."""

    claims: tuple[Claimed, ...] = ()
    pieces: Mapping[str, tuple[Claimed, ...]] | None = None
    branches: frozenset[str] = frozenset()

    def of(self, copy: Copy) -> tuple[Claimed, ...]:
        """Return the claims of the file that a copy was read from."""
        return self.claims if copy.piece is None else (self.pieces or {}).get(copy.piece, ())


def read_ledger(path: Path, sha: str | None) -> Ledger:
    """Read a draft's ledger; one that is not as it was filed, by its sha256, says nothing."""
    try:
        data = path.read_bytes()
        if sha256(data) != sha:
            return Ledger()
        said = json.loads(data)
        pieces = {kind: _claims(claims) for kind, claims in said.get("pieces", {}).items()}
        return Ledger(_claims(said["claims"]), pieces, frozenset(said.get("branches", ())))
    except (OSError, ValueError, KeyError, TypeError):
        return Ledger()


def carry_over(claims: Iterable[Claimed], filed: Copy, now: Copy) -> Iterator[Claimed]:
    """Yield the claims of what was filed, where their sentences stand word for word now.

    One that goes beyond a sentence needs its whole passage as it was.
    """
    texts = dict(_passages(filed))
    passages: dict[str, list[Claimed]] = {}
    sentences: dict[str, list[Claimed]] = {}
    for claim in claims:
        text = texts.get(claim.passage, "")
        if text[claim.start : claim.end] != claim.text:
            continue
        passages.setdefault(text, []).append(claim)
        for start, end in sentences_of(text):
            if start <= claim.start and claim.end <= end:
                within = replace(claim, start=claim.start - start, end=claim.end - start)
                sentences.setdefault(text[start:end], []).append(within)
    for number, text in _passages(now):
        if text in passages:
            yield from (replace(claim, passage=number) for claim in passages[text])
            continue
        for start, end in sentences_of(text):
            for claim in sentences.get(text[start:end], ()):
                yield replace(
                    claim, passage=number, start=claim.start + start, end=claim.end + start
                )


def _passages(copy: Copy) -> Iterator[tuple[int, str]]:
    yield HEADLINE, copy.headline
    yield from ((number, passage.text) for number, passage in enumerate(copy.passages))


def _claims(said: Iterable[Mapping[str, Any]]) -> tuple[Claimed, ...]:
    return tuple(_claim(one) for one in said if one["kind"] != "figure" and not one["cell"])


def _claim(said: Mapping[str, Any]) -> Claimed:
    place = (said["block"], said["start"], said["end"], said["text"])
    if said["kind"] == "finding":
        return Claimed(*place, why=said["why"], evidence=tuple(said["evidence"]))
    return Claimed(
        *place, speaker=said["speaker"], source=said["source"], verbatim=said["verbatim"]
    )
