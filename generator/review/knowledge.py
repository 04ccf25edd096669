"""What the drafts of an output were made from, measured once and kept while the page is open."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Desk
from generator.errors import NewscopyError
from generator.filed.places import Place
from generator.filed.remeasuring import Measured, Told, measure_original, told_in
from generator.filing import Manifest, ReleaseRecord
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


_RETRY = 30.0
"""Seconds until a release that could not be read is tried again: it may be there by then."""


@dataclass(frozen=True)
class _Read:
    """A release, read for these stories and periods."""

    told: frozenset[Told]
    measured: Measured
    checker: Checker


@dataclass(frozen=True)
class _Failed:
    """Why a release could not be read, and until when that is believed."""

    error: NewscopyError
    until: float


class Knowledge:
    """Reads the releases of an output, each when it is first needed; threads may share it."""

    def __init__(self, output: Path, desk: Desk, home: Path, means: Means = PLAIN) -> None:
        self.output, self.desk, self.home, self.means = output, desk, home, means
        self._read: dict[str, _Read] = {}
        self._failed: dict[str, _Failed] = {}
        self._reading = threading.Lock()

    def of(self, folder: str, record: Manifest, patience: float = FOREVER) -> Known | Unknown:
        """Return what is known of a draft of the manifest; else why nothing is.

        Whose patience, in seconds, ends while a release is read is told that it is being read.
        """
        if not self._reading.acquire(timeout=patience):
            return _BEING_READ
        try:
            read = self._read_for(record.drafts[folder].release, record)
        except NewscopyError as error:
            return Unknown(f"{error.faults[0].what} {error.faults[0].mend}")
        finally:
            self._reading.release()
        facts = read.measured.facts.get(folder)
        if facts is None:
            return Unknown("The desk has no such story, area or period any more: file it again.")
        return Known(facts, read.checker)

    def measure(
        self, record: ReleaseRecord | None, _wanted: Iterable[Told], place: Place
    ) -> Measured:
        """Return what a release was measured to be, for whoever checks a draft of the output.

        Raises NewscopyError where it cannot be read.
        """
        with self._reading:
            return self._read_for(record.id if record else "", place.manifest).measured

    def prepare(self, record: Manifest) -> None:
        """Read all releases that drafts of the manifest are of. Raises NewscopyError."""
        for release in sorted({row.release for row in record.drafts.values()}):
            with self._reading:
                self._read_for(release, record)

    def _read_for(self, release: str, record: Manifest) -> _Read:
        """Return what was read of a release for the manifest's drafts, or read it now."""
        told = frozenset(told_in(row for row in record.drafts.values() if row.release == release))
        failed = self._failed.get(release)
        if failed is not None and time.monotonic() < failed.until:
            raise failed.error
        read = self._read.get(release)
        if read is not None and told <= read.told:
            return read
        place = Place(self.output, record, self.output)
        known = record.releases.get(release)
        try:
            measured = measure_original(known, told, place, self.desk, self.home, means=self.means)
        except NewscopyError as error:
            self._failed[release] = _Failed(error, time.monotonic() + _RETRY)
            raise
        self._failed.pop(release, None)
        self._read[release] = _Read(told, measured, Checker(self.desk, measured.release))
        return self._read[release]
