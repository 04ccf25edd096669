"""Compare the finished words of a run's drafts, with names and numbers out of the way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from generator.desk import Desk
from generator.model import Draft, Figure, Level, Problem, Runs

_NAMED = 3
"""How many other areas a note names before it counts the rest."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def find_same_copy(drafts: Sequence[Draft], names: AreaNames) -> Mapping[str, Sequence[Draft]]:
    """Find for a draft, by its folder, all with the same copy but names and numbers: it is one.

    Only drafts that took variants are compared: without any, the same facts are meant to be
    told in the same words.
    """
    same: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        if draft.has_variants:
            same.setdefault((draft.facts.story.id, _skeleton(draft, names)), []).append(draft)
    return {draft.folder: alike for alike in same.values() for draft in alike}


def same_copy_problem(draft: Draft, alike: Sequence[Draft]) -> Iterator[Problem]:
    """Note the other areas that have the same copy, so that the author can part them."""
    others = len(alike) - 1
    if others < 1:
        return
    first = islice((other for other in alike if other is not draft), _NAMED)
    named = ", ".join(other.facts.area.name for other in first)
    more = f" and {others - _NAMED} more" if others > _NAMED else ""
    yield Problem(
        Level.NOTE,
        f"templates/{draft.facts.story.id}",
        f"But for names and numbers the copy is the same as for {named}{more}.",
        "A further {% variant %} in the story's templates would part them.",
    )


class AreaNames:
    """Whatever copy calls an area, found word by word: there may be any number of areas."""

    def __init__(self, desk: Desk) -> None:
        called = (
            name for each in desk.areas for name in (each.where, each.there, each.police, each.name)
        )
        self._called = {name.lower() for name in called if name}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for name in self._called:
            words = _WORD.findall(name)
            lengths[words[0]].add(len(words))
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}
        """How many words there are in the names that begin with a word, the most first."""

    def blot_out(self, text: str) -> str:
        """Put `@` for each name, the longest that begins at a word: police before county."""
        words = list(_WORD.finditer(text))
        kept, cursor, at = [], 0, 0
        while at < len(words):
            length = self._length_at(text, words, at)
            if length:
                kept += [text[cursor : words[at].start()], "@"]
                cursor = words[at + length - 1].end()
            at += length or 1
        return "".join([*kept, text[cursor:]])

    def _length_at(self, text: str, words: Sequence[re.Match[str]], at: int) -> int:
        """Return how many words the name has that begins at one, 0 where none does."""
        for length in self._lengths.get(words[at][0].lower(), ()):
            if at + length <= len(words):
                called = text[words[at].start() : words[at + length - 1].end()]
                if called.lower() in self._called:
                    return length
        return 0


def _skeleton(draft: Draft, names: AreaNames) -> str:
    """Return a draft's words with names of areas, figures and other numbers blotted out."""
    texts = [draft.article.headline, *_texts(draft)]
    words = "\n".join(_without_figures(runs, draft) for runs in texts)
    return re.sub("#+", "#", _NUMBER.sub("#", names.blot_out(words)))


def _texts(draft: Draft) -> Iterator[Runs]:
    for block in draft.article.blocks:
        yield block.runs
        for row in block.rows:
            yield from row


def _without_figures(runs: Runs, draft: Draft) -> str:
    """Blot out every figure with its hedge, which an author does not choose, and in words too."""
    return "".join(
        "#"
        if any(isinstance(draft.ledger[claim].support, Figure) for claim in run.claims)
        else run.text
        for run in runs
    )
