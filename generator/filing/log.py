"""The log of an output: who did what to which draft, when, and with which text."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import TypeAdapter

from generator.desk import Answer


class Event(StrEnum):
    """What was done to a draft."""

    FILED = "filed"
    UPDATED = "updated"
    MERGED = "merged"
    BESIDE = "filed beside"
    APPROVED = "approved"
    SPIKED = "spiked"
    ON_HOLD = "put on hold"
    """An editor has decided that it is not to run yet."""
    HELD = "held"
    """What was decided on may not be used any more, for a reason that the line gives."""
    CLEARED = "cleared"
    """What was decided on may be used from now on."""
    SAVED = "saved"
    """An editor saved a version of a file on the review page."""
    SET_ASIDE = "set aside"
    """An editor had no use for a new version that lay beside a file."""

    @property
    def is_filing(self) -> bool:
        """True where a run put its own words in place."""
        return self in _FILING


_FILING = (Event.FILED, Event.UPDATED)
DECISIONS = (Event.APPROVED, Event.ON_HOLD, Event.SPIKED)
_VERSIONS = (*DECISIONS, Event.HELD, Event.CLEARED)
"""What makes a new version of a draft's item in feeds."""
NEWSCOPY = "newscopy"
"""Who files."""
_ANSWERS = TypeAdapter(tuple[Answer, ...])


@dataclass(frozen=True)
class Entry:
    """A line of the log."""

    at: datetime.datetime
    """To the second, in UTC."""
    who: str
    event: Event
    folder: str
    release: str
    """The id of the release, as the manifest has it."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The sha256 of each file that was meant, by name."""
    reason: str = ""
    """Why a draft was approved although it was held, or spiked, put on hold, or is held now."""
    read_by: str = ""
    """The id of another release whose figures may stand in the texts, by which they were read."""
    answers: tuple[Answer, ...] = ()
    """What had been answered to doubts about the figures when a draft was approved."""


def now() -> datetime.datetime:
    """Return the time as the log has it."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def write(database: sqlite3.Connection, entries: Iterable[Entry], *, pending: bool = False) -> None:
    """Add lines to the log; `pending` are those of a run that is about to file."""
    for entry in entries:
        cursor = database.execute(
            "INSERT INTO entries (at, who, event, folder, release, reason, read_by, answers,"
            " pending) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(entry.at.isoformat(), entry.who, entry.event, entry.folder, entry.release),
                *(entry.reason, entry.read_by),
                _ANSWERS.dump_json(entry.answers, by_alias=True).decode(),
                pending,
            ),
        )
        database.executemany(
            "INSERT INTO entry_texts (entry, file, sha256) VALUES (?, ?, ?)",
            ((cursor.lastrowid, name, sha) for name, sha in entry.texts.items()),
        )


def settle(database: sqlite3.Connection, *, filed: bool) -> None:
    """Let the pending lines stand, as what they tell of is in place, or take them out."""
    if filed:
        database.execute("UPDATE entries SET pending = 0 WHERE pending")
    else:
        database.execute("DELETE FROM entries WHERE pending")


def read(database: sqlite3.Connection, folder: str = "") -> list[Entry]:
    """Return the log, the oldest line first; of one draft, or of those below a folder."""
    rows = database.execute(
        "SELECT id, at, who, event, folder, release, reason, read_by, answers FROM entries"
        " WHERE NOT pending"
        " AND (? IN ('', folder) OR substr(folder, 1, length(?) + 1) = ? || '/') ORDER BY id",
        (folder, folder, folder),
    )
    return [_entry(database, row) for row in rows.fetchall()]


def decisions(database: sqlite3.Connection) -> dict[str, Entry]:
    """Return the last decision on each draft, by folder."""
    rows = database.execute(
        "SELECT max(id), at, who, event, folder, release, reason, read_by, answers FROM entries"
        " WHERE event IN (?, ?, ?) AND NOT pending GROUP BY folder ORDER BY folder",
        DECISIONS,
    )
    return {entry.folder: entry for entry in (_entry(database, row) for row in rows.fetchall())}


def versions(database: sqlite3.Connection) -> dict[str, tuple[int, datetime.datetime]]:
    """Return how often each draft's item in feeds became another, and when last, by folder."""
    rows = database.execute(
        "SELECT folder, count(*), max(at) FROM entries WHERE event IN (?, ?, ?, ?, ?)"
        " AND NOT pending GROUP BY folder",
        _VERSIONS,
    )
    return {folder: (n, datetime.datetime.fromisoformat(at)) for folder, n, at in rows.fetchall()}


def releases(database: sqlite3.Connection) -> set[str]:
    """Return the id of every release that the log speaks of."""
    rows = database.execute("SELECT release FROM entries UNION SELECT read_by FROM entries")
    return {release for (release,) in rows if release}


def editors_texts(database: sqlite3.Connection) -> set[str]:
    """Return the sha256 of every text that an editor has decided on, saved, or set aside."""
    rows = database.execute(
        "SELECT sha256 FROM entry_texts JOIN entries ON entries.id = entry"
        " WHERE event IN (?, ?, ?, ?, ?)",
        (*DECISIONS, Event.SAVED, Event.SET_ASIDE),
    )
    return {sha for (sha,) in rows}


def earlier_texts(database: sqlite3.Connection, release: str) -> set[str]:
    """Return the sha256 of every file as runs of other releases than this one filed it last."""
    rows = database.execute(
        "SELECT sha256 FROM entry_texts WHERE entry IN ("
        "SELECT max(id) FROM entries WHERE event IN (?, ?) AND release != ? GROUP BY folder)",
        (*_FILING, release),
    )
    return {sha for (sha,) in rows}


def _entry(database: sqlite3.Connection, row: Sequence[object]) -> Entry:
    number, at, who, event, folder, release, reason, read_by, answers = row
    texts = database.execute(
        "SELECT file, sha256 FROM entry_texts WHERE entry = ? ORDER BY file", (number,)
    )
    try:
        when, what = datetime.datetime.fromisoformat(str(at)), Event(str(event))
        answered = _ANSWERS.validate_json(str(answers))
    except ValueError as error:
        raise sqlite3.DatabaseError(f"line {number} of the log cannot be understood") from error
    return Entry(
        when,
        str(who),
        what,
        str(folder),
        str(release),
        dict(texts.fetchall()),
        str(reason),
        str(read_by),
        answered,
    )
