"""What the drafts of an output were made from, measured once and kept while the page is open."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Desk
from generator.errors import NewscopyError
from generator.filed.places import Place
from generator.filed.remeasuring import Measured, Told, measure_original, told_in
from generator.filing import Manifest
from generator.model import Facts
from generator.pipeline import PLAIN, Means
from generator.writing import Checker


@dataclass(frozen=True)
class Known:
    """What is known of one draft: its facts, and a reader of the release that it is of."""

    facts: Facts
    checker: Checker


@dataclass(frozen=True)
class Unknown:
    """Why nothing is known of a draft, in a sentence."""

    why: str
    is_waiting: bool = False
    """It will be known in a moment."""


_BEING_READ = Unknown("The published tables are being read: this takes a moment.", is_waiting=True)
FOREVER = -1.0
"""The patience of who has to know."""


@dataclass(frozen=True)
class _Read:
    """A release, read for these stories and periods."""

    told: frozenset[Told]
    measured: Measured | None
    checker: Checker | None
    why: str = ""
    """Why it cannot be read."""


class Knowledge:
    """Reads the releases of an output, each when it is first needed; threads may share it."""

    def __init__(self, output: Path, desk: Desk, home: Path, means: Means = PLAIN) -> None:
        self.output, self.desk, self.home, self.means = output, desk, home, means
        self._read: dict[str, _Read] = {}
        self._reading = threading.Lock()

    def of(self, folder: str, record: Manifest, patience: float = FOREVER) -> Known | Unknown:
        """Return what is known of a draft of the manifest; else why nothing is.

        Whose patience, in seconds, ends while a release is read is told that it is being read.
        """
        if not self._reading.acquire(timeout=patience):
            return _BEING_READ
        try:
            read = self._read_for(record.drafts[folder].release, record)
        finally:
            self._reading.release()
        if read.measured is None or read.checker is None:
            return Unknown(read.why)
        facts = read.measured.facts.get(folder)
        if facts is None:
            return Unknown("The desk has no such story, area or period any more: file it again.")
        return Known(facts, read.checker)

    def prepare(self, record: Manifest) -> None:
        """Read all releases that drafts of the manifest are of."""
        for release in sorted({row.release for row in record.drafts.values()}):
            with self._reading:
                self._read_for(release, record)

    def _read_for(self, release: str, record: Manifest) -> _Read:
        told = frozenset(told_in(row for row in record.drafts.values() if row.release == release))
        read = self._read.get(release)
        if read is None or not told <= read.told:
            read = self._read[release] = self._measure(release, told, record)
        return read

    def _measure(self, release: str, told: frozenset[Told], record: Manifest) -> _Read:
        place = Place(self.output, record, self.output)
        try:
            measured = measure_original(
                record.releases.get(release), told, place, self.desk, self.home, means=self.means
            )
        except NewscopyError as error:
            fault = error.faults[0]
            return _Read(told, None, None, f"{fault.what} {fault.mend}")
        return _Read(told, measured, Checker(self.desk, measured.release))
