"""The review page: fifty editors at once for a minute, and what is typed read again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editors import Pace, lost, make_accounts, saves_of, work

from .commands import CannotRunError, newscopy
from .rows import Row, Target, attempt, say_seconds
from .setting import Setting

AT_ONCE = "Review page, 50 editors reading and saving for a minute: 95th percentile of all answers"
TYPED = "Of these what is typed, read again: 95th percentile"
ALONE = "What is typed, read again, one editor alone: 95th percentile"
FIFTY = Pace(editors=50, seconds=60, thinks=(0.5, 3))
ONE = Pace(editors=1, seconds=10, thinks=(0, 0))
AS_ONE_TYPES = Target(0.1, "at most 100 ms")
_DRAFTS = 40
_PATIENCE = 60
"""Seconds until a page has to be served."""


def rows(setting: Setting) -> Iterator[Row]:
    """Serve the sample's drafts as a process of its own, and have editors work on them."""
    folder = setting.new_folder("review")
    newscopy(folder, folder / "cache", "run", "--output", "output").run()
    output = folder / "output"
    chosen = sorted(p.parent.relative_to(output).as_posix() for p in output.rglob("article.md"))
    drafts = chosen[:_DRAFTS]
    make_accounts(folder, FIFTY.editors)
    with _served(folder) as url:
        work(url, drafts, Pace(editors=1, seconds=3, thinks=(0, 0)))  # the release is read
        yield attempt(ALONE, lambda: _alone(url, drafts), AS_ONE_TYPES)
        yield from _at_once(url, drafts, output)


def _alone(url: str, drafts: list[str]) -> Row:
    taken = work(url, drafts, ONE).percentile(0.95, "check")
    return Row(
        ALONE,
        say_seconds(taken),
        target=AS_ONE_TYPES.said,
        is_met=AS_ONE_TYPES.is_met_by(taken),
        note="A whole request: the form is sent, the text is read again, and the page comes back.",
    )


def _at_once(url: str, drafts: list[str], output: Path) -> Iterator[Row]:
    before = saves_of(output)
    day = work(url, drafts, FIFTY)
    amiss = [*day.errors, *lost(output, day, before)]
    number = sum(map(len, day.seconds.values()))
    thinks = " to ".join(f"{each:g}" for each in FIFTY.thinks)
    yield Row(
        AT_ONCE,
        say_seconds(day.percentile(0.95)),
        target="no error, no lost edit",
        is_met=not amiss,
        holds_back="; ".join(amiss[:3]),
        note=f"{number:,} requests on {len(drafts)} drafts by one process, each editor signed in "
        f"and thinking for {thinks} seconds before each; {day.saves} versions saved, all kept, "
        f"and {day.conflicts} times somebody had been faster, and the editor began again from "
        f"there. Half of the answers came within {say_seconds(day.percentile(0.5))}; the editors "
        "are on the same machine.",
    )
    yield Row(TYPED, say_seconds(day.percentile(0.95, "check")))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve an output to whoever signs in, and yield the address."""
    said = folder / "said.txt"
    public = ("--public", "desk.example.org")  # so that people have to sign in
    asked = ("--output", "output", "--port", "0", *public)
    command = newscopy(folder, folder / "cache", "review", *asked)
    with said.open("w") as stream:
        process = command.start(stream)
    try:
        yield _address(said)
    finally:
        process.terminate()
        process.wait()


def _address(said: Path) -> str:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        found = re.search(r"http://\S+?(?=/?\s)", said.read_text("utf-8"))
        if found:
            return found[0]
        time.sleep(0.05)
    raise CannotRunError(f"newscopy review did not start: {said.read_text('utf-8')[-200:]}")
