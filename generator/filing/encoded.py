"""JSON and CSV as bytes that are the same on every machine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence


def as_json(value: object) -> bytes:
    """Encode as JSON that a person can read and compare; keys stay in the order given."""
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Encode as CSV; True and False become `true` and `false`, None an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
