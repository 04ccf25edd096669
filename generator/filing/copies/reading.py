"""Read an article's file back to the words that a reader sees, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path, PurePath

from generator.errors import Fault, NewscopyError
from generator.filing.copies.gathering import UncheckableError, UnreadableError
from generator.filing.copies.html import read_html
from generator.filing.copies.markdown import read_markdown
from generator.filing.copies.text import read_text
from generator.filing.copies.word import read_word
from generator.filing.names import piece_of
from generator.model import Copy

TEXTS: Mapping[str, Callable[[str], Copy]] = {
    ".md": read_markdown,
    ".html": read_html,
    ".txt": read_text,
}
"""How a file that is text is read back, by its ending."""
READABLE = (*TEXTS, ".docx")
"""The endings of all files that can be read back."""

_LARGEST = 20_000_000
"""Bytes. The nation's page with all its sources has a fiftieth of it; pictures may be added."""
_USUAL = 100_000
"""Bytes of a text that is remembered once it was read: an article has a tenth of it.

A Word file is not, which may hold far more words than it has bytes.
"""


class CopyError(NewscopyError):
    """A file of copy cannot be read at all."""


def read_copy(path: Path, name: str) -> Copy:
    """Read copy back from a file whose name has a readable ending; `name` is for messages.

    Raises CopyError for a file that cannot be opened, and what `copy_from` does.
    """
    try:
        size = path.stat().st_size if path.is_file() else -1
        data = path.read_bytes() if 0 <= size <= _LARGEST else b""
    except OSError as error:
        raise CopyError(_unreadable(name, error.strerror or str(error))) from error
    if size < 0:
        raise CopyError(_unreadable(name, "it is no file"))
    _refuse_large(size, name)
    return copy_from(data, name)


def copy_from(data: bytes, name: str) -> Copy:
    """Read copy back from a file's bytes; `name` tells how, and is for messages.

    Raises CopyError where they are too many, not UTF-8, no Word file, nested too deeply to be
    read to the end, or hold no words.
    """
    usual = len(data) <= _USUAL and PurePath(name).suffix in TEXTS
    return (_remembered if usual else _read)(data, name)


def _read(data: bytes, name: str) -> Copy:
    _refuse_large(len(data), name)
    piece = piece_of(PurePath(name).name)
    read = TEXTS.get(PurePath(name).suffix)
    if piece:
        headed = partial(read_text, is_headed=piece.is_headed)
        copy = replace(_text(headed, data, name), piece=piece)
    else:
        copy = _text(read, data, name) if read else _word(data, name)
    if not copy.headline and not copy.passages:
        raise CopyError(
            Fault(
                "There are no words in the file.",
                "Put the article back; newscopy run writes it again if the file is gone.",
                file=name,
                found="no words" if data.strip() else "an empty file",
                expected="a headline and text",
            )
        )
    return copy


_remembered = lru_cache(maxsize=512)(_read)
"""A run and the review page ask for the words of the same texts again and again."""


def _refuse_large(size: int, name: str) -> None:
    if size > _LARGEST:
        raise CopyError(
            Fault(
                "The file is too large to be an article.",
                "Put back the article; take out what was pasted or embedded.",
                file=name,
                found=f"{size:,} bytes",
                expected=f"at most {_LARGEST:,}",
            )
        )


def _text(read: Callable[[str], Copy], data: bytes, name: str) -> Copy:
    try:
        return read(_decoded(data, name))
    except UnreadableError as error:
        raise CopyError(
            Fault(
                "The file cannot be read to its end: its tags are nested too deeply, or a text in "
                "it is too long.",
                "Put back the article; paste text without its formatting.",
                file=name,
                found=str(error)[:80],
            )
        ) from error


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CopyError(
            Fault(
                "The file is not UTF-8.",
                "Save it again, and choose UTF-8 where the program asks for an encoding.",
                file=name,
                found=f"byte {error.object[error.start]:#04x} at {error.start:,}",
                expected="UTF-8 text",
            )
        ) from error


def _word(data: bytes, name: str) -> Copy:
    if not data.strip():
        return Copy("", ())
    try:
        return read_word(data)
    except UncheckableError as error:
        raise CopyError(
            Fault(
                "There is something in the file that may be printed and cannot be read.",
                error.mend,
                file=name,
                found=str(error)[:80],
                expected="words in paragraphs, tables, notes and text boxes",
            )
        ) from error
    except UnreadableError as error:
        raise CopyError(
            Fault(
                "The file is no Word file, or is damaged.",
                "Save it again from Word as .docx; newscopy run writes it again if it is gone.",
                file=name,
                found=str(error)[:80],
                expected="a .docx file",
            )
        ) from error


def _unreadable(name: str, why: str) -> Fault:
    return Fault(
        f"The article cannot be read: {why}.",
        "Put a file there that may be read, or take it away: newscopy run writes it again.",
        file=name,
    )
