"""What a process takes is its own: nothing of what is done while it is halted, and it ends."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from .commands import python
from .memory import Halts, processor_of, taken_by

BUSY = "import time\nwhile time.process_time() < {}: pass"


def test_what_is_done_meanwhile_is_not_counted(tmp_path: Path) -> None:
    other = python(tmp_path, "-c", BUSY.format(1.5))
    done: list[float] = []
    halts = Halts(0.2, lambda: done.append(processor_of(other)) if not done else None)
    taken = taken_by(python(tmp_path, "-c", BUSY.format(1)), halts=halts)
    assert done[0] > 1.4  # a system counts in hundredths of a second
    assert 0.9 < taken.processor < 2


def test_a_process_does_not_outlive_what_fails_beside_it(tmp_path: Path) -> None:
    def fails() -> None:
        raise ValueError("no yardstick")

    with pytest.raises(ValueError, match="no yardstick"):
        taken_by(python(tmp_path, "-c", BUSY.format(60)), halts=Halts(0.2, fails))
    assert not [each for each in psutil.Process().children() if "< 60" in str(each.cmdline())]
