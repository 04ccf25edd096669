"""The output folder as a disk gives it: one run at a time, and what it refuses said plainly."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from generator.errors import Fault, FilingError
from generator.filing.names import HIDDEN, LOG

TIMEOUT = 5.0
"""Seconds to wait for another run to finish."""

_NO_ROOM = (
    "The disk is full: nothing was changed.",
    "Make room, or give another --output, and run again.",
)
_READ_ONLY = (
    "The output folder cannot be written to: nothing was changed.",
    "Get the right to write there, or give another --output, and run again.",
)
_IN_USE = (
    "A file or folder cannot be replaced: it is open in another program, or not yours to "
    "write. Nothing was changed.",
    "Close it there, and any window that shows its folder, and run again.",
)
_IN_THE_WAY = (
    "A file stands where a folder has to be: nothing was changed.",
    "Move it away, or give another --output, and run again.",
)
_LOG_IN_USE = (
    "The output's log is in use by another program: nothing was changed.",
    "Close whatever has opened it, and run again.",
)
_LOG_DAMAGED = (
    "The output's log is damaged, which tells who approved what: nothing was changed.",
    "Put back a copy of it from a backup. Without one, move it away: what was approved is left "
    "as it lies, and has to be approved again.",
)
_REFUSALS = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _IN_USE,
    errno.EPERM: _IN_USE,
    errno.EBUSY: _IN_USE,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
}
_LOG_REFUSALS = {
    sqlite3.SQLITE_BUSY: _LOG_IN_USE,
    sqlite3.SQLITE_LOCKED: _LOG_IN_USE,
    sqlite3.SQLITE_FULL: _NO_ROOM,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _LOG_DAMAGED,
    sqlite3.SQLITE_NOTADB: _LOG_DAMAGED,
}


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold the output folder, so that two runs never file into it at once."""
    try:
        (output / HIDDEN).mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(output / HIDDEN / "lock", timeout=TIMEOUT)
        lock.acquire()
    except filelock.Timeout as error:
        raise FilingError(
            Fault(
                f"Another run is filing into {output}.",
                "Wait until it has finished and run again, or give another --output.",
                file=str(output),
            )
        ) from error
    except PermissionError as error:
        raise FilingError(Fault(*_READ_ONLY, file=str(output))) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def refusals(output: Path) -> Iterator[None]:
    """Turn what the disk refuses into a FilingError with its mend."""
    try:
        yield
    except OSError as error:
        what, mend = _REFUSALS.get(
            error.errno or 0,
            (
                f"The output cannot be written: {error.strerror or error}. Nothing was changed.",
                "See to the disk, or give another --output, and run again.",
            ),
        )
        raise FilingError(Fault(what, mend, file=str(error.filename or output))) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        what, mend = _LOG_REFUSALS.get(
            code,
            (
                f"The output's log cannot be used: {error}. Nothing was changed.",
                "See to the disk; if it is sound, put back a copy of the log from a backup.",
            ),
        )
        raise FilingError(Fault(what, mend, file=str(output / HIDDEN / LOG))) from error
