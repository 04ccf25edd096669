"""Areas in a table of their own, a row each: for a desk of more than anybody writes as YAML."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from generator.desk.areas import Area
from generator.errors import DeskError, Fault, did_you_mean

SEVERAL = ("names", "says")
"""Columns whose cells may hold several texts, with an upright bar between them."""


def read_areas(path: Path, name: str) -> tuple[Area, ...]:
    """Read the areas of a CSV file in UTF-8, called `name` in messages.

    Its columns are called as the keys of an area in forces.yml; an empty cell is a key that
    is not given. Raises DeskError with every row that is at fault.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text, restkey="", strict=True)
            unknown = [key for key in reader.fieldnames or () if key not in Area.model_fields]
            if unknown or not reader.fieldnames:
                raise DeskError(*(_unknown_column(key, name) for key in unknown or ("",)))
            areas: list[Area] = []
            faults: list[Fault] = []
            for number, row in enumerate(reader, start=2):
                try:
                    areas.append(Area.model_validate(_given(row)))
                except ValidationError as error:
                    faults += _row_faults(error, number, name)
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
    return tuple(areas)


def _given(row: Mapping[str, str | None]) -> dict[str, object]:
    """Return what a row gives of an area; more cells than columns are a key that is none."""
    return {
        key: [part for part in cell.split("|") if part.strip()] if key in SEVERAL else cell
        for key, cell in row.items()
        if cell
    }


def _row_faults(error: ValidationError, row: int, name: str) -> Iterator[Fault]:
    for detail in error.errors():
        key = str(detail["loc"][0]) if detail["loc"] else ""
        missing = detail["type"] == "missing"
        yield Fault(
            f"A row lacks its {key}." if missing else "A cell cannot be used as it is.",
            "Correct the row; docs/authoring.md describes every key of an area.",
            file=name,
            row=row,
            key=key,
            found="nothing" if missing else f"“{detail['input']}”"[:80],
            expected=detail["msg"][:1].lower() + detail["msg"][1:],
        )


def _unknown_column(key: str, name: str) -> Fault:
    known = ", ".join(Area.model_fields)
    return Fault(
        "The table of areas has a column that is no key of an area." if key else "It is empty.",
        did_you_mean(key, Area.model_fields) or "Take the column out, or correct its name.",
        file=name,
        row=1,
        found=key or "nothing",
        expected=f"any of {known}",
    )
