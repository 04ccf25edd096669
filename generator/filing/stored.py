"""An output in an object store: worked on as a copy on this machine's disk, and put back.

A store has no moves and no locks, so that what `moving` does on a disk is done here in the
store's way: everything is first complete in `.newscopy/new`, with the journal of the moves
last, and only then in its place. If that is cut off, the next copy of the output has the
journal in it, and whoever works on it brings it to its end, as they would on a disk.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import Fault, FilingError, NewscopyError, UnfinishedError
from generator.filing import log, moving
from generator.filing.journal import Move
from generator.filing.names import HIDDEN, LOG, MANIFEST, is_inside, sha256
from generator.locations import Location, reaching

if TYPE_CHECKING:
    from upath import UPath

_LOG = f"{HIDDEN}/{LOG}"
_NEW = f"{HIDDEN}/new"
_HELD = f"{HIDDEN}/held"
"""The file whose being there says that somebody works on the output, and since when."""
_PASSING = (f"{_NEW}/", f"{HIDDEN}/old/", f"{HIDDEN}/lock", _HELD)
"""How the names begin of what is there only while somebody works on it."""
_DRAFT_DEPTH = 3


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
        copy = Path(temporary) / (output.name or "output")
        with reaching(output):
            if changing:
                stack.enter_context(_held(output))
            store = _Store(output)
            before = store.bring(copy)
        try:
            yield copy
        except NewscopyError as error:
            told = [_of_the_store(fault, copy, output) for fault in error.faults]
            raise type(error)(*told) from error
        if changing:
            with reaching(output):
                store.put_back(copy, before, Path(temporary) / "room")


@contextmanager
def _held(output: UPath) -> Iterator[None]:
    """Hold an output in a store, so that two runs never work on it at once."""
    fs, held = output.fs, f"{output.path}/{_HELD}"
    try:
        fs.pipe_file(held, log.now().isoformat().encode(), mode="create")
    except FileExistsError as error:
        since = fs.cat_file(held).decode(errors="replace")
        raise FilingError(
            Fault(
                "Another run is filing into this output.",
                f"Wait until it has finished, and run again. If it was cut off, delete {_HELD} "
                "there: nothing is lost by that.",
                file=str(output),
                found=f"held since {since}",
            )
        ) from error
    try:
        yield
    finally:
        with suppress(Exception):  # else the next run says what to do
            fs.rm_file(held)


@contextmanager
def _unfinished() -> Iterator[None]:
    """Say of whatever a store refuses now that the next run goes on with it."""
    try:
        yield
    except Exception as error:
        raise UnfinishedError(
            Fault(
                "The store was lost while what was filed was being put in place.",
                f"Run again when it answers; if it says that another run is filing, delete {_HELD} "
                "there first.",
                found=f"{type(error).__name__}: {error}"[:200],
            )
        ) from error


class _Store:
    """The files of an output in a store: what each was when they were brought to the disk."""

    def __init__(self, output: UPath) -> None:
        self.output = output
        self.fs = output.fs
        self.known = self._look()

    def bring(self, copy: Path) -> dict[str, str]:
        """Write all of them to the disk; return the sha256 of each.

        The log is as one has left it who was cut off after that.
        """
        copy.mkdir()
        names = [name for name in self.known if name != _HELD]
        for name in names:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
        self._get(names, copy)
        there = _hashes(copy)
        staged = copy / _NEW / _LOG
        if staged.exists() and moving.is_to_go_on(copy):
            staged.replace(copy / _LOG)
        return there

    def put_back(self, copy: Path, before: Mapping[str, str], room: Path) -> None:
        """Bring what has changed into the store: all or none, whenever it is cut off."""
        after = _hashes(copy)
        changed = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
        if changed:
            # The log is no move: while it is open, nobody can put another in its place.
            moves = [_move(name, before, after) for name in changed if name != _LOG]
            staging = moving.Staging(room)
            for move in moves:
                staging.add(move, (copy / move.path).read_bytes() if move.becomes else None)
            if _LOG in changed:
                moving.stage_file(room, _LOG, (copy / _LOG).read_bytes())
            journal = staging.finish().path.relative_to(room).as_posix()
            self._stage(room, journal)
            self._see_unchanged(changed)
            self.fs.put_file(str(room / journal), self._at(journal))
            with _unfinished():
                self._copy([name for name in changed if name in after and name != MANIFEST])
                self._remove([name for name in changed if name not in after])
                self._copy([name for name in changed if name == MANIFEST])  # now all is in place
        with _unfinished():
            self._tidy_up()

    def _see_unchanged(self, names: list[str]) -> None:
        """Raise FilingError where somebody has saved a file since they were brought."""
        now = self._look()
        saved = [name for name in names if now.get(name) != self.known.get(name)]
        if saved:
            self._tidy_up()
            raise FilingError(
                Fault(
                    f"Somebody saved {saved[0]} in the store while the run was filing.",
                    "Nothing was lost, and nothing was filed: run again.",
                    file=str(self.output / saved[0]),
                )
            )

    def _stage(self, room: Path, journal: str) -> None:
        """Put into the store what is to be moved there, and not yet the journal."""
        staged = [path.relative_to(room).as_posix() for path in (room / _NEW).rglob("*")]
        files = [name for name in staged if (room / name).is_file() and name != journal]
        self.fs.put([str(room / name) for name in files], [self._at(name) for name in files])

    def _copy(self, names: Sequence[str]) -> None:
        """Put what is staged in its place."""
        if names:
            staged = [self._at(f"{_NEW}/{name}") for name in names]
            self.fs.copy(staged, [self._at(name) for name in names])

    def _remove(self, names: Sequence[str]) -> None:
        if names:
            self.fs.rm([self._at(name) for name in names])

    def _tidy_up(self) -> None:
        """Forget the journal, and then what was staged."""
        staged = [name for name in self._look() if name.startswith(f"{_NEW}/")]
        self._remove([name for name in staged if moving.is_journal(name)])
        self._remove([name for name in staged if not moving.is_journal(name)])

    def _look(self) -> dict[str, str]:
        """Return what the store knows each file by, by its name below the output.

        A name that would lead out of a folder is nothing of ours.
        """
        self.fs.invalidate_cache()
        found = self.fs.find(self.output.path, detail=True)
        root = self.output.path.rstrip("/") + "/"
        named = {path.removeprefix(root): str(info) for path, info in sorted(found.items())}
        return {name: info for name, info in named.items() if is_inside(name)}

    def _get(self, names: list[str], copy: Path) -> None:
        if names:
            self.fs.get([self._at(name) for name in names], [str(copy / name) for name in names])

    def _at(self, name: str) -> str:
        return f"{self.output.path.rstrip('/')}/{name}"


def _move(name: str, before: Mapping[str, str], after: Mapping[str, str]) -> Move:
    is_page = name.count("/") < _DRAFT_DEPTH
    return Move(name, before.get(name), after.get(name), is_page=is_page)


def _hashes(copy: Path) -> dict[str, str]:
    """Return the sha256 of each file of a copy, by its name there, but for what passes."""
    files = (path for path in sorted(copy.rglob("*")) if path.is_file())
    names = {path.relative_to(copy).as_posix(): path for path in files}
    return {n: sha256(p.read_bytes()) for n, p in names.items() if not n.startswith(_PASSING)}


def _of_the_store(fault: Fault, copy: Path, output: UPath) -> Fault:
    """Return a fault with the store's address where it names the copy."""
    return replace(fault, file=fault.file.replace(str(copy), str(output)))
