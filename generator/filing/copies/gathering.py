"""Put what a file holds, part after part, together to a copy."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.filing.banners import STANDING
from generator.model import BlockKind, Copy, Passage

_DISCLOSES = "was produced by template from"
_MOST = 5_000
"""Paragraphs and cells of tables in a file: proofreading has to come to an end in seconds."""


class UnreadableError(ValueError):
    """The bytes are not what the file's name says, or more than can be read; says why."""


class UncheckableError(UnreadableError):
    """A reader of the file may see words in it that cannot be read here; says what holds them."""

    def __init__(self, what: str, mend: str = "Take it out, or write it as plain text.") -> None:
        super().__init__(what)
        self.mend = mend


@dataclass
class Gathered:
    """The parts of a file so far, in reading order."""

    headline: str = ""
    disclosure: str = ""
    banners: list[str] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    _number: int = 0

    def add_banner(self, text: str) -> None:
        """Take a warning that stands apart from the copy."""
        line = on_one_line(text)
        (self.standing if line.startswith(STANDING) else self.banners).append(line)

    def add_headline(self, text: str) -> None:
        """Take the headline; a second one is a crosshead."""
        if self.headline or self.passages:
            self.add_text(text, BlockKind.CROSSHEAD)
        else:
            self.headline = on_one_line(text)

    def add_text(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Take a paragraph or crosshead, or the line that says where the draft is from."""
        line = on_one_line(text)
        if not line:
            return
        if _DISCLOSES in line and not self.disclosure:
            self.disclosure = line
        else:
            self._refuse_many(1)
            self.passages.append(Passage(kind, line))

    def add_table(self, rows: list[list[str]]) -> None:
        """Take a table, its header first; one without cells is none."""
        self._refuse_many(sum(map(len, rows)))
        lines = tuple(tuple(map(on_one_line, row)) for row in rows if row)
        if lines:
            self.passages.append(Passage(BlockKind.TABLE, rows=lines))

    def _refuse_many(self, more: int) -> None:
        self._number += more
        if self._number > _MOST:
            raise UnreadableError(f"it has more than {_MOST:,} paragraphs and cells of tables")

    def copy(self) -> Copy:
        """Return all of it."""
        return Copy(
            self.headline,
            tuple(self.passages),
            self.disclosure,
            tuple(self.banners),
            standing=tuple(self.standing),
        )


def on_one_line(text: str) -> str:
    """Return the text with its white space as a browser shows it."""
    return " ".join(text.split())
