"""The cold read of a release of full size: its time, and its memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.model import SourceFile
from generator.pipeline import needs_of
from generator.release.caching import Cache
from generator.release.folder import sha256_of
from generator.release.layouts import layouts_of
from generator.release.sheets import Sheet
from generator.requests import choose_stories

from .commands import CannotRunError, Command, script
from .memory import KIND, Taken, taken_by
from .rows import Row, Target, attempt, say_bytes, say_seconds, timed_row
from .setting import Setting
from .timing import Timing, interleave, seconds

PROCESSES = 2
_ROUNDS = 3
BARE = "Cold read of a release, against a bare fastexcel read"
PANDAS = "Cold read of a release, against pandas.read_excel"
MEMORY = "Peak memory of the cold read, all processes together"
AS_BARE = Target(0.7, "at most 0.7")
AS_PANDAS = Target(1 / 40, "at most 1/40")
AS_MEMORY = Target(2e9, "below 2 GB", below=True)


def rows(setting: Setting) -> Iterator[Row]:
    """Measure our reading beside the library's own, and beside pandas."""
    reading = _Reading(setting)
    yield attempt(BARE, reading.against_bare, AS_BARE)
    yield attempt(PANDAS, reading.against_pandas, AS_PANDAS)
    yield attempt(MEMORY, reading.memory, AS_MEMORY)


@dataclass(frozen=True)
class _First:
    """The cache that our first read filled, and what that took."""

    cache: Path
    taken: Taken


class _Reading:
    """A process that reads all workbooks into an empty cache, and others that read them too."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def against_bare(self) -> Row:
        """Set our process against one that loads the same columns and does nothing with them."""
        books, columns = len(self.setting.workbooks), sum(len(at) for *_, at in self.plan)
        ours, theirs = self.first.taken.processor, self.bare_taken.processor
        shared = f"{ours / PROCESSES / theirs:.2f}" if theirs else "not known here"
        return timed_row(
            BARE,
            self.timing,
            AS_BARE,
            holds_back=f"Our processor time, shared evenly by {PROCESSES} cores, is a ratio of "
            f"{shared}. What is beyond it is waiting: for a core, for the processes to start, for "
            "the last workbook.",
            note=f"{books} workbooks. Ours: a whole process that counts for all stories with "
            f"{PROCESSES} processes and fills an empty cache. Theirs: a whole process that loads "
            f"the same {columns} columns, one sheet after the other. Processor time of all cores: "
            f"{say_seconds(ours)} against {say_seconds(theirs)}.",
        )

    def against_pandas(self) -> Row:
        """Set our process against as many reads of one workbook as there are workbooks."""
        books = self.setting.workbooks
        # One of middling size stands for all.
        workbook = sorted(books, key=lambda path: path.stat().st_size)[len(books) // 2]
        path, sheet, row, _ = next(each for each in self.plan if each[0] == str(workbook))
        theirs = len(books) * seconds(self._script("pandas_read", path, sheet, row).run)
        ours = self.timing.ours
        return timed_row(
            PANDAS,
            Timing(ours, theirs, ours / theirs),
            AS_PANDAS,
            holds_back=f"fastexcel parses {theirs / self.timing.theirs:.0f} times as fast as "
            f"openpyxl; {PROCESSES} processes can no more than double that.",
            note=f"Theirs is the time of one workbook times {len(books)}, by openpyxl.",
        )

    def memory(self) -> Row:
        """Set the peak of our processes against that of the bare read."""
        ours, theirs = self.first.taken.peak, self.bare_taken.peak
        is_met = AS_MEMORY.is_met_by(ours)
        return Row(
            MEMORY,
            say_bytes(ours),
            say_bytes(theirs),
            ours / theirs,
            AS_MEMORY.said,
            is_met,
            "" if is_met else "Each process holds the cells of one sheet and its columns at once.",
            f"{KIND} of the whole process tree, looked at 20 times a second.",
        )

    @cached_property
    def timing(self) -> Timing:
        """Our read and the bare one in turn; both have run before, so the files are at hand."""
        return interleave(lambda: self._read_into(self._new_cache()).run(), self.bare.run, _ROUNDS)

    @cached_property
    def first(self) -> _First:
        """The first of our reads."""
        if not self.setting.workbooks:
            raise CannotRunError(f"{self.setting.release} holds no .xlsx workbooks.")
        cache = self._new_cache()
        return _First(cache, taken_by(self._read_into(cache)))

    @cached_property
    def bare_taken(self) -> Taken:
        """What the bare read takes."""
        return taken_by(self.bare)

    @cached_property
    def plan(self) -> list[tuple[str, str, int, list[int]]]:
        """What our first read loaded: workbook, sheet, row of the header, places of columns."""
        return [
            (str(workbook), sheet.name, sheet.header.row, sorted(sheet.header.places.values()))
            for workbook in self.setting.workbooks
            for sheet in self._sheets(workbook)
        ]

    @cached_property
    def bare(self) -> Command:
        """A process that loads what we load."""
        plan = self.setting.new_folder("bare") / "plan.json"
        plan.write_text(json.dumps(self.plan), "utf-8")
        return self._script("bare_read", plan)

    def _sheets(self, workbook: Path) -> list[Sheet]:
        desk = self.setting.desk
        layouts = layouts_of(desk, needs_of(choose_stories(desk, ())))
        source = SourceFile(workbook.name, sha256_of(workbook))
        kept = Cache(self.first.cache).recall(source, layouts)
        if kept is None:
            raise CannotRunError(f"{workbook.name} was not kept in the cache.")
        return kept

    def _new_cache(self) -> Path:
        return self.setting.new_folder("cache")

    def _read_into(self, cache: Path) -> Command:
        return self._script("cold_read", self.setting.release, cache, PROCESSES)

    def _script(self, name: str, *arguments: object) -> Command:
        return script(self.setting.folder, name, *arguments)
