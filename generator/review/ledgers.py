"""What a draft's ledger says of its words, carried over to what an editor has made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, model_validator

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


class _Record(BaseModel):
    """A part of ledger.json, as far as it is read."""

    model_config = ConfigDict(frozen=True, strict=True)


class _Figure(_Record):
    kind: Literal["figure"]


class _Placed(_Record):
    """Words of a block, or of a cell of it."""

    block: int
    cell: str
    start: NonNegativeInt
    end: int
    text: str

    @model_validator(mode="after")
    def _is_of_words(self) -> Self:
        if self.start >= self.end:
            raise ValueError("a claim has to end after it begins")
        return self


class _Finding(_Placed):
    kind: Literal["finding"]
    why: str
    evidence: tuple[str, ...]

    def claimed(self) -> Claimed:
        place = (self.block, self.start, self.end, self.text)
        return Claimed(*place, why=self.why, evidence=self.evidence)


class _Quotation(_Placed):
    kind: Literal["quotation"]
    speaker: str
    source: str
    verbatim: bool

    def claimed(self) -> Claimed:
        place = (self.block, self.start, self.end, self.text)
        return Claimed(*place, speaker=self.speaker, source=self.source, verbatim=self.verbatim)


_Claims = tuple[Annotated[_Figure | _Finding | _Quotation, Field(discriminator="kind")], ...]


class _Written(_Record):
    """The whole of ledger.json."""

    claims: _Claims
    pieces: Mapping[str, _Claims] = {}
    branches: frozenset[str] = frozenset()


def read_ledger(path: Path, sha: str | None) -> Ledger:
    """Read a draft's ledger; one that is not as it was filed, by its sha256, says nothing.

    Nor does one that is no ledger, whatever its sha256: somebody has edited both.
    """
    try:
        data = path.read_bytes()
        if sha256(data) != sha:
            return Ledger()
        written = _Written.model_validate_json(data)
    except (OSError, ValueError):
        return Ledger()
    pieces = {kind: _claimed(claims) for kind, claims in written.pieces.items()}
    return Ledger(_claimed(written.claims), pieces, written.branches)


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


def _claimed(claims: _Claims) -> tuple[Claimed, ...]:
    return tuple(
        each.claimed() for each in claims if not isinstance(each, _Figure) and not each.cell
    )
