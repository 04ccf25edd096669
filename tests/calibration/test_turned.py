"""How the calibration tells a claim that does not hold, and writes its tables: small cases."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from building import small_desk

from calibration.counts import Counts, Table, put, until
from calibration.tables import BEGIN, END, put_between, table
from calibration.told import Told, tell
from calibration.turned import Kind, prints_wrong_figures, turned_claims
from generator.periods import Quarter

PUBLISHED = datetime.date(2021, 4, 30)


def steady(*charged: int) -> dict[Quarter, Counts]:
    """Return a force that closes 1,000 cases a quarter, with so many charges each year."""
    return {
        Quarter(2018 + year, number): Counts(count, 1000)
        for year, count in enumerate(charged)
        for number in (1, 2, 3, 4)
    }


def told_of(table: Table) -> Told:
    return tell(table, small_desk(*table), "2020", PUBLISHED)


TRUE = {"kent": steady(100, 110, 120), "essex": steady(130, 130, 130)}


@pytest.mark.parametrize(
    ("quarter", "counts", "claims"),
    [
        # 12% in 2020, 11% in 2019, 10% in 2018: a record high, below the nation's 12.5%.
        (Quarter(2020, 4), Counts(121, 1000), set()),
        # 2019 goes from 11% to 14%: no higher rate any more, and no record.
        (Quarter(2019, 4), Counts(230, 1000), {Kind.DIRECTION}),
        # 2020 goes to 15%: above the nation's, which goes to 14%.
        (Quarter(2020, 4), Counts(240, 1000), {Kind.NATION}),
        # 2020 goes to 9%: the lowest on record.
        (Quarter(2020, 4), Counts(0, 1000), {Kind.DIRECTION, Kind.RECORD}),
        # 2020 is what 2019 is, and the joint-highest.
        (Quarter(2020, 4), Counts(80, 1000), {Kind.LEVEL, Kind.RECORD}),
    ],
)
def test_a_claim_that_does_not_hold_by_the_true_counts(
    quarter: Quarter, counts: Counts, claims: set[Kind]
) -> None:
    true = told_of(TRUE).facts("kent")
    faulty = told_of(put(TRUE, "kent", quarter, counts))
    draft = faulty.write(faulty.facts("kent"))
    assert turned_claims(draft, true) == claims
    assert prints_wrong_figures(draft, true)


def test_a_draft_from_the_true_counts_is_right() -> None:
    told = told_of(TRUE)
    draft = told.write(told.facts("kent"))
    assert not turned_claims(draft, told.facts("kent"))
    assert not prints_wrong_figures(draft, told.facts("kent"))


def test_one_areas_counts_changed_are_as_if_all_were_worked_out_anew() -> None:
    other = put(TRUE, "kent", Quarter(2020, 4), Counts(240, 1000))
    changed, anew = told_of(TRUE).with_counts(other, ["kent"]), told_of(other)
    for told in (changed, anew):
        assert told.facts("kent").lead.figure.value == Fraction(600, 4000)  # type: ignore[union-attr]
    assert changed.write(changed.facts("kent")).article == anew.write(anew.facts("kent")).article
    assert changed.facts("england-and-wales") == anew.facts("england-and-wales")


def test_a_release_of_its_time_ends_with_its_quarter() -> None:
    assert max(until(TRUE, Quarter(2019, 2))["kent"]) == Quarter(2019, 2)


def test_tables_take_the_place_of_those_of_the_page() -> None:
    page = f"# Doubts\n\nWords.\n\n{BEGIN}\n\nold\n\n{END}\n\nMore.\n"
    shown = table(("year", "held"), [(2016, 0), (2017, 12)])
    assert shown == "| year | held |\n| ---- | ---- |\n| 2016 | 0    |\n| 2017 | 12   |"
    assert (
        put_between(page, shown) == f"# Doubts\n\nWords.\n\n{BEGIN}\n\n{shown}\n\n{END}\n\nMore.\n"
    )
