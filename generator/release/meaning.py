"""What the texts of a published table mean: areas, quarters, outcomes and counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import NamedTuple

import pandas as pd
import yaml

from generator.desk import Area, folded
from generator.errors import did_you_mean
from generator.model import Lack
from generator.periods import financial_year
from generator.release.layouts import Layout
from generator.release.marks import KnownMarks, Meaning, folded_mark, without_notes

__all__ = ["Areas", "Counts", "Misread", "Outcomes", "financial_year_start", "folded"]

_INTEGER = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.0+)?")
_FRACTION = re.compile(r"-?[0-9][0-9,]*\.[0-9]+")
_SPACED = re.compile(r"(?<=\d)[ \u2019'](?=\d{3})")
_SPACED_NUMBER = re.compile(r"-?\d{1,3}(?:[ \u2019']\d{3})+(?:\.0+)?")
_POINTED = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_PER_CENT = re.compile(r"-?[\d.,]+ ?%")
_SCIENTIFIC = re.compile(r"-?\d(?:\.\d+)?e\+?\d{1,2}", re.IGNORECASE)
_MOST_SCIENTIFIC = 10**11
"""From here on a spreadsheet program may write digits so that have been rounded."""
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
    "Ask the publisher what stands there. Where cells below a name are empty because it was merged "
    "with them, name the column under `fill_down:` of the dataset.",
)


def is_header(text: str, header: str) -> bool:
    """Tell whether a cell has the words of its column's header again."""
    return bool(text) and folded(without_notes(text)) == folded(without_notes(header))


def merged(field: str, layout: Layout) -> Misread:
    """Return what to say of a column in which most cells below a name are empty."""
    return Misread(
        "A name stands in the first row of its block alone, as merged cells are saved.",
        "a value in every row",
        f"Write `fill_down: [{field}]` in {layout.file}, if each name is that of the rows below it "
        "until the next: they are then filled down.",
    )


def folded_names(names: Iterable[str]) -> frozenset[str]:
    """Return names in the form in which they are matched."""
    return frozenset(map(folded, names))


def financial_year_start(text: str) -> int | Misread:
    """Return the year in which a financial year begins."""
    start = financial_year(without_notes(text))
    if start is None:
        return Misread(
            "This is not a financial year.",
            "2019/20, 2019-20 or 2019/2020",
            "A row for another time than the table's does not belong to it: ask the publisher.",
        )
    return start


def quarter_number(text: str) -> int | Misread:
    """Return the number of a quarter in its financial year: 1 is April to June."""
    quarter = _QUARTER.fullmatch(without_notes(text).casefold())
    if not quarter:
        return Misread(
            "This is not a financial quarter.",
            "1 to 4, or Q1 to Q4",
            "A row for a whole year adds up others: if it is marked by a word, name that under "
            "`totals:` of the dataset.",
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
        if known is None:
            known = self.by_name.get(folded(without_notes(text)))
        return self._unknown(layout, text) if known is None else known

    def knows(self, text: str) -> bool:
        """Tell whether a text is the name of an area."""
        return bool({folded(text), folded(without_notes(text))} & self.by_name.keys())

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
        if known is None:
            known = self.by_text.get(outcome_code(without_notes(text)))
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


class Value(NamedTuple):
    """What a count's cell says: its number, 0 where there is none, and the marks on it."""

    number: int
    marks: tuple[tuple[str, Meaning], ...] = ()

    def has(self, meaning: Meaning) -> bool:
        return any(each is meaning for _, each in self.marks)


class Counts:
    """The integers and the marks that a dataset's count columns may hold."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.known = KnownMarks(layout.dataset)
        self.separator = layout.dataset.thousands
        self.own_missing = frozenset(map(folded_mark, layout.dataset.marks.missing))

    def understand(self, text: str) -> Value | Misread:
        """Return the integer with its marks. A negative one is a correction, and stays.

        A number may have marks after it, spaces between its thousands, or be written as 2.5e2.
        """
        meaning = self.known.meaning_of(text)
        if meaning is not None:
            return Value(0, ((text, meaning),))
        number = self._number(text)
        if number is not None:
            return Value(number)
        left, marks = self.known.split(text)
        meanings = tuple((mark, self.known.all[mark]) for mark in reversed(marks))
        number = self._number(left) if marks else None
        if number is None:
            return self._misread(text)
        if any(each.stands_alone for _, each in meanings):
            return Misread(
                "A number has a mark that says there is none.",
                "a whole number, or the mark alone",
                f"Ask the publisher which it is, or say what the mark means in this table: under "
                f"`marks:` in {self.layout.file} it may be `provisional`, `revised`, "
                "`estimated`, `break_in_series` or `low_reliability`.",
            )
        return Value(number, meanings)

    def is_zero_elsewhere(self, value: Value) -> bool:
        """Tell whether a mark says that there is nothing to count, which every area has to have."""
        return value.has(Meaning.NOT_APPLICABLE)

    def lack_of(self, value: Value) -> Lack:
        """Return what a value lacks: whether copy may say what its mark says."""
        if value.has(Meaning.SUPPRESSED):
            return Lack.SUPPRESSED
        if value.has(Meaning.MISSING):
            own = any(folded_mark(text) in self.own_missing for text, _ in value.marks)
            return Lack.MARKED if own else Lack.MISSING
        return Lack.NOTHING

    def _number(self, text: str) -> int | None:
        plain = text
        if self.separator == ".":
            plain = text.replace(",", "x").replace(".", ",")
        plain = _SPACED.sub("", plain) if _SPACED_NUMBER.fullmatch(plain) else plain
        if _INTEGER.fullmatch(plain):
            return int(plain.partition(".")[0].replace(",", ""))
        if _SCIENTIFIC.fullmatch(plain):
            exact = Fraction(plain)
            if exact.denominator == 1 and abs(exact) < _MOST_SCIENTIFIC:
                return int(exact)
        return None

    def _misread(self, text: str) -> Misread:
        file = self.layout.file
        if _SCIENTIFIC.fullmatch(text):
            return Misread(
                "A count in scientific notation is no whole number, or has lost digits.",
                "a whole number below 100,000,000,000",
                "Read the file that the publisher has in place of one that was saved from it: the "
                "digits are not in this one.",
            )
        if _POINTED.fullmatch(text):
            return Misread(
                "A count has points where others have commas, or is a fraction.",
                "a whole number, such as 1,234",
                f'If the points part thousands, write `thousands: "."` in {file}. If they are '
                "decimal points, the column holds rates and no counts: choose another under "
                f"`counts:` in {file}.",
            )
        if _FRACTION.fullmatch(text):
            return Misread(
                "A count is a fraction.",
                "a whole number",
                "The column holds rates, averages or estimates and no counts: choose another under "
                f"`counts:` in {file}.",
            )
        if _PER_CENT.fullmatch(text):
            return Misread(
                "A count is a percentage.",
                "a whole number",
                f"The column holds rates and no counts: choose another under `counts:` in {file}.",
            )
        if text[:1].isdigit():
            return Misread(
                "A count is neither a whole number nor one with a mark that the dataset knows.",
                "a whole number, alone or with a mark after it",
                "If what follows the number is a mark, say what it means: add it (without the "
                f"number) under `marks:` in {file}, to `provisional`, `revised`, `estimated`, "
                "`break_in_series` or `low_reliability`; the number stands.",
            )
        marks = self.layout.dataset.marks
        known = (*marks.not_applicable, *marks.missing, *marks.suppressed)
        return Misread(
            "A count is neither a whole number nor a mark that the dataset knows.",
            "a whole number" + "".join(f", or “{mark}”" for mark in known),
            " ".join(
                (
                    did_you_mean(text, known),
                    f"If it is a mark, say under `marks:` in {file} what it means: "
                    "`missing` or `suppressed`, which take out what needs the cell, or "
                    "`not_applicable`, which counts as 0 where every area has it.",
                )
            ).strip(),
        )
