"""What the writing stage hands on: an article, its ledger and the draft they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain

from generator.desk import PieceKind, Slot
from generator.model.facts import Facts, Figure, Finding, Level, Problem, Supposition


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
    """() for a piece that has none."""
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


@dataclass(frozen=True)
class Piece:
    """The story told once more beside the article, shorter or for another use."""

    kind: PieceKind
    article: Article
    ledger: tuple[Claim, ...]


class Status(StrEnum):
    """Where a draft stands when a run files it."""

    READY = "ready"
    HELD = "held"
    EXCLUDED = "excluded"
    """The area has no figures for the period; the draft says so and gives the nation's."""


@dataclass(frozen=True)
class InDoubt:
    """What counts in doubt do to a draft.

    A hold where a claim that it prints would turn, or a printed figure has next to nothing of a
    quarter in it; a warning where it would only say it in other words, a note where it would say
    the same.
    """

    supposition: Supposition
    level: Level
    where: str = ""
    """The first sentence that is touched: headline, or paragraph and number."""
    sentence: str = ""
    instead: str = ""
    """What it would say, "" if it would not be said, or if nothing is touched."""
    turned: tuple[str, ...] = ()
    """The claims that would not hold, in words."""
    touched: int = 0
    """How many sentences would say something else: none where they only rest on the figure."""


@dataclass(frozen=True)
class Draft:
    """A story written for one area."""

    facts: Facts
    article: Article
    ledger: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    disclosure: str
    """The line that says that a template produced the draft, from which release."""
    pieces: tuple[Piece, ...] = ()
    slot: Slot | None = None
    """The place for the force's answer, None where it is not asked for one."""
    doubts: tuple[InDoubt, ...] = ()
    """What counts in doubt do to it, the gravest first."""
    branches: frozenset[str] = field(default=frozenset())
    """Which ways its templates went: file, line, and `if`, `else` or `variant 1 of 2`."""

    @property
    def claims(self) -> Iterator[Claim]:
        """Every claim, of the article and then of the pieces."""
        return chain(self.ledger, *(piece.ledger for piece in self.pieces))

    def led_by(self, piece: Piece) -> Draft:
        """Return the draft as if a piece were its article: what is asked of one fits the other."""
        return replace(self, article=piece.article, ledger=piece.ledger, pieces=())

    @property
    def has_variants(self) -> bool:
        """True where its templates could have said something in another way."""
        return any("variant" in branch.rpartition(":")[2] for branch in self.branches)

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
