"""The nation's table: a file of it, and a table on the page that a screen reader can read."""

from __future__ import annotations

import csv
from dataclasses import replace

from building import RELEASE, desk, drafts_of
from lxml import etree

from generator.filing.bundle import bundle
from generator.filing.html import Pages
from generator.model import Draft
from generator.periods import Quarter


def drafts() -> dict[str, Draft]:
    counts = {
        "kent": {2019: (1000, 263), 2020: (3000, 1000)},
        "essex": {2019: (1000, 240), 2020: (2000, 500)},
        "surrey": {2019: (1000, 300), 2020: (1000, 310)},
        "norfolk": {2019: (1000, 100), 2020: (50, 20)},
    }
    return drafts_of(counts, without=[("surrey", Quarter(2020, 1))])


def test_the_league_has_every_area_exact_and_as_printed() -> None:
    nation = drafts()["england-and-wales"]
    files = bundle(nation, replace(RELEASE, sample=True), Pages(desk()))
    rows = list(csv.DictReader(files["league.csv"].decode().splitlines()))

    assert [(row["place"], row["area"], row["police"]) for row in rows] == [
        ("1", "kent", "Kent Police"),
        ("2", "essex", "Essex Police"),
        ("", "norfolk", "Norfolk Constabulary"),
        ("", "surrey", "Surrey Police"),
    ]
    kent, _, norfolk, surrey = rows
    assert (kent["closed_exact"], kent["closed_printed"]) == ("3000", "3,000")
    assert (kent["rate_exact"], kent["rate_printed"]) == ("1000/3000", "33.3%")
    assert (kent["why"], kent["sample"]) == ("", "true")
    assert (norfolk["closed_exact"], norfolk["rate_exact"], norfolk["rate_printed"]) == (
        "50",
        "",
        "",
    )
    assert norfolk["why"] == "a share of fewer than 100 is not printed"
    assert (surrey["closed_exact"], surrey["rate_printed"]) == ("", "")
    assert surrey["why"] == "complete figures were not available"


def test_only_the_nation_has_a_league() -> None:
    assert "league.csv" not in bundle(drafts()["kent"], RELEASE, Pages(desk()))


def test_the_table_on_the_page_says_what_it_is_and_what_its_cells_belong_to() -> None:
    nation = drafts()["england-and-wales"]
    page = etree.HTML(bundle(nation, RELEASE, Pages(desk()))["article.html"])
    (article,) = page.iter("article")
    (table,) = article.iter("table")
    (caption,) = table.iter("caption")
    assert "".join(caption.itertext()).strip() == "Force by force"
    assert table.index(caption) == 0
    head, *body = table.iter("tr")
    assert {cell.get("scope") for cell in head} == {"col"}
    assert len(body) == 4
    for row in body:
        assert [cell.tag for cell in row] == ["th", "td", "td", "td"]
        assert row[0].get("scope") == "row"
    assert [each for each in article.iter("h2") if each.getparent().tag != "caption"] == []
