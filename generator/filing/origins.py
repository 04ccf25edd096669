"""Which release a file of copy was made from, whatever an editor has done with it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.disclosure import disclose
from generator.filing.copies import READABLE, CopyError, copy_from
from generator.filing.heads import take_off
from generator.filing.manifest import ReleaseRecord, Row
from generator.filing.names import sha256
from generator.filing.standing import Decision


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
    rendered = row.rendered
    for filed in (name, *row.files):
        if sha in (row.files.get(filed), rendered.get(filed)):
            return row.release_of(filed)
    line = _line_of_origin(name, data)
    for candidate in (row.release_of(name), row.release, *releases):
        if line and candidate in releases and disclose(releases[candidate].as_release()) == line:
            return candidate
    return row.release_of(name)


def bound_to(
    texts: Mapping[str, bytes],
    row: Row,
    releases: Mapping[str, ReleaseRecord],
    before: Decision | None,
) -> tuple[str, str]:
    """Return the id of the release that a draft's texts are from, and of another that binds them.

    The other is the one that the draft is from now, "" where there is none. An editor who
    types its figures into older copy leaves the line of origin as it was: so it binds all copy
    but what lies there, to the byte, as it was filed or decided on (`before`).
    """
    hashes = {name: sha256(take_off(name, data).data) for name, data in texts.items()}
    known = before is not None and set(before.origins) <= set(releases)
    if before is not None and known and hashes.items() <= before.texts.items():
        return before.release, before.read_by
    name, data = next(iter(texts.items()))
    origin = origin_of(name, data, row, releases)
    as_filed = set(hashes.values()) <= set(row.rendered.values())
    return origin, "" if as_filed or origin == row.release else row.release


def _line_of_origin(name: str, data: bytes) -> str:
    if not name.endswith(READABLE):
        return ""
    try:
        return copy_from(data, name).disclosure
    except CopyError:
        return ""
