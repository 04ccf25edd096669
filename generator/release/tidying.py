"""Turn a sheet's text into tidy rows, or into faults, reading each distinct text once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from generator.desk import folded_code
from generator.errors import Fault
from generator.model import Lack
from generator.periods import Quarter
from generator.release import meaning
from generator.release.layouts import APART
from generator.release.marks import without_notes
from generator.release.meaning import Misread
from generator.release.sheets import Sheet
from generator.release.siblings import sibling_faults

MOST_FAULTS = 20
"""Faults of one kind that are listed one by one."""

MOST_CELLS_OF_A_NOTE = 2
MOST_NOTES = 5
"""Notes below a table, and areas, that a sentence names."""
NOT_APPLICABLE_BY = ("quarter", "outcome", "offence_code", "offence_group")
"""For what a mark of "not applicable" has to stand with every area."""

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Lacks = npt.NDArray[np.int8]


@dataclass(frozen=True)
class TidySheet:
    """A sheet's tidy rows (None where it has faults), and what was left out of them.

    `rows` is as `Observations.rows`, without `table`; `left_out` counts rows by the name
    that is no area; `assumed` says in sentences what else was not read as it stands;
    `unlisted` counts faults, by what they say, past the listed ones.
    """

    rows: pd.DataFrame | None
    faults: tuple[Fault, ...]
    left_out: Counter[str] = field(default_factory=Counter)
    unlisted: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    """Rows left out since they add up others, by the word that says so."""
    assumed: tuple[str, ...] = ()
    marked: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Cells by count, mark and what was made of it."""


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

    body = _Body(file, sheet, columns, areas)
    if body.faults:
        return TidySheet(None, tuple(body.faults))
    if not body.kept.size:
        return TidySheet(None, (_no_rows(file, sheet),))
    left_out = body.leave_out(meaning.folded_names(layout.dataset.not_areas))
    totals = body.leave_out_totals(layout.dataset.total_words)
    if not body.kept.size:
        return TidySheet(None, (_no_rows(file, sheet),), left_out, Counter(), totals)
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
    told_apart = [name for name in layout.columns if name.startswith(APART)]
    for name in ("offence_code", "offence_group", *told_apart):
        if name in layout.wanted:
            rows[name] = body.category(name)
    counts = meaning.Counts(layout)
    for name in layout.counts:
        rows[name], lacks, nothing = body.read_count(name, counts)
        rows[f"{name}_missing"] = lacks
        if nothing.any() and not body.faults:
            alone = _not_everywhere(rows, nothing)
            lacks[alone] = Lack.MISSING
            body.note_alone(name, alone, rows["area"])
    rows["row"] = (body.kept + sheet.first_row).astype(np.int32)
    if body.faults:
        return TidySheet(None, tuple(body.faults), left_out, body.unlisted)
    return TidySheet(
        pd.DataFrame(rows), (), left_out, Counter(), totals, tuple(body.assumed), body.marked
    )


def _not_everywhere(rows: Mapping[str, object], nothing: Flags) -> Flags:
    """Tell which marks of "not applicable" stand where another area has a number.

    The mark says that there is nothing to count for anybody: for that time and those codes
    every area has to have it.
    """
    frame = pd.DataFrame({name: rows[name] for name in NOT_APPLICABLE_BY if name in rows})
    everybody = (
        pd.Series(nothing).groupby([frame[name] for name in frame], observed=True).transform("all")
    )
    alone: Flags = nothing & ~everybody.to_numpy(bool)
    return alone


def _unpack(column: pa.DictionaryArray) -> Encoded:
    """Take a column apart; an empty cell is the text ""."""
    texts = [" ".join(text.split()) for text in column.dictionary.to_pylist()]
    blank = len(texts)
    codes = column.indices.fill_null(blank).to_numpy(zero_copy_only=False).astype(np.int64)
    return Encoded([*texts, ""], codes)


def _no_rows(file: str, sheet: Sheet) -> Fault:
    return Fault(
        "The table has a header and no rows.",
        "Take the file out of the release folder, if it was published so.",
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

    def __init__(
        self, file: str, sheet: Sheet, columns: dict[str, Encoded], areas: meaning.Areas
    ) -> None:
        self.file = file
        self.areas = areas
        self.sheet = sheet
        self.columns = columns
        self.faults: list[Fault] = []
        self.unlisted: Counter[str] = Counter()
        self.assumed: list[str] = []
        self.marked: Counter[tuple[str, str, str]] = Counter()
        self.kept = np.flatnonzero(~_blank_rows(list(columns.values())))
        self._end_at_notes()
        self._pass_over_headers()
        self._fill_down()

    @property
    def where(self) -> str:
        """The table as sentences name it."""
        return f"{self.file} ({self.sheet.name})" if self.sheet.name else self.file

    def _filled(self, name: str) -> Flags:
        """Tell which of the rows kept have anything in a column."""
        texts, codes = self.columns[name]
        return np.array([bool(text) for text in texts], bool)[codes[self.kept]]

    def _end_at_notes(self) -> None:
        """Take the notes below the table for notes: rows at its end with next to nothing in them.

        A row with more than a note's two cells belongs to the table, and so does an area's.
        """
        cells = np.zeros(len(self.kept), np.int64)
        is_areas = np.zeros(len(self.kept), bool)
        for name, (texts, codes) in self.columns.items():
            cells += self._filled(name)
            if name == "area":
                known = np.array([self.areas.knows(text) for text in texts], bool)
                is_areas = known[codes[self.kept]]
        rows_of_table = np.flatnonzero((cells > MOST_CELLS_OF_A_NOTE) | is_areas)
        end = int(rows_of_table[-1]) + 1 if rows_of_table.size else 0
        notes, self.kept = self.kept[end:], self.kept[:end]
        if notes.size:
            said = "; ".join(f"“{self._text_of(int(row))}”" for row in notes[:MOST_NOTES])
            more = f"; and {len(notes) - MOST_NOTES} more" if len(notes) > MOST_NOTES else ""
            self.assumed.append(f"Below the table of {self.where} stand notes: {said}{more}.")

    def _text_of(self, row: int) -> str:
        texts = (column.texts[column.codes[row]] for column in self.columns.values())
        return " ".join(filter(None, texts))

    def _pass_over_headers(self) -> None:
        """Pass over a header that comes again; it is a fault where it is another."""
        header = self.sheet.header
        again = np.zeros((len(self.columns), len(self.kept)), bool)
        for at, (name, (texts, codes)) in enumerate(self.columns.items()):
            known = header.names[header.places[name]]
            same = [meaning.is_header(text, known) for text in texts]
            again[at] = np.array(same, bool)[codes[self.kept]]
        repeated = again.all(axis=0)
        named = [at for at, name in enumerate(self.columns) if name in ("year", "area")]
        others = np.flatnonzero(again[named].all(axis=0) & ~repeated)
        if others.size:
            row = int(self.kept[others[0]])
            self.faults.append(
                Fault(
                    "A header comes again midway, and is another one.",
                    "The rows below it are another table: ask the publisher which of the two it "
                    "stands by, and leave the file out until then.",
                    file=self.file,
                    sheet=self.sheet.name,
                    row=row + self.sheet.first_row,
                    found=f"“{self._text_of(row)}”",
                    expected="the header of the table, or none",
                )
            )
        if repeated.any():
            rows = ", ".join(str(row + self.sheet.first_row) for row in self.kept[repeated])
            self.assumed.append(f"The header of {self.where} comes again, in row {rows}.")
            self.kept = self.kept[~repeated]

    def _fill_down(self) -> None:
        """Put a name into the rows below it, in the columns where the dataset says so."""
        layout = self.sheet.header.layout
        for name in layout.dataset.fill_down:
            if name not in self.columns or not self.kept.size:
                continue
            texts, codes = self.columns[name]
            filled = self._filled(name)
            places = np.maximum.accumulate(np.where(filled, np.arange(len(self.kept)), 0))
            changed = codes.copy()
            changed[self.kept] = codes[self.kept[places]]
            self.columns[name] = Encoded(texts, changed)
            if not filled.all():
                header = self.sheet.header.names[self.sheet.header.places[name]]
                self.assumed.append(
                    f"“{header}” of {self.where} was filled down into {(~filled).sum():,} rows."
                )

    def leave_out(self, names: frozenset[str]) -> Counter[str]:
        """Leave out the rows of names that are no areas; return how many, by name."""
        texts, codes = self.columns["area"]
        out = np.array([meaning.folded(text) in names for text in texts], bool)
        areas = codes[self.kept]
        times = np.bincount(areas, minlength=len(texts))
        self.kept = self.kept[~out[areas]]
        return Counter({texts[at]: int(times[at]) for at in np.flatnonzero(out) if times[at]})

    def leave_out_totals(self, words: frozenset[str]) -> Counter[str]:
        """Leave out rows that add up others by what a column says; return how many, by word.

        A column that says nothing else has no others to add up.
        """
        left_out: Counter[str] = Counter()
        for name in ("offence_code", "offence_group", "outcome", "area"):
            if name in self.columns:
                texts, codes = self.columns[name]
                out = np.array([meaning.folded(text) in words for text in texts], bool)
                mine = codes[self.kept]
                if out[mine].all():
                    continue
                for at in np.flatnonzero(out):
                    if times := int((mine == at).sum()):
                        left_out[texts[at]] += times
                self.kept = self.kept[~out[mine]]
        return left_out

    def read_count(self, name: str, counts: meaning.Counts) -> tuple[Codes, Lacks, Flags]:
        """Return a count's numbers, what each lacks, and where it is marked as not applicable."""
        texts, codes = self.columns[name]
        values: dict[str, meaning.Value] = {}

        def understand(text: str) -> int | Misread:
            value = counts.understand(text)
            if isinstance(value, Misread):
                return value
            values[text] = value
            return value.number

        numbers = self.read(name, understand)
        nothing = meaning.Value(0)
        of_text = [values.get(text, nothing) for text in texts]
        lacks = np.array([counts.lack_of(value) for value in of_text], np.int8)
        zeros = np.array([counts.is_zero_elsewhere(value) for value in of_text], bool)
        mine = codes[self.kept]
        times = np.bincount(mine, minlength=len(texts))
        for at, value in enumerate(of_text):
            for mark, means in value.marks:
                self.marked[name, mark, means.value] += int(times[at])
        return numbers, lacks[mine], zeros[mine]

    def note_alone(self, name: str, alone: Flags, areas: object) -> None:
        """Say of which areas a mark of "not applicable" was taken for one of a missing number."""
        if not alone.any():
            return
        called = {force.id: force.police or force.name for force in self.areas.forces}
        names = sorted({called[area] for area in pd.Series(areas)[alone].astype(str)})
        listed = ", ".join(names[:MOST_NOTES]) + (" and others" if len(names) > MOST_NOTES else "")
        self.assumed.append(
            f"{name} in {self.where}: {alone.sum():,} cells of {listed} are marked as not "
            "applicable where other areas have numbers: they are taken to be missing, not 0."
        )

    def read(self, name: str, understand: Callable[[str], int | Misread]) -> Codes:
        """Return the column as numbers; what is not understood is a fault, and 0."""
        texts, codes = self.columns[name]
        codes = codes[self.kept]
        values = np.zeros(len(texts), np.int64)
        misread: list[tuple[int, Misread]] = []
        times = np.bincount(codes, minlength=len(texts))
        for at in np.flatnonzero(times):
            value = understand(texts[at]) if texts[at] else self._empty(name, codes)
            if isinstance(value, Misread):
                misread.append((int(at), value))
            else:
                values[at] = value
        self._note(name, codes, times, misread)
        return values[codes]

    def category(self, name: str) -> pd.Categorical[str]:
        """Return the column as a category of its own texts, in order of the alphabet.

        Texts that differ in nothing but their spelling are one: the first of the alphabet.
        """
        texts, _ = self.columns[name]
        spelt: dict[str, str] = {}
        for text in sorted(filter(None, texts)):
            spelt.setdefault(folded_code(without_notes(text)), text)
        categories = sorted(spelt.values())
        places = {text: at for at, text in enumerate(categories)}
        codes = self.read(name, lambda text: places[spelt[folded_code(without_notes(text))]])
        if not categories:  # every cell is blank, and a fault
            codes = codes - 1
        return pd.Categorical.from_codes(codes, _index(categories))

    def _empty(self, name: str, codes: Codes) -> Misread:
        """Say of a column with empty cells what may be the matter with them."""
        texts = self.columns[name].texts
        filled = np.array([bool(text) for text in texts], bool)[codes]
        in_blocks = filled[0] and np.flatnonzero(~filled).size > filled.sum()
        if name in self.sheet.header.layout.dataset.counts or not in_blocks:
            return meaning.EMPTY
        return meaning.merged(name, self.sheet.header.layout)

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
