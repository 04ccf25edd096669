"""Where each draft stands with its editors: approved, changed since, on hold, or spiked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Answer
from generator.filing.heads import take_off
from generator.filing.log import Entry, Event
from generator.filing.names import sha256
from generator.model import Standing


@dataclass(frozen=True)
class Decision:
    """The last decision on a draft, and whether it is still about what lies there."""

    standing: Standing
    who: str
    at: datetime.datetime
    release: str
    """The id of the release that the draft was from when it was decided on."""
    texts: Mapping[str, str]
    """The sha256 of each file that was decided on, by name."""
    number: int
    """How often the draft's item in feeds became another: by this decision, or since."""
    changed: datetime.datetime
    """When it last did."""
    reason: str = ""
    """Why a draft was approved although it was held, or put on hold, or spiked."""
    read_by: str = ""
    """The id of another release whose figures may stand in it."""
    answers: tuple[Answer, ...] = ()
    """What had been answered to doubts about its figures when it was approved."""

    @property
    def origins(self) -> tuple[str, ...]:
        """The ids of the releases whose figures may stand in what was decided on."""
        return tuple(filter(None, (self.release, self.read_by)))

    @property
    def approved(self) -> tuple[str, ...]:
        """The articles that were approved, changed since or not."""
        return tuple(self.texts) if self.standing.is_approval else ()


def stand(
    output: Path,
    decisions: Mapping[str, Entry],
    versions: Mapping[str, tuple[int, datetime.datetime]],
) -> dict[str, Decision]:
    """Say where each draft stands on which there is a decision, by folder.

    `versions` says how often each draft's item in feeds became another, and when last.
    """
    return {
        folder: Decision(
            _standing(output / folder, entry),
            entry.who,
            entry.at,
            entry.release,
            entry.texts,
            *versions[folder],
            entry.reason,
            entry.read_by,
            entry.answers,
        )
        for folder, entry in decisions.items()
    }


_WITHDRAWN = {Event.SPIKED: Standing.SPIKED, Event.ON_HOLD: Standing.ON_HOLD}
"""What a draft is by these decisions, whatever becomes of its texts."""


def _standing(folder: Path, entry: Entry) -> Standing:
    if entry.event in _WITHDRAWN:
        return _WITHDRAWN[entry.event]
    unchanged = bool(entry.texts) and all(
        _is(folder / name, sha) for name, sha in entry.texts.items()
    )
    return Standing.APPROVED if unchanged else Standing.CHANGED


def _is(path: Path, sha: str) -> bool:
    return path.is_file() and is_as_decided(path.name, path.read_bytes(), sha)


def is_as_decided(name: str, data: bytes, sha: str) -> bool:
    """Tell whether a file is what was decided on, whatever it says by now above its words."""
    return sha256(data) == sha or sha256(take_off(name, data).data) == sha
