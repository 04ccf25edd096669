"""`newscopy believe`, `leave-out` and `take-back`: what is answered to doubts about figures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from generator.cli import options
from generator.cli.changes_told import say_approved, say_changes, say_left
from generator.cli.reporting import finding_release, say, say_of, working
from generator.desk import Answer, Desk, Ruling, record_answers
from generator.errors import Fault, RequestError
from generator.filed.answering import (
    Said,
    choose,
    choose_given,
    find_approved,
    find_changes,
    make_answers,
    outputs_of,
    see_said,
)
from generator.filed.doubts import Doubts, Raised, list_doubts
from generator.filed.places import brought, find_place
from generator.filing import now
from generator.locations import Location, as_location
from generator.periods import Period
from generator.pipeline import Means
from generator.printing import print_answer
from generator.requests import Request

UNANSWERED = 2
"""Exit status: nobody was there to say yes, and --yes was not given."""

Area = Annotated[
    str | None, typer.Argument(metavar="AREA", help="An area's id or name.", show_default=False)
]
Step = Annotated[
    str | None,
    typer.Argument(
        metavar="STEP",
        help="The first month of the quarter, such as 2018-04. Default: all that is in doubt of "
        "the area.",
        show_default=False,
    ),
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers.")]
Why = Annotated[
    str,
    typer.Option(
        "--why", metavar="WORDS", help="What makes you sure: whom you asked, what is known."
    ),
]
Every = Annotated[
    bool,
    typer.Option(
        "--all",
        help="All that is in doubt, but for values below a fifth of what is expected: those are "
        "answered one by one.",
    ),
]
ReleaseOption = Annotated[
    Location | None,
    typer.Option(
        "--release",
        parser=as_location,
        metavar="RELEASE",
        help="The release whose figures are in doubt. Default: the newest under releases/.",
    ),
]
Output = Annotated[
    Location | None,
    typer.Option(
        "--output",
        parser=as_location,
        metavar="DIR",
        help="Where drafts are filed, to see which of those that change were approved. Default: "
        "output/, with the folders of editions there.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask: write it once it is shown.")]
OwnDesk = Annotated[
    Path | None,
    typer.Option("--desk", metavar="DIR", help="Your desk's folder; by default this one."),
]


def believe(
    by: By,
    why: Why,
    area: Area = None,
    step: Step = None,
    every: Every = False,
    release: ReleaseOption = None,
    story: options.Stories = None,
    period: options.AskedPeriod = None,
    output: Output = None,
    yes: Yes = False,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: OwnDesk = None,
) -> None:
    """Answer a doubt: the figures stand. Of one quarter, an area, or all that is in doubt.

    Shows which drafts change, asks, and writes config/doubts.yml; the next newscopy run files
    what changes. The answer holds for the counts that were seen: once they are restated, the
    doubt is raised anew.
    """
    asked = _Asked(area, step, every, release, tuple(story or ()), period, output)
    said = Said(Ruling.STANDS, by, why)
    _give(asked, said, desk_folder, jobs, no_cache=no_cache, yes=yes)


def leave_out(
    by: By,
    why: Why,
    words: Annotated[
        str,
        typer.Option(
            "--words",
            metavar="WORDS",
            help="What copy says of the area, after its name: “closed a backlog of cases at once”.",
        ),
    ],
    source: Annotated[
        str, typer.Option("--source", metavar="WORDS", help="Who gave these words, and where.")
    ],
    area: Area = None,
    step: Step = None,
    every: Every = False,
    release: ReleaseOption = None,
    story: options.Stories = None,
    period: options.AskedPeriod = None,
    output: Output = None,
    yes: Yes = False,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: OwnDesk = None,
) -> None:
    """Answer a doubt: leave the area out of every period that the quarter is in.

    Its copy then says that there are no figures, and why, in words that somebody gave; the
    nation is compared without it. Shows which drafts change, asks, and writes
    config/doubts.yml; the next newscopy run files what changes.
    """
    asked = _Asked(area, step, every, release, tuple(story or ()), period, output)
    said = Said(Ruling.LEAVE_OUT, by, why, words, source)
    _give(asked, said, desk_folder, jobs, no_cache=no_cache, yes=yes)


def take_back(
    area: Annotated[str, typer.Argument(metavar="AREA", help="An area's id or name.")],
    step: Annotated[
        str | None,
        typer.Argument(
            metavar="STEP",
            help="The first month of the quarter, such as 2018-04. Default: every answer about "
            "the area.",
            show_default=False,
        ),
    ] = None,
    release: ReleaseOption = None,
    output: Output = None,
    yes: Yes = False,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: OwnDesk = None,
) -> None:
    """Take back what was answered to a doubt, which is raised anew by it.

    Shows which drafts change, and which were approved while the answer stood, and asks.
    """
    desk, home = _own_desk(desk_folder)
    with (
        finding_release(release, desk, home) as reading,
        working(jobs, no_cache=no_cache) as means,
    ):
        listed = list_doubts(Request(reading.path), desk, means)
        taken = choose_given(listed, area, step)
        _write(listed, (), taken, home, means, output, yes=yes)


def _own_desk(asked: Path | None) -> tuple[Desk, Path]:
    """Load the user's own desk, and say where its releases and output are.

    Raises RequestError where there is none: the desk that comes with newscopy is nobody's.
    """
    folder = asked or options.own_desk()
    if folder is None:
        raise RequestError(
            Fault(
                "There is no desk here to keep an answer in.",
                "Go to your desk's folder, or start one with: newscopy init DIR",
                file=str(Path.cwd()),
            )
        )
    return options.open_desk(folder), options.home(asked)


@dataclass(frozen=True)
class _Asked:
    """Which doubts are meant."""

    area: str | None
    step: str | None
    every: bool
    release: Location | None
    stories: tuple[str, ...]
    period: Period | None
    output: Location | None

    def see(self) -> None:
        """Refuse a command that says too little or too much of what it answers."""
        if self.area is None and not self.every:
            raise typer.BadParameter("name an area, or all: --all", param_hint="AREA")
        if self.area is not None and self.every:
            named = f"{self.area} {self.step or ''}".strip()
            raise typer.BadParameter(f"is it all, or {named}?", param_hint="--all")


def _give(
    asked: _Asked, said: Said, desk_folder: Path | None, jobs: int, *, no_cache: bool, yes: bool
) -> None:
    """Give one answer to all doubts that are meant."""
    asked.see()
    desk, home = _own_desk(desk_folder)
    said = see_said(said)
    with (
        finding_release(asked.release, desk, home) as reading,
        working(jobs, no_cache=no_cache) as means,
    ):
        request = Request(reading.path, asked.stories, period=asked.period)
        listed = list_doubts(request, desk, means)
        chosen = choose(listed, asked.area, asked.step, every=asked.every)
        put = make_answers(chosen.questions, said, now().date())
        _write(listed, put, (), home, means, asked.output, left=chosen.left, yes=yes)


def _write(
    doubts: Doubts,
    put: Sequence[Answer],
    taken: Sequence[Answer],
    home: Path,
    means: Means,
    output: Location | None,
    *,
    left: Sequence[Raised] = (),
    yes: bool,
) -> None:
    """Show what answers change, ask, and write them, or take them back."""
    desk = doubts.desk
    names = {each.id: each.police or each.name for each in desk.areas}
    say_of(doubts.release)
    for answer in (*put, *taken):
        typer.echo(f"{'take back  ' if taken else ''}{print_answer(answer, names[answer.area])}")
    changes = find_changes(doubts, put, taken, means)
    concerned = {answer.area for answer in (*put, *taken)} | {desk.nation.id}
    if output is None:
        approved = find_approved(outputs_of(desk, home), changes, taken)
    else:
        with brought(output) as here:
            approved = find_approved({str(output): find_place(here).output}, changes, taken)
    for line in (*say_left(left), *say_changes(changes, concerned), *say_approved(approved)):
        typer.echo(line)
    if not (yes or _says_yes()):
        say("Nothing was written.")
        raise typer.Exit(1)
    record_answers(desk.folder, put, taken)
    file = desk.folder / "config" / "doubts.yml"
    typer.echo(f"{'Taken out of' if taken else 'Written into'} {file}.")
    typer.echo("File what changes with: newscopy run")


def _says_yes() -> bool:
    """Ask on a terminal; where there is none, end with what is to be given instead."""
    if not sys.stdin.isatty():
        say("Nothing was written: there is nobody to ask. If this is what you want, add --yes.")
        raise typer.Exit(UNANSWERED)
    return typer.confirm("Write this?", err=True)
