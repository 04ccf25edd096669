"""The words of a plain-text article."""

from __future__ import annotations

import re

from generator.filing.banners import BANNERS
from generator.filing.copies.gathering import Gathered
from generator.model import BlockKind, Copy

_COLUMNS = re.compile(r" {2,}|\t+")
_WIDEST = 60
"""Characters of a cell; the reason why a force has no figure may be one."""
_ENDS = (".", "!", "?", "”", "’", '"', ":", ")", "]", "…")
"""Of a paragraph. A line in brackets is one, for words that are to come; a crosshead has no end."""


def read_text(text: str, *, is_headed: bool = True) -> Copy:
    """Read an article back: paragraphs with blank lines between, the first the headline.

    A piece that has no headline is all paragraphs.
    """
    gathered = Gathered()
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        rows = [_COLUMNS.split(line) for line in lines]
        begun = gathered.headline or gathered.passages
        if not begun and lines[0].startswith(BANNERS):
            gathered.add_banner(" ".join(lines))
        elif is_headed and not gathered.headline:
            gathered.add_headline(" ".join(lines))
        elif len(rows) > 1 and all(_is_row(row, len(rows[0])) for row in rows):
            gathered.add_table(rows)
        else:
            line = " ".join(lines)
            kind = BlockKind.PARAGRAPH if line.endswith(_ENDS) else BlockKind.CROSSHEAD
            gathered.add_text(line, kind)
    return gathered.copy()


def _is_row(cells: list[str], columns: int) -> bool:
    """Tell whether cells are a table's: two spaces after a full stop part no columns."""
    short = all(len(cell) <= _WIDEST and not cell.endswith((".", "!", "?")) for cell in cells)
    return len(cells) == columns > 1 and short
