"""What the texts of a published table mean: areas, quarters, outcomes and counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

import pandas as pd
import yaml

from generator.desk import Area, folded
from generator.errors import did_you_mean
from generator.periods import financial_year
from generator.release.layouts import Layout

__all__ = ["Areas", "Counts", "Misread", "Outcomes", "financial_year_start", "folded"]

_INTEGER = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.0+)?")
_FRACTION = re.compile(r"-?[0-9][0-9,]*\.[0-9]+")
_QUARTER = re.compile(r"q?([1-4])(?:\.0+)?")
_CODE = re.compile(r"([0-9]+)\.0+")


class Misread(NamedTuple):
    """Why a text has no meaning here. `what` is the same for all texts of a kind."""

    what: str
    expected: str
    mend: str


EMPTY = Misread(
    "A cell is empty, or holds an error such as #DIV/0!.",
    "a value in every column of a row that is not wholly blank",
    "Compare the row with the file as it was published, and download it again.",
)


def folded_names(names: Iterable[str]) -> frozenset[str]:
    """Return names in the form in which they are matched."""
    return frozenset(map(folded, names))


def financial_year_start(text: str) -> int | Misread:
    """Return the year in which a financial year begins."""
    start = financial_year(text)
    if start is None:
        return Misread(
            "This is not a financial year.", "2019/20, 2019-20 or 2019/2020", "Correct the cell."
        )
    return start


def quarter_number(text: str) -> int | Misread:
    """Return the number of a quarter in its financial year: 1 is April to June."""
    quarter = _QUARTER.fullmatch(text.casefold())
    if not quarter:
        return Misread(
            "This is not a financial quarter.",
            "1 to 4, or Q1 to Q4",
            "Correct the cell; a row for a whole year does not belong here.",
        )
    return int(quarter[1])


class Areas:
    """The names that a table may give the desk's forces."""

    def __init__(self, forces: Sequence[Area]) -> None:
        self.forces = forces
        self.categories = pd.Index([force.id for force in forces], dtype="str")
        """Their ids, in the desk's order."""
        self.by_name = {folded(name): at for at, force in enumerate(forces) for name in force.names}

    def understand(self, layout: Layout, text: str) -> int | Misread:
        """Return the index of the force of this name."""
        known = self.by_name.get(folded(text))
        return self._unknown(layout, text) if known is None else known

    def _unknown(self, layout: Layout, text: str) -> Misread:
        near = get_close_matches(folded(text), self.by_name, n=3, cutoff=0.6)
        if near:
            forces = list(dict.fromkeys(self.forces[self.by_name[name]].id for name in near))
            force = self.forces[self.by_name[near[0]]]
            line = yaml.safe_dump([*force.names, text], default_flow_style=True, width=9999)
            mend = (
                f"The nearest that the desk knows: {', '.join(forces)}. If it is {force.id}, write "
                f"under `- id: {force.id}` in config/forces.yml: names: {line.strip()}"
            )
        else:
            name = yaml.safe_dump(text, default_style='"', width=9999).strip()
            slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "new-force"
            mend = (
                "If it is a new force, add to config/forces.yml:\n"
                f"  - id: {slug}\n    names: [{name}]\n    name: {name}\n    where: "
                + yaml.safe_dump(f"in {text}", default_style='"', width=9999).strip()
                + f"\nIf it is no area, add it to `not_areas` in {layout.file}."
            )
        return Misread("The desk knows no area of this name.", "a name in config/forces.yml", mend)


class Outcomes:
    """The codes that a dataset's outcome column may hold."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.codes = list(layout.dataset.outcomes)
        self.by_text = {code.casefold(): at for at, code in enumerate(self.codes)}

    def understand(self, text: str) -> int | Misread:
        """Return the index of the code; `0` is one like any other."""
        code = outcome_code(text)
        known = self.by_text.get(code)
        if known is not None:
            return known
        return Misread(
            "The dataset knows no outcome of this code.",
            f"one of {', '.join(self.codes)}",
            f"If the publisher has a new outcome, add to `outcomes:` in {self.layout.file}: "
            f"{yaml.safe_dump(code, width=9999).splitlines()[0]}: "
            "{label: What the publisher calls it}",
        )


def outcome_code(text: str) -> str:
    """Return a code in the form in which it is matched: `1.0`, a number in a sheet, is `1`."""
    number = _CODE.fullmatch(text)
    return number[1] if number else text.casefold()


class Counts:
    """The integers and the marks that a dataset's count columns may hold."""

    def __init__(self, layout: Layout) -> None:
        marks = layout.dataset.marks
        self.layout = layout
        self.known = (*marks.not_applicable, *marks.missing)
        self.not_applicable = {_as_mark(mark) for mark in marks.not_applicable}
        self.missing = {_as_mark(mark) for mark in marks.missing}

    def understand(self, text: str) -> int | Misread:
        """Return the integer, or 0 for a mark. A negative one is a correction, and stays."""
        if _INTEGER.fullmatch(text):
            return int(text.partition(".")[0].replace(",", ""))
        if _as_mark(text) in self.not_applicable or self.is_missing(text):
            return 0
        if _FRACTION.fullmatch(text):
            return Misread(
                "A count is a fraction.",
                "a whole number",
                "Check that the column holds counts and not rates; download the file again.",
            )
        return Misread(
            "A count is neither a whole number nor a mark that the dataset knows.",
            "a whole number" + "".join(f", or “{mark}”" for mark in self.known),
            " ".join(
                (
                    did_you_mean(text, self.known),
                    "If the publisher has a new mark, add it under `marks:` in "
                    f"{self.layout.file}: to `not_applicable`, which counts as 0, or to "
                    "`missing`, which does not.",
                )
            ).strip(),
        )

    def is_missing(self, text: str) -> bool:
        """Tell whether the text marks a number that was not provided."""
        return _as_mark(text) in self.missing


def _as_mark(text: str) -> str:
    return " ".join(text.casefold().split())
