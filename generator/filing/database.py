"""The output's own database, `.newscopy/log.db`: opened, and brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from generator.errors import Fault, FilingError
from generator.filing.names import HIDDEN, LOG

WAIT = 5.0
"""Seconds to wait for another program that has the database."""

MIGRATIONS = (
    # 1: what files were as a run filed them, for merges with what an editor made of them.
    """
    CREATE TABLE texts (
        sha256 TEXT PRIMARY KEY,
        deflated BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    # 2: who did what to which draft, and which text of each file was meant.
    """
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        event TEXT NOT NULL,
        folder TEXT NOT NULL,
        release TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        pending INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX entries_of_folder ON entries (folder, id);
    CREATE TABLE entry_texts (
        entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (entry, file)
    ) STRICT, WITHOUT ROWID;
    """,
    # 3: of which other release the figures in an editor's text may be, beside the one it is from.
    """
    ALTER TABLE entries ADD COLUMN read_by TEXT NOT NULL DEFAULT '';
    """,
    # 4: texts beside their keys' index and not in it, where they were moved about with it: of
    # sixty thousand each took five times as long to be kept, and a quarter more room.
    """
    CREATE TABLE texts_beside (
        sha256 TEXT PRIMARY KEY,
        deflated BLOB NOT NULL
    ) STRICT;
    INSERT INTO texts_beside (sha256, deflated) SELECT sha256, deflated FROM texts;
    DROP TABLE texts;
    ALTER TABLE texts_beside RENAME TO texts;
    """,
    # 5: what had been answered to doubts about a draft's figures when it was approved, as JSON.
    """
    ALTER TABLE entries ADD COLUMN answers TEXT NOT NULL DEFAULT '[]';
    """,
)
"""What each version of the database added to the one before; never changed, only added to."""


@contextmanager
def opened(output: Path) -> Iterator[sqlite3.Connection]:
    """Yield the database of an output folder, made or brought up to date where need be.

    Nothing is written before a statement does: a connection is in no transaction until one
    begins. Raises FilingError where the database is of a newer newscopy.
    """
    (output / HIDDEN).mkdir(parents=True, exist_ok=True)
    path = output / HIDDEN / LOG
    with closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        if _version(connection) != len(MIGRATIONS):
            _migrate(connection, path)
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of what follows, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite takes some failures back by itself
            connection.execute("ROLLBACK")
        raise


def is_there(output: Path) -> bool:
    """Tell whether the output has a database yet."""
    return (output / HIDDEN / LOG).is_file()


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Run the migrations that the database has not seen, all or none."""
    with transaction(connection):
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise FilingError(
                Fault(
                    "The output's log was written by a newer newscopy than this one.",
                    "Use that one, or a newer; this one would not understand what it says.",
                    file=str(path),
                    found=f"version {version}",
                    expected=f"version {len(MIGRATIONS)} or older",
                )
            )
        for script in MIGRATIONS[version:]:
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
