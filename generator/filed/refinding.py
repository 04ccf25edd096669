"""A figure's rows found again in the published files, and held against what the figure says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.desk import Desk
from generator.locations import Location
from generator.model import Draft, Figure, SourceRows, Unit
from generator.release import PublishedRow, Selection, find_rows, select


@dataclass(frozen=True)
class Refound:
    """The published rows of a count, and in what they do not fit it: nothing, if all is well."""

    figure: Figure
    rows: tuple[PublishedRow, ...]
    differences: tuple[str, ...]

    @property
    def total(self) -> int:
        """What the rows add up to."""
        return sum(row.count for row in self.rows)


def counts_in(figures: Iterable[Figure]) -> list[Figure]:
    """Return the counts that figures are made of, each once, in the order of the formulas."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.unit is Unit.COUNT:
            found.setdefault(figure.id, figure)
        for part in counts_in(figure.parts):
            found.setdefault(part.id, part)
    return list(found.values())


def refind(counts: Iterable[Figure], draft: Draft, desk: Desk, release: Location) -> list[Refound]:
    """Find the rows of a draft's counts in the files of the release that lies at this path."""
    counts = list(counts)
    dataset = desk.datasets[draft.facts.story.dataset]
    selections = [_selection(figure, draft, desk) for figure in counts]
    found = find_rows(release, desk, dataset, selections)
    return [
        Refound(figure, tuple(sorted(rows, key=_by_date)), tuple(_differences(figure, rows)))
        for figure, rows in zip(counts, found, strict=True)
    ]


def _by_date(row: PublishedRow) -> int:
    """Sort by quarter; within one, rows stay in the order of the files."""
    return row.quarter.ordinal


def _selection(figure: Figure, draft: Draft, desk: Desk) -> Selection:
    """Say which rows a count is of; where a quarter has none, every table is looked at."""
    out = {exclusion.area.id for exclusion in draft.facts.excluded}
    members = [
        force
        for force in desk.forces
        if force.id == figure.area or (figure.area == desk.nation.id and force.id not in out)
    ]
    sourced = {source.quarter for source in figure.sources}
    whole = sourced.issuperset(figure.period.quarters)
    return select(
        draft.facts.story.measures[figure.measure],
        desk.datasets[draft.facts.story.dataset],
        members,
        figure.period.quarters,
        (source.table for source in figure.sources) if whole else (),
    )


def _differences(figure: Figure, rows: Iterable[PublishedRow]) -> Iterator[str]:
    """Say, a quarter at a time, where rows and figure do not fit."""
    said = {(one.table, one.quarter): one for one in figure.sources}
    there = {(one.table, one.quarter): one for one in map(_as_source, _by_quarter(rows))}
    for key in sorted({*said, *there}, key=lambda key: (key[1], key[0].file, key[0].sheet)):
        if said.get(key) != there.get(key):
            table, quarter = key
            where = f"{table.file}, sheet {table.sheet}" if table.sheet else table.file
            yield (
                f"{quarter}, {where}: the figure has {_in_words(said.get(key))}; "
                f"the published file has {_in_words(there.get(key))}."
            )
    total = sum(one.total for one in there.values())
    if total != figure.value:
        yield f"In all the figure is {figure.value:,}; the published rows add up to {total:,}."


def _by_quarter(rows: Iterable[PublishedRow]) -> Iterator[list[PublishedRow]]:
    def key(row: PublishedRow) -> tuple[str, str, int]:
        return (row.table.file, row.table.sheet, row.quarter.ordinal)

    for _, group in groupby(sorted(rows, key=key), key):
        yield list(group)


def _as_source(rows: list[PublishedRow]) -> SourceRows:
    numbers = [row.row for row in rows]
    total = sum(row.count for row in rows)
    first, last = min(numbers), max(numbers)
    return SourceRows(rows[0].table, rows[0].quarter, first, last, len(rows), total)


def _in_words(source: SourceRows | None) -> str:
    if source is None:
        return "no rows"
    if source.rows == 1:
        return f"1 row ({source.first_row}) of {source.total:,}"
    return (
        f"{source.rows:,} rows ({source.first_row}–{source.last_row}) adding up to {source.total:,}"
    )
