"""The files of drafts, to be taken away in one: a zip, the same bytes for the same files."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from generator.errors import Fault, RequestError

MOST = 2_000
"""Drafts in one zip; the folder itself has any number."""
_PIECE = 1 << 16
"""Bytes of a zip that are sent in one go."""
_PACKED = frozenset({".docx", ".png"})
"""What is packed already."""


def write_zip(to: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    """Write files under their names; their times are left out, so that bytes tell the rest."""
    with zipfile.ZipFile(to, "w") as packed:
        for name, data in files:
            suffix = PurePosixPath(name).suffix
            small = zipfile.ZIP_STORED if suffix in _PACKED else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o644 << 16
            packed.writestr(info, data, compress_type=small)


def refuse_too_many(folders: Iterable[object]) -> None:
    """Raise RequestError where more drafts are asked for than one zip is to have."""
    number = sum(1 for _ in folders)
    if number > MOST:
        raise RequestError(
            Fault(
                "These are more drafts than one zip is to have.",
                "Ask for fewer: by region, story or status. The output folder has them all.",
                found=f"{number:,} drafts",
                expected=f"at most {MOST:,}",
            )
        )


def hand_out(found: Iterable[tuple[str, bytes]], name: str) -> Response:
    """Hand out files in one; it is made on the disk, whatever its size."""
    made = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when all of it is sent, or dropped
    try:
        write_zip(made, found)
    except BaseException:
        made.close()
        raise
    size = made.tell()
    made.seek(0)
    return StreamingResponse(
        _pieces(made),
        media_type="application/zip",
        headers={
            "Content-Length": str(size),
            "Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}",
        },
    )


def _pieces(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while piece := made.read(_PIECE):
            yield piece
