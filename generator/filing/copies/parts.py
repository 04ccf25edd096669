"""The parts of a Word file, unpacked within bounds and parsed."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from generator.filing.copies.gathering import UnreadableError

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_LARGEST = 20_000_000
"""Bytes of all that is read, unpacked."""
_TAGS = 500_000
"""In all that is read: each takes some hundred times its bytes when it is parsed."""
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, KeyError, ValueError),
    *(NotImplementedError, RuntimeError),  # packed in a way nobody knows; encrypted
    etree.XMLSyntaxError,
)


class Parts:
    """Reads one part after the other, all of them within the same bounds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._room = _LARGEST
        self._tags = _TAGS

    def __contains__(self, name: str) -> bool:
        return name in self._archive.namelist()

    def read(self, name: str) -> etree._Element:
        """Parse a part, in the namespace that all but strict files have."""
        with self._archive.open(name) as packed:
            text = packed.read(self._room + 1)
        self._room -= len(text)
        self._tags -= text.count(b"<")
        if self._room < 0 or self._tags < 0:
            raise UnreadableError(f"{name} is too large")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(text.replace(_STRICT[1:-1].encode(), WORD[1:-1].encode()), parser)
        if root.getroottree().docinfo.doctype:
            raise UnreadableError(f"{name} declares entities")
        return root


@contextmanager
def opened(data: bytes) -> Iterator[Parts]:
    """Yield a file's parts. Raises UnreadableError where it is no Word file, or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Parts(archive)
    except _BROKEN as error:
        raise UnreadableError(str(error) or type(error).__name__) from error
