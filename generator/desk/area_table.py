"""Areas in a table of their own, a row each: for a desk of more than anybody writes as YAML."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from generator.desk.areas import Area
from generator.errors import DeskError, Fault, did_you_mean

SEVERAL = ("names", "says")
"""Columns whose cells may hold several texts, with an upright bar between them."""


def read_areas(path: Path, name: str) -> list[tuple[int, Area]]:
    """Read the areas of a CSV file in UTF-8, called `name` in messages, each with its line.

    Its columns are called as the keys of an area in forces.yml; an empty cell is a key that
    is not given. Raises DeskError with every row that is at fault.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text, restkey="", strict=True)
            columns = list(reader.fieldnames or ())
            wrong = [key for key in columns if key not in Area.model_fields]
            wrong += [key for key, times in Counter(columns).items() if times > 1]
            if not columns:
                raise DeskError(Fault("The table of areas is empty.", "Write its rows.", file=name))
            if wrong:
                raise DeskError(*(_wrong_column(key, name) for key in dict.fromkeys(wrong)))
            areas: list[tuple[int, Area]] = []
            faults: list[Fault] = []
            for row in reader:
                try:
                    areas.append((reader.line_num, Area.model_validate(_given(row))))
                except ValidationError as error:
                    faults += _row_faults(error, reader.line_num, name)
    except FileNotFoundError as error:
        raise DeskError(
            Fault(
                "The table of areas is not there.",
                "Put it into config/, or take `table` out of config/forces.yml.",
                file=name,
            )
        ) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DeskError(
            Fault(
                f"The table of areas cannot be read: {error}.",
                "Save it as CSV in UTF-8, with commas.",
                file=name,
            )
        ) from error
    if faults:
        raise DeskError(*faults)
    return areas


def _given(row: Mapping[str, str | None]) -> dict[str, object]:
    """Return what a row gives of an area; more cells than columns are a key that is none."""
    return {
        key: [part for part in cell.split("|") if part.strip()] if key in SEVERAL else cell
        for key, cell in row.items()
        if cell
    }


def _row_faults(error: ValidationError, line: int, name: str) -> Iterator[Fault]:
    for detail in error.errors():
        key = str(detail["loc"][0]) if detail["loc"] else ""
        missing = detail["type"] == "missing"
        yield Fault(
            f"A row lacks its {key}." if missing else "A cell cannot be used as it is.",
            "Correct the row; docs/authoring.md describes every key of an area.",
            file=name,
            line=line,
            key=key,
            found="nothing" if missing else f"“{detail['input']}”"[:80],
            expected=detail["msg"][:1].lower() + detail["msg"][1:],
        )


def _wrong_column(key: str, name: str) -> Fault:
    known = ", ".join(Area.model_fields)
    what = "The table of areas has a column that is no key of an area."
    if key in Area.model_fields:
        what = "The table of areas has a column twice."
    near = "" if key in Area.model_fields else did_you_mean(key, Area.model_fields)
    return Fault(
        what,
        near or "Take the column out, or correct its name.",
        file=name,
        line=1,
        found=key or "a column without a name",
        expected=f"any of {known}",
    )
