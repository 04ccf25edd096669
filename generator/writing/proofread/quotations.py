"""Whether quoted words are somebody's: word for word, of this speaker, and fresh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.desk import Area, Quote
from generator.model import Release
from generator.periods import Period
from generator.writing.proofread.marks import (
    Span,
    find_marked,
    plain,
    unbalanced,
    without,
)

_REMEMBERED = 1024
"""Passages, see `memory`."""
_SPEECH = re.compile(
    r"\b(?:said|says|say|saying|added|adds|told|warned|warns|claimed|claims|argued|insisted"
    r"|commented|replied|stated|explained|admitted|accused|urged|called|blamed|blames|believes"
    r"|believed|denied|denies|apologised|described|according to)\b"
)
"""Of a text in lower case: to fold it first is several times as fast as to ignore case."""
_NOT_SPEECH = re.compile(
    r"\b(?:figures|data|statistics)\s+(?:say|says|said)\b|\bcan(?:not| no longer) be said\b"
    r"|\baccording to (?:the )?(?:\w+ ){0,3}(?:figures|data|statistics)\b"
    r"|\bnot (?:yet )?(?:replied|commented)\b"
)
_DENIED = re.compile(r"\b(?:not|never|denied|denies|n’t)\b[^.]{0,25}$")
_NOBODY = "Words are given to somebody who is in no quote of config/quotes.yml."


@dataclass(frozen=True)
class Misquote:
    """What is wrong with a quotation: the passage, and what to say of it."""

    passage: int
    what: str
    mend: str


@dataclass(frozen=True)
class Quoted:
    """What quotations say stands apart: spans by passage, not read as the desk's own words."""

    spans: Mapping[int, tuple[Span, ...]]
    faults: tuple[Misquote, ...]


@dataclass(frozen=True)
class _Passage:
    """A passage taken apart: where its quotations stand, whose they are, and the words outside."""

    spans: tuple[Span, ...]
    marked: tuple[Span, ...]
    """Of the spans, those between quote marks; the others are reported speech."""
    outside: str
    named: tuple[Quote, ...]
    """Whose names stand outside, in the order of the text."""
    owners: tuple[tuple[str, tuple[Quote, ...]], ...]
    """The words between marks, and the quotes that have them."""
    reported: tuple[Quote, ...]
    speaks: bool
    """Words outside say that somebody spoke."""
    is_spoken: bool
    """The same, of somebody and not of figures."""


class QuoteBank:
    """The quotes of a story, and what was found of them in passages before."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self.quotes = quotes
        self.look = lru_cache(maxsize=_REMEMBERED)(self._look)

    def _look(self, text: str) -> _Passage:
        """Take a passage apart, by its words alone."""
        marked = tuple(find_marked(text))
        reported = tuple(_reported(text, self.quotes))
        spans = marked + tuple((low, high) for low, high, _ in reported)
        outside = without(text, spans)
        folded = outside.casefold()
        speaks = _SPEECH.search(folded) is not None
        words = (text[low:high] for low, high in marked)
        return _Passage(
            spans=spans,
            marked=marked,
            outside=outside,
            named=tuple(_speakers(outside, self.quotes)),
            owners=tuple((each, tuple(_whose(each, self.quotes))) for each in words),
            reported=tuple(quote for _, _, quote in reported),
            speaks=speaks,
            is_spoken=speaks and _SPEECH.search(_NOT_SPEECH.sub("", folded)) is not None,
        )


def read_quotations(
    texts: Sequence[str], period: Period, area: Area, bank: QuoteBank, release: Release
) -> Quoted:
    """Find the quotations of the passages (`texts`, the headline first) and judge each.

    Quoted are words between double quote marks, in single ones at the start of a word, and
    the reported speech of config/quotes.yml, which has none. What could be several people's
    is taken for that of one whom the area's copy may quote.
    """
    spans: dict[int, tuple[Span, ...]] = {}
    faults: list[Misquote] = []
    speaker: Quote | None = None
    for number, text in enumerate(texts):
        following = texts[number + 1] if number + 1 < len(texts) else ""
        faults += (Misquote(number, *fault) for fault in unbalanced(text, following))
        passage = bank.look(text)
        spans[number] = passage.spans
        if not passage.spans:
            faults += (Misquote(number, *fault) for fault in _unquoted(passage))
            if passage.named:
                speaker = _meant(passage.named, area)[0]
            elif passage.speaks:
                speaker = None
            continue
        faults += (Misquote(number, *fault) for fault in _misquoted(passage))
        owners_of_all = [owners for _, owners in passage.owners if owners]
        owners_of_all += [(quote,) for quote in passage.reported]
        for owners in owners_of_all:
            told = _credited(passage, speaker, _meant(owners, area), area)
            if told is None:
                what = f"The words of {_name(owners[0])} are given to nobody, or to somebody else."
                faults.append(Misquote(number, what, "Name the speaker as config/quotes.yml does."))
            else:
                speaker = told
                faults += (
                    Misquote(number, what, mend)
                    for what, mend in _out_of_place(told, period, area, release)
                )
    return Quoted(spans, tuple(dict.fromkeys(faults)))


def _unquoted(passage: _Passage) -> Iterator[tuple[str, str]]:
    """Yield what is wrong where a passage without quotations says that somebody spoke."""
    if not passage.is_spoken:
        return
    if not passage.named:
        yield _NOBODY, "Enter the quote with its source, or take the words out."
    else:
        yield (
            f"{_name(passage.named[0])} is made to say what is in no quote of config/quotes.yml.",
            "Use the words of the quote, or take them out.",
        )


def _misquoted(passage: _Passage) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the words of quotations, whoever they are given to."""
    for words, owners in passage.owners:
        if not owners:
            yield (
                f"“{_short(words)}” is word for word in no quote of config/quotes.yml.",
                "Put back the speaker's words, or enter the quote with its source.",
            )
    for low, _ in passage.marked:
        if _DENIED.search(passage.outside[max(low - 30, 0) : low]):
            yield (
                "A quotation is denied by the words before it.",
                "Give the words as they were meant.",
            )


def _reported(text: str, bank: Sequence[Quote]) -> Iterator[tuple[int, int, Quote]]:
    text = plain(text)
    for quote in bank:
        for words in quote.reported.values():
            at = text.find(plain(words))
            if at >= 0:
                yield at, at + len(words), quote


def _whose(words: str, bank: Sequence[Quote]) -> list[Quote]:
    """Return the quotes that hold these words as a whole part, ends and stops aside."""
    wanted = plain(words).strip("“”‘’").strip().strip(".,").strip()
    wanted = wanted[:1].casefold() + wanted[1:]
    return [
        quote
        for quote in bank
        if any(wanted and wanted == _opening(part) for part in quote.words.values())
    ]


def _opening(part: str) -> str:
    """Return a part of a quote as it is matched: it may begin a sentence, or not."""
    part = plain(part).strip(".,")
    return part[:1].casefold() + part[1:]


def _speakers(text: str, bank: Sequence[Quote]) -> list[Quote]:
    """Return whose names stand in a text, in the order of the text."""
    found = []
    for quote in bank:
        names = tuple(
            name for name in (quote.speaker, quote.short, *quote.known_as, quote.role) if name
        )
        first = _any_of(names).search(text) if names else None
        if first:
            found.append((first.start(), quote))
    return [quote for _, quote in sorted(found, key=lambda item: item[0])]


@lru_cache(maxsize=256)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def _meant(quotes: Sequence[Quote], area: Area) -> Sequence[Quote]:
    """Return those of the quotes that the area's copy may have, or all where it may have none."""
    return [quote for quote in quotes if quote.is_for(area)] or quotes


def _credited(
    passage: _Passage, before: Quote | None, owners: Sequence[Quote], area: Area
) -> Quote | None:
    """Return the owner that a passage's words, or the passage before, give a quotation to."""
    if passage.named:
        named = _meant(passage.named, area)[0]
        return next((quote for quote in owners if quote.id == named.id), None)
    if passage.speaks:
        return None
    return next((quote for quote in owners if before and quote.id == before.id), None)


def _out_of_place(
    quote: Quote, period: Period, area: Area, release: Release
) -> Iterator[tuple[str, str]]:
    """Yield why a quote is not for copy of this area, period and release."""
    name = _name(quote)
    if not quote.is_for(area):
        places = ", ".join((*quote.areas, *quote.regions))
        yield (
            f"The quote of {name} is for {places}, and not for {area.name}.",
            "Take it out, or ask for one that is for the area too.",
        )
    if quote.about != str(period):
        yield (
            f"The quote of {name} is about {quote.about}, and the story about {period}.",
            "Take it out, or ask for a new one.",
        )
    if release.published is None:
        return
    if not quote.fresh_from <= release.published <= quote.stale_after:
        yield (
            f"The quote of {name} is for releases from {quote.fresh_from} to {quote.stale_after}, "
            f"and this one is of {release.published}.",
            "Ask for a new one.",
        )


def _name(quote: Quote) -> str:
    return quote.speaker or quote.short


def _short(words: str) -> str:
    words = words.strip("“”‘’")
    return words if len(words) <= 60 else f"{words[:57]}…"
