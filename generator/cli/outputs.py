"""The filed output that a command comes back to, and the desk that it goes by there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from generator.cli import options
from generator.cli.reporting import say
from generator.desk import Desk, builtin_desk, is_desk, load_desk
from generator.errors import DeskError, Fault
from generator.filed.desks import FoundDesk, find_desk, find_filed, list_differing
from generator.filed.places import as_filed, brought, find_output
from generator.filing import Manifest
from generator.locations import Location, is_stored

_NAMED = 10
"""Files of a desk that are named; past so many they are counted."""


@dataclass(frozen=True)
class Reopened:
    """What a command comes back to."""

    path: Location
    """On this machine, if it is an output or in one."""
    desk: Desk
    """As it is for the title whose copy lies there."""
    home: Path
    """Where releases are looked for."""


@contextmanager
def reopened(
    path: Location | None,
    asked: Path | None,
    *,
    changing: bool = False,
    withdrawing: bool = False,
) -> Iterator[Reopened]:
    """Yield what lies at a path, with the desk asked for or the one that filed it.

    Where it has to be another, and that is not as the filer was, it is said loudly. Without a
    path it is the output here; a path in no output goes by the desk here. See `brought` for
    `changing`, and `as_filed` for `withdrawing`.
    """
    where = path or output_here(asked)
    with brought(where, changing=changing) as here:
        place = find_output(here)
        if place is None:
            yield Reopened(here, options.open_desk(asked), options.home(asked))
            return
        stored = is_stored(where)
        found = find_desk(place.output, place.manifest, asked, Path.cwd(), is_copy=stored)
        desk = as_filed(place, _load(found, place.manifest), withdrawing=withdrawing)
        yield Reopened(here, desk, found.home)


def shown(path: Path | None, asked: Path | None) -> tuple[Path, Desk, Path]:
    """Return an output that is to be shown with all titles' copy in it, its desk, and its home.

    The desk is as for `reopened`, but the one of no title.
    """
    output = path or output_here(asked)
    filed = find_filed(output)
    if filed is None:
        return output, options.open_desk(asked), options.home(asked)
    found = find_desk(*filed, asked, Path.cwd())
    return output, _load(found, filed[1]), found.home


def output_here(asked: Path | None) -> Path:
    """Return the output folder of the desk asked for, else the one here."""
    return options.home(asked) / options.open_desk(asked).file.output


def _load(found: FoundDesk, manifest: Manifest) -> Desk:
    """Load a desk that was found; say so loudly where it is not the one that filed.

    Raises DeskError, whose faults name the files as they are found from here.
    """
    try:
        desk = load_desk(found.folder)
    except DeskError as error:
        raise DeskError(*(_from_here(each, found.folder) for each in error.faults)) from error
    differing = list_differing(desk, manifest)
    if differing and not found.is_filer:
        say(_another(found, differing), style="bold yellow")
    return desk


def _from_here(fault: Fault, desk: Path) -> Fault:
    """Return a fault with its file named by its whole path, if that is below another folder."""
    is_whole = desk == Path.cwd() or Path(fault.file) == desk
    return fault if is_whole else replace(fault, file=str(desk / fault.file))


def _another(found: FoundDesk, differing: Sequence[str]) -> str:
    """Say which desk it goes by, which it was filed by, what differs, and how to choose."""
    filer = found.filer
    is_there = filer is not None and is_desk(filer)
    if filer is None:
        filed = "Nobody knows any more which desk filed it."
    else:
        gone = "" if is_there else ", which is not there any more"
        filed = f"It was filed by {_named(filer)}{gone}."
    more = len(differing) - _NAMED
    names = ", ".join(differing[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    choice = f"--desk {filer}" if is_there else "--desk DIR"
    return (
        "NOT THE DESK THAT FILED THIS: it is judged, and its pages are written, by "
        f"{_named(found.folder)}.\n{filed} Not as they were in that: {names}.\n"
        f"To choose the desk: {choice}"
    )


def _named(folder: Path) -> str:
    if folder.resolve() == builtin_desk():
        return "the desk that comes with newscopy"
    return f"the desk in {folder.absolute()}"
