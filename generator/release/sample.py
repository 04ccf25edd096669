"""Write a sample release in the layout of the published workbooks, traps and all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from random import Random

import xlsxwriter
import yaml
from xlsxwriter.exceptions import XlsxWriterException

from generator.collecting import no_garbage_collection
from generator.desk import Area, Dataset
from generator.errors import Fault, FilingError, RequestError
from generator.release import sample_figures as given
from generator.release.sample_counts import Closed, plan_quarters, split_among_offences
from generator.release.sample_layout import (
    EDITIONS,
    EXPIRED,
    HEADERS,
    NOTICE,
    OFFENCES,
    OUTCOMES,
    Edition,
    Offence,
)

DATASET = "police-outcomes"
PUBLISHED = datetime.date(2021, 5, 13)
PARTICULARS = "release.yml"
# A workbook of real size would take gigabytes of memory if it were held whole.
HELD_WHOLE = 20
"""Offence codes up to which a workbook is held in memory, which is quicker."""

Cell = str | int | None
Row = tuple[Cell, ...]


def write_sample(
    folder: Path,
    dataset: Dataset,
    forces: Sequence[Area],
    *,
    seed: int = 2021,
    offence_codes: int = len(OFFENCES),
) -> tuple[Path, ...]:
    """Write a sample release, April 2014 to December 2020, and return the files written.

    One workbook for each financial year, with a row for every force, quarter, offence code
    and outcome type; then `release.yml`. The counts of cases closed give the published
    figures of `sample_figures`; all others are made up. The same arguments give the same
    bytes. Beyond the codes of the sample, `offence_codes` makes codes up: 160 of them are
    the size of a real release. One expired code comes on top.

    Raises RequestError for another dataset than the one whose layout this is, FilingError
    where the folder holds anything but an earlier sample or cannot be written.
    """
    if dataset.id != DATASET:
        raise RequestError(
            Fault(
                f"There is no sample of {dataset.id}.",
                f"Take the sample of {DATASET}.",
                found=dataset.id,
                expected=DATASET,
            )
        )
    offences = _offences(offence_codes)
    rng = Random(seed)  # noqa: S311 - made-up counts, nothing to keep secret
    planned = plan_quarters([force.id for force in forces], rng)
    try:
        _make_sure_of(folder)
        # First of all, so that even what an interrupted run leaves is marked as a sample.
        particulars = folder / PARTICULARS
        particulars.write_text(_particulars(dataset), encoding="utf-8", newline="\n")
        for edition in EDITIONS:
            rows = _rows(edition, forces, offences, planned, rng)
            with no_garbage_collection():
                _write_workbook(
                    folder / edition.file, edition, rows, sparing=offence_codes > HELD_WHOLE
                )
    except (OSError, XlsxWriterException) as error:
        raise FilingError(
            Fault(
                f"The sample cannot be written: {error}.",
                "Name a folder that you may write to, on a disk with room for it.",
                file=str(folder),
            )
        ) from error
    return (*(folder / edition.file for edition in EDITIONS), particulars)


def _make_sure_of(folder: Path) -> None:
    """Make the folder, or make sure that all it holds is an earlier sample."""
    folder.mkdir(parents=True, exist_ok=True)
    here = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    foreign = sorted(here - {PARTICULARS, *(edition.file for edition in EDITIONS)})
    # Real workbooks have the very names of the sample's: only release.yml tells them apart.
    if here and (foreign or not _says_sample(folder / PARTICULARS)):
        raise FilingError(
            Fault(
                "The folder holds files that are not an earlier sample; they are left alone.",
                "Name a new or an empty folder for the sample.",
                file=str(folder),
                found=", ".join(foreign or sorted(here)),
                expected="an empty folder, or an earlier sample",
            )
        )


def _says_sample(particulars: Path) -> bool:
    try:
        said = yaml.safe_load(particulars.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return False
    return isinstance(said, dict) and said.get("sample") is True


def _particulars(dataset: Dataset) -> str:
    """Write what release.yml says of the sample."""
    said = {
        "title": f"SAMPLE (synthetic counts): {dataset.title}",
        "published": PUBLISHED,
        "publisher": dataset.publisher,
        "source": dataset.source,
        "licence": dataset.licence,
        "sample": True,
    }
    return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=200)


def _offences(number: int) -> tuple[Offence, ...]:
    """Return so many offence codes, made up beyond those of the sample, and the expired one."""
    made_up = (
        Offence(f"S{place}", f"Sample offence {place}", "Sample offences", "Sample offences", 5)
        for place in range(len(OFFENCES) + 1, number + 1)
    )
    return (*OFFENCES[:number], *made_up, EXPIRED)


def _rows(
    edition: Edition,
    forces: Sequence[Area],
    offences: Sequence[Offence],
    planned: dict[tuple[str, int, int], Closed],
    rng: Random,
) -> Iterator[Row]:
    """Yield the rows of an edition below its header, by force, quarter, offence and outcome."""
    year = edition.year
    weights = [offence.weight for offence in offences]
    for force in sorted(forces, key=_spelling):
        name = _spelling(force)
        if edition.ampersand and force.id == "avon-and-somerset":
            name = name.replace(" and ", " & ")
        missing = edition.start == given.NOT_PROVIDED_YEAR and force.id in given.NOT_PROVIDED
        for quarter in edition.quarters:
            closed = planned[force.id, edition.start, quarter]
            cells = {
                outcome: split_among_offences(closed[outcome], weights, rng)
                for outcome, *_ in OUTCOMES
                if outcome in closed
            }
            for place, offence in enumerate(offences):
                of_offence = {outcome: counts[place] for outcome, counts in cells.items()}
                for outcome, description, group in OUTCOMES:
                    recorded: Cell
                    if offence.expired:
                        recorded = edition.expired
                    elif missing:
                        recorded = "N/A - data not provided"
                    else:
                        recorded = _recorded(outcome, of_offence, edition.start)
                    yield (
                        year,
                        f"{edition.quarter}{quarter}" if edition.quarter else quarter,
                        name,
                        offence.code,
                        offence.description,
                        offence.group,
                        offence.subgroup,
                        "x" if offence.expired else None,
                        outcome,
                        description,
                        group,
                        recorded,
                        of_offence.get(outcome, "N/A"),
                    )


def _spelling(force: Area) -> str:
    """Return how the table spells a force."""
    return force.names[0] if force.names else force.name


def _recorded(outcome: int, closed: dict[int, int], start: int) -> int:
    """Make up the count of offences recorded in the quarter from those closed.

    Both bases run alike and never give the same rates: victims withdraw late, so fewer of
    the quarter's own offences have ended that way.
    """
    if outcome == 0:
        unassigned = {2020: 140, 2019: 30}.get(start, 2)  # in thousandths
        return max(0, sum(closed.values())) * unassigned // 1000
    return closed[outcome] * (92 if outcome in (14, 16) else 97) // 100


def _write_workbook(path: Path, edition: Edition, rows: Iterator[Row], *, sparing: bool) -> None:
    """Write one workbook: the front sheets, then the data."""
    with xlsxwriter.Workbook(path, {"constant_memory": sparing}) as book:
        book.set_properties(
            {
                "title": f"Crime outcomes open data, {edition.year}",
                "comments": NOTICE,
                # Left to itself, the library writes the time of day.
                "created": datetime.datetime.combine(PUBLISHED, datetime.time()),
            }
        )
        sheets: dict[str, Iterable[Row]] = {
            "Cover_sheet": (("Police recorded crime and outcomes open data tables",), (NOTICE,)),
            "Notes": (
                ("Note", "Text"),
                (1, NOTICE),
                (2, "A count can be negative where a force corrects an earlier quarter."),
            ),
            "Pivot": ((NOTICE,), ("Row Labels", "Sum of outcomes")),
            edition.sheet: chain(
                ((title,) for title in edition.titles), [(*HEADERS, *edition.counts)], rows
            ),
        }
        for name, content in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(content):
                sheet.write_row(number, 0, row)
