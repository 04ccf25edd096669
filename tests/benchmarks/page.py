"""The table, for the terminal and as docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from .machine import Machine
from .record import Record
from .rows import Row, say_ratio

_HEADS = ("", "What", "Ours", "Theirs", "Ratio", "Target", "")
_OPENING = """\
# Benchmarks

How long newscopy takes, and how much memory, beside something that does a part of the same. Both
are measured in one run, in turn, so that the ratio holds where the seconds do not. A ratio is ours
divided by theirs: below 1, we take less. `make bench` writes this page, and its data,
`benchmarks.json`.
"""
_CLOSING = """\
## To run it

```sh
make bench
make bench ONLY="warm text"
NEWSCOPY_BENCH_RELEASE=DIR make bench
```

It takes an hour and a half, most of it for a hundred thousand areas (`NEWSCOPY_BENCH_MOST=10000`
stops before them), and wants a machine with nothing else to do, and 40 GB of disk, from which
nothing large was deleted in the last ten minutes: files are made more slowly after that. `ONLY`
names the topics to run ({topics}); on the same machine, what they come to takes its place on this
page, which says when each was measured.
The release of full size is made first, which takes some minutes, unless `NEWSCOPY_BENCH_RELEASE`
names a folder where one lies. Everything is done in a temporary folder: your cache and your output
are not touched. The other text generators are installed there from their public packages; where
that cannot be done their rows say so. A missed target is no failure: the exit status is 0.

What is run is in [`tests/benchmarks/`](../tests/benchmarks).
"""


def print_table(rows: Sequence[Row], machine: Machine, console: Console) -> None:
    """Print the facts of the machine, the table, and what is to be said of its rows."""
    for name, fact in machine:
        console.print(f"{name}: {fact}", markup=False, highlight=False)
    table = Table(*_HEADS, box=box.SIMPLE_HEAD)
    for number, row in enumerate(rows, 1):
        style = "bold red" if row.is_met is False else None
        table.add_row(*_cells(number, row), style=style)
    console.print(table)
    for number, row in enumerate(rows, 1):
        for sentence in _remarks(row):
            console.print(f"{number}. {sentence}", markup=False, highlight=False)


def write_page(record: Record) -> str:
    """Return the page in Markdown."""
    numbered = list(enumerate(record.rows, 1))
    facts = [f"| {name} | {fact} |" for name, fact in (*record.machine, *_when(record))]
    table = [_line(_HEADS), "|--:|---|--:|--:|--:|---|---|"]
    table += [_line(_cells(number, row)) for number, row in numbered]
    remarks = [f"- **{number}.** {said}" for number, row in numbered for said in _remarks(row)]
    parts = (_OPENING, _lines(["| | |", "|---|---|", *facts]), _lines(table), _lines(remarks))
    return "\n".join((*parts, _CLOSING.format(topics=_named(record.topics))))


def _when(record: Record) -> Iterator[tuple[str, str]]:
    """Yield each run that measured any of it, with its topics."""
    for begun in sorted({topic.begun for topic in record.topics.values()}):
        names = [name for name, topic in record.topics.items() if topic.begun == begun]
        yield f"Run of {begun}", _named(names)


def _named(topics: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in topics)


def _cells(number: int, row: Row) -> tuple[str, ...]:
    ratio = say_ratio(row.ratio)
    return str(number), row.what, row.ours, row.theirs, ratio, row.target, row.verdict


def _remarks(row: Row) -> Iterator[str]:
    if row.holds_back:
        yield f"Missed: {row.holds_back}"
    if row.note:
        yield row.note


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
