"""`newscopy doubts`: what in the figures is in doubt, what that touches, what was answered."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from generator.cli import options
from generator.cli.doubt_rows import as_csv, as_json
from generator.cli.doubts_told import as_text
from generator.cli.reporting import finding_release, say_of, working
from generator.filed.doubts import list_doubts, only_of
from generator.requests import Request, choose_areas


class Format(StrEnum):
    """How the doubts are printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def doubts(
    release: options.ReleasePath = None,
    story: options.Stories = None,
    area: options.Areas = None,
    period: options.AskedPeriod = None,
    edition: options.AskedEdition = None,
    form: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TEXT,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: options.DeskFolder = None,
) -> None:
    """List what in the figures is in doubt, and what was answered, the gravest first.

    Of each doubt: what was found and what would be usual, which sentences of which drafts rest
    on it, and what they would say. Then who has answered what, and which answers hold no
    longer, as the figure was restated. Nothing is filed.
    """
    desk = options.open_desk(desk_folder, edition)
    asked = choose_areas(desk, area or ())
    with (
        finding_release(release, desk, options.home(desk_folder)) as reading,
        working(jobs, no_cache=no_cache) as means,
    ):
        # Of an area the nation's draft tells too what rests on its figures.
        nation = [desk.nation.id] if area and desk.nation in desk.covered else []
        areas = tuple(dict.fromkeys([*(area or ()), *nation]))
        request = Request(reading.path, tuple(story or ()), areas, period)
        listed = list_doubts(request, desk, means)
    say_of(listed.release)
    if area:
        listed = only_of(listed, set(asked))
    match form:
        case Format.CSV:
            typer.echo(as_csv(listed), nl=False)
        case Format.JSON:
            typer.echo(as_json(listed))
        case Format.TEXT:
            typer.echo(as_text(listed))
