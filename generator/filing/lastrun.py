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
from generator.filing.manifest import NAME as MANIFEST
from generator.filing.manifest import Row
from generator.filing.names import HIDDEN, LOG, sha256
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


Found = Mapping[str, str]
"""What lies in an output, by its path there: the sha256 of each file, or what else it is."""


def look_at(output: Path) -> Found:
    """Return all that a run finds in an output folder; nothing where it cannot tell."""
    try:
        if moving.was_interrupted(output) or not (output / MANIFEST).is_file():
            return {}
        return {path.relative_to(output).as_posix(): _hash(path) for path in _found(output)}
    except OSError:
        return {}


def recall_run(output: Path, made_from: str) -> tuple[Release, Filed] | None:
    """Return what a run made from these things would find, None where it has to be made."""
    known = _read(output)
    if known is None or known.made_from != made_from:
        return None
    found = look_at(output)
    if not found or known.left != _hash_all(found):
        return None
    return known.release, Filed(output, known.rows)


def note_run(
    made_from: str,
    before: Found,
    release: Release,
    filed: Filed,
    drafts: Mapping[str, Row],
    pages: Mapping[str, bytes],
) -> None:
    """Note what a run found, if it is known what the next would find; else forget the last.

    Called while the output is still held. It is known where the run has changed nothing of
    what lay there `before`; and where all that lies there now is, to the byte, what newscopy
    has filed: `drafts` by folder, and `pages`. Whatever an editor has saved since the run
    looked is neither. A disk that refuses the note takes nothing from the run.
    """
    output, now = filed.output, look_at(filed.output)
    rows = None
    if now and not filed.warnings:
        if now == before:
            rows = filed.rows
        elif all(row.is_ours for row in filed.rows) and _is_as_filed(now, drafts, pages):
            rows = tuple(replace(row, action=Action.UNCHANGED) for row in filed.rows)
    with suppress(OSError):
        if rows is None:
            (output / HIDDEN / NAME).unlink(missing_ok=True)
            return
        said = _FORM.dump_json(_LastRun(made_from, _hash_all(now), release, rows))
        part = output / HIDDEN / f"{NAME}.part"
        part.write_bytes(hashlib.sha256(said).hexdigest().encode() + b"\n" + said)
        part.replace(output / HIDDEN / NAME)


def _is_as_filed(now: Found, drafts: Mapping[str, Row], pages: Mapping[str, bytes]) -> bool:
    """Tell whether there lies what was filed, and nothing else."""
    expected = {name: sha256(data) for name, data in pages.items()}
    for folder, row in drafts.items():
        expected[folder] = "folder"
        expected |= {f"{folder}/{name}": sha for name, sha in row.files.items()}
    return expected == {path: what for path, what in now.items() if path not in _OURS}


def _hash_all(found: Found) -> str:
    said = "\n".join(f"{path} {what}" for path, what in sorted(found.items()))
    return sha256(said.encode())


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
