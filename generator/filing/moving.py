"""Put what a run has written in place, file by file, so that nobody ever sees half of one.

Everything is first complete in `output/.newscopy/new`, with a journal of the moves written
last. What a move replaces gets a second name in `output/.newscopy/old` first. So a run that
fails puts back what was, and from a journal that one left that was killed the next run
finishes what it had begun. An editor's file is never touched: a move whose file is not as
the run had found it is not made.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from generator.errors import Fault, FilingError
from generator.filing.disk import HIDDEN
from generator.filing.encoded import as_json
from generator.filing.keeping import sha256

_JOURNAL = "journal.json"


class Move(BaseModel):
    """One file: what it was (its sha256), and what it becomes; None where there is none."""

    model_config = ConfigDict(frozen=True)

    path: str
    """Below the output, with `/`."""
    was: str | None
    becomes: str | None
    is_page: bool = False
    """True for what newscopy alone writes: it is replaced whatever lies there."""


class _Journal(BaseModel):
    moves: tuple[Move, ...]


def stage(output: Path, moves: Sequence[Move], contents: Mapping[str, bytes]) -> None:
    """Write whatever has to be moved into place, and then the journal."""
    _clear(output)
    for move in moves:
        if move.becomes is not None:
            staged = _new(output) / move.path
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(contents[move.path])
    _new(output).mkdir(parents=True, exist_ok=True)
    journal = _Journal(moves=tuple(moves))
    (_new(output) / "part").write_bytes(as_json(journal.model_dump()))
    (_new(output) / "part").replace(_new(output) / _JOURNAL)


def move_in(output: Path, moves: Sequence[Move]) -> None:
    """Make all the moves; on any failure put everything back.

    Raises FilingError where somebody has saved a file since the run looked at it: what they
    saved stays.
    """
    try:
        for move in moves:
            if not move.is_page and _hash(output / move.path) != move.was:
                raise FilingError(_saved_meanwhile(output, move))
            _make(output, move)
        for move in moves:
            if not move.is_page and _hash(_old(output) / move.path) != move.was:
                raise FilingError(_saved_meanwhile(output, move))
    except BaseException:
        _put_back(output, moves)
        raise


def finish(output: Path) -> None:
    """Forget the journal, and then what was staged and replaced."""
    (_new(output) / _JOURNAL).unlink(missing_ok=True)
    _clear(output)


def was_interrupted(output: Path) -> bool:
    """Tell whether a run that died has left anything here."""
    return _new(output).exists() or _old(output).exists()


def resume(output: Path) -> tuple[Move, ...] | None:
    """Make the moves that a run that was killed had still to make.

    Returns those that were not made, since somebody has saved the file in the meantime, or
    the disk has lost what was to come; None where the run had not come as far as its first
    move. `finish` has to follow.
    """
    try:
        journal = _Journal.model_validate_json((_new(output) / _JOURNAL).read_bytes())
    except FileNotFoundError:
        return None
    left = []
    for move in journal.moves:
        place, staged = output / move.path, _new(output) / move.path
        waits = staged.exists() if move.becomes else place.exists()
        if not waits:
            continue
        is_whole = move.becomes is None or _hash(staged) == move.becomes
        if is_whole and (move.is_page or _hash(place) == move.was):
            _make(output, move)
        else:
            left.append(move)
    return tuple(left)


def _make(output: Path, move: Move) -> None:
    """Give what is there a second name, and put the new file in its place in one step."""
    place, kept = output / move.path, _old(output) / move.path
    kept.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and not kept.exists():
        _link(place, kept)
    if move.becomes is None:
        place.unlink(missing_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        (_new(output) / move.path).replace(place)


def _put_back(output: Path, moves: Sequence[Move]) -> None:
    """Undo `move_in` as far as it came, but for what somebody has saved over it."""
    for move in reversed(moves):
        place, kept = output / move.path, _old(output) / move.path
        if move.becomes is not None and (_new(output) / move.path).exists():
            continue
        if _hash(place) != move.becomes:
            continue
        if kept.exists():
            kept.replace(place)
        elif move.was is None:
            place.unlink(missing_ok=True)
            _remove_empty(place.parent, output)
    finish(output)


def _link(place: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(place)
    except OSError:  # a disk without hard links
        shutil.copy2(place, kept)


def _remove_empty(folder: Path, output: Path) -> None:
    """Take away folders that the run had made."""
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _saved_meanwhile(output: Path, move: Move) -> Fault:
    return Fault(
        f"Somebody saved {Path(move.path).name} in {Path(move.path).parent.as_posix()} while the "
        "run was filing.",
        "Nothing was lost, and nothing was filed: run again.",
        file=str(output / move.path),
    )


def _hash(path: Path) -> str | None:
    """Return a file's sha256, "" for what is no file, None where there is nothing."""
    try:
        return sha256(path.read_bytes())
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError, PermissionError):
        return ""


def _clear(output: Path) -> None:
    for folder in (_new(output), _old(output)):
        if folder.exists():
            shutil.rmtree(folder)


def _new(output: Path) -> Path:
    return output / HIDDEN / "new"


def _old(output: Path) -> Path:
    return output / HIDDEN / "old"
