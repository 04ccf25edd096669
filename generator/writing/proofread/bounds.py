"""What is too long to be read again: no newspaper has it, and reading it would take too long."""

from __future__ import annotations

from generator.model import Copy, Level, Problem

MOST_WORDS = 300
"""Of a sentence, quotations aside: five times the longest that the templates write, of 56."""
MOST_MENTIONS = 80
"""In a sentence: the longest has 27. One that names 40 areas has 80, their commas included."""
MOST_DIGITS = 30
"""Of a number: no figure of a story has so many, and Python converts no more than 4,300."""
MOST_CHARACTERS = 20_000
"""Of headline and paragraphs: eight times the longest article that the templates write."""
MOST_IN_TABLES = 100_000
"""Characters: twenty in each cell."""
MOST_PARTS = 5_000
"""Paragraphs and cells of tables: as many as are read of a file."""


def excess(copy: Copy) -> Problem | None:
    """Return what holds copy that is too long to be read again, None where it can be read."""
    cells = [cell for passage in copy.passages for row in passage.rows for cell in row]
    texts = [copy.headline, *(passage.text for passage in copy.passages)]
    for number, most, what in (
        (len(copy.passages) + len(cells), MOST_PARTS, "paragraphs and cells of tables"),
        (sum(map(len, texts)), MOST_CHARACTERS, "characters"),
        (sum(map(len, cells)), MOST_IN_TABLES, "characters in tables"),
    ):
        if number > most:
            return Problem(
                Level.HOLD,
                "the text",
                f"The copy is too long to be read again: it has {number:,} {what}, and {most:,} "
                "are the most.",
                "Part it, or take out what is not copy.",
            )
    return None


def excess_of_sentence(text: str) -> tuple[str, str]:
    """Say what is wrong with a sentence that has too many words or mentions, and the mend."""
    return (
        f"“{text.strip()[:40]}…” is too long to be read again: it has more than {MOST_WORDS} "
        f"words, or more than {MOST_MENTIONS} numbers, names, claims and stops.",
        "Make several sentences of it.",
    )
