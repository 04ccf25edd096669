"""`newscopy preview`: see a draft while writing its story."""

from __future__ import annotations

from typing import Annotated

import typer

from generator.cli import options
from generator.cli.reporting import finding_release, say, say_of, working
from generator.filing import draft_to_preview
from generator.pipeline import draft
from generator.requests import Request


def preview(
    story: Annotated[str, typer.Argument(metavar="STORY", help="The story's id.")],
    area: Annotated[str, typer.Option("--area", metavar="AREA", help="The area's id or name.")],
    release: options.ReleasePath = None,
    period: options.AskedPeriod = None,
    edition: options.AskedEdition = None,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: options.DeskFolder = None,
) -> None:
    """Print one area's draft, with its brief, radio version and post, and file nothing."""
    desk = options.open_desk(desk_folder, edition)
    with (
        finding_release(release, desk, options.home(desk_folder)) as reading,
        working(jobs, no_cache=no_cache) as means,
    ):
        request = Request(reading.path, (story,), (area,), period)
        read, drafts = draft(request, desk, means)
    say_of(read)
    for each in drafts:
        typer.echo(draft_to_preview(each, read), nl=False)
        for problem in each.problems:
            say(f"{problem.level}: {problem.place}: {problem.what} {problem.mend}")
