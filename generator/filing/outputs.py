"""An output folder, opened to be changed: held, put right, its manifest and log at hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.filing import database, log, manifest, moving, texts
from generator.filing.disk import locked, refusals
from generator.filing.journal import Move
from generator.filing.log import Entry
from generator.filing.manifest import Manifest
from generator.filing.moving import Staging
from generator.filing.names import MANIFEST, sha256
from generator.filing.standing import Decision, stand

_AT_ONCE = 300
"""Lines of the log that are written in one go."""


@dataclass(frozen=True)
class Output:
    """An output folder that nobody else changes meanwhile."""

    folder: Path
    manifest: Manifest | None
    """None where nothing was filed yet, or the manifest is damaged."""
    database: sqlite3.Connection
    decisions: dict[str, Decision]
    """Where each draft stands that was decided on, by folder."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Put:
    """A file to be changed: what it was and what it is to be, None where there is none."""

    path: str
    """Below the output, with `/`."""
    was: bytes | None
    data: bytes | None
    same_words: bool = False
    """True where its words stay as they are, so that the file keeps the time at which they were
    last changed."""

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path).name


@contextmanager
def opened(folder: Path) -> Iterator[Output]:
    """Hold an output folder, and finish what a run that died had begun there.

    Raises FilingError where another run holds it, or the disk refuses.
    """
    with refusals(folder), locked(folder), database.opened(folder) as log_db:
        _recover(folder, log_db)
        record, warnings = _read(folder)
        yield Output(folder, record, log_db, _decisions(folder, log_db), warnings)


def look_up_decisions(folder: Path) -> dict[str, Decision]:
    """Return where each draft of an output stands, by folder, without holding it."""
    with refusals(folder):
        if not database.is_there(folder):
            return {}
        with database.opened(folder) as log_db:
            return _decisions(folder, log_db)


def read_log(folder: Path, below: str = "") -> list[Entry]:
    """Return the log of an output, the oldest line first; of one draft, or of those below it."""
    with refusals(folder):
        if not database.is_there(folder):
            return []
        with database.opened(folder) as log_db:
            return log.read(log_db, below)


def recall_text(folder: Path, sha: str) -> bytes | None:
    """Return a text as it was filed or decided on; None where it is not known."""
    with refusals(folder), database.opened(folder) as log_db:
        return texts.recall(log_db, sha)


def kept_texts(folder: Path, hashes: Iterable[str]) -> set[str]:
    """Return those of some texts, by their sha256, that `recall_text` can be asked for."""
    with refusals(folder), database.opened(folder) as log_db:
        return texts.kept(log_db, hashes)


def put_right(folder: Path) -> None:
    """Finish what a run that died had begun in an output folder, if one has."""
    if moving.was_interrupted(folder):
        with opened(folder):
            pass


class Change:
    """Files on their way into an output: put one after the other, and all in place at the end."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._staging: Staging | None = None
        self._entries: list[Entry] = []

    def put(self, puts: Iterable[Put], entries: Iterable[Entry] = ()) -> None:
        """Write down what is to become of files, and what the log is to say of it.

        Nothing is in place yet, and of the log nothing can be read.
        """
        for put in puts:
            self._stage(_move(put), put.data, keeps_time=put.same_words)
        self._entries += entries
        if len(self._entries) >= _AT_ONCE:
            self._log()

    def finish(self, pages: Mapping[str, bytes]) -> None:
        """Put files and pages in place and let the log stand: all or none, whenever it is cut off.

        Pages that lie there already stay untouched; the manifest is the last of them.
        """
        folder, log_db = self._output.folder, self._output.database
        differing = {n: data for n, data in pages.items() if _differs(folder / n, data)}
        if self._staging or differing:
            # The manifest goes along even if it stays the same: with it everything is in place.
            differing[MANIFEST] = pages[MANIFEST]
        for name, data in differing.items():
            self._stage(_page(folder, name, data), data)
        self._log()
        if self._staging:
            moving.move_in(folder, self._staging.finish())
        with suppress(sqlite3.Error, OSError):  # all is in place: the next command can tidy up
            log.settle(log_db, filed=True)
            moving.clear(folder)

    def close(self) -> None:
        """Leave it as it is."""
        if self._staging:
            self._staging.close()

    def _stage(self, move: Move, data: bytes | None, *, keeps_time: bool = False) -> None:
        if self._staging is None:
            self._staging = Staging(self._output.folder)
        self._staging.add(move, data, keeps_time=keeps_time)

    def _log(self) -> None:
        """Write lines of the log, to be read when all is in place."""
        with database.transaction(self._output.database):
            log.write(self._output.database, self._entries, pending=True)
        self._entries.clear()


@contextmanager
def changing(output: Output) -> Iterator[Change]:
    """Yield a change to an output; what it has not finished is forgotten."""
    change = Change(output)
    try:
        yield change
    except BaseException:
        change.close()
        with suppress(OSError, sqlite3.Error):  # else the next command puts it right
            _recover(output.folder, output.database)
        raise


def _decisions(folder: Path, log_db: sqlite3.Connection) -> dict[str, Decision]:
    return stand(folder, log.decisions(log_db), log.versions(log_db))


def _move(put: Put) -> Move:
    was, becomes = (None if data is None else sha256(data) for data in (put.was, put.data))
    return Move(path=put.path, was=was, becomes=becomes)


def _page(folder: Path, name: str, data: bytes) -> Move:
    there = sha256((folder / name).read_bytes()) if (folder / name).is_file() else None
    return Move(path=name, was=there, becomes=sha256(data), is_page=True)


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data


def _recover(folder: Path, log_db: sqlite3.Connection) -> None:
    """Bring the moves of a run that was killed to an end, if it had come as far as the first."""
    left = moving.resume(folder)
    log.settle(log_db, filed=left is not None)
    if left:
        _disown(folder, left)
    if moving.was_interrupted(folder):
        moving.clear(folder)


def _disown(folder: Path, moves: Sequence[Move]) -> None:
    """Take files out of the manifest that somebody saved after the run had died.

    They are the editor's then, and nobody can tell any more what they were made from.
    """
    record, _ = _read(folder)
    if record is None:
        return
    drafts = dict(record.drafts)
    for move in moves:
        path = PurePosixPath(move.path)
        row = drafts.get(path.parent.as_posix())
        if row is not None and (folder / path).exists():
            files = {name: sha for name, sha in row.files.items() if name != path.name}
            drafts[path.parent.as_posix()] = row.model_copy(update={"files": files})
    part = folder / f".{MANIFEST}.part"
    part.write_bytes(manifest.encoded(record.model_copy(update={"drafts": drafts})))
    part.replace(folder / MANIFEST)


def _read(folder: Path) -> tuple[Manifest | None, tuple[str, ...]]:
    """Read what earlier runs filed, and say so where nobody can tell any more."""
    try:
        return manifest.read(folder / MANIFEST), ()
    except ValueError:
        return None, (
            f"{MANIFEST} was damaged, so nobody can tell what is an editor's: every filed "
            "file that differs from its draft was left as it is, with the new one beside it, "
            "and drafts that this run did not write are no longer in the index.",
        )
