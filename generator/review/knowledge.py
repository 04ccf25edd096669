"""What the drafts of an output were made from, measured once and kept while the page is open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from generator.desk import Desk
from generator.errors import NewscopyError
from generator.filed.places import Place
from generator.filed.remeasuring import Measured, Told, measure_original, told_in
from generator.filing import Manifest, ReleaseRecord
from generator.model import Copy, Facts
from generator.pipeline import PLAIN, Means
from generator.writing import Checker, Proof


@dataclass(frozen=True)
class Known:
    """What is known of one draft: its facts, and a reader of the release that it is of."""

    facts: Facts
    checker: Checker
    proof: Callable[[Copy], Proof]
    """Has the second reader read a copy about its area; what was read lately is at hand."""


@dataclass(frozen=True)
class Unknown:
    """Why nothing is known of a draft, in a sentence."""

    why: str
    is_waiting: bool = False
    """It will be known in a moment."""


_BEING_READ = Unknown("The published tables are being read: this takes a moment.", is_waiting=True)
FOREVER = -1.0
"""The patience of who has to know."""


_REMEMBERED = 512
"""Texts that were read of a release."""
_RETRY = 30.0
"""Seconds until a release that could not be read is tried again: it may be there by then."""


@dataclass(frozen=True)
class _Read:
    """A release, read for these stories and periods."""

    told: frozenset[Told]
    measured: Measured
    checker: Checker

    def known(self, folder: str) -> Known | None:
        """Return what is known of a draft; None where the desk has nothing like it any more."""
        facts = self.measured.facts.get(folder)
        return Known(facts, self.checker, partial(self._proof, folder)) if facts else None

    @cached_property
    def _proof(self) -> Callable[[str, Copy], Proof]:
        """Read a copy about a draft's area: the same texts are asked about again and again."""

        @lru_cache(maxsize=_REMEMBERED)
        def proof(folder: str, copy: Copy) -> Proof:
            return self.checker.proof(copy, self.measured.facts[folder])

        return proof


@dataclass(frozen=True)
class _Failed:
    """Why a release could not be read, and until when that is believed."""

    error: NewscopyError
    until: float


class Knowledge:
    """Reads the releases of an output, each when it is first needed; threads may share it."""

    def __init__(self, output: Path, desk: Desk, home: Path, means: Means = PLAIN) -> None:
        self.output, self.desk, self.home, self.means = output, desk, home, means
        self._read: dict[ReleaseRecord | None, _Read] = {}
        self._failed: dict[ReleaseRecord | None, _Failed] = {}
        self._reading = threading.Lock()

    def of(self, folder: str, manifest: Manifest, patience: float = FOREVER) -> Known | Unknown:
        """Return what is known of a draft of the manifest; else why nothing is.

        Whose patience, in seconds, ends while its release is read is told that it is being read.
        """
        wanted = _Wanted.of(manifest.drafts[folder].release, manifest)
        read = self._known(wanted)
        if read is None:
            if not self._reading.acquire(timeout=patience):
                return _BEING_READ
            try:
                read = self._read_for(wanted)
            except NewscopyError as error:
                return Unknown(f"{error.faults[0].what} {error.faults[0].mend}")
            finally:
                self._reading.release()
        return read.known(folder) or Unknown(
            "The desk has no such story, area or period any more: file it again."
        )

    def measure(
        self, record: ReleaseRecord | None, _told: Iterable[Told], place: Place
    ) -> Measured:
        """Return what a release was measured to be, for whoever checks a draft of the output.

        Raises NewscopyError where it cannot be read.
        """
        wanted = _Wanted.of(record.id if record else "", place.manifest)
        known = self._known(wanted)
        if known is not None:
            return known.measured
        with self._reading:
            return self._read_for(wanted).measured

    def prepare(self, manifest: Manifest) -> None:
        """Read all releases that drafts of the manifest are of. Raises NewscopyError."""
        for release in sorted({row.release for row in manifest.drafts.values()}):
            with self._reading:
                self._read_for(_Wanted.of(release, manifest))

    def _known(self, wanted: _Wanted) -> _Read | None:
        read = self._read.get(wanted.record)
        return read if read is not None and wanted.told <= read.told else None

    def _read_for(self, wanted: _Wanted) -> _Read:
        """Return what was read of a release, or read it now."""
        failed = self._failed.get(wanted.record)
        if failed is not None and time.monotonic() < failed.until:
            raise failed.error
        known = self._known(wanted)
        if known is not None:
            return known
        place = Place(self.output, wanted.manifest, self.output)
        try:
            measured = measure_original(
                wanted.record, wanted.told, place, self.desk, self.home, means=self.means
            )
        except NewscopyError as error:
            self._failed[wanted.record] = _Failed(error, time.monotonic() + _RETRY)
            raise
        self._failed.pop(wanted.record, None)
        read = _Read(wanted.told, measured, Checker(self.desk, measured.release))
        self._read[wanted.record] = read
        return read


@dataclass(frozen=True)
class _Wanted:
    """A release, by all that is recorded of it, and what is told from it."""

    record: ReleaseRecord | None
    told: frozenset[Told]
    manifest: Manifest

    @classmethod
    def of(cls, release: str, manifest: Manifest) -> _Wanted:
        """Return what is wanted of a release by its id: all that the manifest has of it."""
        rows = (row for row in manifest.drafts.values() if row.release == release)
        return cls(manifest.releases.get(release), frozenset(told_in(rows)), manifest)
