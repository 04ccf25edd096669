"""How mentions stand to each other in a sentence, whatever they are of."""

from __future__ import annotations

from generator.writing.proofread.lexicon import Move, Sense
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.sentences import Sentence

NOUNS = {"offences", "cases", "crimes", "investigations", "offence", "case", "crime"}
NAMING = (Sense.MEASURE, Sense.SHARE, Sense.NUMBER)
"""Mentions that say what is counted."""
_PRONOUNS = {"it", "that", "this", "they"}


def names_area_beside(sentence: Sentence, at: int) -> bool:
    """Tell whether an area is named between a comparison and its number."""
    for place in sentence.before(at):
        sense = sentence.mentions[place].sense
        if sense is Sense.AREA:
            return True
        if sense in (Sense.MOVE, Sense.THAN, Sense.AGAINST, Sense.FROM):
            return False
    return False


def goes_back(sentence: Sentence) -> bool:
    """Tell whether a sentence begins with what stands for the subject of the one before."""
    first = sentence.tokens[0].folded if sentence.tokens else ""
    return first in _PRONOUNS


def is_set_against(sentence: Sentence, at: int) -> bool:
    """Tell whether a number is what something is compared with: "up from 26.3%"."""
    for place in sentence.before(at):
        sense = sentence.mentions[place].sense
        if sense in (Sense.STOP, Sense.QUANTITY, Sense.TO):
            return False
        if sense in (Sense.THAN, Sense.AGAINST):
            return True
        if sense is Sense.FROM and sentence.is_next(place, at):
            return any(sentence.mentions[p].sense is Sense.MOVE for p in sentence.before(place))
        if sense is Sense.MOVE:
            return _joins(sentence.mentions[place].value)
    return False


def _joins(move: object) -> bool:
    """Tell whether what follows a direction is what it is set against: "above", "level with"."""
    return isinstance(move, Move) and (move.takes or (not move.way and not move.in_time))


def is_change(sentence: Sentence, at: int) -> bool:
    """Tell whether a number says by how much: "up 3 points", "rose by 11%", "3% higher"."""
    number = sentence.mentions[at].value
    if isinstance(number, Number) and number.kind is Kind.POINTS:
        return True
    mentions = sentence.mentions
    before = mentions[at - 1] if at else None
    if before is not None and sentence.is_next(at - 1, at):
        if before.sense is Sense.BY:
            return True
        if before.sense is Sense.MOVE:
            return not _joins(before.value)
    after = mentions[at + 1] if at + 1 < len(mentions) else None
    return after is not None and after.sense is Sense.MOVE and after.first == mentions[at].last + 1


def is_whole(sentence: Sentence, at: int, place: int) -> bool:
    """Tell whether a measure stands as what others are a part of: "of the cases dropped"."""
    first = sentence.mentions[place].first
    if sentence.tokens[first].folded == "of":
        return True
    words = list(sentence.words_folded[max(first - 4, 0) : first])
    while words and words[-1] in _BEFORE_A_NOUN:
        words.pop()
    return bool(words) and words[-1] == "of" and place != at


def shares_a_number(sentence: Sentence, at: int) -> bool:
    """Tell whether a period is given a number with another: "26.3% in 2019 and 2018".

    A number is of one period; "between 2015 and 2020" is where something began and ended.
    """
    first = sentence.mentions[at].first
    joined = first > 1 and sentence.words_folded[first - 1] in ("and", "or")
    for place in sentence.before(at) if joined else ():
        mention = sentence.mentions[place]
        if mention.sense is Sense.PERIOD:
            is_next = mention.last == first - 2
            given = any(sentence.mentions[p].sense is Sense.QUANTITY for p in range(place))
            return is_next and given and not is_since(sentence, place)
    return False


def is_out_of_place(sentence: Sentence, at: int) -> bool:
    """Tell whether a period stands where a number has to, or a number where a period has to.

    A period follows a preposition ("in 2019", "the 25% of 2015") or another in a list; a
    number that ends a clause does not follow "in".
    """
    mention = sentence.mentions[at]
    words = sentence.words_folded[: mention.first]
    before = words[-1] if words else ""
    after = sentence.words_folded[mention.last + 1 : mention.last + 3]
    if mention.sense is Sense.QUANTITY:
        return before == "in" and (not after or after[0] in _CLAUSE_ENDS)
    previous = sentence.mentions[at - 1] if at else None
    if before in (",", "and", "or", "to", "/"):
        nearest = [each.sense for each in sentence.mentions[max(at - 2, 0) : at]]
        return Sense.PERIOD not in nearest
    if after and (after[0] in NOUNS or after[0] == "in"):
        return True
    if after and before in ("the", "its") and after[0] in _NAMES_OF_A_VALUE:
        return False
    if before == "of":
        of_what = words[-2] if len(words) > 1 else ""
        figure = previous is not None and previous.sense is Sense.QUANTITY
        adjoins = figure and previous is not None and previous.last == mention.first - 2
        return not adjoins and of_what not in _OF_A_PERIOD
    if before == "for" and previous is not None and previous.sense is Sense.MEASURE:
        return previous.last == mention.first - 2
    return bool(words) and before not in _BEFORE_A_PERIOD


_CLAUSE_ENDS = {",", ".", ";", ":", "–", "—", ")", "and", "but"}
_NAMES_OF_A_VALUE = {"rate", "share", "figure", "figures", "total", "number", "level"}
_OF_A_PERIOD = {"that", "those", "end", "start", "beginning", "rest", "level", "figures", "much"}
_BEFORE_A_PERIOD = {
    *("in", "since", "between", "for", "from", "on", "during", "until", "before", "after", "by"),
    *("published", "against", "with", "year", "through", "throughout", "’s", "'s", "to"),
    *("march", "june", "september", "december"),
}


def is_since(sentence: Sentence, place: int) -> bool:
    """Tell whether a period is only where a span begins: "since … first published in 2015"."""
    for before in sentence.before(place):
        sense = sentence.mentions[before].sense
        if sense in (Sense.SINCE, Sense.FIRST):
            return True
        if sense in (Sense.STOP, Sense.QUANTITY, Sense.PERIOD, Sense.WHEN):
            return False
    return False


_BEFORE_A_NOUN = {"the", "all", "those", "these", "criminal", "reported", "such", "recorded"}


def is_operand(sentence: Sentence, place: int) -> bool:
    """Tell whether a period is what something is set against: "up from 22% in 2019"."""
    for before in sentence.before(place):
        sense = sentence.mentions[before].sense
        if sense in (Sense.STOP, Sense.QUANTITY):
            return False
        if sense in (Sense.THAN, Sense.AGAINST):
            return True
        if sense is Sense.FROM:
            return any(sentence.mentions[p].sense is Sense.MOVE for p in sentence.before(before))
    return False


def is_of_operand(sentence: Sentence, place: int) -> bool:
    """Tell whether a period is that of a number set against another: "above the 22% of 2019"."""
    at = place - 1
    if at < 0 or sentence.mentions[at].sense is not Sense.QUANTITY:
        return False
    adjoins = sentence.mentions[place].first - sentence.mentions[at].last <= 2
    return adjoins and is_set_against(sentence, at)


def names_anew(sentence: Sentence, number: int, at: int) -> bool:
    """Tell whether a clause after the number's own names another measure."""
    senses = [sentence.mentions[place].sense for place in range(number + 1, at)]
    if Sense.STOP not in senses:
        return False
    later = senses[senses.index(Sense.STOP) :]
    return Sense.SHARE in later or Sense.NUMBER in later


def goes_on(sentence: Sentence, number: int, at: int) -> bool:
    """Tell whether a claim is about the number before it, and not about a new subject."""
    between = range(number + 1, at)
    senses = [sentence.mentions[place].sense for place in between]
    return Sense.AREA not in senses or Sense.STOP not in senses


def is_before_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether the word after the claim says what it is about: "a higher share"."""
    mention = sentence.mentions[at]
    if getattr(mention.value, "before_noun", False):
        return True
    if at + 1 >= len(sentence.mentions) or sentence.mentions[at + 1].sense not in NAMING:
        return False
    between = sentence.words_folded[mention.last + 1 : sentence.mentions[at + 1].first]
    return all(w in ("in", "the", "of", "criminal", "cases", "offences", "a") for w in between)


def is_negated(sentence: Sentence, at: int) -> bool:
    """Tell whether a "not" stands before a claim word."""
    if not at or sentence.mentions[at - 1].sense is not Sense.NOT:
        return False
    return sentence.mentions[at].first - sentence.mentions[at - 1].last <= 3


def is_denied(sentence: Sentence, at: int) -> bool:
    """Tell whether a denial of some kind stands before a claim word in its clause."""
    for place in sentence.before(at):
        sense = sentence.mentions[place].sense
        if sense is Sense.NOT:
            return True
        if sense is Sense.STOP:
            return False
    return False
