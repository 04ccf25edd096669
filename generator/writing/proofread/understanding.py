"""Which figure a number in a sentence is, or what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from generator.desk import Desk
from generator.model import Figure, Release
from generator.writing.proofread import holding
from generator.writing.proofread.claims import ClaimJudge
from generator.writing.proofread.known import Known, in_print
from generator.writing.proofread.lexicon import Hedge, Sense
from generator.writing.proofread.nouns import strange_noun, strange_place
from generator.writing.proofread.numerals import Kind, Number
from generator.writing.proofread.roles import RoleFinder, Roles
from generator.writing.proofread.sentences import Mention, Sentence
from generator.writing.proofread.standing import is_change, is_out_of_place, is_set_against


class Understanding:
    """Tells for each number of a text which figure it is, by its sentence."""

    def __init__(
        self, known: Known, finder: RoleFinder, judge: ClaimJudge, desk: Desk, release: Release
    ) -> None:
        self.known = known
        self.finder = finder
        self.judge = judge
        self.desk = desk
        self.release = release

    def figure_of(
        self, sentence: Sentence, at: int, mention: Mention, number: Number
    ) -> tuple[Figure | None, str]:
        """Return the figure that a number is, or what is wrong with it."""
        match number.kind:
            case Kind.OTHER:
                return None, "is no figure of the story"
            case Kind.DATE:
                return None, "" if number.date in self._dates() else "is no date of this release"
            case Kind.ORDINAL:
                after = sentence.mentions[at + 1 : at + 2]
                placed = bool(after) and after[0].sense is Sense.TOP
                return None, "" if placed else "is no place that the words say of what"
        if number.kind is Kind.POINTS or is_change(sentence, at):
            fault = self.judge.change_fault(sentence, at, number)
            return None, fault and f"cannot stand: {fault}"
        if self._is_number_of_areas(sentence, mention, number):
            return None, ""
        if is_out_of_place(sentence, at):
            return None, "stands where a period has to"
        place = strange_place(sentence)
        if place:
            return None, f"is said of “{place}”, of which no figure is"
        strange = strange_noun(sentence, at)
        if strange:
            return None, f"is of “{strange}” here, and the story counts no such thing"
        roles = self.finder.of_number(sentence, at)
        if roles.clash:
            return None, f"is in the wrong place: {roles.clash}"
        figures = [figure for role in roles if (figure := self.known.figure(role)) is not None]
        for figure in figures:
            if holding.is_said_of(number, mention.hedge, figure, self.desk.style):
                return figure, ""
        if is_set_against(sentence, at) and self.judge.comparisons.is_bound(sentence, at, number):
            return None, ""
        return None, self._mistaken(number, mention.hedge, roles, figures)

    def _mistaken(
        self, number: Number, hedge: Hedge | None, roles: Roles, figures: Sequence[Figure]
    ) -> str:
        if figures and hedge is not None and number.is_print_of(in_print(figures[0])):
            return f"has a hedge that {self.known.said(figures[0])} does not bear"
        said = self.known.said
        others = sorted({said(figure) for figure in self.known.printed_as(number)})
        wanted = ", or ".join(map(self.known.said_in_full, figures[:2]))
        about = wanted or next(map(said, roles), "nothing known")
        if others:
            listed = ", ".join(others[:2])
            return f"is {listed}, where the words speak of {about}"
        return f"is no figure of the story; the words speak of {about}"

    def _is_number_of_areas(self, sentence: Sentence, mention: Mention, number: Number) -> bool:
        """Tell whether a number is how many areas were ranked: "of 42 forces"."""
        after = sentence.words_folded[mention.last + 1 : mention.last + 3]
        if after[:1] not in (["areas"], ["forces"]) and after != ["police", "forces"]:
            return False
        own = self.known.facts.measures.values()
        known = {measured.ranked for measured in own} | {len(self.desk.forces)}
        return number.value in known

    def _dates(self) -> set[datetime.date | None]:
        embargo = self.release.embargo
        return {self.release.published, embargo.date() if embargo else self.release.published}
