"""The words that the second reader knows, and what each of them says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from generator.desk import Desk, Story
from generator.writing.proofread.words import phrase_of


class Sense(Enum):
    """What a mention is, to the grammar of the reader."""

    QUANTITY = auto()
    MEASURE = auto()
    SHARE = auto()
    """"rate", "share": some share, to be known from the words beside it."""
    NUMBER = auto()
    """"number", "total": some count."""
    AREA = auto()
    PERIOD = auto()
    NOW = auto()
    PREVIOUS = auto()
    THAT = auto()
    FIRST = auto()
    SINCE = auto()
    WHEN = auto()
    EVER = auto()
    AMONG = auto()
    MOVE = auto()
    TOP = auto()
    JOINT = auto()
    TIMES = auto()
    SLIGHT = auto()
    NOT = auto()
    THAN = auto()
    FROM = auto()
    TO = auto()
    BY = auto()
    AGAINST = auto()
    HEDGE = auto()
    UNCHECKED = auto()
    """A word that claims something, of which the facts say nothing."""
    LITERAL = auto()
    STOP = auto()


OWN = "the area of the draft"
"""The area of a mention such as "the force"."""


@dataclass(frozen=True, slots=True)
class Move:
    """A direction: 1 up, -1 down, 0 level.

    `in_time`: set against an earlier period where nothing else is said, not against
    another area. `takes`: what follows is what it is set against, without "than".
    """

    way: int
    in_time: bool = True
    takes: bool = False
    before_noun: bool = False
    """It says of what in the words after it: "more offences", "a fall in the rate"."""


class Hedge(Enum):
    """How a number in print stands to the exact one."""

    ABOVE = auto()
    BELOW = auto()
    NEARLY = auto()
    AROUND = auto()
    JUST = auto()
    EXACTLY = auto()


@dataclass(frozen=True, slots=True)
class Top:
    """A superlative: 1 the highest, -1 the lowest, 0 one that does not say which."""

    way: int
    joint: bool = False


Entry = tuple[tuple[str, ...], Sense, object]

_UP, _DOWN = 1, -1
_MOVES = {
    Move(_UP): "up|rise|rises|rose|risen|rising|increase|increases|increased|increasing|grew|grow"
    "|grows|grown|growing|growth|climb|climbs|climbed|climbing|soar|soars|soared|soaring|surge"
    "|surges|surged|surging|accelerated|jump|jumps|jumped|rocketed|spike|spiked|worsened|mounting|upward",
    Move(_DOWN): "down|fall|falls|fell|fallen|falling|decrease|decreases|decreased|decreasing"
    "|decline|declines|declined|declining|drop|drops|dropped|dropping|plunge|plunges|plunged"
    "|plummeted|slump|slumped|shrank|shrunk|dip|dipped|slipped|slips|slid|slides|sank|sunk|crashed|nosedived|dwindled|slashed|reduced|reduction|eased|downward|tumbled",
    Move(_UP, in_time=False): "higher|greater",
    Move(_DOWN, in_time=False): "lower|less",
    Move(_UP, in_time=False, before_noun=True): "more|larger|bigger",
    Move(_DOWN, in_time=False, before_noun=True): "fewer|smaller",
    Move(_UP, in_time=False, takes=True): "above|exceeds|exceeded|exceeding|topped|outstripped",
    Move(_DOWN, in_time=False, takes=True): "below|beneath",
    Move(0): "unchanged|stayed the same|did not change|has not changed|broadly unchanged"
    "|stable|steady|flat|broadly flat|largely unchanged",
    Move(0, before_noun=True): "little change|no change|little changed",
    Move(
        0, in_time=False
    ): "about the same|much the same|the same as|was the same|was the same as|similar to|level with"
    "|in line with|on a par with|roughly the same|almost the same|exactly the same|identical to",
}
_TOPS = {
    Top(_UP): "highest|record high|record highs|fullest|the most|most ever|greatest|largest"
    "|biggest|all time high|peak|record|record breaking|unprecedented",
    Top(_DOWN): "lowest|record low|record lows|fewest|smallest|all time low|least",
    Top(0): "worst|best|never|first time",
}
_HEDGES = {
    Hedge.ABOVE: "no fewer than|no less than|not less than|not fewer than|more than"
    "|over|at least|well over|just over|upwards of|in excess of|greater than",
    Hedge.BELOW: "no more than|not more than|at most|fewer than|less than|under|smaller than",
    Hedge.NEARLY: "nearly|almost|just under|close to|approaching|not quite",
    Hedge.AROUND: "around|about|roughly|approximately|some|circa|an estimated|or so",
    Hedge.JUST: "just|only|merely|a mere",
    Hedge.EXACTLY: "exactly|precisely",
}
_PLAIN = {
    Sense.SHARE: "rate|rates|share|shares|proportion|percentage",
    Sense.NUMBER: "number|numbers|total|tally|count",
    Sense.THAT: "that year|the same year|that period",
    Sense.SINCE: "since|between",
    Sense.WHEN: "when",
    Sense.EVER: "any other year on record|any other year|any year on record|any previous year"
    "|ever before|ever|on record|in living memory|any year",
    Sense.AMONG: "of any force|of all forces|of any area|of all areas|of any police force"
    "|in the country|among forces|of all police forces|any other force|any other area|any force"
    "|anywhere else|elsewhere|any other police force",
    Sense.JOINT: "joint|jointly|equal|matches|matched|match|matching|equals|equalled"
    "|equalling|ties|tied",
    Sense.SLIGHT: "slightly|marginally|a little|fractionally",
    Sense.NOT: "not|isn't|wasn't|weren't|didn't|no longer|neither|nor|without|no|hardly|barely"
    "|scarcely|failed to|fails to|stopped|far from|nowhere near|not true|nearly|near|one of the"
    "|close to|missed|narrowly",
    Sense.THAN: "than",
    Sense.FROM: "from|on",
    Sense.TO: "to",
    Sense.BY: "by",
    Sense.AGAINST: "compared to|compared with|compares with|compares to|against|set against"
    "|comparing with",
    Sense.PREVIOUS: "the year before|the previous year|a year earlier|a year before"
    "|the year earlier|year on year|12 months earlier|the preceding year",
    Sense.UNCHECKED: "most of|most cases|most offences|most crimes|majority|minority"
    "|countless|scores of|handful|every case|every offence|every crime|almost all"
    "|nearly all|virtually all|hardly any|this year|next year|last month|this month|last week"
    "|last quarter|yesterday|the month before|a month earlier|years ago|decades ago|months ago"
    "|before the pandemic|during the pandemic|since the pandemic|at christmas|every day|every week"
    "|every month|every hour|every minute|each day|each week|each month|a day|a week|an hour"
    "|a minute|daily|hourly|weekly|monthly|worse|better|improved|improvement|improves|recovered"
    "|levelled off|stabilised|bottomed out|plateaued|peaked|trails|lags|lagged|trailed|ahead of"
    "|behind|short of|tops|topped the|top of|league table|ranked|ranks|number one|nowhere"
    "|all of them|all of these|all of those|all victims|every victim|every one|every single"
    "|everyone|everybody|each of|each case|each offence|each victim|no case|no cases"
    "|no offence|no offences|no crime|no crimes|no victim|no victims"
    "|nobody|no one|not one|not a single|a couple of|most forces|every force|all forces"
    "|no force|no other force|caused by|due to|because of"
    "|thanks to|blamed on|as a result of|driven by|the result of|to blame|fault of|owing to"
    "|as high|as low|as high as|as low as|each minute|each hour|a new low|a new high|hit a low"
    "|hit a high|outpaced|overtook|likely|less likely|more likely|backwards|disappeared|ballooned"
    "|multiplied|returned to|back to its|back where|beat the|faster|slower|more slowly|steeper"
    "|sharpest|remained the same|little different|than ever|lockdown|pandemic|not even"
    "|every other case|a huge chunk|the lion’s share|biggest rise|largest rise|biggest fall"
    "|umpteen|a score of|in the north|in the south|locally|the region|the city|are complete"
    "|as a whole|several|the bulk of|majority of|combined|the rest|as few as|as many as|up to"
    "|a decade"
    "|the decade|in recent years|every year|each year|year after year",
    Sense.STOP: ",|;|:|–|—|(|)|but|while|although|though|whereas|despite|and",
    Sense.LITERAL: "further action|no further action|criminal record|criminal records"
    "|police records|track record|record keeping|record crimes|record offences|up to date|end up"
    "|set up|follow up|break up|come forward|come down to|settle down|crack down"
    "|no more|once more|any more|what is more|more generally|more serious"
    "|at first|for the most part|most recent|most likely|at least one of|from time to time"
    "|lower court|lower courts|higher court|higher courts"
    "|declined to comment|declined to respond|declined to answer|declined to add",
}
_TIMES = {
    2: "double|doubled|doubles|doubling|twice|twofold|two times",
    3: "triple|tripled|triples|treble|trebled|trebles|threefold|three times",
    4: "quadruple|quadrupled|fourfold|four times",
    **{
        n: f"{word}fold|{word} times"
        for n, word in enumerate(("five", "six", "seven", "eight", "nine", "ten"), start=5)
    },
}
_HALVES = "halve|halved|halves|halving"

CLAIM_SENSES = (Sense.MOVE, Sense.TOP, Sense.TIMES, Sense.UNCHECKED)


class Phrases:
    """Phrases, word for word; of two alike the first, so a story's own before the language's."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[tuple[str, ...], Entry] = {}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for entry in entries:
            if entry[0]:
                self._entries.setdefault(entry[0], entry)
                lengths[entry[0][0]].add(len(entry[0]))
        self._lengths: Mapping[str, Sequence[int]] = {
            word: sorted(found, reverse=True) for word, found in lengths.items()
        }
        """How many words there are in the phrases that begin with a word, the most first."""

    def longest_at(self, words: Sequence[str], at: int) -> Entry | None:
        """Return the longest phrase that begins at a word."""
        for length in self._lengths.get(words[at], ()):
            entry = self._entries.get(tuple(words[at : at + length]))
            if entry is not None:
                return entry
        return None


def gather_phrases(story: Story, desk: Desk) -> Phrases:
    """Gather the words of a story and a desk, and under them those of the language."""
    return Phrases([*_of_the_story(story, desk), *_of_areas(story, desk), *_LANGUAGE])


def _of_the_story(story: Story, desk: Desk) -> Iterator[Entry]:
    for text in (*story.literals, *desk.style.literals):
        yield phrase_of(text), Sense.LITERAL, None
    for name, measure in story.measures.items():
        for text in (*measure.says, measure.label):
            yield phrase_of(text), Sense.MEASURE, name
            if measure.count is not None and (one := _of_one(text)) != text:
                yield phrase_of(one), Sense.MEASURE, name
    roles = (
        (Sense.NOW, ("last year", *story.says.period)),
        (Sense.PREVIOUS, story.says.previous),
        (Sense.FIRST, story.says.first),
    )
    for sense, texts in roles:
        for text in texts:
            yield phrase_of(text), sense, None


def _of_one(text: str) -> str:
    """Return what a measure is called where there is one of it: `offence recorded`."""
    return re.sub(r"^(\w{2,}[^\Ws])s\b", r"\1", text)


def _of_areas(story: Story, desk: Desk) -> Iterator[Entry]:
    said = ((OWN, story.says.area), (desk.nation.id, story.says.nation))
    for value, texts in said:
        for text in texts:
            yield phrase_of(text), Sense.AREA, value
    for area in desk.areas:
        for text in (area.where, area.there, area.name, area.police, *area.names, *area.says):
            yield phrase_of(text), Sense.AREA, area.id
    for region in dict.fromkeys(area.region for area in desk.areas if area.region):
        yield phrase_of(region), Sense.AREA, f"the region {region}"


def _of_the_language() -> Iterator[Entry]:
    valued: list[tuple[Sense, object, str]] = [
        *((Sense.MOVE, move, texts) for move, texts in _MOVES.items()),
        *((Sense.TOP, top, texts) for top, texts in _TOPS.items()),
        *((Sense.HEDGE, hedge, texts) for hedge, texts in _HEDGES.items()),
        *((Sense.TIMES, times, texts) for times, texts in _TIMES.items()),
    ]
    for sense, value, texts in valued:
        for text in texts.split("|"):
            yield phrase_of(text), sense, value
    for text in _HALVES.split("|"):
        yield phrase_of(text), Sense.TIMES, 0
    for sense, texts in _PLAIN.items():
        for text in texts.split("|"):
            yield phrase_of(text), sense, None


_LANGUAGE = tuple(_of_the_language())
