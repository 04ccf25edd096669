"""Whether what is said of periods themselves is so: which is the first, and which was last."""

from __future__ import annotations

from generator.model import Release
from generator.periods import Period, PeriodKind, Quarter
from generator.writing.proofread.known import Known
from generator.writing.proofread.lacks import unlacked
from generator.writing.proofread.lexicon import Sense
from generator.writing.proofread.roles import RoleFinder
from generator.writing.proofread.sentences import Sentence
from generator.writing.proofread.standing import is_out_of_place, shares_a_number


def period_fault(
    sentence: Sentence, at: int, known: Known, finder: RoleFinder, release: Release
) -> str:
    """Return what is wrong with the period that a sentence mentions there, "" for nothing."""
    mention = sentence.mentions[at]
    match mention.sense:
        case Sense.PERIOD:
            return _named_fault(sentence, at, mention.value, known)
        case Sense.NOW if sentence.words(mention).casefold() == "last year":
            return _last_year_fault(known.period, release)
        case Sense.FIRST:
            after = sentence.mentions[at + 1 : at + 2]
            named = (finder.period_at(sentence, at + 1) if after else None) or finder.antecedent(
                sentence, at
            )
            if named is not None and named != known.first:
                return f"is not said of {named}: the series begins in {known.first}"
    return ""


def _named_fault(sentence: Sentence, at: int, period: object, known: Known) -> str:
    if period not in known.periods:
        return "is no period of the story"
    if not sentence.is_bare and is_out_of_place(sentence, at):
        return "is a period that stands where a number has to, or lacks its “in”"
    if shares_a_number(sentence, at):
        return "is given the same number as the period before it: a number is of one"
    return unlacked(sentence, period, known) if isinstance(period, Period) else ""


def _last_year_fault(period: Period, release: Release) -> str:
    """Return what is wrong with "last year": it goes by the day of publication, not the clock."""
    published = release.published
    before = Period(Quarter(published.year - 1, 4), PeriodKind.CALENDAR) if published else None
    if period == before:
        return ""
    return f"is not {period}, reckoned from the day of publication"
