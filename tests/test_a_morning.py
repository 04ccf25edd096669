"""A morning at a desk, as docs/a-morning.md tells it, on the real release to December 2020."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reference import MAKER, shared_file
from test_a_week import Shell

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "a-morning.md"
_PARTS = re.compile(r"^```sh\n(?P<said>(?:.*\n)*?)```\n|^```text\n(?P<shown>(?:.*\n)*?)```\n", re.M)
TO_2020 = ("--last", "2020/21", "--last-quarter", "3", "--published", "2021-05-13")
_RELEASE = "releases/2021-05-13"
_PROGRESS = "Reading the newest release: "

pytestmark = pytest.mark.shared


def pattern_of(shown: str) -> re.Pattern[str]:
    """Return what a block of the page stands for: `…` is anything, alone on a line any lines."""
    parts = []
    for line in shown.splitlines(keepends=True):
        if line == "…\n":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(re.escape(line).replace("…", ".*"))
    return re.compile("".join(parts))


@pytest.mark.skipif(shutil.which("bash") is None, reason="the page's commands are for a shell")
def test_the_morning_goes_as_the_page_tells(tmp_path: Path) -> None:
    maker = shared_file(MAKER.with_name("real_release.py"))
    release = tmp_path / "published"
    subprocess.run([sys.executable, maker, release, *TO_2020], check=True, capture_output=True)
    shell = Shell(tmp_path)
    printed = ""
    shown_blocks = 0
    for part in _PARTS.finditer(PAGE.read_text(encoding="utf-8")):
        if part["said"] is not None:
            printed = without_progress(shell(part["said"]))
            if "init" in part["said"]:
                shutil.copytree(release, shell.folder / _RELEASE)
        else:
            assert pattern_of(part["shown"]).fullmatch(printed), printed
            shown_blocks += 1
    assert shown_blocks == 6


def without_progress(printed: str) -> str:
    lines = printed.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_PROGRESS))
