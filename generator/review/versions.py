"""The versions of a text that are kept: as it was filed, saved, decided on, set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.filing import Entry, in_place_of, kept_texts


@dataclass(frozen=True)
class Version:
    """A version, by its sha256: the line of the log that first has it."""

    sha256: str
    entry: Entry
    is_now: bool
    """It is what lies there."""


def versions_of(name: str, log: Sequence[Entry], now: str, output: Path) -> tuple[Version, ...]:
    """Return the versions of a file that the log knows and the output keeps, the newest first.

    Those of new versions beside it are among them. A file that an editor has changed in another
    program, and nobody has decided on, is in no line of the log.
    """
    first: dict[str, Entry] = {}
    for entry in log:
        for each, sha in entry.texts.items():
            if in_place_of(each) == name:
                first.setdefault(sha, entry)
    kept = {now, *kept_texts(output, first)}
    return tuple(
        Version(sha, entry, sha == now) for sha, entry in reversed(first.items()) if sha in kept
    )
