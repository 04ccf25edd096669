"""Places and levels by bisection are those that are counted area by area."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from building import desk, facts_of
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.ranking import count_above, count_level, find_place

FIGURE = facts_of({"kent": {2020: (1000, 200, 100)}, "essex": {2020: (1000, 300, 100)}})[
    "kent"
].lead.figure
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=12)


@given(st.lists(SHARES, min_size=2), SHARES)
def test_a_place_is_one_more_than_the_areas_above(shares: list[Fraction], share: Fraction) -> None:
    figure = replace(FIGURE, value=share)
    above = sum(other > share for other in shares)
    assert count_above(share, sorted(shares)) == above
    place = find_place(desk().forces[0], figure, sorted(shares))
    assert place is not None
    assert place.value == 1 + above


@given(st.lists(SHARES), SHARES)
def test_level_are_the_areas_with_the_same_exact_share(
    shares: list[Fraction], share: Fraction
) -> None:
    level = count_level(replace(FIGURE, value=share), sorted(shares))
    assert level == max(sum(other == share for other in shares), 1)
    assert count_level(None, sorted(shares)) == 1
