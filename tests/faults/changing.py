"""Make one change to finished copy, wherever in it the words stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import BlockKind, Copy, Passage

BETWEEN = " | "
"""Between the cells of a table's row, as changes name them."""


@dataclass(frozen=True)
class Spot:
    """A text of a copy: the headline (-1), a paragraph, or a row of a table."""

    passage: int
    row: int | None
    text: str


def spots(copy: Copy) -> Iterator[Spot]:
    """Yield every text of a copy, headers of tables left out."""
    yield Spot(-1, None, copy.headline)
    for number, passage in enumerate(copy.passages):
        if passage.kind is BlockKind.TABLE:
            for row, cells in enumerate(passage.rows[1:], start=1):
                yield Spot(number, row, BETWEEN.join(cells))
        else:
            yield Spot(number, None, passage.text)


def put(copy: Copy, spot: Spot, text: str) -> Copy:
    """Return the copy with another text in a spot."""
    if spot.passage == -1:
        return replace(copy, headline=text)
    passages = list(copy.passages)
    passage = passages[spot.passage]
    if spot.row is None:
        passages[spot.passage] = replace(passage, text=text)
    else:
        rows = list(passage.rows)
        rows[spot.row] = tuple(text.split(BETWEEN))
        passages[spot.passage] = Passage(passage.kind, rows=tuple(rows))
    return replace(copy, passages=tuple(passages))


def change(copy: Copy, old: str, new: str) -> Copy:
    """Put a text in the place of the first like `old`, which has to be there."""
    for spot in spots(copy):
        if old in spot.text:
            return put(copy, spot, spot.text.replace(old, new, 1))
    raise AssertionError(f"the copy has no {old!r}")
