"""Two thousand random changes to clean drafts of all branches, and how many of them are held.

A change may leave a sentence true: "more than in 2019" made "more than in 2017" where that
holds too. Such changes pass, and count against the score all the same.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from building import RELEASE, desk
from changing import Spot, put, spots
from test_stories import every_case

from generator.model import Copy, Draft, Level, copy_of
from generator.writing import Checker

CHANGES = 2000
SEED = 20210513
AT_LEAST = {"digit": 99.0, "figure": 95.0, "word": 96.0}
"""Per cent of each kind of change that has to be held."""

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?:%| million)?(?<!,)")
_TURNS = (
    ("up from", "down from"),
    ("higher", "lower"),
    ("above", "below"),
    ("highest", "lowest"),
    ("joint-highest", "highest"),
    ("joint-lowest", "lowest"),
    ("record high", "record low"),
    ("larger", "smaller"),
    ("more", "fewer"),
    ("falls to", "rises to"),
    ("fell to", "rose to"),
    ("fall in", "rise in"),
    ("record number", "record share"),  # not where both are at a record: either is true there
)


@dataclass(frozen=True)
class Change:
    """Words of a spot, from `start` to `end`, and what is put in their place."""

    kind: str
    spot: Spot
    start: int
    end: int
    new: str

    @property
    def shown(self) -> str:
        """Return the change with the words around it."""
        text = self.spot.text
        old = text[self.start : self.end]
        before, after = text[max(self.start - 50, 0) : self.start], text[self.end : self.end + 40]
        return f"{self.kind}: …{before}[{old} → {self.new}]{after}…"

    def made_in(self, copy: Copy) -> Copy:
        """Return the copy with the change."""
        text = self.spot.text
        return put(copy, self.spot, text[: self.start] + self.new + text[self.end :])


def digits(copy: Copy, chance: random.Random) -> Iterator[Change]:
    """Yield each digit with another in its place."""
    for spot in spots(copy):
        for match in re.finditer(r"\d", spot.text):
            new = chance.choice([digit for digit in "0123456789" if digit != match[0]])
            yield Change("digit", spot, match.start(), match.end(), new)


def figures(copy: Copy, chance: random.Random) -> Iterator[Change]:
    """Yield each figure with another figure of the same draft in its place."""
    all_spots = list(spots(copy))
    printed = sorted({match[0] for spot in all_spots for match in _FIGURE.finditer(spot.text)})
    for spot in all_spots:
        for match in _FIGURE.finditer(spot.text):
            others = [figure for figure in printed if figure != match[0]]
            if others:
                new = chance.choice(others)
                yield Change("figure", spot, match.start(), match.end(), new)


def words(copy: Copy, chance: random.Random) -> Iterator[Change]:
    """Yield each word of direction turned round."""
    del chance
    for spot in spots(copy):
        for pair in _TURNS:
            for old, new in (pair, pair[::-1]):
                for match in re.finditer(rf"(?<!-)\b{old}\b", spot.text, re.IGNORECASE):
                    turned = new.capitalize() if match[0][0].isupper() else new
                    yield Change("word", spot, match.start(), match.end(), turned)


KINDS: dict[str, Callable[[Copy, random.Random], Iterator[Change]]] = {
    "digit": digits,
    "figure": figures,
    "word": words,
}


def holds(checker: Checker, copy: Copy, draft: Draft) -> bool:
    """Tell whether the second reader holds the copy, whatever is wrong with the facts."""
    return any(
        problem.level is Level.HOLD and problem not in draft.facts.problems
        for problem in checker.check_copy(copy, draft.facts)
    )


def is_true_too(change: Change, draft: Draft) -> bool:
    """Tell whether a record of the number stands in place of one of the share, and both hold."""
    swapped = change.new.lower() in ("record number", "record share")
    rate = draft.facts.lead
    number = draft.facts.measures[rate.measure.share]
    return swapped and bool(rate.record_high and number.record_high)


def clean_drafts() -> list[tuple[Draft, Copy]]:
    """Return every draft of every branch, with its words, over figures that nobody doubts."""
    drafts = [
        replace(draft, facts=replace(draft.facts, doubts=()))
        for case in every_case()
        for draft in case.values()
    ]
    return [(draft, copy_of(draft.article, draft.disclosure)) for draft in drafts]


def test_no_clean_draft_is_held(record_property: Callable[[str, object], None]) -> None:
    checker = Checker(desk(), RELEASE)
    drafts = clean_drafts()
    held = [draft.folder for draft, copy in drafts if holds(checker, copy, draft)]
    record_property("clean drafts", len(drafts))
    record_property("false alarms", len(held))
    assert len(drafts) > 200
    assert held == []


def test_random_changes_are_held(record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same changes each time
    checker = Checker(desk(), RELEASE)
    drafts = clean_drafts()
    made: Counter[str] = Counter()
    held: Counter[str] = Counter()
    passed: list[str] = []
    while made.total() < CHANGES:
        kind = chance.choice(list(KINDS))
        draft, copy = chance.choice(drafts)
        possible = list(KINDS[kind](copy, chance))
        if not possible:
            continue
        change = chance.choice(possible)
        if is_true_too(change, draft):
            continue
        made[kind] += 1
        if holds(checker, change.made_in(copy), draft):
            held[kind] += 1
        else:
            passed.append(change.shown)
    shares = {kind: 100 * held[kind] / made[kind] for kind in KINDS}
    record_property(
        "score",
        f"held {held.total()} of {made.total()} random changes: "
        + ", ".join(f"{kind}s {held[kind]} of {made[kind]}" for kind in KINDS),
    )
    sys.stdout.write("\n".join(["Not held:", *passed]))  # shown with -s, or where this fails
    assert all(shares[kind] >= least for kind, least in AT_LEAST.items()), shares
