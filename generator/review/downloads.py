"""The files of drafts, to be taken away in one: a zip, the same bytes for the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from generator.errors import Fault, RequestError

MOST = 2_000
"""Drafts in one zip; the folder itself has any number."""
_PACKED = frozenset({".docx", ".png"})
"""What is packed already."""


def write_zip(to: IO[bytes], files: Mapping[str, Path]) -> None:
    """Write files under their names; their times are left out, so that bytes tell the rest.

    One that is gone meanwhile is left out.
    """
    with zipfile.ZipFile(to, "w") as packed:
        for name, path in sorted(files.items()):
            try:
                data = path.read_bytes()
            except FileNotFoundError:
                continue
            small = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
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
