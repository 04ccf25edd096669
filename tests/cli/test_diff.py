"""`newscopy diff`: what it prints, in each form, and how it ends."""

from __future__ import annotations

import copy
import csv
import io
import json
from pathlib import Path

import pytest
from small_desk import SmallDesk
from tables import CLOSED, rows_of

WRONG = 3
DERBYSHIRE = "victim-withdrawal/2020/derbyshire"
CORRECTION = (
    "An earlier version of this story gave a figure of 30.4%. Home Office figures have since been "
    "revised: the share of offences closed because the victim did not support further action "
    "across England and Wales was 31.7% in 2019."
)


@pytest.fixture
def filed(newscopy: SmallDesk) -> SmallDesk:
    """Return a desk whose drafts are filed, and a release by which Derbyshire has no record."""
    assert newscopy("run").status == 0
    changed = copy.deepcopy(CLOSED)
    changed["Derbyshire"][2019] = (140, 590, 290, 1020)
    newscopy.publish("new", rows_of(changed))
    return newscopy


def test_the_first_line_sums_up_and_the_stories_come_first(filed: SmallDesk) -> None:
    ran = filed("diff", "output", "new")
    assert (ran.status, ran.err) == (0, "")
    first, *rest = ran.out.splitlines()
    assert first == (
        "4 of 8 filed drafts are now wrong. 8 findings turned, 8 figures restated, 7 of which"
    )
    headings = [line for line in rest if line.isupper()]
    assert headings == [
        "STORIES NOW WRONG",
        "WRONG IN SEVERAL STORIES ALIKE",
        "FINDINGS TURNED",
        "FIGURES THAT PRINT DIFFERENTLY",
    ]


def test_a_correction_of_many_stories_is_printed_once(filed: SmallDesk) -> None:
    text = " ".join(filed("diff", "output", "new").out.split())
    assert text.count(CORRECTION) == 1
    assert "in 4 stories victim-withdrawal/2020: all " in text
    assert "(1) paragraph 7: “Across England and Wales, the rate was lower: 33.1%" in text


def test_an_editor_can_be_told_of_one_draft(filed: SmallDesk) -> None:
    ran = filed("diff", f"output/{DERBYSHIRE}", "new", "--area", "derbyshire")
    assert ran.out.startswith("1 of 1 filed draft is now wrong.")
    assert (
        "  Derbyshire  2019    2,960  3,520         2960         3520  offences closed" in ran.out
    )


def test_the_table_has_a_row_for_each_thing_told(filed: SmallDesk) -> None:
    rows = list(csv.DictReader(io.StringIO(filed("diff", "output", "new", "--format", "csv").out)))
    kinds = [row["kind"] for row in rows]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "false sentence": 17,
        "finding turned": 8,
        "figure restated": 8,
    }
    assert [row["files"].split()[0] for row in rows if row["kind"] == "false sentence"].count(
        "article.docx"
    ) == 8  # the others are of pieces
    (headline,) = [row for row in rows if row["where"] == "headline"]
    assert headline["folder"] == DERBYSHIRE
    assert headline["correction"].startswith("The headline of an earlier version of this story")
    counted = next(row for row in rows if row["was"] == "2,960")
    assert (counted["now"], counted["exactly_now"]) == ("3,520", "3520")
    assert counted["prints_alike"] == "no"


def test_a_program_is_told_the_same(filed: SmallDesk) -> None:
    told = json.loads(filed("diff", "output", "new", "--format", "json").out)
    assert (told["drafts_looked_at"], told["drafts_now_wrong"]) == (8, 4)
    kinds = ("false_sentence", "finding_turned", "figure_restated")
    assert [len(told[kind]) for kind in kinds] == [17, 8, 8]


def test_the_page_escapes_what_an_editor_wrote(filed: SmallDesk) -> None:
    article = filed.output / DERBYSHIRE / "article.txt"
    text = article.read_text(encoding="utf-8")
    bad = text.replace("A record number", "A <script>alert(1)</script> record number")
    article.write_text(bad, encoding="utf-8")
    page = filed("diff", "output", "new", "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert '<h2 id="stories">Stories now wrong</h2>' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; record number" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("sample", ["new", "releases/2021-05-13-table"])
def test_a_sample_is_marked_whichever_of_the_two_it_is(newscopy: SmallDesk, sample: str) -> None:
    newscopy.publish("new")
    (newscopy.folder / sample / "release.yml").write_text(
        "published: 2021-05-13\nsample: true\n", encoding="utf-8"
    )
    old = "releases/2021-05-13-table"
    banner = "SAMPLE. Made from invented counts. Not for publication."
    assert newscopy("diff", old, "new").out.startswith(banner)
    assert f"<p>{banner}</p>" in newscopy("diff", old, "new", "--format", "html").out
    assert json.loads(newscopy("diff", old, "new", "--format", "json").out)["sample"] is True


def test_strict_ends_with_the_status_that_tells(filed: SmallDesk) -> None:
    assert filed("diff", "output", "new", "--strict").status == WRONG
    assert filed("diff", "output", "releases/2021-05-13-table", "--strict").status == 0
    assert filed("diff", "releases/2021-05-13-table", "new", "--strict").status == 0


def test_nothing_differs(filed: SmallDesk) -> None:
    ran = filed("diff", "output", "releases/2021-05-13-table")
    assert ran.out.startswith("Nothing differs. None of 8 filed drafts is made wrong.\n")
    ran = filed("diff", "releases/2021-05-13-table", "releases/2021-05-13-table")
    assert ran.out.startswith("Nothing differs.\n")


def test_a_template_of_the_desks_own_writes_the_corrections(filed: SmallDesk) -> None:
    template = filed.folder / "templates" / "shared" / "correction.md.j2"
    template.write_text("We said “{{ sentence }}” in {{ place }}.", encoding="utf-8")
    assert "We said “Record number of criminal cases" in filed("diff", "output", "new").out
    template.write_text("We said\n{{ nothing }}", encoding="utf-8")
    ran = filed("diff", "output", "new")
    assert (ran.status, ran.out) == (1, "")
    assert "templates/shared/correction.md.j2, line 2" in ran.err
    template.unlink()
    assert "The template shared/correction.md.j2 is missing." in filed("diff", "output", "new").err


def test_bad_input(filed: SmallDesk) -> None:
    for arguments, said in (
        (("nowhere", "new"), "This is neither a release nor a folder that newscopy filed into."),
        (("config", "new"), "This is neither a release nor a folder that newscopy filed into."),
        (("new", "output"), "The new release has to be a release, and this is an output folder."),
        (("output", "nowhere"), "There is no such file or folder."),
        (("output", "new", "--story", "charge"), "The desk has no story 'charge'."),
    ):
        ran = filed("diff", *arguments)
        assert (ran.status, ran.out) == (1, ""), arguments
        assert said in ran.err
        assert "mend:" in ran.err


def test_a_release_of_another_dataset(filed: SmallDesk) -> None:
    recorded = filed.folder / "recorded"
    recorded.mkdir()
    (recorded / "recorded.csv").write_text(
        "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
        "Offence Subgroup,Offence Code,Number of Offences\n"
        + "".join(
            f"2019/20,{quarter},{force},Murder,Homicide,Homicide,1,{quarter}\n"
            for quarter in (1, 2, 3, 4)
            for force in ("Derbyshire", "Kent", "Northumbria")
        ),
        encoding="utf-8",
    )
    ran = filed("diff", "output", recorded)
    assert (ran.status, ran.out) == (1, "")
    assert "None of the stories asked for is told from recorded-crime" in ran.err


def test_the_order_swapped(filed: SmallDesk) -> None:
    (filed.folder / "new" / "release.yml").write_text("published: 2021-07-22\n", encoding="utf-8")
    ran = filed("diff", "new", Path("releases") / "2021-05-13-table")
    assert (ran.status, ran.out) == (1, "")
    assert "The new release was published before the old one." in ran.err
    assert "published 2021-07-22, and the new release 2021-05-13" in ran.err
