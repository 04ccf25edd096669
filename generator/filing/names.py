"""What things are called in an output folder, and the hash that a text is known by."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import PurePosixPath

from generator.desk import PieceKind
from generator.desk.forms import CONTROL

HIDDEN = ".newscopy"
LOG = "log.db"
MANIFEST = "manifest.json"
LEDGER = "ledger.json"
NOTES = "notes.md"
ATOM = "feed.atom"
DRAFT_DEPTH = 3
"""Folders from an output folder down to a draft's: story, period, area."""
SHOWN = 2000
"""Drafts that index and feed show: past so many nothing is of help, and the table has all."""

PIECES = {kind: kind.file for kind in PieceKind if kind.file}
"""The files of what stands beside the article; what a chart shows stands with the chart."""

_BESIDE = re.compile(r"\.new\d*(?=\.\w+$)")


def without_control(text: str) -> str:
    """Return a text without the characters that XML, and so no Word file or feed, can have."""
    return CONTROL.sub("", text)


@lru_cache(maxsize=1024)  # a manifest asks for the same dozen names, draft after draft
def is_inside(path: str) -> bool:
    r"""Tell whether a path with `/` stays in the folder that it is below, on any system.

    It has to be as it would be written, too: `a//b` and `a/./b` would be another file, `a/b`.
    On Windows `:` ends the name of a drive, and `\` parts folders.
    """
    plain = PurePosixPath(path)
    stays = bool(plain.parts) and ".." not in plain.parts and not plain.is_absolute()
    return stays and plain.as_posix() == path and not set(path) & set("\\:")


def is_page(path: str) -> bool:
    """Tell whether a file of an output is newscopy's own: it is replaced whatever lies there."""
    return path.count("/") < DRAFT_DEPTH


def is_article(name: str) -> bool:
    """Tell whether a file of a draft is its article, in one form or another."""
    return name.startswith("article.")


def piece_of(name: str) -> PieceKind | None:
    """Return what a file of a draft is beside the article, None for any other file."""
    stem = name.partition(".")[0]
    return next((kind for kind in PIECES if kind == stem), None)


def is_copy(name: str) -> bool:
    """Tell whether a file of a draft has words that are to run: an article, or a piece."""
    return is_article(name) or piece_of(name) is not None


def is_beside(other: str, name: str) -> bool:
    """Tell whether one file's name is that of a new version of the other."""
    return _BESIDE.sub("", other) == name != other


def in_place_of(name: str) -> str:
    """Return the file that a new version lies beside; of any other file its own name."""
    return _BESIDE.sub("", name)


def is_new_version(name: str) -> bool:
    """Tell whether a file's name is that of a new version beside some other."""
    return _BESIDE.search(name) is not None


def sha256(data: bytes) -> str:
    """Return the hash that the manifest has of a file."""
    return hashlib.sha256(data).hexdigest()
