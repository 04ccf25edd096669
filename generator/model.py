"""The frozen types that stages hand to each other."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.desk import Area, Entry, Measure, Story
from generator.periods import Period, Quarter
from generator.rounding import round_half_up

if TYPE_CHECKING:
    import pandas as pd


# --- release ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A published file as it was read: `archive.zip/table.xlsx` for one inside a zip."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Release:
    """One publication of a dataset."""

    dataset: str
    title: str
    publisher: str
    source: str
    licence: str
    published: datetime.date | None
    """None where no release.yml says: then nothing in copy is reckoned from it."""
    files: tuple[SourceFile, ...]
    embargo: datetime.datetime | None = None
    provisional: bool = False
    sample: bool = False
    assumed: tuple[str, ...] = ()
    """What was taken for granted, in sentences, because nobody said."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a published file; `sheet` is "" for a CSV."""

    file: str
    sheet: str


@dataclass(frozen=True)
class Observations:
    """Tidy rows, one for each row of the published tables that is about a known area.

    `rows` has the columns `area` (category of area ids), `quarter` (int, see
    `Quarter.ordinal`), `outcome`, `offence_code`, `offence_group` (categories; only those
    that the dataset has and the run needs), and for each count column read, under its
    name, its integers (0 where a mark stands) and under `<name>_missing` whether a mark
    says that the number was not provided; then `table` (int, an index into `tables`) and
    `row` (int, 1-based, as the file shows it).
    """

    rows: pd.DataFrame
    tables: tuple[Table, ...]


# --- figures ------------------------------------------------------------------------------


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

    @property
    def in_print_units(self) -> Fraction:
        """The exact value as print counts it: hundredths for shares, ones for counts."""
        scale = 1 if self.unit in (Unit.COUNT, Unit.RANK) else 100
        return Fraction(self.value) * scale

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


@dataclass(frozen=True)
class Exclusion:
    """An area left out of the nation's basket, and why."""

    area: Area
    reason: str
    """What the force did, to follow its name in copy."""
    periods: tuple[Period, ...]
    entry: Entry | None = None


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

    @property
    def lead(self) -> MeasureFacts:
        """The measure that the story is ranked by."""
        return self.measures[self.story.lead]


# --- writing ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Quotation:
    """Words of a quote, to be printed as they are or not at all."""

    quote: str
    """The id in quotes.yml."""
    text: str
    verbatim: bool
    """True for the speaker's own words, False for reported speech."""
    speaker: str
    source: str


@dataclass(frozen=True)
class Run:
    """A stretch of an article's words with the same claims behind all of it.

    `claims` are indexes into the draft's ledger, outermost first; () for plain words.
    """

    text: str
    claims: tuple[int, ...] = ()


Runs = tuple[Run, ...]


class BlockKind(StrEnum):
    """What a block of an article is."""

    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    TABLE = "table"


@dataclass(frozen=True)
class Block:
    """A paragraph or a crosshead (`runs`), or a table (`rows` of cells, the header first)."""

    kind: BlockKind
    runs: Runs = ()
    rows: tuple[tuple[Runs, ...], ...] = ()


@dataclass(frozen=True)
class Article:
    """The one object that every format is written from."""

    headline: Runs
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Claim:
    """A stretch of a draft's words with the figure, finding or quotation behind it.

    `block` is -1 for the headline; `start` and `end` are offsets into the plain text of
    the headline, the paragraph or (with `cell`, "row:column") the table cell.
    """

    text: str
    block: int
    start: int
    end: int
    support: Figure | Finding | Quotation
    cell: str = ""
    as_printed: str = ""
    """For a figure printed otherwise than at its own precision: how."""


class Status(StrEnum):
    """Where a draft stands when a run files it."""

    READY = "ready"
    HELD = "held"
    EXCLUDED = "excluded"
    """The area has no figures for the period; the draft says so and gives the nation's."""


@dataclass(frozen=True)
class Draft:
    """A story written for one area."""

    facts: Facts
    article: Article
    ledger: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    disclosure: str
    """The line that says that a template produced the draft, from which release."""
    branches: frozenset[str] = field(default=frozenset())

    @property
    def status(self) -> Status:
        """Held before excluded before ready."""
        if any(problem.level is Level.HOLD for problem in self.problems):
            return Status.HELD
        return Status.EXCLUDED if self.facts.incomplete else Status.READY

    @property
    def headline(self) -> str:
        """The headline in plain words."""
        return plain(self.article.headline)

    @property
    def folder(self) -> str:
        """Where the draft is filed within the output folder, with `/`."""
        return f"{self.facts.story.id}/{self.facts.period.id}/{self.facts.area.id}"


def plain(runs: Runs) -> str:
    """Return the words of the runs."""
    return "".join(run.text for run in runs)
