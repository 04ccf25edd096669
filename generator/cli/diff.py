"""`newscopy diff`: what a new release changes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from generator.cli import options, outputs
from generator.cli.difference_rows import as_csv, as_json
from generator.cli.differences import as_text
from generator.cli.reporting import say, say_of, working
from generator.filed.places import brought
from generator.filed.revision import Asked, revise
from generator.filing import revision_html
from generator.locations import Location, as_location
from generator.writing import say_turned

WRONG = 3
"""Exit status with --strict: a filed draft has a sentence that is now false."""


class Format(StrEnum):
    """How what differs is printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


def diff(
    old: Annotated[
        Location,
        typer.Argument(
            parser=as_location,
            metavar="OLD",
            help="The older release: a folder of published files, or one file; or an output "
            "folder, or a draft in one, to see which filed stories are now wrong.",
        ),
    ],
    new: Annotated[
        Location,
        typer.Argument(
            parser=as_location,
            metavar="NEW",
            help="The new release: a folder, or one file.",
        ),
    ],
    story: options.Stories = None,
    area: options.Areas = None,
    period: options.AskedPeriod = None,
    release: Annotated[
        Location | None,
        typer.Option(
            "--release",
            parser=as_location,
            metavar="RELEASE",
            help="Where the release is that filed drafts were made from. Default: where it was "
            "read.",
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with status 3 if a filed sentence is now false."),
    ] = False,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: options.FilersDesk = None,
) -> None:
    """Tell what a new release changes: stories now wrong, findings turned, figures restated.

    Filed stories are read again as they lie, edited ones included, and a correction is
    proposed for every sentence that the new release makes false. Exit status: 0 done; 1 bad
    input or config; 2 usage; 3 (with --strict) a filed draft has a sentence that is now false.
    """
    asked = Asked(tuple(story or ()), tuple(area or ()), period)
    with (
        working(jobs, no_cache=no_cache) as means,
        outputs.reopened(old, desk_folder) as it,
        brought(new) as after,
    ):
        revision = revise(it.path, after, it.desk, it.home, asked, release=release, means=means)
    say_of(revision.new)
    if revision.sample and not revision.new.sample:
        say("The older release is a SAMPLE: its counts are invented.", style="bold yellow")
    match form:
        case Format.CSV:
            typer.echo(as_csv(revision), nl=False)
        case Format.JSON:
            typer.echo(as_json(revision))
        case Format.HTML:
            typer.echo(revision_html(revision, it.desk, say_turned), nl=False)
        case Format.TEXT:
            typer.echo(as_text(revision))
    if strict and revision.wrong:
        raise typer.Exit(WRONG)
