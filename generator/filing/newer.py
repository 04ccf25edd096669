"""A new version that lies beside an editor's file goes when the editor has done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, FilingError
from generator.filing import log, outputs, texts
from generator.filing.log import Entry, Event
from generator.filing.manifest import Row
from generator.filing.names import is_article, sha256
from generator.filing.outputs import Put
from generator.filing.placing import put_in_place


@dataclass(frozen=True)
class NewVersion:
    """A new version that lies beside an editor's file."""

    folder: str
    name: str
    files: Mapping[str, bytes]
    """What goes with it, by name: of an article every form that is as a run wrote it."""

    @property
    def data(self) -> bytes:
        """What it holds."""
        return self.files[self.name]

    @property
    def puts(self) -> list[Put]:
        """What becomes of its files: they go."""
        return [Put(f"{self.folder}/{name}", data, None) for name, data in self.files.items()]

    def gone_from(self, row: Row) -> Row:
        """Return the index's row of the draft when they are gone."""
        left = tuple(name for name in row.beside if name not in self.files)
        return row.model_copy(update={"beside": left})


def set_aside(output: Path, folder: str, sha: str, who: str, desk: Desk) -> Entry:
    """Take a new version away that an editor has no use for; its text is kept.

    Raises FilingError where none with this sha256 lies there, or the disk refuses.
    """
    with outputs.opened(output) as held:
        record = held.manifest
        row = record.drafts.get(folder) if record else None
        if record is None or row is None:
            raise FilingError(_another(output, folder))
        newer = find_newer(output, folder, row, sha)
        texts.keep(held.database, [newer.data], whole=True)
        release = row.release_of(newer.name)
        entry = Entry(log.now(), who, Event.SET_ASIDE, folder, release, {newer.name: sha})
        row, decision = newer.gone_from(row), held.decisions.get(folder)
        put_in_place(held, record, desk, entry, row, decision, newer.puts)
    return entry


def find_newer(output: Path, folder: str, row: Row, sha: str) -> NewVersion:
    """Return the new version with this sha256. Raises FilingError where none lies there."""
    paths = {name: output / folder / name for name in row.beside}
    there = {
        name: path.read_bytes()
        for name, path in paths.items()
        if path.is_file() and not path.is_symlink()
    }
    for name, data in there.items():
        if sha256(data) == sha:
            forms = {
                other: form
                for other, form in there.items()
                if is_article(name) and is_article(other) and sha256(form) == row.files.get(other)
            }
            return NewVersion(folder, name, {**forms, name: data})
    raise FilingError(_another(output, folder))


def _another(output: Path, folder: str) -> Fault:
    return Fault(
        "The new draft that you have read lies there no longer: nothing was written.",
        "Open the draft again: there may be another new one.",
        file=str(output / folder),
    )
