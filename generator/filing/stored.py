"""An output in an object store: worked on as a copy on this machine's disk, and put back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.filing.listing import Listing
from generator.filing.locking import locked
from generator.filing.names import HIDDEN, MANIFEST
from generator.filing.store import Store, is_journal, told_of_the_store
from generator.locations import Location, reaching

if TYPE_CHECKING:
    from upath import UPath


@contextmanager
def at_hand(output: Location, *, changing: bool) -> Iterator[Path]:
    """Yield an output folder on this machine: itself, or a copy of one in a store.

    If it is for `changing`, what has changed is put back at the end, unless an error comes
    through. Raises FilingError where somebody else works on it, or has saved a file in it
    meanwhile, and RequestError where the store does not answer.
    """
    if isinstance(output, Path):
        yield output
        return
    with tempfile.TemporaryDirectory(prefix="newscopy-") as temporary, ExitStack() as stack:
        room = Path(temporary).resolve()
        copy = room / (output.name or "output")
        with reaching(output):
            lock = stack.enter_context(locked(output)) if changing else None
            store = Store(output, room)
            if lock is not None:
                store.go_on(lock)
            before = store.bring(copy)
        with told_of_the_store(copy, output):
            yield copy
        if lock is not None:
            with reaching(output):
                store.put_back(lock, copy, before)


def is_output(place: UPath) -> bool:
    """Tell whether an output lies in a folder of a store, though its first run was cut off."""
    if (place / MANIFEST).exists():
        return True
    return any(map(is_journal, Listing(place).look(HIDDEN)))
