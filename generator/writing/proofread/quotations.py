"""Whether quoted words are somebody's: word for word, of this speaker, and fresh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.desk import Desk, Quote
from generator.model import Copy, Facts, Release

_OPEN, _CLOSE = "“", "”"
_SPEECH = re.compile(
    r"\b(?:said|says|say|saying|added|adds|told|warned|warns|claimed|claims|argued|insisted"
    r"|commented|replied|stated|explained|admitted|accused|urged|called|blamed|blames|believes"
    r"|believed|denied|denies|apologised|described|according to)\b",
    re.IGNORECASE,
)
_NOT_SPEECH = re.compile(
    r"\b(?:figures|data|statistics)\s+(?:say|says|said)\b|\bcan(?:not| no longer) be said\b"
    r"|\baccording to (?:the )?(?:\w+ ){0,3}(?:figures|data|statistics)\b",
    re.IGNORECASE,
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

    spans: Mapping[int, tuple[tuple[int, int], ...]]
    faults: tuple[Misquote, ...]


def straightened(text: str) -> str:
    """Turn straight quote marks to curly ones, character for character, so that offsets stay."""
    text = re.sub(r"(?:(?<=^)|(?<=[\s(\[–—“‘]))\"(?=\S)", _OPEN, text)
    text = text.replace('"', _CLOSE)
    text = re.sub(r"(?:(?<=^)|(?<=[\s(\[–—“]))'(?=\S)", "‘", text)
    return text.replace("'", "’")


def read_quotations(
    copy: Copy, texts: Sequence[str], facts: Facts, desk: Desk, release: Release
) -> Quoted:
    """Find the quotations of the passages (`texts`, the headline first) and judge each.

    Quoted are words between double quote marks, in single ones at the start of a word, and
    the reported speech of config/quotes.yml, which has none.
    """
    bank = [quote for quote in desk.quotes if quote.story == facts.story.id]
    spans: dict[int, tuple[tuple[int, int], ...]] = {}
    faults: list[Misquote] = []
    speaker: Quote | None = None
    for number, text in enumerate(texts):
        following = texts[number + 1] if number + 1 < len(texts) else ""
        marked = list(_marked(text))
        faults += (Misquote(number, *fault) for fault in _unbalanced(text, following))
        reported = list(_reported(text, bank))
        spans[number] = tuple((low, high) for low, high in marked) + tuple(
            (low, high) for low, high, _ in reported
        )
        outside = _without(text, spans[number])
        named = _speakers(outside, bank)
        quoted = [(text[low:high], _whose(text[low:high], bank)) for low, high in marked]
        if not quoted and not reported:
            spoken = _SPEECH.search(_NOT_SPEECH.sub("", outside))
            if spoken and not named:
                mend = "Enter the quote with its source, or take the words out."
                faults.append(Misquote(number, _NOBODY, mend))
            elif spoken:
                faults.append(
                    Misquote(
                        number,
                        f"{_name(named[0])} is made to say what is in no quote "
                        "of config/quotes.yml.",
                        "Use the words of the quote, or take them out.",
                    )
                )
            speaker = named[0] if named else None if _SPEECH.search(outside) else speaker
            continue
        for words, owners in quoted:
            if not owners:
                faults.append(
                    Misquote(
                        number,
                        f"“{_short(words)}” is word for word in no quote of config/quotes.yml.",
                        "Put back the speaker's words, or enter the quote with its source.",
                    )
                )
        owners_of_all = [owners for _, owners in quoted if owners] + [[q] for _, _, q in reported]
        for low, _ in marked:
            if _DENIED.search(outside[max(low - 30, 0) : low]):
                faults.append(
                    Misquote(
                        number,
                        "A quotation is denied by the words before it.",
                        "Give the words as they were meant.",
                    )
                )
        for owners in owners_of_all:
            told = _credited(outside, named, speaker, owners)
            if told is None:
                faults.append(
                    Misquote(
                        number,
                        f"The words of {_name(owners[0])} are given to nobody, or to somebody "
                        "else.",
                        "Name the speaker as config/quotes.yml does.",
                    )
                )
            else:
                speaker = told
                faults += (
                    Misquote(number, what, mend) for what, mend in _stale(told, facts, release)
                )
    return Quoted(spans, tuple(dict.fromkeys(faults)))


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between quote marks, the marks included."""
    at = 0
    while at < len(text):
        if text[at] == _OPEN:
            end = text.find(_CLOSE, at)
            end = len(text) if end < 0 else end + 1
        elif text[at] == "‘":
            end = text.find("’", at + 1)
            while 0 <= end < len(text) - 1 and text[end + 1].isalpha():  # an apostrophe
                end = text.find("’", end + 1)
            end = len(text) if end < 0 else end + 1
        else:
            at += 1
            continue
        yield at, end
        at = end


def _unbalanced(text: str, following: str) -> Iterator[tuple[str, str]]:
    """Yield a fault where marks are not in pairs; speech that goes on leaves its mark open."""
    depth = 0
    for character in text:
        if character == _OPEN:
            depth += 1
        elif character == _CLOSE:
            depth -= 1
        if depth not in (0, 1):
            break
    if depth == 0 or (depth == 1 and following.startswith(_OPEN)):
        return
    yield "The quote marks are not in pairs.", "Open and close each quotation once."


def _reported(text: str, bank: Sequence[Quote]) -> Iterator[tuple[int, int, Quote]]:
    for quote in bank:
        for words in quote.reported.values():
            at = _plain(text).find(_plain(words))
            if at >= 0:
                yield at, at + len(words), quote


def _whose(words: str, bank: Sequence[Quote]) -> list[Quote]:
    """Return the quotes that hold these words as a whole part, ends and stops aside."""
    wanted = _plain(words).strip("“”‘’").strip().strip(".,").strip()
    wanted = wanted[:1].casefold() + wanted[1:]
    return [
        quote
        for quote in bank
        if any(wanted and wanted == _opening(part) for part in quote.words.values())
    ]


def _opening(part: str) -> str:
    """Return a part of a quote as it is matched: it may begin a sentence, or not."""
    part = _plain(part).strip(".,")
    return part[:1].casefold() + part[1:]


def _plain(text: str) -> str:
    """Return the text character for character, quote marks of one kind, spaces plain."""
    return straightened(text).replace("\u00a0", " ")


def _speakers(text: str, bank: Sequence[Quote]) -> list[Quote]:
    """Return whose names stand in a text, in the order of the text."""
    found = []
    for quote in bank:
        places = [
            match.start()
            for name in (quote.speaker, quote.short, *quote.known_as, quote.role)
            if name
            and (match := re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)) is not None
        ]
        if places:
            found.append((min(places), quote))
    return [quote for _, quote in sorted(found, key=lambda item: item[0])]


def _credited(
    text: str, named: Sequence[Quote], before: Quote | None, owners: Sequence[Quote]
) -> Quote | None:
    """Return the owner that a passage's words, or the passage before, give a quotation to."""
    if named:
        return next((quote for quote in owners if quote.id == named[0].id), None)
    if _SPEECH.search(text):
        return None
    return next((quote for quote in owners if before and quote.id == before.id), None)


def _stale(quote: Quote, facts: Facts, release: Release) -> Iterator[tuple[str, str]]:
    name = _name(quote)
    if quote.about != str(facts.period):
        yield (
            f"The quote of {name} is about {quote.about}, and the story about {facts.period}.",
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


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept = list(text)
    for low, high in spans:
        kept[low:high] = " " * (high - low)
    return "".join(kept)


def _name(quote: Quote) -> str:
    return quote.speaker or quote.short


def _short(words: str) -> str:
    words = words.strip("“”‘’")
    return words if len(words) <= 60 else f"{words[:57]}…"
