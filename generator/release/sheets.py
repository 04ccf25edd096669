"""A sheet of a published file, as text: its header, and the columns that a run needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from generator.errors import Fault
from generator.release.layouts import Header


@dataclass(frozen=True)
class Sheet:
    """The data of one sheet as text; `name` is "" for a CSV.

    `columns` has an array of text (null where the cell is empty) for each field wanted;
    entry i of each stands in row `header.row + 1 + i` of the sheet. There are none where
    the sheet has `faults`.
    """

    name: str
    header: Header
    columns: Mapping[str, pa.ChunkedArray] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    assumed: tuple[str, ...] = ()
