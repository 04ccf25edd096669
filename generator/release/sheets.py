"""A sheet of a published file, as text: its header, and every column that the dataset knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from generator.errors import Fault
from generator.release.layouts import Header

TEXT = pa.dictionary(pa.int32(), pa.string())
"""How a column is held: each distinct text once, and for each row which of them it has."""


@dataclass(frozen=True)
class Sheet:
    """The data of one sheet as text; `name` is "" for a CSV.

    `columns` has an array of `TEXT` (null where the cell is empty) for each field that the
    sheet has; entry i of each stands in row `first_row + i` of the sheet. There are none
    where the sheet has `faults`. A sheet that is read in pieces is as many of these: there
    are so many rows `before` one, below the header.
    """

    name: str
    header: Header
    columns: Mapping[str, pa.DictionaryArray] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    assumed: tuple[str, ...] = ()
    before: int = 0
    unread: tuple[str, ...] = ()
    """Other sheets of the workbook, in which no table of the dataset begins."""

    @property
    def first_row(self) -> int:
        """The row of the first entry, as the file shows it."""
        return self.header.row + 1 + self.before

    @property
    def last_row(self) -> int:
        """The row of the last entry, as the file shows it; that of the header if there is none."""
        return self.first_row + max(map(len, self.columns.values()), default=0) - 1


def encoded(texts: pa.ChunkedArray) -> pa.DictionaryArray:
    """Encode a column of text, or of text that is encoded chunk by chunk, as `TEXT`."""
    return texts.dictionary_encode().unify_dictionaries().combine_chunks()
