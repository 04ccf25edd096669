"""What the rivals of the benchmark are given, and what is said where they cannot be run."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from benchmarks.rivals.comparing import compare, describe, fold, words_of
from benchmarks.rivals.facts import export_facts
from benchmarks.rivals.installing import Installed, install_rosaenlg
from building import RELEASE, drafts_of, facts_of, small_desk

from generator.model import Facts
from generator.periods import Quarter

# Closed, of them withdrawn, of them with a suspect. Essex is most of the nation.
KENT = {
    2015: (10_000, 400, 350),
    2016: (10_000, 1_000, 850),
    2017: (10_000, 1_500, 1_300),
    2018: (10_000, 2_000, 1_700),
    2019: (10_000, 2_630, 2_200),
    2020: (10_000, 2_929, 2_519),
}
ESSEX = {
    2015: (200_000, 25_600, 21_000),
    2016: (200_000, 28_000, 23_000),
    2017: (200_000, 36_000, 29_500),
    2018: (200_000, 44_000, 36_000),
    2019: (200_000, 50_200, 41_000),
    2020: (200_000, 54_800, 44_936),
}
COUNTS = {"kent": KENT, "essex": ESSEX}
DESK = small_desk(*COUNTS)


@pytest.fixture(scope="module")
def facts() -> list[Facts]:
    return list(facts_of(COUNTS, DESK).values())


@pytest.fixture(scope="module")
def kent(facts: list[Facts]) -> dict[str, Any]:
    areas = json.loads(json.dumps(export_facts(facts, DESK, RELEASE)))
    return next(area for area in areas if area["id"] == "kent")


def test_counts_are_whole_and_shares_are_not_rounded(kent: dict[str, Any]) -> None:
    assert kent["closed"]["value"] == 10_000
    assert kent["withdrawn"]["value"] == 2_929
    assert kent["rate"]["value"] == 0.2929
    assert (kent["rate"]["baseline"], kent["rate"]["baseline_period"]) == (0.263, "2019")
    assert (kent["rate"]["first"], kent["rate"]["first_period"]) == (0.04, "2015")


def test_what_takes_exact_arithmetic_is_a_finding(kent: dict[str, Any]) -> None:
    assert kent["rate"]["record_high"] is True
    assert kent["rate"]["record_low"] is False
    assert kent["rate"]["on_baseline"] == {
        "higher": True,
        "lower": False,
        "level": False,
        "slight": False,
    }
    assert kent["rate"]["against_nation"]["higher"] is True
    assert kent["rate"]["first_is_small"] is True  # “just 4%”
    assert kent["suspect_share"]["around"] is True  # 86.002…%, “around 86%”
    assert kent["nation"]["rate"]["first_is_small"] is False


def test_the_words_that_it_needs_are_strings(kent: dict[str, Any]) -> None:
    assert (kent["where"], kent["police"]) == ("in Kent", "Kent Police")
    assert (kent["when"], kent["publisher"]) == ("last year", "Home Office")
    assert kent["quotes"]["almeida"]["concern"] == "huge cause for concern"
    assert kent["quotes"]["government"]["role"] == "government spokesman"
    assert kent["excluded"] == []


def test_neither_the_nation_nor_an_area_with_gaps_is_told() -> None:
    gap = [("kent", Quarter(2020, 3))]
    measured = facts_of(COUNTS, DESK, marked_missing=gap)

    areas = export_facts(list(measured.values()), DESK, RELEASE)

    assert [area["id"] for area in areas] == ["essex"]
    (excluded,) = areas[0]["excluded"]
    assert excluded["forces"] == ["Kent Police"]


def test_tags_and_white_space_are_folded_and_no_word_is() -> None:
    draft = drafts_of(COUNTS, DESK)["kent"]
    told = "".join(f"<p>{word}\n</p>" for word in words_of(draft))

    assert fold(told) == words_of(draft)
    assert fold("<p>R&amp;D, 29.3%</p>") == ["R&D,", "29.3%"]


def test_without_node_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, facts: list[Facts]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)

    rosaenlg = install_rosaenlg(tmp_path)
    (rival,) = compare(facts, DESK, RELEASE, [rosaenlg], rounds=1, repeats=1)

    assert describe(rival) == (
        "RosaeNLG was not compared. It needs Node.js, and there is no node or npm here."
    )
    assert (rival.seconds, rival.ratio, rival.same) == (None, None, 0)
    assert rival.ours > rival.ours_writing > 0


def test_a_rival_that_stops_says_why(facts: list[Facts]) -> None:
    gone = Installed("CoreNLG", ("no-such-python",))

    (rival,) = compare(facts, DESK, RELEASE, [gone], rounds=2, repeats=1)

    assert describe(rival).startswith("CoreNLG was not compared. It could not be run: ")
