"""Turn a sheet's text into tidy rows, or into faults, reading each distinct text once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from generator.errors import Fault
from generator.periods import Quarter
from generator.release import meaning
from generator.release.meaning import Misread
from generator.release.sheets import Sheet
from generator.release.siblings import sibling_faults

MOST_FAULTS = 20
"""Faults of one kind that are listed one by one."""

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class TidySheet:
    """A sheet's tidy rows (None where it has faults), and what was left out of them.

    `rows` is as `Observations.rows`, without `table`; `left_out` counts rows by the name
    that is no area; `unlisted` counts faults, by what they say, past the listed ones.
    """

    rows: pd.DataFrame | None
    faults: tuple[Fault, ...]
    left_out: Counter[str] = field(default_factory=Counter)
    unlisted: Counter[str] = field(default_factory=Counter)


class Encoded(NamedTuple):
    """A column by its distinct texts, without stray spaces: `texts[codes[i]]` is row i's."""

    texts: list[str]
    codes: Codes


def tidy(sheet: Sheet, file: str, areas: meaning.Areas) -> TidySheet:
    """Read the meaning of every row of a sheet of the file called `file` in messages.

    `areas` knows the names that tables give the desk's areas.
    """
    layout = sheet.header.layout
    columns = {name: _unpack(column) for name, column in sheet.columns.items()}
    named, outcomes = (columns[of].texts if of in columns else [] for of in ("area", "outcome"))
    sibling = sibling_faults(sheet, file, named, outcomes)
    if sibling or sheet.faults:
        return TidySheet(None, sibling or sheet.faults)

    body = _Body(file, sheet, columns)
    if not body.kept.size:
        return TidySheet(None, (_no_rows(file, sheet),))
    left_out = body.leave_out(meaning.folded_names(layout.dataset.not_areas))
    rows: dict[str, object] = {
        "area": pd.Categorical.from_codes(
            body.read("area", partial(areas.understand, layout)), areas.categories
        ),
        "quarter": _ordinals(
            body.read("year", meaning.financial_year_start),
            body.read("quarter", meaning.quarter_number),
        ),
    }
    if "outcome" in columns:
        known = meaning.Outcomes(layout)
        rows["outcome"] = pd.Categorical.from_codes(
            body.read("outcome", known.understand), _index(known.codes)
        )
    for name in ("offence_code", "offence_group"):
        if name in layout.wanted:
            rows[name] = body.category(name)
    counts = meaning.Counts(layout)
    for name in layout.counts:
        rows[name] = body.read(name, counts.understand)
        rows[f"{name}_missing"] = body.flags(name, counts.is_missing)
    rows["row"] = (body.kept + sheet.first_row).astype(np.int32)
    if body.faults:
        return TidySheet(None, tuple(body.faults), left_out, body.unlisted)
    return TidySheet(pd.DataFrame(rows), (), left_out)


def _unpack(column: pa.DictionaryArray) -> Encoded:
    """Take a column apart; an empty cell is the text ""."""
    texts = [" ".join(text.split()) for text in column.dictionary.to_pylist()]
    blank = len(texts)
    codes = column.indices.fill_null(blank).to_numpy(zero_copy_only=False).astype(np.int64)
    return Encoded([*texts, ""], codes)


def _no_rows(file: str, sheet: Sheet) -> Fault:
    return Fault(
        "The table has a header and no rows.",
        "Download the file again, or take it out of the release folder.",
        file=file,
        sheet=sheet.name,
        row=sheet.header.row or None,
    )


def _ordinals(starts: Codes, numbers: Codes) -> npt.NDArray[np.int32]:
    """Turn financial years and their quarters into ordinals, one distinct pair at a time."""
    places, pairs = pd.factorize(starts * 10 + numbers)
    ordinals = [
        Quarter.of_financial_year(int(pair) // 10, int(pair) % 10).ordinal for pair in pairs
    ]
    return np.array(ordinals, np.int32)[places]


def _index(texts: list[str]) -> pd.Index[str]:
    return pd.Index(texts, dtype="str")


class _Body:
    """The rows of a sheet that are kept, and the faults found in them."""

    def __init__(self, file: str, sheet: Sheet, columns: dict[str, Encoded]) -> None:
        self.file = file
        self.sheet = sheet
        self.columns = columns
        self.faults: list[Fault] = []
        self.unlisted: Counter[str] = Counter()
        self.kept = np.flatnonzero(~_blank_rows(list(columns.values())))

    def leave_out(self, names: frozenset[str]) -> Counter[str]:
        """Leave out the rows of names that are no areas; return how many, by name."""
        texts, codes = self.columns["area"]
        out = np.array([meaning.folded(text) in names for text in texts], bool)
        areas = codes[self.kept]
        times = np.bincount(areas, minlength=len(texts))
        self.kept = self.kept[~out[areas]]
        return Counter({texts[at]: int(times[at]) for at in np.flatnonzero(out) if times[at]})

    def read(self, name: str, understand: Callable[[str], int | Misread]) -> Codes:
        """Return the column as numbers; what is not understood is a fault, and 0."""
        texts, codes = self.columns[name]
        codes = codes[self.kept]
        values = np.zeros(len(texts), np.int64)
        misread: list[tuple[int, Misread]] = []
        times = np.bincount(codes, minlength=len(texts))
        for at in np.flatnonzero(times):
            value = understand(texts[at]) if texts[at] else meaning.EMPTY
            if isinstance(value, Misread):
                misread.append((int(at), value))
            else:
                values[at] = value
        self._note(name, codes, times, misread)
        return values[codes]

    def flags(self, name: str, holds: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
        """Return whether something holds of each row's text."""
        texts, codes = self.columns[name]
        return np.array([holds(text) for text in texts], bool)[codes[self.kept]]

    def category(self, name: str) -> pd.Categorical[str]:
        """Return the column as a category of its own texts, in order of the alphabet."""
        texts, _ = self.columns[name]
        categories = sorted({text for text in texts if text})
        places = {text: at for at, text in enumerate(categories)}
        codes = self.read(name, places.__getitem__)
        if not categories:  # every cell is blank, and a fault
            codes = codes - 1
        return pd.Categorical.from_codes(codes, _index(categories))

    def _note(
        self,
        name: str,
        codes: Codes,
        times: npt.NDArray[np.int64],
        misread: Sequence[tuple[int, Misread]],
    ) -> None:
        """Turn what was misread into faults, the first row of each with how many there are."""
        if not misread:
            return
        firsts = np.zeros(len(times), np.int64)
        firsts[codes[::-1]] = np.arange(len(codes))[::-1]  # of several rows, the last to be set
        header = self.sheet.header
        listed: Counter[str] = Counter()
        for at, why in sorted(misread, key=lambda one: int(firsts[one[0]])):
            listed[why.what] += 1
            if listed[why.what] > MOST_FAULTS:
                self.unlisted[why.what] += 1
                continue
            text = self.columns[name].texts[at]
            rows = f" in {times[at]:,} rows" if times[at] > 1 else ""
            self.faults.append(
                Fault(
                    why.what,
                    why.mend,
                    file=self.file,
                    sheet=self.sheet.name,
                    row=int(self.kept[firsts[at]]) + self.sheet.first_row,
                    key=header.names[header.places[name]],
                    found=(f"“{text}”" if text else "nothing") + rows,
                    expected=why.expected,
                )
            )


def _blank_rows(columns: Sequence[Encoded]) -> npt.NDArray[np.bool_]:
    """Tell which rows are blank in every column that is read."""
    blank = np.ones(len(columns[0].codes), bool)
    for texts, codes in columns:
        blank &= np.array([not text for text in texts], bool)[codes]
        if not blank.any():
            break
    return blank
