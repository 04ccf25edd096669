"""What each topic came to when it was measured last: the data of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from .machine import Machine
from .rows import Row


@dataclass(frozen=True)
class Measured:
    """What a topic came to, and when the run that measured it began: `2026-11-26 13:32 UTC`."""

    begun: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Record:
    """Topics by name, and the machine on which they were measured."""

    machine: Machine
    topics: Mapping[str, Measured]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all topics."""
        return tuple(row for topic in self.topics.values() for row in topic.rows)

    def whole(self, before: Record | None, topics: Sequence[str]) -> Record | None:
        """Return this run over one `before` it, all topics in order; None where some are missing.

        What another machine came to, or other libraries, is not set beside this.
        """
        same = before is not None and before.machine == self.machine
        known = {**(before.topics if before and same else {}), **self.topics}
        if not set(topics) <= set(known):
            return None
        return Record(self.machine, {name: known[name] for name in topics})


_RECORD = TypeAdapter(Record)


def read_record(path: Path) -> Record | None:
    """Return what is on record; None where nothing is."""
    return _RECORD.validate_json(path.read_bytes()) if path.exists() else None


def write_record(record: Record, path: Path) -> None:
    """Put a run on record."""
    path.write_bytes(_RECORD.dump_json(record, indent=2) + b"\n")
