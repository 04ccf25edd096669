"""Where each release that drafts were made from was read: a note beside the manifest.

The manifest must be the same to the byte wherever a run was made, so it says which release it
was and not where it lay.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from generator.filing.encoded import as_json
from generator.filing.names import HIDDEN

NAME = "whereabouts.json"
BUILTIN = ""
"""What is noted of the built-in sample, which is gone after the run."""


def note(output: Path, release: str, read_from: str, known: Collection[str]) -> None:
    """Note where the release of this id was read; forget all but the `known` ids.

    Called when the drafts are in place. A disk that refuses the note takes nothing from
    them: nothing is known then, as before.
    """
    before = _noted(output)
    places = {each: place for each, place in before.items() if each in known}
    places[release] = read_from
    if places == before:
        return
    part = output / HIDDEN / f"{NAME}.part"
    with suppress(OSError):
        part.write_bytes(as_json(dict(sorted(places.items()))))
        part.replace(output / HIDDEN / NAME)


def look_up(output: Path, release: str) -> str | None:
    """Return the absolute path noted for a release, `BUILTIN`, or None where none is known."""
    return _noted(output).get(release)


def _noted(output: Path) -> dict[str, str]:
    """Read the notes; damaged ones are as if there were none."""
    try:
        noted = json.loads((output / HIDDEN / NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(noted, dict) or not all(isinstance(place, str) for place in noted.values()):
        return {}
    return noted
