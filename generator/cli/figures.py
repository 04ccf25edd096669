"""`newscopy figures`: the figures and findings alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from generator.cli import options
from generator.cli.reporting import finding_release, say_of, working
from generator.model import Facts, MeasureFacts, Point
from generator.pipeline import measure_release
from generator.printing import print_exact, print_figure
from generator.requests import Request, choose_areas, choose_stories

Row = dict[str, str]


class Format(StrEnum):
    """How the rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def figures(
    release: options.ReleasePath = None,
    story: options.Stories = None,
    area: options.Areas = None,
    period: options.AskedPeriod = None,
    form: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TABLE,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: options.DeskFolder = None,
) -> None:
    """Print every figure of a release with its exact value, and the findings that hold.

    One row for each story, area, measure and period: `exact` is the count, or the two
    counts of a share; `findings` are those of the newest period.
    """
    desk = options.open_desk(desk_folder)
    stories = choose_stories(desk, story or ())
    areas = choose_areas(desk, area or ())
    with (
        finding_release(release, desk, options.home(desk_folder)) as reading,
        working(jobs, no_cache=no_cache) as means,
    ):
        request = Request(reading.path, period=period)
        read, facts = measure_release(request, stories, desk, means)
    say_of(read)
    rows = [row for each in facts if each.area.id in areas for row in _rows(each)]
    match form:
        case Format.CSV:
            typer.echo(_as_csv(rows), nl=False)
        case Format.JSON:
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        case Format.TABLE:
            typer.echo(_as_table(rows))


def _rows(facts: Facts) -> Iterator[Row]:
    for measured in facts.measures.values():
        for point in measured.series:
            yield {
                "story": facts.story.id,
                "area": facts.area.id,
                "measure": measured.name,
                "period": str(point.period),
                "exact": print_exact(point.figure) if point.figure else "",
                "printed": print_figure(point.figure) if point.figure else "",
                "complete": "yes" if point.complete else "no",
                "why": point.why,
                "findings": " ".join(_findings(measured, point)),
            }


def _findings(measured: MeasureFacts, point: Point) -> Iterator[str]:
    """Name the findings that hold, for the period that they are about."""
    if point.period != measured.period:
        return
    for name in ("record_high", "joint_high", "record_low", "joint_low", "hidden_record"):
        if getattr(measured, name):
            yield name
    for name in ("on_baseline", "on_previous", "on_first", "against_nation"):
        for direction in ("higher", "lower", "level"):
            if getattr(getattr(measured, name), direction):
                yield f"{name}.{direction}"


def _as_csv(rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _as_table(rows: list[Row]) -> str:
    """Align the columns; nothing is cut off, since a lost digit is worse than a wide line."""
    lines = [{column: column for column in rows[0]}, *rows]
    widths = {column: max(len(line[column]) for line in lines) for column in rows[0]}
    numeric = ("exact", "printed")
    return "\n".join(
        "  ".join(
            text.rjust(widths[column]) if column in numeric else text.ljust(widths[column])
            for column, text in line.items()
        ).rstrip()
        for line in lines
    )
