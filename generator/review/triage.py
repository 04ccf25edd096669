"""Which drafts to read first: the fewest that between them show every branch of this batch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_

Shown = Mapping[str, frozenset[str]]
"""The branches that each draft's templates took, by its folder."""
_LOOKS = 2_000_000
"""How often a draft is looked at until the best choice so far has to do: half a second."""


def fewest(shown: Shown, scores: Mapping[str, int]) -> tuple[str, ...]:
    """Return the fewest drafts that show every branch, the most newsworthy of equals first.

    It is a set cover: the rarest branch that nobody shows yet is shown next, by each of the
    drafts that can. That finds the fewest, unless there are so many choices that the best of
    the first ones has to do.
    """
    order = sorted(shown, key=lambda folder: (-len(shown[folder]), -scores.get(folder, 0), folder))
    # A set of branches is the bits of a number: the rarest branch is the lowest of them.
    drafts_of = Counter(branch for branches in shown.values() for branch in branches)
    rarest = sorted(drafts_of, key=lambda branch: (drafts_of[branch], branch))
    bit = {branch: 1 << place for place, branch in enumerate(rarest)}
    kept = _undominated(shown, order)
    masks = {folder: sum(bit[branch] for branch in shown[folder]) for folder in kept}
    able = {each: [folder for folder in masks if masks[folder] & each] for each in bit.values()}
    wanted = sum(bit.values())
    best = _by_most(masks, wanted)
    looks = 0

    def choose(chosen: tuple[str, ...], left: int) -> None:
        nonlocal best, looks
        if not left:
            best = chosen if len(chosen) < len(best) else best
            return
        if looks > _LOOKS or len(chosen) + 1 >= len(best):
            return
        looks += len(masks)
        most = max((left & mask).bit_count() for mask in masks.values())
        if len(chosen) + -(-left.bit_count() // most) >= len(best):
            return
        ways = sorted(able[left & -left], key=lambda folder: -(left & masks[folder]).bit_count())
        for folder in ways:
            choose((*chosen, folder), left & ~masks[folder])

    choose((), wanted)
    return tuple(sorted(best, key=order.index))


def _undominated(shown: Shown, order: Sequence[str]) -> list[str]:
    """Return the drafts but those whose branches another has too, the first of equals."""
    first: dict[frozenset[str], str] = {}
    for folder in order:
        first.setdefault(shown[folder], folder)
    holders: dict[str, int] = defaultdict(int)
    """By branch, whichever show it: a bit for each."""
    for place, branches in enumerate(first):
        for branch in branches:
            holders[branch] |= 1 << place
    return [
        folder
        for place, (branches, folder) in enumerate(first.items())
        if branches and reduce(and_, (holders[branch] for branch in branches)) == 1 << place
    ]


def _by_most(masks: Mapping[str, int], wanted: int) -> tuple[str, ...]:
    """Return drafts each of which shows the most of what those before it do not."""
    chosen: list[str] = []
    left = wanted
    while left:
        best = max(masks, key=lambda folder: (left & masks[folder]).bit_count())
        chosen.append(best)
        left &= ~masks[best]
    return tuple(chosen)
