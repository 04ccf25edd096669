"""The command line: its commands, and the one place where errors are caught."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from generator import __version__
from generator.errors import Fault, NewscopyError, RequestError

BAD_INPUT = 1
"""Exit status: bad input or config, nothing written. By Typer: usage is 2, interrupted 130."""


class _Command(NamedTuple):
    """A command: its module and function under `generator.cli`, and what the help says of it."""

    place: str
    summary: str
    example: str


COMMANDS = {
    "run": _Command(
        "run:run",
        "Read a release, measure it, write a draft for each area, check it and file it.",
        "newscopy run --area derbyshire --period 2020",
    ),
    "check": _Command(
        "check:check",
        "Proofread every article that lies in an output folder now, edited ones included.",
        "newscopy check output/victim-withdrawal",
    ),
    "approve": _Command(
        "approve:approve",
        "Check a draft as it lies there, and log that it is approved.",
        'newscopy approve output/charged/2020/derbyshire --by "Ann Editor"',
    ),
    "hold": _Command(
        "approve:hold",
        "Log that a draft is not to run yet, and have its files say so.",
        'newscopy hold output/charged/2020/kent --by "Ann Editor"',
    ),
    "spike": _Command(
        "approve:spike",
        "Log that a draft is not to run, and have its files say so.",
        'newscopy spike output/charged/2020/kent --by "Ann Editor"',
    ),
    "review": _Command(
        "review:review",
        "Show the drafts on a web page: read, trace, change and decide on them.",
        "newscopy review --port 8000",
    ),
    "user": _Command(
        "users:user",
        "Who may sign in on the review page, and what they may do there.",
        "newscopy user list",
    ),
    "log": _Command(
        "log:log",
        "Print what was filed, merged, saved and decided, by whom and when, the oldest first.",
        "newscopy log output/victim-withdrawal",
    ),
    "diff": _Command(
        "diff:diff",
        "Tell what a new release changes: stories now wrong, findings turned, figures restated.",
        "newscopy diff output releases/2021-05-13-table",
    ),
    "figures": _Command(
        "figures:figures",
        "Print every figure of a release with its exact value, and the findings that hold.",
        "newscopy figures --story charged --format csv",
    ),
    "doubts": _Command(
        "doubts:doubts",
        "List what in the figures is in doubt, and what was answered, the gravest first.",
        "newscopy doubts --story charged",
    ),
    "believe": _Command(
        "answers:believe",
        "Answer a doubt: the figures stand. Of one quarter, an area, or all that is in doubt.",
        'newscopy believe kent 2020-04 --by "Ann Editor" --why "The force has checked it" --yes',
    ),
    "leave-out": _Command(
        "answers:leave_out",
        "Answer a doubt: leave the area out of every period that the quarter is in.",
        'newscopy leave-out kent 2020-04 --by "Ann Editor" --why "Its press office, by phone" '
        '--words "closed a backlog of cases at once" --source "its press office" --yes',
    ),
    "take-back": _Command(
        "answers:take_back",
        "Take back what was answered to a doubt, which is raised anew by it.",
        "newscopy take-back kent 2020-04 --yes",
    ),
    "explain": _Command(
        "explain:explain",
        "Explain a printed figure: its formula, its counts, and the published rows they add up.",
        'newscopy explain derbyshire "29.3%"',
    ),
    "preview": _Command(
        "preview:preview",
        "Print one area's draft, with its brief, radio version and post, and file nothing.",
        "newscopy preview victim-withdrawal --area northumbria",
    ),
    "sample": _Command(
        "sample:sample",
        "Write a sample release: the published layout and its traps, with invented counts.",
        "newscopy sample releases/2021-05-13",
    ),
    "init": _Command(
        "desks:init",
        "Start a desk: write config and templates, yours to change, into a new folder.",
        "newscopy init my-desk",
    ),
    "new-story": _Command(
        "desks:new_story",
        "Start a story: a YAML file and templates that run as they are, to be rewritten.",
        "newscopy new-story cautions",
    ),
    "cache": _Command(
        "cache:cache",
        "What is kept of files that were read, so that none is read twice.",
        "newscopy cache clear",
    ),
}
"""Every command. Its module, and whatever that needs, is imported when it is called."""


class _LazyGroup(TyperGroup):
    """Lists its commands by stand-ins, and imports the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is called, by its name, and what is left of the arguments."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, load_command(str(name)), rest


def load_command(name: str) -> TyperCommand | TyperGroup:
    """Import a command, or a group of them, and make it ready to be called."""
    known = COMMANDS[name]
    module, _, function = known.place.partition(":")
    found = getattr(import_module(f"generator.cli.{module}"), function)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(**_PLAIN)
        alone.command(name, epilog=f"Example: {known.example}")(found)
        found = alone
    command = typer.main.get_command(found)
    assert isinstance(command, TyperCommand | TyperGroup)  # noqa: S101 - Typer makes no others
    return command


_PLAIN: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
}
app = typer.Typer(name="newscopy", cls=_LazyGroup, no_args_is_help=True, **_PLAIN)
for _name, _known in COMMANDS.items():
    app.command(_name, short_help=_known.summary)(lambda: None)


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
        with _orderly_end():
            app()
    except NewscopyError as error:
        _report(error)
        sys.exit(BAD_INPUT)
    except OSError as error:
        refused = Fault(
            f"The system refuses: {error.strerror or error}.",
            "See that it is there, that you may read and write it, and that the disk has room.",
            file=str(error.filename or ""),
        )
        _report(RequestError(refused), "something may have been written before it")
        sys.exit(BAD_INPUT)


@contextmanager
def _orderly_end() -> Iterator[None]:
    """Have whoever ends the command wait until it has let go of what it holds, as Ctrl-C does."""

    def interrupt(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second one would cut short the letting go
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _report(error: NewscopyError, written: str = "") -> None:
    from generator.cli.reporting import report_error  # noqa: PLC0415 - seldom needed, and heavy

    report_error(error, written or error.written)
