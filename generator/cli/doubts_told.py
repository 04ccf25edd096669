"""What is in doubt, and what was answered, as it is told on a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.cli.trails import WIDTH
from generator.filed.doubts import Answered, Doubts, Raised, Touched
from generator.model import CountInDoubt, Level
from generator.printing import print_answer, print_roughly

_FEW = 3
"""Drafts of which a doubt is told at length."""


def as_text(doubts: Doubts) -> str:
    """Tell the doubts, the gravest first, then what was answered."""
    lines = [_summary(doubts.raised)]
    for title, level in (
        ("HOLDING A DRAFT", Level.HOLD),
        ("A WARNING", Level.WARN),
        ("NO WORD HANGS ON IT", Level.NOTE),
    ):
        part = [line for each in doubts.raised if each.level is level for line in _lines(each)]
        lines += ["", title, *part] if part else []
    for title, answered in (
        ("NO LONGER ANSWERED, SINCE THE FIGURE WAS RESTATED", doubts.restated),
        ("ANSWERED", [each for each in doubts.answered if each.holds]),
        ("ANSWERED, AND NOT IN THIS RELEASE", [e for e in doubts.answered if not e.counts]),
    ):
        part = [line for each in answered for line in _answer_lines(each)]
        lines += ["", title, *part] if part else []
    return "\n".join(lines)


def say_counts(counts: Sequence[CountInDoubt]) -> str:
    """Say what was found, and what would be usual."""
    return "; ".join(
        f"{each.found:,} {each.label}, where about {print_roughly(each.expected)} would be usual"
        for each in counts
    )


def _summary(raised: Sequence[Raised]) -> str:
    """Say how many doubts there are, and what they do."""
    if not raised:
        return "Nothing is in doubt."
    levels = Counter(each.level for each in raised)
    number = len(raised)
    said = [
        f"{levels[level]} {does[levels[level] == 1]}"
        for level, does in (
            (Level.HOLD, ("hold a draft", "holds a draft")),
            (Level.WARN, ("are warnings", "is a warning")),
            (Level.NOTE, ("change no word", "changes no word")),
        )
        if levels[level]
    ]
    return f"{number} doubt{'' if number == 1 else 's'}: {', '.join(said)}."


def _lines(raised: Raised) -> Iterator[str]:
    """Yield what is in doubt, then what that does to each draft, and how it is answered."""
    doubt, area = raised.doubt, raised.area
    of_area = area.police or area.name
    newest = " It is the newest quarter, which cannot be judged yet." if raised.is_unjudged else ""
    yield ""
    yield from _wrapped(f"{of_area}, {doubt.quarter}: {say_counts(doubt.counts)}.{newest}")
    touching = [each for each in raised.touched if each.in_doubt.level is not Level.NOTE]
    for touched in touching[:_FEW]:
        yield from _touched_lines(touched, raised)
    if len(touching) > _FEW:
        others = ", ".join(each.draft.folder for each in touching[_FEW:])
        yield from _wrapped(f"and in {others}", "  ")
    yield f"  Answer: newscopy believe {area.id} {doubt.step}, or leave-out {area.id} {doubt.step}"


def _touched_lines(touched: Touched, raised: Raised) -> Iterator[str]:
    in_doubt = touched.in_doubt
    beside = [each for each in in_doubt.supposition.doubts if each.id != raised.doubt.id]
    together = f", together with {len(beside)} more" if beside else ""
    yield from _wrapped(f"{in_doubt.level} {touched.draft.folder}{together}", "  ")
    yield from _wrapped(f"{in_doubt.where}: “{in_doubt.sentence}”", "    ")
    if not in_doubt.touched:
        yield "    with what was expected: the same words"
    elif in_doubt.instead:
        yield from _wrapped(f"with what was expected: “{in_doubt.instead}”", "    ")
    else:
        yield "    with what was expected: not said"
    if in_doubt.turned:
        yield from _wrapped(f"would not hold: {'; '.join(in_doubt.turned)}", "    ")
    more = in_doubt.touched - 1
    if more > 0:
        yield f"    {more} more sentence{'' if more == 1 else 's'} would change"


def _answer_lines(answered: Answered) -> Iterator[str]:
    area = answered.area
    yield ""
    yield from _wrapped(print_answer(answered.answer, area.police or area.name))
    for label in answered.restated:
        yield f"  Now: {answered.counts[label]:,} {label}"


def _wrapped(text: str, margin: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=f"{margin}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
