"""An output's files in a store, brought to the disk and put back, all or none.

A store has no moves and no locks, so that what `moving` does on a disk is done here in the
store's way: everything is first complete in a folder of the run's own, `.newscopy/new-…`, with
the journal of the moves last, and only then in its place. If that is cut off, the next copy of
the output has the journal in it: whoever only reads brings the copy to its end, and whoever
changes the output brings the store itself to it, before anything else.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.errors import Fault, FilingError, NewscopyError, OvertakenError, UnfinishedError
from generator.filing import moving
from generator.filing.journal import Journal, Move
from generator.filing.listing import Listing, is_pattern
from generator.filing.locking import LOCK, Lock
from generator.filing.names import HIDDEN, LOG, MANIFEST, is_page, sha256
from generator.filing.outputs import put_right

if TYPE_CHECKING:
    from upath import UPath

_LOG = f"{HIDDEN}/{LOG}"
_NEW = f"{HIDDEN}/new"
"""What is on its way, in a copy; in the store each run's has a name of its own that begins so."""
_OLD = f"{HIDDEN}/old"
"""What is being replaced, as it was at the last moment."""
_PASSING = (_NEW, f"{_OLD}/", f"{HIDDEN}/lock", LOCK)
"""How the names begin of what is there only while somebody works on it."""
_TRIES = 3
"""How often an editor may save at the very moment before a run gives up."""

Putter = Callable[[Sequence[str]], None]
"""Puts files into their places in the store."""


@contextmanager
def told_of_the_store(copy: Path, output: UPath) -> Iterator[None]:
    """Have faults name the store's address where they name the copy, wherever they do."""
    try:
        yield
    except NewscopyError as error:
        told = [fault.renamed(str(copy), str(output)) for fault in error.faults]
        raise type(error)(*told) from error


@contextmanager
def _unfinished() -> Iterator[None]:
    """Say of whatever a store refuses now that the next run goes on with it."""
    try:
        yield
    except Exception as error:
        raise UnfinishedError(
            Fault(
                "The store was lost while what was filed was being put in place.",
                f"Run again when it answers; if it says that another run is filing, delete {LOCK} "
                "there first.",
                found=f"{type(error).__name__}: {error}"[:200],
            )
        ) from error


class Store:
    """The files of an output in a store: what each was when they were brought to the disk."""

    def __init__(self, output: UPath, room: Path) -> None:
        self.output = output
        self.room = room
        """A folder on the disk for whatever needs one."""
        self.fs = output.fs
        self.listing = Listing(output)
        self.known = self.listing.look()

    def bring(self, copy: Path) -> dict[str, str]:
        """Write all of them to the disk; return the sha256 of each.

        What a run has left there that was cut off lies as one would have left it on a disk: on
        its way, with the log as it is to be.
        """
        copy.mkdir(parents=True)
        places = self._places()
        for place in places.values():
            (copy / place).parent.mkdir(parents=True, exist_ok=True)
        if places:
            targets = [str(copy / place) for place in places.values()]
            self.fs.get([self._at(name) for name in places], targets)
        there = _hashes(copy)
        moves = moving.moves_to_go_on(copy)
        if moves is not None:
            _as_on_a_disk(copy, moves)
        return there

    def _places(self) -> dict[str, str]:
        """Return where each file belongs in a copy: what is on its way where a disk has it."""
        names = {name: name for name in self.known if not name.startswith(_PASSING)}
        begun = self._begun()
        for name in self.known if begun else ():
            if name.startswith(f"{begun}/"):
                names[name] = _NEW + name.removeprefix(begun)
            elif name.startswith(f"{_OLD}/"):
                names[name] = name
        return names

    def _begun(self) -> str:
        """Return the folder of what a run has begun to put in place, "" where none has."""
        return next((_folder(name) for name in self.known if is_journal(name)), "")

    def go_on(self, lock: Lock) -> None:
        """Bring to its end what runs that were cut off had begun, and tidy up after them.

        It is done by a copy, with all that a disk knows to do. It may be cut off as well, and
        done again: what is on its way stays until all is in its place.
        """
        tries = 0
        while begun := self._begun():
            copy = Path(tempfile.mkdtemp(dir=self.room)) / "output"
            before = self.bring(copy)
            with told_of_the_store(copy, self.output):
                put_right(copy)
            lock.check()
            with _unfinished():
                saved = self._replace(before, _hashes(copy), partial(self._upload, copy))
                if not saved:
                    self._tidy_up(f"{begun}/", f"{_OLD}/")
            tries += 1
            if saved and tries == _TRIES:
                raise UnfinishedError(self._saved(saved[0], "Run again when they have finished."))
            self.known = self.listing.look()
        if any(name.startswith((_NEW, _OLD)) for name in self.known):
            self._tidy_up(_NEW, _OLD)

    def put_back(self, lock: Lock, copy: Path, before: Mapping[str, str]) -> None:
        """Bring what has changed into the store: all or none, whenever it is cut off."""
        after = _hashes(copy)
        changed = _changed(before, after)
        if not changed:
            return
        own = f"{_NEW}-{lock.name}"
        journal = self._stage(own, copy, before, after)
        now = self.listing.look()
        saved = [name for name in changed if now.get(name) != self.known.get(name)]
        lock.check()
        if saved:
            self._tidy_up(f"{own}/")
            mend = "Nothing was lost, and nothing was filed: run again."
            raise FilingError(self._saved(saved[0], mend))
        self.fs.put_file(str(journal), self._at(f"{own}/{journal.name}"))
        with _unfinished():
            saved = self._replace(before, after, partial(self._copy, own))
            if not saved:
                self._tidy_up(f"{own}/", f"{_OLD}/")
        if saved:
            self.known = self.listing.look()
            self.go_on(lock)
            mend = "What they saved is there, and all else was filed: run again for this draft."
            raise OvertakenError(self._saved(saved[0], mend))

    def _saved(self, name: str, mend: str) -> Fault:
        what = f"Somebody saved {name} in the store while the run was filing."
        return Fault(what, mend, file=str(self.output / name))

    def _stage(
        self, own: str, copy: Path, before: Mapping[str, str], after: Mapping[str, str]
    ) -> Path:
        """Put into the store what is to be moved there; return the journal, not yet put.

        The log is no move: while it is open, nobody can put another in its place.
        """
        changed = _changed(before, after)
        staging = moving.Staging(self.room / "staged")
        for name in changed:
            if name != _LOG:
                move = Move(name, before.get(name), after.get(name), is_page=is_page(name))
                staging.add(move, None)
        journal = staging.finish().path
        staged = [name for name in changed if name in after]
        if staged:
            sources = [str(copy / name) for name in staged]
            self.fs.put(sources, [self._at(f"{own}/{name}") for name in staged])
        return journal

    def _replace(
        self, before: Mapping[str, str], after: Mapping[str, str], put: Putter
    ) -> list[str]:
        """Put in place what has changed, a draft after the other and the manifest last.

        Right before, each draft is looked at again, and what is there is kept. Returns the files
        that somebody has saved since they were brought, or at that very moment: the first are
        left, the manifest too, and who goes on from the journal does right by them all.
        """
        changed = [name for name in _changed(before, after) if name != MANIFEST]
        pages = [name for name in changed if is_page(name)]
        drafts = sorted(set(changed) - set(pages), key=_folder)
        saved, kept = list[str](), list[str]()
        for folder, names in groupby(drafts, _folder):
            now = self.listing.look(folder)
            ours = {name: now.get(name) == self.known.get(name) for name in names}
            saved += [name for name, is_ours in ours.items() if not is_ours]
            kept += self._keep([name for name, is_ours in ours.items() if is_ours and name in now])
            self._settle([name for name, is_ours in ours.items() if is_ours], after, put)
        self._settle(pages, after, put)
        hashes = self._hashes_of_kept(kept)
        saved += [name for name in kept if hashes[name] != before[name]]
        if not saved:
            self._settle([MANIFEST] if MANIFEST in _changed(before, after) else [], after, put)
        return saved

    def _keep(self, names: Sequence[str]) -> list[str]:
        """Keep what is going to be replaced, and return its names; what was kept first stays."""
        kept = [name for name in names if f"{_OLD}/{name}" not in self.known]
        if kept:
            self.fs.copy([self._at(n) for n in kept], [self._at(f"{_OLD}/{n}") for n in kept])
        return kept

    def _settle(self, names: Sequence[str], after: Mapping[str, str], put: Putter) -> None:
        """Put or remove each file, whichever is to become of it."""
        staying = [name for name in names if name in after]
        if staying:
            put(staying)
        self._remove([name for name in names if name not in after])

    def _copy(self, folder: str, names: Sequence[str]) -> None:
        """Put what is staged in its place."""
        self.fs.copy([self._at(f"{folder}/{n}") for n in names], [self._at(n) for n in names])

    def _upload(self, copy: Path, names: Sequence[str]) -> None:
        """Put what a copy has in its place."""
        self.fs.put([str(copy / name) for name in names], [self._at(name) for name in names])

    def _remove(self, names: Sequence[str]) -> None:
        paths = [self._at(name) for name in names]
        plain = [path for path in paths if not is_pattern(path)]
        if plain:
            self.fs.rm(plain)
        for path in paths:
            if is_pattern(path):  # which `rm` would take for the names of others
                self.fs.rm_file(path)

    def _hashes_of_kept(self, names: Sequence[str]) -> dict[str, str]:
        """Return the sha256 of what was kept of each file."""
        if not names:
            return {}
        folder = Path(tempfile.mkdtemp(dir=self.room))
        here = {name: folder / str(number) for number, name in enumerate(names)}
        self.fs.get([self._at(f"{_OLD}/{n}") for n in names], [str(p) for p in here.values()])
        return {name: sha256(path.read_bytes()) for name, path in here.items()}

    def _tidy_up(self, *begins: str) -> None:
        """Forget the journal, and then what was staged and kept, by how their names begin."""
        passing = [name for name in self.listing.look(HIDDEN) if name.startswith(begins)]
        self._remove([name for name in passing if is_journal(name)])
        self._remove([name for name in passing if not is_journal(name)])

    def _at(self, name: str) -> str:
        return self.listing.path(name)


def _as_on_a_disk(copy: Path, moves: Journal) -> None:
    """Make of what a cut-off run has left in a store what it would have left on a disk.

    In a store nothing is moved: what is staged stays there, and what is kept is a copy.
    """
    for move in moves:
        staged, kept, place = (copy / root / move.path for root in (_NEW, _OLD, ""))
        was_kept = sha256(kept.read_bytes()) if kept.exists() else None
        if was_kept is None:
            continue
        if place.exists() and sha256(place.read_bytes()) == was_kept:
            kept.unlink()  # it was not replaced yet
        elif was_kept != move.was:
            staged.unlink(missing_ok=True)  # it was, and so is what somebody saved just then
    log = copy / _NEW / _LOG
    if log.exists():
        log.replace(copy / _LOG)


def is_journal(name: str) -> bool:
    """Tell whether a file is the journal of what a run has begun to put in place."""
    return name.startswith(_NEW) and name.count("/") == 2 and moving.is_journal(name)


def _folder(name: str) -> str:
    return PurePosixPath(name).parent.as_posix()


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(n for n in {*before, *after} if before.get(n) != after.get(n))


def _hashes(copy: Path) -> dict[str, str]:
    """Return the sha256 of each file of a copy, by its name there, but for what passes."""
    files = (path for path in sorted(copy.rglob("*")) if path.is_file())
    names = {path.relative_to(copy).as_posix(): path for path in files}
    return {n: sha256(p.read_bytes()) for n, p in names.items() if not n.startswith(_PASSING)}
