"""An output in an object store: worked on as a copy on this machine's disk, and put back.

A store has no moves and no locks, so that what `moving` does on a disk is done here in the
store's way: everything is first complete in `.newscopy/new`, with the journal of the moves
last, and only then in its place. If that is cut off, the next copy of the output has the
journal in it, and whoever works on it brings it to its end, as they would on a disk.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import Fault, FilingError
from generator.filing import log, moving
from generator.filing.journal import Move
from generator.filing.manifest import NAME as MANIFEST
from generator.filing.names import HIDDEN, LOG, sha256
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
            store.bring(copy)
        before = _hashes(copy)
        try:
            yield copy
        except FilingError as error:
            raise FilingError(*(_of_the_store(f, copy, output) for f in error.faults)) from error
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


class _Store:
    """The files of an output in a store: what each was when they were brought to the disk."""

    def __init__(self, output: UPath) -> None:
        self.output = output
        self.fs = output.fs
        self.known = self._look()

    def bring(self, copy: Path) -> None:
        """Write all of them to the disk; the log as one had left it who was cut off later."""
        copy.mkdir()
        names = [name for name in self.known if name != _HELD]
        for name in names:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
        self._get(names, copy)
        staged = copy / _NEW / _LOG
        if staged.exists() and moving.is_to_go_on(copy):
            staged.replace(copy / _LOG)

    def put_back(self, copy: Path, before: Mapping[str, str], room: Path) -> None:
        """Bring what has changed into the store: all or none, whenever it is cut off."""
        after = _hashes(copy)
        changed = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
        if changed:
            self._see_unchanged(changed)
            # The log is no move: while it is open, nobody can put another in its place.
            moves = [_move(name, before, after) for name in changed if name != _LOG]
            moves.sort(key=lambda move: move.path == MANIFEST)  # with it everything is in place
            staging = moving.Staging(room)
            for move in moves:
                staging.add(move, (copy / move.path).read_bytes() if move.becomes else None)
            if _LOG in changed:
                moving.stage_file(room, _LOG, (copy / _LOG).read_bytes())
            self._put(room, staging.finish().path.relative_to(room).as_posix())
            for name in changed:
                self._make(name, gone=name not in after)
        self._tidy_up()

    def _see_unchanged(self, names: list[str]) -> None:
        """Raise FilingError where somebody has saved a file since they were brought."""
        now = self._look()
        saved = [name for name in names if now.get(name) != self.known.get(name)]
        if saved:
            raise FilingError(
                Fault(
                    f"Somebody saved {saved[0]} in the store while the run was filing.",
                    "Nothing was lost, and nothing was filed: run again.",
                    file=str(self.output / saved[0]),
                )
            )

    def _put(self, room: Path, journal: str) -> None:
        """Stage files and journal in the store, the journal last."""
        staged = [path.relative_to(room).as_posix() for path in (room / _NEW).rglob("*")]
        files = [name for name in staged if (room / name).is_file() and name != journal]
        self.fs.put([str(room / name) for name in files], [self._at(name) for name in files])
        self.fs.put_file(str(room / journal), self._at(journal))

    def _make(self, name: str, *, gone: bool) -> None:
        if gone:
            self.fs.rm_file(self._at(name))
        else:
            self.fs.cp_file(self._at(f"{_NEW}/{name}"), self._at(name))

    def _tidy_up(self) -> None:
        """Forget the journal, and then what was staged."""
        self.fs.invalidate_cache()
        staged = [name for name in self._look() if name.startswith(f"{_NEW}/")]
        staged.sort(key=lambda name: not moving.is_journal(name))
        for name in staged:
            self.fs.rm_file(self._at(name))

    def _look(self) -> dict[str, str]:
        """Return what the store knows each file by, by its name below the output."""
        self.fs.invalidate_cache()
        found = self.fs.find(self.output.path, detail=True)
        root = self.output.path.rstrip("/") + "/"
        return {path.removeprefix(root): str(info) for path, info in sorted(found.items())}

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
