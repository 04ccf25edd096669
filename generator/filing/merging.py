"""Bring an editor's changes and a new draft together, where they do not meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from merge3 import Merge3

from generator.filing.copies import TEXTS
from generator.model import Copy

Passages = Counter[tuple[str, object]]

_LARGEST = 1_000_000
"""Bytes past which a file is left to the editor. A draft has a tenth of that."""


def merge(name: str, base: bytes, edited: bytes, new: bytes) -> bytes | None:
    """Return the new file with the editor's changes in it; None where that is not certain.

    `base` is the file that both come from. Certain it is where no line was changed by both,
    and where the merged file, read back, has just the passages that either of them added or
    left: a file may be markup, in which lines do not say what a reader sees; a file that is no
    text is not merged. Line ends, a byte
    order mark and the last line's end stay the editor's.
    """
    read = TEXTS.get(PurePath(name).suffix)
    if read is None or max(map(len, (base, edited, new))) > _LARGEST:
        return None
    try:
        ours, theirs, newest = (part.decode("utf-8-sig") for part in (base, edited, new))
    except UnicodeDecodeError:
        return None
    plain = theirs.replace("\r\n", "\n")
    ended = plain if plain.endswith("\n") else plain + "\n"
    lines = _merge(*(text.splitlines(keepends=True) for text in (ours, ended, newest)))
    if lines is None:
        return None
    merged = "".join(lines)
    if _passages(read(merged)) != _expected(*map(_passages, map(read, (ours, ended, newest)))):
        return None
    return _written_like(merged, edited, theirs)


def _merge(base: Sequence[str], edited: Sequence[str], new: Sequence[str]) -> list[str] | None:
    """Merge lines; None where both changed the same."""
    merged: list[str] = []
    for region in Merge3(base, edited, new).merge_groups():
        if region[0] == "conflict":
            return None
        merged += region[1]
    return merged


def _passages(copy: Copy) -> Passages:
    """Count what a reader sees, whatever the order."""
    body = [(each.kind.value, each.rows or each.text) for each in copy.passages]
    banners = [("banner", text) for text in copy.banners]
    return Counter([("headline", copy.headline), ("disclosure", copy.disclosure), *banners, *body])


def _expected(base: Passages, edited: Passages, new: Passages) -> Passages:
    """Return what is left of each passage when both have added theirs and taken theirs out."""
    kept = {
        key: edited[key] if edited[key] == new[key] else edited[key] + new[key] - base[key]
        for key in base | edited | new
    }
    return Counter({key: count for key, count in kept.items() if count})


def _written_like(merged: str, edited: bytes, theirs: str) -> bytes:
    """Give a merged text the marks of the program that the editor saved with."""
    text = merged if theirs.endswith("\n") else merged.removesuffix("\n")
    if theirs.count("\r\n") * 2 > theirs.count("\n"):
        text = text.replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if edited.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.encode()
