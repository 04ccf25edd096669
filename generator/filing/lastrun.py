"""What the last run found: the next one, of the same things, would find the same.

A run is a function of the release, the desk, the program and what lies in the output. Where
all of them are to the byte what they were, it has nothing to do but to say so again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.filing import moving
from generator.filing.manifest import NAME as MANIFEST
from generator.filing.names import HIDDEN, LOG
from generator.filing.results import Action, Filed, FiledDraft
from generator.filing.whereabouts import NAME as WHEREABOUTS
from generator.model import Release

NAME = "lastrun.json"
_PAGES = (MANIFEST, "index.html", "index.csv", f"{HIDDEN}/{LOG}", f"{HIDDEN}/{WHEREABOUTS}")
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
    """Return a hash of all that a run finds in an output folder, "" where it cannot tell."""
    digest = hashlib.sha256()
    try:
        if moving.was_interrupted(output) or not (output / MANIFEST).is_file():
            return ""
        for path in _found(output):
            digest.update(f"{path.relative_to(output).as_posix()} {_hash(path)}\n".encode())
    except OSError:
        return ""
    return digest.hexdigest()


def recall_run(output: Path, made_from: str) -> tuple[Release, Filed] | None:
    """Return what a run made from these things would find, None where it has to be made."""
    known = _read(output)
    if known is None or known.made_from != made_from or known.left != look_at(output):
        return None
    return known.release, Filed(output, known.rows)


def note_run(output: Path, made_from: str, before: str, release: Release, filed: Filed) -> None:
    """Note what a run found, if it is known what the next would find; else forget the last.

    That is known where the run has changed nothing of what lay there `before`, and where all
    that lies there now is our own. A disk that refuses the note takes nothing from the run.
    """
    now = look_at(output)
    settled = bool(now) and not filed.warnings
    if settled and now == before:
        rows = filed.rows
    elif settled and all(row.is_ours for row in filed.rows):
        rows = tuple(replace(row, action=Action.UNCHANGED) for row in filed.rows)
    else:
        rows = None
    with suppress(OSError):
        if rows is None:
            (output / HIDDEN / NAME).unlink(missing_ok=True)
            return
        said = _FORM.dump_json(_LastRun(made_from, now, release, rows))
        part = output / HIDDEN / f"{NAME}.part"
        part.write_bytes(hashlib.sha256(said).hexdigest().encode() + b"\n" + said)
        part.replace(output / HIDDEN / NAME)


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
    for folder in sorted(output.glob("*/*/*")):
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
