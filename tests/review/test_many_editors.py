"""Editors at once on a few drafts: whatever was saved is there, whoever saved meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

from editors import Pace, lost, work
from served import serving
from small_desk import SmallDesk

DRAFTS = ("charged/2020/kent", "victim-withdrawal/2020/kent", "victim-withdrawal/2020/derbyshire")


def test_no_edit_is_lost(newscopy: SmallDesk, good_output: Path) -> None:
    shutil.copytree(good_output, newscopy.output)
    with serving(newscopy.folder) as url:
        day = work(url, DRAFTS, Pace(editors=6, seconds=5, thinks=(0, 0.1)))
    assert day.errors == []
    assert day.saves > 6
    assert day.conflicts > 0  # or nobody has got in anybody's way
    assert lost(newscopy.output, day) == []
