"""What files were, kept by their sha256: as they were filed, and as they were approved."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterable

from generator.filing.database import transaction
from generator.filing.log import editors_texts
from generator.filing.names import sha256


def keep(database: sqlite3.Connection, texts: Iterable[bytes], *, whole: bool = False) -> None:
    """Keep texts, those that are not kept already; if asked (`whole`), nor damaged since."""
    hashed = {sha256(text): text for text in texts}
    is_kept = _is_whole if whole else _is_kept
    rows = [(s, _deflated(text)) for s, text in hashed.items() if not is_kept(database, s)]
    if rows:
        with transaction(database):
            database.executemany("REPLACE INTO texts (sha256, deflated) VALUES (?, ?)", rows)


def recall(database: sqlite3.Connection, sha: str) -> bytes | None:
    """Return a text; None where it was never kept, or is damaged."""
    row = database.execute("SELECT deflated FROM texts WHERE sha256 = ?", (sha,)).fetchone()
    try:
        text = zlib.decompress(row[0]) if row else None
    except zlib.error:
        return None
    return text if text is not None and sha256(text) == sha else None


def kept(database: sqlite3.Connection, hashes: Iterable[str]) -> set[str]:
    """Return those of some texts, by their sha256, that are kept."""
    return {sha for sha in hashes if _is_kept(database, sha)}


def keep_only(database: sqlite3.Connection, needed: Collection[str]) -> None:
    """Let go of every text but these, by their sha256, and those that the log has of editors."""
    gone = _known(database) - set(needed) - editors_texts(database)
    if gone:
        with transaction(database):
            database.executemany("DELETE FROM texts WHERE sha256 = ?", ((sha,) for sha in gone))


def _deflated(text: bytes) -> bytes:
    """Make a text small, but fast: it takes half the time of the usual, and a seventh more room."""
    return zlib.compress(text, zlib.Z_BEST_SPEED)


def _is_kept(database: sqlite3.Connection, sha: str) -> bool:
    found = database.execute("SELECT 1 FROM texts WHERE sha256 = ?", (sha,)).fetchone()
    return found is not None


def _is_whole(database: sqlite3.Connection, sha: str) -> bool:
    return recall(database, sha) is not None


def _known(database: sqlite3.Connection) -> set[str]:
    return {sha for (sha,) in database.execute("SELECT sha256 FROM texts")}
