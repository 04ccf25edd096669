"""Say on standard error what a command does, and what a user has to mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from generator.errors import NewscopyError
from generator.pipeline import Progress as Report

console = Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str, style: str = "") -> None:
    """Print a line of progress or a message."""
    console.print(Text(message, style=style))


def report_error(error: NewscopyError) -> None:
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
    say(f"{count} fault{'' if count == 1 else 's'}; nothing was written.")


@contextmanager
def showing_progress(what: str) -> Iterator[Report]:
    """Show a bar on a terminal, and nothing elsewhere."""
    if not console.is_terminal:
        yield lambda name, done, total: None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)

        def report(name: str, done: int, total: int) -> None:
            bar.update(task, description=f"{what} {name}", completed=done, total=total)

        yield report
