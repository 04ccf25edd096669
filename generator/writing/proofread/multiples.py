"""Whether multiples hold: "doubled", "twice the national rate", "halved"."""

from __future__ import annotations

from itertools import product

from generator.writing.proofread import holding
from generator.writing.proofread.comparisons import Comparisons
from generator.writing.proofread.known import Role
from generator.writing.proofread.lexicon import Sense
from generator.writing.proofread.sentences import Mention, Sentence
from generator.writing.proofread.verdicts import Stated, Verdict


class Multiples:
    """Judges how many times one figure is said to be another."""

    def __init__(self, comparisons: Comparisons) -> None:
        self.comparisons = comparisons
        self.finder = comparisons.finder
        self.style = comparisons.style

    def judge(self, sentence: Sentence, at: int, mention: Mention) -> Verdict:
        """Judge a multiple: doubled, twice, halved."""
        times = mention.value
        assert isinstance(times, int)  # noqa: S101 - a multiple's value is one
        after = [at + 1] if at + 1 < len(sentence.mentions) else []
        numbers = [
            place
            for place in after
            if sentence.mentions[place].sense is Sense.QUANTITY and sentence.is_next(at, place)
        ]
        roles = self.finder.of_claim(sentence, at, before_noun=False)
        sides = self.comparisons.sides(sentence, at)
        if numbers:
            others = self.finder.of_number(sentence, numbers[0])
            sides = [
                (Role(ours.area, theirs.measure, ours.period), theirs)
                for ours, theirs in product(roles, others)
            ]
        elif place := self._area_beside(sentence, at):
            area = self.finder.named_area(sentence, place)
            sides = [(role, Role(area, role.measure, role.period)) for role in roles]
        pairs = [pair for pair in map(self.comparisons.pair, sides) if pair is not None]
        stated = Stated("times", times, frozenset(roles.measures), roles.areas[0])
        if any(holding.is_times(times, mention.hedge, *pair, self.style) for pair in pairs):
            return Verdict(stated=stated)
        if not pairs:
            return Verdict("there are no two figures that it could be said of", stated)
        now, then = map(self.comparisons.known.said_in_full, pairs[0])
        return Verdict(f"{now}, is not so many times {then}", stated)

    def _area_beside(self, sentence: Sentence, at: int) -> int | None:
        for place in sentence.clause_after(at):
            if sentence.mentions[place].sense in (Sense.FROM, Sense.SINCE):
                return None
            if self.finder.named_area(sentence, place):
                return place
        return None
