"""Run whole processes as users do, and touch nothing that is theirs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_PROCESSES = Path(__file__).parent / "processes"
_OURS_ALONE = ("PYTHONPATH", "NEWSCOPY_CACHE", "PYTHONDONTWRITEBYTECODE")
"""What the benchmark may be started with, and what it measures is not.

Without its bytecode newscopy would be compiled anew by every process, and a library, which pip
compiles, would not.
"""
_PATIENCE = 1800
"""Seconds until a process is given up."""


class CannotRunError(Exception):
    """What was to be measured cannot be run."""


@dataclass(frozen=True)
class Command:
    """A process to start, in a folder of the benchmark's own."""

    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """What its environment has beside the usual."""

    def start(self, says: IO[str] | int = subprocess.PIPE) -> subprocess.Popen[str]:
        """Start it; what it says on its standard error is kept for `finish`, or goes elsewhere."""
        usual = {name: value for name, value in os.environ.items() if name not in _OURS_ALONE}
        return subprocess.Popen(
            self.arguments,
            cwd=self.folder,
            env=usual | dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=says,
            text=True,
        )

    def finish(self, process: subprocess.Popen[str]) -> None:
        """Wait for it; raises CannotRunError, with the last that it said, where it fails."""
        with process:
            try:
                _, said = process.communicate(timeout=_PATIENCE)
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            last = said.strip().splitlines()[-1:] or [f"exit status {process.returncode}"]
            raise CannotRunError(f"{Path(self.arguments[0]).name} failed: {last[0]}")

    def run(self) -> None:
        """Run it to its end."""
        self.finish(self.start())


def python(folder: Path, *arguments: str) -> Command:
    """Return a call of this Python."""
    return Command((sys.executable, *arguments), folder)


def script(folder: Path, name: str, *arguments: object) -> Command:
    """Return a call of one of the processes that are measured."""
    return python(folder, str(_PROCESSES / f"{name}.py"), *map(str, arguments))


def newscopy(folder: Path, cache: Path, *arguments: str) -> Command:
    """Return a call of newscopy, with a cache of its own."""
    program = Path(sysconfig.get_path("scripts")) / "newscopy"
    return Command((str(program), *arguments), folder, {"NEWSCOPY_CACHE": str(cache)})
