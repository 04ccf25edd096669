"""Whether the cells of a table are what their row and column say: an area and a measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.desk import Desk
from generator.model import Facts, Figure, Passage
from generator.writing.proofread import holding
from generator.writing.proofread.known import Known, Role
from generator.writing.proofread.lexicon import CLAIM_SENSES, Sense
from generator.writing.proofread.memory import Lexicon
from generator.writing.proofread.numerals import Number
from generator.writing.proofread.sentences import Mention, Sentence

_LONGEST_SHOWN = 60
"""Characters of a cell in a message: there is a message for every number and claim in it."""


@dataclass(frozen=True)
class Cell:
    """A number or claim in a cell: "row:column", where in it, the figure that it is, its fault."""

    place: str
    sentence: Sentence
    mention: Mention
    figure: Figure | None
    fault: str = ""


class TableReader:
    """Reads tables whose rows are areas and whose columns are measures of the story's period."""

    def __init__(self, known: Known, lexicon: Lexicon, desk: Desk) -> None:
        self.known = known
        self.lexicon = lexicon
        self.desk = desk

    def read(self, table: Passage) -> Iterator[Cell]:
        """Yield every number and claim of a table, its header and first column included."""
        header, *body = table.rows or ((),)
        columns = [self._measure(title) for title in header]
        for column, title in enumerate(header):
            yield from self._apart(f"0:{column}", title)
        for row, cells in enumerate(body, start=1):
            area = self.lexicon.area_ids.get(cells[0].casefold(), "") if cells else ""
            for column, text in enumerate(cells):
                place = f"{row}:{column}"
                if not column:
                    yield from self._apart(place, text)
                    continue
                measure = columns[column] if column < len(columns) else ""
                yield from self._cell(place, text, area, measure)

    def _sentences(self, text: str) -> Sequence[Sentence]:
        return self.lexicon.sentences(text, self.known.period.kind)

    def _measure(self, title: str) -> str:
        """Return what a column's title says that it has."""
        for sentence in self._sentences(title):
            for mention in sentence.mentions:
                if mention.sense is Sense.MEASURE:
                    return str(mention.value)
                if mention.sense is Sense.SHARE and self.known.lead in self.known.shares:
                    return self.known.lead
        return ""

    def _apart(self, place: str, text: str) -> Iterator[Cell]:
        """Read a title or the name of a row, which may say when and nothing else."""
        for sentence in self._sentences(text):
            for mention in sentence.mentions:
                when = mention.sense is Sense.PERIOD
                if when and mention.value != self.known.period:
                    fault = f"“{_short(text)}” is of another period than the table."
                    yield Cell(place, sentence, mention, None, fault)
                elif mention.sense is Sense.QUANTITY or mention.sense in CLAIM_SENSES:
                    fault = f"“{_short(text)}” says more than what the cells beside it are."
                    yield Cell(place, sentence, mention, None, fault)

    def _cell(self, place: str, text: str, area: str, measure: str) -> Iterator[Cell]:
        known = self.known
        if area in known.areas and text in _said_of_none(known.areas[area]):
            return
        figure = known.figure(Role(area, measure, known.period))
        for sentence in self._sentences(text):
            for mention in sentence.mentions:
                number = mention.value
                if mention.sense in CLAIM_SENSES:
                    yield Cell(
                        place, sentence, mention, None, f"“{_short(text)}” claims something."
                    )
                elif mention.sense in (Sense.QUANTITY, Sense.PERIOD):
                    right = (
                        figure is not None
                        and isinstance(number, Number)
                        and holding.is_said_of(number, mention.hedge, figure, self.desk.style)
                    )
                    about = f"not {known.said(figure)}" if figure else "no figure"
                    fault = "" if right else f"“{_short(text)}” is {about}."
                    yield Cell(place, sentence, mention, figure if right else None, fault)


def _said_of_none(facts: Facts) -> Sequence[str]:
    """Return what may stand in the place of an area's figures, where it has none."""
    return [words for words in (facts.unavailable, facts.incomplete) if words]


def _short(text: str) -> str:
    """Return a cell's text for a message."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
