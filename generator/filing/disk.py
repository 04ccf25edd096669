"""The output folder as a disk gives it: one run at a time, and what it refuses said plainly."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from generator.errors import Fault, FilingError

HIDDEN = ".newscopy"
TIMEOUT = 5.0
"""Seconds to wait for another run to finish."""

_NO_ROOM = (
    "The disk is full: nothing was filed.",
    "Make room, or give another --output, and run again.",
)
_READ_ONLY = (
    "The output folder cannot be written to: nothing was filed.",
    "Get the right to write there, or give another --output, and run again.",
)
_IN_USE = (
    "A file or folder cannot be replaced: it is open in another program, or not yours to "
    "write. Nothing was filed.",
    "Close it there, and any window that shows its folder, and run again.",
)
_IN_THE_WAY = (
    "A file stands where a folder has to be: nothing was filed.",
    "Move it away, or give another --output, and run again.",
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
                f"The output cannot be written: {error.strerror or error}. Nothing was filed.",
                "See to the disk, or give another --output, and run again.",
            ),
        )
        raise FilingError(Fault(what, mend, file=str(error.filename or output))) from error
