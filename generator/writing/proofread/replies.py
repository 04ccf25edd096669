"""Whether a force that was asked for an answer has it in the copy (the right of reply)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.desk import Area, Slot
from generator.model import Level
from generator.writing.proofread.leftovers import find_to_come
from generator.writing.proofread.marks import plain


def reply_faults(
    texts: Sequence[str], slot: Slot | None, area: Area
) -> Iterator[tuple[Level, str, str]]:
    """Yield what holds copy without an answer, or warns of one that is left out, and the mend.

    A placeholder that still stands is held by itself, as whatever else is left over.
    """
    force = area.police or area.name
    if slot is None:
        return
    if slot.is_open and not any(map(find_to_come, texts)):
        yield (
            Level.HOLD,
            f"{force} has been asked for an answer, and none is entered.",
            "Enter it in config/replies.yml, or close it there with a reason, and run again.",
        )
    if slot.answer is not None:
        whole = plain(" ".join(texts))
        if not all(plain(words) in whole for words in slot.answer.words.values()):
            yield (
                Level.WARN,
                f"The answer of {force} is not in the copy, or not all of it.",
                "Give it as config/quotes.yml has it, unless it was cut on purpose.",
            )
