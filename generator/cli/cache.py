"""`newscopy cache`: what is kept of files that were read."""

from __future__ import annotations

import typer

import generator.release as releases
from generator.cli.reporting import cache_folder

cache = typer.Typer(
    name="cache",
    help="What is kept of files that were read, so that none is read twice.",
    epilog="Example: newscopy cache clear",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@cache.callback()
def _cache() -> None:
    """Keep `clear` a command of its own, as the only one of its group."""


@cache.command(epilog="Example: newscopy cache clear")
def clear() -> None:
    """Delete what is kept of files that were read; the next run reads them anew.

    Nothing is lost: what is kept is only what the published files say. It lies in the
    user's cache folder, or in the one that NEWSCOPY_CACHE names.
    """
    folder = cache_folder()
    files, size = releases.Cache(folder).clear()
    typer.echo(f"Deleted {files} file{'' if files == 1 else 's'}, {size / 1e6:.1f} MB, in {folder}")
