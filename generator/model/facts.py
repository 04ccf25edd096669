"""What the figures stage hands on: figures, findings and an area's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from generator.desk import Answer, Area, Entry, Measure, PieceKind, Story
from generator.model.doubts import Doubt
from generator.model.releases import Table
from generator.periods import Period, Quarter
from generator.rounding import round_half_up


class Unit(StrEnum):
    """What a figure's number is a number of."""

    COUNT = "count"
    SHARE = "share"
    """A fraction of one, printed as a percentage."""
    POINTS = "percentage points"
    """A difference of two shares, as a fraction of one."""
    CHANGE = "per cent change"
    """A relative change, as a fraction of one."""
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class SourceRows:
    """The published rows of one quarter, in one sheet, that a count is the sum of."""

    table: Table
    quarter: Quarter
    first_row: int
    last_row: int
    rows: int
    total: int

    def __reduce__(self) -> tuple[type[SourceRows], tuple[object, ...]]:
        """Cross to another process quickly: there are many of them."""
        fields = (self.table, self.quarter, self.first_row, self.last_row, self.rows, self.total)
        return SourceRows, fields


@dataclass(frozen=True)
class Figure:
    """One number, exact, with its unit, its rounding rule and its provenance.

    A count and a rank are `int`; every other value is a `Fraction` (of one, not of a
    hundred). A count has `sources`; any other figure has `parts`, the figures that its
    formula is made of.
    """

    id: str
    label: str
    area: str
    measure: str
    period: Period
    unit: Unit
    value: int | Fraction
    formula: str
    decimals: int = 0
    small: int | None = None
    """The percentage up to which copy may call it "just"."""
    parts: tuple[Figure, ...] = ()
    sources: tuple[SourceRows, ...] = ()

    def __hash__(self) -> int:
        # Figures are told apart by their ids; all that they are made of need not be gone through.
        return hash(self.id)

    @property
    def in_print_units(self) -> Fraction:
        """The exact value as print counts it: hundredths for shares, ones for counts."""
        scale = 1 if self.unit in (Unit.COUNT, Unit.RANK) else 100
        return Fraction(self.value * scale)

    @property
    def as_printed(self) -> Fraction:
        """The value in print units at the precision of print."""
        return round_half_up(self.in_print_units, self.decimals)


@dataclass(frozen=True)
class Finding:
    """A statement about figures that is known to hold or not; it is true where it holds.

    `why` says what decided it, in words for an editor; `evidence` is the figures compared.
    """

    id: str
    holds: bool
    why: str
    evidence: tuple[Figure, ...] = ()

    def __bool__(self) -> bool:
        return self.holds


@dataclass(frozen=True)
class Comparison:
    """One figure against another of the same measure: a direction, and how far.

    `higher` and `lower` hold only where the values differ both exactly and as printed;
    `level` holds where they print alike. None holds where either figure is missing.
    """

    figure: Figure | None
    other: Figure | None
    higher: Finding
    lower: Finding
    level: Finding
    slight: Finding
    """The two differ, by less than the desk's "slightly"."""
    points: Figure | None = None
    """Of two shares: this less the other, in percentage points, unsigned."""
    change: Figure | None = None
    """Of two counts: the relative change, unsigned."""


@dataclass(frozen=True)
class Point:
    """A series at one period: `figure` is None where the period is incomplete or too small."""

    period: Period
    figure: Figure | None
    complete: bool
    why: str = ""
    aside: bool = False
    """Of the nation: copy does not compare the period, and one of its areas has a gap in it."""


@dataclass(frozen=True)
class MeasureFacts:
    """All that is known of one measure for one area, up to the period of the story."""

    name: str
    measure: Measure
    period: Period
    figure: Figure | None
    first: Figure | None
    """The first period's, None where that period is this one or is incomplete."""
    previous: Figure | None
    baseline: Figure | None
    small_base: Finding
    """The share exists, on too few cases to be printed."""
    record_high: Finding
    joint_high: Finding
    record_low: Finding
    joint_low: Finding
    hidden_record: Finding
    """A record that cannot be seen at the printed precision."""
    below_peak: Finding
    """An earlier complete period was higher, exactly and as printed: no record high."""
    above_trough: Finding
    """An earlier complete period was lower: no record low."""
    on_first: Comparison
    on_previous: Comparison
    on_baseline: Comparison
    against_nation: Comparison
    rank: Figure | None
    """Place among comparable areas, 1 the highest."""
    ranked: int
    """How many areas were ranked."""
    series: tuple[Point, ...]
    level: int = 1
    """How many areas share that place, this one included."""


@dataclass(frozen=True)
class Exclusion:
    """An area left out of the nation's basket, and why."""

    area: Area
    reason: str
    """To follow the area's name in copy."""
    periods: tuple[Period, ...]
    entry: Entry | Answer | None = None
    """Of the register, or an answer to a doubt: with either, the reason is what its source says."""
    unavailable: str = ""
    """Without one: a clause that copy has in the place of a reason, which nobody gave."""
    why: str = ""
    """For the editor: what is known of the newest of the periods."""


@dataclass(frozen=True)
class Score:
    """How newsworthy a draft is, 0 to 100, and the reasons in words."""

    points: int
    reasons: tuple[str, ...]


class Level(StrEnum):
    """How grave a problem is."""

    HOLD = "hold"
    """The draft must not be published as it is."""
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a draft: where, what, and how to mend it."""

    level: Level
    where: str
    what: str
    mend: str
    piece: str = ""
    """What it is of beside the article: "brief"; "" for the article, or for all of the draft."""

    @property
    def place(self) -> str:
        """Where it is among the files of a draft: "social.txt: paragraph 1"."""
        if not self.piece:
            return self.where
        called = PieceKind(self.piece).called
        return f"{called}: {self.where}" if self.where else called


@dataclass(frozen=True)
class Facts:
    """What is known of one area for one story and period: all that a template may use."""

    story: Story
    area: Area
    period: Period
    measures: Mapping[str, MeasureFacts]
    incomplete: str
    """Why the area has no figures for the period, to follow the force's name; "" if it has."""
    excluded: tuple[Exclusion, ...]
    """Areas that are not in the nation's basket."""
    score: Score
    problems: tuple[Problem, ...]
    nation: Facts | None
    """The nation's facts; None for the nation itself."""
    areas: tuple[Facts, ...] = ()
    """For the nation: every area's facts, highest lead measure first."""
    doubts: tuple[Supposition, ...] = ()
    """What is in doubt of the area, each doubt alone and then all together."""
    unavailable: str = ""
    """Where it has no figures and nobody gave a reason: a clause that copy has instead."""
    answers: tuple[Answer, ...] = ()
    """What was answered to doubts about it, as far as it holds for what the release has; for the
    nation, about any of its areas."""
    other: Facts | None = None
    """The nation's as the areas complete in every period, where its own are not those alone.

    Copy that names whom those leave out, and gives their figures, is right as well.
    """
    caveats: tuple[Entry, ...] = ()
    """Of the register: each with a sentence that copy may print for its readers."""

    @property
    def lead(self) -> MeasureFacts:
        """The measure that the story is ranked by."""
        return self.measures[self.story.lead]

    @property
    def why(self) -> str:
        """Why the area has no figures for the period, for an editor; "" if it has."""
        return self.lead.series[-1].why if self.incomplete else ""

    @property
    def told(self) -> str:
        """The story and the period as folders name them: `charged/2020`."""
        return f"{self.story.id}/{self.period.id}"

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Every count and share that is known of the area, by id, oldest first.

        A baseline may lie before the series.
        """
        found: dict[str, Figure] = {}
        for measured in self.measures.values():
            beside = (measured.first, measured.previous, measured.baseline)
            for figure in (*(point.figure for point in measured.series), *beside):
                if figure is not None:
                    found.setdefault(figure.id, figure)
        return found


@dataclass(frozen=True)
class Supposition:
    """What would be otherwise if the expected counts stood in place of those in doubt.

    `doubts` is one doubt, or several of an area's together; `facts` are the area's as they would
    be. `turned` are the ids of the findings that would not hold any more, and of places
    among areas that would be others; `moved` those of figures with another value.
    """

    doubts: tuple[Doubt, ...]
    facts: Facts
    turned: frozenset[str]
    moved: frozenset[str]
    without: Figure | None = None
    """For the nation: its lead figure without the areas in doubt, for information."""

    @property
    def can_hold(self) -> bool:
        """Tell whether a claim that turns holds the draft: no lesser doubt has a part in it."""
        return all(doubt.can_hold for doubt in self.doubts)

    @property
    def is_far_below(self) -> bool:
        """Tell whether a count is next to nothing of what was expected."""
        return all(doubt.is_far_below for doubt in self.doubts)
