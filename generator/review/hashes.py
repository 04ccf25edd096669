"""The sha256 of files, each read anew only where it looks changed."""

from __future__ import annotations

from pathlib import Path

from generator.filing import sha256

UNREADABLE = "0" * 64
"""In the place of the sha256 of a file that the system does not let us read: it is none's."""
_Looks = tuple[int, int, int]


class Hashes:
    """Remembers by size, time and number on the disk what files were; threads may share it."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[_Looks, str]] = {}

    def of(self, path: Path) -> str:
        """Return a file's sha256; "" where there is none, or a link is in its place.

        `UNREADABLE` where the system does not let us read it.
        """
        try:
            found = path.lstat()
            looks = (found.st_size, found.st_mtime_ns, found.st_ino)
            known = self._known.get(path)
            if known is not None and known[0] == looks:
                return known[1]
            sha = "" if path.is_symlink() else sha256(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return ""
        except OSError:
            return UNREADABLE
        self._known[path] = (looks, sha)
        return sha
