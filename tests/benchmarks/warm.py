"""Runs that have little to do: where nothing has changed, and where all has been read before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import count
from pathlib import Path

from .commands import Command, newscopy, python
from .rows import Row, Target, attempt, timed_row
from .setting import Setting
from .timing import interleave

_ROUNDS = 15
_ROUNDS_ANEW = 5
UNCHANGED = "Run of a release, where nothing has changed since the last"
HELP = "newscopy --help"
ANEW = "Run of a release that was read before, all drafts written anew"
TWICE = Target(2, "at most 2")
IMPORTING = "Theirs: python -c “import pandas, pyarrow”. Both are whole processes."


def rows(setting: Setting) -> Iterator[Row]:
    """Measure whole runs beside a process that imports pandas and pyarrow, and ends."""
    warm = _Warm(setting)
    yield attempt(UNCHANGED, warm.unchanged, TWICE)
    yield attempt(HELP, warm.help)
    yield attempt(ANEW, warm.anew)


class _Warm:
    """A folder with a cache and an output."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.bare = python(setting.folder, "-c", "import pandas, pyarrow")
        self.outputs = map("anew-{}".format, count())

    def unchanged(self) -> Row:
        """Run over what the runs before have filed."""
        return timed_row(
            UNCHANGED,
            interleave(self._run_into("output").run, self.bare.run, _ROUNDS),
            TWICE,
            holds_back="All bytes of the release and of the output are read, to know that they "
            "are the same.",
            note=IMPORTING,
        )

    def help(self) -> Row:
        """Start, say what there is, and end."""
        ours = newscopy(self.setting.folder, self.filled / "cache", "--help")
        return timed_row(HELP, interleave(ours.run, self.bare.run, _ROUNDS), note=IMPORTING)

    def anew(self) -> Row:
        """Run into an output that is not there yet, with a cache that has all files."""
        timing = interleave(
            lambda: self._run_into(next(self.outputs)).run(), self.bare.run, _ROUNDS_ANEW
        )
        return timed_row(ANEW, timing, note=IMPORTING)

    @cached_property
    def filled(self) -> Path:
        """The folder, after two runs that filled the cache and the output."""
        folder = self.setting.new_folder("warm")
        for _ in range(2):
            self._run(folder, "output").run()
        return folder

    def _run_into(self, output: str) -> Command:
        return self._run(self.filled, output)

    def _run(self, folder: Path, output: str) -> Command:
        release = str(self.setting.release)
        return newscopy(folder, folder / "cache", "run", release, "--output", output)
