"""JSON and CSV as bytes that are the same on every machine."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring

_FORMULA = re.compile(r"[=+@\t\r]|-(?!\d)")
_ON_ONE_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def as_json(value: object) -> bytes:
    """Encode as JSON that a person can read and compare; keys stay in the order given.

    That is what `json.dumps` writes with an indent of two; it takes several times as long.
    """
    return (_indented(value, "\n") + "\n").encode()


def _indented(value: object, margin: str) -> str:
    """Write a value, each member on a line of its own; `margin` begins a line."""
    if isinstance(value, str):
        return encode_basestring(value)
    inner = f"{margin}  "
    if value and isinstance(value, dict):
        members = [
            f"{encode_basestring(key)}: {_indented(each, inner)}" for key, each in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(members)}{margin}}}"
    if value and isinstance(value, list | tuple):
        members = [_indented(each, inner) for each in value]
        return f"[{inner}{f',{inner}'.join(members)}{margin}]"
    return str(value) if type(value) is int else _ON_ONE_LINE.encode(value)


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Encode as CSV; True and False become `true` and `false`, None an empty cell.

    Words that a spreadsheet program would take for a formula begin with `'` (OWASP, "CSV
    injection"): a name or a headline is nobody's program.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
