"""Which release a file of copy was made from, whatever an editor has done with it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.disclosure import disclose
from generator.filing.copies import READABLE, CopyError, copy_from
from generator.filing.manifest import ReleaseRecord, Row
from generator.filing.names import sha256


def origin_of(
    name: str, data: bytes | None, row: Row, releases: Mapping[str, ReleaseRecord]
) -> str:
    """Return the id of the release that a file of a draft was made from.

    A newer draft may have been put in an article's place, or taken over word by word: the
    text decides. It is what a run filed, by its sha256; else what its own line of origin
    names; else what it was when the last run looked (`row`).
    """
    if data is None:
        return row.release_of(name)
    sha = sha256(data)
    for filed in (name, *row.files):
        if row.files.get(filed) == sha:
            return row.release_of(filed)
    line = _line_of_origin(name, data)
    for candidate in (row.release_of(name), row.release, *releases):
        if line and candidate in releases and disclose(releases[candidate].as_release()) == line:
            return candidate
    return row.release_of(name)


def _line_of_origin(name: str, data: bytes) -> str:
    if not name.endswith(READABLE):
        return ""
    try:
        return copy_from(data, name).disclosure
    except CopyError:
        return ""
