"""A week at a desk, as docs/a-week.md tells it: no keystroke and no line of the log is lost."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.filing import database, read_log, read_manifest, texts

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


class Clock:
    """Tells the time of the page for the time at which its commands are run."""

    def __init__(self) -> None:
        self.began: list[tuple[str, str]] = []

    def strike(self, heading: str) -> None:
        """Begin a part of the page, in a second of its own."""
        time.sleep(1.1)
        now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        self.began.append((now, time_of(heading)))

    def __call__(self, found: re.Match[str]) -> str:
        """Return the page's time for one that was printed."""
        return max(began for began in self.began if began[0] <= found[0])[1]


def time_of(heading: str) -> str:
    """Return the time that a heading tells, as the log has it."""
    found = _HEADING.match(heading)
    assert found, heading
    day = datetime.datetime.strptime(found[1], "%d %B %Y").date()
    return f"{day} {int(found[2]):02}:{int(found[3] or 0):02}:00 UTC"


@pytest.mark.skipif(shutil.which("bash") is None, reason="the page's commands are for a shell")
def test_the_page_is_what_happens(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    shell = Shell(tmp_path)
    clock, ran = Clock(), ""
    page, played = PAGE.read_text("utf-8"), []
    last = 0
    for part in _PARTS.finditer(page):
        played.append(page[last : part.start()])
        last = part.end()
        text = part[0]
        if text.startswith("##"):
            clock.strike(text)
        elif part["said"]:
            ran += shell(part["said"])
        else:
            text = f"```text\n{_TIME.sub(clock, ran)}```\n"
            ran = ""
        played.append(text)
    whole = "".join([*played, page[last:]])
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(whole, encoding="utf-8")
    assert whole == PAGE.read_text("utf-8"), "read the difference, then: make golden"
    every_keystroke_is_there(tmp_path / "week" / "output" / "victim-withdrawal" / "2020")
    every_decision_is_logged(tmp_path / "week" / "output")


def every_keystroke_is_there(folder: Path) -> None:
    """What an editor typed, wherever it was typed, after all that has been run since."""
    typed = {
        "northumbria/article.md": "their case, Home Office figures show.",
        "northumbria/calls.txt": "Press office rung at 10am; will call back.",
        "surrey/article.md": "of cases closed last year collapsed",
        "kent/article.md": "That is about one every hour and a half.",
        "derbyshire/article.md": "The headline of an earlier version of this story said:",
    }
    for name, words in typed.items():
        assert words in (folder / name).read_text("utf-8"), name


def every_decision_is_logged(output: Path) -> None:
    """Who decided what, of which release; and every text that was decided on is kept."""
    entries = [entry for entry in read_log(output) if entry.who != "newscopy"]
    releases = {record.id: record.published for record in read_manifest(output).releases.values()}
    assert [
        (entry.event.value, entry.folder.rpartition("/")[2], entry.who, releases[entry.release])
        for entry in entries
    ] == [
        ("approved", "derbyshire", "Ann Archer", "2021-05-13"),
        ("approved", "northumbria", "Ann Archer", "2021-05-13"),
        ("spiked", "norfolk", "Ben Bell", "2021-05-13"),
        ("approved", "kent", "Cat Cole", "2021-05-13"),
        ("approved", "derbyshire", "Ann Archer", "2021-07-22"),
    ]
    with database.opened(output) as log_db:
        for sha in (sha for entry in entries for sha in entry.texts.values()):
            assert texts.recall(log_db, sha) is not None
