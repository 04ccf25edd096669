"""A copy with its figures marked as the second reader understands them, and what is wrong with it.

What an editor has typed has no ledger: the figure behind each number is the one that the reader
takes it for, whoever wrote the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.filing import Note, Span, Trails, note_on
from generator.model import BlockKind, Copy, Figure, Level, Passage, Problem
from generator.review.knowledge import Known
from generator.writing import Fault, Proof, Reading


@dataclass(frozen=True)
class MarkedBlock:
    """A passage with its figures marked, and the problems that are about it."""

    number: int
    """-1 for the headline."""
    kind: BlockKind
    spans: tuple[Span, ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Marked:
    """A copy as the page shows it; `sources` are those that the spans' claims count."""

    headline: MarkedBlock
    blocks: tuple[MarkedBlock, ...]
    sources: tuple[Note, ...]
    problems: tuple[Problem, ...]
    """All of them, the gravest first."""
    elsewhere: tuple[Problem, ...]
    """Of these what is about no passage: about the whole of it, or its head and foot."""

    @property
    def passages(self) -> tuple[MarkedBlock, ...]:
        """The headline, and what stands under it."""
        return (self.headline, *self.blocks)

    @property
    def holds(self) -> int:
        """How many problems hold it."""
        return sum(problem.level is Level.HOLD for problem in self.problems)


def mark(copy: Copy, known: Known, trails: Trails) -> Marked:
    """Have a copy read, and mark what was read."""
    proof = known.checker.proof(copy, known.facts)
    problems = known.checker.check_copy(copy, known.facts)
    figures = _figures(proof)
    numbers = {figure.id: number for number, figure in enumerate(figures)}
    placed = {fault.problem for fault in proof.faults if fault.passage is not None}
    levels = list(Level)
    return Marked(
        headline=_block(-1, Passage(BlockKind.PARAGRAPH, copy.headline), proof, numbers),
        blocks=tuple(
            _block(number, passage, proof, numbers) for number, passage in enumerate(copy.passages)
        ),
        sources=tuple(note_on(trails.figure(figure, known.facts)) for figure in figures),
        problems=tuple(sorted(problems, key=lambda problem: levels.index(problem.level))),
        elsewhere=tuple(problem for problem in problems if problem not in placed),
    )


def _figures(proof: Proof) -> list[Figure]:
    found = {reading.figure.id: reading.figure for reading in proof.readings if reading.figure}
    return list(found.values())


def _block(number: int, passage: Passage, proof: Proof, numbers: dict[str, int]) -> MarkedBlock:
    readings = [reading for reading in proof.readings if reading.passage == number]
    faults = (fault for fault in proof.faults if fault.passage == number)
    rows = tuple(
        tuple(_spans(text, _in_cell(readings, row, column), numbers) for column, text in cells)
        for row, cells in ((row, enumerate(cells)) for row, cells in enumerate(passage.rows))
    )
    spans = _spans(passage.text, readings, numbers)
    return MarkedBlock(number, passage.kind, spans, rows, _problems(faults))


def _in_cell(readings: Iterable[Reading], row: int, column: int) -> list[Reading]:
    return [reading for reading in readings if reading.cell == f"{row}:{column}"]


def _problems(faults: Iterable[Fault]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(fault.problem for fault in faults))


def _spans(text: str, readings: Sequence[Reading], numbers: dict[str, int]) -> tuple[Span, ...]:
    """Part a text where its figures begin and end."""
    spans: list[Span] = []
    at = 0
    for reading in sorted(readings, key=lambda each: each.start):
        if reading.figure is None or reading.start < at:
            continue
        spans.append(Span(text[at : reading.start]))
        words = Span(text[reading.start : reading.end])
        spans.append(Span(claim=numbers[reading.figure.id], inside=(words,)))
        at = reading.end
    spans.append(Span(text[at:]))
    return tuple(span for span in spans if span.text or span.inside)
