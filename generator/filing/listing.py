"""What lies in an output in a store: each file by its name there, and what it is known by."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.filing.names import is_inside

if TYPE_CHECKING:
    from upath import UPath

_PATTERN = re.compile(r"[*?\[]")
_READ = frozenset({"time", "atime", "last_accessed"})
"""What a store may know of a file that changes when it is only read."""


class Listing:
    """Looks at an output in a store, or at a folder of it."""

    def __init__(self, output: UPath) -> None:
        self._fs = output.fs
        self._root = output.path.rstrip("/")

    def path(self, name: str) -> str:
        """Return what the store calls a file or a folder of the output."""
        return f"{self._root}/{name}"

    def look(self, folder: str = "") -> dict[str, str]:
        """Return what the store knows each file by, by its name below the output.

        A name that would lead out of a folder is nothing of ours, nor is a placeholder: what
        some programs put in a store to have an empty folder there.
        """
        self._fs.invalidate_cache()
        found = self._fs.find(self.path(folder), detail=True)
        named = {
            path.removeprefix(f"{self._root}/"): str({k: i[k] for k in sorted({*i} - _READ)})
            for path, i in sorted(found.items())
            if path.startswith(f"{self._root}/") and not path.endswith("/")
        }
        folders = {str(parent) for name in named for parent in PurePosixPath(name).parents}
        return {n: info for n, info in named.items() if is_inside(n) and n not in folders}


def is_pattern(path: str) -> bool:
    """Tell whether a store's own library would take a path for a pattern of many."""
    return _PATTERN.search(path) is not None
