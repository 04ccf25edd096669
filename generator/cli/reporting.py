"""Say on standard error what a command does, and what a user has to mend."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path
from rich.console import Console
from rich.text import Text

from generator.cluster import cluster as cluster_at
from generator.desk import Desk
from generator.errors import NewscopyError
from generator.locations import Location
from generator.model import Release
from generator.pipeline import Means
from generator.pipeline import Progress as Report
from generator.requests import find_release
from generator.workers import processes

console = Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str, style: str = "") -> None:
    """Print a line of progress or a message."""
    console.print(Text(message, style=style))


def report_error(error: NewscopyError, written: str) -> None:
    """Print every fault: what and where, what was found and expected, and the mend."""
    for fault in error.faults:
        console.print(Text("error: ", style="bold red") + Text(fault.what, style="bold"))
        for label, value in (
            ("where", fault.where),
            ("found", fault.found),
            ("expected", fault.expected),
            ("mend", fault.mend),
        ):
            if value:
                console.print(Text(f"  {label + ':':<10}", style="dim") + Text(value))
    count = len(error.faults)
    say(f"{count} fault{'' if count == 1 else 's'}; {written}.")


@dataclass(frozen=True)
class Reading:
    """The release to read, and whether it is the built-in sample."""

    path: Location
    builtin: bool


@contextmanager
def finding_release(asked: Location | None, desk: Desk, home: Path) -> Iterator[Reading]:
    """Yield the release to read, and say so if nobody named it."""
    with find_release(asked, desk, home) as (path, is_sample):
        if is_sample:
            say(
                "NO RELEASE FOUND: reading the built-in SAMPLE, whose counts are invented. "
                "Not for publication.",
                style="bold yellow",
            )
        elif asked is None:
            say(f"Reading the newest release: {path}")
        yield Reading(path, is_sample)


@contextmanager
def working(jobs: int, *, no_cache: bool, cluster: str | None = None) -> Iterator[Means]:
    """Yield what to work with: processes or a cluster, the cache, and a bar that shows progress."""
    by = processes(jobs) if cluster is None else cluster_at(cluster, say)
    with by as workers, showing_progress() as progress:
        if cluster is not None:
            _silence("distributed", "tornado", "asyncio")  # what is wrong, we say
        yield Means(workers, None if no_cache else cache_folder(), progress)


def _silence(*libraries: str) -> None:
    """Have a library that is loaded log nothing, whatever it has set for its own parts."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in libraries:
            logging.getLogger(name).setLevel(logging.CRITICAL)


def cache_folder() -> Path:
    """Return where what was read is kept: NEWSCOPY_CACHE, else where caches belong here."""
    named = os.environ.get("NEWSCOPY_CACHE")
    return Path(named).absolute() if named else user_cache_path("newscopy", appauthor=False)


def say_of(release: Release) -> None:
    """Say what a reader of a release's figures has to know."""
    if release.sample:
        say("This release is a SAMPLE: its counts are invented.", style="bold yellow")
    for sentence in release.assumed:
        say(sentence, style="yellow")


@contextmanager
def showing_progress() -> Iterator[Report]:
    """Show a bar on a terminal, and nothing elsewhere."""
    if not console.is_terminal:
        yield lambda name, done, total: None
        return
    # Loaded where it is used: most runs are in nobody's sight.
    from rich.progress import (  # noqa: PLC0415 - heavy, for a terminal
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
    )

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(name: str, done: int, total: int) -> None:
            bar.update(task, description=name, completed=done, total=total)

        yield report
