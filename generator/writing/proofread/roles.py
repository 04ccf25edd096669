"""What the number or the claim in a sentence is about: area, measure and period, by the words.

What stands after a number in its clause says what it is, before what stands in front of it;
what a sentence leaves open it takes from the one before, or from the story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.periods import Period
from generator.writing.proofread.known import Known, Role
from generator.writing.proofread.lexicon import OWN, Sense
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.sentences import Sentence

_NAMING = (Sense.MEASURE, Sense.SHARE, Sense.NUMBER)
_NOUNS = {"offences", "cases", "crimes", "investigations", "offence", "case", "crime"}
_NOT_A_SHARE = "a number of cases stands where the words speak of a share"
_NOT_A_NUMBER = "a percentage stands where the words speak of a number of cases"
_PRONOUNS = {"it", "that", "this", "they"}


@dataclass(frozen=True)
class Subject:
    """What the text was last about: a sentence that begins with "it" is about the same."""

    area: str
    share: str = ""
    count: str = ""


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


class RoleFinder:
    """Finds roles in one sentence after another, and remembers what they were about."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.subject = Subject(known.default)

    def of_number(self, sentence: Sentence, at: int) -> Roles:
        """Return what the number at a place among the mentions is about."""
        number = sentence.mentions[at].value
        assert isinstance(number, Number)  # noqa: S101 - a quantity's value is one
        of_share = number.kind in (Kind.PER_CENT, Kind.FRACTION)
        measures, clash = (self._share if of_share else self._count)(sentence, at)
        area = self._area_after(sentence, at)
        compared = is_set_against(sentence, at)
        areas = (area,) if area else self._areas_before(sentence, at, compared)
        elsewhere = bool(area) or (compared and _names_area_beside(sentence, at))
        periods = self._periods(sentence, at, compared, elsewhere=elsewhere)
        return Roles(areas, measures, periods, clash)

    def of_claim(self, sentence: Sentence, at: int, before_noun: bool) -> Roles:
        """Return what the direction or superlative at a place is about."""
        numbers = [
            place
            for place in sentence.clause_before(at)
            if sentence.mentions[place].sense is Sense.QUANTITY
            and not is_set_against(sentence, place)
            and not is_change(sentence, place)
        ]
        measures = self._measures_of_claim(sentence, at, before_noun)
        if numbers and self._goes_on(sentence, numbers[0], at):
            role = self.of_number(sentence, numbers[0])
            if before_noun or self._names_anew(sentence, numbers[0], at):
                return replace(role, measures=measures or role.measures)
            return role
        area = self._area_of_claim(sentence, at)
        period = self._period_before(sentence, at)
        if not measures:
            measures = (self._unsaid_share(sentence),)
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
                return self._antecedent(sentence, at)
        return None

    def named_area(self, sentence: Sentence, at: int) -> str:
        """Return the area that a mention names, "" where it names none."""
        mention = sentence.mentions[at]
        return self.area_id(mention.value) if mention.sense is Sense.AREA else ""

    # Measures

    def _count(self, sentence: Sentence, at: int) -> tuple[tuple[str, ...], str]:
        known = self.known
        for place in sentence.clause_after(at):
            mention = sentence.mentions[place]
            if mention.sense is Sense.SHARE:
                return (), _NOT_A_SHARE
            if mention.sense is Sense.MEASURE:
                if mention.value in known.shares:
                    return (), _NOT_A_SHARE
                if not _is_whole(sentence, at, place):
                    return (str(mention.value),), ""
        for place in sentence.before(at):
            mention = sentence.mentions[place]
            if mention.sense is Sense.SHARE or mention.value in known.shares:
                return (), _NOT_A_SHARE
            if mention.sense is Sense.MEASURE:
                return (str(mention.value),), ""
        return (self.subject.count,) if self.subject.count else tuple(known.counts), ""

    def _share(self, sentence: Sentence, at: int) -> tuple[tuple[str, ...], str]:
        known = self.known
        after = list(sentence.clause_after(at))
        said = [p for p in after if sentence.mentions[p].sense is Sense.MEASURE]
        following = sentence.tokens[sentence.mentions[at].last + 1 :][:1]
        number = sentence.mentions[at].value
        per_cent = isinstance(number, Number) and number.kind is Kind.PER_CENT
        if per_cent and following and following[0].folded in _NOUNS:
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
                found = self._shares_among(sentence, at, [*said, *before])
                if found and any(
                    known.part_of(f) in self._counts_at(sentence, before) for f in found
                ):
                    return found, ""
        found = self._shares_among(sentence, at, [*said, *before])
        return found or ((self.subject.share or known.lead),), ""

    def _counts_at(self, sentence: Sentence, places: Iterable[int]) -> set[str]:
        return {str(sentence.mentions[place].value) for place in places}

    def _shares_among(self, sentence: Sentence, at: int, places: Iterable[int]) -> tuple[str, ...]:
        """Return the shares that the measures at these places speak of."""
        named, parts, wholes = [], [], []
        for place in places:
            measure = str(sentence.mentions[place].value)
            if measure in self.known.shares:
                named.append(measure)
            elif _is_whole(sentence, at, place):
                wholes.append(measure)
            else:
                parts.append(measure)
        if named:
            return tuple(dict.fromkeys(named))
        return tuple(self.known.shares_said(parts, wholes)) if parts or wholes else ()

    def _measures_of_claim(self, sentence: Sentence, at: int, before_noun: bool) -> tuple[str, ...]:
        """Return what is highest or has risen: by the noun after it, or by what stands before."""
        after = [p for p in sentence.clause_after(at) if sentence.mentions[p].sense in _NAMING]
        before = [p for p in sentence.clause_before(at) if sentence.mentions[p].sense in _NAMING]
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
            return found or (self._unsaid_share(sentence),)
        counts = [p for p in measures if sentence.mentions[p].value in self.known.counts]
        near = [p for p in counts if p in places and not _is_whole(sentence, at, p)] or counts
        if near:
            return (str(sentence.mentions[near[0]].value),)
        return (self.subject.count,) if self.subject.count else ()

    def _names_a_share(self, sentence: Sentence, places: Iterable[int]) -> bool:
        return any(sentence.mentions[place].value in self.known.shares for place in places)

    # Areas

    def _area_after(self, sentence: Sentence, at: int) -> str:
        for place in sentence.clause_after(at):
            if area := self.named_area(sentence, place):
                return area
        return ""

    def _areas_before(self, sentence: Sentence, at: int, compared: bool) -> tuple[str, ...]:
        for place in sentence.before(at):
            if area := self.named_area(sentence, place):
                return (area,)
        return (self._unsaid_area(sentence),)

    def _area_of_claim(self, sentence: Sentence, at: int) -> str:
        for place in sentence.before(at):
            if area := self.named_area(sentence, place):
                return area
        for place in sentence.clause_after(at):
            if sentence.mentions[place].sense in (Sense.THAN, Sense.AGAINST, Sense.FROM):
                break
            if area := self.named_area(sentence, place):
                return area
        return self._unsaid_area(sentence)

    def _unsaid_area(self, sentence: Sentence) -> str:
        return self.subject.area if _goes_back(sentence) else self.known.default

    def _unsaid_share(self, sentence: Sentence) -> str:
        """Return what "the rate" is: the story's own, or what "it" was about before."""
        lead = self.known.lead if self.known.lead in self.known.shares else ""
        before = self.subject.share
        return (before or lead) if _goes_back(sentence) else (lead or before or self.known.lead)

    # Periods

    def _periods(
        self, sentence: Sentence, at: int, compared: bool, *, elsewhere: bool
    ) -> tuple[Period, ...]:
        for place in sentence.clause_after(at):
            period = self.period_at(sentence, place)
            if period and not _is_since(sentence, place) and not self._is_operand(sentence, place):
                return (period,)
        if compared and not elsewhere:
            return (self._begun(sentence, at) or self.known.baseline,)
        return (self._period_before(sentence, at) or self.known.period,)

    def _period_before(self, sentence: Sentence, at: int) -> Period | None:
        """Return the nearest period before, that of "2015, when" before all others."""
        for place in sentence.before(at):
            if sentence.mentions[place].sense is Sense.WHEN:
                return self._antecedent(sentence, place)
            period = self.period_at(sentence, place)
            if period and not _is_since(sentence, place) and not self._is_operand(sentence, place):
                return period
        return None

    def _begun(self, sentence: Sentence, at: int) -> Period | None:
        """Return where a span begins: "has risen since 2015, from 4% to 29.3%"."""
        for place in sentence.before(at):
            period = self.period_at(sentence, place)
            if period and _is_since(sentence, place):
                return period
        return None

    def _antecedent(self, sentence: Sentence, at: int) -> Period | None:
        """Return the last period named before, "since" or not."""
        for place in sentence.before(at):
            if sentence.mentions[place].sense is not Sense.THAT:
                period = self.period_at(sentence, place)
                if period:
                    return period
        return None

    def _is_operand(self, sentence: Sentence, place: int) -> bool:
        """Tell whether a period is what something is set against: "up from 22% in 2019"."""
        for before in sentence.before(place):
            sense = sentence.mentions[before].sense
            if sense in (Sense.STOP, Sense.QUANTITY):
                return False
            if sense in (Sense.THAN, Sense.AGAINST):
                return True
            if sense is Sense.FROM:
                return any(
                    sentence.mentions[p].sense is Sense.MOVE for p in sentence.before(before)
                )
        return False

    def _names_anew(self, sentence: Sentence, number: int, at: int) -> bool:
        """Tell whether a clause after the number's own names another measure."""
        senses = [sentence.mentions[place].sense for place in range(number + 1, at)]
        if Sense.STOP not in senses:
            return False
        later = senses[senses.index(Sense.STOP) :]
        return Sense.SHARE in later or Sense.NUMBER in later

    def _goes_on(self, sentence: Sentence, number: int, at: int) -> bool:
        """Tell whether a claim is about the number before it, and not about a new subject."""
        between = range(number + 1, at)
        senses = [sentence.mentions[place].sense for place in between]
        return Sense.AREA not in senses or Sense.STOP not in senses


def _names_area_beside(sentence: Sentence, at: int) -> bool:
    """Tell whether an area is named between a comparison and its number."""
    for place in sentence.before(at):
        sense = sentence.mentions[place].sense
        if sense is Sense.AREA:
            return True
        if sense in (Sense.MOVE, Sense.THAN, Sense.AGAINST, Sense.FROM):
            return False
    return False


def _goes_back(sentence: Sentence) -> bool:
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
            return bool(getattr(sentence.mentions[place].value, "takes", False))
    return False


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
            return not getattr(before.value, "takes", False)
    after = mentions[at + 1] if at + 1 < len(mentions) else None
    return after is not None and after.sense is Sense.MOVE and after.first == mentions[at].last + 1


def _is_whole(sentence: Sentence, at: int, place: int) -> bool:
    """Tell whether a measure stands as what others are a part of: "of the cases dropped"."""
    first = sentence.mentions[place].first
    if sentence.tokens[first].folded == "of":
        return True
    words = [token.folded for token in sentence.tokens[max(first - 4, 0) : first]]
    while words and words[-1] in _BEFORE_A_NOUN:
        words.pop()
    return bool(words) and words[-1] == "of" and place != at


def is_out_of_place(sentence: Sentence, at: int) -> bool:
    """Tell whether a period stands where a number has to, or a number where a period has to.

    A period follows a preposition ("in 2019", "the 25% of 2015") or another in a list; a
    number that ends a clause does not follow "in".
    """
    mention = sentence.mentions[at]
    words = [token.folded for token in sentence.tokens[: mention.first]]
    before = words[-1] if words else ""
    after = [token.folded for token in sentence.tokens[mention.last + 1 : mention.last + 3]]
    if mention.sense is Sense.QUANTITY:
        return before == "in" and (not after or after[0] in _CLAUSE_ENDS)
    previous = sentence.mentions[at - 1] if at else None
    if before in (",", "and", "or", "to", "between", "/"):
        earlier = sentence.mentions[at - 2] if at > 1 else None
        listed = previous is not None and previous.sense is Sense.STOP
        neighbour = earlier if listed else previous
        return neighbour is None or neighbour.sense is not Sense.PERIOD
    if after and (after[0] in _NOUNS or after[0] == "in"):
        return True
    if before == "of":
        of_what = words[-2] if len(words) > 1 else ""
        figure = previous is not None and previous.sense is Sense.QUANTITY
        adjoins = figure and previous is not None and previous.last == mention.first - 2
        return not adjoins and of_what not in _OF_A_PERIOD
    if before == "for" and previous is not None and previous.sense is Sense.MEASURE:
        return previous.last == mention.first - 2
    return bool(words) and before not in _BEFORE_A_PERIOD


_CLAUSE_ENDS = {",", ".", ";", ":", "–", "—", ")", "and", "but"}
_OF_A_PERIOD = {"that", "those", "end", "start", "beginning", "rest", "level", "figures", "much"}
_BEFORE_A_PERIOD = {
    *("in", "since", "for", "from", "on", "during", "until", "before", "after", "by"),
    *("published", "against", "with", "year", "through", "throughout", "’s", "'s", "to"),
    *("march", "june", "september", "december"),
}


def _is_since(sentence: Sentence, place: int) -> bool:
    """Tell whether a period is only where a span begins: "since … first published in 2015"."""
    for before in sentence.before(place):
        sense = sentence.mentions[before].sense
        if sense in (Sense.SINCE, Sense.FIRST):
            return True
        if sense in (Sense.STOP, Sense.QUANTITY, Sense.PERIOD, Sense.WHEN):
            return False
    return False


_BEFORE_A_NOUN = {"the", "all", "those", "these", "criminal", "reported", "such", "recorded"}
