"""A sentence as the grammar sees it: the mentions in it, in order, and the ways between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from generator.periods import MONTH_ENDING, Period, PeriodKind
from generator.writing.proofread.bounds import MOST_MENTIONS, MOST_WORDS
from generator.writing.proofread.lexicon import Hedge, Move, Phrases, Sense
from generator.writing.proofread.marks import covered
from generator.writing.proofread.number_words import year_at
from generator.writing.proofread.numerals import MONTHS, find_numbers, is_none_of
from generator.writing.proofread.words import Token, sentences_of, tokens_of

_ARTICLES = {"of", "the", "a", "an", "all", "its", "their", "every", "those", "these", "criminal"}
_MONTHS = {name.casefold(): number for number, name in MONTH_ENDING.items()}
_NAMES_OF_MONTHS = frozenset(MONTHS)
_YEAR = re.compile(r"(?:19|20)\d\d")
_STARTS = {"at", "with"}
_NONE = (Sense.NOT, Sense.UNCHECKED)
"""What "no" is read as where it is no number."""
_QUOTE_MARKS = "“‘\"'"
_LEAVES_OUT = re.compile(
    r"\b(?:not include|no longer includes?|not cover|nor do they|exclud(?:e|es|ed|ing)"
    r"|leav(?:e|es|ing) out|left out)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a sentence that says something; `first` and `last` are its tokens."""

    sense: Sense
    value: object
    first: int
    last: int
    hedge: Hedge | None = None
    hedged_from: int | None = None
    """The first token of its hedge."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage, `start` characters into it, and what is mentioned in it."""

    text: str
    start: int
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    is_read: bool = True
    """False of one that is too long: nothing is said of what it mentions."""

    @cached_property
    def words_folded(self) -> list[str]:
        """Every word as it is matched."""
        return [token.folded for token in self.tokens]

    @cached_property
    def senses(self) -> Set[Sense]:
        """What there are mentions of."""
        return {mention.sense for mention in self.mentions}

    @cached_property
    def taken(self) -> Sequence[bool]:
        """Of each token, whether it is in a mention or its hedge, so says something known."""
        taken = [False] * len(self.tokens)
        for mention in self.mentions:
            first = mention.first if mention.hedged_from is None else mention.hedged_from
            taken[first : mention.last + 1] = [True] * (mention.last - first + 1)
        return taken

    @cached_property
    def leaves_out(self) -> bool:
        """True where the sentence is about what the figures leave out."""
        return _LEAVES_OUT.search(self.text) is not None

    @property
    def is_bare(self) -> bool:
        """True for a few words that make no sentence, as a crosshead may."""
        return len(self.tokens) <= 3

    def span(self, mention: Mention) -> tuple[int, int]:
        """Return where a mention stands, as offsets into the passage."""
        return self.tokens[mention.first].start, self.tokens[mention.last].end

    def words(self, mention: Mention) -> str:
        """Return a mention's words."""
        start, end = self.span(mention)
        return self.text[start - self.start : end - self.start]

    def hedge(self, mention: Mention) -> str:
        """Return the words of a mention's hedge, "" where it has none."""
        if mention.hedged_from is None:
            return ""
        start = self.tokens[mention.hedged_from].start - self.start
        return self.text[start : self.tokens[mention.first].start - self.start].strip()

    @property
    def whole(self) -> tuple[int, int]:
        """Where the sentence stands in its passage."""
        return self.start, self.start + len(self.text)

    def before(self, at: int) -> Sequence[int]:
        """Return the places of the mentions before one, nearest first."""
        return range(at - 1, -1, -1)

    def clause_after(self, at: int) -> Sequence[int]:
        """Return the places of the mentions after one, up to a stop or the next number.

        "At 29.3%, that was…" goes on past its comma: what it is about comes after it.
        """
        if at not in self._clauses:
            self._clauses[at] = list(self._find_clause(at))
        return self._clauses[at]

    @cached_property
    def _clauses(self) -> dict[int, Sequence[int]]:
        """What was found of clauses: they are asked for again and again."""
        return {}

    def _find_clause(self, at: int) -> Iterator[int]:
        fronted = self._is_fronted(at)
        start = at + 4 if self._is_interrupted(at) else at + 1
        for place in range(start, len(self.mentions)):
            sense = self.mentions[place].sense
            if sense is Sense.STOP and fronted:
                fronted = False
                continue
            if sense in (Sense.STOP, Sense.QUANTITY):
                return
            yield place

    def clause_before(self, at: int) -> Iterator[int]:
        """Yield the places of the mentions before one, nearest first, back to a colon or dash."""
        for place in self.before(at):
            mention = self.mentions[place]
            if mention.sense is Sense.STOP and self.tokens[mention.first].text in ";:":
                return
            yield place

    def is_next(self, at: int, after: int) -> bool:
        """Tell whether nothing but articles stands between two mentions."""
        between = self.words_folded[self.mentions[at].last + 1 : self.mentions[after].first]
        return all(word in _ARTICLES or word == "in" for word in between)

    def _is_interrupted(self, at: int) -> bool:
        """Tell whether another number is put in after this one: "2,784 – or 29.3% – fell"."""
        following = self.mentions[at + 1 : at + 4]
        senses = [mention.sense for mention in following]
        if senses != [Sense.STOP, Sense.QUANTITY, Sense.STOP]:
            return False
        pair = self.words(following[0]) + self.words(following[2])
        return pair in ("––", "——", "()", ",,") and following[0].first == self.mentions[at].last + 1

    def _is_fronted(self, at: int) -> bool:
        """Tell whether a sentence begins with a mention: "At 29.3%", "With just 4%"."""
        if not self._may_be_fronted:
            return False
        before = self.tokens[: self.mentions[at].first]
        return 0 < sum(token.text not in _QUOTE_MARKS for token in before) <= 2

    @cached_property
    def _may_be_fronted(self) -> bool:
        opening = next((token for token in self.tokens if token.text not in _QUOTE_MARKS), None)
        return opening is not None and opening.folded in _STARTS


def read_sentences(
    text: str, phrases: Phrases, kind: PeriodKind, mask: Sequence[tuple[int, int]] = ()
) -> list[Sentence]:
    """Read a passage's sentences; what is masked (a quotation) says nothing here.

    `kind` is that of the story's periods: "the year to March 2020" may be 2019/20.
    """
    masked = covered(text, mask)
    return [_read(text, start, end, phrases, kind, masked) for start, end in sentences_of(text)]


def _read(
    text: str, start: int, end: int, phrases: Phrases, kind: PeriodKind, masked: Sequence[int]
) -> Sentence:
    whole = text[start:end]
    tokens = [token for token in tokens_of(whole, start) if not masked[token.start]]
    if len(tokens) > MOST_WORDS:
        return Sentence(whole, start, (), (), is_read=False)
    words = [token.folded for token in tokens]
    found: list[Mention] = []
    taken = [False] * len(tokens)
    at = 0
    while at < len(tokens):
        mention = _period_at(words, at, kind) or _phrase_at(words, at, phrases)
        if mention is None or (mention.sense in _NONE and is_none_of(words, at)):
            at += 1
            continue
        found.append(mention)
        # A hedge or a "to" is of no account yet: a number may begin with the same words.
        if mention.sense is not Sense.HEDGE:
            taken[mention.first : mention.last + 1] = [True] * (mention.last - mention.first + 1)
        at = mention.last + 1
    numbers = find_numbers(tokens, taken)
    found += [Mention(Sense.QUANTITY, number, number.first, number.last) for number in numbers]
    if len(found) > MOST_MENTIONS:
        return Sentence(whole, start, (), (), is_read=False)
    found.sort(key=lambda mention: (mention.first, mention.sense is not Sense.QUANTITY))
    return Sentence(whole, start, tokens, _settled(found, tokens))


def _phrase_at(words: Sequence[str], at: int, phrases: Phrases) -> Mention | None:
    entry = phrases.longest_at(words, at)
    if entry is None:
        return None
    phrase, sense, value = entry
    return Mention(sense, value, at, at + len(phrase) - 1)


def _period_at(words: Sequence[str], at: int, kind: PeriodKind) -> Mention | None:
    """Read `2019`, `2019/20`, `the year to March 2020`; spoken, `twenty nineteen`."""
    year = at + 1 if words[at] == "the" else at
    if words[year : year + 1] == ["year"] and words[year + 1 : year + 2] in (["to"], ["ending"]):
        month = words[year + 2] if year + 2 < len(words) else ""
        named, length = _year_at(words, year + 3)
        if month in _MONTHS and named:
            text = f"to-{named}-{_MONTHS[month] * 3:02d}"
            return Mention(Sense.PERIOD, _alike(Period.parse(text), kind), at, year + 2 + length)
    named, length = _year_at(words, at)
    if not named:
        return None
    if at and (words[at - 1] in "£$€" or words[at - 1] in MONTHS):
        return None
    after = words[at + length : at + length + 2]
    if after[:1] in (["/"], ["–"]) and len(after) > 1 and after[1].isdigit():
        try:
            financial = Period.parse(f"{named}/{after[1]}")
        except ValueError:
            return None
        return Mention(Sense.PERIOD, _alike(financial, kind), at, at + 2)
    if after[:1] in (["%"], ["per"], ["percentage"]):
        return None
    return Mention(Sense.PERIOD, Period.parse(named), at, at + length - 1)


def _year_at(words: Sequence[str], at: int) -> tuple[str, int]:
    """Return the year at a word, in figures, and how many words it has; `("", 0)` if none."""
    if at >= len(words):
        return "", 0
    return (words[at], 1) if _YEAR.fullmatch(words[at]) else year_at(words, at, _NAMES_OF_MONTHS)


def _alike(period: Period, kind: PeriodKind) -> Period:
    """Return the story's period of the same twelve months, if there is one."""
    ends = {PeriodKind.CALENDAR: 4, PeriodKind.FINANCIAL: 1}.get(kind, period.last.number)
    return Period(period.last, kind) if period.last.number == ends else period


def _settled(found: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Give hedges to the numbers that they stand before, and drop all others.

    "more than" before anything but a number is a comparison: its "more" and its "than".
    """
    kept: list[Mention] = []
    end = -1
    for at, mention in enumerate(found):
        if mention.first <= end:
            continue
        if mention.sense is not Sense.HEDGE:
            kept.append(mention)
            end = mention.last
            continue
        after = next((other for other in found[at + 1 :] if other.first > mention.last), None)
        hedged = after is not None and after.sense in (Sense.QUANTITY, Sense.TIMES)
        if hedged and after is not None and _adjoin(mention, after, tokens):
            kept.append(mention)
        elif tokens[mention.last].folded == "than":
            kept += _comparison(mention, tokens)
            end = mention.last
    return [
        replace(mention, hedge=kept[at - 1].value, hedged_from=kept[at - 1].first)  # type: ignore[arg-type]
        if at and kept[at - 1].sense is Sense.HEDGE
        else mention
        for at, mention in enumerate(kept)
        if mention.sense is not Sense.HEDGE
    ]


def _adjoin(mention: Mention, after: Mention, tokens: Sequence[Token]) -> bool:
    between = [token.folded for token in tokens[mention.last + 1 : after.first]]
    return all(word in ("the", "a", "an") for word in between)


def _comparison(mention: Mention, tokens: Sequence[Token]) -> Iterator[Mention]:
    way = 1 if tokens[mention.first].folded in ("more", "greater") else -1
    yield Mention(Sense.MOVE, Move(way, in_time=False), mention.first, mention.last - 1)
    yield Mention(Sense.THAN, None, mention.last, mention.last)
