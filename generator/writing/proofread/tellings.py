"""Where a correction tells what an earlier version of the story said: words that are not today's.

What was said before is nobody's quotation and its numbers are no figures, so that it stands
apart as speech does. Only the telling does, at the head of its paragraph; whatever follows it,
be it in the same sentence, is copy like any other.
"""

from __future__ import annotations

import re

from generator.writing.proofread.number_words import LARGE, SMALL

Span = tuple[int, int]

_STORY = r"earlier version of this (?:story|article)"
_HEAD = rf"(?:An|The headline of an|A table in an) {_STORY}"
_HEDGE = (
    r"(?:(?:around|about|nearly|almost|roughly|approximately|some|just|only|well|over|under|more"
    r"|fewer|less|greater|smaller|than|at least|at most|no|close to|in excess of|upwards of"
    r"|not quite|approaching|circa|an estimated|a mere|merely) )*"
)
_WORDS = r"one|two|three|four|five|six|seven|eight|nine|none"
_PARTS = r"hal(?:f|ves)|(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?"
_NUMBER_WORDS = "|".join(sorted({*SMALL, *LARGE, "hundred", "point"}, key=len, reverse=True))
_SPOKEN = rf"(?:{_NUMBER_WORDS})(?:(?: and)?[ -](?:{_NUMBER_WORDS}))*(?: per cent)?"
"""As a radio version gives it: twenty-nine point three per cent."""
_FIGURE = (
    rf"{_HEDGE}(?:\d+(?:,\d+)*(?:\.\d+)?(?: ?%| per cent| million)?"
    rf"|(?:one|\w+) in (?:{_WORDS}|\d+)|(?:(?:a|{_WORDS})[ -])?(?:{_PARTS})|{_SPOKEN})(?![\w.]\w)"
)
_LIST = rf"{_FIGURE}(?:(?:, | and ){_FIGURE})*"
_OF = r"the [^.;:–—()“]+?"
_GAVE = (
    rf"gave (?:(?:a figure|figures) of {_LIST}"
    rf"|{_OF} as {_FIGURE}(?:(?:, | and ){_OF} as {_FIGURE})*)"
)
_QUOTED = r"said:? “[^”]*”"
_PLAIN = (
    r"said (?:[^.,;:–—()“]|(?<=\d)[.,](?=\d))+?"
    r"(?= (?:and|but|when|where|whereas|while|which|who|although|though|as|because|since|instead"
    r"|rather|not|now)\b|[,;:–—()“]|[.!?](?!\d)|$)"
)
_TELLING = re.compile(rf"{_HEAD} (?:{_QUOTED}|{_GAVE}|{_PLAIN})[.!?]?")
_ALSO = re.compile(rf"(?<=[.!?”] )It also (?:{_QUOTED}|{_GAVE})[.!?]?")
_SINCE = re.compile(r"Since this (?:story|article) was first published, ")


def find_tellings(paragraph: str) -> tuple[Span, ...]:
    """Return where a paragraph tells what an earlier version said: at its head, then anywhere."""
    text = paragraph.replace("\u00a0", " ")
    head = _TELLING.match(text)
    if head is None:
        return ()
    return (head.span(), *(match.span() for match in _ALSO.finditer(text, head.end())))


def is_correction(paragraph: str) -> bool:
    """Tell whether a paragraph corrects an earlier version: what it gives may stand elsewhere."""
    text = paragraph.replace("\u00a0", " ")
    return bool(_TELLING.match(text) or _SINCE.match(text))


def set_apart(text: str, spans: tuple[Span, ...]) -> str:
    """Return a text without what stands there, all else at its place and in a sentence of its own.

    So a line ends where words were.
    """
    for start, end in spans:
        text = text[:start] + " " * (end - start - 1) + "\n" + text[end:]
    return text
