"""Drafts that are made and wait to be filed: in memory, and past so many on the disk."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import Generic, Self, TypeVar

Thing = TypeVar("Thing")

FEW = 500
"""Things that are simply held."""


class Spool(Generic[Thing]):
    """A collection of things in the order in which they were made, any number of them.

    All are made when the spool is: whatever goes wrong with one shows before the first is
    used. Has to be closed, or used as a context.
    """

    def __init__(self, things: Iterable[Thing]) -> None:
        made = iter(things)
        self._held = list(islice(made, FEW))
        self._number = len(self._held)
        # A file without a name, that nobody else can open: what is read from it is what was
        # written to it.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            for thing in made:
                pickle.dump(thing, self._file, pickle.HIGHEST_PROTOCOL)
                self._number += 1
        except BaseException:
            self._file.close()
            raise

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Thing]:
        yield from self._held
        self._file.seek(0)
        for _ in range(self._number - len(self._held)):
            yield pickle.load(self._file)  # noqa: S301 - written above

    def __contains__(self, thing: object) -> bool:
        return any(each == thing for each in self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
