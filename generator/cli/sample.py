"""`newscopy sample`: write a sample release in the published layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli import options
from generator.cli.reporting import say
from generator.requests import make_sample


def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write it.")],
    desk_folder: options.DeskFolder = None,
) -> None:
    """Write a sample release: the published layout and its traps, with invented counts.

    It reproduces the published figures for Derbyshire, Northumbria and England and Wales;
    everything else in it is made up, and every draft made from it says that it is a sample.
    """
    written = make_sample(folder, options.open_desk(desk_folder))
    say(f"Wrote a SAMPLE release of {len(written)} files. Its counts are invented.")
    typer.echo(folder)
