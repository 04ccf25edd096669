"""Falsehoods that an editor, or a slip of the keyboard, may put into finished copy.

Each is one small change to the words of a clean draft; the second reader has to hold the
draft for it, and say why.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from building import RELEASE, desk
from changing import change
from test_stories import (
    NATION_JOINT,
    NATION_UP,
    RISING,
    charged,
    excluding,
    incomplete,
    national,
    withdrawal,
    write,
    years,
)

from generator.model import Copy, Draft, Level, Release, copy_of
from generator.periods import Quarter
from generator.writing import Checker

RECORD = "record number and rate"
RATE = "At 29.3%, that was the highest rate"
NATION = "Across England and Wales, the rate was lower: 27.5% of criminal cases"


@dataclass(frozen=True)
class Edit:
    """A change of words in a clean draft, and what the reader has to say of it."""

    old: str
    new: str
    said: str
    draft: str = RECORD
    area: str = "kent"


EDITS = {
    "one altered digit": Edit("2,784 fell", "2,754 fell", "2,754.*no figure"),
    "transposed digits": Edit("9,500 offences", "5,900 offences", "5,900.*no figure"),
    "a digit lost": Edit("9,500 offences", "950 offences", "950.*no figure"),
    "a digit too many": Edit("9,500 offences", "95,000 offences", "95,000.*no figure"),
    "a comma in the wrong place": Edit("9,500 offences", "95,00 offences", "95,00.*no figure"),
    "two counts swapped": Edit(
        "of 9,500 offences closed by Kent Police last year, 2,784 fell",
        "of 2,784 offences closed by Kent Police last year, 9,500 fell",
        "9,500.*is “offences closed” for Kent",
    ),
    "two rates swapped": Edit(
        "27.5% of criminal cases closed last year collapsed after alleged victims withdrew "
        "support for further action – up from 25.2%",
        "25.2% of criminal cases closed last year collapsed after alleged victims withdrew "
        "support for further action – up from 27.5%",
        "25.2%.*in 2019, where",
    ),
    "the two shares swapped": Edit("around 86%, compared", "around 29%, compared", "29%"),
    "another year's rate": Edit(RATE, RATE.replace("29.3", "26.3"), "in 2019, where"),
    "the nation's rate for the force's": Edit(
        RATE, RATE.replace("29.3", "27.5"), "is “share of .*” for England and Wales"
    ),
    "the force's rate for the nation's": Edit(
        NATION, NATION.replace("27.5", "29.3"), "“share of .*” for Kent in 2020, where"
    ),
    "the nation's share for the force's": Edit("around 86%", "around 82%", "82%"),
    "a count for a rate": Edit(RATE, RATE.replace("29.3%", "2,784"), "speak of a share"),
    "a rate for a count": Edit(
        "of 9,500 offences", "of 29.3% offences", "speak of a number of cases"
    ),
    "a per cent sign too many": Edit("9,500 offences", "9,500% offences", "9,500%"),
    "an off-by-one year beside a number": Edit(
        "26.3% in 2019", "26.3% in 2018", "“share of .*” for Kent"
    ),
    "an off-by-one first year": Edit("published in 2015", "published in 2014", "2014"),
    "a year for a number": Edit("of 9,500 offences", "of 2019 offences", "stands where a number"),
    "a number for a year": Edit("26.3% in 2019", "26.3% in 25.2%", "where a period has to"),
    "a year that is not last year": Edit(
        "Kent Police last year, 2,784", "Kent Police in 2021, 2,784", "2021.*no period"
    ),
    "a wrong day of publication": Edit(
        "figures reveal", "figures published on 14 May 2021 reveal", "no date"
    ),
    "a reversed comparison with a number": Edit(
        "– up from 25.2%", "– down from 25.2%", "not below"
    ),
    "a reversed comparison with a year": Edit("higher than 26.3%", "lower than 26.3%", "not below"),
    "a reversed comparison with the nation": Edit(
        "rate was lower: ", "rate was higher: ", "not above"
    ),
    "fell to, where it rose": Edit(RATE, "The rate fell to 29.3%, the highest rate", "not below"),
    "lowest for highest": Edit(RATE, RATE.replace("highest", "lowest"), "prints the same|as low"),
    "a record low": Edit("A record number of", "A record low number of", "2019 was as low|as low"),
    "a record since a year before the data": Edit(
        "highest rate since 2015", "highest rate since 2010", "2010"
    ),
    "a record in the headline that the text lacks": Edit(
        "Record number of criminal cases collapse in Kent",
        "Record low for criminal cases that collapse in Kent",
        "does not say what the headline claims|as low",
    ),
    "a fall in the headline": Edit(
        "Record number of criminal cases collapse in Kent",
        "Fewer criminal cases collapse in Kent",
        "not below",
    ),
    "a number in the headline alone": Edit(
        "Record number of criminal cases collapse in Kent",
        "In 2019, 2,472 criminal cases collapse in Kent",
        "in the headline and not in the text",
    ),
    "another area in the headline": Edit(
        "collapse in Kent", "collapse in Surrey", "not those of that area|not that area's"
    ),
    "another area in the text": Edit(
        "closed by Kent Police",
        "closed by Essex Police",
        "“offences closed” for Kent.*“offences closed” for Essex",
    ),
    "a joint record made a record": Edit(
        "matches record high", "hits record high", "as high or higher", "joint-highest rate"
    ),
    "a record made a joint one": Edit(
        "that was the highest rate", "that was the joint-highest rate", "not level with"
    ),
    "a tie called a rise": Edit(
        "was broadly unchanged from 2019", "was up from 22.4% in 2019", "not above",
        "unchanged on 2019",
    ),
    "a rise called a standstill": Edit(
        "up from 25.2% in 2019", "broadly unchanged from 25.2% in 2019", "not level with"
    ),
    "slightly, where it is much": Edit(
        "– up from 25.2%", "– slightly up from 25.2%", "too far apart"
    ),
    "a hedge out of tolerance": Edit("around 86%", "around 88%", "88%"),
    "more than, where it is less": Edit(
        "of 9,500 offences", "of more than 9,500 offences", "9,500"
    ),
    "nearly, where it is more": Edit("2,784 fell", "nearly 2,700 fell", "2,700"),
    "just, of what is not small": Edit(RATE, "At just 29.3%, that was the highest rate", "hedge"),
    "a hedge on a number that is exact": Edit("2,784 fell", "more than 2,784 fell", "2,784"),
    "a third, where it is more than a quarter": Edit(
        RATE, "At about a third, that was the highest rate", "a third"
    ),
    "one in two": Edit(
        "The rate in Kent was also higher than 26.3% in 2019.",
        "One in two offences closed in Kent fell through.",
        "One in two",
    ),
    "a number in words": Edit(
        "of 9,500 offences",
        "of nine thousand four hundred offences",
        "“offences closed” for Kent in 2019",
    ),
    "a million": Edit("of 9,500 offences", "of 9.5 million offences", "9.5 million"),
    "money": Edit("figures reveal", "figures that cost £2,784 reveal", "£2,784"),
    "a vague number": Edit("figures reveal", "thousands of figures reveal", "thousands"),
    "doubled": Edit(
        "was also higher than 26.3% in 2019", "has doubled since 2019", "so many times"
    ),
    "trebled": Edit(
        "The rate in Kent was also higher than 26.3% in 2019",
        "The number of cases that collapsed has trebled since 2018",
        "so many times",
    ),
    "twice the nation": Edit(
        "The rate in Kent was also higher than 26.3% in 2019",
        "The rate in Kent was twice the national rate",
        "so many times",
    ),
    "per cent for percentage points": Edit(
        "was also higher than 26.3% in 2019", "was up 3% on 2019", "percentage points"
    ),
    "wrong percentage points": Edit(
        "was also higher than 26.3% in 2019", "was up 4 percentage points on 2019", "points apart"
    ),
    "a wrong change in per cent": Edit(
        "The rate in Kent was also higher than 26.3% in 2019",
        "The number of cases that collapsed rose by 31% on 2019",
        "not so many per cent",
    ),
    "a share of the wrong whole": Edit(
        "a suspect was identified for 2,394 – around 86%",
        "a suspect was identified for 2,394 – around 86% of all cases closed",
        "86%",
    ),
    "the worst in the country": Edit("also higher than 26.3% in 2019", "the worst", "worst"),
    "for the first time": Edit("figures reveal", "figures reveal for the first time", "first time"),
    "a majority": Edit("A record number of", "Most cases, a record number of", "Most cases"),
    "a wrong place among forces": Edit(
        "was also higher than 26.3% in 2019",
        "was the second-highest of any force",
        "its place among 2 areas is 1",
    ),
    "not a record, where it is one": Edit(
        RATE, "At 29.3%, that was not the highest rate", "it was a record"
    ),
    "the same figure twice in a sentence": Edit("around 86%", "around 86%, or 86%", "twice"),
    "a word of a quote changed": Edit("huge cause", "major cause", "word for word in no quote"),
    "a number in a quote changed": Edit("20,000 more", "30,000 more", "word for word in no quote"),
    "reported speech changed": Edit("were complex", "were simple", "made to say"),
    "a quote given to somebody else": Edit(
        "A government spokesman said", "Rachel Almeida said", "given to nobody, or to somebody"
    ),
    "a quote given to nobody known": Edit(
        "A government spokesman said", "A police spokesman said", "given to nobody, or to somebody"
    ),
    "an invented quote": Edit(
        "figures reveal.",
        "figures reveal, in what one officer called “a scandal”.",
        "word for word"
    ),
    "words put in somebody's mouth": Edit(
        "The rate in Kent was also higher than 26.3% in 2019.",
        "Ms Almeida said the force had failed victims.",
        "made to say",
    ),
    "scare quotes": Edit("drop out", "‘drop out’", "word for word in no quote"),
    "a quote mark lost": Edit("concern”.", "concern.", "not in pairs"),
    "a placeholder": Edit("9,500 offences", "{{ closed }} offences", "left over"),
    "None": Edit("of 9,500 offences", "of None offences", "left over"),
    "nan": Edit("At 29.3%", "At nan%", "left over"),
    "records before comparable figures began": Edit(
        "highest rate since 2015", "highest rate since comparable figures began in 2014", "2014"
    ),
    "the same, of two rates that differ": Edit(
        "the rate was lower:", "the rate was the same:", "cannot stand"
    ),
    "a doubled word": Edit("figures reveal", "figures figures reveal", "a word twice"),
    "a doubled phrase": Edit(
        "figures reveal.", "figures reveal figures reveal.", "“figures reveal figures reveal”"
    ),
    "a doubled name at the start": Edit(
        "Home Office data", "Home Office Home Office data", "the same words twice"
    ),
    "a subject lost": Edit("Home Office data shows", "shows", "begins with a small letter"),
    "a doubled sentence": Edit(
        "The rate in Kent was also higher than 26.3% in 2019.",
        "The rate in Kent was also higher than 26.3% in 2019. "
        "The rate in Kent was also higher than 26.3% in 2019.",
        "twice",
    ),
    "an, before a number read with a consonant": Edit(
        "At 29.3%, that was", "With an 29.3% rate, that was", "wrong article"
    ),
    "a mark of the tracing": Edit("2,784 fell", "2,784\ue002 fell", "no font"),
    "an excluded force not named": Edit(
        "The figures do not include Kent Police as it did not submit complete data.",
        "The figures are complete.",
        "the copy does not say so",
        "excluded",
        "essex",
    ),
    "a force said to be excluded that is not": Edit(
        "do not include Kent Police", "do not include Kent Police or Surrey Police",
        "they do not", "excluded", "essex",
    ),
    "a reason that nobody gave": Edit(
        ", as complete figures were not available.", " as it did not submit complete data.",
        "nobody has given a reason", "lacking", "essex",
    ),
    "a force blamed in its own copy": Edit(
        "The Home Office figures give no reliable rate for Kent Police.",
        "Kent Police failed to provide the Home Office with figures.",
        "nobody has given a reason", "lacking", "kent",
    ),
    "a digit in the table": Edit(
        "10,000 | 900", "10,000 | 910", "is not", "nation", "england-and-wales"
    ),
    "a rate in the wrong row": Edit(
        "| 27.4%", "| 29.4%", "is not", "nation rates", "england-and-wales"
    ),
    "a record over a gap": Edit(
        "was up from 20% in 2019", "was the highest on record", "over a gap", "gap"
    ),
    "a record that print does not show": Edit(
        "was broadly unchanged from 2019", "was the highest on record", "prints the same", "hidden"
    ),
    "a rise between rates that print alike": Edit(
        "was broadly unchanged from 2019", "was up on 2019", "not above", "hidden"
    ),
    "a falling rate called rising": Edit(
        "falls to record low", "rises to record low", "one way and the record another",
        "record low of charges",
    ),
    "fewer charges called more": Edit(
        "A smaller share", "A larger share", "not above", "smaller share of charges"
    ),
}  # fmt: skip


def draft_of(name: str, area: str) -> Draft:
    """Return the clean draft that an edit is made in."""
    match name:
        case "excluded":
            return excluding({"kent": "did not submit complete data"})[area]
        case "lacking":
            return incomplete("charged", "up")[area]
        case "nation":
            return national("charged", "joint low")[area]
        case "nation rates":
            return write(years([9000] * 6, RISING), NATION_UP)[area]
        case "gap":
            local = years([9000] * 6, [9, 10, 15, 16, 20, 23.4])
            return write(local, NATION_UP, without=[("kent", Quarter(2017, 1))])[area]
        case "hidden":
            local = years([100_000] * 6, [9, 10, 15, 20, 25.01, 25.02])
            return write(local, NATION_JOINT)[area]
        case "record low of charges":
            return charged("record low")[area]
        case "smaller share of charges":
            return charged("down")[area]
    return withdrawal(name)[area]


@pytest.mark.parametrize("name", EDITS)
def test_a_false_edit_is_held(name: str, record_property: Callable[[str, object], None]) -> None:
    edit = EDITS[name]
    draft = draft_of(edit.draft, edit.area)
    clean = copy_of(draft.article, draft.disclosure)
    changed = change(clean, edit.old, edit.new)

    record_property("fault", name)

    assert holds(clean, draft) == []
    said = holds(changed, draft)
    assert any(re.search(edit.said, each) for each in said), said


def test_a_stale_quote_is_held(record_property: Callable[[str, object], None]) -> None:
    draft = draft_of(RECORD, "kent")
    clean = copy_of(draft.article, draft.disclosure)
    late = replace(RELEASE, published=datetime.date(2021, 10, 21))
    record_property("fault", "a stale quote")
    changed = replace(clean, disclosure=clean.disclosure.replace("13 May", "21 October"))
    assert any("for releases from" in each for each in holds(changed, draft, late))


def test_a_quote_about_another_year_is_held(
    record_property: Callable[[str, object], None],
) -> None:
    draft = draft_of(RECORD, "kent")
    clean = copy_of(draft.article, draft.disclosure)
    about = tuple(quote.model_copy(update={"about": "2019"}) for quote in desk().quotes)
    record_property("fault", "a quote about another year")
    checker = Checker(replace(desk(), quotes=about), RELEASE)
    found = checker.check_copy(clean, draft.facts)
    assert any("is about 2019" in problem.what for problem in found)


@pytest.mark.parametrize("old", ["13 May", "Home Office on", "template"])
def test_a_changed_line_of_origin_is_held(
    old: str, record_property: Callable[[str, object], None]
) -> None:
    draft = draft_of(RECORD, "kent")
    clean = copy_of(draft.article, draft.disclosure)
    changed = replace(clean, disclosure=clean.disclosure.replace(old, "x"))
    record_property("fault", f"a changed line of origin: {old}")
    assert any("has been changed" in each for each in holds(changed, draft))


def holds(copy: Copy, draft: Draft, release: Release = RELEASE) -> list[str]:
    """Return why the second reader holds the copy."""
    return [
        f"{problem.where}: {problem.what}"
        for problem in Checker(desk(), release).check_copy(copy, draft.facts)
        if problem.level is Level.HOLD and problem not in draft.facts.problems
    ]
