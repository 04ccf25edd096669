"""How the text of a mail is set: lines as mail has them, and nothing that could end a header."""

from __future__ import annotations

import textwrap

from generator.filing.names import without_control

_WIDTH = 76
"""Characters of a line, as mail has them."""


def wrapped(text: str, indent: str = "") -> str:
    """Break words into lines; those after the first stand under the first one's words."""
    return textwrap.fill(
        on_one_line(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_long_words=False,
        break_on_hyphens=False,
    )


def on_one_line(text: str) -> str:
    """Fold white space, so that no name can end a header, or begin one."""
    return " ".join(without_control(text).split())
