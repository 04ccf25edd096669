"""A week at a desk, as docs/a-week.md tells it: no keystroke and no line of the log is lost."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "a-week.md"
_PARTS = re.compile(
    r"^(## .*\n|```sh\n(?P<said>(?:.*\n)*?)```\n|```text\n(?P<shown>(?:.*\n)*?)```\n)", re.M
)
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")
_HEADING = re.compile(r"## (\d+ \w+ \d{4}), (\d+)(?:\.(\d+))?am")


class Shell:
    """A shell in which newscopy is the one that is tested; it stays where a command has gone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, commands: str) -> str:
        script = f"{commands}\npwd >&3\n"
        read, write = os.pipe()
        ran = subprocess.run(
            ["bash", "-c", f"exec 3>&{write}\n{script}"],
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[write],
            check=False,
        )
        os.close(write)
        with os.fdopen(read) as where:
            self.folder = Path(where.read().strip())
        return ran.stdout.decode().replace(f"{self.folder}/", "")


def time_of(heading: str) -> str:
    """Return the time that a heading tells, as the log has it."""
    found = _HEADING.match(heading)
    assert found, heading
    day = datetime.datetime.strptime(found[1], "%d %B %Y").date()
    return f"{day} {int(found[2]):02}:{int(found[3] or 0):02}:00 UTC"


@pytest.mark.skipif(shutil.which("bash") is None, reason="the page's commands are for a shell")
def test_the_page_is_what_happens(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    shell = Shell(tmp_path)
    at, ran = "", ""
    page, played = PAGE.read_text("utf-8"), []
    last = 0
    for part in _PARTS.finditer(page):
        played.append(page[last : part.start()])
        last = part.end()
        text = part[0]
        if text.startswith("##"):
            at = time_of(text)
        elif part["said"]:
            ran += shell(part["said"])
        else:
            text = f"```text\n{_TIME.sub(at, ran)}```\n"
            ran = ""
        played.append(text)
    whole = "".join([*played, page[last:]])
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(whole, encoding="utf-8")
    assert whole == PAGE.read_text("utf-8"), "read the difference, then: make golden"
