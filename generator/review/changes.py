"""What has changed between two copies, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.model import Copy
from generator.writing import sentences_of


@dataclass(frozen=True)
class Change:
    """Sentences that stand in the place of others; "" for those that are new, or gone."""

    before: str
    after: str


def changes(before: Copy, after: Copy) -> tuple[Change, ...]:
    """Return what is otherwise in the second of two copies, in its order."""
    old, new = list(_sentences(before)), list(_sentences(after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        Change(" ".join(old[i:j]), " ".join(new[m:n]))
        for what, i, j, m, n in matcher.get_opcodes()
        if what != "equal"
    )


def _sentences(copy: Copy) -> Iterator[str]:
    yield copy.headline
    for passage in copy.passages:
        for row in passage.rows:
            yield " | ".join(row)
        for start, end in sentences_of(passage.text):
            yield passage.text[start:end].strip()
