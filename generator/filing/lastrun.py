"""What the last run found: the next one, of the same things, would find the same.

A run is a function of the release, the desk, the program and what lies in the output. Where
all of them are to the byte what they were, it has nothing to do but to say so again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.filing import moving
from generator.filing.manifest import Row
from generator.filing.names import ATOM, HIDDEN, LOG, MANIFEST, sha256
from generator.filing.results import Action, Filed, FiledDraft
from generator.filing.whereabouts import NAME as WHEREABOUTS
from generator.model import Release

NAME = "lastrun.json"
_OURS = (f"{HIDDEN}/{LOG}", f"{HIDDEN}/{WHEREABOUTS}")
_PAGES = (MANIFEST, "index.html", "index.csv", *_OURS)
"""What lies in an output beside the drafts' folders, and what a run reads or writes of it."""


@dataclass(frozen=True)
class _LastRun:
    """A run that would now find nothing to do."""

    made_from: str
    left: str
    release: Release
    rows: tuple[FiledDraft, ...]


_FORM = TypeAdapter(_LastRun)


def look_at(output: Path) -> str:
    """Return a hash of all that a run finds in an output folder; "" where it cannot tell."""
    return _look(output, _Expected({}, {})).sha


def recall_run(output: Path, made_from: str) -> tuple[Release, Filed] | None:
    """Return what a run made from these things would find, None where it has to be made."""
    known = _read(output)
    if known is None or known.made_from != made_from or look_at(output) != known.left:
        return None
    return known.release, Filed(output, known.rows)


def note_run(
    made_from: str,
    before: str,
    release: Release,
    filed: Filed,
    drafts: Mapping[str, Row],
    pages: Mapping[str, bytes],
) -> None:
    """Note what a run found, if it is known what the next would find; else forget the last.

    Called while the output is still held. It is known where the run has changed nothing of
    what it had found (`before`, see `look_at`); and where all that lies there now is, to the
    byte, what newscopy has filed: `drafts` by folder, and `pages`. Whatever an editor has
    saved since the run looked is neither. A disk that refuses the note takes nothing from the
    run.
    """
    output, now = filed.output, _look(filed.output, _Expected(drafts, pages))
    rows = None
    if now.sha and not filed.warnings:
        if now.sha == before:
            rows = filed.rows
        elif now.is_as_expected and all(row.is_ours for row in filed.rows):
            rows = tuple(replace(row, action=Action.UNCHANGED) for row in filed.rows)
    with suppress(OSError):
        if rows is None:
            (output / HIDDEN / NAME).unlink(missing_ok=True)
            return
        said = _FORM.dump_json(_LastRun(made_from, now.sha, release, rows))
        part = output / HIDDEN / f"{NAME}.part"
        part.write_bytes(hashlib.sha256(said).hexdigest().encode() + b"\n" + said)
        part.replace(output / HIDDEN / NAME)


@dataclass(frozen=True)
class _Expected:
    """What lies in an output in which nothing is an editor's."""

    drafts: Mapping[str, Row]
    pages: Mapping[str, bytes]

    def __len__(self) -> int:
        return len(self.pages) + sum(1 + len(row.files) for row in self.drafts.values())

    def at(self, path: str) -> str:
        """Return what lies in a place: its sha256, "folder", "" for nothing."""
        if path in self.pages:
            return sha256(self.pages[path])
        if path in self.drafts:
            return "folder"
        folder, _, name = path.rpartition("/")
        return self.drafts[folder].files.get(name, "") if folder in self.drafts else ""


@dataclass(frozen=True)
class _Look:
    """What a look at an output has found."""

    sha: str
    """A hash of the names and bytes of all that lies there; "" where nobody can tell."""
    is_as_expected: bool


def _look(output: Path, expected: _Expected) -> _Look:
    """Look at everything in an output, file by file, so that there may be any number."""
    said, number, strange = hashlib.sha256(), 0, False
    try:
        if moving.was_interrupted(output) or not (output / MANIFEST).is_file():
            return _Look("", is_as_expected=False)
        for path in _found(output):
            name, what = path.relative_to(output).as_posix(), _hash(path)
            said.update(f"{name} {what}\n".encode())
            if name not in _OURS:
                number += 1
                strange = strange or what != expected.at(name)
    except OSError:
        return _Look("", is_as_expected=False)
    return _Look(said.hexdigest(), is_as_expected=not strange and number == len(expected))


def _read(output: Path) -> _LastRun | None:
    """Read the note; one that is damaged is as if there were none."""
    try:
        sha, _, said = (output / HIDDEN / NAME).read_bytes().partition(b"\n")
        if sha.decode("ascii", "replace") != hashlib.sha256(said).hexdigest():
            return None
        return _FORM.validate_json(said)
    except (OSError, ValidationError):
        return None


def _found(output: Path) -> Iterator[Path]:
    yield from (output / name for name in _PAGES)
    if (output / ATOM).exists():
        yield output / ATOM
    others = {path.parent.name for path in output.glob(f"*/{MANIFEST}")}  # the desk's editions
    for folder in sorted(output.glob("*/*/*")):
        if folder.relative_to(output).parts[0] in others:
            continue
        yield folder
        if folder.is_dir() and folder.relative_to(output).parts[0] != HIDDEN:
            yield from sorted(folder.iterdir())


def _hash(path: Path) -> str:
    """Return a file's sha256, and what it is for whatever is no file."""
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if path.is_dir():
        return "folder"
    if not path.exists():
        return "none"
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()
