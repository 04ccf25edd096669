"""Every branch of both stories, each with the sentence that it is there for.

Years are (closed, victim withdrew support, of them with a suspect, charged).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from building import (
    RELEASE,
    Year,
    desk,
    drafts_of,
    small_desk,
    text_of,
    told_elsewhere,
    whole_text_of,
)
from test_replies import every_reply

from generator.desk import PieceKind
from generator.model import Draft, Level, Status, copy_of, plain
from generator.periods import Quarter
from generator.writing import Checker, make_environment
from generator.writing.claims import tracing
from generator.writing.environment import story_context

Years = dict[int, Year]


def years(
    closed: list[int],
    rates: list[float],
    charged: list[float] | None = None,
    identified: int = 82,
) -> Years:
    """Years up to 2020 from numbers closed and shares in per cent."""
    charges = charged or [10] * len(closed)
    first = 2021 - len(closed)
    return {
        first + i: (n, round(n * r / 100), round(n * r * identified / 10_000), round(n * c / 100))
        for i, (n, r, c) in enumerate(zip(closed, rates, charges, strict=True))
    }


SAME = [10_000] * 6
RISING = [4, 10, 15, 20, 26.3, 29.3]
FALLING = [29.3, 26, 20, 15, 12, 9]
NATION_UP = years([200_000] * 6, [12.8, 14, 18, 22, 25.1, 27.4], [15, 14, 13, 12, 11, 10])
NATION_DOWN = years([200_000] * 6, [27.4, 25, 22, 18, 14, 13], [10, 11, 12, 13, 14, 15])
NATION_LEVEL = years([200_000] * 6, [20, 30, 25, 25, 22, 22], [10, 12, 8, 9, 9, 9])
NATION_JOINT = years([200_000] * 6, [20, 30.95, 25, 25, 22, 30], [10, 12, 8, 9, 9, 8])
NATION_UP_ONLY = years([200_000] * 6, [20, 30, 25, 25, 22, 23], [10, 12, 8, 9, 9, 9.5])
NATION_DOWN_ONLY = years([200_000] * 6, [20, 30, 25, 25, 26, 23], [10, 12, 8, 9, 9.5, 9])

Drafts = dict[str, Draft]


def write(local: Years, nation: Years = NATION_UP, **asked: object) -> Drafts:
    """Write Kent's draft beside an Essex that is most of the nation."""
    counts = {"kent": local, "essex": nation}
    asked.setdefault("desk_", small_desk("kent", "essex"))
    return drafts_of(counts, **asked)


WITHDRAWAL = {
    "record number and rate": (
        years([9000, 9100, 9200, 9300, 9400, 9500], RISING, identified=86),
        NATION_UP,
        "Record number of criminal cases collapse in Kent after alleged victims drop out",
        [
            "A record number of criminal offences in Kent last year failed to reach court",
            "At 29.3%, that was the highest rate of cases to collapse for this reason since "
            "comparable figures were first published in 2015, when just 4% of offences",
            "The rate in Kent was also higher than 26.3% in 2019.",
            "Across England and Wales, the rate was lower: 27.5% of criminal cases closed last "
            "year collapsed after alleged victims withdrew support for further action – up from "
            "25.2% in 2019 and the highest rate since 2015, when 12.4% were closed",
            "a suspect was identified for 2,394 – around 86%, compared to 82% across England and "
            "Wales.",
        ],
    ),
    "record rate only": (
        years([9000, 9000, 9000, 9000, 20_000, 9000], RISING),
        NATION_UP,
        "Record share of criminal cases collapse in Kent after alleged victims drop out",
        ["A record share of criminal offences in Kent last year failed to reach court"],
    ),
    "record number only": (
        years([9000, 9000, 9000, 9000, 9000, 20_000], [9, 10, 15, 24.1, 22.4, 23.4]),
        NATION_UP,
        "Record number of criminal cases collapse in Kent after alleged victims drop out",
        [
            "That was the highest number since comparable figures were first published in 2015, "
            "although the rate was not a record high. At 23.4%, the rate of cases to collapse for "
            "this reason was slightly up from 22.4% in 2019, and compares with 9% in 2015.",
            "Across England and Wales, the rate was higher: ",
        ],
    ),
    "joint-highest rate": (
        years([20_000, 10_000, 10_000, 10_000, 10_000, 10_000], [29, 10, 15, 20, 26, 29]),
        NATION_UP,
        "Share of criminal cases collapsing in Kent matches record high as alleged victims drop "
        "out",
        [
            "matched its record high last year, figures reveal.",
            "At 29%, that was the joint-highest rate of cases to collapse for this reason since "
            "comparable figures were first published in 2015, when 29% of offences",
            "The rate in Kent was higher than 26% in 2019.",
        ],
    ),
    "joint-highest rate, level with last year": (
        years([20_000, 10_000, 10_000, 10_000, 20_000, 10_000], [10, 10, 15, 20, 29, 29]),
        NATION_JOINT,
        "Share of criminal cases collapsing in Kent matches record high as alleged victims drop "
        "out",
        [
            "The rate in Kent was broadly unchanged from 2019.",
            "and the joint-highest rate since comparable figures began in 2015, when 19.1% were",
        ],
    ),
    "record low": (
        years([9000] * 6, FALLING),
        NATION_DOWN,
        "Share of criminal cases collapsing after alleged victims drop out falls to record low "
        "in Kent",
        [
            "Alleged victims in Kent withdrew support for their case in a record-low share of "
            "criminal offences last year, figures reveal.",
            "At 9%, that was the lowest rate of cases to collapse for this reason since "
            "comparable figures were first published in 2015, when 29.3% of offences",
            "The rate in Kent was also lower than 12% in 2019.",
            "slightly down from 13.9% in 2019 and the lowest rate since comparable figures began "
            "in 2015, when 27.5% were closed for this reason.",
        ],
    ),
    "joint-lowest rate": (
        years([10_000] * 6, [9, 26, 20, 15, 12, 9]),
        NATION_UP,
        "Share of criminal cases collapsing after alleged victims drop out matches record low "
        "in Kent",
        [
            "At 9%, that was the joint-lowest rate of cases to collapse for this reason since "
            "comparable figures were first published in 2015, when 9% of offences",
            "The rate in Kent was lower than 12% in 2019.",
        ],
    ),
    "up on 2019, more cases": (
        years([30_000, 9000, 9000, 9000, 9000, 9100], [25, 10, 15, 24.1, 22.4, 23.4]),
        NATION_UP_ONLY,
        "More criminal cases collapse in Kent after alleged victims drop out",
        [
            "More criminal offences in Kent failed to reach court last year than in 2019 after",
            "At 23.4%, the rate of cases to collapse for this reason was slightly up from 22.4% "
            "in 2019, but below the 25% of 2015, when comparable figures were first published.",
            "slightly up from 22% in 2019.",
        ],
    ),
    "up on 2019, fewer cases": (
        years([30_000, 9000, 9000, 9000, 9000, 7000], [9, 10, 15, 30, 20, 23.4]),
        NATION_UP,
        "Larger share of criminal cases collapse in Kent after alleged victims drop out",
        ["was up from 20% in 2019, and compares with 9% in 2015"],
    ),
    "down on 2019": (
        years([9000] * 6, [9, 10, 15, 30, 25, 24]),
        NATION_DOWN_ONLY,
        "Smaller share of criminal cases collapse in Kent after alleged victims drop out",
        [
            "A smaller share of criminal offences in Kent failed to reach court last year than in "
            "2019 after",
            "was slightly down from 25% in 2019, but above the 9% of 2015",
            "– down from 26% in 2019.",
        ],
    ),
    "down on 2019 and on 2015": (
        years([9000] * 6, [30, 10, 15, 30, 25, 20]),
        NATION_UP,
        "Smaller share of criminal cases collapse in Kent after alleged victims drop out",
        ["was down from 25% in 2019, and below the 30% of 2015"],
    ),
    "unchanged on 2019": (
        years([10_000] * 6, [22.4, 10, 15, 30, 22.4, 22.4]),
        NATION_LEVEL,
        "Little change in share of criminal cases collapsing in Kent after alleged victims drop "
        "out",
        [
            "was broadly unchanged from 2019, and much the same as in 2015, when comparable",
            "– broadly unchanged from 2019.",
        ],
    ),
    "level with the nation": (
        years([10_000] * 6, [12.8, 14, 18, 30, 25.1, 27.4]),
        NATION_UP,
        "More criminal cases collapse in Kent after alleged victims drop out",
        ["Across England and Wales, the rate was the same: 27.4% of criminal cases"],
    ),
    "record number, lower rate": (
        years([9000, 9000, 9000, 9000, 9000, 20_000], [9, 10, 15, 24.1, 22.4, 20]),
        NATION_UP,
        "Record number of criminal cases collapse in Kent despite fall in rate",
        [
            "failed to reach court after alleged victims withdrew support for their case, although "
            "they were a smaller share of all cases closed, figures reveal.",
            "That was the highest number since comparable figures were first published in 2015, "
            "although the rate was not a record high. At 20%, the rate of cases to collapse for "
            "this reason was down from 22.4% in 2019, but above the 9% of 2015",
        ],
    ),
    "record number, record-low rate": (
        years([9000, 9000, 9000, 9000, 9000, 40_000], [30, 28, 26, 24.1, 22.4, 20]),
        NATION_UP,
        "Record number of criminal cases collapse in Kent despite fall in rate",
        [
            "That was the highest number on record. At 20%, that was the lowest rate of cases to "
            "collapse for this reason",
        ],
    ),
    "record number, rate as high as ever in print": (
        years([90_000] * 5 + [100_000], [9, 10, 15, 20, 25.02, 25.01]),
        NATION_UP,
        "Record number of criminal cases collapse in Kent after alleged victims drop out",
        [
            "That was the highest number since comparable figures were first published in 2015. At "
            "25%, the rate of cases to collapse for this reason was broadly unchanged from 2019, "
            "and compares with 9% in 2015.",
        ],
    ),
    "baseline missing": (
        years([9000], [23.4]),
        years([200_000], [27.4]),
        "How many criminal cases collapsed in Kent after alleged victims dropped out",
        [
            "New figures show how many criminal offences in Kent failed to reach court last year",
            "That was a rate of 23.4%.",
            "27.2% of criminal cases closed last year collapsed after alleged victims withdrew "
            "support for further action.",
        ],
    ),
    "only two periods": (
        years([9000, 9000], [22, 23]),
        NATION_UP,
        "More criminal cases collapse in Kent after alleged victims drop out",
        [],
    ),
    "small base": (
        years([90] * 6, [10, 10, 10, 10, 10, 10]),
        NATION_UP,
        "How many criminal cases collapsed in Kent after alleged victims dropped out",
        [
            "of 90 offences closed by Kent Police last year, nine fell through",
            "That is too few cases for a percentage to be a fair guide.",
            "A suspect was identified for seven of the cases dropped.",
        ],
    ),
    "nobody withdrew": (
        years([9000] * 6, [0] * 6),
        NATION_UP,
        "Little change in share of criminal cases collapsing in Kent after alleged victims drop "
        "out",
        ["none fell through after the alleged victim did not support further action."],
    ),
}


@cache
def withdrawal(case: str) -> Drafts:
    local, nation, *_ = WITHDRAWAL[case]
    return write(local, nation)


@pytest.mark.parametrize("case", WITHDRAWAL)
def test_withdrawal(case: str) -> None:
    *_, headline, sentences = WITHDRAWAL[case]
    kent = withdrawal(case)["kent"]
    text = text_of(kent)
    assert kent.headline == headline
    for sentence in sentences:
        assert sentence in text
    assert kent.status is Status.READY


CHARGED = {
    "record low": (
        years([9000] * 6, RISING, [15, 14, 13, 12, 11, 10]),
        NATION_DOWN,
        "Share of criminal cases ending in a charge falls to record low in Kent",
        [
            "fell to a record low last year, figures show.",
            "At 10%, that was the lowest charge rate since comparable figures were first published "
            "in 2015, when 15% of offences assigned outcomes that year ended with this result.",
            "The rate in Kent was also lower than 11% in 2019.",
            "and the highest rate since comparable figures began in 2015, when it was 10.2%.",
        ],
    ),
    "joint low": (
        years([9000] * 5 + [10_000], RISING, [10, 14, 13, 12, 11, 10]),
        NATION_UP,
        "Share of criminal cases ending in a charge matches record low in Kent",
        [
            "At 10%, that was the joint-lowest charge rate since",
            "and the lowest rate since comparable figures began in 2015, when",
        ],
    ),
    "record high": (
        years([9000] * 6, RISING, [10, 11, 12, 13, 14, 15]),
        NATION_LEVEL,
        "Share of criminal cases ending in a charge rises to record high in Kent",
        ["The rate in Kent was also higher than 14% in 2019."],
    ),
    "joint high, level with last year": (
        years([9000] * 4 + [10_000, 9000], RISING, [10, 11, 12, 13, 15, 15]),
        years([200_000] * 6, RISING, [9, 10, 10, 10, 10, 8.73]),
        "Share of criminal cases ending in a charge matches record high in Kent",
        [
            "At 15%, that was the joint-highest charge rate",
            "The rate in Kent was broadly unchanged from 2019.",
        ],
    ),
    "record low number only": (
        years([90_000, 40_000, 40_000, 40_000, 40_000, 9000], RISING, [11, 14, 13, 12, 10, 12]),
        NATION_UP_ONLY,
        "Record-low number of criminal cases end in a charge in Kent despite rise in rate",
        [
            "Fewer criminal cases than in any other year on record ended with a suspect being "
            "charged or summonsed in Kent last year, although the rate rose, figures",
            "That was the lowest number since comparable figures were first published in 2015, "
            "although the rate was not a record low.",
        ],
    ),
    "record low number, lower rate": (
        years([90_000, 40_000, 40_000, 40_000, 40_000, 9000], RISING, [11, 14, 13, 12, 13, 12]),
        NATION_UP_ONLY,
        "Record-low number of criminal cases end in a charge in Kent",
        [
            "That was the lowest number since comparable figures were first published in 2015, "
            "although the rate was not a record low. At 12%, the charge rate was slightly down "
            "from 13% in 2019, but above the 11% of 2015.",
        ],
    ),
    "record low number, rate as low as ever in print": (
        years([90_000] * 5 + [60_000], RISING, [14, 13, 12, 11, 10.01, 10.02]),
        NATION_UP_ONLY,
        "Record-low number of criminal cases end in a charge in Kent",
        [
            "That was the lowest number since comparable figures were first published in 2015. At "
            "10%, the charge rate was broadly unchanged from 2019, and below the 14% of 2015.",
        ],
    ),
    "record low number, record-high rate": (
        years([90_000, 40_000, 40_000, 40_000, 40_000, 5000], RISING, [8, 9, 10, 11, 12, 13]),
        NATION_UP_ONLY,
        "Share of criminal cases ending in a charge rises to record high in Kent",
        ["That was the lowest number on record. At 13%, that was the highest charge rate since"],
    ),
    "down": (
        years([9000, 9000, 9000, 9000, 9000, 9500], RISING, [9, 14, 13, 12, 11, 10]),
        NATION_UP_ONLY,
        "Smaller share of criminal cases end in a charge in Kent",
        ["At 10%, the charge rate was down from 11% in 2019, but above the 9% of 2015"],
    ),
    "up": (
        years([9000] * 6, RISING, [9, 14, 13, 12, 10, 11]),
        NATION_UP_ONLY,
        "Larger share of criminal cases end in a charge in Kent",
        ["At 11%, the charge rate was up from 10% in 2019, and compares with 9% in 2015"],
    ),
    "joint low of the nation": (
        years([10_000] * 6, RISING, [8, 9, 10, 12, 11, 8]),
        years([10_000] * 6, RISING, [8, 9, 10, 12, 11, 8]),
        "Share of criminal cases ending in a charge matches record low in Kent",
        [
            "down from 11% in 2019 and the joint-lowest rate since comparable figures began in "
            "2015, when it was 8%."
        ],
    ),
    "level": (
        years([9000] * 6, RISING, [9, 14, 13, 12, 10, 10]),
        NATION_LEVEL,
        "Little change in share of criminal cases ending in a charge in Kent",
        ["At 10%, the charge rate was broadly unchanged from 2019, and compares with 9% in 2015"],
    ),
    "level with the nation": (
        years([10_000] * 6, RISING, [15, 14, 13, 12, 11, 10]),
        NATION_UP,
        "Share of criminal cases ending in a charge falls to record low in Kent",
        ["Across England and Wales, the rate was the same: 10% of criminal cases"],
    ),
    "baseline missing": (
        years([9000], [23.4], [12]),
        years([200_000], [27.4], [10]),
        "How many criminal cases ended in a charge in Kent",
        ["That was a rate of 12%.", "10.1% of criminal cases closed last year ended in"],
    ),
    "small base": (
        years([90] * 6, [10] * 6, [10] * 6),
        NATION_UP,
        "How many criminal cases ended in a charge in Kent",
        ["nine ended with somebody being charged", "too few cases for a percentage"],
    ),
}


@cache
def charged(case: str) -> Drafts:
    local, nation, *_ = CHARGED[case]
    return write(local, nation, story="charged")


@pytest.mark.parametrize("case", CHARGED)
def test_charged(case: str) -> None:
    *_, headline, sentences = CHARGED[case]
    kent = charged(case)["kent"]
    text = text_of(kent)
    assert kent.headline == headline
    for sentence in sentences:
        assert sentence in text


NATIONAL = {
    ("victim-withdrawal", "record"): (
        RISING,
        "Record share of criminal cases collapse across England and Wales after alleged victims "
        "drop out",
        [
            "of 20,000 offences closed by police forces last year",
            "The rate across England and Wales was also higher than 26.3%",
        ],
    ),
    ("victim-withdrawal", "joint"): (
        [30, 10, 15, 20, 26, 30],
        "Share of criminal cases collapsing across England and Wales matches record high as "
        "alleged victims drop out",
        ["matched its record high last year"],
    ),
    ("victim-withdrawal", "joint low"): (
        [9, 26, 20, 15, 12, 9],
        "Share of criminal cases collapsing after alleged victims drop out matches record low "
        "across England and Wales",
        ["was at its joint-lowest on record last year"],
    ),
    ("victim-withdrawal", "low"): (
        FALLING,
        "Share of criminal cases collapsing after alleged victims drop out falls to record low "
        "across England and Wales",
        ["At 9%, that was the lowest rate of cases to collapse for this reason since"],
    ),
    ("victim-withdrawal", "higher"): (
        [9, 30, 15, 20, 26, 28],
        "Larger share of criminal cases collapse across England and Wales after alleged victims "
        "drop out",
        ["was up from 26% in 2019, and compares with 9% in 2015"],
    ),
    ("victim-withdrawal", "lower"): (
        [9, 30, 15, 20, 26, 25],
        "Smaller share of criminal cases collapse across England and Wales after alleged victims "
        "drop out",
        [],
    ),
    ("victim-withdrawal", "level"): (
        [9, 30, 15, 20, 25, 25],
        "Little change in share of criminal cases collapsing across England and Wales after "
        "alleged victims drop out",
        [],
    ),
    ("charged", "joint low"): (
        [9, 26, 20, 15, 12, 9],
        "Share of criminal cases ending in a charge matches record low across England and Wales",
        ["matched its record low last year"],
    ),
    ("charged", "joint high"): (
        [30, 10, 15, 20, 26, 30],
        "Share of criminal cases ending in a charge matches record high across England and Wales",
        ["matched its record high last year"],
    ),
    ("charged", "low"): (
        FALLING,
        "Share of criminal cases ending in a charge falls to record low across England and Wales",
        ["The rate across England and Wales was also lower than 12% in 2019."],
    ),
    ("charged", "high"): (
        RISING,
        "Share of criminal cases ending in a charge rises to record high across England and Wales",
        [
            "At 29.3%, that was the highest charge rate since comparable figures",
            "also higher than 26.3%",
        ],
    ),
    ("charged", "lower"): (
        [9, 30, 15, 20, 26, 25],
        "Smaller share of criminal cases end in a charge across England and Wales",
        [],
    ),
    ("charged", "higher"): (
        [9, 30, 15, 20, 24, 25],
        "Larger share of criminal cases end in a charge across England and Wales",
        [],
    ),
    ("charged", "level"): (
        [9, 30, 15, 20, 25, 25],
        "Little change in share of criminal cases ending in a charge across England and Wales",
        [],
    ),
}


@cache
def national(story: str, case: str) -> Drafts:
    rates = NATIONAL[story, case][0]
    each = years([10_000] * 6, rates if story != "charged" else [5] * 6, rates)
    return write(each, each, story=story)


@pytest.mark.parametrize(("story", "case"), NATIONAL)
def test_the_nation_with_a_table_of_forces(story: str, case: str) -> None:
    _, headline, sentences = NATIONAL[story, case]
    nation = national(story, case)["england-and-wales"]
    text = text_of(nation)
    assert nation.headline == headline
    for sentence in sentences:
        assert sentence in text
    assert "Essex Police | 10,000 | " in text


STORIES = ["victim-withdrawal", "charged"]
TRENDS = {"up": NATION_UP, "down": NATION_DOWN, "level": NATION_LEVEL, "no record": NATION_UP_ONLY}


@cache
def incomplete(story: str, trend: str) -> Drafts:
    lacking = [("kent", Quarter(2020, 1))]
    return write(years([9000] * 6, RISING), TRENDS[trend], story=story, without=lacking)


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("trend", TRENDS)
def test_an_incomplete_area_says_why_and_gives_the_nation(story: str, trend: str) -> None:
    drafts = incomplete(story, trend)
    kent = drafts["kent"]
    text = text_of(kent)
    assert kent.status is Status.EXCLUDED
    assert kent.headline.startswith("No reliable figure for criminal cases ")
    assert ", as complete figures were not available." in text
    assert "The Home Office figures give no reliable rate for Kent Police." in text
    assert "The figures for England and Wales do not include the force." in text
    assert "– | – | complete figures were not available" in text_of(drafts["england-and-wales"])
    for draft in drafts.values():
        assert not BLAMES.search(whole_text_of(draft)), whole_text_of(draft)


BLAMES = re.compile(r"\b(?:did not|failed to|has not|could not) (?!support|reach)\w+")
"""Says that somebody left something undone; of cases and of victims each story says so."""


@cache
def marked(story: str) -> Drafts:
    """Kent, for which the table itself has the mark that data was not provided."""
    missing = [("kent", Quarter(2020, 1))]
    return write(years([9000] * 6, RISING), NATION_UP, story=story, marked_missing=missing)


@pytest.mark.parametrize("story", STORIES)
def test_of_what_the_table_marks_copy_says_what_the_mark_says(story: str) -> None:
    drafts = marked(story)
    assert ", as data was not provided." in text_of(drafts["kent"])
    assert "The figures do not include Kent Police, as data was not provided." in text_of(
        drafts["essex"]
    )
    assert "– | – | data was not provided" in text_of(drafts["england-and-wales"])
    for draft in drafts.values():
        assert not BLAMES.search(whole_text_of(draft)), whole_text_of(draft)


@pytest.mark.parametrize("story", STORIES)
def test_every_piece_gives_the_words_of_a_source_and_of_nobody_else(story: str) -> None:
    given = excluding({"kent": INCOMPLETE_DATA}, story)["kent"]
    lacking, unprovided = incomplete(story, "up")["kent"], marked(story)["kent"]
    for kind, by_source, by_mark, by_nobody in (
        (
            PieceKind.BRIEF,
            "Kent Police did not submit complete data, so Home Office figures give no reliable",
            "Home Office figures give no reliable rate for Kent Police, as data was not provided.",
            "no reliable rate for Kent Police, as complete figures were not available.",
        ),
        (
            PieceKind.RADIO,
            "Kent Police did not submit complete data, so the Home Office figures give no",
            ", as data was not provided.",
            ", as complete figures were not available.",
        ),
        (
            PieceKind.SOCIAL,
            ", as the force did not submit complete data.",
            ", as data was not provided.",
            ", as complete figures were not available.",
        ),
        (
            PieceKind.ALT,
            "Kent Police has no line: it did not submit complete data.",
            "Kent Police has no line: data was not provided.",
            "Kent Police has no line: complete figures were not available.",
        ),
    ):
        assert by_source in said_by(given, kind)
        assert by_mark in said_by(unprovided, kind)
        assert by_nobody in said_by(lacking, kind)


def test_a_template_of_before_reads_where_nobody_gave_a_reason() -> None:
    """It prints a reason after the force's name, and does not ask whether anybody gave one."""
    template = (
        "{{ area.police }} {{ incomplete }}."
        "{% for reason, forces, periods in excluded | by_reason %}"
        " Not {{ forces | map(attribute='police') | join_names('or') }} as it {{ reason }}."
        "{% endfor %}"
    )
    kent = incomplete("charged", "up")["kent"]
    with tracing(desk().style):
        said = (
            make_environment(desk())
            .from_string(template)
            .render(story_context(kent.facts, desk(), RELEASE))
        )
    assert said == (
        "Kent Police had no complete figures. Not Kent Police as it had no complete figures."
    )


@cache
def incomplete_in_the_only_year(story: str) -> Drafts:
    lacking = [("kent", Quarter(2020, 1))]
    one_year = years([9000], [23.4]), years([200_000], [27.4])
    return write(*one_year, story=story, without=lacking)


@pytest.mark.parametrize("story", STORIES)
def test_an_incomplete_area_in_the_only_year(story: str) -> None:
    text = text_of(incomplete_in_the_only_year(story)["kent"])
    assert "Across England and Wales, " in text
    assert "in 2019" not in text


@cache
def nobody_complete_throughout(story: str) -> Drafts:
    lacking = [("kent", Quarter(2019, 1)), ("essex", Quarter(2020, 2))]
    return write(years([9000] * 6, RISING), NATION_UP, story=story, without=lacking)


@pytest.mark.parametrize("story", STORIES)
def test_a_force_without_a_nation_to_set_it_against(story: str) -> None:
    text = text_of(nobody_complete_throughout(story)["kent"])
    assert "9,000 offences closed by Kent Police last year" in text
    assert "Across England and Wales" not in text
    assert not re.search(r"\brecord (high|low|number|share|rate)|on record", text, re.I)


@cache
def nobody_complete(story: str) -> Drafts:
    lacking = [("kent", Quarter(2020, 1)), ("essex", Quarter(2020, 2))]
    return write(years([9000] * 6, RISING), NATION_UP, story=story, without=lacking)


@pytest.mark.parametrize("story", STORIES)
def test_no_area_complete(story: str) -> None:
    drafts = nobody_complete(story)
    assert drafts["england-and-wales"].headline.startswith("No figure for England and Wales")
    text = text_of(drafts["kent"])
    assert "Nor do they include Essex Police, as complete figures were not available." in text


@pytest.mark.parametrize("story", STORIES)
def test_a_small_force_has_counts_and_no_rate_in_the_table(story: str) -> None:
    drafts = (withdrawal if story == "victim-withdrawal" else charged)("small base")
    assert "Kent Police | 90 | 9 | too few cases" in text_of(drafts["england-and-wales"])


def excluding(reasons: dict[str, str], story: str = "victim-withdrawal") -> Drafts:
    register = tuple(
        desk().register[0].model_copy(update={"area": area, "reason": reason})
        for area, reason in reasons.items()
    )
    small = small_desk("kent", "surrey", "essex", register=register)
    each = years([9000] * 6, RISING)
    return drafts_of({"kent": each, "surrey": each, "essex": each}, small, story=story)


INCOMPLETE_DATA = "did not submit complete data"
EXCLUDED = [
    ({}, None),
    (
        {"kent": INCOMPLETE_DATA},
        "The figures do not include Kent Police as it did not submit complete data.",
    ),
    (
        {"kent": INCOMPLETE_DATA, "surrey": INCOMPLETE_DATA},
        "The figures do not include Kent Police or Surrey Police as they did not submit complete "
        "data.",
    ),
    (
        {"kent": INCOMPLETE_DATA, "surrey": "changed its system"},
        "The figures do not include Kent Police as it did not submit complete data. Nor do they "
        "include Surrey Police as it changed its system.",
    ),
]


@cache
def lacking_an_earlier_year(story: str) -> Drafts:
    """Kent by the register, Surrey with no rows for a quarter of 2018, Essex whole."""
    register = (desk().register[0].model_copy(update={"area": "kent"}),)
    small = small_desk("kent", "surrey", "essex", register=register)
    each = years([9000] * 6, RISING, [15, 14, 13, 12, 11, 10])
    counts = {"kent": each, "surrey": each, "essex": each}
    return drafts_of(counts, small, story=story, without=[("surrey", Quarter(2018, 2))])


@cache
def left_out_of_an_earlier_year(story: str) -> Drafts:
    """Kent by the register, of 2018 alone."""
    of_2018 = {"area": "kent", "from_": "2018-04", "to": "2018-06"}
    register = (desk().register[0].model_copy(update=of_2018),)
    small = small_desk("kent", "surrey", "essex", register=register)
    each = years([9000] * 6, RISING, [15, 14, 13, 12, 11, 10])
    return drafts_of({"kent": each, "surrey": each, "essex": each}, small, story=story)


@pytest.mark.parametrize("story", STORIES)
def test_a_reason_is_not_said_of_a_period_that_it_was_not_given_for(story: str) -> None:
    text = text_of(left_out_of_an_earlier_year(story)["essex"])
    assert (
        "The figures do not include Kent Police, whose figures for 2018 were left out as it did "
        "not submit complete data."
    ) in text


def test_a_reason_of_a_source_and_none_stand_apart() -> None:
    drafts = lacking_an_earlier_year("charged")
    assert (
        "The figures do not include Kent Police as it did not submit complete data. Nor do they "
        "include Surrey Police, as complete figures were not available for 2018."
    ) in text_of(drafts["essex"])
    assert not drafts["surrey"].facts.incomplete


@pytest.mark.parametrize(("reasons", "said"), EXCLUDED)
def test_excluded_forces_are_named_with_the_reason(
    reasons: dict[str, str], said: str | None
) -> None:
    text = text_of(excluding(reasons)["essex"])
    if said is None:
        assert "do not include" not in text
    else:
        assert said in text


@pytest.mark.parametrize("story", STORIES)
def test_the_numbers_of_a_reason_are_its_sources(story: str) -> None:
    """In figures and as they are read aloud; another number in its place is held."""
    reason = "closed 12,000 old cases, or 37.4% of all, at once in spring 2020"
    drafts = excluding({"kent": reason}, story)
    statuses = {area: draft.status for area, draft in drafts.items()}
    assert statuses.pop("kent") is Status.EXCLUDED
    assert set(statuses.values()) == {Status.READY}
    spoken = (
        "closed twelve thousand old cases, or thirty-seven point four per cent of all, at once in"
    )
    assert f"{spoken} spring twenty twenty" in whole_text_of(drafts["kent"])
    kent = copy_of(drafts["kent"].article, drafts["kent"].disclosure)
    for old, new in [("12,000 old", "21,000 old"), ("spring 2020", "spring 2019")]:
        passages = [replace(each, text=each.text.replace(old, new)) for each in kent.passages]
        changed = replace(kent, passages=tuple(passages))
        problems = Checker(desk(), RELEASE).check_copy(changed, drafts["kent"].facts)
        assert Level.HOLD in {each.level for each in problems}, new


@pytest.mark.parametrize(
    "reason", ["said it had closed a backlog at once", "closed a “backlog” of old cases"]
)
def test_the_words_of_a_reason_are_nobodys_quotation(reason: str) -> None:
    drafts = excluding({"kent": reason})
    assert {draft.status for draft in drafts.values()} == {Status.READY, Status.EXCLUDED}


LOCAL = years([9000] * 6, RISING)


def released(day: datetime.date | None) -> Drafts:
    return write(LOCAL, release=replace(RELEASE, published=day))


def test_fresh_quotes_are_used() -> None:
    kent = released(datetime.date(2021, 5, 13))["kent"]
    assert "said the trend across the two nations was a “huge cause for concern”." in text_of(kent)
    assert kent.status is Status.READY


def test_a_stale_quote_holds_the_draft() -> None:
    kent = released(datetime.date(2021, 10, 21))["kent"]
    held = [problem for problem in kent.problems if problem.level is Level.HOLD]
    assert [problem.where for problem in held] == [
        "quote of Rachel Almeida", "quote of a government spokesman",
    ]  # fmt: skip
    assert "20 October 2021" in held[0].what


def test_a_quote_about_a_later_release_is_left_out() -> None:
    text = text_of(released(datetime.date(2021, 5, 12))["kent"])
    assert "Almeida" not in text
    assert "government spokesman" not in text


def test_without_a_date_of_publication_nothing_is_last_year_and_freshness_is_unknown() -> None:
    kent = released(None)["kent"]
    assert "last year" not in text_of(kent)
    assert "A record share of criminal offences in Kent in 2020 failed" in text_of(kent) or (
        "A record number of criminal offences in Kent in 2020 failed" in text_of(kent)
    )
    warned = [problem.what for problem in kent.problems if problem.level is Level.WARN]
    assert warned == ["Whether the quote is fresh cannot be told: the release has no date."] * 2


@cache
def without_quotes() -> Drafts:
    return drafts_of({"kent": LOCAL, "essex": NATION_UP}, small_desk("kent", "essex", quotes=()))


def test_absent_quotes_leave_no_hole() -> None:
    text = text_of(without_quotes()["kent"])
    assert "Campaigners" not in text
    assert "“" not in text


def test_a_victims_charity_is_not_quoted_on_a_rise_that_is_none() -> None:
    text = text_of(write(LOCAL, NATION_DOWN)["kent"])
    assert "Almeida" not in text
    assert "A government spokesman said" in text


def said_by(draft: Draft, kind: PieceKind) -> str:
    """Return what a piece says, a line for each paragraph."""
    (piece,) = (piece for piece in draft.pieces if piece.kind is kind)
    return "\n".join(plain(block.runs) for block in piece.article.blocks)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (withdrawal("record number only")["kent"], "The rate was not a record high."),
        (withdrawal("record number, lower rate")["kent"], None),
        (withdrawal("record number and rate")["kent"], None),
        (charged("record low number, lower rate")["kent"], "The rate was not a record low."),
        (charged("record low number only")["kent"], None),
    ],
)
@pytest.mark.parametrize("kind", [PieceKind.BRIEF, PieceKind.RADIO, PieceKind.SOCIAL])
def test_a_record_number_says_everywhere_that_the_rate_is_no_record(
    draft: Draft, said: str | None, kind: PieceKind
) -> None:
    words = said_by(draft, kind)
    assert said in words if said else "not a record" not in words


@pytest.mark.parametrize("kind", [PieceKind.BRIEF, PieceKind.RADIO])
def test_where_both_print_the_same_every_piece_says_so(kind: PieceKind) -> None:
    same = {
        "withdrawal": withdrawal("level with the nation")["kent"],
        "charged": charged("level with the nation")["kent"],
    }
    for draft in same.values():
        assert "Across England and Wales the rate was the same: " in said_by(draft, kind)
        assert "Across England and Wales, the rate was the same: " in text_of(draft)


@pytest.mark.parametrize(
    "case", ["down on 2019", "record low", "record number, lower rate", "joint-lowest rate"]
)
def test_campaigners_speak_of_a_rise_after_it_is_told_where_there_is_none_here(case: str) -> None:
    local, *_ = WITHDRAWAL[case]
    text = text_of(write(local, NATION_UP)["kent"])
    rise = text.index("– up from 25.") if "– up from 25." in text else text.index("up from")
    assert rise < text.index("Campaigners say crime victims")
    assert "Speaking of the two nations, Ms Almeida said the factors driving the rise" in text


def test_campaigners_speak_second_where_the_rate_rose_here() -> None:
    second = text_of(withdrawal("record number and rate")["kent"]).splitlines()[2]
    assert second.startswith("Campaigners say crime victims across England and Wales are being let")


@cache
def with_this_year_as_baseline(story: str) -> Drafts:
    small = small_desk("kent", "essex")
    fixed = small.stories[story].model_copy(update={"baseline": "2020"})
    return write(LOCAL, NATION_UP, story=story, desk_=replace(small, stories={story: fixed}))


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ("victim-withdrawal", "support for further action – the highest rate since 2015, when"),
        (
            "charged",
            "ended in a charge or summons – the lowest rate since comparable figures began in",
        ),
    ],
)
def test_no_period_is_its_own_baseline(story: str, said: str) -> None:
    assert said in text_of(with_this_year_as_baseline(story)["kent"])


def every_case() -> Iterator[Drafts]:
    yield from map(withdrawal, WITHDRAWAL)
    yield from map(charged, CHARGED)
    yield from (national(*case) for case in NATIONAL)
    yield from (excluding(reasons) for reasons, _ in EXCLUDED)
    yield without_quotes()
    for story in STORIES:
        yield from (incomplete(story, trend) for trend in TRENDS)
        yield from (marked(story), lacking_an_earlier_year(story))
        yield excluding({"kent": INCOMPLETE_DATA}, story)
        yield incomplete_in_the_only_year(story)
        yield left_out_of_an_earlier_year(story)
        yield nobody_complete(story)
        yield nobody_complete_throughout(story)
        yield with_this_year_as_baseline(story)


def test_every_branch_of_every_template_is_rendered() -> None:
    environment = make_environment(desk())
    templates = [
        path.relative_to(desk().templates).as_posix()
        for path in sorted(desk().templates.rglob("*.md.j2"))
        if path.name != "correction.md.j2"  # no draft has it: see test_corrections.py
    ]
    branches = {branch for name in templates for branch in environment.list_branches(name)}
    drafts = [draft for drafts in every_case() for draft in drafts.values()]
    drafts += every_reply()
    # One area takes the same variants always: the others are in drafts for more areas.
    varied = [draft for draft in drafts if draft.has_variants]
    drafts += [other for draft in varied for other in told_elsewhere(draft, *desk().forces[:6])]
    taken = {branch for draft in drafts for branch in draft.branches}
    assert sorted(branches - taken) == []
    assert len(branches) > 100
