"""What would be otherwise if the expected counts stood in place of those in doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

from generator.figures.cells import Cell, Cells, Counted
from generator.figures.ranking import Ranked
from generator.model import (
    Comparison,
    Doubt,
    Facts,
    Figure,
    Finding,
    MeasureFacts,
    Point,
    Supposition,
)

_SOFT = "slight"
"""A finding that makes a claim softer, and is none that a draft stands by."""


def alone_and_together(doubts: Sequence[Doubt]) -> Iterator[tuple[Doubt, ...]]:
    """Yield each doubt alone, then those that can hold together, then all: the worst counts."""
    grave = tuple(doubt for doubt in doubts if doubt.can_hold)
    alone = [(doubt,) for doubt in doubts]
    yield from filter(None, dict.fromkeys([*alone, grave, tuple(doubts)]))


def put_expected(counted: Counted, doubts: Sequence[Doubt]) -> Counted:
    """Return what was counted, with the doubted cells moved by what they are off."""
    cells: dict[str, Cells] = dict(counted.cells)
    for doubt in doubts:
        for count in doubt.counts:
            of_area = dict(cells[count.measure][doubt.area])
            cell = of_area[doubt.quarter]
            moved = cell.total + count.expected - count.found
            of_area[doubt.quarter] = Cell(moved, cell.missing, cell.sources)
            cells[count.measure] = {**cells[count.measure], doubt.area: of_area}
    return replace(counted, cells=cells)


def without(ranked: Ranked, point: Point) -> Ranked:
    """Return the ranked values without an area's own, which another takes the place of."""
    if point.figure is None:
        return ranked
    at = bisect_left(ranked, point.figure.value)
    found = at < len(ranked) and ranked[at] == point.figure.value
    return [*ranked[:at], *ranked[at + 1 :]] if found else ranked


def compare_facts(facts: Facts, supposed: Facts, doubts: Sequence[Doubt]) -> Supposition:
    """Say which figures would be others, and which findings would not hold any more."""
    figures, others = figures_in(facts.measures), figures_in(supposed.measures)
    moved = {
        id_
        for id_, figure in figures.items()
        if id_ not in others or others[id_].value != figure.value
    }
    findings, new = _findings_in(facts.measures), _findings_in(supposed.measures)
    turned = {
        id_
        for id_, finding in findings.items()
        if finding.holds and not (id_ in new and new[id_].holds)
    }
    turned |= {
        measured.rank.id
        for measured in facts.measures.values()
        if measured.rank is not None and measured.rank.id in moved
    }
    return Supposition(tuple(doubts), supposed, frozenset(turned), frozenset(moved))


def figures_in(measures: Mapping[str, MeasureFacts]) -> dict[str, Figure]:
    """Return every figure that copy may print of these measures, by id."""
    found: dict[str, Figure] = {}
    for measured in measures.values():
        figures = [point.figure for point in measured.series]
        figures += [measured.first, measured.previous, measured.baseline, measured.rank]
        for comparison in _comparisons(measured):
            figures += [comparison.points, comparison.change]
        found |= {figure.id: figure for figure in figures if figure is not None}
    return found


def _findings_in(measures: Mapping[str, MeasureFacts]) -> dict[str, Finding]:
    """Return every finding that copy may claim, by id, but for those that soften a claim."""
    found: dict[str, Finding] = {}
    for measured in measures.values():
        holders: list[MeasureFacts | Comparison] = [measured, *_comparisons(measured)]
        for holder in holders:
            for field in fields(holder):
                value = getattr(holder, field.name)
                if isinstance(value, Finding) and field.name != _SOFT:
                    found[value.id] = value
    return found


def _comparisons(measured: MeasureFacts) -> Iterator[Comparison]:
    for field in fields(measured):
        value = getattr(measured, field.name)
        if isinstance(value, Comparison):
            yield value
