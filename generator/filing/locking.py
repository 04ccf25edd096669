"""The lock on an output in a store: a file there whose being there says that somebody is at it."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from generator.errors import Fault, FilingError
from generator.filing import log
from generator.filing.names import HIDDEN

if TYPE_CHECKING:
    from upath import UPath

LOCK = f"{HIDDEN}/locked"
"""The file's name; it says since when, by which run, and in which process on which machine."""


class Lock:
    """One run's lock on an output, known from every other by what stands in the file."""

    def __init__(self, output: UPath) -> None:
        self.name = secrets.token_hex(8)
        """What no other run is called."""
        self._output = output
        self._path = f"{output.path.rstrip('/')}/{LOCK}"
        self._said = f"{log.now().isoformat()} {self.name} {os.getpid()} {socket.gethostname()}"

    def take(self) -> None:
        """Lock the output. Raises FilingError where somebody else does.

        Not every store heeds that a file is to be made anew or not at all, and where one does,
        the file may be there by the first try of ours whose answer was lost: what stands in it
        says whose it is.
        """
        if self._read() is None:
            with suppress(FileExistsError):
                self._output.fs.pipe_file(self._path, self._said.encode(), mode="create")
        self.check()

    def check(self) -> None:
        """Raise FilingError where the lock is no longer ours."""
        says = self._read()
        if says != self._said:
            raise FilingError(
                Fault(
                    "Another run is filing into this output.",
                    "Wait until it has finished, and run again. If it is no more, delete "
                    f"{LOCK} there: nothing is lost by that.",
                    file=str(self._output),
                    found=_told(says) if says else "a lock that somebody has deleted",
                )
            )

    def release(self) -> None:
        """Let the output go, unless it is another's by now."""
        if self._read() == self._said:
            self._output.fs.rm_file(self._path)

    def _read(self) -> str | None:
        try:
            said: bytes = self._output.fs.cat_file(self._path)
        except FileNotFoundError:
            return None
        return said.decode(errors="replace")


def _told(says: str) -> str:
    """Say what stands in a lock; an earlier newscopy says in it less of who has it."""
    match says.split():
        case [since, _, process, machine]:
            return f"locked since {since} by process {process} on {machine}"
        case _:
            return f"locked since {says}"


@contextmanager
def locked(output: UPath) -> Iterator[Lock]:
    """Lock an output in a store, so that two runs never work on it at once."""
    lock = Lock(output)
    lock.take()
    try:
        yield lock
    finally:
        with suppress(Exception):  # else the next run says what to do
            lock.release()
