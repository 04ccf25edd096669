"""What a brief, a radio version or a post has to be, beside being true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.desk import PieceKind, Style
from generator.model import Copy, Level

_FIGURES = re.compile(r"[£$€]?\d[\d,.]*\d%?|[\d%£$€]")


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def piece_faults(
    copy: Copy, style: Style, names: Iterable[str] = ()
) -> Iterator[tuple[Level, int | None, str, str]]:
    """Yield the level, the passage if it is of one, what is wrong, and the mend.

    A number in one of the `names` is a part of it, and is spoken as it is written.
    """
    texts = [passage.text for passage in copy.passages]
    match copy.piece:
        case PieceKind.RADIO:
            for number, text in enumerate(texts):
                figures = _FIGURES.search(_without(text, names))
                if figures:
                    what = f"“{figures[0]}” is a figure, and this is to be read aloud."
                    yield Level.HOLD, number, what, "Write it as it is spoken."
        case PieceKind.BRIEF:
            words = sum(len(text.split()) for text in texts)
            if words > style.longest_brief:
                what = f"A brief of {words} words is long: {style.longest_brief} are the most."
                yield Level.WARN, None, what, "Leave out what can be left out."
        case PieceKind.SOCIAL:
            characters = len("\n\n".join(texts))
            if characters > style.longest_post:
                what = f"A post of {characters} characters is too long."
                mend = f"Shorten it to {style.longest_post} at most."
                yield Level.WARN, None, what, mend
