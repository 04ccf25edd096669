"""Which measure a number or a claim is of, by the words that stand with it."""

from __future__ import annotations

from collections.abc import Iterable

from generator.writing.proofread.known import Known, Subject
from generator.writing.proofread.lexicon import Sense
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.sentences import Sentence
from generator.writing.proofread.standing import (
    NAMING,
    NOUNS,
    goes_back,
    is_set_against,
    is_whole,
)

_NOT_A_SHARE = "a number of cases stands where the words speak of a share"
_NOT_PEOPLE = "the figures count offences, and offences are not people"
_PEOPLE = {"victims", "victim", "people", "women", "men", "children", "suspects", "residents"} | {
    "person",
    "offenders",
    "criminals",
    "families",
}
_NOT_A_NUMBER = "a percentage stands where the words speak of a number of cases"


class MeasureFinder:
    """Finds measures; what a sentence leaves open is taken from the `subject`."""

    def __init__(self, known: Known, subject: Subject) -> None:
        self.known = known
        self.subject = subject

    def of_count(self, sentence: Sentence, at: int) -> tuple[tuple[str, ...], str]:
        """Return what the count at a place may be a count of, or why it can be none."""
        known = self.known
        if _counts_people(sentence, at):
            return (), _NOT_PEOPLE
        for place in sentence.clause_after(at):
            mention = sentence.mentions[place]
            if mention.sense is Sense.SHARE:
                return (), _NOT_A_SHARE
            if mention.sense is Sense.MEASURE:
                if mention.value in known.shares:
                    return (), _NOT_A_SHARE
                if not is_whole(sentence, at, place):
                    return (str(mention.value),), ""
        compared = is_set_against(sentence, at)
        for place in sentence.before(at):
            mention = sentence.mentions[place]
            if mention.sense is Sense.SHARE or mention.value in known.shares:
                return (), _NOT_A_SHARE
            if compared and mention.sense is Sense.MEASURE and self._heads_a_share(sentence, place):
                return (), _NOT_A_SHARE
            if mention.sense is Sense.MEASURE:
                return (str(mention.value),), ""
        if known.says and self._says_nothing(sentence, at):
            return (), "the words do not say what is counted"
        if self.subject.count and known.says:
            return (self.subject.count,), ""
        return tuple(known.counts), ""

    def of_share(self, sentence: Sentence, at: int) -> tuple[tuple[str, ...], str]:
        """Return what the percentage at a place may be a share of, or why it can be none."""
        known = self.known
        after = list(sentence.clause_after(at))
        said = [p for p in after if sentence.mentions[p].sense is Sense.MEASURE]
        following = sentence.tokens[sentence.mentions[at].last + 1 :][:1]
        if _counts_people(sentence, at):
            return (), _NOT_PEOPLE
        number = sentence.mentions[at].value
        per_cent = isinstance(number, Number) and number.kind is Kind.PER_CENT
        if per_cent and following and following[0].folded in NOUNS:
            return (), _NOT_A_NUMBER
        senses = [sentence.mentions[p].sense for p in after]
        if Sense.NUMBER in senses and Sense.SHARE not in senses:
            return (), _NOT_A_NUMBER
        found = self._shares_among(sentence, at, said)
        if found:
            return found, ""
        before: list[int] = []
        for place in sentence.before(at):
            sense = sentence.mentions[place].sense
            if sense is Sense.NUMBER and not before:
                return (), _NOT_A_NUMBER
            if sense is Sense.MEASURE:
                before.append(place)
                if not said and str(sentence.mentions[place].value) in known.shares:
                    return (str(sentence.mentions[place].value),), ""
                found = self._shares_among(sentence, at, [*said, *before])
                if found and any(
                    known.part_of(f) in self._counts_at(sentence, before) for f in found
                ):
                    return found, ""
        found = self._shares_among(sentence, at, [*said, *before])
        if not found and not known.says:
            return tuple(known.shares), ""
        if not found and said:
            return (), "the story has no such share"
        if not found and self._says_nothing(sentence, at):
            return (), "the words do not say what it is a share of"
        return found or ((self.subject.share or known.lead),), ""

    def _says_nothing(self, sentence: Sentence, at: int) -> bool:
        """Tell whether nothing in a sentence says what its number is, nor what "it" was."""
        words = sentence.words_folded
        named = not sentence.senses.isdisjoint(NAMING) or "figure" in words or "it" in words
        return not (named or goes_back(sentence) or is_set_against(sentence, at))

    def _heads_a_share(self, sentence: Sentence, at: int) -> bool:
        """Tell whether a measure is what a rate is of: "the rate of cases to collapse"."""
        senses = [sentence.mentions[place].sense for place in sentence.clause_before(at)]
        return Sense.SHARE in senses

    def _counts_at(self, sentence: Sentence, places: Iterable[int]) -> set[str]:
        return {str(sentence.mentions[place].value) for place in places}

    def _shares_among(self, sentence: Sentence, at: int, places: Iterable[int]) -> tuple[str, ...]:
        """Return the shares that the measures at these places speak of."""
        named, parts, wholes = [], [], []
        for place in places:
            measure = str(sentence.mentions[place].value)
            if measure in self.known.shares:
                named.append(measure)
            elif is_whole(sentence, at, place):
                wholes.append(measure)
            else:
                parts.append(measure)
        if named:
            return tuple(dict.fromkeys(named))
        return tuple(self.known.shares_said(parts, wholes)) if parts or wholes else ()

    def of_claim(self, sentence: Sentence, at: int, before_noun: bool) -> tuple[str, ...]:
        """Return what is highest or has risen: by the noun after it, or by what stands before."""
        after = [p for p in sentence.clause_after(at) if sentence.mentions[p].sense in NAMING]
        before = [p for p in sentence.clause_before(at) if sentence.mentions[p].sense in NAMING]
        order = (after, before) if before_noun else (before, after)
        for places in order:
            if places:
                return self._measures_at(sentence, at, places, [*after, *before])
        return ()

    def _measures_at(
        self, sentence: Sentence, at: int, places: list[int], everywhere: list[int]
    ) -> tuple[str, ...]:
        """Judge by a SHARE or NUMBER among the places, else by the nearest measure."""
        senses = [sentence.mentions[place].sense for place in places]
        measures = [p for p in everywhere if sentence.mentions[p].sense is Sense.MEASURE]
        first = senses[0] if places[0] > at else None
        if (Sense.SHARE in senses and first is not Sense.NUMBER) or self._names_a_share(
            sentence, places
        ):
            found = self._shares_among(sentence, at, measures)
            return found or (self.unsaid_share(sentence),)
        counts = [p for p in measures if sentence.mentions[p].value in self.known.counts]
        near = [p for p in counts if p in places and not is_whole(sentence, at, p)] or counts
        if near:
            return (str(sentence.mentions[near[0]].value),)
        return (self.subject.count,) if self.subject.count else ()

    def _names_a_share(self, sentence: Sentence, places: Iterable[int]) -> bool:
        return any(sentence.mentions[place].value in self.known.shares for place in places)

    def unsaid_share(self, sentence: Sentence) -> str:
        """Return what "the rate" is: the story's own, or what "it" was about before."""
        lead = self.known.lead if self.known.lead in self.known.shares else ""
        before = self.subject.share
        return (
            (before or lead or self.known.lead)
            if goes_back(sentence)
            else (lead or before or self.known.lead)
        )


def _counts_people(sentence: Sentence, at: int) -> bool:
    """Tell whether a number is said to be of people (copy rules, "Subject")."""
    last = sentence.mentions[at].last
    words = sentence.words_folded[last + 1 : last + 4]
    noun = next((word for word in words if word not in ("of", "the", "all", "alleged")), "")
    return noun in _PEOPLE
