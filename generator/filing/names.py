"""What things are called in an output folder, and the hash that a text is known by."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from generator.desk.forms import CONTROL

HIDDEN = ".newscopy"
LOG = "log.db"
MANIFEST = "manifest.json"

_BESIDE = re.compile(r"\.new\d*(?=\.\w+$)")


def without_control(text: str) -> str:
    """Return a text without the characters that XML, and so no Word file or feed, can have."""
    return CONTROL.sub("", text)


def is_inside(path: str) -> bool:
    r"""Tell whether a path with `/` stays in the folder that it is below, on any system.

    On Windows `:` ends the name of a drive, and `\` parts folders.
    """
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and parts[0] != "/" and not set(path) & set("\\:")


def is_article(name: str) -> bool:
    """Tell whether a file of a draft is copy: the words that are to run."""
    return name.startswith("article.")


def is_beside(other: str, name: str) -> bool:
    """Tell whether one file's name is that of a new version of the other."""
    return _BESIDE.sub("", other) == name != other


def is_new_version(name: str) -> bool:
    """Tell whether a file's name is that of a new version beside some other."""
    return _BESIDE.search(name) is not None


def sha256(data: bytes) -> str:
    """Return the hash that the manifest has of a file."""
    return hashlib.sha256(data).hexdigest()
