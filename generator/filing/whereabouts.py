"""Where the desk that filed lies, and each release was read: a note beside the manifest.

The manifest must be the same to the byte wherever a run was made, so it says which release and
which config it was, and not where they lay.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from generator.desk import builtin_desk
from generator.filing.encoded import as_json
from generator.filing.names import HIDDEN

NAME = "whereabouts.json"
BUILTIN = ""
"""What is noted of the built-in sample, which is gone after the run, and the built-in desk, which
may lie elsewhere on another day."""
_DESK = "desk"
"""What the desk is noted under: the id of a release is longer."""


def note(output: Path, desk: Path, release: str, read_from: str, known: Collection[str]) -> None:
    """Note where the desk is that filed, and where the release of this id was read.

    All other releases but the `known` ids are forgotten. Called when the drafts are in place. A
    disk that refuses the note takes nothing from them: nothing is known then, as before.
    """
    before = _noted(output)
    places = {each: place for each, place in before.items() if each in known}
    places |= {release: read_from, _DESK: _place_of(desk, output)}
    if places == before:
        return
    part = output / HIDDEN / f"{NAME}.part"
    with suppress(OSError):
        part.write_bytes(as_json(dict(sorted(places.items()))))
        part.replace(output / HIDDEN / NAME)


def look_up(output: Path, release: str) -> str | None:
    """Return the absolute path noted for a release, `BUILTIN`, or None where none is known."""
    return _noted(output).get(release)


def look_up_desk(output: Path) -> Path | None:
    """Return the folder of the desk that filed, which may be gone; None where none is known."""
    noted = _noted(output).get(_DESK)
    if noted is None:
        return None
    return builtin_desk() if noted == BUILTIN else Path(noted)


def _place_of(desk: Path, output: Path) -> str:
    """Return what is noted of a desk: a checkout, built in as it is, has an output of its own."""
    folder = desk.resolve()
    is_its_own = folder in output.resolve().parents
    return BUILTIN if folder == builtin_desk() and not is_its_own else str(folder)


def _noted(output: Path) -> dict[str, str]:
    """Read the notes; damaged ones are as if there were none."""
    try:
        noted = json.loads((output / HIDDEN / NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(noted, dict) or not all(isinstance(place, str) for place in noted.values()):
        return {}
    return noted
