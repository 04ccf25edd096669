"""The sha256 of files, each read anew only where it looks changed."""

from __future__ import annotations

from pathlib import Path

from generator.filing import sha256

_Looks = tuple[int, int, int]


class Hashes:
    """Remembers by size, time and number on the disk what files were; threads may share it."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[_Looks, str]] = {}

    def of(self, path: Path) -> str:
        """Return a file's sha256; "" where there is none, or a link is in its place."""
        try:
            found = path.lstat()
            looks = (found.st_size, found.st_mtime_ns, found.st_ino)
            known = self._known.get(path)
            if known is not None and known[0] == looks:
                return known[1]
            sha = "" if path.is_symlink() else sha256(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return ""
        self._known[path] = (looks, sha)
        return sha
