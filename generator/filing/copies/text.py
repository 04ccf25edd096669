"""The words of a plain-text article."""

from __future__ import annotations

import re

from generator.filing.banners import EMBARGOED, HELD, PROVISIONAL, SAMPLE
from generator.filing.copies.gathering import Gathered
from generator.model import BlockKind, Copy

_BANNERS = (SAMPLE, HELD, PROVISIONAL, EMBARGOED)
_COLUMNS = re.compile(r" {2,}|\t+")
_ENDS = (".", "!", "?", "”", "’", '"', ":", ")", "…")


def read_text(text: str) -> Copy:
    """Read an article back: paragraphs with blank lines between, the first the headline."""
    gathered = Gathered()
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        rows = [_COLUMNS.split(line) for line in lines]
        if not gathered.headline and lines[0].startswith(_BANNERS):
            gathered.add_banner(" ".join(lines))
        elif not gathered.headline:
            gathered.add_headline(" ".join(lines))
        elif len(rows) > 1 and all(len(row) == len(rows[0]) > 1 for row in rows):
            gathered.add_table(rows)
        else:
            line = " ".join(lines)
            kind = BlockKind.PARAGRAPH if line.endswith(_ENDS) else BlockKind.CROSSHEAD
            gathered.add_text(line, kind)
    return gathered.copy()
