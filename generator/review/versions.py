"""The versions of an article that are kept: as it was filed, saved, approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.filing import Entry


@dataclass(frozen=True)
class Version:
    """A version, by its sha256: the line of the log that first has it."""

    sha256: str
    entry: Entry
    is_now: bool
    """It is what lies there."""


def versions_of(name: str, log: Sequence[Entry], now: str) -> tuple[Version, ...]:
    """Return the versions of a file that the log knows, the newest first.

    A file that an editor has changed in another program, and nobody has decided on, is in no
    line of the log.
    """
    first: dict[str, Entry] = {}
    for entry in log:
        sha = entry.texts.get(name)
        if sha is not None:
            first.setdefault(sha, entry)
    return tuple(Version(sha, entry, sha == now) for sha, entry in reversed(first.items()))
