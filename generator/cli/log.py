"""`newscopy log`: who did what to which draft, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from generator.cli import options, outputs
from generator.filed.places import brought, find_place
from generator.filing import DECISIONS, Entry, ReleaseRecord, read_log
from generator.locations import Location, as_location
from generator.printing import print_answer

_MARGIN = " " * 25


def log(
    path: Annotated[
        Location | None,
        typer.Argument(
            parser=as_location,
            metavar="PATH",
            help="An output folder, or a draft's. Default: output/.",
        ),
    ] = None,
    decisions: Annotated[
        bool,
        typer.Option("--decisions", help="Print only what was approved, put on hold and spiked."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it as JSON, with the sha256 of each text.")
    ] = False,
    desk_folder: options.DeskFolder = None,
) -> None:
    """Print what was filed, merged, saved and decided, by whom and when, the oldest first."""
    with brought(path or outputs.output_here(desk_folder)) as here:
        place = find_place(here)
        asked = place.asked if place.asked.is_dir() else place.asked.parent
        below = asked.relative_to(place.output).as_posix()
        entries = read_log(place.output, "" if below == "." else below)
    if decisions:
        entries = [entry for entry in entries if entry.event in DECISIONS]
    releases = place.manifest.releases
    if as_json:
        typer.echo(json.dumps([_as_json(entry) for entry in entries], indent=2, ensure_ascii=False))
    else:
        areas = options.open_desk(desk_folder).areas
        names = {area.id: area.police or area.name for area in areas}
        lines = [
            line
            for entry in entries
            for line in _as_lines(entry, releases.get(entry.release), names)
        ]
        typer.echo("\n".join(lines) or "Nothing is logged yet.")


def _as_lines(
    entry: Entry, release: ReleaseRecord | None, areas: Mapping[str, str]
) -> Iterator[str]:
    """Yield what was done, then what had been answered to doubts by then."""
    names = ", ".join(entry.texts)
    published = release.published if release else None
    source = f", release of {published}" if published else ""
    because = f", because: {entry.reason}" if entry.reason else ""
    yield (
        f"{entry.at:%Y-%m-%d %H:%M:%S} UTC  {entry.event:<12}  {entry.folder}  "
        f"by {entry.who}: {names}{source}{because}"
    )
    for answer in entry.answers:
        said = print_answer(answer, areas.get(answer.area, answer.area))
        yield f"{_MARGIN}{said}"


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(),
        "by": entry.who,
        "event": entry.event.value,
        "folder": entry.folder,
        "release": entry.release,
        "texts": dict(entry.texts),
        "reason": entry.reason,
        "answers": [answer.model_dump(mode="json", by_alias=True) for answer in entry.answers],
    }
