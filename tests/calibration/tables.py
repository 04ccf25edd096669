"""What was found as tables, for the terminal and for docs/doubts.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .backtest import Newest, Year
from .bars import Kind, Met
from .faults import COUNTS, EXCHANGED, SIZES, Drawn, Effect, Fault
from .others import Spread
from .ready import Ready
from .thresholds import TRIED, Trial

PAGE = Path(__file__).parents[2] / "docs" / "doubts.md"
BEGIN = "<!-- written by make calibrate: begin -->"
END = "<!-- written by make calibrate: end -->"

Found = Mapping[Kind, Sequence[Drawn]]
Row = Sequence[object]


def put_between(page: str, tables: str) -> str:
    """Return a page with what stands between its two marks replaced."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{tables.strip()}\n\n{END}{after}"


def years_table(years: Sequence[tuple[Year, Year]]) -> str:
    """Show every year as its own release had it, and as the newest has it."""
    rows: list[Row] = [
        (then.year, *_counts(then), *_counts(now), now.held_otherwise) for then, now in years
    ]
    then, now = zip(*years, strict=True)
    rows.append(("all", *_all(then), *_all(now), sum(each.held_otherwise for each in now)))
    heads = ("doubts", "warned", "held")
    return table(
        (
            "",
            *(f"then: {head}" for head in heads),
            *(f"now: {head}" for head in heads),
            "otherwise",
        ),
        rows,
    )


def holds_table(years: Sequence[tuple[Year, Year]]) -> str:
    """Show each hold with the claim that turns, and what it rests on."""
    rows = [
        (hold.year, which, hold.area, "; ".join(hold.turned), "; ".join(hold.doubts))
        for then, now in years
        for which, year in (("then", then), ("now", now))
        for hold in year.holds
    ]
    return table(("year", "release", "area", "the claim that turns", "the counts in doubt"), rows)


def faults_table(found: Found, effect: Effect, *, newest: bool) -> str:
    """Show what becomes of planted faults that had an effect."""
    kinds = [
        Kind(Fault(counts, size), newest, effect)
        for size in (*SIZES, EXCHANGED)
        for counts in COUNTS
    ]
    rows = [(kind.fault, *_shares(drawn)) for kind in kinds if (drawn := found.get(kind))]
    return table(("fault", "drawn", "seen", "held", "held or warned of"), rows)


def newest_table(holds: Newest, others: Newest) -> str:
    """Show how many newest quarters in doubt are so still, with what came after."""
    rows = [
        ("from twice, or below a fifth: can hold", holds.doubts, holds.borne_out),
        ("from 1.6 times", others.doubts, others.borne_out),
    ]
    return table(("newest quarters", "in doubt then", "and now"), rows)


def trials_table(trials: Sequence[Trial]) -> str:
    """Show what other thresholds would do."""
    rows: list[Row] = []
    for trial in trials:
        is_tried = trial.threshold in TRIED
        name = f"`{trial.threshold}: {trial.value:g}`" if is_tried else trial.threshold
        halved, thirds, newest = trial.faults
        shares = (_share(halved, "seen"), _share(halved, "held"), _share(thirds, "seen"))
        newest_shares = (_share(newest, "seen"), _share(newest, "held"))
        rows.append((name, trial.doubts, trial.held, trial.most, *shares, *newest_shares))
    heads = (
        *("rule", "doubts", "held", "most in a year", "halved: seen", "held"),
        *("two thirds: seen", "newest halved: seen", "held"),
    )
    return table(heads, rows)


def spreads_table(spreads: Sequence[Spread]) -> str:
    """Show how many drafts one fault holds in which none was planted."""
    counts = [len(each.newly_held) for each in spreads]
    rows = [(count, counts.count(count)) for count in range(max(counts) + 1)]
    return table(("other drafts held", "releases"), rows)


def ready_table(readies: Sequence[Ready]) -> str:
    """Show how many drafts of each run are ready."""
    return table(
        ("run", "drafts that the register does not exclude", "ready"),
        [(each.run, each.told, each.ready) for each in readies],
    )


def bars_table(bars: Sequence[Met]) -> str:
    """Show what is asked, and whether it is met."""
    return table(
        ("what is asked", "found", ""),
        [(bar.asked, bar.found, "met" if bar.is_met else "**missed**") for bar in bars],
    )


def table(heads: Sequence[str], rows: Sequence[Row]) -> str:
    """Return a Markdown table, as wide as its words."""
    cells = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    head, *body = cells
    return "\n".join(_lines(head, body, widths))


def _lines(head: Row, body: Sequence[Row], widths: Sequence[int]) -> Iterator[str]:
    rule = ["-" * width for width in widths]
    for row in (head, rule, *body):
        yield "| " + " | ".join(
            str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)
        ) + " |"  # fmt: skip


def _counts(year: Year) -> tuple[int, int, int]:
    return year.doubts, year.warned, len(year.holds)


def _all(years: Sequence[Year]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*map(_counts, years), strict=True)))


def _shares(drawn: Sequence[Drawn]) -> tuple[int, str, str, str]:
    return len(drawn), _share(drawn, "seen"), _share(drawn, "held"), _share(drawn, "warned")


def _share(drawn: Sequence[Drawn], what: str) -> str:
    """Say how many of the faults are seen, held or warned of, in per cent."""
    return f"{sum(getattr(each, what) for each in drawn) * 100 / len(drawn):.0f}%"
