"""A draft by hand: Derbyshire's published figures for 2020, and a release to have them from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from filed_items import Filing

from generator.desk import Area, Desk, Measure, builtin_desk, load_desk
from generator.model import (
    Article,
    Block,
    BlockKind,
    Claim,
    Comparison,
    Draft,
    Exclusion,
    Facts,
    Figure,
    Finding,
    Level,
    MeasureFacts,
    Point,
    Problem,
    Quotation,
    Release,
    Run,
    Runs,
    Score,
    SourceFile,
    SourceRows,
    Table,
    Unit,
    plain,
)
from generator.periods import Period

FILE = "prc-outcomes-open-data-2020.ods"
Y2020, Y2019, Y2015 = (Period.parse(year) for year in ("2020", "2019", "2015"))
NO = Finding("no", holds=False, why="not compared")
UNCOMPARED = Comparison(None, None, NO, NO, NO, NO)
MakeDraft = Callable[..., Draft]


def _count(area: Area, name: str, measure: Measure, period: Period, value: int) -> Figure:
    each = value // 4
    totals = (each, each, each, value - 3 * each)
    return Figure(
        id=f"{area.id}/{name}/{period.id}",
        label=measure.label,
        area=area.id,
        measure=name,
        period=period,
        unit=Unit.COUNT,
        value=value,
        formula="sum of Outcome_count where Outcome is 14 or 16",
        sources=tuple(
            SourceRows(Table(FILE, f"{quarter.year}"), quarter, 2, 23_041, 5_012, total)
            for quarter, total in zip(period.quarters, totals, strict=True)
        ),
    )


def _share(part: Figure, whole: Figure, measure: Measure) -> Figure:
    assert isinstance(part.value, int)
    return Figure(
        id=f"{part.area}/rate/{part.period.id}",
        label=measure.label,
        area=part.area,
        measure="rate",
        period=part.period,
        unit=Unit.SHARE,
        value=Fraction(part.value, whole.value),
        formula="withdrawn ÷ closed",
        decimals=1,
        small=5,
        parts=(part, whole),
    )


def _measure(name: str, measure: Measure, points: Sequence[Point]) -> MeasureFacts:
    return MeasureFacts(
        name=name,
        measure=measure,
        period=Y2020,
        figure=points[-1].figure,
        first=points[0].figure,
        previous=points[1].figure,
        baseline=points[1].figure,
        small_base=NO,
        record_high=Finding(
            f"{name}/record_high",
            holds=True,
            why="29.3% is above every earlier complete period, the highest of them 26.3% (2019)",
            evidence=tuple(p.figure for p in points[:0:-1] if p.figure),
        ),
        joint_high=NO,
        record_low=NO,
        joint_low=NO,
        hidden_record=NO,
        below_peak=NO,
        above_trough=NO,
        on_first=UNCOMPARED,
        on_previous=UNCOMPARED,
        on_baseline=UNCOMPARED,
        against_nation=UNCOMPARED,
        rank=None,
        ranked=43,
        series=tuple(points),
    )


@pytest.fixture(scope="session")
def desk() -> Desk:
    return load_desk(builtin_desk())


@pytest.fixture
def release() -> Release:
    return Release(
        dataset="police-outcomes",
        title="Crime outcomes open data, year ending December 2020",
        publisher="Home Office",
        source="https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables",
        licence="Open Government Licence v3.0",
        published=datetime.date(2021, 5, 13),
        files=(SourceFile(FILE, "ab" * 32),),
    )


def runs_of(*parts: str | tuple[str, tuple[int, ...]]) -> Runs:
    return tuple(Run(part) if isinstance(part, str) else Run(*part) for part in parts)


def ledger_of(article: Article, supports: Sequence[object]) -> tuple[Claim, ...]:
    """Find where each claim stands, from the runs."""
    texts: dict[int, tuple[int, str, int, str]] = {}
    places = [(-1, "", article.headline)]
    for number, block in enumerate(article.blocks):
        places.append((number, "", block.runs))
        for row, cells in enumerate(block.rows):
            places += [(number, f"{row}:{column}", cell) for column, cell in enumerate(cells)]
    for number, cell, runs in places:
        offset = 0
        for run in runs:
            for claim in run.claims:
                start = texts[claim][2] if claim in texts else offset
                text = plain(runs)[start : offset + len(run.text)]
                texts[claim] = (number, cell, start, text)
            offset += len(run.text)
    return tuple(
        Claim(text, block, start, start + len(text), support, cell)  # type: ignore[arg-type]
        for (block, cell, start, text), support in (
            (texts[index], support) for index, support in enumerate(supports)
        )
    )


@pytest.fixture
def make_draft(desk: Desk) -> MakeDraft:
    def make(
        area_id: str = "derbyshire",
        *,
        withdrawn: int = 23_489,
        problems: tuple[Problem, ...] = (),
        incomplete: str = "",
        score: int = 87,
        headline: str = "",
        first_paragraph: str = "",
        cell: str = "The year before",
    ) -> Draft:
        story = desk.stories["victim-withdrawal"]
        area = next(one for one in desk.areas if one.id == area_id)
        counts = {Y2015: (2_410, 60_250), Y2019: (21_882, 83_202), Y2020: (withdrawn, 80_204)}
        closed, gone, rate = [], [], []
        for period, (part, whole) in counts.items():
            part_figure = _count(area, "withdrawn", story.measures["withdrawn"], period, part)
            whole_figure = _count(area, "closed", story.measures["closed"], period, whole)
            gone.append(Point(period, part_figure, complete=True))
            closed.append(Point(period, whole_figure, complete=True))
            share = _share(part_figure, whole_figure, story.measures["rate"])
            rate.append(Point(period, share, complete=True))
        gap = Point(Period.parse("2018"), None, complete=False, why="two quarters are missing")
        measures = {
            "closed": _measure("closed", story.measures["closed"], [*closed[:1], gap, *closed[1:]]),
            "withdrawn": _measure("withdrawn", story.measures["withdrawn"], gone),
            "rate": _measure("rate", story.measures["rate"], rate),
        }
        excluded = Exclusion(
            next(one for one in desk.areas if one.id == "greater-manchester"),
            "did not submit complete data",
            (Y2019, Y2020),
            desk.register[0],
        )
        facts = Facts(
            story=story,
            area=area,
            period=Y2020,
            measures=measures,
            incomplete=incomplete,
            excluded=(excluded,),
            score=Score(score, ("a record high rate: 40", "up 3 points on 2019: 25")),
            problems=problems,
            nation=None,
        )
        nation_area = desk.nation
        facts = replace(facts, nation=replace(facts, area=nation_area))
        now, before, first = (rate[i].figure for i in (2, 1, 0))
        record = measures["rate"].record_high
        quote = Quotation("almeida", "huge cause for concern", True, "Rachel Almeida", "statement")
        article = Article(
            headline=runs_of(
                headline,
            )
            if headline
            else runs_of(
                ("Record number", (0,)),
                f" of criminal cases collapse in {area.name} after alleged victims drop out",
            ),
            blocks=(
                Block(
                    BlockKind.PARAGRAPH,
                    runs_of(
                        first_paragraph
                        or f"A record number of criminal offences {area.where} last year failed to "
                        "reach court after alleged victims withdrew support for their case, "
                        "figures reveal.",
                    ),
                ),
                Block(
                    BlockKind.PARAGRAPH,
                    runs_of(
                        "Home Office data shows that of ",
                        ("80,204", (1,)),
                        f" offences closed by {area.police or area.name} last year, ",
                        (f"{withdrawn:,}", (2,)),
                        " fell through after the alleged victim did not support further action.",
                    ),
                ),
                Block(
                    BlockKind.PARAGRAPH,
                    runs_of(
                        "At ",
                        ("29.3%", (3,)),
                        ", that was ",
                        ("the highest rate of cases to collapse for this reason, above ", (4,)),
                        ("26.3%", (4, 5)),
                        (" the year before", (4,)),
                        " and just ",
                        ("4%", (6,)),
                        " in 2015.",
                    ),
                ),
                Block(
                    BlockKind.PARAGRAPH,
                    runs_of(
                        "Rachel Almeida, assistant director at Victim Support, said the trend was "
                        "a “",
                        ("huge cause for concern", (7,)),
                        "”.",
                    ),
                ),
                Block(BlockKind.CROSSHEAD, runs_of("The figures")),
                Block(
                    BlockKind.TABLE,
                    rows=(
                        (runs_of("Year"), runs_of("Rate")),
                        (runs_of("2020"), runs_of(("29.3%", (8,)))),
                        (runs_of(cell), runs_of("26.3%")),
                    ),
                ),
            ),
        )
        supports: list[object] = [
            measures["withdrawn"].record_high,
            *(closed[2].figure, gone[2].figure, now, record, before, first, quote, now),
        ]
        if headline:
            supports[0] = record
            article = replace(article, headline=runs_of((headline, (0,))))
        return Draft(
            facts=facts,
            article=article,
            ledger=ledger_of(article, supports),
            problems=problems,
            disclosure="This draft was produced by template from the Home Office’s Crime outcomes "
            "open data, published on 13 May 2021.",
        )

    return make


@pytest.fixture
def held() -> tuple[Problem, ...]:
    return (
        Problem(
            Level.HOLD,
            "April to June 2020",
            "The count is 12, where the quarters around it have about 5,012.",
            "Ask the publisher.",
        ),
        Problem(Level.NOTE, "Every force", "Outcome 22 came in.", "Mind it when you compare."),
    )


def tree(output: Path) -> dict[str, bytes]:
    """Everything a run left for its readers, by path."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and ".newscopy" not in path.parts
    }


@pytest.fixture(name="tree")
def tree_fixture() -> Callable[[Path], dict[str, bytes]]:
    return tree


@pytest.fixture
def filing(make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path) -> Filing:
    return Filing(make_draft, release, desk, tmp_path)
