"""Quote marks in a text: straight or curly, in pairs or not, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

_OPEN, _CLOSE = "“", "”"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_BEGINS = re.compile(f"[{_OPEN}‘]")


def straightened(text: str) -> str:
    """Turn straight quote marks to curly ones, character for character, so that offsets stay."""
    if '"' in text:
        text = re.sub(r"(?:(?<=^)|(?<=[\s(\[–—“‘]))\"(?=\S)", _OPEN, text)
        text = text.replace('"', _CLOSE)
    if "'" in text:
        text = re.sub(r"(?:(?<=^)|(?<=[\s(\[–—“]))'(?=\S)", "‘", text)
        text = text.replace("'", "’")
    return text


def find_marked(text: str) -> Iterator[Span]:
    """Yield what stands between quote marks, the marks included."""
    end = 0
    while mark := _BEGINS.search(text, end):
        at = mark.start()
        if mark[0] == _OPEN:
            end = text.find(_CLOSE, at)
        else:
            end = text.find("’", at + 1)
            while 0 <= end < len(text) - 1 and text[end + 1].isalpha():  # an apostrophe
                end = text.find("’", end + 1)
        end = len(text) if end < 0 else end + 1
        yield at, end


def unbalanced(text: str, following: str) -> Iterator[tuple[str, str]]:
    """Yield a fault where marks are not in pairs; speech that goes on leaves its mark open."""
    depth = 0
    for mark in _MARKS.findall(text):
        depth += 1 if mark == _OPEN else -1
        if depth not in (0, 1):
            break
    if depth == 0 or (depth == 1 and following.startswith(_OPEN)):
        return
    yield (
        "The quote marks are not in pairs.",
        "Open and close each quotation once; inside one, write ‘ and ’.",
    )


def plain(text: str) -> str:
    """Return the text character for character, quote marks of one kind, spaces plain."""
    return straightened(text).replace("\u00a0", " ")


def covered(text: str, spans: Sequence[Span]) -> Sequence[int]:
    """Tell of each character of a text whether it stands in one of these spans: 1 or 0."""
    taken = bytearray(len(text))
    for low, high in spans:
        taken[low:high] = b"\1" * (high - low)
    return taken


def without(text: str, spans: Sequence[Span]) -> str:
    """Return the text with spaces in the place of these spans."""
    kept = list(text)
    for low, high in spans:
        kept[low:high] = " " * (high - low)
    return "".join(kept)
