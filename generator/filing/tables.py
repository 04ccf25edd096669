"""Which columns of an article's table are numbers, so that every format aligns them alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[-−]?\d[\d,.]*%?")


def numeric_columns(rows: Sequence[Sequence[str]]) -> tuple[bool, ...]:
    """Tell for each column whether most of it, under its header, is numbers.

    Most, not all: where a number is missing a dash stands, or the reason in words.
    """
    columns = range(max(map(len, rows), default=0))
    cells = [[row[column] for row in rows[1:] if column < len(row)] for column in columns]
    return tuple(
        sum(bool(_NUMBER.fullmatch(cell)) for cell in column) * 2 > len(column) for column in cells
    )
