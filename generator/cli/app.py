"""The command line: its commands, and the one place where errors are caught."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated

import typer

from generator import __version__
from generator.cli.approve import approve, spike
from generator.cli.cache import clear
from generator.cli.check import check
from generator.cli.desks import init, new_story
from generator.cli.diff import diff
from generator.cli.explain import explain
from generator.cli.figures import figures
from generator.cli.log import log
from generator.cli.preview import preview
from generator.cli.reporting import report_error
from generator.cli.run import run
from generator.cli.sample import sample
from generator.errors import Fault, NewscopyError, RequestError

BAD_INPUT = 1
"""Exit status: bad input or config, nothing written. By Typer: usage is 2, interrupted 130."""

app = typer.Typer(
    name="newscopy",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_COMMANDS: tuple[tuple[str, Callable[..., None], str], ...] = (
    ("run", run, "newscopy run --area derbyshire --period 2020"),
    ("check", check, "newscopy check output/victim-withdrawal"),
    ("approve", approve, 'newscopy approve output/charged/2020/derbyshire --by "Ann Editor"'),
    ("spike", spike, 'newscopy spike output/charged/2020/kent --by "Ann Editor"'),
    ("log", log, "newscopy log output/victim-withdrawal"),
    ("diff", diff, "newscopy diff output releases/2021-05-13-table"),
    ("figures", figures, "newscopy figures --story charged --format csv"),
    ("explain", explain, 'newscopy explain derbyshire "29.3%"'),
    ("preview", preview, "newscopy preview victim-withdrawal --area northumbria"),
    ("sample", sample, "newscopy sample releases/2021-05-13"),
    ("init", init, "newscopy init my-desk"),
    ("new-story", new_story, "newscopy new-story cautions"),
)
for _name, _command, _example in _COMMANDS:
    _summary = (_command.__doc__ or "").partition("\n\n")[0]
    app.command(_name, short_help=_summary, epilog=f"Example: {_example}")(_command)

cache = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
cache.command("clear", epilog="Example: newscopy cache clear")(clear)
app.add_typer(
    cache,
    name="cache",
    help="What is kept of files that were read, so that none is read twice.",
    epilog="Example: newscopy cache clear",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"newscopy {__version__}")
        raise typer.Exit


@app.callback(epilog="Example: newscopy run")
def _newscopy(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn a release of official statistics into localised news drafts, every figure traced."""


def main() -> None:
    """Run a command; a fault that the user can mend is told, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8",
                errors="backslashreplace",
                newline="\n" if stream is sys.stdout else None,
            )
    try:
        app()
    except NewscopyError as error:
        report_error(error)
        sys.exit(BAD_INPUT)
    except OSError as error:
        refused = Fault(
            f"The system refuses: {error.strerror or error}.",
            "See that it is there, that you may read and write it, and that the disk has room.",
            file=str(error.filename or ""),
        )
        report_error(RequestError(refused), "something may have been written before it")
        sys.exit(BAD_INPUT)
