"""The oracle itself: right on tables small enough to do in one's head, and on the sample."""

import csv
from fractions import Fraction
from pathlib import Path

import oracle
import pytest

# As printed by local papers in June 2021: calendar years, cases closed.
PUBLISHED = [
    ("Derbyshire", "closed", "2020", "80,204"),
    ("Derbyshire", "withdrawn", "2020", "23,489"),
    ("Derbyshire", "identified", "2020", "20,189"),
    ("Derbyshire", "rate", "2020", "29.3%"),
    ("Derbyshire", "rate", "2019", "26.3%"),
    ("Derbyshire", "rate", "2015", "4%"),
    ("Derbyshire", "suspect_share", "2020", "around 86%"),
    ("Northumbria", "closed", "2020", "129,577"),
    ("Northumbria", "withdrawn", "2020", "30,271"),
    ("Northumbria", "identified", "2020", "21,152"),
    ("Northumbria", "rate", "2020", "23.4%"),
    ("Northumbria", "rate", "2019", "22.4%"),
    ("Northumbria", "rate", "2018", "24.1%"),
    ("Northumbria", "rate", "2015", "9%"),
    ("Northumbria", "suspect_share", "2020", "around 70%"),
    ("England and Wales", "rate", "2020", "27.4%"),
    ("England and Wales", "rate", "2019", "25.1%"),
    ("England and Wales", "rate", "2015", "12.8%"),
    ("England and Wales", "suspect_share", "2020", "82%"),
]
HEADER = (
    "Financial Year,Financial Quarter,Force Name,Outcome Type,"
    "Force outcomes for offences recorded in quarter,Force outcomes recorded in quarter\n"
)


def as_printed(value: oracle.Value, like: str) -> str:
    """Print a figure as the papers did: as many decimals as `like`, half up, no `.0`."""
    assert value is not None
    if not like.endswith("%"):
        return f"{value:,}"
    places = 0 if like.startswith("around") or like == "82%" else 1
    whole, part = divmod(int(Fraction(value) * 100 * 10**places + Fraction(1, 2)), 10**places)
    number = f"{whole}.{part}" if part else f"{whole}"
    return f"around {number}%" if like.startswith("around") else f"{number}%"


def mismatches(figures: oracle.Figures, published: list[tuple[str, str, str, str]]) -> list[str]:
    return [
        f"{area}, {measure}, {period}: {found}, published {figure}"
        for area, measure, period, figure in published
        if (found := as_printed(figures[area, measure, period], figure)) != figure
    ]


@pytest.fixture(scope="module")
def tables(sample_release: Path) -> dict[str, list[oracle.Row]]:
    return oracle.read_tables(sample_release)


@pytest.fixture(scope="module")
def counts(tables: dict[str, list[oracle.Row]]) -> oracle.Counts:
    return oracle.counts_of(tables)


@pytest.fixture(scope="module")
def figures(counts: oracle.Counts) -> oracle.Figures:
    return oracle.figures_of(counts)


# --- On the sample ------------------------------------------------------------------------


def test_every_published_figure(figures: oracle.Figures) -> None:
    assert mismatches(figures, PUBLISHED) == []


@pytest.mark.parametrize("place", range(len(PUBLISHED)))
def test_a_changed_digit_is_seen(figures: oracle.Figures, place: int) -> None:
    area, measure, period, figure = PUBLISHED[place]
    at = max(i for i, character in enumerate(figure) if character.isdigit())
    changed = figure[:at] + str((int(figure[at]) + 1) % 10) + figure[at + 1 :]
    assert mismatches(figures, [(area, measure, period, changed)])


def test_a_changed_cell_is_seen(tables: dict[str, list[oracle.Row]], tmp_path: Path) -> None:
    """One case more in one cell of a CSV copy, and the published figures are missed."""
    changed = False
    for name, rows in tables.items():
        copy = [list(cells) for _, cells in rows]
        for cells in copy:
            if not changed and cells[:3] == ["2020/21", "Q3", "Derbyshire"] and cells[8] == "16":
                cells[12] = str(int(cells[12]) + 1)
                changed = True
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows(copy)
    assert changed
    assert mismatches(oracle.outcome_figures(tmp_path), PUBLISHED) == [
        "Derbyshire, closed, 2020: 80,205, published 80,204",
        "Derbyshire, withdrawn, 2020: 23,490, published 23,489",
        "Derbyshire, identified, 2020: 20,190, published 20,189",
    ]


def test_the_published_records(figures: oracle.Figures) -> None:
    assert oracle.is_record_high(figures, "Derbyshire", "rate", "2020")
    assert oracle.is_record_high(figures, "Derbyshire", "withdrawn", "2020")
    assert not oracle.is_record_high(figures, "Northumbria", "rate", "2020")
    assert oracle.is_record_high(figures, oracle.NATION, "rate", "2020")


def test_no_figure_where_greater_manchester_has_a_gap(figures: oracle.Figures) -> None:
    closed = {
        period: value
        for (area, measure, period), value in figures.items()
        if (area, measure) == ("Greater Manchester", "closed")
    }
    assert {period for period, value in closed.items() if value is None} == {
        "2019", "2020", "2019/20", "year to September 2019", "year to September 2020",
    }  # fmt: skip
    assert not oracle.is_record_high(figures, "Greater Manchester", "closed", "2020")


def test_the_nation_has_greater_manchester_up_to_2018(counts: oracle.Counts) -> None:
    """The basket depends on the periods compared, and on them alone."""
    short = oracle.figures_of(counts, until=(2018, 4))
    long = oracle.figures_of(counts)
    apart = (
        short["England and Wales", "closed", "2018"],
        long["England and Wales", "closed", "2018"],
    )
    manchester = long["Greater Manchester", "closed", "2018"]
    assert None not in (*apart, manchester)
    assert (apart[0] or 0) - (apart[1] or 0) == manchester
    assert ("England and Wales", "closed", "2019") not in short


def test_the_nation_prints_alike_without_the_railways(counts: oracle.Counts) -> None:
    local = oracle.figures_of(counts, leave_out=["British Transport Police"])
    assert mismatches(local, [one for one in PUBLISHED if one[0] == oracle.NATION]) == []


def test_recorded_counts_not_provided(tables: dict[str, list[oracle.Row]]) -> None:
    recorded = oracle.figures_of(oracle.counts_of(tables, "recorded"))
    assert recorded["Cumbria", "closed", "2015"] is None
    assert recorded["Cumbria", "closed", "2014/15"] is None
    assert recorded["Cumbria", "closed", "2016"] is not None
    assert recorded["Kent", "closed", "2015"] is not None


# --- In one's head ------------------------------------------------------------------------


def year(force: str, start: int, *cells: tuple[int, str, str]) -> str:
    """Four quarters of the same cells: outcome type, recorded, closed."""
    return "".join(
        f"{start}/{(start + 1) % 100},{quarter},{force},{outcome},{recorded},{closed}\n"
        for quarter in (1, 2, 3, 4)
        for outcome, recorded, closed in cells
    )


def test_a_share_by_hand(tmp_path: Path) -> None:
    (tmp_path / "2019.csv").write_text(
        HEADER
        + year(
            "Avon & Somerset", 2019,
            (0, "99", "N/A"), (1, "9", "2"), (14, "9", "1"), (16, "9", "3"), (18, "9", "-1"),
            (18, "N/A - Offence Code Expired", "15"),
        )
    )  # fmt: skip
    figures = oracle.outcome_figures(tmp_path)
    assert figures == {
        (area, measure, "2019/20"): value
        for area in ("Avon and Somerset", "England and Wales")
        for measure, value in {
            "closed": 80,
            "withdrawn": 16,
            "identified": 12,
            "charged": 8,
            "rate": Fraction(1, 5),
            "suspect_share": Fraction(3, 4),
            "charge_rate": Fraction(1, 10),
        }.items()
    }


def test_a_calendar_year_begins_with_the_fourth_quarter(tmp_path: Path) -> None:
    """January to March 2020 stands in 2019/20, and nothing else of that year counts."""
    (tmp_path / "2019.csv").write_text(
        HEADER + "".join(f"2019/20,{quarter},Kent,1,0,{10**quarter}\n" for quarter in (1, 2, 3, 4))
    )
    (tmp_path / "2020.csv").write_text(
        HEADER + "".join(f"2020/21,Q{quarter},Kent,1,0,{quarter}\n" for quarter in (1, 2, 3))
    )
    figures = oracle.outcome_figures(tmp_path)
    assert figures["Kent", "closed", "2020"] == 10_006
    assert figures["Kent", "closed", "2019/20"] == 11_110
    assert figures["Kent", "closed", "year to September 2020"] == 11_000 + 3
    assert ("Kent", "closed", "2019") not in figures


def test_an_area_that_lacks_a_quarter_leaves_the_basket(tmp_path: Path) -> None:
    kent, essex = (1, "0", "10"), (1, "0", "1")
    (tmp_path / "2018.csv").write_text(HEADER + year("Kent", 2018, kent))
    (tmp_path / "2019.csv").write_text(
        HEADER + year("Kent", 2019, kent) + year("Essex", 2019, essex)
    )
    figures = oracle.outcome_figures(tmp_path)
    assert figures["Essex", "closed", "2018/19"] is None
    assert figures["Essex", "closed", "2019/20"] == 4
    assert figures["England and Wales", "closed", "2019/20"] == 40


def charges(force: str, *by_year: int) -> str:
    """Calendar years from 2015 on, each of 400 cases in four quarters; -1 for none at all."""
    rows = ""
    for year, charged in enumerate(by_year, start=2015):
        for number in (1, 2, 3, 4) if charged >= 0 else ():
            start, quarter = (year - 1, 4) if number == 1 else (year, number - 1)
            rows += f"{start}/{(start + 1) % 100:02},{quarter},{force},1,0,{charged}\n"
            rows += f"{start}/{(start + 1) % 100:02},{quarter},{force},18,0,{100 - charged}\n"
    return rows


@pytest.mark.parametrize(
    ("essex", "out", "in_2017", "in_2019"),
    [
        ((10, 20, 30, 40, 50), {"Kent": ["2017"]}, 120, 200),  # a record, without Kent
        ((10, 20, 60, 40, 50), {}, None, 240),  # none: 2017 is not compared, and Kent is in
        ((10, 20, 50, 40, 50), {"Kent": ["2017"]}, 200, 200),  # level with 2017
    ],
)
def test_the_nation_of_a_story(
    tmp_path: Path,
    essex: tuple[int, ...],
    out: dict[str, list[str]],
    in_2017: int | None,
    in_2019: int,
) -> None:
    rows = charges("Kent", 10, 10, -1, 10, 10) + charges("Essex", *essex)
    (tmp_path / "all.csv").write_text(HEADER + rows)
    figures, left_out = oracle.nation_of(oracle.read_counts(tmp_path), "2019", ["charged"])
    assert left_out == out
    assert figures[oracle.NATION, "charged", "2017"] == in_2017
    assert figures[oracle.NATION, "charged", "2019"] == in_2019


def test_nothing_is_divided_by_nought(tmp_path: Path) -> None:
    (tmp_path / "2018.csv").write_text(HEADER + year("Kent", 2018, (1, "0", "0")))
    figures = oracle.outcome_figures(tmp_path)
    assert figures["Kent", "closed", "2018/19"] == 0
    assert figures["Kent", "rate", "2018/19"] is None
    assert figures["Kent", "suspect_share", "2018/19"] is None


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ("2019/20,1,Kent,1,0,many\n", "row 2: 'many' is no count"),
        ("2019/20,1,Kent,1,0,1.5\n", "row 2: '1.5' is no count"),
        ("2019/20,1,Kent,1,0,\n", "row 2: '' is no count"),
        ("2019/20,5,Kent,1,0,1\n", "is no quarter"),
    ],
)
def test_what_the_notes_do_not_foresee_is_refused(tmp_path: Path, cells: str, what: str) -> None:
    (tmp_path / "2019.csv").write_text(HEADER + cells)
    with pytest.raises(ValueError, match=what):
        oracle.outcome_figures(tmp_path)


def test_a_quarter_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HEADER + year("Kent", 2019, (1, "0", "1")))
    with pytest.raises(ValueError, match="in another file too"):
        oracle.outcome_figures(tmp_path)


def rates(*values: int | None) -> oracle.Figures:
    """A force's series from 2015 on."""
    return {("Kent", "rate", str(2015 + step)): value for step, value in enumerate(values)}


@pytest.mark.parametrize(
    ("series", "high", "low"),
    [
        (rates(1, 2, 3), True, False),
        (rates(3, 2, 1), False, True),
        (rates(1, 3, 3), False, False),  # joint-highest
        (rates(1, 1, 1), False, False),
        (rates(1, None, 3), False, False),  # a gap
        (rates(1, 2, None), False, False),
        (rates(1, 2), False, False),  # too few to stand out from
    ],
)
def test_records(series: oracle.Figures, high: bool, low: bool) -> None:
    last = max(period for _, _, period in series)
    assert oracle.is_record_high(series, "Kent", "rate", last) is high
    assert oracle.is_record_low(series, "Kent", "rate", last) is low


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2020", "2019"),
        ("2019/20", "2018/19"),
        ("2000/01", "1999/00"),
        ("year to September 2020", "year to September 2019"),
    ],
)
def test_year_before(period: str, before: str) -> None:
    assert oracle.year_before(period) == before


# --- Recorded crime -----------------------------------------------------------------------


def test_recorded_crime_by_hand(tmp_path: Path) -> None:
    table = tmp_path / "prc-pfa.csv"
    table.write_text(
        "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
        "Offence Subgroup,Offence Code,Number of Offences\n"
        "2017/18,1,Action Fraud,Fraud,Fraud offences,Fraud,AF,66776\n"
        "2017/18,1,Kent,Shoplifting,Theft offences,Shoplifting,46,120\n"
        "2017/18,1,Kent,Blackmail,Miscellaneous,Miscellaneous,35,-20\n"
        "2017/18,2,Kent,Shoplifting,Theft offences,Shoplifting,46,7\n"
        "2017/18,1,UK Finance,Fraud,Fraud offences,Fraud,UKF,5\n"
    )
    assert oracle.recorded_figures(table) == {
        ("Kent", "2017/18 Q1"): 100,
        ("Kent", "2017/18 Q2"): 7,
    }


def test_the_oracle_shares_no_code() -> None:
    source = Path(oracle.__file__).read_text(encoding="utf-8")
    imported = [
        line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))
    ]
    assert {name.split(".")[0] for name in imported} == {
        "csv", "re", "zipfile", "collections", "fractions", "pathlib", "typing", "xml",
    }  # fmt: skip
