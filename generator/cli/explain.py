"""`newscopy explain`: from a printed figure down to the source rows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from generator.cli import options, outputs
from generator.cli.explained import Explained, as_csv, as_json, as_list, as_text
from generator.cli.reporting import Reading, finding_release, say, say_of, working
from generator.desk import Desk, folded
from generator.errors import Fault, RequestError, did_you_mean
from generator.filed.originals import FiledAs, check_original, find_original, locate_draft
from generator.filed.refinding import counts_in, refind
from generator.filing import FigureTrail, FindingTrail, Trail, trails_of
from generator.locations import Location, as_location
from generator.matching import match_claims, stands_in
from generator.model import Draft, Figure, Release
from generator.periods import Period
from generator.pipeline import draft
from generator.requests import Request, choose_areas, choose_stories

WRONG = 3
"""Exit status: the published rows do not add up to the figure."""


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="PATH-OR-AREA",
            help="A filed draft's folder or a file in it, or an area's id or name.",
        ),
    ],
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT", help="Words of the draft, such as 29.3%. Default: list all claims."
        ),
    ] = None,
    story: options.Stories = None,
    period: options.AskedPeriod = None,
    release: Annotated[
        Location | None,
        typer.Option(
            "--release",
            parser=as_location,
            metavar="PATH",
            help="The folder or file of published tables. Default: for a filed draft the one "
            "it was made from; for an area the newest under releases/, else the built-in sample.",
        ),
    ] = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="Print the source rows of the figures as CSV.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the trails as JSON.")] = False,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: options.FilersDesk = None,
) -> None:
    """Explain a printed figure: its formula, its counts, and the published rows they add up.

    The draft is written again from its release, and the rows are found again in the
    published files. Exit status: 0 done; 1 bad input or config; 2 usage; 3 the rows do not
    add up to the figure.
    """
    if rows and json:
        raise typer.BadParameter("choose one of --rows and --json")
    listed = text is None and not (rows or json)
    with (
        outputs.reopened(as_location(what), desk_folder) as it,
        working(jobs, no_cache=no_cache) as means,
    ):
        desk, home = it.desk, it.home
        filed = None if _is_area(what, desk) else locate_draft(it.path, desk)
        stories, areas, period = _asked(what, filed, story, period)
        choose_stories(desk, stories)
        choose_areas(desk, areas, key="PATH-OR-AREA")
        with _reading(filed, release, desk, home) as reading:
            request = Request(reading.path, stories, areas, period)
            read, drafts = draft(request, desk, means)
            if filed and filed.record:
                check_original(read, filed.record, reading.path)
            piece = filed and filed.piece
            found = [
                explained
                for each in drafts
                for explained in _explained(each, read, desk)
                if explained.piece == piece or (text is not None and piece is None)
            ]
            if text is not None:
                found = _matching(found, text)
            if not listed:
                found = [_with_rows(each, desk, reading.path, evidence=rows) for each in found]
    say_of(read)
    if filed and not all(filed.is_written_alike(each, read) for each in drafts):
        say(
            "The desk, or newscopy, has changed since this draft was filed: what is explained is "
            "the draft as it would be written now.",
            style="yellow",
        )
    if rows:
        typer.echo(as_csv(found), nl=False)
    elif json:
        typer.echo(as_json(found, read))
    else:
        typer.echo(as_list(found, read) if listed else as_text(found, read))
    _report(found)


def _is_area(what: str, desk: Desk) -> bool:
    """Tell an area from a path: a path has a separator, or leads to something."""
    if any(separator and separator in what for separator in (os.sep, os.altsep)):
        return False
    names = {
        folded(name)
        for area in desk.areas
        for name in (area.id, area.name, area.police, *area.names)
        if name
    }
    return folded(what) in names or not Path(what).exists()


def _asked(
    what: str, filed: FiledAs | None, stories: Sequence[str] | None, period: Period | None
) -> tuple[tuple[str, ...], tuple[str, ...], Period | None]:
    """Return stories, areas and period to write; those of a filed draft cannot be others."""
    if filed is None:
        return tuple(stories or ()), (what,), period
    other_story = bool(stories) and set(stories or ()) != {filed.story}
    other_period = period is not None and period != filed.period
    if other_story or other_period:
        raise RequestError(
            Fault(
                "The draft is of another story or period than the one asked for.",
                f"Leave out --story and --period, or give the area, {filed.area}.",
                file=what,
                found=f"{filed.story}, {filed.period}",
            )
        )
    return (filed.story,), (filed.area,), filed.period


@contextmanager
def _reading(
    filed: FiledAs | None, asked: Location | None, desk: Desk, home: Path
) -> Iterator[Reading]:
    """Yield the release to read: a filed draft's own, or as for a run."""
    if filed and filed.record:
        with find_original(filed.record, desk, home, filed.output, asked) as path:
            say(f"Reading the release that the draft was made from: {path}")
            yield Reading(path, builtin=False)
        return
    if filed:
        say(
            "No manifest tells which release this draft was made from: it is written again from "
            "the one that is read now.",
            style="bold yellow",
        )
    with finding_release(asked, desk, home) as reading:
        yield reading


def _explained(draft: Draft, release: Release, desk: Desk) -> Iterator[Explained]:
    """Yield the claims of a draft's article, and then of each of its pieces, with their trails."""
    pieces = ((piece.kind, draft.led_by(piece)) for piece in draft.pieces)
    for kind, each in ((None, draft), *pieces):
        trails = trails_of(each, release, desk)
        yield Explained(each, tuple(zip(each.ledger, trails, strict=True)), piece=kind)


def _matching(found: Sequence[Explained], text: str) -> list[Explained]:
    """Keep the claims that the text names, those of pieces only where no article has it.

    Raises RequestError where it names none.
    """
    matched = []
    for each in found:
        named = match_claims(each.draft, text)
        if named:
            claims = tuple(pair for pair in each.claims if pair[0] in named)
            matched.append(replace(each, claims=claims))
    articles = [each for each in matched if each.piece is None]
    if matched:
        return articles or matched
    drafts = [each.draft for each in found]
    mend = did_you_mean(text, [claim.text for draft in drafts for claim in draft.ledger])
    fault = Fault(
        "These words stand in the draft, and no figure, finding or quotation is behind them."
        if any(stands_in(draft, text) for draft in drafts)
        else "These words are not in the draft.",
        f"{mend} Leave them out for a list of all that it claims.".strip(),
        file=" and ".join(dict.fromkeys(draft.folder for draft in drafts)),
        found=f"“{text}”",
    )
    raise RequestError(fault)


def _with_rows(each: Explained, desk: Desk, release: Location, *, evidence: bool) -> Explained:
    """Find the rows again of all the counts that are explained."""
    figures = [figure for _, trail in each.claims for figure in _figures(trail, evidence)]
    refound = refind(counts_in(figures), each.draft, desk, release)
    return replace(each, found={one.figure.id: one for one in refound})


def _figures(trail: Trail, evidence: bool) -> list[Figure]:
    match trail:
        case FigureTrail():
            return [trail.figure]
        case FindingTrail() if evidence:
            return [part.figure for part in trail.evidence]
    return []


def _report(found: Sequence[Explained]) -> None:
    """Say loudly what is wrong, and end with the status that tells of it."""
    wrong = {
        figure: refound
        for each in found
        for figure, refound in each.found.items()
        if refound.differences
    }
    for figure, refound in wrong.items():
        say(f"WRONG: {figure} does not fit the published files.", style="bold red")
        for difference in refound.differences:
            say(f"  {difference}")
    if wrong:
        say(
            "Do not publish these figures. If the files were changed while they were read, run "
            "again; if not, this is a fault in newscopy: report it with the release.",
            style="bold red",
        )
        raise typer.Exit(WRONG)
