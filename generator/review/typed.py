"""What an editor types on the page, and the article that it is: plain text, a blank line between.

A line that begins with `## ` is a crosshead, and lines that begin and end with `|` are the rows of
a table, with ` | ` between cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.filing import Banner, article_markdown, article_text, sha256
from generator.model import BlockKind, Copy, Passage, article_of

_MARKDOWN = ".md"
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_CROSSHEAD = "## "
_CELLS = " | "
_ROW = re.compile(r"\|.*\|")


@dataclass(frozen=True)
class Typed:
    """What was typed, and into which text."""

    name: str
    """The file that it is to be saved as."""
    headline: str
    """"" of a piece that has none."""
    text: str
    began_from: str
    """The sha256 of the file as the editor had it before them; "" where there was none."""
    takes_over: str = ""
    """The sha256 of the new version beside it whose words they began from, "" for the file's."""
    as_opened: str = ""
    """What `words_hash` said of the window when it was opened; "" where it had words that lie
    nowhere yet."""

    @property
    def is_saved(self) -> bool:
        """True where the window has the words that it was opened with, which lie there."""
        return words_hash(self.headline, self.text) == self.as_opened


def as_typed(copy: Copy) -> str:
    """Return the text under a copy's headline as an editor has it before them."""
    return "\n\n".join(map(_typed, copy.passages))


def words_hash(headline: str, text: str) -> str:
    """Return a sha256 of the words of a window, whatever space and line ends are around them."""
    words = (_on_one_line(headline), *map(_typed, _passages(text)))
    return sha256("\n\n".join(words).encode())


def as_copy(typed: Typed, before: Copy) -> Copy:
    """Return what was typed as a copy, with the line of origin that it had `before`."""
    headline = _on_one_line(typed.headline) if before.is_headed else ""
    return replace(before, headline=headline, passages=tuple(_passages(typed.text)))


def as_file(name: str, copy: Copy, banners: Sequence[Banner]) -> bytes:
    """Write a copy as a file of this name has it, with these banners above."""
    write = article_markdown if name.endswith(_MARKDOWN) else article_text
    return write(article_of(copy), banners, copy.disclosure).encode()


def _typed(passage: Passage) -> str:
    match passage.kind:
        case BlockKind.TABLE:
            return "\n".join(f"| {_CELLS.join(cells)} |" for cells in passage.rows)
        case BlockKind.CROSSHEAD:
            return f"{_CROSSHEAD}{passage.text}"
    return passage.text


def _passages(text: str) -> Iterator[Passage]:
    for part in _BLANK_LINE.split(text.replace("\r\n", "\n")):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        if all(map(_ROW.fullmatch, lines)):
            yield Passage(BlockKind.TABLE, rows=tuple(map(_cells, lines)))
        elif len(lines) == 1 and lines[0].startswith(_CROSSHEAD):
            yield Passage(BlockKind.CROSSHEAD, lines[0].removeprefix(_CROSSHEAD).strip())
        else:
            yield Passage(BlockKind.PARAGRAPH, " ".join(lines))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line[1:-1].split("|"))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
