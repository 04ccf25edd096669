"""The head of a draft's file: the warnings of where the draft stands, put there and taken off.

That comes long after the file was written, when it may be an editor's. So not a byte else is
touched, and what is taken off leaves the file as it was before.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from generator.filing.banners import STANDING, Banner
from generator.filing.copies.parts import BROKEN
from generator.filing.markdown import banner_markdown, unescape
from generator.filing.names import NOTES


class Bare(NamedTuple):
    """A file without what stood at its head, and that, from the top down."""

    data: bytes
    said: tuple[str, ...]


def put_above(name: str, data: bytes, said: Sequence[str]) -> bytes:
    """Put warnings above a file's words; one that has no place for them stays as it is."""
    if not said:
        return data
    match PurePath(name).suffix:
        case ".html":
            return _put_above_page(data, said)
        case ".docx":
            return _put_above_document(data, said)
        case ".md":
            if name == NOTES:
                data = _READY.sub(_but_for(_word_for(said)), data, count=1)
            return _put_above_lines(data, [banner_markdown(_banner(text)) for text in said])
    return _put_above_lines(data, said)


def take_off(name: str, data: bytes) -> Bare:
    """Take off whatever stands at a file's head as `put_above` has put it there."""
    match PurePath(name).suffix:
        case ".html":
            return _take_off_page(data)
        case ".docx":
            return _take_off_document(data)
        case ".md":
            rest, lines = _take_off_lines(data, _MARKDOWN)
            if name == NOTES:
                rest = _NOT_READY.sub(rb"\1Ready.", rest, count=1)
            return Bare(rest, tuple(map(unescape, lines)))
    return _take_off_lines(data, _TEXT)


_BEGINS = b"|".join(re.escape(begin).encode() for begin in STANDING)


def _banner(text: str) -> Banner:
    return Banner("standing", text)


def _word_for(said: Sequence[str]) -> str:
    """Return the word for where the draft stands, by the gravest of the warnings: `on hold`."""
    return said[0].partition(":")[0].lower()


# Text and Markdown: a paragraph each, at the very top

_MARK = b"\xef\xbb\xbf"
"""By which some programs know that a text is UTF-8."""
_MARKDOWN = re.compile(rb"> \*\*((?:" + _BEGINS + rb")[^\r\n]*)\*\*\r?\n\r?\n")
_TEXT = re.compile(rb"((?:" + _BEGINS + rb")[^\r\n]*)\r?\n\r?\n")
_READY = re.compile(rb"(?m)^(## Status\n\n- )Ready\.$")
"""What notes have of a draft that nothing holds."""
_NOT_READY = re.compile(rb"(?m)^(## Status\n\n- )[A-Z][a-z ]+; ready but for that\.$")


def _but_for(word: str) -> Callable[[re.Match[bytes]], bytes]:
    said = f"{word.capitalize()}; ready but for that.".encode()
    return lambda found: found[1] + said


def _put_above_lines(data: bytes, lines: Sequence[str]) -> bytes:
    end = "\r\n" if b"\r\n" in data else "\n"
    mark, words = _parted(data)
    return mark + "".join(f"{line}{end}{end}" for line in lines).encode() + words


def _take_off_lines(data: bytes, line: re.Pattern[bytes]) -> Bare:
    mark, words = _parted(data)
    found = []
    while head := line.match(words):
        found.append(head[1].decode(errors="replace"))
        words = words[head.end() :]
    return Bare(mark + words, tuple(found))


def _parted(data: bytes) -> tuple[bytes, bytes]:
    """Part a text's mark from its words."""
    return (_MARK, data[len(_MARK) :]) if data.startswith(_MARK) else (b"", data)


# Pages: before all else in the article, and wherever the page says that it is ready

_PLACES = (b"article", b"body", b"/head", b"html")
"""The tags after one of which a page's words begin; the first of these that it has."""
_TAG = re.compile(
    rb"<!--.*?-->|<(script|style|template|title)\b.*?</\1\s*>"
    rb"|<(?P<tag>" + b"|".join(_PLACES) + rb")\b[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_ASIDE = re.compile(
    rb'(?:\r?\n)?<aside class="banner standing">\s*<p>\s*((?:'
    + _BEGINS
    + rb")[^<]*)</p>\s*</aside>"
)
_PILL = re.compile(rb'<span class="pill (ready|held|excluded)">\1</span>')
_OTHER_PILL = re.compile(
    rb'<span class="pill [a-z-]+" data-without="(ready|held|excluded)">[^<]*</span>'
)
_WORK = re.compile(rb'("creativeWorkStatus": "Draft)"')
_OTHER_WORK = re.compile(rb'("creativeWorkStatus": "Draft), [a-z ]+"')


def _put_above_page(page: bytes, said: Sequence[str]) -> bytes:
    at = _place(page)
    if at is None:
        return page
    asides = "".join(
        f'\n<aside class="banner standing">\n<p>{html.escape(text, quote=False)}</p>\n</aside>'
        for text in said
    )
    # Whatever encoding an editor's program has chosen, these bytes are the same in it.
    page = page[:at] + asides.encode("ascii", "xmlcharrefreplace") + page[at:]
    word = _word_for(said).encode()
    pill = rb'<span class="pill %b" data-without="\1">%b</span>' % (word.replace(b" ", b"-"), word)
    return _WORK.sub(rb'\1, %b"' % word, _PILL.sub(pill, page, count=1), count=1)


def _take_off_page(page: bytes) -> Bare:
    said = tuple(
        " ".join(html.unescape(text.decode(errors="replace")).split())
        for text in _ASIDE.findall(page)
    )
    page = _OTHER_PILL.sub(rb'<span class="pill \1">\1</span>', _ASIDE.sub(b"", page), count=1)
    return Bare(_OTHER_WORK.sub(rb'\1"', page, count=1), said)


def _place(page: bytes) -> int | None:
    """Return where a page's words begin; None where nobody can tell."""
    if b"\0" in page:
        return None  # of an encoding in which no tag can be found
    ends: dict[bytes, int] = {}
    for found in _TAG.finditer(page):
        if found["tag"]:
            ends.setdefault(found["tag"].lower(), found.end())
    start = len(page) - len(_parted(page)[1])
    return next((ends[tag] for tag in _PLACES if tag in ends), start)


# Word files: paragraphs of the style that warnings have, before all others

_DOCUMENT = "word/document.xml"
_BODY = b"<w:body>"
_LARGEST = 100_000_000
"""Bytes of a Word file's parts, unpacked."""
_PARAGRAPH = re.compile(rb"<w:p(?: [^>]*)?>((?:(?!</?w:p[ >/]).)*)</w:p>", re.DOTALL)
_NAME = re.compile(rb"</?w:(\w+)|</?(\w+:\w+)")
_WORDS = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_PLAIN = frozenset(
    {
        *(b"pPr", b"pStyle", b"r", b"rPr", b"rStyle", b"b", b"bCs", b"t", b"proofErr", b"lang"),
        *(b"color", b"sz", b"szCs", b"rFonts", b"noProof"),
    }
)
"""What a paragraph consists of in which nothing is but words."""


def _put_above_document(data: bytes, said: Sequence[str]) -> bytes:
    parts = _unpacked(data)
    if parts is None:
        return data
    before, body, after = parts[_DOCUMENT].partition(_BODY)
    words = "".join(
        '<w:p><w:pPr><w:pStyle w:val="Banner"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>'
        f"<w:t>{html.escape(text, quote=False)}</w:t></w:r></w:p>"
        for text in said
    )
    return _packed(data, parts | {_DOCUMENT: before + body + words.encode() + after})


def _take_off_document(data: bytes) -> Bare:
    parts = _unpacked(data)
    if parts is None:
        return Bare(data, ())
    before, body, after = parts[_DOCUMENT].partition(_BODY)
    said = []
    for length, text in _first_paragraphs(after):
        said.append(text)
        after = after[length:]
    if not said:
        return Bare(data, ())
    return Bare(_packed(data, parts | {_DOCUMENT: before + body + after}), tuple(said))


def _first_paragraphs(body: bytes) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs at the head of a body that are such warnings: how long, and which."""
    at = 0
    while found := _PARAGRAPH.match(body, at):
        names = {name or other for name, other in _NAME.findall(found[1])}
        text = html.unescape(b"".join(_WORDS.findall(found[1])).decode(errors="replace"))
        if not text.startswith(STANDING) or not names <= _PLAIN:
            return
        yield found.end() - at, text
        at = found.end()


def _unpacked(data: bytes) -> dict[str, bytes] | None:
    """Return the parts of a Word file that has a place for warnings; None of any other."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(info.file_size for info in parts.infolist()) > _LARGEST:
                return None
            found = {name: parts.read(name) for name in parts.namelist()}
    except BROKEN:
        return None
    return found if _BODY in found.get(_DOCUMENT, b"") else None


def _packed(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Pack the parts of a Word file as they were packed in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as anew:
        for info in before.infolist():
            again = zipfile.ZipInfo(info.filename, info.date_time)
            again.compress_type = info.compress_type
            again.create_system = info.create_system
            again.external_attr = info.external_attr
            anew.writestr(again, parts[info.filename])
    return packed.getvalue()
