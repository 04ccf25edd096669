"""Write docs/commands.md from the commands' own help: python -m docs.write_commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from generator.cli.app import COMMANDS, app, load_command

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 88
"""Columns of the help on the page, whatever the terminal's."""


def commands_page() -> str:
    """Return the page: the help of newscopy itself, then of each command in its order."""
    parts = [
        "# Commands",
        "This page is written from the commands' own help: `make docs` writes it anew.",
        *_section(typer.main.get_command(app), "newscopy"),
    ]
    for name in COMMANDS:
        command = load_command(name)
        parts += _section(command, f"newscopy {name}")
        for inside, each in command.commands.items() if isinstance(command, TyperGroup) else ():
            parts += _section(each, f"newscopy {name} {inside}")
    return "\n\n".join(parts) + "\n"


def _section(command: Any, name: str) -> Iterator[str]:
    context = command.context_class(command, info_name=name, terminal_width=WIDTH)
    lines = command.get_help(context).splitlines()
    yield f"## {name}"
    yield "\n".join(["```text", *(line.rstrip() for line in lines), "```"])


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8", newline="\n")
