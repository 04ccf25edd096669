"""The rows of a figure are found again, and held against it, quarter by quarter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from building import desk, small_desk
from tables import CLOSED, HEADER, rows_of, write_csv, write_xlsx

from generator.desk import Desk
from generator.filed.refinding import counts_in, refind
from generator.model import Draft, Figure
from generator.pipeline import draft
from generator.requests import Request

THREE = ("derbyshire", "kent", "northumbria")


@pytest.fixture(scope="module")
def three() -> Desk:
    return small_desk(*THREE)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    write_csv(tmp_path / "outcomes.csv", [HEADER, *rows_of(CLOSED)])
    return tmp_path


def drafted(release: Path, desk_: Desk, area: str = "kent") -> tuple[Draft, Figure]:
    """Write an area's draft; return it with the count of its withdrawn cases in 2020."""
    request = Request(release, ("victim-withdrawal",), (area,))
    _, (only,) = draft(request, desk_)
    figure = only.facts.measures["withdrawn"].figure
    assert figure is not None
    return only, figure


def change(release: Path, old: str, new: str) -> None:
    path = release / "outcomes.csv"
    text = path.read_bytes().decode()
    assert text.count(old) == 1, text.count(old)
    path.write_bytes(text.replace(old, new).encode())


KENT_2020_Q3 = "2020/21,2,Kent,8N,Violence against the person,14,900,900\r\n"


def test_rows_that_are_as_they_were_agree(release: Path, three: Desk) -> None:
    kent, figure = drafted(release, three)
    (found,) = refind([figure], kent, three, release)
    assert found.differences == ()
    assert found.total == figure.value == 4 * (900 + 510)
    assert [row.count for row in found.rows] == [900, 510] * 4
    assert {row.cells["Force Name"] for row in found.rows} == {"Kent"}


def test_the_nation_is_its_basket_and_no_other_force(release: Path) -> None:
    four = small_desk(*THREE, "essex")  # of which the release has nothing: it is left out
    nation, figure = drafted(release, four, "england-and-wales")
    assert [one.area.id for one in nation.facts.excluded] == ["essex"]
    (found,) = refind([figure], nation, four, release)
    assert found.differences == ()
    assert found.total == figure.value == 4 * (590 + 280 + 900 + 510 + 990 + 400)


def test_a_row_that_was_changed_is_noticed(release: Path, three: Desk) -> None:
    kent, figure = drafted(release, three)
    change(release, KENT_2020_Q3, KENT_2020_Q3.replace("900,900", "900,899"))
    (found,) = refind([figure], kent, three, release)
    assert found.total == 5639
    assert found.differences == (
        "July to September 2020, outcomes.csv: the figure has 2 rows (127–128) adding up to "
        "1,410; the published file has 2 rows (127–128) adding up to 1,409.",
        "In all the figure is 5,640; the published rows add up to 5,639.",
    )


def test_a_row_that_is_gone_is_noticed_even_if_the_sum_is_right(release: Path, three: Desk) -> None:
    kent, figure = drafted(release, three)
    other = "2020/21,2,Kent,8N,Violence against the person,16,510,510\r\n"
    change(release, KENT_2020_Q3, "")
    change(release, other, other.replace("510,510", "510,1410"))
    (found,) = refind([figure], kent, three, release)
    assert found.total == figure.value
    july, october = found.differences
    assert july.endswith(
        "the figure has 2 rows (127–128) adding up to 1,410; the published file has 1 row (127) "
        "of 1,410."
    )
    assert "(139–140)" in october  # all rows after the one that is gone have moved up
    assert "(138–139)" in october


def test_rows_that_the_figure_does_not_know_of_are_noticed(tmp_path: Path, three: Desk) -> None:
    rows = rows_of(CLOSED)
    write_csv(tmp_path / "to-march.csv", [HEADER, *(row for row in rows if row[0] <= "2019/20")])
    write_csv(tmp_path / "to-december.csv", [HEADER, *(row for row in rows if row[0] > "2019/20")])
    kent, figure = drafted(tmp_path, three)
    first, *others = figure.sources
    assert first.table.file == "to-march.csv"
    less = replace(figure, value=figure.value - first.total, sources=tuple(others))

    (found,) = refind([less], kent, three, tmp_path)

    assert found.differences == (
        "January to March 2020, to-march.csv: the figure has no rows; the published file has "
        "2 rows (103–104) adding up to 1,410.",
        "In all the figure is 4,230; the published rows add up to 5,640.",
    )


def test_a_figure_that_is_wrong_is_noticed(release: Path, three: Desk) -> None:
    kent, figure = drafted(release, three)
    (found,) = refind([replace(figure, value=5641)], kent, three, release)
    assert found.differences == ("In all the figure is 5,641; the published rows add up to 5,640.",)


def test_a_share_is_of_its_two_counts(release: Path, three: Desk) -> None:
    kent, _ = drafted(release, three)
    rate = kent.facts.measures["rate"].figure
    points = kent.facts.measures["rate"].on_previous.points
    assert rate is not None
    assert points is not None
    assert [one.id for one in counts_in([rate, rate])] == [
        "kent/withdrawn/2020",
        "kent/closed/2020",
    ]
    assert [one.id for one in counts_in([points])] == [
        f"kent/{name}/{year}" for year in (2020, 2019) for name in ("withdrawn", "closed")
    ]


def test_every_count_of_the_sample_is_found_again(sample_release: Path) -> None:
    """Two readings of one release, in code that shares nothing, come to the same rows."""
    request = Request(sample_release, ("victim-withdrawal",))
    _, drafts = draft(request, desk())
    nation = next(each for each in drafts if each.facts.area.id == desk().nation.id)
    figures = [
        point.figure
        for each in drafts
        for measured in each.facts.measures.values()
        for point in measured.series
        if point.figure
    ]
    counts = counts_in(figures)
    assert len(counts) > 44 * 3 * 5
    found = refind(counts, nation, desk(), sample_release)
    assert {one.figure.id: one.differences for one in found if one.differences} == {}
    assert sum(one.total for one in found) == sum(one.value for one in counts)


@pytest.mark.parametrize("sheet", ["Outcomes_open_data_2019_20", "Outcomes open data 2019_20"])
def test_rows_of_a_workbook_are_found_again(tmp_path: Path, three: Desk, sheet: str) -> None:
    write_xlsx(tmp_path / "outcomes.xlsx", {"Contents": [], sheet: [HEADER, *rows_of(CLOSED)]})
    kent, figure = drafted(tmp_path, three)
    (found,) = refind([figure], kent, three, tmp_path)
    assert found.differences == ()
    assert {row.table.sheet for row in found.rows} == {sheet}
