"""Drafts that are made and wait to be filed: in memory, and past so many on the disk."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

from generator.errors import Fault, FilingError

Thing = TypeVar("Thing")

IN_MEMORY = 1 << 26
"""Bytes that wait in memory."""


class Packed(bytes, Generic[Thing]):
    """A thing as it crosses from the process that made it, unpacked where it is used."""

    @classmethod
    def of(cls, thing: Thing) -> Packed[Thing]:
        """Pack a thing."""
        return cls(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))

    def unpack(self) -> Thing:
        """Return the thing."""
        thing: Thing = pickle.loads(self)  # noqa: S301 - packed by a worker of ours
        return thing


class Spool(Generic[Thing]):
    """A collection of things in the order in which they were made, any number of them.

    All are made when the spool is: whatever goes wrong with one shows before the first is
    used. Has to be closed, or used as a context.
    """

    def __init__(self, things: Iterable[Packed[Thing]]) -> None:
        # A file without a name, that nobody else can open: what is read from it is what was
        # written to it.
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._lengths: list[int] = []
        try:
            for thing in things:
                self._add(thing)
        except BaseException:
            self._file.close()
            raise

    def _add(self, thing: Packed[Thing]) -> None:
        try:
            self._lengths.append(self._file.write(thing))
        except OSError as error:
            raise FilingError(
                Fault(
                    "Drafts wait in the temporary folder until all are made, and it has no room: "
                    "nothing was filed.",
                    "Make room there, or name another folder in the environment as TMPDIR.",
                    file=tempfile.gettempdir(),
                    found=error.strerror or type(error).__name__,
                )
            ) from error

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[Thing]:
        self._file.seek(0)
        for length in self._lengths:
            yield Packed[Thing](self._file.read(length)).unpack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
