"""The fault of an id that stands for nothing in the desk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from generator.desk.areas import Area
from generator.desk.forms import Config, folded
from generator.desk.located import Located
from generator.errors import Fault, did_you_mean

Kind = TypeVar("Kind", bound=Config)

_WHERE = {
    "area": "Use an id from config/forces.yml.",
    "dataset": "Use the id of a file in config/datasets.",
    "quote": "Use the id of a quote in config/quotes.yml.",
    "region": "Use a region that config/forces.yml gives to a force.",
    "story": "Use the id of a file in config/stories.",
}
_FEW = 12
"""So many ids a message lists."""


def unknown(
    file: Located[Kind], word: str, found: str, known: Collection[str], place: Sequence[str | int]
) -> Fault:
    """Return the fault of an id that stands for nothing in the desk, at its place in a file."""
    listed = " or ".join(known) if len(known) <= _FEW else f"the id of a known {word}"
    return file.fault(
        f"The desk has no {word} `{found}`.",
        did_you_mean(found, known) or _WHERE[word],
        place,
        found=found,
        expected=listed,
    )


def unknown_area(
    file: Located[Kind],
    found: str,
    areas: Sequence[Area],
    place: Sequence[str | int],
    *other: str,
) -> Fault:
    """Return the fault of what is no area's id; some area may be called so all the same.

    `other` is what else than an area may stand there.
    """
    fault = unknown(file, "area", found, [*(area.id for area in areas), *other], place)
    meant = [area.id for area in areas if folded(found) in area.called]
    return replace(fault, mend=f"Did you mean {' or '.join(meant)}?") if meant else fault
