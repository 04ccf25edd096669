"""The small table with counts of a quarter that nobody would expect."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from small_desk import publish
from tables import CLOSED, Rows, rows_of

from generator.desk import load_desk
from generator.periods import Quarter
from generator.pipeline import run
from generator.requests import Request

Odd = Mapping[tuple[str, Quarter, int], int]
"""By force, quarter and outcome (1, 14, 16 or 18): the count that is there instead."""

KENT = ("Kent", Quarter(2020, 2), 18)
"""April to June 2020: of 5,000 offences closed in every quarter 3,240 are of this outcome."""
LOW: Odd = {KENT: 240}
"""2,000 offences closed: 8.2% ended in a charge in 2020, and with 5,000 it were 7%, a fall."""


NORTHUMBRIA = {1: 20, 14: 0, 16: 40, 18: 240}
"""By outcome: of 4,040 offences closed in every quarter only 300 are there."""
FAR_BELOW: Odd = {("Northumbria", Quarter(2020, 3), each): n for each, n in NORTHUMBRIA.items()}
"""July to September 2020, under a fifth of what is expected."""


def with_odd(odd: Odd) -> Rows:
    """Return the small table's rows with these counts."""
    left = dict(odd)
    rows = []
    for row in rows_of(CLOSED):
        year, number, force, _, _, outcome, *_ = row
        quarter = Quarter.of_financial_year(int(str(year)[:4]), int(str(number)))
        count = left.pop((str(force), quarter, int(str(outcome))), row[-1])
        rows.append((*row[:-2], count, count))
    assert not left, f"there are no such rows: {left}"
    return rows


def file_odd(desk: Path, odd: Odd, day: str = "2021-06-10") -> None:
    """Publish the small table with these counts, and file a desk's drafts of it."""
    release = publish(desk / "releases" / day, with_odd(odd), dated=False)
    (release / "release.yml").write_text(f"published: {day}\n", "utf-8")
    run(Request(release), load_desk(desk), desk / "output")
