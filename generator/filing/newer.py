"""Take over the new versions that lie beside an editor's files, or set them aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, FilingError
from generator.filing import log, outputs, texts
from generator.filing.log import Entry, Event
from generator.filing.manifest import Row
from generator.filing.names import in_place_of, is_article, is_copy, sha256
from generator.filing.outputs import Put
from generator.filing.placing import put_in_place


@dataclass(frozen=True)
class NewVersion:
    """A new version that an editor takes over."""

    folder: str
    name: str
    there: Mapping[str, bytes]
    """Every new version that lies there, by name."""
    old: Mapping[str, bytes]
    """The files that they lie beside, as far as they are there."""

    @property
    def data(self) -> bytes:
        """What it holds."""
        return self.there[self.name]

    def puts(self, row: Row) -> list[Put]:
        """Return what becomes of files: it goes, and what goes with it takes its place."""
        found = [Put(f"{self.folder}/{self.name}", self.data, None)]
        for name in self._with_it(row):
            old = in_place_of(name)
            found.append(Put(f"{self.folder}/{old}", self.old.get(old), self.there[name]))
            found.append(Put(f"{self.folder}/{name}", self.there[name], None))
        return found

    def taken_over(self, row: Row) -> Row:
        """Return the index's row of the draft when that is done."""
        files, made_from = dict(row.files), dict(row.made_from)
        gone = {self.name, *self._with_it(row)}
        for name in gone & set(files):
            old = in_place_of(name)
            files[old] = files.pop(name)
            made_from[old] = row.release_of(name)
            made_from.pop(name, None)
        known = {"files": dict(sorted(files.items())), "made_from": made_from}
        return _without(row.model_copy(update=known), gone)

    def _with_it(self, row: Row) -> list[str]:
        """Return what goes with an article: its other forms and its chart, as runs wrote them.

        The files whose places they take have to be as runs wrote them, too.
        """
        return [
            name
            for name, data in self.there.items()
            if name != self.name
            and is_article(self.name)
            and (is_article(name) or not is_copy(name))
            and row.files.get(name) == sha256(data)
            and self._is_as_filed(in_place_of(name), row)
        ]

    def _is_as_filed(self, name: str, row: Row) -> bool:
        return name not in self.old or row.files.get(name) == sha256(self.old[name])


def find_newer(output: Path, folder: str, row: Row, sha: str) -> NewVersion:
    """Return the new version with this sha256. Raises FilingError where none lies there."""
    there = _read(output, folder, row.beside)
    old = _read(output, folder, map(in_place_of, there))
    for name, data in there.items():
        if sha256(data) == sha:
            return NewVersion(folder, name, there, old)
    raise FilingError(_another(output, folder))


def set_aside(output: Path, folder: str, newer: Mapping[str, str], who: str, desk: Desk) -> Entry:
    """Take new versions away that an editor has no use for; their texts are kept.

    They are given by name, with the sha256 of each. Raises FilingError where there are none,
    or others by now, or the disk refuses.
    """
    with outputs.opened(output) as held:
        record = held.manifest
        row = record.drafts.get(folder) if record else None
        there = _read(output, folder, row.beside) if row else {}
        hashes = {name: sha256(data) for name, data in there.items()}
        if record is None or row is None or not newer or hashes != newer:
            raise FilingError(_another(output, folder))
        texts.keep(held.database, there.values(), whole=True)
        entry = Entry(log.now(), who, Event.SET_ASIDE, folder, row.release, hashes)
        puts = [Put(f"{folder}/{name}", data, None) for name, data in there.items()]
        decision = held.decisions.get(folder)
        put_in_place(held, record, desk, entry, _without(row, set(there)), decision, puts)
    return entry


def _read(output: Path, folder: str, names: Iterable[str]) -> dict[str, bytes]:
    """Read those of a draft's files that are there, and are no links to others."""
    paths = {name: output / folder / name for name in names}
    return {
        name: path.read_bytes()
        for name, path in paths.items()
        if path.is_file() and not path.is_symlink()
    }


def _without(row: Row, names: set[str]) -> Row:
    left = tuple(name for name in row.beside if name not in names)
    return row.model_copy(update={"beside": left})


def _another(output: Path, folder: str) -> Fault:
    return Fault(
        "The new draft that you have read lies there no longer: nothing was written.",
        "Open the draft again: there may be another new one.",
        file=str(output / folder),
    )
