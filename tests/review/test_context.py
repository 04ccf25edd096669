"""An area beside the nation, in the words of print."""

from __future__ import annotations

from dataclasses import replace

from building import facts_of

from generator.model import Facts
from generator.review.context import Beside, beside_nation

CLOSED = "Offences closed"
SHARE = "Share of offences closed because the victim did not support further action"
KENT = {2020: (20_000, 5_000, 1_000)}
DERBYSHIRE = {2020: (10_000, 3_000, 500)}


def beside(facts: Facts) -> dict[str, Beside]:
    return {each.label: each for each in beside_nation(facts)}


def test_a_share_is_so_many_points_from_the_nation_s_and_has_its_place() -> None:
    facts = facts_of({"kent": KENT, "derbyshire": DERBYSHIRE})
    theirs = "26.7%"
    assert beside(facts["kent"])[SHARE] == Beside(
        SHARE, "25%", theirs, "1.7 percentage points lower", "2 of 2"
    )
    assert beside(facts["derbyshire"])[SHARE] == Beside(
        SHARE, "30%", theirs, "3.3 percentage points higher", "1 of 2"
    )


def test_a_count_is_set_against_nothing_since_it_grows_with_the_area() -> None:
    facts = facts_of({"kent": KENT, "derbyshire": DERBYSHIRE})
    assert beside(facts["kent"])[CLOSED] == Beside(CLOSED, "20,000", "30,000", "", "")


def test_equal_shares_are_the_same_and_share_a_place() -> None:
    facts = facts_of({"kent": KENT, "derbyshire": KENT})
    for area in ("kent", "derbyshire"):
        row = beside(facts[area])[SHARE]
        assert (row.apart, row.place) == ("the same", "joint 1 of 2")


def test_shares_that_print_alike_are_the_same() -> None:
    facts = facts_of({"kent": {2020: (20_000, 5_001)}, "derbyshire": KENT})
    assert beside(facts["kent"])[SHARE].apart == "the same"


def test_a_share_that_is_not_printed_has_no_row_and_its_counts_have() -> None:
    facts = facts_of({"kent": {2020: (90, 30)}, "derbyshire": DERBYSHIRE})
    rows = beside(facts["kent"])
    assert SHARE not in rows
    assert rows[CLOSED].ours == "90"


def test_the_nation_stands_beside_nothing() -> None:
    kent = facts_of({"kent": KENT, "derbyshire": DERBYSHIRE})["kent"]
    assert kent.nation is not None
    assert beside_nation(kent.nation) == ()
    assert beside_nation(replace(kent, nation=None)) == ()
