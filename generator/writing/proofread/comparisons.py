"""Whether directions and changes hold: "up from", "3 points higher"."""

from __future__ import annotations

from itertools import product

from generator.desk import Style
from generator.model import Figure
from generator.periods import Period
from generator.writing.proofread import holding
from generator.writing.proofread.known import Known, Role
from generator.writing.proofread.lexicon import Hedge, Move, Sense
from generator.writing.proofread.nouns import strange_place
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.roles import RoleFinder, Roles
from generator.writing.proofread.sentences import Mention, Sentence
from generator.writing.proofread.standing import (
    NAMING,
    goes_back,
    is_before_noun,
    is_change,
    is_denied,
    is_negated,
)
from generator.writing.proofread.superlatives import Superlatives
from generator.writing.proofread.verdicts import Stated, Verdict

_CONNECTORS = (Sense.THAN, Sense.FROM, Sense.AGAINST, Sense.SINCE)
_WAYS = {1: "above", -1: "below", 0: "level with"}


class Comparisons:
    """Judges what is set against what."""

    def __init__(
        self, known: Known, finder: RoleFinder, style: Style, superlatives: Superlatives
    ) -> None:
        self.known = known
        self.finder = finder
        self.style = style
        self.superlatives = superlatives

    def change_fault(self, sentence: Sentence, at: int, number: Number) -> str:
        """Return what is wrong with a number that says by how much something moved, or ""."""
        near = [at - 1, at - 2, at + 1]
        moves = [
            place
            for place in near
            if 0 <= place < len(sentence.mentions) and sentence.mentions[place].sense is Sense.MOVE
        ]
        if moves:
            sides = self.sides(sentence, moves[0])
        else:
            now = Role(
                self.known.own, self.finder.subject.share or self.known.lead, self.known.period
            )
            sides = [
                (now, Role(now.area, now.measure, self.known.baseline)),
                (now, Role(self.known.nation, now.measure, now.period)),
            ]
        if number.kind is Kind.COUNT:
            counts = [self.finder.subject.count] if self.finder.subject.count else self.known.counts
            sides = [
                (Role(now.area, count, now.period), Role(then.area, count, then.period))
                for now, then in sides
                for count in counts
            ]
        faults = [
            holding.is_change(number, *pair) for pair in map(self.pair, sides) if pair is not None
        ]
        if not faults:
            return "there are no two figures for it to be the difference of"
        return "" if "" in faults else faults[0]

    def judge_move(self, sentence: Sentence, at: int, mention: Mention) -> Verdict:
        """Judge a direction: up or down, higher or lower, or unchanged."""
        move = mention.value
        assert isinstance(move, Move)  # noqa: S101 - a move's value is one
        top = self._top_after(sentence, at)
        if top is not None:
            way = getattr(sentence.mentions[top].value, "way", 0)
            return Verdict("" if way == move.way else "the words go one way and the record another")
        place = strange_place(sentence)
        if place:
            return Verdict(f"it is said of “{place}”, of which nothing is known")
        if is_denied(sentence, at) and not is_negated(sentence, at):
            return Verdict("it is denied in words that nobody can be sure of")
        roles = self.finder.of_claim(sentence, at, is_before_noun(sentence, at))
        sides = self.sides(sentence, at)
        of_all = self._is_than(sentence, at, Sense.AMONG) or self._is_than(sentence, at, Sense.EVER)
        if of_all and not move.way:
            return Verdict("the words do not say which way it stands to all others")
        if self._is_than(sentence, at, Sense.AMONG):
            return self.superlatives.judge_place(roles, move.way, 1)
        if self._is_than(sentence, at, Sense.EVER):
            return self.superlatives.judge_record(roles, move.way, None, joint=False)
        if self._is_lost(sentence, at):
            return Verdict("the words do not say than what")
        if not self._says_of_what(sentence, at):
            return self._unexplained(sentence)
        stated = Stated("move", move.way, frozenset(roles.measures), roles.areas[0])
        pairs = [pair for pair in map(self.pair, sides) if pair is not None]
        if not pairs and self._sets_a_bound(sentence, at):
            return Verdict(stated=stated)
        if not pairs:
            return Verdict("there are no two figures that it could be said of", stated)
        decimals = self._decimals(sentence, at)
        negated = is_negated(sentence, at)
        fitting = [
            pair for pair in pairs if holding.is_moved(*pair, move.way, decimals) is not negated
        ]
        if not fitting:
            return Verdict(self._denied(*pairs[0], move.way), stated)
        slight = at and sentence.mentions[at - 1].sense is Sense.SLIGHT
        if slight and not any(holding.is_slight(*pair, self.style) for pair in fitting):
            return Verdict("the two are too far apart for “slightly”", stated)
        return Verdict(stated=stated, doubt=self._odd_choice(fitting[0]))

    def is_bound(self, sentence: Sentence, at: int, number: Number) -> bool:
        """Tell whether a number is a round bound of the subject: "above 29%"."""
        if any(self.finder.period_at(sentence, p) for p in sentence.clause_after(at)):
            return False
        for place in sentence.before(at):
            move = sentence.mentions[place].value
            if isinstance(move, Move):
                hedge = {1: Hedge.ABOVE, -1: Hedge.BELOW}.get(move.way)
                roles = self.finder.of_claim(sentence, place, before_noun=False)
                return hedge is not None and any(
                    figure is not None and holding.is_said_of(number, hedge, figure, self.style)
                    for figure in map(self.known.figure, roles)
                )
        return False

    def _unexplained(self, sentence: Sentence) -> Verdict:
        """Judge a direction of nobody knows what: of an area or a year it is held."""
        what = "nobody can tell what this is said of"
        if sentence.senses & {Sense.AREA, Sense.PERIOD, Sense.NOW, Sense.PREVIOUS}:
            return Verdict(what)
        return Verdict(doubt=what)

    def _is_lost(self, sentence: Sentence, at: int) -> bool:
        """Tell whether something is set against what nobody can make out."""
        if self._operand(sentence, at) is not None:
            return False
        for place in range(at + 1, len(sentence.mentions)):
            sense = sentence.mentions[place].sense
            if sense in (Sense.STOP, Sense.MOVE):
                return False
            if sense in (Sense.THAN, Sense.AGAINST):
                return True
        return False

    def _sets_a_bound(self, sentence: Sentence, at: int) -> bool:
        place = self._operand(sentence, at)
        number = sentence.mentions[place].value if place is not None else None
        return isinstance(number, Number) and self.is_bound(sentence, place or 0, number)

    def _says_of_what(self, sentence: Sentence, at: int) -> bool:
        """Tell whether anything in the sentence says what went up or down."""
        return bool(sentence.senses & {*NAMING, Sense.QUANTITY}) or goes_back(sentence)

    def sides(self, sentence: Sentence, at: int) -> list[tuple[Role, Role]]:
        """Return what may be set against what, by the words."""
        roles = self.finder.of_claim(sentence, at, is_before_noun(sentence, at))
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
            return [
                (
                    Role(role.area, role.measure, later or role.period),
                    Role(area, role.measure, later or role.period),
                )
                for role in roles
            ]
        period = self.finder.period_at(sentence, place)
        return [(role, Role(role.area, role.measure, period or role.period)) for role in roles]

    def _unsaid(self, sentence: Sentence, at: int, roles: Roles) -> list[tuple[Role, Role]]:
        """Return the sides where the words leave out against what."""
        move = sentence.mentions[at].value
        known = self.known
        in_time = getattr(move, "in_time", True)
        sides = []
        for role in roles:
            if role.period != known.period:
                sides.append((role, Role(role.area, role.measure, known.period)))
            elif role.area == known.nation != known.own and not in_time:
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

    def pair(self, sides: tuple[Role, Role]) -> tuple[Figure, Figure] | None:
        """Return the figures of two sides, None where either is missing."""
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

    def _odd_choice(self, pair: tuple[Figure, Figure]) -> str:
        """Say where something is set against a period that the story does not speak of."""
        known = self.known
        usual = {known.period, known.baseline, known.period.previous, known.first}
        if pair[1].period in usual:
            return ""
        return f"this is set against {pair[1].period}, where the story is against {known.baseline}"

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

    def _is_than(self, sentence: Sentence, at: int, wanted: Sense) -> bool:
        """Tell whether something is set against all others: "than in any other year"."""
        seen_than = False
        for place in range(at + 1, len(sentence.mentions)):
            sense = sentence.mentions[place].sense
            if sense is Sense.THAN:
                seen_than = True
            elif sense is wanted and seen_than:
                return True
            elif sense in (Sense.STOP, Sense.MOVE):
                return False
        return False

    def _denied(self, now: Figure, then: Figure, way: int) -> str:
        now_said, then_said = map(self.known.said_in_full, (now, then))
        return f"{now_said}, is not {_WAYS[way]} {then_said}"
