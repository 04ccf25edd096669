"""Which drafts to read first: the fewest that between them show every branch of this batch."""

from __future__ import annotations

from collections.abc import Mapping

Shown = Mapping[str, frozenset[str]]
"""The branches that each draft's templates took, by its folder."""
_TRIES = 20_000
"""Choices looked at until the best so far has to do."""


def fewest(shown: Shown, scores: Mapping[str, int]) -> tuple[str, ...]:
    """Return the fewest drafts that show every branch, the most newsworthy of equals first.

    It is a set cover: the rarest branch that nobody shows yet is shown next, by each of the
    drafts that can. That finds the fewest, unless there are so many choices that the best of
    the first ones has to do.
    """
    wanted = frozenset[str]().union(*shown.values())
    order = sorted(shown, key=lambda folder: (-len(shown[folder]), -scores.get(folder, 0), folder))
    able = {branch: [folder for folder in order if branch in shown[folder]] for branch in wanted}
    best = _by_most(shown, wanted, order)
    tries = 0

    def choose(chosen: tuple[str, ...], left: frozenset[str]) -> None:
        nonlocal best, tries
        tries += 1
        if not left:
            best = chosen if len(chosen) < len(best) else best
            return
        most = max(len(left & shown[folder]) for folder in order)
        if tries > _TRIES or len(chosen) + -(-len(left) // most) >= len(best):
            return
        rarest = min(left, key=lambda branch: (len(able[branch]), branch))
        for folder in sorted(able[rarest], key=lambda each: -len(left & shown[each])):
            choose((*chosen, folder), left - shown[folder])

    choose((), wanted)
    return tuple(sorted(best, key=order.index))


def _by_most(shown: Shown, wanted: frozenset[str], order: list[str]) -> tuple[str, ...]:
    """Return drafts each of which shows the most of what those before it do not."""
    chosen: list[str] = []
    left = wanted
    while left:
        best = max(order, key=lambda folder: len(left & shown[folder]))
        chosen.append(best)
        left -= shown[best]
    return tuple(chosen)
