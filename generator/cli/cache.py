"""`newscopy cache clear`: forget what was read."""

from __future__ import annotations

import typer

from generator.cli.reporting import cache_folder
from generator.release import Cache


def clear() -> None:
    """Delete what is kept of files that were read; the next run reads them anew.

    Nothing is lost: what is kept is only what the published files say. It lies in the
    user's cache folder, or in the one that NEWSCOPY_CACHE names.
    """
    folder = cache_folder()
    files, size = Cache(folder).clear()
    typer.echo(f"Deleted {files} file{'' if files == 1 else 's'}, {size / 1e6:.1f} MB, in {folder}")
