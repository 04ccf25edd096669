"""Let a new file and the one in its place change places, in one step where the system can."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h


def swap(fresh: Path, place: Path, kept: Path) -> None:
    """Put a fresh file in a place, and keep what was there.

    On Linux the two change places, so that whatever somebody saves there at the last moment
    is what is kept. Elsewhere, and on disks that cannot, the file gets a second name before
    the fresh one replaces it: what is saved between these two calls is lost.
    """
    if _exchange(fresh, place):
        fresh.replace(kept)
        return
    if not kept.exists():
        try:
            kept.hardlink_to(place)
        except OSError:  # a disk without hard links
            shutil.copy2(place, kept)
    fresh.replace(place)


def _exchange(one: Path, other: Path) -> bool:
    rename = _renameat2()
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(
        rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_RENAME_EXCHANGE)) == 0
    )


@cache
def _renameat2() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
