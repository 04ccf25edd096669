"""The desk by which what lies filed is judged: the one that filed it, found again, or another."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Desk, builtin_desk, hash_files, is_desk
from generator.filing import MANIFEST, Manifest, look_up_desk, read_manifest


@dataclass(frozen=True)
class FoundDesk:
    """A desk to judge an output by, and the one that filed it, as far as anybody knows."""

    folder: Path
    home: Path
    """Where its releases are looked for."""
    filer: Path | None
    """The folder of the desk that filed, which may be gone; None where it is not known."""

    @property
    def is_filer(self) -> bool:
        """True where it filed what it is to judge, though it may have been changed since."""
        return self.filer is not None and self.folder.resolve() == self.filer.resolve()


def find_desk(
    output: Path, manifest: Manifest, asked: Path | None, here: Path, *, is_copy: bool = False
) -> FoundDesk:
    """Find the desk to judge an output by.

    It is the one asked for; else the one in whose folder the output lies, which tells nothing of
    a copy of one in a store (`is_copy`); else the one that filed it, where that is still there.
    Failing those it is the current folder's (`here`) or the built-in one: whichever is as the
    filer was, or else the first that there is.
    """
    around = None if is_copy else next(filter(is_desk, output.resolve().parents), None)
    noted = look_up_desk(output)
    filer = noted or around
    if asked is not None:
        return FoundDesk(asked, asked, filer)
    if around is not None:
        return FoundDesk(around, around, filer)
    there = noted if noted is not None and is_desk(noted) else None
    folder = there or _find_alike(manifest, here)
    # The built-in one is nobody's: releases are where one works.
    return FoundDesk(folder, here if folder == builtin_desk() else folder, filer)


def _find_alike(manifest: Manifest, here: Path) -> Path:
    """Return the current desk or the built-in one: whichever is as the filer was, or the first."""
    folders = [*filter(is_desk, (here,)), builtin_desk()]
    return next((each for each in folders if hash_files(each) == manifest.desk), folders[0])


def list_differing(desk: Desk, manifest: Manifest) -> list[str]:
    """Return the files of a desk that are not as they were in the one that filed."""
    now, then = desk.hashes, manifest.desk
    return sorted(name for name in {*now, *then} if now.get(name) != then.get(name))


def find_filed(output: Path) -> tuple[Path, Manifest] | None:
    """Return an output, or the first title's in it where it has no copy itself, with its manifest.

    One that cannot be read is as one that is not there.
    """
    for folder in (output, *(path.parent for path in sorted(output.glob(f"*/{MANIFEST}")))):
        with suppress(ValueError, OSError):
            manifest = read_manifest(folder)
            if manifest is not None:
                return folder, manifest
    return None
