"""Which dataset a header row is of, and which of its columns a run reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fnmatch import fnmatchcase

from generator.desk import Column, Dataset, Desk, folded
from generator.errors import Fault
from generator.release.marks import without_notes

APART = "apart_"
"""Begins the names of fields that only tell rows apart."""
_LIKE_ENOUGH = 0.6
"""How alike a header is to a known one before it is offered for it."""
_NEARLY_ALIKE = 0.9
"""The same where a dataset has several counts, which must not be taken for each other."""
HEADER_WITHIN = 30
"""Rows from the top in which a header is looked for, below titles and blank rows."""


@dataclass(frozen=True)
class Needs:
    """What a run needs read of a dataset: names of its counts, and whether offence groups."""

    counts: frozenset[str]
    groups: bool = False


@dataclass(frozen=True)
class Layout:
    """A dataset's columns by field (`year`, `area`, a count's name).

    Every one that a file has is read; `required` are those that it must have, and `wanted`
    those whose meaning is read, `counts` the counts among them.
    """

    dataset: Dataset
    columns: Mapping[str, Column]
    required: frozenset[str]
    wanted: frozenset[str]
    counts: tuple[str, ...]

    @property
    def file(self) -> str:
        """The config file that says so, within the desk."""
        return f"config/datasets/{self.dataset.id}.yml"

    def takes_sheet(self, name: str) -> bool:
        """Tell whether a sheet of this name holds the dataset's data."""
        return any(fnmatchcase(folded(name), pattern.casefold()) for pattern in self.dataset.sheets)

    def field_of(self, header: str) -> str | None:
        """Return the field that a column of this header is, None for a column of no interest.

        Notes and marks at the header's end are passed over where it is not known with them.
        """
        for name in dict.fromkeys((folded(header), folded(without_notes(header)))):
            for field, column in self.columns.items():
                if any(folded(spelling) == name for spelling in column.headers):
                    return field
        return None


@dataclass(frozen=True)
class Header:
    """A row of a sheet read as a layout's header: which column holds which field."""

    layout: Layout
    row: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    doubled: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields for which there is no column."""
        return tuple(field for field in _required(self.layout) if field not in self.places)

    @property
    def nearness(self) -> tuple[int, int]:
        """What to sort by for the header most like its layout: whole ones come out on top."""
        return -len(self.missing), len(self.places)


def layouts_of(desk: Desk, needs: Mapping[str, Needs]) -> tuple[Layout, ...]:
    """Return the layout of every dataset of the desk, with what the run needs of it.

    All columns that say what a row is about must be there, and the counts that the run
    needs; of a dataset that the run says nothing about, all counts.
    """
    layouts = []
    for dataset in desk.datasets.values():
        need = needs.get(dataset.id, Needs(frozenset(dataset.counts)))
        about = {field: column for field, column in dataset.columns if column is not None}
        counts = tuple(name for name in dataset.counts if name in need.counts)
        about |= {
            f"{APART}{number}": Column(headers=(header,))
            for number, header in enumerate(dataset.told_apart)
        }
        unread = set() if need.groups else {"offence_group"}
        layouts.append(
            Layout(
                dataset,
                about | dict(dataset.counts),
                required=frozenset({*about, *counts}),
                wanted=frozenset({*about, *counts} - unread),
                counts=counts,
            )
        )
    return tuple(layouts)


def read_header(layout: Layout, row: int, names: Sequence[str]) -> Header:
    """Read a row as the header of a layout, whether or not it is one."""
    fields = [layout.field_of(name) for name in names]
    places = {field: at for at, field in reversed(list(enumerate(fields))) if field is not None}
    times = Counter(field for field in fields if field in layout.wanted)
    doubled = tuple(field for field, number in times.items() if field and number > 1)
    return Header(layout, row, tuple(names), places, doubled)


def find_header(
    layouts: Iterable[Layout], rows: Iterable[tuple[int, Sequence[str]]]
) -> Header | None:
    """Return the header most like one of the layouts among (row number, names), None if no rows.

    A whole header is preferred, then one of more columns, then the one higher up.
    """
    headers = [
        read_header(layout, row, names)
        for row, names in rows
        if any(name.strip() for name in names)
        for layout in layouts
    ]
    return max(headers, key=lambda header: (header.nearness, -header.row), default=None)


def header_faults(header: Header, file: str, sheet: str) -> Iterator[Fault]:
    """Yield what keeps a header from being its layout's: columns missing, or there twice."""
    layout = header.layout
    there = [name for name in header.names if name.strip()]
    if not header.places:
        yield Fault(
            f"None of the first {HEADER_WITHIN} rows is a header that the desk knows."
            if header.row
            else "The table has none of the columns that the desk knows.",
            "Take the file out if it is no table of the release; for a new table, describe it in "
            "a file under config/datasets.",
            file=file,
            sheet=sheet,
            row=header.row or None,
            found=_listed(there),
            expected=_listed([layout.columns[field].headers[0] for field in _required(layout)]),
        )
        return
    offered = _nearest_headers(layout, header)
    for field in header.missing:
        spellings = layout.columns[field].headers
        near = offered.get(field)
        under = "counts" if field in layout.counts else "columns"
        mend = f"If it has a new name, add the name to `headers` under {under}.{field} in "
        mend += f"{layout.file}."
        yield Fault(
            f"A column of {layout.dataset.id} is missing: {field}.",
            f"Did you mean {near}? {mend}" if near else mend,
            file=file,
            sheet=sheet,
            row=header.row or None,
            key=field,
            found=_listed(there),
            expected=" or ".join(f"“{spelling}”" for spelling in spellings),
        )
    for field in header.doubled:
        named = [name for name in header.names if layout.field_of(name) == field]
        yield Fault(
            f"A column stands twice: {field}.",
            "Take out the column that is not the published one.",
            file=file,
            sheet=sheet,
            row=header.row or None,
            key=field,
            found=_listed(named),
            expected="one column",
        )


def _nearest_headers(layout: Layout, header: Header) -> dict[str, str]:
    """Return for missing fields the unused header that is most like one of their spellings.

    A header is offered to the field alone that it is most like, among all the dataset's: never
    that of recorded offences for those closed.
    """
    best: dict[str, tuple[float, str]] = {}
    for name in header.names:
        if not name.strip() or layout.field_of(name) is not None:
            continue
        likeness, field = max(
            (_likeness(name, spelling), field)
            for field, column in layout.columns.items()
            for spelling in column.headers
        )
        of_several = field in layout.dataset.counts and len(layout.dataset.counts) > 1
        if likeness >= (_NEARLY_ALIKE if of_several else _LIKE_ENOUGH):
            best[field] = max(best.get(field, (0.0, "")), (likeness, name))
    return {field: name for field, (_, name) in best.items()}


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, folded(without_notes(one)), folded(other)).ratio()


def _required(layout: Layout) -> list[str]:
    """Return the fields that a header must have, in the dataset's order."""
    return [field for field in layout.columns if field in layout.required]


def _listed(names: Sequence[str], most: int = 20) -> str:
    """Quote names for a message, so many at most."""
    more = [f"and {len(names) - most} more"] if len(names) > most else []
    return ", ".join([*(f"“{name}”" for name in names[:most]), *more])
