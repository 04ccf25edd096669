"""What becomes of a draft's folder, file by file, when an editor may have been at work in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path

Snapshot = Mapping[str, tuple[int, int]]
"""Size and time of change of whatever lies in a folder, by name."""


class Action(StrEnum):
    """What a run did with a draft."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    BESIDE = "beside an edited file"


@dataclass(frozen=True)
class Plan:
    """What is to lie in a draft's folder."""

    action: Action
    write: Mapping[str, bytes]
    carry: tuple[str, ...]
    """Files and folders of the editor's, to be taken over as they are."""
    filed: Mapping[str, str]
    """sha256 of each file as filed, for the manifest."""
    edited: tuple[str, ...]
    beside: tuple[str, ...]
    moves: bool
    """False where the folder is already what it should be."""
    seen: Snapshot
    """The folder as it was when this was decided."""


def plan(folder: Path, new: Mapping[str, bytes], filed: Mapping[str, str]) -> Plan:
    """Decide for a folder; `filed` has the sha256 of each file that an earlier run filed there.

    A file is ours where its sha256 is the one filed, or is that of the new one; every other
    is the editor's: it stays, and a new version that differs from the one filed before lies
    beside it.
    """
    seen = snapshot(folder)
    present = {
        name: sha256((folder / name).read_bytes())
        for name in seen
        if (name in new or name in filed or ".new" in name) and _is_a_file(folder / name)
    }
    hashes = {name: sha256(data) for name, data in new.items()}

    def free(name: str) -> bool:
        return name not in seen or present.get(name, "") == filed.get(name)

    write: dict[str, bytes] = {}
    record: dict[str, str] = {}
    edited: list[str] = []
    beside: list[str] = []
    for name, data in new.items():
        if free(name) or present.get(name) == hashes[name]:
            write[name], record[name] = data, hashes[name]
            continue
        edited.append(name)
        if name in filed:
            record[name] = filed[name]
        settled = [n for n in filed if _is_beside(n, name) and filed[n] == hashes[name]]
        if settled and settled[0] not in seen:
            # An editor has seen the new version and done with it what there was to do.
            record[settled[0]] = hashes[name]
        elif hashes[name] != filed.get(name):
            other = next(
                other
                for other in _names_beside(name)
                if free(other) or present.get(other) == hashes[name]
            )
            write[other], record[other] = data, hashes[name]
            beside.append(other)
    dropped = [n for n in present if n in filed and n not in record and present[n] == filed[n]]
    carry = tuple(sorted(name for name in seen if name not in write and name not in dropped))
    moves = bool(dropped) or any(present.get(name) != record[name] for name in write)
    if not seen:
        action = Action.NEW
    elif beside:
        action = Action.BESIDE
    else:
        action = Action.UPDATED if moves else Action.UNCHANGED
    return Plan(
        action,
        write,
        carry,
        dict(sorted(record.items())),
        tuple(sorted(edited)),
        tuple(sorted(beside)),
        moves,
        seen,
    )


def snapshot(folder: Path) -> Snapshot:
    """Look at what lies in a folder; {} where there is none."""
    if not folder.exists():
        return {}
    looks = {path.name: path.lstat() for path in sorted(folder.iterdir())}
    return {name: (look.st_size, look.st_mtime_ns) for name, look in looks.items()}


def sha256(data: bytes) -> str:
    """Return the hash that the manifest has of a file."""
    return hashlib.sha256(data).hexdigest()


def _is_a_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_beside(other: str, name: str) -> bool:
    stem, _, suffix = name.rpartition(".")
    return other.startswith(f"{stem}.new") and other.endswith(f".{suffix}")


def _names_beside(name: str) -> Iterator[str]:
    """Yield `article.new.md`, then `article.new2.md` and on, in case an editor has taken one."""
    stem, _, suffix = name.rpartition(".")
    yield f"{stem}.new.{suffix}"
    for number in count(2):
        yield f"{stem}.new{number}.{suffix}"
