"""Measure, print the table and write docs/benchmarks.md: `make bench`."""

from __future__ import annotations

import argparse
import datetime
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from . import bundle, cluster, many_areas, reading, review, text, warm
from .machine import describe_machine
from .page import print_table, write_page
from .record import Measured, Record, read_record, write_record
from .rows import Row
from .setting import Setting

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
DATA = PAGE.with_suffix(".json")
RELEASE = "NEWSCOPY_BENCH_RELEASE"
WIDTH = 120
"""Columns of the table where it does not go to a terminal."""
TOPICS: dict[str, Callable[[Setting], Iterable[Row]]] = {
    "reading": reading.rows,
    "warm": warm.rows,
    "text": text.rows,
    "bundle": bundle.rows,
    "review": review.rows,
    "areas": many_areas.rows,
    "cluster": cluster.rows,
}
"""In the order in which they are run: a topic more is a module with `rows`, and a line here."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the topics asked for, and write the page with what they came to."""
    asked = _parse(arguments)
    topics = [name for name in TOPICS if name in asked.topics or not asked.topics]
    told = Console(stderr=True)
    begun = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC"
    rows: dict[str, list[Row]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="newscopy-bench-") as folder:
        setting = Setting(Path(folder), asked.release and asked.release.absolute())
        for topic in topics:
            told.print(f"Measuring {topic} …")
            for row in _measure(topic, setting):
                # At once: whoever has to end it after half an hour has what was measured by then.
                told.print(f"  {row.what}: {row.said}", highlight=False)
                rows[topic].append(row)
    run = Record(describe_machine(), {name: Measured(begun, tuple(rows[name])) for name in topics})
    console = Console()
    print_table(run.rows, run.machine, console if console.is_terminal else Console(width=WIDTH))
    whole = run.whole(read_record(DATA), tuple(TOPICS))
    if whole is None:
        told.print("The page is left as it is: it is not of this machine, or not of all topics.")
    else:
        write_record(whole, DATA)
        PAGE.write_text(write_page(whole), "utf-8", newline="\n")


def _measure(topic: str, setting: Setting) -> Iterator[Row]:
    """Yield a topic's rows; where it cannot go on, one more that says why."""
    try:
        yield from TOPICS[topic](setting)
    except Exception as error:
        yield Row(f"{topic}: what is left of it", note=f"Not measured: {error!r}")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"{', '.join(TOPICS)}")
    parser.add_argument(
        "--release",
        type=Path,
        default=os.environ.get(RELEASE) or None,
        metavar="DIR",
        help=f"a release of full size; else the one that {RELEASE} names, else one is made",
    )
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.topics if name not in TOPICS]
    if unknown:
        parser.error(f"no topic {' or '.join(unknown)}: there are {', '.join(TOPICS)}")
    return asked


if __name__ == "__main__":
    main()
