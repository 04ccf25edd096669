"""Read finished words again, sentence by sentence, against the facts and nothing else."""

from __future__ import annotations

from dataclasses import replace

from generator.desk import Desk, PieceKind
from generator.model import BlockKind, Copy, Facts, Figure, Level, Passage, Problem, Release
from generator.writing.proofread.bounds import excess, excess_of_sentence
from generator.writing.proofread.claims import ClaimJudge
from generator.writing.proofread.dating import period_fault
from generator.writing.proofread.exclusions import as_copy_has_it, exclusion_faults
from generator.writing.proofread.headlines import headline_faults
from generator.writing.proofread.known import Known, Role
from generator.writing.proofread.lexicon import CLAIM_SENSES, Sense
from generator.writing.proofread.marks import straightened
from generator.writing.proofread.memory import Lexicon
from generator.writing.proofread.nouns import strange_rate
from generator.writing.proofread.numerals import Number
from generator.writing.proofread.pieces import piece_faults
from generator.writing.proofread.pointing import quote, where
from generator.writing.proofread.proof import Fault, Proof, Reading, Span
from generator.writing.proofread.quotations import read_quotations
from generator.writing.proofread.replies import reply_faults
from generator.writing.proofread.roles import RoleFinder
from generator.writing.proofread.sentences import Mention, Sentence
from generator.writing.proofread.sourced import blanked, sourced_spans
from generator.writing.proofread.style import agreement_faults, style_faults
from generator.writing.proofread.tables import TableReader
from generator.writing.proofread.tellings import find_tellings, is_correction, set_apart
from generator.writing.proofread.understanding import Understanding
from generator.writing.proofread.verdicts import Stated

_TRACE = "Put back the figure, or take the number out."
_REWORD = "Say what the figures say, or leave the claim out."


def proofread(copy: Copy, facts: Facts, desk: Desk, release: Release, lexicon: Lexicon) -> Proof:
    """Read a draft's words again.

    Every number has to be a figure of the area, period and story, in the role that its
    sentence gives it; every claim has to hold; quotations, exclusions and the headline have
    to be as they should be. What cannot be understood is held as well, for an editor,
    and so is what is too long to be read in a moment.
    """
    problem = excess(copy)
    if problem is not None:
        return Proof((), (Fault(problem, None),))
    return _Reader(copy, facts, desk, release, lexicon).read()


class _Reader:
    """One reading of one draft."""

    def __init__(
        self, copy: Copy, facts: Facts, desk: Desk, release: Release, lexicon: Lexicon
    ) -> None:
        self.copy = copy
        passages = (straightened(each.text) for each in copy.passages)
        sentences = (
            each
            for text in passages
            for each in lexicon.sentences(
                text, facts.period.kind, tuple(sourced_spans(text, facts))
            )
        )
        facts = as_copy_has_it(sentences, facts)
        self.facts = facts
        self.desk = desk
        self.release = release
        self.lexicon = lexicon
        self.known = Known(facts, lexicon.area_names)
        self.kind = facts.period.kind
        self.finder = RoleFinder(self.known)
        self.judge = ClaimJudge(self.known, self.finder, desk.style)
        self.numbers = Understanding(self.known, self.finder, self.judge, desk, release)
        self.tables = TableReader(self.known, lexicon, desk)
        self.labels = [measure.label for measure in facts.story.measures.values()]
        self.readings: list[Reading] = []
        self.faults: list[Fault] = []
        self.sentences: list[tuple[int, Sentence]] = []
        self.corrections: set[int] = set()
        self.speaks_of_nation = False

    def read(self) -> Proof:
        facts = self.facts
        if self.copy.is_headed and not self.copy.headline.strip():
            what = "There is no headline."
            self._note(Level.HOLD, -1, what, "Begin the article with one: `# ` in Markdown.")
        texts = [straightened(self.copy.headline)]
        texts += [self._without_tellings(*each) for each in enumerate(self.copy.passages)]
        own = [blanked(text, sourced_spans(text, facts)) for text in texts]
        quoted = read_quotations(own, facts.period, facts.area, self.lexicon.quotes, self.release)
        for fault in quoted.faults:
            self._note(Level.HOLD, fault.passage - 1, fault.what, fault.mend)
        if self.copy.piece is None:  # the answer stands in the article
            slot = self.desk.slot(facts.story.id, str(facts.period), facts.area)
            for level, what, mend in reply_faults(texts, slot, facts.area):
                self._note(level, None, what, mend)
        for number, text in enumerate(texts):
            passage = number - 1
            if passage >= 0 and self.copy.passages[passage].kind is BlockKind.TABLE:
                self._table(passage, self.copy.passages[passage])
                continue
            whole = self.copy.passages[passage].text if passage >= 0 else text
            for what, mend in self.lexicon.leftovers(straightened(whole)):
                self._note(Level.HOLD, passage, what, mend)
            apart = (*quoted.spans[number], *sourced_spans(text, facts))
            for sentence in self.lexicon.sentences(text, self.kind, apart):
                if self._is_read(passage, sentence):
                    self.sentences.append((passage, sentence))
                    for what, mend in agreement_faults(sentence.text, self.labels):
                        self._note(Level.HOLD, passage, what, mend)
                    self._sentence(passage, sentence)
        self._whole()
        return Proof(tuple(self.readings), tuple(self.faults))

    def _without_tellings(self, number: int, passage: Passage) -> str:
        """Return a passage's text without what it tells of an earlier version of the story."""
        text = straightened(passage.text)
        if passage.kind is not BlockKind.PARAGRAPH or not is_correction(text):
            return text
        self.corrections.add(number)
        told = find_tellings(text)
        if told:
            what = "This tells what an earlier version of the story said."
            self._note(Level.WARN, number, what, "See that it did.")
        return set_apart(text, told)

    # Sentences

    def _is_read(self, passage: int, sentence: Sentence, cell: str = "") -> bool:
        """Tell whether a sentence has been read, and hold one that has not."""
        if not sentence.is_read:
            fault = excess_of_sentence(sentence.text)
            self._note(Level.HOLD, passage, *fault, cell, sentence=sentence.whole)
        return sentence.is_read

    def _sentence(self, passage: int, sentence: Sentence) -> None:
        apart = sentence.leaves_out
        roles: list[Role] = []
        for at, mention in enumerate(sentence.mentions):
            if mention.sense is Sense.QUANTITY:
                figure = self._number(passage, sentence, at, mention)
                if figure is not None:
                    roles.append(Role(figure.area, figure.measure, figure.period))
            elif mention.sense in CLAIM_SENSES:
                self._claim(passage, sentence, at, mention)
            elif mention.sense in (Sense.SHARE, Sense.NUMBER):
                self._noun(passage, sentence, at, mention)
            elif not apart:
                self._period(passage, sentence, at, mention)
        for role in dict.fromkeys(roles):
            self.finder.remember(role)
            if roles.count(role) > 1:
                what = f"“{sentence.text.strip()[:40]}…” gives the same figure twice."
                mend = "Once is enough: which figure was meant?"
                self._note(Level.HOLD, passage, what, mend, sentence=sentence.whole)
        if roles:
            self.finder.subject = replace(self.finder.subject, area=roles[0].area)
        self._areas(passage, sentence, apart)

    def _number(self, passage: int, sentence: Sentence, at: int, mention: Mention) -> Figure | None:
        number = mention.value
        assert isinstance(number, Number)  # noqa: S101 - a quantity's value is one
        if sentence.leaves_out:
            figure, fault = None, "stands among what the figures leave out"
        else:
            figure, fault = self.numbers.figure_of(sentence, at, mention, number)
        self._reading(passage, sentence, mention, figure)
        if fault:
            self._hold(passage, sentence, mention, fault, _TRACE)
        if figure is not None and figure.area == self.known.nation != self.known.own:
            self.speaks_of_nation = True
        return figure

    def _claim(self, passage: int, sentence: Sentence, at: int, mention: Mention) -> None:
        verdict = self.judge.judge(sentence, at)
        if verdict.stated and verdict.stated.area == self.known.nation != self.known.own:
            self.speaks_of_nation = True
        self._reading(
            passage,
            sentence,
            mention,
            None,
            is_claim=bool(verdict.stated or verdict.fault or not verdict.doubt),
            stated=verdict.stated,
        )
        if verdict.fault:
            self._hold(passage, sentence, mention, f"cannot stand: {verdict.fault}", _REWORD)
        elif verdict.doubt:
            self._note(
                Level.WARN,
                passage,
                f"{quote(sentence, mention)}: {verdict.doubt}.",
                "See that the claim is what it is meant to be.",
            )

    def _noun(self, passage: int, sentence: Sentence, at: int, mention: Mention) -> None:
        strange = strange_rate(sentence, at)
        if strange:
            fault = f"is of “{strange}” here, and the story counts no such thing"
            self._hold(passage, sentence, mention, fault, _REWORD)

    def _period(self, passage: int, sentence: Sentence, at: int, mention: Mention) -> None:
        fault = period_fault(sentence, at, self.known, self.finder, self.release)
        if fault:
            self._hold(passage, sentence, mention, fault, "Give the period of the figure.")

    def _areas(self, passage: int, sentence: Sentence, apart: bool) -> None:
        """Warn where another area is named: whatever is said of it, no facts are at hand."""
        if apart or self.known.own == self.known.nation:
            return
        for mention in sentence.mentions:
            if mention.sense is not Sense.AREA:
                continue
            area = self.finder.area_id(mention.value)
            if area not in self.known.areas:
                self._note(
                    Level.HOLD if passage == -1 else Level.WARN,
                    passage,
                    f"{quote(sentence, mention)} names another area than "
                    f"{self.facts.area.name}, whose draft this is.",
                    "See that nothing is said of it that is not known.",
                )

    # Tables

    def _table(self, passage: int, table: Passage) -> None:
        for row, cells in enumerate(table.rows):
            for column, text in enumerate(cells):
                place = f"{row}:{column}"
                for what, mend in self.lexicon.leftovers(text):
                    self._note(Level.HOLD, passage, what, mend, place)
                for sentence in self.lexicon.sentences(text, self.kind):
                    self._is_read(passage, sentence, place)
        for cell in self.tables.read(table):
            self._reading(passage, cell.sentence, cell.mention, cell.figure, cell=cell.place)
            if cell.fault:
                span, whole = cell.sentence.span(cell.mention), cell.sentence.whole
                self._note(
                    *(Level.HOLD, passage, cell.fault, _TRACE, cell.place),
                    words=span,
                    sentence=whole,
                )

    # The whole

    def _whole(self) -> None:
        prose = [(passage, sentence) for passage, sentence in self.sentences if passage >= 0]
        told = {passage for passage, _ in prose} - self.corrections
        for what, mend in headline_faults(self.readings, told, self.corrections):
            self._note(Level.HOLD, -1, what, mend)
        for what, mend in exclusion_faults(
            [sentence for _, sentence in prose],
            self.facts,
            speaks_of_nation=self._has_to_say_what_is_left_out(),
        ):
            self._note(Level.HOLD, None, what, mend)
        texts = [(passage, sentence.text.strip()) for passage, sentence in prose if passage in told]
        figures = [
            self.known.said(reading.figure)
            for reading in self.readings
            if reading.figure is not None and reading.passage in told and not reading.cell
        ]
        for level, passage, what, mend in style_faults(texts, figures, self.desk.style):
            self._note(level, passage, what, mend)
        for level, passage, what, mend in piece_faults(
            self.copy, self.desk.style, self._names_with_digits()
        ):
            self._note(level, passage, what, mend)

    def _names_with_digits(self) -> list[str]:
        """Return the names of the draft's areas that have a number in them."""
        areas = [self.facts.area, *(each.area for each in self.facts.excluded)]
        names = {name for area in areas for name in (area.name, area.police or "")}
        return [name for name in names if any(map(str.isdigit, name))]

    def _has_to_say_what_is_left_out(self) -> bool:
        """Tell whether the nation's figures are given: a chart's text has the article round it."""
        speaks = self.speaks_of_nation or self.known.own == self.known.nation
        return speaks and self.copy.piece is not PieceKind.ALT

    def _reading(
        self,
        passage: int,
        sentence: Sentence,
        mention: Mention,
        figure: Figure | None,
        *,
        cell: str = "",
        is_claim: bool = False,
        stated: Stated | None = None,
    ) -> None:
        start, end = sentence.span(mention)
        words, hedge = sentence.words(mention), sentence.hedge(mention)
        self.readings.append(
            Reading(passage, cell, start, end, words, figure, is_claim, hedge, stated)
        )

    def _hold(
        self, passage: int, sentence: Sentence, mention: Mention, what: str, mend: str
    ) -> None:
        self._note(
            *(Level.HOLD, passage, f"{quote(sentence, mention)} {what}.", mend),
            words=sentence.span(mention),
            sentence=sentence.whole,
        )

    def _note(
        self,
        level: Level,
        passage: int | None,
        what: str,
        mend: str,
        cell: str = "",
        *,
        words: Span | None = None,
        sentence: Span | None = None,
    ) -> None:
        problem = Problem(level, where(passage, cell), what, mend)
        self.faults.append(Fault(problem, passage, cell, words, sentence))
