"""The moves of a run, written down one line a file while they are prepared.

They are read from there each time they are needed, so that there may be any number of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, TypeAdapter, ValidationError

from generator.filing.names import is_inside, is_page


def _inside(path: str) -> str:
    if not is_inside(path):
        raise ValueError("a move has to stay in the output folder")
    return path


class Move(NamedTuple):
    """One file: what it was (its sha256), and what it becomes; None where there is none."""

    path: Annotated[str, AfterValidator(_inside)]
    """Below the output, with `/`."""
    was: str | None
    becomes: str | None
    is_page: bool = False
    """True for what newscopy alone writes: it is replaced whatever lies there."""


def _whole(move: Move) -> Move:
    """Refuse a page in a draft's folder: what lies there is looked at before it is replaced."""
    if move.is_page and not is_page(move.path):
        raise ValueError("what lies in a draft's folder is no page")
    return move


_LINE: TypeAdapter[Move | int] = TypeAdapter(Annotated[Move, AfterValidator(_whole)] | int)
"""A move, or as the last line how many there are."""


@dataclass(frozen=True)
class Journal:
    """The moves in a file, in the order in which they are made."""

    path: Path

    def __iter__(self) -> Iterator[Move]:
        with self.path.open("rb") as lines:
            for line in lines:
                move = _LINE.validate_json(line)
                if isinstance(move, Move):
                    yield move

    def __reversed__(self) -> Iterator[Move]:
        yield from reversed(list(self))

    @property
    def is_whole(self) -> bool:
        """True where every line can be read, to the last one, that says how many there are."""
        number, last = 0, None
        try:
            with self.path.open("rb") as lines:
                for line in lines:
                    last = _LINE.validate_json(line)
                    number += isinstance(last, Move)
        except ValidationError:
            return False
        return last == number


class JournalWriter:
    """Writes a journal to a file; `finish` makes it whole."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lines = path.open("w", encoding="utf-8", newline="\n")
        self._number = 0

    def add(self, move: Move) -> None:
        """Write a move down. Raises ValueError where no journal may have it."""
        _inside(move.path)
        _whole(move)
        self._lines.write(json.dumps(move) + "\n")
        self._number += 1

    def finish(self) -> None:
        """Write how many there are, and no more."""
        self._lines.write(f"{self._number}\n")
        self._lines.close()

    def close(self) -> None:
        """Leave it as it is."""
        self._lines.close()
