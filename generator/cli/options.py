"""The arguments and options that commands share, and how their texts are understood."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from generator.desk import Desk, as_edition, builtin_desk, is_desk, load_desk
from generator.locations import Location, as_location
from generator.periods import Period

ReleasePath = Annotated[
    Location | None,
    typer.Argument(
        parser=as_location,
        metavar="RELEASE",
        help="A folder of published files, or one file; by default the newest under releases/, "
        "else the built-in sample. It may lie in a store: s3://bucket/folder.",
    ),
]
OriginalRelease = Annotated[
    Location | None,
    typer.Option(
        "--release",
        parser=as_location,
        metavar="RELEASE",
        help="Where the release is that the drafts were made from. Default: where it was read.",
    ),
]
DeskFolder = Annotated[
    Path | None,
    typer.Option(
        "--desk",
        metavar="DIR",
        help="The desk's folder; by default the current one, if it is a desk, else the desk "
        "that comes with newscopy.",
    ),
]
FilersDesk = Annotated[
    Path | None,
    typer.Option(
        "--desk",
        metavar="DIR",
        help="The desk's folder; by default the one that the output lies in, else the one that "
        "filed it. Where neither is there, the current one or the one that comes with newscopy.",
    ),
]
Stories = Annotated[
    list[str] | None,
    typer.Option("--story", metavar="STORY", help="A story's id; repeatable. Default: all."),
]
Areas = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="AREA", help="An area's id or name; repeatable. Default: all."),
]


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


AskedPeriod = Annotated[
    Period | None,
    typer.Option(
        "--period",
        parser=_period,
        metavar="PERIOD",
        help="2020, 2019/20 or to-2020-09. Default: the newest that the release holds in full.",
    ),
]
AskedEdition = Annotated[
    str | None,
    typer.Option(
        "--edition",
        metavar="EDITION",
        help="The title to write for, by the id of a file in config/editions: its patch, in its "
        "style, filed in a folder of its own. Default: the desk's own copy.",
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        envvar="NEWSCOPY_JOBS",
        show_envvar=False,
        min=1,
        metavar="N",
        show_default=False,
        help="Processes to work with. Default: NEWSCOPY_JOBS, else one for each core.",
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Have a Dask cluster do the work, by its scheduler's address, such as "
        "tcp://scheduler:8786. Its workers have to see the desk and the release under the same "
        "paths. --jobs is then of no account.",
    ),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        help="Read every file anew, and keep nothing of what was read.",
    ),
]
CORES = os.cpu_count() or 1


def open_desk(asked: Path | None, edition: str | None = None) -> Desk:
    """Load the desk asked for, else the one here, else the one that comes with newscopy.

    With an edition it is the desk of that title.
    """
    desk = load_desk(asked or own_desk() or builtin_desk())
    return desk if edition is None else as_edition(desk, edition)


def home(asked: Path | None) -> Path:
    """Return where releases are looked for and drafts filed: in the desk asked for, else here.

    The desk that comes with newscopy is nobody's, so it has no releases and no output.
    """
    return asked or Path.cwd()


def own_desk() -> Path | None:
    """Return the current folder if it is a desk."""
    here = Path.cwd()
    return here if is_desk(here) else None
