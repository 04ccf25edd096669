"""Write docs/commands.md from the commands' own help: python -m docs.write_commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from typer.core import TyperCommand, TyperGroup

from generator.cli.app import app

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 88
"""Columns of the help on the page, whatever the terminal's."""


def commands_page() -> str:
    """Return the page: the help of newscopy itself, then of each command in its order."""
    newscopy = typer.main.get_command(app)
    assert isinstance(newscopy, TyperGroup)  # noqa: S101 - it has commands, so it is one
    parts = [
        "# Commands",
        "This page is written from the commands' own help: `make docs` writes it anew.",
        *_section(newscopy, "newscopy"),
    ]
    for name, command in newscopy.commands.items():
        parts += _with_commands(command, f"newscopy {name}")
    return "\n\n".join(parts) + "\n"


def _with_commands(command: object, name: str) -> Iterator[str]:
    """Yield the section of a command and, where it is a group, of each command in it."""
    assert isinstance(command, TyperCommand | TyperGroup)  # noqa: S101 - Typer makes no others
    yield from _section(command, name)
    for inside, each in command.commands.items() if isinstance(command, TyperGroup) else ():
        yield from _with_commands(each, f"{name} {inside}")


def _section(command: TyperCommand | TyperGroup, name: str) -> Iterator[str]:
    context = command.context_class(command, info_name=name, terminal_width=WIDTH)
    lines = command.get_help(context).splitlines()
    yield f"## {name}"
    yield "\n".join(["```text", *(line.rstrip() for line in lines), "```"])


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8", newline="\n")
