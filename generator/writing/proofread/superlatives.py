"""Whether records and places hold: "the highest since 2015", "the third-highest of any force"."""

from __future__ import annotations

from generator.desk import Style
from generator.periods import Period
from generator.writing.proofread import holding
from generator.writing.proofread.known import Known
from generator.writing.proofread.lexicon import Sense, Top
from generator.writing.proofread.nouns import strange_place
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.roles import RoleFinder, Roles
from generator.writing.proofread.sentences import Mention, Sentence
from generator.writing.proofread.standing import (
    NAMING,
    goes_back,
    is_before_noun,
    is_denied,
    is_negated,
)
from generator.writing.proofread.verdicts import Stated, Verdict

_BY_THEMSELVES = frozenset(
    {"record", "record high", "record low", "record-high", "record-low", "all-time high"}
    | {"all-time low", "record highs", "record lows", "unprecedented"}
)
"""Superlatives that say by themselves that no earlier period is beyond."""


class Superlatives:
    """Judges what is said to be the highest or the lowest."""

    def __init__(self, known: Known, finder: RoleFinder, style: Style) -> None:
        self.known = known
        self.finder = finder
        self.style = style

    def judge(self, sentence: Sentence, at: int, mention: Mention) -> Verdict:
        """Judge a superlative: a record, or a place in the series or among areas."""
        top = mention.value
        assert isinstance(top, Top)  # noqa: S101 - a superlative's value is one
        if not top.way:
            return Verdict("the facts say nothing of it, so that it cannot be checked")
        roles = self.finder.of_claim(sentence, at, is_before_noun(sentence, at))
        joint = self._is_joint(sentence, at)
        nth = self._nth(sentence, at)
        negated = is_negated(sentence, at)
        place = strange_place(sentence)
        if place:
            return Verdict(f"it is said of “{place}”, of which nothing is known")
        if not (sentence.senses & {*NAMING, Sense.QUANTITY} or goes_back(sentence)):
            return Verdict("nobody can tell what it is said of")
        if self._is_negated_afar(sentence, at):
            return Verdict("it is denied in words that nobody can be sure of")
        if self._is_within_unknown(sentence, at):
            return Verdict("nothing is known of where or when it is said to be so")
        if self._is_elsewhere(sentence, at):
            return Verdict("the facts of this draft are not those of that area")
        if self._is_among(sentence, at, roles):
            return self.judge_place(roles, top.way, nth or 1, joint=joint)
        if nth is not None:
            return self._nth_of_series(roles, top.way, nth)
        if not self._has_scope(sentence, at):
            return Verdict("the words do not say since when, or of what")
        since = self._since(sentence, at)
        if since == self.known.first:
            since = None
        verdict = self.judge_record(roles, top.way, since, joint=joint)
        if negated:
            return Verdict("" if verdict.fault else "it was a record", None)
        return verdict

    def judge_record(self, roles: Roles, way: int, since: Period | None, *, joint: bool) -> Verdict:
        """Judge a record of the period of the story, up to `since` or the whole series."""
        kind = "joint record" if joint else "record"
        stated = Stated(kind, way, frozenset(roles.measures), roles.areas[0])
        faults = []
        for role in roles:
            if role.area not in self.known.areas:
                faults.append("the facts of this draft are not that area's")
            elif role.period != self.known.period:
                faults.append(f"records are known of {self.known.period} alone")
            else:
                series = self.known.series(role.area, role.measure)
                faults.append(holding.record_fault(series, way, since, self.style, joint=joint))
        if not faults:
            return Verdict("the words do not say of what", stated)
        if "" in faults:
            return Verdict(stated=stated)
        return Verdict(faults[0], stated)

    def judge_place(self, roles: Roles, way: int, place: int, *, joint: bool = False) -> Verdict:
        """Judge a place among all areas."""
        for role in roles:
            if role.area not in self.known.areas:
                return Verdict("the facts of this draft are not that area's")
            measured = self.known.of(role.area, role.measure)
            if measured.rank is not None:
                above = int(measured.rank.value) - 1
                below = measured.ranked - above - measured.level
                ours = (above if way > 0 else below) + 1
                if ours != place:
                    return Verdict(f"its place among {measured.ranked} areas is {ours}")
                if measured.level > 1 and not joint:
                    return Verdict("another area is level with it: the place is a joint one")
                return Verdict()
        return Verdict("no place among areas is known")

    def _nth_of_series(self, roles: Roles, way: int, nth: int) -> Verdict:
        for role in roles:
            if role.area not in self.known.areas:
                return Verdict("the facts of this draft are not that area's")
            place = holding.place_in(self.known.series(role.area, role.measure), way)
            if place == nth:
                return Verdict()
        return Verdict(f"it is not number {nth} of the series")

    def _has_scope(self, sentence: Sentence, at: int) -> bool:
        """Tell whether a superlative says of what; "record" says it by itself."""
        if sentence.words(sentence.mentions[at]).casefold() in _BY_THEMSELVES:
            return True
        senses = {sentence.mentions[place].sense for place in sentence.clause_after(at)}
        return bool(senses & {Sense.SINCE, Sense.EVER, Sense.FIRST})

    def _is_within_unknown(self, sentence: Sentence, at: int) -> bool:
        """Tell whether it is the highest "in" something that is no area and no period."""
        known = sentence.taken
        for token in range(sentence.mentions[at].last + 1, len(sentence.tokens) - 1):
            if sentence.tokens[token].text in ",;:–—":
                return False
            if sentence.tokens[token].folded == "in" and not known[token] and not known[token + 1]:
                return True
        return False

    def _is_negated_afar(self, sentence: Sentence, at: int) -> bool:
        return is_denied(sentence, at) and not is_negated(sentence, at)

    def _is_elsewhere(self, sentence: Sentence, at: int) -> bool:
        """Tell whether a place is claimed within areas of which nothing is known."""
        named = [self.finder.named_area(sentence, p) for p in sentence.clause_after(at)]
        return any(area and area not in self.known.areas for area in named)

    def _is_joint(self, sentence: Sentence, at: int) -> bool:
        if not at or sentence.mentions[at - 1].sense is not Sense.JOINT:
            return False
        return sentence.mentions[at].first - sentence.mentions[at - 1].last <= 3

    def _nth(self, sentence: Sentence, at: int) -> int | None:
        before = sentence.mentions[at - 1].value if at else None
        if isinstance(before, Number) and before.kind is Kind.ORDINAL:
            return int(before.value)
        return None

    def _is_among(self, sentence: Sentence, at: int, roles: Roles) -> bool:
        places = list(sentence.clause_after(at))
        senses = [sentence.mentions[place].sense for place in places]
        if Sense.AMONG in sentence.senses:
            return True
        following = sentence.tokens[sentence.mentions[at].last + 1 :][:7]
        if any(token.folded in ("forces", "areas") for token in following):
            return True
        if self.known.own == self.known.nation != roles.areas[0]:
            return Sense.SINCE not in senses and Sense.EVER not in senses
        if Sense.SINCE in senses or self.known.own == self.known.nation:
            return False
        named = [self.finder.named_area(sentence, place) for place in places]
        return self.known.nation in named and roles.areas[0] != self.known.nation

    def _since(self, sentence: Sentence, at: int) -> Period | None:
        seen = False
        for place in sentence.clause_after(at):
            if sentence.mentions[place].sense in (Sense.SINCE, Sense.FIRST):
                seen = True
            elif seen and (period := self.finder.period_at(sentence, place)):
                return period
        return None
