"""`newscopy check`: proofread what lies in an output folder now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from generator.cli import options, outputs
from generator.cli.reporting import working
from generator.filed.checkup import Checked, check_output
from generator.filing import is_article
from generator.locations import Location, as_location
from generator.model import Level, Problem

HELD = 3
"""Exit status: something in the output must not be published."""


def check(
    path: Annotated[
        Location | None,
        typer.Argument(
            parser=as_location,
            metavar="PATH",
            help="An output folder, a draft's folder in it, or one file. Default: output/.",
        ),
    ] = None,
    release: options.OriginalRelease = None,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    desk_folder: options.FilersDesk = None,
) -> None:
    """Proofread every article that lies in an output folder now, edited ones included.

    The facts are measured anew from the release. Exit status: 0 nothing is held; 1 bad
    input or config; 2 usage; 3 at least one draft is held.
    """
    with working(jobs, no_cache=no_cache) as means, outputs.reopened(path, desk_folder) as it:
        checked = check_output(it.path, it.desk, it.home, release, means)
    typer.echo(_as_json(checked) if as_json else _summary(checked))
    if any(one.held for one in checked):
        raise typer.Exit(HELD)


def _summary(checked: Sequence[Checked]) -> str:
    """Say what is held and why, then what is worth a look, then how much was read."""
    lines = [*_lines(checked, Level.HOLD, "held"), *_lines(checked, Level.WARN, "warning")]
    folders = {one.folder for one in checked}
    held = {one.folder for one in checked if one.held}
    warned = {one.folder for one in checked if one.warned} - held
    files = [name for one in checked if one.read for name in one.files]
    articles = sum(is_article(name) for name in files)
    pieces = len(files) - articles
    beside = f" and {_count(pieces, 'piece')}" if pieces else ""
    lines.append(
        f"{_count(articles, 'article')}{beside} read, of {_count(len(folders), 'draft')}: "
        f"{len(held)} held, {len(warned)} with warnings, "
        f"{len(folders) - len(held) - len(warned)} with nothing against them."
    )
    return "\n".join(lines)


def _lines(checked: Sequence[Checked], level: Level, word: str) -> Iterator[str]:
    """Yield each problem once: in the one draft it is of, or in how many."""
    places: dict[Problem, dict[str, list[str]]] = {}
    for one in checked:
        for problem in one.problems:
            if problem.level is level:
                places.setdefault(problem, {}).setdefault(one.folder, []).extend(one.files)
    for problem, named in places.items():
        folder, files = next(iter(named.items()))
        alone = f"{folder}/{', '.join(files)}".rstrip("/")
        which = alone if len(named) == 1 else f"{len(named)} drafts"
        yield f"{word:<9} {which}: {problem.where}: {problem.what} {problem.mend}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _as_json(checked: Sequence[Checked]) -> str:
    return json.dumps(
        [
            {
                "folder": one.folder,
                "files": one.files,
                "held": one.held,
                "problems": [
                    {
                        "level": problem.level,
                        "where": problem.where,
                        "what": problem.what,
                        "mend": problem.mend,
                    }
                    for problem in one.problems
                ],
            }
            for one in checked
        ],
        ensure_ascii=False,
        indent=2,
    )
