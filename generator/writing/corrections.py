"""Correction lines for what a new release has made false, in the words of the desk's template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.desk import Desk, PieceKind
from generator.model import (
    Copy,
    Coverage,
    Differences,
    Exclusion,
    Facts,
    Fallen,
    FalseSentence,
    Figure,
    Release,
    Stand,
    Topic,
    Turned,
    Unit,
)
from generator.printing import print_apart, print_figure
from generator.writing.correction_lines import About, Comparison, Given, Statement, render_line
from generator.writing.environment import make_environment
from generator.writing.falsehoods import Falsehood, NumberThen, find_false
from generator.writing.phrases import group_by_reason, name_period
from generator.writing.proofread import Lexicon, Proof, Reading, Stated, make_lexicon, proofread
from generator.writing.speaking import speak

_RECORDS = (Topic.HIGHEST, Topic.LOWEST)
_KINDS = {Stand.NONE: "none", Stand.JOINT: "joint", Stand.RECORD: "outright"}


class Corrector:
    """Finds what a new release has made false in filed copy, and writes its corrections."""

    def __init__(self, desk: Desk, differences: Differences) -> None:
        self.desk = desk
        self.differences = differences
        self._environment = make_environment(desk)
        self._lexicons: dict[str, Lexicon] = {}
        self._areas = {area.id: area for area in desk.areas}

    def correct(
        self, copy: Copy, before: Facts | None, after: Facts, written: Release, new: Release
    ) -> tuple[FalseSentence, ...]:
        """Return the sentences of a copy that are false by the new release.

        `before` are the facts that it was written from, None where they cannot be had, and
        `written` the release that it was made from: what is "last year" goes by its date.
        Raises StoryError where the template is at fault.
        """
        story = after.story
        if story.id not in self._lexicons:
            self._lexicons[story.id] = make_lexicon(story, self.desk)
        lexicon = self._lexicons[story.id]

        def read(words: Copy, facts: Facts) -> Proof:
            return proofread(words, facts, self.desk, written, lexicon)

        false = [
            self._corrected(falsehood, before, after, new)
            for falsehood in find_false(copy, before, after, read)
        ]
        if copy.piece is PieceKind.RADIO:  # what was read aloud is corrected aloud
            false = [replace(each, correction=speak(each.correction)) for each in false]
        return tuple(false)

    def _corrected(
        self, falsehood: Falsehood, before: Facts | None, after: Facts, new: Release
    ) -> FalseSentence:
        fallen = self._fallen(falsehood, before, after)
        turned = self._turned(falsehood, after)
        gap = _gap(turned)
        coverage = self._coverage(falsehood, after)
        numbers, statements = self._restated(falsehood.numbers)
        gone = [self._gone(number) for number in falsehood.numbers if number.after is None]
        if fallen is Fallen.CLAIM:
            statements = [] if gap else self._statements(falsehood, after)
        quoted = falsehood.sentence.replace("“", "‘").replace("”", "’").strip()
        line = render_line(
            self._environment,
            self.desk,
            fallen=fallen.value,
            place=falsehood.where.partition(",")[0].partition(" ")[0],
            sentence=quoted,
            ends=quoted.endswith((".", "!", "?", ".’", "!’", "?’")),
            publisher=new.publisher,
            numbers=numbers,
            gone=gone,
            claims=bool(falsehood.claims),
            statements=statements,
            gap=name_period(gap.gap) if gap and gap.gap else "",
            gap_where=gap.area.where if gap else "",
            reason=self._reason(coverage, after),
            too_few=coverage is not None and coverage.area.id == self.desk.nation.id,
            **self._basket(falsehood, before, after),
        )
        return FalseSentence(falsehood.where, falsehood.sentence, fallen, falsehood.problems, line)

    # Why it is false

    def _fallen(self, falsehood: Falsehood, before: Facts | None, after: Facts) -> Fallen:
        if before is None:
            return Fallen.UNKNOWN
        if falsehood.passage is None:
            return Fallen.BASKET
        if any(number.after is None for number in falsehood.numbers):
            return Fallen.GONE
        if falsehood.claims:
            turned = self._turned(falsehood, after)
            incomplete = self._coverage(falsehood, after) is not None
            told = [each for each in turned if each.now is not Stand.UNKNOWN or _gap([each])]
            return Fallen.GONE if incomplete and not told else Fallen.CLAIM
        return Fallen.RESTATED

    def _turned(self, falsehood: Falsehood, after: Facts) -> list[Turned]:
        """Return the findings that turned and that the sentence's false claims are about."""
        return [
            turned
            for turned in self.differences.turned
            if after.told in turned.told_in
            and any(
                stated is not None and _is_about(turned, stated, after)
                for stated in falsehood.claims
            )
        ]

    def _coverage(self, falsehood: Falsehood, after: Facts) -> Coverage | None:
        """Return the period that is not complete any more, for which something is gone."""
        gone = [number.before for number in falsehood.numbers if number.after is None]
        lost = {(figure.area, figure.period) for figure in gone}
        about = {stated.area for stated in falsehood.claims if stated is not None}
        if not lost and Topic.NATION in {each.topic for each in self._turned(falsehood, after)}:
            about = {(after.nation or after).area.id}
        found = [
            each
            for each in self.differences.coverage
            if not each.complete
            and after.told in each.told_in
            and ((each.area.id, each.period) in lost or (not lost and each.area.id in about))
        ]
        return max(found, key=lambda each: each.period, default=None)

    def _reason(self, coverage: Coverage | None, after: Facts) -> str:
        if coverage is None or not coverage.reason:
            return ""
        police = coverage.area.police or coverage.area.name
        when = "" if coverage.period == after.period else f" for {name_period(coverage.period)}"
        if coverage.unavailable:
            return f"{coverage.unavailable} for {police}{when}"
        return f"{police} {coverage.reason}{when}"

    # What is right

    def _about(self, figure: Figure) -> About:
        area = self._areas[figure.area]
        is_count = figure.unit is Unit.COUNT
        return About(
            figure.label.replace("'", "’"), is_count, area.where, name_period(figure.period)
        )

    def _gone(self, number: NumberThen) -> Given:
        return Given(_in_a_sentence(number.reading), self._about(number.before))

    def _restated(self, numbers: Iterable[NumberThen]) -> tuple[list[Given], list[Statement]]:
        """Return the numbers as they were given, and what they are now, in the same order."""
        groups: dict[object, list[NumberThen]] = {}
        for number in numbers:
            if number.after is not None:
                key = (number.before.area, number.before.measure)
                groups.setdefault(key, []).append(number)
        given: list[Given] = []
        stated: dict[object, Statement] = {}
        for number in (number for group in groups.values() for number in group):
            reading, after = number.reading, number.after
            if after is None:
                continue
            said, now = reading.text, print_figure(after)
            if now == said:  # the hedge is what fell, or the number shows no difference
                said, now = _in_a_sentence(reading), print_apart(number.before, after)[1]
            given.append(Given(said[:1].lower() + said[1:], self._about(number.before)))
            self._add(stated, after, now)
        return given, list(stated.values())

    def _statements(self, falsehood: Falsehood, after: Facts) -> list[Statement]:
        """Say what the new figures are of what the sentence claims; else of what it gives."""
        found: dict[object, Statement] = {}
        for turned in self._turned(falsehood, after):
            if len(turned.after.evidence) == 2:
                self._set_against(found, *turned.after.evidence)
                _add_record(found, turned)
        given = [figure.id for figure in falsehood.figures]
        every = {**(after.nation.figures if after.nation else {}), **after.figures}
        moved = [number.before.id for number in falsehood.numbers]
        said = {
            each.id for turned in self._turned(falsehood, after) for each in turned.after.evidence
        }
        for name in moved if found else given:
            if name in every and name not in said:
                self._add(found, every[name], print_figure(every[name]))
        if not found and after.lead.figure is not None and after.lead.baseline is not None:
            self._set_against(found, after.lead.figure, after.lead.baseline)
        return list(found.values())

    def _add(self, found: dict[object, Statement], figure: Figure, value: str) -> None:
        """State a figure, beside another period's of the same measure if there is one."""
        about = self._about(figure)
        key = (about.label, about.where)
        known = found.get(key)
        if known is None:
            found[key] = Statement(about, value)
        elif (value, about.when) not in ((known.value, known.about.when), *known.also):
            found[key] = replace(known, also=(*known.also, (value, about.when)))

    def _set_against(self, found: dict[object, Statement], figure: Figure, other: Figure) -> None:
        """State how a figure stands to another, beside how it stands to others."""
        printed, against = print_apart(figure, other)
        relation = "level"
        if figure.value != other.value:
            relation = "above" if figure.value > other.value else "below"
        about, beside = self._about(figure), self._about(other)
        where = beside.where if beside.where != about.where else ""
        standing = Comparison(relation, against, where, beside.when)
        known = found.setdefault(figure.id, Statement(about, printed))
        if standing not in known.standings:
            # What is elsewhere comes last: what follows it would be read as of there.
            standings = sorted((*known.standings, standing), key=lambda each: bool(each.where))
            longest = max(known.value, printed, key=len)
            found[figure.id] = replace(known, value=longest, standings=tuple(standings))

    def _basket(
        self, falsehood: Falsehood, before: Facts | None, after: Facts
    ) -> dict[str, object]:
        """Say who left the nation's figures or joined them, where the sentence is about these."""
        nation = (after.nation or after).area
        about = {number.before.area for number in falsehood.numbers}
        about |= {stated.area for stated in falsehood.claims if stated is not None}
        if before is None or (falsehood.passage is not None and nation.id not in about):
            return {"nation": nation.name, "left": [], "joined": []}
        left = _without(after.excluded, before.excluded)
        joined = _without(before.excluded, after.excluded)
        return {
            "nation": nation.name,
            "left": [
                {
                    "names": [area.police or area.name for area in group.areas],
                    "reason": group.reason,
                    "unavailable": group.unavailable,
                }
                for group in group_by_reason(left, after.period)
            ],
            "joined": [each.area.police or each.area.name for each in joined],
        }


def _is_about(turned: Turned, stated: Stated, after: Facts) -> bool:
    """Tell whether a claim is about a finding: "the nation was lower" is about the area as well."""
    nation = turned.nation if turned.topic is Topic.NATION else None
    if nation is not None and turned.area == after.area and stated.area == nation.id:
        return stated.kind == "move" and turned.measure in stated.measures
    if turned.area.id != stated.area or turned.measure not in stated.measures:
        return False
    if stated.kind == "move":
        return turned.topic in (Topic.EARLIER, Topic.NATION)
    return turned.topic is (Topic.HIGHEST if stated.way > 0 else Topic.LOWEST)


def _gap(turned: Iterable[Turned]) -> Turned | None:
    """Return what nothing can be claimed of any more for lack of a period, None for nothing."""
    gaps = (
        each
        for each in turned
        if each.now is Stand.UNKNOWN and each.topic in _RECORDS and each.gap is not None
    )
    return next(gaps, None)


def _add_record(found: dict[object, Statement], turned: Turned) -> None:
    """Say of a figure that it is no record any more, or of what kind it is one."""
    kind = _KINDS.get(turned.now)
    if turned.topic not in _RECORDS or kind is None:
        return
    figure = turned.after.evidence[0].id
    known = found[figure]
    standing = Comparison(kind, lowest=turned.topic is Topic.LOWEST)
    own = [each for each in known.standings if not each.where]
    elsewhere = [each for each in known.standings if each.where]
    found[figure] = replace(known, standings=(*own, standing, *elsewhere))


def _in_a_sentence(reading: Reading) -> str:
    """Return a number and its hedge: it may have stood at the head of its sentence before."""
    said = f"{reading.hedge} {reading.text}".strip()
    return said[:1].lower() + said[1:]


def _without(these: Iterable[Exclusion], those: Iterable[Exclusion]) -> Sequence[Exclusion]:
    known = {each.area.id for each in those}
    return [each for each in these if each.area.id not in known]
