"""Put what a run has written in place, file by file, so that nobody ever sees half of one.

Everything is first complete in `output/.newscopy/new`, with a journal of the moves written
last. What a move replaces goes to `output/.newscopy/old`. A run that fails puts back what
was; from the journal that one left that was killed, the next command finishes what it had
begun, or goes on with the putting back. An editor's file is never touched: a move whose
file is not as the run had found it is not made, or taken back.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path, PurePosixPath

from generator.errors import Fault, FilingError
from generator.filing.journal import Journal, JournalWriter, Move
from generator.filing.names import HIDDEN, sha256
from generator.filing.swapping import swap

_JOURNAL = "journal.jsonl"
_UNDO = "undo.jsonl"
"""The journal's name once its moves are being taken back."""


class Staging:
    """Files on their way: each written to the disk, and its move into the journal."""

    def __init__(self, output: Path) -> None:
        clear(output)
        self._output = output
        self._journal = JournalWriter(_new(output) / "part")

    def add(self, move: Move, data: bytes | None, *, keeps_time: bool = False) -> None:
        """Write a file that has to be moved into place, and down what is to be done with it.

        If asked, it looks as old as the one that it takes the place of.
        """
        if data is not None:
            stage_file(self._output, move.path, data)
        if data is not None and keeps_time:
            with suppress(FileNotFoundError):  # it is told of when it is to be moved
                seen = (self._output / move.path).stat()
                os.utime(_new(self._output) / move.path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        self._journal.add(move)

    def finish(self) -> Journal:
        """Make the journal whole: from now on what is staged is going to be in place."""
        self._journal.finish()
        new = _new(self._output)
        (new / "part").replace(new / _JOURNAL)
        return Journal(new / _JOURNAL)

    def close(self) -> None:
        """Leave what is staged as it is."""
        self._journal.close()


def stage_file(output: Path, path: str, data: bytes) -> None:
    """Write a file to be moved; its folder is made when it turns out not to be there."""
    staged = _new(output) / path
    try:
        staged.write_bytes(data)
    except FileNotFoundError:
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(data)


def move_in(output: Path, moves: Journal) -> None:
    """Make all the moves; on any failure put everything back.

    Raises FilingError where somebody has saved a file since the run looked at it: what they
    saved stays.
    """
    try:
        _old(output).mkdir(exist_ok=True)
        for move in moves:
            if not move.is_page and _hash(output / move.path) != move.was:
                raise FilingError(_saved_meanwhile(output, move))
            _make(output, move)
        for move in moves:
            if not move.is_page and _hash(_old(output) / move.path) != move.was:
                raise FilingError(_saved_meanwhile(output, move))
    except BaseException:
        moves.path.replace(_new(output) / _UNDO)
        _put_back(output, Journal(_new(output) / _UNDO))
        raise


def clear(output: Path) -> None:
    """Forget the journal, and then what was staged and replaced."""
    (_new(output) / _JOURNAL).unlink(missing_ok=True)
    for folder in (_old(output), _new(output)):
        if folder.exists():
            shutil.rmtree(folder)


def was_interrupted(output: Path) -> bool:
    """Tell whether a run that died has left anything here."""
    return _new(output).exists() or _old(output).exists()


def moves_to_go_on(output: Path) -> Journal | None:
    """Return the moves of a run that died; None where it had not come as far as the first."""
    return _read(output, _JOURNAL)


def is_journal(path: str) -> bool:
    """Tell whether a staged file is a journal."""
    return PurePosixPath(path).name in (_JOURNAL, _UNDO)


def resume(output: Path) -> list[Move] | None:
    """Make the moves that a run that was killed had still to make, or go on taking them back.

    Returns the moves that could not be made, since somebody has saved the file or the disk
    has lost it; None where all is as it was before the run. `clear` has to follow.
    """
    undone = _read(output, _UNDO)
    if undone is not None:
        _put_back(output, undone)
        return None
    moves = _read(output, _JOURNAL)
    if moves is None:
        return None
    return [move for move in moves if not _is_made(output, move)]


def _is_made(output: Path, move: Move) -> bool:
    """Make a move if it still has to be made; tell whether what it should be is in place."""
    place, staged, kept = (root / move.path for root in (output, _new(output), _old(output)))
    if staged.exists() and _hash(place) == move.becomes:  # the run died when it was just in
        kept.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(kept) if _hash(staged) != move.becomes else staged.unlink()
    waits = staged.exists() if move.becomes else not kept.exists()
    if waits:
        whole = move.becomes is None or _hash(staged) == move.becomes
        if not whole or not (move.is_page or _hash(place) == move.was):
            return False
        with suppress(FilingError):
            _make(output, move)
    if move.is_page or not kept.exists():
        return True
    lost = move.becomes is not None and place.is_file() and place.stat().st_size == 0
    if _hash(kept) != move.was or lost:
        # Somebody saved it at the very moment, or the power failed before it was on the disk.
        if _hash(place) in (None, move.becomes) or lost:
            kept.replace(place)
        else:
            kept.replace(place.with_name(f"{place.stem}.saved{place.suffix}"))
        return False
    return True


def _make(output: Path, move: Move) -> None:
    """Put a file in its place in one step, and what was there away, whatever it was."""
    place, staged, kept = (root / move.path for root in (output, _new(output), _old(output)))
    if move.becomes is None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        place.rename(kept)
    elif place.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        swap(staged, place, kept)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.hardlink_to(staged)
        except FileExistsError as error:
            raise FilingError(_saved_meanwhile(output, move)) from error
        except OSError:  # a disk without hard links
            staged.rename(place)
        staged.unlink(missing_ok=True)


def _put_back(output: Path, moves: Journal) -> None:
    """Undo `move_in` as far as it came, but for what somebody has saved over it.

    It may be cut off as well, and done again.
    """
    for move in reversed(moves):
        place, staged, kept = (root / move.path for root in (output, _new(output), _old(output)))
        if move.becomes is not None and staged.exists() and _hash(place) != move.becomes:
            continue  # it was never moved
        if _hash(staged) not in (None, move.becomes):
            kept = staged  # the two had just changed places
        if kept.exists():
            if _hash(place) in (None, move.becomes):
                kept.replace(place)
        elif move.was is None and _hash(place) == move.becomes:
            place.unlink(missing_ok=True)
            _remove_empty(place.parent, output)
    clear(output)


def _remove_empty(folder: Path, output: Path) -> None:
    """Take away folders that the run had made."""
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _read(output: Path, name: str) -> Journal | None:
    """Return a journal; None where there is none, or it never came to anything."""
    journal = Journal(_new(output) / name)
    if not journal.path.exists():
        return None
    if journal.is_whole:
        return journal
    if not _old(output).exists():
        return None
    raise FilingError(
        Fault(
            "A run was cut off here, and its journal is damaged: nobody can tell what it had "
            "still to do.",
            f"Look through {HIDDEN}/old for what you need, delete {HIDDEN}/new and "
            f"{HIDDEN}/old, and run again.",
            file=str(journal.path),
        )
    )


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


def _new(output: Path) -> Path:
    return output / HIDDEN / "new"


def _old(output: Path) -> Path:
    return output / HIDDEN / "old"
