"""What the release stage hands on: a release and its observations."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A published file as it was read: `archive.zip/table.xlsx` for one inside a zip."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Release:
    """One publication of a dataset."""

    dataset: str
    title: str
    publisher: str
    source: str
    licence: str
    published: datetime.date | None
    """None where no release.yml says: then nothing in copy is reckoned from it."""
    files: tuple[SourceFile, ...]
    embargo: datetime.datetime | None = None
    provisional: bool = False
    sample: bool = False
    assumed: tuple[str, ...] = ()
    """What was taken for granted, in sentences, because nobody said."""
    accounted: tuple[str, ...] = ()
    """What of its files was not read, and what was made of the marks in it, in sentences."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a published file; `sheet` is "" for a CSV."""

    file: str
    sheet: str


class Lack(IntEnum):
    """Why a count has no number, the gravest last: what a sum of several lacks is their most."""

    NOTHING = 0
    SUPPRESSED = 1
    """Its publisher withheld it."""
    MISSING = 2
    """There is none, and nobody has said why."""
    MARKED = 3
    """There is none, by a mark whose words copy may give."""


@dataclass(frozen=True)
class Observations:
    """Tidy rows, one for each row of a published table that is about a known area.

    `rows` has the columns `area` (category of the desk's area ids, in its order), `quarter`
    (int, see `Quarter.ordinal`), `outcome`, `offence_code`, `offence_group` (categories;
    only those that the dataset has and the run needs), and for each count column read,
    under its name, its integers (0 where a mark stands) and under `<name>_missing` its
    `Lack`; then `row` (int, 1-based, as the file
    shows it).
    """

    rows: pd.DataFrame
    table: Table
    dataset: str
