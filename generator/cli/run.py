"""`newscopy run`: from a release to a folder of drafts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import typer

from generator.cli import options
from generator.cli.reporting import finding_release, say, say_of, working
from generator.filing import Action, FiledDraft, at_hand
from generator.locations import Location, as_location
from generator.model import Level, Problem, Standing, Status
from generator.pipeline import Outcome
from generator.pipeline import run as run_pipeline
from generator.requests import Request, refuse_within_sources

HELD = 3
"""Exit status with --strict: at least one draft is held."""


def run(
    release: options.ReleasePath = None,
    story: options.Stories = None,
    area: options.Areas = None,
    period: options.AskedPeriod = None,
    edition: options.AskedEdition = None,
    output: Annotated[
        Location | None,
        typer.Option(
            "--output",
            parser=as_location,
            metavar="DIR",
            help="Where to file; it may be in a store: s3://bucket/folder. Default: output/, or "
            "for an edition its folder there.",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 3 if a draft is held.")
    ] = False,
    restore: Annotated[
        bool,
        typer.Option("--restore", help="File drafts again that an editor has deleted."),
    ] = False,
    jobs: options.Jobs = options.CORES,
    cluster: options.Cluster = None,
    no_cache: options.NoCache = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was filed as JSON.")] = False,
    desk_folder: options.DeskFolder = None,
) -> None:
    """Read a release, measure it, write a draft for each area, check it and file it.

    What an editor has changed stays: where the draft has changed as well, both are merged,
    or the new draft lies beside. Approved copy is never rewritten.

    Exit status: 0 done; 1 bad input or config, nothing written; 2 usage; 3 (with --strict)
    at least one draft is held.
    """
    if cluster is not None and release is None:
        raise typer.BadParameter("name the RELEASE that it is to read", param_hint="--cluster")
    desk = options.open_desk(desk_folder, edition)
    if desk.style.retired:
        say(
            f"config/style.yml: {', '.join(desk.style.retired)} decide nothing any more: counts "
            "are judged by what is under `doubts` (docs/doubts.md). Take them out.",
            style="yellow",
        )
    home = options.home(desk_folder)
    filed_in = output or home / desk.file.output
    with finding_release(release, desk, home) as reading:
        refuse_within_sources(filed_in, reading.path, desk, home)
        request = Request(
            reading.path,
            tuple(story or ()),
            tuple(area or ()),
            period,
            restore=restore,
            builtin=reading.builtin,
        )
        with (
            working(jobs, no_cache=no_cache, cluster=cluster) as means,
            at_hand(filed_in, changing=True) as folder,
        ):
            outcome = run_pipeline(request, desk, folder, means)
    say_of(outcome.release)
    if outcome.is_recalled:
        say("Nothing has changed since the last run.")
    for warning in outcome.filed.warnings:
        say(warning, style="yellow")
    typer.echo(_as_json(outcome, filed_in) if as_json else _summary(outcome, filed_in))
    if strict and any(_is_held(row) for row in outcome.filed.rows):
        raise typer.Exit(HELD)


def _summary(outcome: Outcome, output: Location) -> str:
    """Say how many drafts stand where, why any is not ready, and what became of edited ones."""
    rows = outcome.filed.rows
    deleted = [row for row in rows if row.action is Action.DELETED]
    there = [row for row in rows if row.action is not Action.DELETED]
    spiked = sum(row.standing is Standing.SPIKED for row in there)
    counts = Counter(row.status for row in there if row.standing is not Standing.SPIKED)
    lines = [
        f"{len(there)} draft{'' if len(there) == 1 else 's'}: {counts[Status.READY]} ready, "
        f"{counts[Status.HELD]} held, {counts[Status.EXCLUDED]} excluded"
        f"{f', {spiked} spiked' if spiked else ''}."
    ]
    lines += _doubt_line(there, counts[Status.READY])
    lines += _held_lines([row for row in there if _is_held(row)])
    lines += [f"excluded  {row.folder}: {row.excluded}." for row in there if _is_excluded(row)]
    lines += [line for row in there for line in _edited_lines(row)]
    if deleted:
        named = deleted[0].folder if len(deleted) == 1 else f"{len(deleted)} drafts"
        lines.append(f"deleted   {named}: left so; --restore files what was deleted again.")
    lines.append(f"Open {output / 'index.html'}")
    return "\n".join(lines)


def _doubt_line(rows: list[FiledDraft], ready: int) -> Iterator[str]:
    """Say in a line what is in doubt, how many drafts it touches, and where to answer."""
    doubts = {doubt for row in rows for doubt in row.doubts}
    if not doubts:
        return
    areas = {doubt.partition("/")[0] for doubt in doubts}
    touched = sum(any(level is not Level.NOTE for level in row.doubts.values()) for row in rows)
    yield (
        f"{_many(len(doubts), 'doubt')} about {_many(len(areas), 'area')} "
        f"touch{'es' if len(doubts) == 1 else ''} {_many(touched, 'draft')}; {ready} are ready "
        "now. See and answer them: newscopy doubts."
    )


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _is_held(row: FiledDraft) -> bool:
    """Tell whether a draft that may run must not be published as it is."""
    return row.status is Status.HELD and row.standing is not Standing.SPIKED


def _held_lines(held: list[FiledDraft]) -> Iterator[str]:
    """Say why drafts are held: each reason once, those of fewest drafts first.

    One force's odd quarter is in the nation's figures, and so holds every draft; the reason
    to act on is the force's own. What holds an editor's version is in its notes.
    """
    folders: dict[Problem, list[str]] = {}
    for row in held:
        for problem in row.problems if not row.versions else ():
            if problem.level is Level.HOLD:
                folders.setdefault(problem, []).append(row.folder)
    for why, named in sorted(folders.items(), key=lambda item: len(item[1])):
        which = named[0] if len(named) == 1 else f"{len(named)} drafts"
        yield f"held      {which}: {why.place}: {why.what} {why.mend}"
    for row in held:
        if row.versions:
            holds = sum(problem.level is Level.HOLD for problem in row.problems)
            whose = "which was approved" if row.approved else "which an editor has changed"
            yield (
                f"held      {row.folder}: {holds} problem{'' if holds == 1 else 's'} in "
                f"{', '.join(row.versions)}, {whose}: see notes.md there."
            )


def _is_excluded(row: FiledDraft) -> bool:
    """Tell whether a draft says no more of its area than that it has no figures."""
    return bool(row.excluded) and row.status is Status.EXCLUDED


def _edited_lines(row: FiledDraft) -> Iterator[str]:
    """Say of a draft what became of an editor's files in it."""
    beside = ", ".join(row.beside)
    if row.standing is Standing.CHANGED:
        yield f"changed   {row.folder}: not as it was approved any more; approve it again."
    match row.action:
        case Action.MERGED:
            yield f"merged    {row.folder}: {', '.join(row.edited)} has your changes and the new."
        case Action.BESIDE if row.approved:
            yield f"approved  {row.folder}: left as it is, the new draft is beside it, {beside}."
        case Action.BESIDE:
            yield f"edited    {row.folder}: left as it is, the new draft is beside it, {beside}."


def _as_json(outcome: Outcome, output: Location) -> str:
    return json.dumps(
        {
            "output": str(output),
            "release": outcome.release.title,
            "sample": outcome.release.sample,
            "drafts": [
                {
                    "folder": row.folder,
                    "area": row.folder.rpartition("/")[2],
                    "headline": row.headline,
                    "score": row.score,
                    "status": row.status,
                    "action": row.action,
                    "doubts": dict(row.doubts),
                    "edited": row.edited,
                    "beside": row.beside,
                    "problems": [
                        {
                            "level": problem.level,
                            "where": problem.place,
                            "what": problem.what,
                            "mend": problem.mend,
                        }
                        for problem in row.problems
                    ],
                }
                for row in outcome.filed.rows
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
