"""What a claim rests on: the one trail, from the printed words to the published rows.

The page of a draft and `newscopy explain` both show this trail, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from generator.desk import Desk
from generator.filing.formulas import expanded_value, filter_words, formula_words, rounding_words
from generator.model import Draft, Facts, Figure, Finding, Quotation, Release, SourceRows, Unit
from generator.printing import print_exact, print_figure

_REMEMBERED = 1024
"""Trails: the nation's, which every draft has, and those of the areas just done."""


@dataclass(frozen=True)
class QuarterRows:
    """The rows of one quarter in a sheet, and what they add up to."""

    quarter: str
    total: int
    rows: int
    first_row: int
    last_row: int


@dataclass(frozen=True)
class SheetRows:
    """The rows of one published sheet; `sheet` is "" for a CSV.

    `number` is the file's place among the release's files, from 1, or 0 where the release
    does not list it.
    """

    file: str
    sheet: str
    sha256: str
    number: int
    quarters: tuple[QuarterRows, ...]


@dataclass(frozen=True)
class CountTrail:
    """Which rows a count is the sum of: the filter in words, and the sheets with their rows."""

    column: str
    filters: tuple[str, ...]
    sheets: tuple[SheetRows, ...]


@dataclass(frozen=True, eq=False)
class FigureTrail:
    """A figure: what it is of, how it is printed and rounded, its formula and what is in it."""

    figure: Figure
    title: str
    printed: str
    exact: str
    expanded: str
    """The exact value in decimals, more of them than are printed; "" for a whole number."""
    rounding: str
    """How print comes from it."""
    formula: str
    """In words."""
    in_numbers: str
    """The formula with the values in it; "" for a count."""
    count: CountTrail | None
    parts: tuple[FigureTrail, ...]

    @property
    def kind(self) -> str:
        """The word for what is behind the claim."""
        return "figure"


@dataclass(frozen=True, eq=False)
class FindingTrail:
    """A finding: why it holds, and the figures that were compared."""

    id: str
    why: str
    evidence: tuple[FigureTrail, ...]

    @property
    def kind(self) -> str:
        """The word for what is behind the claim."""
        return "finding"


@dataclass(frozen=True, eq=False)
class QuotationTrail:
    """A quotation: whose words, whether word for word, and where they are from."""

    speaker: str
    verbatim: bool
    source: str

    @property
    def kind(self) -> str:
        """The word for what is behind the claim."""
        return "quotation"


Trail = FigureTrail | FindingTrail | QuotationTrail


def kind_of(support: Figure | Finding | Quotation) -> str:
    """Return the word for what is behind a claim."""
    match support:
        case Figure():
            return "figure"
        case Finding():
            return "finding"
    return "quotation"


def rows_of(source: SourceRows | QuarterRows) -> str:
    """Return the rows of the published table as it numbers them: `2-23041`."""
    if source.first_row == source.last_row:
        return str(source.first_row)
    return f"{source.first_row}-{source.last_row}"


def trails_of(draft: Draft, release: Release, desk: Desk) -> tuple[Trail, ...]:
    """Return the trail of every claim of a draft, in the order of its ledger."""
    return Trails(release, desk).of(draft)


class Trails:
    """Finds the trails of draft after draft from one release."""

    def __init__(self, release: Release, desk: Desk) -> None:
        self.desk = desk
        self.names = {area.id: area.name for area in desk.areas}
        self.files = {
            file.name: (number, file.sha256) for number, file in enumerate(release.files, 1)
        }
        self._builder: _Builder | None = None

    def of(self, draft: Draft) -> tuple[Trail, ...]:
        """Return the trail of every claim of a draft, in the order of its ledger."""
        builder = self._builder_for(draft.facts)
        return tuple(builder.trail(claim.support) for claim in draft.ledger)

    def figure(self, figure: Figure, facts: Facts) -> FigureTrail:
        """Return the trail of one figure that is known of an area."""
        return self._builder_for(facts).figure(figure)

    def _builder_for(self, facts: Facts) -> _Builder:
        builder = self._builder
        if builder is None or not builder.fits(facts):
            builder = self._builder = _Builder(facts, self)
        return builder


class _Builder:
    """The trails of a story's drafts; a figure that stands in many of them has one."""

    def __init__(self, facts: Facts, trails: Trails) -> None:
        self.story = facts.story
        self.excluded = facts.excluded
        self.names = trails.names
        self.files = trails.files
        self.nation = trails.desk.nation.id
        self.dataset = trails.desk.datasets[facts.story.dataset]
        self.left_out = [exclusion.area.name for exclusion in facts.excluded]
        self.trail = lru_cache(maxsize=_REMEMBERED)(self._trail)
        self.figure = lru_cache(maxsize=_REMEMBERED)(self._figure)
        self.filters = lru_cache(maxsize=None)(self._filters)

    def fits(self, facts: Facts) -> bool:
        """Tell whether the trails of this area's draft are told as those before."""
        return facts.story is self.story and facts.excluded is self.excluded

    def _trail(self, support: Figure | Finding | Quotation) -> Trail:
        match support:
            case Figure() as figure:
                return self.figure(figure)
            case Finding(id=name, why=why, evidence=evidence):
                return FindingTrail(name, _sentence(why), tuple(map(self.figure, evidence)))
            case Quotation(speaker=speaker, verbatim=verbatim, source=source):
                return QuotationTrail(_sentence(speaker), verbatim, source)

    def _figure(self, figure: Figure) -> FigureTrail:
        name = self.names.get(figure.area, figure.area)
        formula, in_numbers = formula_words(figure)
        return FigureTrail(
            figure=figure,
            title=f"{_sentence(figure.label)}, {name}, {figure.period}",
            printed=print_figure(figure),
            exact=print_exact(figure),
            expanded="" if isinstance(figure.value, int) else expanded_value(figure),
            rounding="" if isinstance(figure.value, int) else rounding_words(figure),
            formula=formula,
            in_numbers=in_numbers,
            count=self._count(figure),
            parts=tuple(map(self.figure, figure.parts)),
        )

    def _filters(self, measure: str) -> tuple[str, ...]:
        return tuple(filter_words(self.story.measures[measure], self.dataset))

    def _count(self, figure: Figure) -> CountTrail | None:
        if figure.unit is not Unit.COUNT:
            return None
        column, *filters = self.filters(figure.measure)
        return CountTrail(
            column,
            (self._area_words(figure), *filters),
            tuple(_sheets(figure.sources, self.files)),
        )

    def _area_words(self, figure: Figure) -> str:
        if figure.area != self.nation:
            return f"area {self.names.get(figure.area, figure.area)}"
        if not self.left_out:
            return "every area"
        return f"every area but {', '.join(self.left_out)}"


def _sheets(
    sources: Sequence[SourceRows], files: Mapping[str, tuple[int, str]]
) -> Iterator[SheetRows]:
    for table, group in groupby(sources, key=lambda source: source.table):
        number, sha256 = files.get(table.file, (0, ""))
        quarters = tuple(
            QuarterRows(str(one.quarter), one.total, one.rows, one.first_row, one.last_row)
            for one in group
        )
        yield SheetRows(table.file, table.sheet, sha256, number, quarters)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
