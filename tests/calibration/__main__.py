"""Calibrate the rule for doubts on the real counts, and write the tables: `make calibrate`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from generator.desk import builtin_desk, load_desk

from .backtest import look_back, look_later, tell_now
from .bars import PRINTED, Kind, judge_kind, judge_ready, judge_spreads, judge_years
from .counts import REAL, read_counts
from .faults import ENDS, FAULTS, Effect, Releases, draw
from .others import spread
from .ready import run_all
from .tables import (
    PAGE,
    bars_table,
    faults_table,
    holds_table,
    newest_table,
    put_between,
    ready_table,
    spreads_table,
    trials_table,
    years_table,
)
from .thresholds import try_thresholds


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the tables, and write them into docs/doubts.md."""
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__)
    parser.add_argument("--enough", type=int, default=200, help="faults of a kind (200)")
    parser.add_argument("--spread", type=int, default=84, help="whole releases with a fault (84)")
    parser.add_argument("--print", action="store_true", help="leave docs/doubts.md as it is")
    asked = parser.parse_args(arguments)
    if not REAL.is_file():
        sys.exit(f"The real counts are no part of the project, and are not here: {REAL}")
    tables = calibrate(asked.enough, asked.spread)
    Console().print(tables, markup=False, highlight=False, soft_wrap=True)
    if not asked.print:
        PAGE.write_text(put_between(PAGE.read_text("utf-8"), tables), "utf-8")


def calibrate(enough: int, releases_with_fault: int) -> str:
    """Return all tables."""
    desk = load_desk(builtin_desk())
    counts = read_counts(desk)
    _tell("every year on the real counts")
    years = list(look_back(counts, desk))
    releases = Releases(counts, desk)
    turned = [Kind(fault, newest) for newest in (False, True) for fault in FAULTS]
    found = {}
    for kind in (*turned, *PRINTED):
        _tell(str(kind))
        found[kind] = draw(kind.fault, kind.effect, releases, enough, newest=kind.newest)
    _tell("whole releases with one fault")
    spreads = list(spread(releases, releases_with_fault))
    _tell("other thresholds")
    trials = list(try_thresholds(releases, min(enough, 100)))
    newest = look_later(map(releases.at, ENDS), tell_now(counts, desk, "2025"))
    _tell("whole runs")
    with tempfile.TemporaryDirectory(prefix="newscopy-calibrate-") as folder:
        readies = list(run_all(Path(folder), desk))
    then, now = zip(*years, strict=True)
    bars = [
        *judge_years(then, "as released then"),
        *judge_years(now, "as released now"),
        *(bar for kind, drawn in found.items() for bar in judge_kind(kind, drawn)),
        judge_spreads(spreads),
        *(bar for ready in readies for bar in judge_ready(ready)),
    ]
    parts = {
        "What is asked of it": bars_table(bars),
        "Every year on the real counts": years_table(years),
        "Each hold, and the claim that turns": holds_table(years),
        "Planted faults that turned a printed claim, before the newest quarter": faults_table(
            found, Effect.TURNED, newest=False
        ),
        "Planted faults that turned a printed claim, in the newest quarter": faults_table(
            found, Effect.TURNED, newest=True
        ),
        "Next to nothing in a printed figure, before the newest quarter": faults_table(
            found, Effect.PRINTED, newest=False
        ),
        "Next to nothing in a printed figure, in the newest quarter": faults_table(
            found, Effect.PRINTED, newest=True
        ),
        "Newest quarters in doubt": newest_table(*newest),
        "Other thresholds": trials_table(trials),
        "One fault in a whole release": spreads_table(spreads),
        "Whole runs on real releases": ready_table(readies),
    }
    return "\n\n".join(f"### {title}\n\n{shown}" for title, shown in parts.items())


def _tell(what: str) -> None:
    Console(stderr=True).print(f"{what} …", highlight=False)


if __name__ == "__main__":
    main()
