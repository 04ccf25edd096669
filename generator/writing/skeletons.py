"""Compare the finished words of a run's drafts, with names and numbers out of the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.desk import Desk
from generator.model import Draft, Figure, Level, Problem, Runs

_NAMED = 3
"""How many other areas a note names before it counts the rest."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def find_same_copy(drafts: Sequence[Draft], desk: Desk) -> Mapping[str, tuple[Draft, ...]]:
    """Find for each draft, by its folder, the others with the same copy but names and numbers.

    Only drafts that took variants are compared: without any, the same facts are meant to be
    told in the same words.
    """
    names = _names_of_areas(desk)
    same: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        if draft.has_variants:
            same.setdefault((draft.facts.story.id, _skeleton(draft, names)), []).append(draft)
    return {draft.folder: () for draft in drafts} | {
        draft.folder: tuple(other for other in alike if other is not draft)
        for alike in same.values()
        for draft in alike
    }


def same_copy_problem(others: Sequence[Draft]) -> Iterator[Problem]:
    """Note the areas that have the same copy, so that the author can part them."""
    if not others:
        return
    named = ", ".join(other.facts.area.name for other in others[:_NAMED])
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    yield Problem(
        Level.NOTE,
        f"templates/{others[0].facts.story.id}",
        f"But for names and numbers the copy is the same as for {named}{more}.",
        "A further {% variant %} in the story's templates would part them.",
    )


def _names_of_areas(desk: Desk) -> re.Pattern[str]:
    """Match whatever copy calls an area, the longest first: the police before the county."""
    called = {name for area in desk.areas for name in (area.where, area.police, area.name) if name}
    longest_first = sorted(called, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def _skeleton(draft: Draft, names: re.Pattern[str]) -> str:
    """Return a draft's words with names of areas, figures and other numbers blotted out."""
    texts = [draft.article.headline, *_texts(draft)]
    words = "\n".join(_without_figures(runs, draft) for runs in texts)
    return re.sub("#+", "#", _NUMBER.sub("#", names.sub("@", words)))


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
