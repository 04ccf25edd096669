"""Whether what a sentence claims holds: directions, changes, multiples, records, places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from generator.desk import Style
from generator.model import Figure
from generator.periods import Period
from generator.writing.proofread import holding
from generator.writing.proofread.known import Known, Role
from generator.writing.proofread.lexicon import Move, Sense, Top
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.roles import RoleFinder, Roles, is_change, is_set_against
from generator.writing.proofread.sentences import Mention, Sentence

_NAMING = (Sense.MEASURE, Sense.SHARE, Sense.NUMBER)
_CONNECTORS = (Sense.THAN, Sense.FROM, Sense.AGAINST, Sense.SINCE)
_WAYS = {1: "above", -1: "below", 0: "level with"}


@dataclass(frozen=True)
class Stated:
    """What a text claims: a headline's claims have to be among its body's."""

    kind: str
    way: int
    measures: frozenset[str]
    area: str


@dataclass(frozen=True)
class Verdict:
    """What was made of a claim: its fault, "" for none, and what it states."""

    fault: str = ""
    stated: Stated | None = None
    doubtful: bool = False
    """Nobody can tell what the word is about; in plain prose that may be nothing."""


class ClaimJudge:
    """Judges the claims of one sentence after another against the facts."""

    def __init__(self, known: Known, finder: RoleFinder, style: Style) -> None:
        self.known = known
        self.finder = finder
        self.style = style

    def judge(self, sentence: Sentence, at: int) -> Verdict:
        """Judge the claim word at a place among a sentence's mentions."""
        mention = sentence.mentions[at]
        match mention.sense:
            case Sense.MOVE:
                return self._move(sentence, at, mention)
            case Sense.TOP:
                return self._top(sentence, at, mention)
            case Sense.TIMES:
                return self._times(sentence, at, mention)
        return Verdict("the facts say nothing of it, so that it cannot be checked")

    def change_fault(self, sentence: Sentence, at: int, number: Number) -> str:
        """Return what is wrong with a number that says by how much something moved, or ""."""
        near = [at - 1, at - 2, at + 1]
        moves = [
            place
            for place in near
            if 0 <= place < len(sentence.mentions) and sentence.mentions[place].sense is Sense.MOVE
        ]
        if moves:
            sides = self._sides(sentence, moves[0])
        else:
            now = Role(
                self.known.own, self.finder.subject.share or self.known.lead, self.known.period
            )
            sides = [
                (now, Role(now.area, now.measure, self.known.baseline)),
                (now, Role(self.known.nation, now.measure, now.period)),
            ]
        faults = [
            holding.is_change(number, *pair) for pair in map(self._pair, sides) if pair is not None
        ]
        if not faults:
            return "there are no two figures for it to be the difference of"
        return "" if "" in faults else faults[0]

    # Directions

    def _move(self, sentence: Sentence, at: int, mention: Mention) -> Verdict:
        move = mention.value
        assert isinstance(move, Move)  # noqa: S101 - a move's value is one
        top = self._top_after(sentence, at)
        if top is not None:
            way = getattr(sentence.mentions[top].value, "way", 0)
            return Verdict("" if way == move.way else "the words go one way and the record another")
        roles, sides = self._roles(sentence, at), self._sides(sentence, at)
        if self._is_ever(sentence, at):
            return self._record(roles, move.way, None, joint=False)
        if not self._says_of_what(sentence, at) and not sides:
            return Verdict(doubtful=True)
        stated = Stated("move", move.way, frozenset(roles.measures), roles.areas[0])
        pairs = [pair for pair in map(self._pair, sides) if pair is not None]
        if not pairs:
            return Verdict("there are no two figures that it could be said of", stated)
        decimals = self._decimals(sentence, at)
        negated = self._is_negated(sentence, at)
        fitting = [
            pair for pair in pairs if holding.is_moved(*pair, move.way, decimals) is not negated
        ]
        if not fitting:
            return Verdict(_denied(*pairs[0], move.way), stated)
        slight = at and sentence.mentions[at - 1].sense is Sense.SLIGHT
        if slight and not any(holding.is_slight(*pair, self.style) for pair in fitting):
            return Verdict("the two are too far apart for “slightly”", stated)
        return Verdict(stated=stated)

    def _roles(self, sentence: Sentence, at: int) -> Roles:
        return self.finder.of_claim(sentence, at, self._is_before_noun(sentence, at))

    def _is_before_noun(self, sentence: Sentence, at: int) -> bool:
        """Tell whether the word after the claim says what it is about: "a higher share"."""
        mention = sentence.mentions[at]
        if getattr(mention.value, "before_noun", False):
            return True
        if at + 1 >= len(sentence.mentions) or sentence.mentions[at + 1].sense not in _NAMING:
            return False
        between = sentence.tokens[mention.last + 1 : sentence.mentions[at + 1].first]
        words = [token.folded for token in between]
        return all(w in ("in", "the", "of", "criminal", "cases", "offences", "a") for w in words)

    def _says_of_what(self, sentence: Sentence, at: int) -> bool:
        """Tell whether anything in the sentence says what went up or down."""
        senses = {mention.sense for mention in sentence.mentions}
        return bool(senses & {*_NAMING, Sense.QUANTITY})

    def _sides(self, sentence: Sentence, at: int) -> list[tuple[Role, Role]]:
        """Return what may be set against what, by the words."""
        roles = self._roles(sentence, at)
        place = self._operand(sentence, at)
        if place is None:
            return self._unsaid(sentence, at, roles)
        mention = sentence.mentions[place]
        if mention.sense is Sense.QUANTITY:
            others = self.finder.of_number(sentence, place)
            number = mention.value
            right = [
                role
                for role in others
                if isinstance(number, Number)
                and (figure := self.known.figure(role)) is not None
                and holding.is_said_of(number, mention.hedge, figure, self.style)
            ]
            left = [
                Role(ours.area, theirs.measure, ours.period)
                for ours, theirs in product(roles, right)
            ]
            return list(product(dict.fromkeys(left), right))
        area = self.finder.named_area(sentence, place)
        if area:
            later = self._period_after(sentence, place)
            return [(role, Role(area, role.measure, later or role.period)) for role in roles]
        period = self.finder.period_at(sentence, place)
        return [(role, Role(role.area, role.measure, period or role.period)) for role in roles]

    def _unsaid(self, sentence: Sentence, at: int, roles: Roles) -> list[tuple[Role, Role]]:
        """Return the sides where the words leave out against what."""
        move = sentence.mentions[at].value
        known = self.known
        in_time = getattr(move, "in_time", True)
        sides = []
        for role in roles:
            if role.area == known.nation != known.own and not in_time:
                sides.append((role, Role(known.own, role.measure, role.period)))
            else:
                sides.append((role, Role(role.area, role.measure, known.baseline)))
        return sides

    def _operand(self, sentence: Sentence, at: int) -> int | None:
        """Return the place of what a claim is set against."""
        move = sentence.mentions[at].value
        joined = getattr(move, "takes", False) or (
            isinstance(move, Move) and move.way == 0 and not move.in_time
        )
        area: int | None = None
        for place in range(at + 1, len(sentence.mentions)):
            mention = sentence.mentions[place]
            if mention.sense is Sense.STOP or mention.sense in (Sense.MOVE, Sense.TOP):
                break
            if mention.sense in _CONNECTORS:
                joined = True
            elif mention.sense is Sense.TO and place == at + 1:
                joined = False
            elif not joined or (mention.sense is Sense.QUANTITY and is_change(sentence, place)):
                continue
            elif mention.sense is Sense.QUANTITY:
                return place
            elif mention.sense is Sense.AREA:
                area = place
            elif area is None and mention.sense in (Sense.PERIOD, Sense.NOW, Sense.PREVIOUS):
                return place
        return area

    def _period_after(self, sentence: Sentence, at: int) -> Period | None:
        for place in sentence.clause_after(at):
            if period := self.finder.period_at(sentence, place):
                return period
        return None

    def _pair(self, sides: tuple[Role, Role]) -> tuple[Figure, Figure] | None:
        now, then = (self.known.figure(role) for role in sides)
        return (now, then) if now is not None and then is not None else None

    def _decimals(self, sentence: Sentence, at: int) -> int:
        """Return the decimals that the sentence prints: both values may have been given more."""
        steps = [
            mention.value.step
            for mention in sentence.mentions
            if isinstance(mention.value, Number) and mention.value.kind is Kind.PER_CENT
        ]
        return max((len(str(step.denominator)) - 1 for step in steps), default=0)

    def _is_negated(self, sentence: Sentence, at: int) -> bool:
        if not at or sentence.mentions[at - 1].sense is not Sense.NOT:
            return False
        return sentence.mentions[at].first - sentence.mentions[at - 1].last <= 3

    # Multiples

    def _times(self, sentence: Sentence, at: int, mention: Mention) -> Verdict:
        times = mention.value
        assert isinstance(times, int)  # noqa: S101 - a multiple's value is one
        after = [at + 1] if at + 1 < len(sentence.mentions) else []
        numbers = [
            place
            for place in after
            if sentence.mentions[place].sense is Sense.QUANTITY and sentence.is_next(at, place)
        ]
        roles = self.finder.of_claim(sentence, at, before_noun=False)
        sides = self._sides(sentence, at)
        if numbers:
            others = self.finder.of_number(sentence, numbers[0])
            sides = [
                (Role(ours.area, theirs.measure, ours.period), theirs)
                for ours, theirs in product(roles, others)
            ]
        elif place := self._area_beside(sentence, at):
            area = self.finder.named_area(sentence, place)
            sides = [(role, Role(area, role.measure, role.period)) for role in roles]
        pairs = [pair for pair in map(self._pair, sides) if pair is not None]
        stated = Stated("times", times, frozenset(roles.measures), roles.areas[0])
        if any(holding.is_times(times, mention.hedge, *pair, self.style) for pair in pairs):
            return Verdict(stated=stated)
        if not pairs:
            return Verdict("there are no two figures that it could be said of", stated)
        now, then = pairs[0]
        return Verdict(f"{said(now)} is not so many times {said(then)}", stated)

    def _area_beside(self, sentence: Sentence, at: int) -> int | None:
        for place in sentence.clause_after(at):
            if sentence.mentions[place].sense in (Sense.FROM, Sense.SINCE):
                return None
            if self.finder.named_area(sentence, place):
                return place
        return None

    # Records and places

    def _top_after(self, sentence: Sentence, at: int) -> int | None:
        """Return the record that a movement ends in: "falls to a record low"."""
        for place in (at + 1, at + 2):
            if place >= len(sentence.mentions):
                return None
            sense = sentence.mentions[place].sense
            if sense is Sense.TOP:
                return place if sentence.mentions[place - 1].sense is Sense.TO else None
            if sense is not Sense.TO:
                return None
        return None

    def _is_ever(self, sentence: Sentence, at: int) -> bool:
        seen_than = False
        for place in range(at + 1, len(sentence.mentions)):
            sense = sentence.mentions[place].sense
            if sense is Sense.THAN:
                seen_than = True
            elif sense is Sense.EVER and seen_than:
                return True
            elif sense in (Sense.STOP, Sense.MOVE):
                return False
        return False

    def _top(self, sentence: Sentence, at: int, mention: Mention) -> Verdict:
        top = mention.value
        assert isinstance(top, Top)  # noqa: S101 - a superlative's value is one
        if not top.way:
            return Verdict("the facts say nothing of it, so that it cannot be checked")
        roles = self._roles(sentence, at)
        joint = self._is_joint(sentence, at)
        nth = self._nth(sentence, at)
        negated = self._is_negated(sentence, at)
        if self._is_among(sentence, at, roles):
            return self._place(roles, top.way, nth or 1)
        if nth is not None:
            return self._nth_of_series(roles, top.way, nth)
        since = self._since(sentence, at)
        if since == self.known.first:
            since = None
        verdict = self._record(roles, top.way, since, joint=joint)
        if negated:
            return Verdict("" if verdict.fault else "it was a record", None)
        return verdict

    def _record(self, roles: Roles, way: int, since: Period | None, *, joint: bool) -> Verdict:
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

    def _place(self, roles: Roles, way: int, place: int) -> Verdict:
        for role in roles:
            measured = self.known.of(self.known.own, role.measure)
            if measured.rank is not None:
                ours = (
                    int(measured.rank.value)
                    if way > 0
                    else (measured.ranked + 1 - int(measured.rank.value))
                )
                if ours == place:
                    return Verdict()
                return Verdict(f"its place among {measured.ranked} areas is {ours}")
        return Verdict("no place among areas is known")

    def _nth_of_series(self, roles: Roles, way: int, nth: int) -> Verdict:
        for role in roles:
            place = holding.place_in(self.known.series(role.area, role.measure), way)
            if place == nth:
                return Verdict()
        return Verdict(f"it is not number {nth} of the series")

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
        if Sense.AMONG in senses:
            return True
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


def said(figure: Figure) -> str:
    """Name a figure in a message: the measure, the area and the period."""
    return f"{figure.measure} of {figure.area} in {figure.period}"


def _denied(now: Figure, then: Figure, way: int) -> str:
    return f"{said(now)} is not {_WAYS[way]} {said(then)}"


def places_of(sentence: Sentence, *senses: Sense) -> Iterator[int]:
    """Yield the places of a sentence's mentions of these senses."""
    for place, mention in enumerate(sentence.mentions):
        if mention.sense in senses:
            yield place


__all__ = ["ClaimJudge", "Stated", "Verdict", "is_set_against", "places_of", "said"]
