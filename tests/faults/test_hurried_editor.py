"""False sentences and headlines that a hurried editor may write: each has to be held.

They are put into Kent's draft, in which the rate rose from 26.3% to 29.3%, a record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from building import RELEASE, desk
from test_stories import withdrawal

from generator.model import BlockKind, Copy, Level, Passage, copy_of
from generator.writing import Checker

HEADLINES = [
    " Record number of criminal cases collapse in Essex after alleged victims drop out",
    " Cases collapse at lowest rate on record in Kent after alleged victims drop out",
    " Number of criminal cases that collapse doubles in Kent",
    " Record number of victims drop out in Surrey",
    " 29.4% of criminal cases collapse in Kent",
    " Nearly half of criminal cases collapse in Kent as victims drop out",
    " More than half of cases collapse in Kent",
    " Record rise in cases that collapse in Kent",
    " Kent has worst rate for collapsed cases",
    " Collapsed cases up by a third in Kent",
    " Cases collapse at twice national rate in Kent",
    " Police in Kent drop 2,784 cases",
]
SENTENCES = [
    "The rate in Kent rose from 26.3% in 2019 to 29.4% last year.",
    "The rate in Kent fell from 29.3% in 2019 to 26.3% last year.",
    "Kent Police closed 9,500 offences last year, down from 9,400 in 2019.",
    "It was the lowest rate since 2015.",
    "The rate was up 3% on 2019.",
    "The rate rose by three per cent.",
    "The rate was 4 percentage points higher than in 2019.",
    "The number of cases that collapsed rose by 12% on 2019.",
    "Nearly 40% of cases closed in Kent collapsed.",
    "More than a third of offences closed in Kent fell through.",
    "A third of offences in Kent fell through.",
    "One in four offences closed in Kent collapsed.",
    "In 2018, 26.3% of cases in Kent collapsed for this reason.",
    "Kent’s rate of 27.5% was lower than the 29.3% across England and Wales.",
    "The force’s rate was below the national rate of 27.5%.",
    "The rate has doubled since 2019.",
    "The number of cases that collapsed has trebled since 2018.",
    "The rate has halved since 2015.",
    "In Kent, 2,472 cases collapsed last year, compared with 2,784 in 2019.",
    "The rate is the worst in the country.",
    "Kent has the second-highest rate of any force.",
    "The rate is twice the national average.",
    "Most cases in Kent collapsed.",
    "Victims dropped out of 2,394 cases.",
    "Ms Almeida said Kent Police were to blame.",
    "“This is a scandal,” said Ms Almeida.",
    "Rachel Almeida said: “We are committed to supporting all victims of crime.”",
    "Kent Police said it was “working hard to support victims”.",
    "The figures do not include Essex Police.",
    "For the first time, more than 2,700 cases collapsed.",
    "The rate has never been higher.",
    "The rate has risen every year since 2015 and stands at 31%.",
    "The rate was slightly up on 2018.",
    "The rate is the highest since 2010.",
    "More offences were closed in Kent than across England and Wales.",
    "Fewer cases collapsed than in 2019.",
    "Less than a quarter of cases collapsed.",
    "Kent Police closed 9.5 million offences.",
    "Kent Police closed 95,00 offences.",
    "Kent Police closed nine thousand five hundred and one offences.",
    "The rate was 29.3 percent in 2019.",
    "Twenty-nine per cent of cases collapsed in 2019.",
    "The suspect was identified in 86% of all cases closed.",
    "A suspect was identified in 82% of the cases dropped in Kent.",
    "It was also higher than 29.3% in 2019.",
    "It was up from 26.3% in 2015.",
    "Across England and Wales, the rate was higher: 27.5% of criminal cases closed last "
    "year collapsed.",
    "Across England and Wales, 29.3% of criminal cases closed last year collapsed.",
    "The rate in Surrey was 29.3%.",
    "At 29.3%, that was the highest number of cases to collapse.",
    "The number of cases was 29.3%.",
    "There were 2,784% of cases.",
    "Some 2,784 victims withdrew in 2020, or 26.3% of the total.",
    "The rate was not higher than in 2019.",
    "The rate fell by three percentage points.",
    "The rate was down three points on last year.",
    "The number of cases that collapsed was down 13% on 2019.",
    "In five years the rate has trebled.",
    "Over the past decade the rate has doubled.",
    "An average of ten cases a day collapsed.",
    "That is 50 cases every week.",
    "Some 29.3% of victims in Kent are women.",
    "The rate in Kent is the lowest of any force.",
    "Kent has the highest rate in the South East.",
    "Kent is now the worst force.",
    "29.3 per cent of cases in Essex collapsed.",
    "The Met had a rate of 29.3%.",
    "Nationally, 29.3% of cases collapsed.",
    "The national rate was 29.3%.",
    "Cases have been rising every year since 2012.",
    "In 2016, 20% of cases collapsed.",
    "Between 2015 and 2020 the rate rose from 10% to 29.3%.",
    "Police charged a suspect in 2,394 cases.",
    "A suspect was identified in 9,500 cases.",
    "Only 86% of cases closed had a suspect.",
    "More cases collapsed in Kent than anywhere else.",
    "Almost every case collapsed.",
    "Three times as many cases collapsed as in 2019.",
    "The figure has risen tenfold since 2015.",
    "The rate has risen sevenfold since 2016.",
    "The gap with England and Wales was 5 percentage points.",
    "The gap with England and Wales was 1.8 per cent.",
    "That is 312 fewer than in 2019.",
    "That is 400 more than in 2019.",
    "２９.４% of cases collapsed.",
    "The rate was 29.3\u200b1%.",
    "The rate is 2 9.3%.",
    "Kent's rate, at 27.5%, was the highest on record.",
    "Kent's rate of 29.3% was below the national figure.",
    "The rate was higher last year than this year.",
    "The rate will rise to 35% next year.",
    "The number of victims who withdrew was a record 9,500.",
    "The number was a record, at 2,394.",
    "A record 2,472 cases collapsed.",
    "A record 29.3% of cases were closed.",
    "The lowest rate was 4% in 2016.",
    "The rate peaked at 29.3% in 2019.",
    "It hit a low of 4% in 2018.",
    "As many as 3,000 cases collapsed.",
    "Up to 30% of cases collapsed.",
    "At least 3,000 cases collapsed.",
    "No fewer than 2,800 cases collapsed.",
    "Fewer than 2,700 cases collapsed.",
    "Less than one in five cases collapsed.",
    "Just one in five cases collapsed.",
    "The rate was 26.3% in 2019, 20% in 2018 and 16% in 2017.",
    "The rate was 29.3% last year and 27.3% the year before.",
    "The force closed 9,400 offences last year and 9,500 the year before.",
    "The rate was 27.5% in Kent and 29.3% across England and Wales.",
    "Kent closed more offences than in 2019 but fewer than in 2018.",
    "The rate rose last year for the first time since 2015.",
    "The rate had been falling since 2015.",
    "After falling for years, the rate has stabilised.",
    "Kent had the highest rate in England.",
    "Of all the forces, Kent had the lowest rate.",
    "Kent tops the league table.",
    "The rate in Kent was higher than across England and Wales in 2015.",
    "The rate was higher in 2018.",
    "It was higher in 2018 than in 2019.",
    "The rate was no higher than in 2019.",
    "The rate failed to rise.",
    "The rate was far from the highest on record.",
    "The rate slipped to 29.3%.",
    "The rate sank from 26.3% in 2019 to 29.3%.",
    "The rate stayed the same last year.",
    "The rate was worse in 2019.",
    "Every day in Kent, 2,784 offences fall through.",
    "Kent Police closed 9,500 rapes last year.",
    "Of 9,500 sexual offences closed in Kent, 2,784 fell through.",
    "Some 2,784 suspects walked free.",
    "Some 29.3% of police officers quit.",
    "The murder rate is the highest since 2015.",
    "The conviction rate was 29.3%.",
    "In Canterbury, 29.3% of cases collapsed.",
    "In Scotland, 29.3% of cases collapsed.",
    "The rise was caused by court backlogs.",
    "The rise was due to police cuts.",
    "The figures exclude fraud and murder, and the rate has fallen.",
    "According to Ms Almeida, the force failed victims.",
    "The Home Office said the figures were unreliable.",
    "Kent Police has apologised for the record number of cases that collapsed.",
    "The rate was the lоwest on record.",
    "The rate was the low\xadest on record.",
    "The rate was −29.3%.",
    "At ½, the rate was a record.",
    "The rate has increased eightfold since 2016.",
    "Neighbouring Nottinghamshire had the third-highest rate.",
    "Nationally, the rate was 27.5% last month.",
    "All of them fell through.",
    "Every victim withdrew.",
    "Everyone dropped out.",
    "Each of the offences fell through.",
    "No case reached court.",
    "Nobody was charged.",
    "No one was charged.",
    "Not a single offence was solved.",
    "All victims in Kent withdrew.",
    "The rate was higher than 26.3% in 2019 and 2018.",
    "The rate was 26.3% in 2018 and 2019.",
    "The rate was up from 26.3% in 2019 or 2018.",
    "The rate was precisely 29.3%.",
    "Kent Police closed exactly ten thousand offences.",
    "Kent Police closed exactly 9.4 thousand offences.",
    "Kent Police closed 0.01 million offences.",
    "The rate was a score per cent.",
]


def is_held(edit: Callable[[Copy], Copy]) -> bool:
    draft = withdrawal("record number and rate")["kent"]
    edited = edit(copy_of(draft.article, draft.disclosure))
    found = Checker(desk(), RELEASE).check_copy(edited, draft.facts)
    return any(problem.level is Level.HOLD for problem in found)


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_false_headline_is_held(
    headline: str, record_property: Callable[[str, object], None]
) -> None:
    record_property("fault", headline)
    assert is_held(lambda copy: replace(copy, headline=headline))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_false_sentence_is_held(
    sentence: str, record_property: Callable[[str, object], None]
) -> None:
    record_property("fault", sentence)
    told = Passage(BlockKind.PARAGRAPH, sentence)
    assert is_held(
        lambda copy: replace(copy, passages=(*copy.passages[:4], told, *copy.passages[4:]))
    )
