"""The parts of a Word file, unpacked within bounds and parsed."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from lxml import etree

from generator.filing.copies.gathering import UnreadableError

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LARGEST = 20_000_000
"""Bytes of all that is read, unpacked."""
_TAGS = 500_000
"""In all that is read: each takes some hundred times its bytes when it is parsed."""
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, KeyError, ValueError),
    *(NotImplementedError, RuntimeError),  # packed in a way nobody knows; encrypted
    etree.XMLSyntaxError,
)
"""What reading a file raises that is no Word file, or damaged."""


class Parts:
    """Reads one part after the other, all of them within the same bounds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._room = _LARGEST
        self._tags = _TAGS
        self._names: dict[str, str] = {}
        """What each part is called in the file, by its name as programs compare them."""
        for name in archive.namelist():
            if _plain(name) in self._names:
                raise UnreadableError(f"two of its parts are called {name}")
            self._names[_plain(name)] = name

    def main(self) -> str:
        """Return the name of the part that is the document: a file may have others like it."""
        match self.related("", "officeDocument"):
            case [name]:
                return name
            case _:
                raise UnreadableError("it does not say which of its parts is the document")

    def related(self, name: str, *kinds: str) -> list[str]:
        """Return the parts that a part, or with no name the file, says are of these kinds."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if _plain(relations) not in self._names:
            return []
        found = []
        for relation in self.read(relations).iterchildren(f"{_RELATIONS}Relationship"):
            if relation.get("Type", "").rpartition("/")[2] in kinds:
                if relation.get("TargetMode") == "External":
                    raise UnreadableError(f"{relation.get('Target')} is not in the file")
                target = posixpath.join("/", folder, unquote(relation.get("Target", "")))
                found.append(posixpath.normpath(target).lstrip("/"))
        return found

    def read(self, name: str) -> etree._Element:
        """Parse a part, in the namespace that all but strict files have."""
        with self._archive.open(self._names.get(_plain(name), name)) as packed:
            text = packed.read(self._room + 1)
        self._room -= len(text)
        self._tags -= text.count(b"<")
        if self._room < 0 or self._tags < 0:
            raise UnreadableError(f"{name} is too large")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,  # else a word ends where one stands in it
            remove_pis=True,
        )
        root = etree.fromstring(text.replace(_STRICT[1:-1].encode(), WORD[1:-1].encode()), parser)
        if root.getroottree().docinfo.doctype:
            raise UnreadableError(f"{name} declares entities")
        return root


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


@contextmanager
def opened(data: bytes) -> Iterator[Parts]:
    """Yield a file's parts. Raises UnreadableError where it is no Word file, or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Parts(archive)
    except BROKEN as error:
        raise UnreadableError(str(error) or type(error).__name__) from error
