"""`newscopy run`: from a release to a folder of drafts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from generator.cli import options
from generator.cli.reporting import finding_release, say, say_of
from generator.filing import Action
from generator.model import Draft, Level, Problem, Status
from generator.pipeline import Outcome, Request
from generator.pipeline import run as run_pipeline

HELD = 3
"""Exit status with --strict: at least one draft is held."""


def run(
    release: options.ReleasePath = None,
    story: options.Stories = None,
    area: options.Areas = None,
    period: options.AskedPeriod = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="DIR", help="Where to file. Default: output/."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 3 if a draft is held.")
    ] = False,
    jobs: options.Jobs = options.CORES,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was filed as JSON.")] = False,
    desk_folder: options.DeskFolder = None,
) -> None:
    """Read a release, measure it, write a draft for each area, check it and file it.

    Exit status: 0 done; 1 bad input or config, nothing written; 2 usage; 3 (with --strict)
    at least one draft is held.
    """
    desk = options.open_desk(desk_folder)
    home = options.home(desk_folder)
    with finding_release(release, desk, home) as reading:
        request = Request(
            reading.path, tuple(story or ()), tuple(area or ()), period, jobs, reading.builtin
        )
        outcome = run_pipeline(request, desk, output or home / desk.file.output, reading.progress)
    say_of(outcome.release)
    for warning in outcome.filed.warnings:
        say(warning, style="yellow")
    typer.echo(_as_json(outcome) if as_json else _summary(outcome))
    if strict and any(draft.status is Status.HELD for draft in outcome.drafts):
        raise typer.Exit(HELD)


def _summary(outcome: Outcome) -> str:
    """Say how many drafts stand where, and why any is not ready."""
    drafts = outcome.drafts
    by_status = {status: [draft for draft in drafts if draft.status is status] for status in Status}
    lines = [
        f"{len(drafts)} draft{'' if len(drafts) == 1 else 's'}: "
        f"{len(by_status[Status.READY])} ready, "
        f"{len(by_status[Status.HELD])} held, {len(by_status[Status.EXCLUDED])} excluded."
    ]
    lines += _held_lines(by_status[Status.HELD])
    for draft in by_status[Status.EXCLUDED]:
        area = draft.facts.area
        lines.append(
            f"excluded  {draft.folder}: {area.police or area.name} {draft.facts.incomplete}."
        )
    for row in outcome.filed.rows:
        if row.action is Action.BESIDE:
            lines.append(f"edited    {row.folder}: new copy is beside it, {', '.join(row.beside)}.")
    lines.append(f"Open {outcome.filed.output / 'index.html'}")
    return "\n".join(lines)


def _held_lines(held: list[Draft]) -> list[str]:
    """Say why drafts are held: each reason once, those of fewest drafts first.

    One force's odd quarter is in the nation's figures, and so holds every draft; the reason
    to act on is the force's own.
    """
    folders: dict[Problem, list[str]] = {}
    for draft in held:
        for problem in draft.problems:
            if problem.level is Level.HOLD:
                folders.setdefault(problem, []).append(draft.folder)
    return [
        f"held      {named[0] if len(named) == 1 else f'{len(named)} drafts'}: "
        f"{why.where}: {why.what} {why.mend}"
        for why, named in sorted(folders.items(), key=lambda item: len(item[1]))
    ]


def _as_json(outcome: Outcome) -> str:
    return json.dumps(
        {
            "output": str(outcome.filed.output),
            "release": outcome.release.title,
            "sample": outcome.release.sample,
            "drafts": [
                {
                    "folder": draft.folder,
                    "area": draft.facts.area.id,
                    "headline": draft.headline,
                    "score": draft.facts.score.points,
                    "status": draft.status,
                    "problems": [
                        {
                            "level": problem.level,
                            "where": problem.where,
                            "what": problem.what,
                            "mend": problem.mend,
                        }
                        for problem in draft.problems
                    ],
                }
                for draft in outcome.drafts
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
