"""What `datasets/*.yml` may say: how a published table is laid out, and what its codes mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from generator.desk.forms import (
    Config,
    Email,
    Month,
    Name,
    Slug,
    UnfitError,
    Words,
    folded,
    quarter_of,
)
from generator.periods import Quarter


class Column(Config):
    """A column of a published table, by every header it has had."""

    headers: tuple[Words, ...] = Field(min_length=1)


class Columns(Config):
    """The columns that say what a row is about."""

    year: Column
    quarter: Column
    area: Column
    offence_code: Column | None = None
    offence_group: Column | None = None
    outcome: Column | None = None


Mark = Annotated[Words, Field(pattern=r"^\D")]
"""A text that begins with no digit: what begins with one is a number that was not understood."""


class Marks(Config):
    """Texts that stand in a count column in place of a number, or beside one."""

    not_applicable: tuple[Mark, ...] = ()
    """Counts as 0 where every area has it for that time and those codes; else it is missing."""
    missing: tuple[Mark, ...] = ()
    missing_says: Words = ""
    """How copy says what the marks of `missing` say, in a clause: "data was not provided"."""
    suppressed: tuple[Mark, ...] = ()
    """Withheld by the publisher, so that nobody is known by a small number."""
    suppressed_says: Words = ""
    """How copy says so, in a clause; without it copy gives no reason."""
    provisional: tuple[Mark, ...] = ()
    revised: tuple[Mark, ...] = ()
    estimated: tuple[Mark, ...] = ()
    break_in_series: tuple[Mark, ...] = ()
    low_reliability: tuple[Mark, ...] = ()


class Outcome(Config):
    """A code of the outcome column."""

    label: Words
    counted: bool = True
    """False for a code that is not an outcome: it is out of every total."""


class Sibling(Config):
    """A table that looks like the dataset and must not be read with it.

    It is known by any one of: its file name, a header, an outcome code or an area name.
    """

    table: Words
    why: Words
    files: tuple[Words, ...] = ()
    headers: tuple[Words, ...] = ()
    outcomes: tuple[Words, ...] = ()
    areas: tuple[Words, ...] = ()


_TOTALS = ("total", "totals", "grand total", "sub total", "subtotal", "all")


class Dataset(Config):
    """`config/datasets/<id>.yml`: how one published table is laid out."""

    id: Slug
    title: Words
    publisher: Words
    source: str = ""
    licence: str = ""
    contact: Email | None = None
    """Whom the publisher has answer questions about the table."""
    begins: Month | None = None
    """The first month ever published: without its files a release is known to lack a part."""
    sheets: tuple[Words, ...] = ()
    """Names of the sheets that hold data, as patterns with `*`, case and punctuation apart."""
    columns: Columns
    counts: Mapping[Name, Column] = Field(min_length=1)
    marks: Marks = Marks()
    outcomes: Mapping[str, Outcome] = {}
    not_areas: tuple[Words, ...] = ()
    """Names in the area column that are left out."""
    totals: tuple[Words, ...] = ()
    """Words for rows that add up others, in whatever column; "total" and the like are known."""
    told_apart: tuple[Words, ...] = ()
    """Headers of further columns that tell rows apart, where no other column does."""
    fill_down: tuple[Literal["year", "quarter", "area", "offence_code", "offence_group"], ...] = ()
    """Columns whose names stand in the first row of a block alone, as merged cells are saved."""
    thousands: Literal[",", "."] = ","
    """What parts the thousands of a number, beside spaces."""
    dense: bool = False
    """True where every area has the same rows in a quarter, so that a short one is incomplete."""
    siblings: tuple[Sibling, ...] = ()

    @model_validator(mode="after")
    def _no_header_twice(self) -> Self:
        columns = {name: column for name, column in self.columns if column is not None}
        fields: dict[str, str] = {}
        for field, column in (*columns.items(), *self.counts.items()):
            for header in column.headers:
                other = fields.setdefault(folded(header), field)
                if other != field:
                    raise UnfitError(
                        f"The header {header!r} stands for two columns, {other} and {field}.",
                        ("counts" if field in self.counts else "columns", field, "headers"),
                        mend="Leave it under the one that it is the header of.",
                    )
        return self

    @property
    def total_words(self) -> frozenset[str]:
        """The words for rows that add up others, as they are matched: any table's and its own."""
        return frozenset(map(folded, (*_TOTALS, *self.totals)))

    @property
    def first_quarter(self) -> Quarter | None:
        """The first quarter ever published, None where nobody knows."""
        return quarter_of(self.begins) if self.begins else None

    @property
    def counted_outcomes(self) -> tuple[str, ...]:
        """The codes that are outcomes, in the order of the file."""
        return tuple(code for code, outcome in self.outcomes.items() if outcome.counted)


def expand_codes(spellings: Sequence[str], dataset: Dataset) -> tuple[str, ...]:
    """Expand outcome codes and ranges (`1-22`) to the dataset's codes, in its order.

    A range takes those codes of the dataset that lie within it and are outcomes. Raises
    ValueError for a code that the dataset does not have, or that is no outcome.
    """
    wanted: set[str] = set()
    for spelling in spellings:
        start, dash, end = spelling.partition("-")
        if dash and start.isdigit() and end.isdigit():
            span = {str(number) for number in range(int(start), int(end) + 1)}
            if span.isdisjoint(dataset.counted_outcomes):
                raise ValueError(f"there is no outcome from {start} to {end} in {dataset.id}")
            wanted |= span & set(dataset.counted_outcomes)
        elif spelling in dataset.counted_outcomes:
            wanted.add(spelling)
        elif spelling in dataset.outcomes:
            raise ValueError(
                f"code {spelling} of {dataset.id} ({dataset.outcomes[spelling].label}) "
                "is not an outcome and is in no total"
            )
        else:
            raise ValueError(f"there is no outcome `{spelling}` in {dataset.id}")
    return tuple(code for code in dataset.outcomes if code in wanted)
