"""Whether what stands beside a figure is what the story counts: "80,204 rapes" is another number.

A figure is of offences that were closed. A word that makes them of some kind, or makes them
something else, says what no figure says.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.writing.proofread.lexicon import Sense
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.sentences import Sentence
from generator.writing.proofread.standing import NOUNS

_ADJECTIVES = {
    *("criminal", "recorded", "reported", "closed", "the", "all", "those", "these"),
    *("of", "other", "more", "fewer", "its", "their", "and", "such", "a", "same"),
}
_NO_NOUNS = {
    *("is", "was", "has", "its", "this", "as", "across", "cases", "versus", "ends", "does"),
    *("less", "collapses", "falls", "rises", "yes", "us", "his", "previous", "plus", "unless"),
}
_AT_A_PLACE = {"in", "across", "throughout", "around", "at", "by", "within", "near", "outside"}
_BEFORE_A_RATE = {
    *("the", "a", "an", "its", "their", "this", "that", "same", "overall", "highest", "lowest"),
    *("record", "joint", "of", "in", "whose", "and", "high", "higher", "lower", "larger"),
    *("smaller", "'s", "’s", "reliable", "fair", "no", "by", "at", "low", "local", "police"),
    *("was", "is", "despite", "rising", "falling", "greater", "with", "annual", "force", "what"),
    *("but", "or", "national", "per", "how", "any", "one", "last", "year"),
}


def strange_noun(sentence: Sentence, at: int) -> str:
    """Return the word beside a figure that makes it a figure of something else, "" for none."""
    mention = sentence.mentions[at]
    words = sentence.words_folded
    after = mention.last + 1
    number = mention.value
    of_share = isinstance(number, Number) and number.kind in (Kind.PER_CENT, Kind.FRACTION)
    if of_share:
        if after >= len(words) or words[after] != "of":
            return ""
        after += 1
    return _strange_after(words, sentence.taken, after, must_be_noun=of_share)


def strange_rate(sentence: Sentence, at: int) -> str:
    """Return the word that makes a rate or number one of something else: "the murder rate"."""
    mention = sentence.mentions[at]
    words = sentence.words_folded
    taken = sentence.taken
    before = mention.first - 1
    if mention.sense is Sense.SHARE and before >= 0 and not taken[before]:
        word = words[before]
        if word.isalpha() and word not in _BEFORE_A_RATE:
            return word
    after = mention.last + 1
    if after < len(words) and words[after] == "of":
        return _strange_after(words, taken, after + 1, must_be_noun=False)
    return ""


def strange_place(sentence: Sentence) -> str:
    """Return a name, after "in" or the like, that is no area known: "in Derby", "by Scottish"."""
    for at, before in enumerate(sentence.words_folded[:-1]):
        if before in _AT_A_PLACE:
            name = sentence.tokens[at + 1].text
            taken = any(sentence.taken[at : at + 2])
            if name[:1].isupper() and name.isalpha() and not taken:
                return name
    return ""


def _strange_after(
    words: Sequence[str], taken: Sequence[bool], start: int, *, must_be_noun: bool
) -> str:
    """Return the first word from here on that is neither the story's nor a plain one.

    Looked at are the words up to the noun: an adjective before "offences" says what kind,
    and another plural is another thing.
    """
    for at in range(start, min(start + 3, len(words))):
        word = words[at]
        if taken[at] or not word.isalpha() or word in NOUNS:
            return ""
        if word in _ADJECTIVES:
            continue
        following = words[at + 1] if at + 1 < len(words) else ""
        qualifies = following in NOUNS
        is_plural = word.endswith("s") and word not in _NO_NOUNS
        return word if qualifies or is_plural or must_be_noun else ""
    return ""
