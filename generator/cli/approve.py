"""`newscopy approve`, `hold` and `spike`: an editor's decision on a draft."""

from __future__ import annotations

from typing import Annotated

import typer

from generator.cli import options, outputs
from generator.cli.reporting import working
from generator.filed.approval import approve as approve_draft
from generator.filed.approval import hold as hold_draft
from generator.filed.approval import spike as spike_draft
from generator.filing import Entry
from generator.locations import Location, as_location

Draft = Annotated[
    Location,
    typer.Argument(
        parser=as_location, metavar="PATH", help="A draft's folder, or an article in it."
    ),
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]


def approve(
    path: Draft,
    by: By,
    override: Annotated[
        str,
        typer.Option("--override", metavar="REASON", help="Why a held draft is approved."),
    ] = "",
    release: options.OriginalRelease = None,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: options.FilersDesk = None,
) -> None:
    """Check a draft as it lies there, and log that it is approved.

    The articles of a folder have to read alike; where they do not, name the one that is to
    run. Approved copy is never rewritten by a run. A draft made from a sample is never
    approved, a held one only with --override.
    """
    with (
        working(jobs, no_cache=no_cache) as means,
        outputs.reopened(path, desk_folder, changing=True) as it,
    ):
        entry = approve_draft(
            it.path,
            by,
            it.desk,
            it.home,
            override=override,
            release=release,
            means=means,
        )
    typer.echo(_said(entry))


def hold(
    path: Draft,
    by: By,
    reason: Annotated[
        str, typer.Option("--reason", metavar="REASON", help="What it has to wait for.")
    ] = "",
    desk_folder: options.FilersDesk = None,
) -> None:
    """Log that a draft is not to run yet, and have its files say so.

    What was approved is withdrawn by it. It waits until somebody approves or spikes it.
    """
    with outputs.reopened(path, desk_folder, changing=True, withdrawing=True) as it:
        entry = hold_draft(it.path, by, it.desk, reason=reason)
    typer.echo(_said(entry))


def spike(
    path: Draft,
    by: By,
    reason: Annotated[
        str, typer.Option("--reason", metavar="REASON", help="Why it is not to run.")
    ] = "",
    desk_folder: options.FilersDesk = None,
) -> None:
    """Log that a draft is not to run, and have its files say so."""
    with outputs.reopened(path, desk_folder, changing=True, withdrawing=True) as it:
        entry = spike_draft(it.path, by, it.desk, reason=reason)
    typer.echo(_said(entry))


def _said(entry: Entry) -> str:
    lines = [f"{entry.event:<9} {entry.folder} by {entry.who}, {entry.at:%Y-%m-%d %H:%M:%S} UTC"]
    lines += [f"          {sha} {name}" for name, sha in entry.texts.items()]
    if entry.reason:
        lines.append(f"          because: {entry.reason}")
    return "\n".join(lines)
