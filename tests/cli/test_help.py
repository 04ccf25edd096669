"""Help that can be trusted: its examples run, and docs/commands.md says the same."""

from __future__ import annotations

import runpy
import shlex
import shutil
from pathlib import Path

import pytest
from odd_counts import LOW, with_odd

from generator.cli.app import COMMANDS as LISTED

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(LISTED)


def _example(text: str) -> str:
    last = " ".join(text.rpartition("\n\n")[2].split())
    assert last.startswith("Example: newscopy")
    return last.removeprefix("Example: ")


def test_every_command_is_in_the_help(newscopy):
    status, out, err = newscopy("--help")
    assert (status, err) == (0, "")
    assert all(f"\n  {name} " in out for name in COMMANDS)
    assert [
        *("approve", "believe", "cache", "check", "diff", "doubts", "explain", "figures", "hold"),
        *("init", "leave-out", "log", "new-story", "preview", "review", "run", "sample", "spike"),
        *("take-back", "user"),
    ] == COMMANDS


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in COMMANDS), ["cache", "clear"]],
    ids=["", *COMMANDS, "cache clear"],
)
def test_help_ends_with_an_example_that_runs(newscopy, command, monkeypatch):
    monkeypatch.setattr("uvicorn.Server.run", lambda server, sockets: None)  # it would go on
    status, out, _ = newscopy(*command, "--help")
    assert status == 0

    program, *arguments = shlex.split(_example(out))

    assert program == "newscopy"
    assert arguments[: len(command)] == command
    if command and command[0] in ("approve", "check", "diff", "hold", "log", "review", "spike"):
        assert newscopy("run").status == 0
    if command and command[0] in ("believe", "leave-out", "take-back"):  # there has to be a doubt
        newscopy.publish("releases/2021-06-10", with_odd(LOW))
    if command == ["take-back"]:
        believed = ("--by", "Ann Editor", "--why", "The force has checked it", "--yes")
        assert newscopy("believe", "kent", "2020-04", *believed).status == 0
    if command == ["explain"]:  # its words are of the built-in sample
        shutil.rmtree(newscopy.folder / "releases")
    ran = newscopy(*arguments)
    assert ran.status == 0, ran.err
    # Where the page is, and that there is no account yet, is said on standard error.
    assert ran.out or (command in (["review"], ["user"]) and ran.err)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_begins_its_help_as_the_list_has_it(newscopy, command):
    _, out, _ = newscopy(command, "--help")
    said = " ".join(out.split("\n\n")[1].split())
    assert said == LISTED[command].summary


def test_the_version_is_printed(newscopy):
    status, out, err = newscopy("--version")
    assert (status, err) == (0, "")
    assert out.startswith("newscopy ")


def test_the_committed_page_of_commands_is_current():
    page = runpy.run_path(str(ROOT / "docs" / "write_commands.py"))["commands_page"]()
    committed = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert committed == page, "run: make docs"


def test_the_page_does_not_depend_on_the_terminal(monkeypatch):
    write = runpy.run_path(str(ROOT / "docs" / "write_commands.py"))["commands_page"]
    pages = set()
    for columns in ("40", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setenv("TERMINAL_WIDTH", columns)
        pages.add(write())
    assert len(pages) == 1
