"""The fewest drafts that between them show every branch."""

from __future__ import annotations

import random
import time
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from generator.review.triage import Shown, fewest

SHOWN = st.dictionaries(
    st.sampled_from("abcdef"), st.frozensets(st.sampled_from("123456789"), min_size=1), min_size=1
)


def covers(shown: Shown, chosen: tuple[str, ...]) -> bool:
    wanted = frozenset[str]().union(*shown.values())
    return frozenset[str]().union(*(shown[folder] for folder in chosen)) == wanted


def test_who_alone_shows_a_branch_is_read() -> None:
    shown = {
        "kent": frozenset({"record", "up"}),
        "essex": frozenset({"record", "up", "slight"}),
        "dorset": frozenset({"down"}),
    }
    assert fewest(shown, {}) == ("essex", "dorset")


def test_of_equals_the_most_newsworthy_is_read() -> None:
    shown = {"kent": frozenset({"up"}), "essex": frozenset({"up"})}
    assert fewest(shown, {"kent": 10, "essex": 80}) == ("essex",)


def test_what_takes_the_most_each_time_is_not_always_the_fewest() -> None:
    shown = {
        "most": frozenset("12345"),
        "left": frozenset("1236"),
        "right": frozenset("4578"),
    }
    assert set(fewest(shown, {})) == {"left", "right"}


def test_nothing_is_read_of_nothing() -> None:
    assert fewest({}, {}) == ()


@given(SHOWN)
def test_no_fewer_would_do(shown: dict[str, frozenset[str]]) -> None:
    chosen = fewest(shown, {})
    assert covers(shown, chosen)
    assert not any(covers(shown, fewer) for fewer in combinations(shown, len(chosen) - 1))


@given(SHOWN)
def test_drafts_that_show_nothing_more_change_nothing(shown: dict[str, frozenset[str]]) -> None:
    parts = {f"z {folder}": frozenset(sorted(shown[folder])[1:]) for folder in shown}
    twice = {f"z again {folder}": branches for folder, branches in shown.items()}
    assert len(fewest(shown | parts | twice, {})) == len(fewest(shown, {}))
    assert not set(fewest(shown | twice, {})) & set(twice)


def test_a_nations_drafts_are_chosen_from_in_a_second() -> None:
    chance = random.Random(1)  # noqa: S311 - nothing is secret
    branches = [f"branch {number}" for number in range(60)]
    shown = {
        f"draft {number}": frozenset(each for each in branches if chance.random() < 0.1)
        for number in range(2000)
    }
    began = time.process_time()
    chosen = fewest(shown, {})
    assert time.process_time() - began < 2  # a second, and as much for a slow machine
    assert covers(shown, chosen)
    assert len(chosen) <= 8
