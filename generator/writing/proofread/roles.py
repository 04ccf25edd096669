"""What the number or the claim in a sentence is about: area, measure and period, by the words.

What stands after a number in its clause says what it is, before what stands in front of it;
what a sentence leaves open it takes from the one before, or from the story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.periods import Period
from generator.writing.proofread.known import Known, Role, Subject
from generator.writing.proofread.lexicon import OWN, Sense
from generator.writing.proofread.measures import MeasureFinder
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.sentences import Sentence
from generator.writing.proofread.standing import (
    goes_back,
    goes_on,
    is_change,
    is_of_operand,
    is_operand,
    is_set_against,
    is_since,
    names_anew,
    names_area_beside,
)


@dataclass(frozen=True)
class Roles:
    """The roles that the words leave possible; `clash` says why there is none."""

    areas: tuple[str, ...]
    measures: tuple[str, ...]
    periods: tuple[Period, ...]
    clash: str = ""

    def __iter__(self) -> Iterator[Role]:
        for area in self.areas:
            for measure in self.measures:
                for period in self.periods:
                    yield Role(area, measure, period)


_CONNECTORS = (Sense.THAN, Sense.FROM, Sense.AGAINST, Sense.SINCE, Sense.FIRST, Sense.WHEN)


class RoleFinder:
    """Finds roles in one sentence after another, and remembers what they were about."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.subject = Subject(known.default)

    @property
    def measures(self) -> MeasureFinder:
        """What finds measures, by what the text was last about."""
        return MeasureFinder(self.known, self.subject)

    def of_number(self, sentence: Sentence, at: int) -> Roles:
        """Return what the number at a place among the mentions is about."""
        number = sentence.mentions[at].value
        assert isinstance(number, Number)  # noqa: S101 - a quantity's value is one
        of_share = number.kind in (Kind.PER_CENT, Kind.FRACTION)
        measures, clash = (self.measures.of_share if of_share else self.measures.of_count)(
            sentence, at
        )
        area = self._area_after(sentence, at)
        compared = is_set_against(sentence, at)
        areas = (area or self._area_before(sentence, at),)
        elsewhere = bool(area) or (compared and names_area_beside(sentence, at))
        periods = self._periods(sentence, at, compared, elsewhere=elsewhere)
        return Roles(areas, measures, periods, clash)

    def of_claim(self, sentence: Sentence, at: int, before_noun: bool) -> Roles:
        """Return what the direction or superlative at a place is about."""
        numbers = [place for place in sentence.clause_before(at) if _is_subject(sentence, place)]
        measures = self.measures.of_claim(sentence, at, before_noun)
        if numbers and goes_on(sentence, numbers[0], at):
            role = self.of_number(sentence, numbers[0])
            if before_noun or names_anew(sentence, numbers[0], at):
                return replace(role, measures=measures or role.measures)
            return role
        area = self._area_of_claim(sentence, at)
        period = self._period_of_claim(sentence, at) or self._period_before(sentence, at)
        if not measures:
            measures = (self.measures.unsaid_share(sentence),)
        return Roles((area,), measures, (period or self.known.period,))

    def remember(self, role: Role) -> None:
        """Note what a number turned out to be about."""
        if role.measure in self.known.shares:
            self.subject = replace(self.subject, area=role.area, share=role.measure)
        else:
            self.subject = replace(self.subject, area=role.area, count=role.measure)

    def area_id(self, value: object) -> str:
        """Return the id of the area that a mention names."""
        return self.known.own if value is OWN else str(value)

    def period_at(self, sentence: Sentence, at: int) -> Period | None:
        """Return the period that a mention names."""
        mention = sentence.mentions[at]
        match mention.sense:
            case Sense.PERIOD:
                assert isinstance(mention.value, Period)  # noqa: S101 - a period's value is one
                return mention.value
            case Sense.NOW:
                return self.known.period
            case Sense.PREVIOUS:
                return self.known.period.previous
            case Sense.THAT:
                return self.antecedent(sentence, at)
        return None

    def named_area(self, sentence: Sentence, at: int) -> str:
        """Return the area that a mention names, "" where it names none."""
        mention = sentence.mentions[at]
        return self.area_id(mention.value) if mention.sense is Sense.AREA else ""

    # Areas

    def _area_after(self, sentence: Sentence, at: int) -> str:
        for place in sentence.clause_after(at):
            if area := self.named_area(sentence, place):
                return area
        return ""

    def _area_before(self, sentence: Sentence, at: int) -> str:
        for place in sentence.before(at):
            if area := self.named_area(sentence, place):
                return area
        return self._unsaid_area(sentence)

    def _area_of_claim(self, sentence: Sentence, at: int) -> str:
        for place in sentence.before(at):
            if area := self.named_area(sentence, place):
                return area
        takes = getattr(sentence.mentions[at].value, "takes", False)
        for place in () if takes else sentence.clause_after(at):
            if sentence.mentions[place].sense in (Sense.THAN, Sense.AGAINST, Sense.FROM):
                break
            if area := self.named_area(sentence, place):
                return area
        return self._unsaid_area(sentence)

    def _unsaid_area(self, sentence: Sentence) -> str:
        return self.subject.area if goes_back(sentence) else self.known.default

    # Periods

    def _periods(
        self, sentence: Sentence, at: int, compared: bool, *, elsewhere: bool
    ) -> tuple[Period, ...]:
        for place in sentence.clause_after(at):
            period = self.period_at(sentence, place)
            if period and not is_since(sentence, place) and not is_operand(sentence, place):
                return (period,)
        if compared and not elsewhere:
            return (self._begun(sentence, at) or self.known.baseline,)
        return (self._period_before(sentence, at) or self.known.period,)

    def _period_of_claim(self, sentence: Sentence, at: int) -> Period | None:
        """Return when a claim is said to hold: "it was higher in 2018 than in 2019"."""
        for place in sentence.clause_after(at):
            if sentence.mentions[place].sense in _CONNECTORS:
                return None
            period = self.period_at(sentence, place)
            if period and not is_since(sentence, place):
                return period
        return None

    def _period_before(self, sentence: Sentence, at: int) -> Period | None:
        """Return the nearest period before, that of "2015, when" before all others."""
        for place in sentence.before(at):
            if sentence.mentions[place].sense is Sense.WHEN:
                return self.antecedent(sentence, place)
            period = self.period_at(sentence, place)
            if not period or is_since(sentence, place) or is_operand(sentence, place):
                continue
            if not is_of_operand(sentence, place):
                return period
        return None

    def _begun(self, sentence: Sentence, at: int) -> Period | None:
        """Return where a span begins: "has risen since 2015, from 4% to 29.3%"."""
        for place in sentence.before(at):
            period = self.period_at(sentence, place)
            if period and is_since(sentence, place):
                return period
        return None

    def antecedent(self, sentence: Sentence, at: int) -> Period | None:
        """Return the last period named before, "since" or not."""
        for place in sentence.before(at):
            if sentence.mentions[place].sense is not Sense.THAT:
                period = self.period_at(sentence, place)
                if period:
                    return period
        return None


def _is_subject(sentence: Sentence, at: int) -> bool:
    """Tell whether a number is what is spoken of, and not what it is set against or a place."""
    number = sentence.mentions[at].value
    if not isinstance(number, Number) or number.kind is Kind.ORDINAL:
        return False
    return not is_set_against(sentence, at) and not is_change(sentence, at)
