"""What lies in an output in a store: each file by its name there, and what it is known by."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.errors import Fault, FilingError
from generator.filing.names import is_inside

if TYPE_CHECKING:
    from upath import UPath

_PATTERN = re.compile(r"[*?\[]")
_READ = frozenset({"time", "atime", "last_accessed"})
"""What a store may know of a file that changes when it is only read."""
_LONGEST = 255
"""Bytes in a name, of a file or a folder, that a disk takes."""


class Listing:
    """Looks at an output in a store, or at a folder of it."""

    def __init__(self, output: UPath) -> None:
        self._output = output
        self._fs = output.fs
        self._root = output.path.rstrip("/")

    def path(self, name: str) -> str:
        """Return what the store calls a file or a folder of the output."""
        return f"{self._root}/{name}"

    def look(self, folder: str = "") -> dict[str, str]:
        """Return what the store knows each file by, by its name below the output.

        A name that would lead out of a folder, or on a disk to another file, is nothing of ours,
        nor is a placeholder: what some programs put in a store to have an empty folder there.
        Raises FilingError where a name is too long for a disk.
        """
        self._fs.invalidate_cache()
        found = self._fs.find(self.path(folder), detail=True)
        named = {
            path.removeprefix(f"{self._root}/"): str({k: i[k] for k in sorted({*i} - _READ)})
            for path, i in sorted(found.items())
            if path.startswith(f"{self._root}/") and not path.endswith("/")
        }
        folders = {str(parent) for name in named for parent in PurePosixPath(name).parents}
        ours = {n: info for n, info in named.items() if is_inside(n) and n not in folders}
        for name in ours:
            if any(len(os.fsencode(part)) > _LONGEST for part in name.split("/")):
                raise FilingError(self._too_long(name))
        return ours

    def _too_long(self, name: str) -> Fault:
        return Fault(
            "A file in the output has a name that is too long for a disk.",
            "Give it a shorter name in the store, or move it out of the output.",
            file=f"{self._output}/{name}",
            expected=f"at most {_LONGEST} bytes in each part of it",
        )


def is_pattern(path: str) -> bool:
    """Tell whether a store's own library would take a path for a pattern of many."""
    return _PATTERN.search(path) is not None
