"""Words that people type are matched with the claims that they mean."""

from __future__ import annotations

import pytest
from building import drafts_of

from generator.matching import match_claims, stands_in
from generator.model import Draft

COUNTS = {
    "derbyshire": {2019: (8000, 2104, 1500, 800), 2020: (8020, 2348, 1800, 700)},
    "kent": {2019: (12000, 3000, 2000, 900), 2020: (12100, 3100, 2100, 900)},
}


@pytest.fixture(scope="module")
def draft() -> Draft:
    return drafts_of(COUNTS)["derbyshire"]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("29.3%", ["29.3%"]),
        ("29.3", ["29.3%"]),
        ("26.3", ["26.3%"]),  # and not "up from 26.3% in 2019", which has it too
        ("29.3 %", ["29.3%"]),
        ("29.3 per cent", ["29.3%"]),
        ("29.3 PERCENT", ["29.3%"]),
        ("“29.3%”", ["29.3%"]),
        ("2,348", ["2,348"]),
        ("2348", ["2,348"]),
        ("  2348 ", ["2,348"]),
        ("2,34", []),
        ("348", []),
        ("9.3%", []),
        ("29", []),
        ("29.35%", []),
        ("", []),
        ("%", []),
        ("no such words", []),
    ],
)
def test_a_figure_is_meant_however_it_is_typed(draft: Draft, text: str, claims: list[str]) -> None:
    assert [claim.text for claim in match_claims(draft, text)] == claims


def test_words_within_a_claim_mean_it(draft: Draft) -> None:
    claims = match_claims(draft, "26.3% in")
    assert [claim.text for claim in claims] == ["up from 26.3% in 2019"]


def test_a_stretch_of_the_draft_means_all_the_claims_in_it(draft: Draft) -> None:
    claims = match_claims(
        draft, "of 8,020  offences closed by Derbyshire Constabulary last year, 2,348 fell"
    )
    assert [claim.text for claim in claims] == ["8,020", "2,348"]


def test_words_without_a_claim_are_told_from_words_that_are_not_there(draft: Draft) -> None:
    assert not match_claims(draft, "Home Office data shows")
    assert stands_in(draft, "Home Office data shows")
    assert not stands_in(draft, "Home Office data hides")
