"""A copy with its figures and claims marked, what is behind each, and what is wrong with it.

The figure behind a number is the one that the second reader takes it for, whoever wrote the
words. The finding behind a claim, and who said what is quoted, are those of the draft's ledger
where the sentence stands as it was filed; elsewhere a claim has the figures that it was held
against when it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.filing import FindingTrail, Note, QuotationTrail, Span, Trails, note_on
from generator.model import BlockKind, Copy, Facts, Figure, Level, Passage, Problem
from generator.review.ledgers import HEADLINE, Claimed
from generator.writing import Fault, Proof, Reading

_READ_AGAIN = "Read again, and borne out by the figures"


@dataclass(frozen=True)
class MarkedBlock:
    """A passage with its figures and claims marked, and the problems that are about it."""

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
    def graver(self) -> tuple[Problem, ...]:
        """What holds it, and is about no passage."""
        return tuple(each for each in self.elsewhere if each.level is Level.HOLD)

    @property
    def lesser(self) -> tuple[Problem, ...]:
        """What is to be borne in mind, and is about no passage."""
        return tuple(each for each in self.elsewhere if each.level is not Level.HOLD)

    @property
    def passages(self) -> tuple[MarkedBlock, ...]:
        """The headline, and what stands under it."""
        return (self.headline, *self.blocks)

    @property
    def holds(self) -> int:
        """How many problems hold it."""
        return sum(problem.level is Level.HOLD for problem in self.problems)


def mark(
    proof: Proof,
    problems: Sequence[Problem],
    copy: Copy,
    facts: Facts,
    trails: Trails,
    claims: Iterable[Claimed] = (),
) -> Marked:
    """Mark what was read of a copy, and the `claims` that stand in it."""
    piece = copy.piece or ""
    placed = {replace(f.problem, piece=piece) for f in proof.faults if f.passage is not None}
    levels = list(Level)
    marker = _Marker(proof, _Sources(facts, trails), tuple(claims))
    return Marked(
        headline=marker.block(HEADLINE, Passage(BlockKind.PARAGRAPH, copy.headline)),
        blocks=tuple(marker.block(number, each) for number, each in enumerate(copy.passages)),
        sources=tuple(marker.sources.notes),
        problems=tuple(sorted(problems, key=lambda problem: levels.index(problem.level))),
        elsewhere=tuple(problem for problem in problems if problem not in placed),
    )


@dataclass(frozen=True)
class _Mark:
    """Words from and to, and the number of what is behind them."""

    start: int
    end: int
    source: int


@dataclass
class _Sources:
    """What is behind the marks, of each its own: the page writes it out beside every one."""

    facts: Facts
    trails: Trails
    notes: list[Note] = field(default_factory=list)

    def figure(self, figure: Figure) -> int:
        """Return the number of a figure's trail."""
        return self._number(note_on(self.trails.figure(figure, self.facts)))

    def claim(self, claim: Claimed) -> int:
        """Return the number of what the ledger has behind a claim."""
        if claim.speaker:
            trail = QuotationTrail(claim.speaker, claim.verbatim, claim.source)
            return self._number(note_on(trail))
        known = self._figures
        compared = [known[each] for each in claim.evidence if each in known]
        return self._finding(claim.why[:1].upper() + claim.why[1:], compared)

    def stated(self, area: str, measures: Iterable[str]) -> int | None:
        """Return the number of what a claim was held against when it was read."""
        known = {each.area.id: each for each in (self.facts, self.facts.nation) if each}
        if area not in known:
            return None
        told = [known[area].measures[name] for name in sorted(measures)]
        compared = [
            figure
            for each in told
            for figure in (each.figure, each.baseline, each.first)
            if figure is not None
        ]
        return self._finding(_READ_AGAIN, dict.fromkeys(compared))

    @property
    def _figures(self) -> dict[str, Figure]:
        nation = self.facts.nation
        return {**(nation.figures if nation else {}), **self.facts.figures}

    def _finding(self, why: str, compared: Iterable[Figure]) -> int:
        evidence = tuple(self.trails.figure(figure, self.facts) for figure in compared)
        return self._number(note_on(FindingTrail("", why, evidence)))

    def _number(self, note: Note) -> int:
        note = replace(note, lines=tuple(replace(line, number=0) for line in note.lines))
        self.notes.append(note)
        return len(self.notes) - 1


@dataclass(frozen=True)
class _Marker:
    """Marks one passage after the other."""

    proof: Proof
    sources: _Sources
    claims: Sequence[Claimed]

    def block(self, number: int, passage: Passage) -> MarkedBlock:
        """Mark a passage, or its cells."""
        readings = [each for each in self.proof.readings if each.passage == number]
        faults = [each for each in self.proof.faults if each.passage == number]
        rows = tuple(
            tuple(
                _nest(text, self._figures(each for each in readings if each.cell == f"{row}:{at}"))
                for at, text in enumerate(cells)
            )
            for row, cells in enumerate(passage.rows)
        )
        outside = [each for each in readings if not each.cell]
        marks = [*self._claims(number, outside, faults), *self._figures(outside)]
        spans = _nest(passage.text, marks)
        return MarkedBlock(number, passage.kind, spans, rows, _problems(faults))

    def _figures(self, readings: Iterable[Reading]) -> Iterator[_Mark]:
        for each in readings:
            if each.figure is not None:
                yield _Mark(each.start, each.end, self.sources.figure(each.figure))

    def _claims(
        self, number: int, readings: Iterable[Reading], faults: Sequence[Fault]
    ) -> Iterator[_Mark]:
        """Yield the ledger's claims, and where it has none those that were read, and hold."""
        ours = [each for each in self.claims if each.passage == number]
        yield from (_Mark(each.start, each.end, self.sources.claim(each)) for each in ours)
        wrong = {each.words for each in faults} | {each.sentence for each in faults}
        for each in readings:
            where = (each.start, each.end)
            told = any(claim.start <= each.start and each.end <= claim.end for claim in ours)
            if each.stated is None or told or _is_wrong(where, wrong):
                continue
            source = self.sources.stated(each.stated.area, each.stated.measures)
            if source is not None:
                yield _Mark(*where, source)


def _is_wrong(where: tuple[int, int], wrong: Iterable[tuple[int, int] | None]) -> bool:
    """Tell whether words are, or lie in, what is at fault."""
    return any(each and each[0] <= where[0] and where[1] <= each[1] for each in wrong)


def _problems(faults: Iterable[Fault]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(fault.problem for fault in faults))


def _nest(text: str, marks: Iterable[_Mark], begin: int = 0) -> tuple[Span, ...]:
    """Part a text where marks begin and end; what is marked within a mark is inside its span.

    Of marks that cross the one that begins first is shown. Their places count from `begin`.
    """
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    spans: list[Span] = []
    at = begin
    while waiting:
        outer, *waiting = waiting
        inner = [mark for mark in waiting if mark.end <= outer.end]
        waiting = [mark for mark in waiting if mark.start >= outer.end]
        spans.append(Span(text[at - begin : outer.start - begin]))
        words = text[outer.start - begin : outer.end - begin]
        spans.append(Span(claim=outer.source, inside=_nest(words, inner, outer.start)))
        at = outer.end
    spans.append(Span(text[at - begin :]))
    return tuple(span for span in spans if span.text or span.inside)
