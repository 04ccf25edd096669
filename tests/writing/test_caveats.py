"""What readers have to know of the figures, in the register's own sentences."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

import pytest
from building import RELEASE, Year, desk, drafts_of, small_desk, text_of

from generator.desk import Desk, Effect, Entry
from generator.model import Draft, Level, Quotation, copy_of
from generator.writing import Checker

SENTENCE = "Kent Police changed its system in May 2018."
YEARS: Mapping[int, Year] = {
    2015: (10_000, 900, 0, 1000),
    2016: (10_000, 900, 0, 1500),
    2017: (10_000, 900, 0, 1100),
    2018: (10_000, 900, 0, 1200),
    2019: (10_000, 900, 0, 1200),
    2020: (10_000, 900, 0, 1100),
}
"""No record of charges in 2020, which is compared with 2019 and with 2015."""
RECORD = {**YEARS, 2020: (10_000, 900, 0, 2000)}


def entry(**changes: object) -> Entry:
    given = {
        "dataset": "police-outcomes",
        "area": "kent",
        "from": "2018-05",
        "to": "2019-03",
        "effect": Effect.CAVEAT,
        "reason": "changed its system in May 2018",
        "copy": SENTENCE,
        "source": "Kent Police, annual report",
        "added": datetime.date(2021, 5, 13),
    }
    return Entry.model_validate(given | changes)


def with_register(*entries: Entry) -> Desk:
    limits = {"smallest_basket": 1}
    style = desk().style.model_copy(update=limits)
    return small_desk("kent", "essex", register=entries, style=style)


def written(
    *entries: Entry, story: str = "charged", kent: Mapping[int, Year] = YEARS
) -> dict[str, Draft]:
    return drafts_of({"kent": kent, "essex": YEARS}, with_register(*entries), story=story)


def holds(draft: Draft, desk_: Desk, old: str = "", new: str = "") -> list[str]:
    """Return why the second reader holds a draft, with words of it changed."""
    copy = copy_of(draft.article, draft.disclosure)
    assert old in text_of(draft)
    passages = tuple(replace(each, text=each.text.replace(old, new)) for each in copy.passages)
    found = Checker(desk_, RELEASE).check_copy(replace(copy, passages=passages), draft.facts)
    return [problem.what for problem in found if problem.level is Level.HOLD]


def test_a_caveat_on_a_period_compared_reaches_the_areas_readers() -> None:
    drafts = written(entry())
    assert ("including those in which no suspect was ever identified. " + SENTENCE) in text_of(
        drafts["kent"]
    )
    assert SENTENCE not in text_of(drafts["essex"])
    assert SENTENCE not in text_of(drafts["england-and-wales"])
    assert holds(drafts["kent"], with_register(entry())) == []


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2018-05", "2018-12", False),  # of a year that is not compared
        ("2018-05", "2019-01", True),
        ("2015-10", "2016-12", True),
        ("2014-04", "2014-12", False),
        ("2020-10", None, True),
        ("2021-01", None, False),
    ],
)
def test_it_is_told_where_it_touches_a_period_compared(
    first: str, last: str | None, told: bool
) -> None:
    drafts = written(entry(**{"from": first, "to": last}))
    assert (SENTENCE in text_of(drafts["kent"])) == told


def test_a_record_is_set_against_every_period() -> None:
    of_2018 = entry(to="2018-12")
    assert SENTENCE in text_of(written(of_2018, kent=RECORD)["kent"])


@pytest.mark.parametrize(("counts", "told"), [(["recorded"], False), (["closed"], True)])
def test_a_caveat_of_another_count_is_not_told(counts: list[str], told: bool) -> None:
    assert (SENTENCE in text_of(written(entry(counts=counts))["kent"])) == told


def test_what_is_of_everyone_is_told_everywhere_and_stands_in_the_ledger() -> None:
    said = "Since April 2019 police have also recorded whom they cautioned."
    drafts = written(entry(area="everywhere", to=None, copy=said))
    for draft in drafts.values():
        assert text_of(draft).count(said) == 1
        (claim,) = (each for each in draft.ledger if each.text == said)
        assert isinstance(claim.support, Quotation)
        assert not claim.support.verbatim
        assert claim.support.source == "Kent Police, annual report"


def test_the_editor_is_told_of_a_caveat_whether_readers_are_or_not() -> None:
    for story in ("charged", "victim-withdrawal"):
        kent = written(entry(), story=story)["kent"]
        assert any("changed its system" in problem.what for problem in kent.facts.problems)
    assert SENTENCE not in text_of(kent)  # the story does not ask for it


def test_a_caveat_without_a_sentence_is_for_the_editor_alone() -> None:
    kent = written(entry(copy=None))["kent"]
    assert "changed its system" not in text_of(kent)


@pytest.mark.parametrize(
    "new",
    [
        "Kent Police changed its system in May 2018, and the rate rose to a record high.",
        "Kent Police charged 4,321 people in May 2018.",
    ],
)
def test_only_the_registers_own_words_are_its_words(new: str) -> None:
    kent = written(entry())["kent"]
    assert holds(kent, with_register(entry()), SENTENCE, new)


def test_where_the_shipped_register_breaks_the_series_charged_says_so_and_in_one_sentence() -> None:
    shipped = replace(with_register(), register=desk().register)
    drafts = drafts_of({"kent": YEARS, "essex": YEARS}, shipped, story="charged")
    for area in ("kent", "england-and-wales"):
        assert text_of(drafts[area]).count("Since April 2019 police have also been able") == 1
        assert holds(drafts[area], shipped) == []
    before = {year: counts for year, counts in YEARS.items() if year < 2019}
    drafts = drafts_of({"kent": before, "essex": before}, shipped, story="charged")
    assert "Since April 2019" not in text_of(drafts["kent"])
