"""newscopy explain: from the words of a draft down to the published rows."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from generator.filed.refinding import refind

DOCS = Path(__file__).parents[2] / "docs" / "explain.md"
TABLE = "releases/2021-05-13-table"
KENT = "victim-withdrawal/2020/kent"
QUARTERS_2020 = {("2019/20", "4"), ("2020/21", "1"), ("2020/21", "2"), ("2020/21", "3")}
QUARTERS_2019 = {("2018/19", "4"), ("2019/20", "1"), ("2019/20", "2"), ("2019/20", "3")}


def added_up(newscopy, force, outcomes, quarters):
    """Add up the published rows as a reader with the file open would: rows, and their sum."""
    path = newscopy.folder / TABLE / "outcomes.csv"
    with path.open(encoding="utf-8", newline="") as text:
        counts = [
            int(row["Outcomes for investigations closed in the quarter"])
            for row in csv.DictReader(text)
            if force in (None, row["Force Name"])
            and (row["Financial Year"], row["Financial Quarter"]) in quarters
            and row["Outcome Type"] in outcomes
        ]
    return len(counts), sum(counts)


@pytest.fixture
def filed(newscopy, good_output):
    """Copy filed drafts into the desk, and its release to where they can be explained from."""
    shutil.copytree(good_output, newscopy.output)
    return newscopy


FIGURES = [
    ("kent", "victim-withdrawal", "5,640", "Kent", ("14", "16"), QUARTERS_2020),
    ("northumbria", "victim-withdrawal", "1,600", "Northumbria", ("16",), QUARTERS_2020),
    ("derbyshire", "charged", "8,160", "Derbyshire", ("1", "14", "16", "18"), QUARTERS_2020),
    ("derbyshire", "victim-withdrawal", "3,480", "Derbyshire", ("14", "16"), QUARTERS_2020),
    ("england-and-wales", "victim-withdrawal", "5,560", "Northumbria", ("14", "16"), QUARTERS_2020),
]


@pytest.mark.parametrize(("area", "story", "printed", "force", "outcomes", "quarters"), FIGURES)
def test_a_figure_is_traced_to_rows_that_add_up_to_it(
    newscopy, area, story, printed, force, outcomes, quarters
):
    rows, total = added_up(newscopy, force, outcomes, quarters)
    assert f"{total:,}" == printed

    status, out, err = newscopy("explain", area, printed, "--story", story)

    assert (status, err) == (0, f"Reading the newest release: {newscopy.folder / TABLE}\n")
    assert f"{rows} rows, found again in the published files, add up to {total:,}: agreed." in (
        " ".join(out.split())
    )


@pytest.mark.parametrize(("area", "story", "printed", "force", "outcomes", "quarters"), FIGURES)
def test_the_rows_as_csv_add_up_to_the_printed_count(
    newscopy, area, story, printed, force, outcomes, quarters
):
    status, out, _ = newscopy("explain", area, printed, "--story", story, "--rows")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert f"{sum(int(row['count']) for row in rows):,}" == printed
    assert (len(rows), sum(int(row["count"]) for row in rows)) == added_up(
        newscopy, force, outcomes, quarters
    )
    published = (newscopy.folder / TABLE / "outcomes.csv").read_text(encoding="utf-8").splitlines()
    for row in rows:
        line = published[int(row["row"]) - 1]
        assert line.split(",") == list(row.values())[6:]


def test_the_nation_is_traced_to_the_rows_of_every_force(newscopy):
    rows, total = added_up(newscopy, None, ("14", "16"), QUARTERS_2020)
    assert (rows, total) == (24, 14_680)

    status, out, _ = newscopy("explain", "england-and-wales", "more than 14,500")

    assert status == 0
    assert "  figure    14,680\n" in out
    assert "  where     every area\n" in out
    assert "24 rows, found again in the published files, add up to 14,680: agreed." in out


def test_a_share_is_told_from_print_to_the_files(filed):
    sha256 = json.loads((filed.output / "manifest.json").read_text("utf-8"))["release"]["files"][0]
    status, out, err = filed("explain", filed.output / KENT, "28.2%")
    assert status == 0
    assert err.startswith("Reading the release that the draft was made from: ")
    assert (
        out
        == f"""\
Kent, 2020: Cases closed because the victim did not support further action
victim-withdrawal/2020/kent, from Police recorded crime and outcomes open data tables,
published 13 May 2021

“28.2%” (paragraph 3)
  Share of offences closed because the victim did not support further action, Kent, 2020

  exactly   5640/20000
  printed   28.2%, not rounded
  formula   offences closed because the victim did not support further action ÷ offences
            closed
            = 5,640 ÷ 20,000

  5,640  Offences closed because the victim did not support further action
  sum of    closed, “Outcomes for investigations closed in the quarter”
  where     area Kent
            outcome 14: Suspect not identified; victim does not support further action
            outcome 16: Suspect identified; victim does not support further action
  file      outcomes.csv
            sha256 {sha256["sha256"]}
              January to March 2020     1,410  2 of rows 103–104
              April to June 2020        1,410  2 of rows 115–116
              July to September 2020    1,410  2 of rows 127–128
              October to December 2020  1,410  2 of rows 139–140
  rows      103: 2019/20, quarter 4, Kent, offence 8N, outcome 14: 900
            104: 2019/20, quarter 4, Kent, offence 8N, outcome 16: 510
            115: 2020/21, quarter 1, Kent, offence 8N, outcome 14: 900
            and 5 more; --rows prints them all
  checked   8 rows, found again in the published files, add up to 5,640: agreed.

  20,000  Offences closed
  sum of    closed, “Outcomes for investigations closed in the quarter”
  where     area Kent
            every outcome but 0 (Not yet assigned an outcome): 1–18, 20–22
  file      outcomes.csv
            sha256 {sha256["sha256"]}
              January to March 2020     5,000  4 of rows 102–105
              April to June 2020        5,000  4 of rows 114–117
              July to September 2020    5,000  4 of rows 126–129
              October to December 2020  5,000  4 of rows 138–141
  rows      102: 2019/20, quarter 4, Kent, offence 8N, outcome 1: 350
            103: 2019/20, quarter 4, Kent, offence 8N, outcome 14: 900
            104: 2019/20, quarter 4, Kent, offence 8N, outcome 16: 510
            and 13 more; --rows prints them all
  checked   16 rows, found again in the published files, add up to 20,000: agreed.
"""
    )


@pytest.mark.parametrize("of", [KENT, f"{KENT}/article.md", f"{KENT}/ledger.json"])
def test_a_draft_is_known_by_its_folder_and_by_any_file_in_it(filed, of):
    told = filed("explain", filed.output / of, "5,640").out
    assert told
    assert told == filed("explain", "kent", "5,640", "--story", "victim-withdrawal").out
    assert told == filed("explain", f"output/{of}", "5,640").out


def test_without_words_every_claim_is_listed_one_a_line(filed):
    status, out, _ = filed("explain", filed.output / KENT)
    assert status == 0
    claims = json.loads((filed.output / KENT / "ledger.json").read_text("utf-8"))["claims"]
    listed = out.splitlines()[4:]
    assert any(line.startswith("28.2% ") and "figure kent/rate/2020" in line for line in listed)
    assert any("finding kent/rate/2020/on_baseline/lower" in line for line in listed)
    assert any("quotation of Rachel Almeida" in line for line in listed)
    assert len(listed) <= len(claims)
    for claim in claims:
        assert any(line.startswith(claim["text"][:20]) for line in listed)


def test_a_finding_is_why_it_holds_and_what_was_compared(newscopy):
    status, out, _ = newscopy("explain", "derbyshire", "A record number")
    assert status == 0
    assert "  why       Above the highest since 2018 (2019)\n" in out
    assert "  3,480  Offences closed because the victim did not support further action," in out
    assert "  2,960  Offences closed because the victim did not support further action," in out


def test_a_quotation_is_who_said_it_and_where(newscopy):
    status, out, _ = newscopy("explain", "kent", "huge cause for concern")
    assert status == 0
    assert "  from      Rachel Almeida\n  words     word for word\n  source    statement " in out


def test_several_stories_are_told_one_under_the_other(newscopy):
    status, out, _ = newscopy("explain", "kent", "20,000")
    assert status == 0
    assert [line for line in out.splitlines() if line.startswith("Kent, 2020: ")] == [
        "Kent, 2020: Cases that ended in a charge or summons",
        "Kent, 2020: Cases closed because the victim did not support further action",
    ]


def test_json_has_the_whole_trail(filed):
    status, out, _ = filed("explain", filed.output / KENT, "28.2%", "--json")
    assert status == 0
    (told,) = json.loads(out)
    assert (told["draft"], told["published"], told["sample"]) == (KENT, "2021-05-13", False)
    (claim,) = told["claims"]
    assert (claim["text"], claim["place"], claim["exact"]) == ("28.2%", "paragraph 3", "5640/20000")
    withdrawn, closed = claim["parts"]
    assert withdrawn["found_again"] == {
        "rows": 8,
        "total": 5640,
        "agrees": True,
        "differences": [],
    }
    assert closed["count"]["sheets"][0]["quarters"][0] == {
        "quarter": "January to March 2020",
        "total": 5000,
        "rows": 4,
        "first_row": 102,
        "last_row": 105,
    }


def test_json_without_words_has_every_claim(filed):
    (told,) = json.loads(filed("explain", filed.output / KENT, "--json").out)
    claims = json.loads((filed.output / KENT / "ledger.json").read_text("utf-8"))["claims"]
    assert [claim["text"] for claim in told["claims"]] == [claim["text"] for claim in claims]


def test_words_that_are_not_there_are_told_with_those_that_are_near(filed):
    status, out, err = filed("explain", filed.output / KENT, "28.3%")
    assert (status, out) == (1, "")
    assert "These words are not in the draft." in err
    assert "Did you mean 28.2%" in err
    status, _, err = filed("explain", filed.output / KENT, "Home Office data shows")
    assert status == 1
    assert "These words stand in the draft, and no figure, finding or quotation" in err


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("dorbyshire", "The desk has no area 'dorbyshire'."),
        ("output/victim-withdrawal/2020/rutland", "There is no such file or folder."),
        ("output/index.html", "This is no draft, and lies in none."),
        ("output", "This is no draft, and lies in none."),
        ("config/desk.yml", "This is no draft, and lies in none."),
    ],
)
def test_what_is_no_draft_and_no_area_is_told_with_the_mend(filed, what, said):
    status, out, err = filed("explain", what)
    assert (status, out) == (1, "")
    assert said in err
    assert "derbyshire" in err


def test_a_draft_is_of_one_story_and_period(filed):
    status, _, err = filed("explain", filed.output / KENT, "--story", "charged")
    assert status == 1
    assert "The draft is of another story or period than the one asked for." in err
    assert "victim-withdrawal, 2020" in err
    same = ("--story", "victim-withdrawal", "--period", "2020")
    assert filed("explain", filed.output / KENT, *same).status == 0


def test_rows_and_json_are_one_or_the_other(newscopy):
    assert newscopy("explain", "kent", "20,000", "--rows", "--json").status == 2


def test_a_row_changed_in_the_published_file_after_the_run_is_noticed(newscopy):
    assert newscopy("run", "--area", "kent").status == 0
    newscopy.change(f"{TABLE}/outcomes.csv", "14,900,900", "14,900,901")
    status, out, err = newscopy("explain", f"output/{KENT}", "5,640")
    assert (status, out) == (1, "")
    assert "The release that the draft was made from is not to be found." in err
    assert "(where it was read, changed since)" in err
    assert "--release PATH" in err


def test_a_release_by_another_title_is_another_release(newscopy):
    assert newscopy("run", "--area", "kent").status == 0
    newscopy.change(f"{TABLE}/release.yml", "published", "title: Another table\npublished")
    status, out, err = newscopy("explain", f"output/{KENT}", "5,640")
    assert (status, out) == (1, "")
    assert "This is not the release that the draft was made from" in err


def test_a_row_changed_while_it_is_explained_is_noticed(newscopy, monkeypatch):
    """The release is read, and the rows are found again: between the two somebody saves."""

    def change_first(*given):
        newscopy.change(f"{TABLE}/outcomes.csv", "2020/21,2,Kent,8N,", "2020/21,2,KENT,8N,")
        newscopy.change(
            f"{TABLE}/outcomes.csv",
            "2020/21,3,Kent,8N,Violence against the person,14,900,900",
            "2020/21,3,Kent,8N,Violence against the person,14,900,901",
        )
        return refind(*given)

    monkeypatch.setattr("generator.cli.explain.refind", change_first)
    status, out, err = newscopy("explain", "kent", "5,640", "--story", "victim-withdrawal")
    assert status == 3
    assert "add up to 5,641. THIS DOES NOT FIT 5,640." in " ".join(out.split())
    assert "WRONG: kent/withdrawn/2020 does not fit the published files." in err
    assert "In all the figure is 5,640; the published rows add up to 5,641." in err
    assert "Do not publish these figures." in err


def test_a_release_that_moved_is_given_by_hand(newscopy):
    assert newscopy("run", "--area", "kent").status == 0
    shutil.move(newscopy.folder / TABLE, newscopy.folder / "attic")
    assert newscopy("explain", f"output/{KENT}", "5,640").status == 1
    ran = newscopy("explain", f"output/{KENT}", "5,640", "--release", "attic")
    assert ran.status == 0
    assert "agreed." in ran.out


def test_a_draft_of_the_built_in_sample_is_explained_from_a_new_one(newscopy):
    shutil.rmtree(newscopy.folder / "releases")
    assert newscopy("run", "--area", "derbyshire").status == 0
    ran = newscopy("explain", "output/victim-withdrawal/2020/derbyshire", "29.3%")
    assert ran.status == 0
    assert "= 23,489 ÷ 80,204" in ran.out
    assert "\nSAMPLE. Made from invented counts. Not for publication.\n" in ran.out
    assert "SAMPLE" in ran.err
    shown = re.findall(r"```text\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(shown) == 2
    for lines in shown:
        assert lines in ran.out


def test_a_draft_without_a_manifest_is_known_by_its_folder_and_it_is_said(filed):
    (filed.output / "manifest.json").unlink()
    status, out, err = filed("explain", filed.output / KENT, "5,640")
    assert status == 0
    assert "agreed." in out
    assert "No manifest tells which release this draft was made from" in err


def test_a_draft_whose_story_has_changed_since_is_told(filed):
    filed.change("templates/victim-withdrawal/government.md.j2", " said: ", " said on Thursday: ")
    status, out, err = filed("explain", filed.output / KENT, "5,640")
    assert status == 0
    assert "agreed." in out
    assert "has changed since this draft was filed" in " ".join(err.split())


def test_a_number_that_is_read_aloud_is_traced_as_the_one_in_print(filed):
    radio = filed.output / KENT / "radio.txt"
    listed = filed("explain", radio).out
    assert re.search(r"five thousand six hundred +figure kent/withdrawn/2020\n", listed)
    spoken = filed("explain", radio, "more than five thousand six hundred").out
    assert "(radio.txt, paragraph 2)" in spoken
    assert "exactly   5640\n" in spoken
    assert "add up to 5,640: agreed." in spoken
    # Of a whole draft the article's words go before those of its pieces.
    whole = filed("explain", filed.output / KENT, "more than five thousand six hundred").out
    assert whole == spoken
    assert "brief.txt" not in filed("explain", filed.output / KENT, "5,640").out
    in_brief = filed("explain", filed.output / KENT / "brief.txt", "5,640").out
    assert "(brief.txt, paragraph 2)" in in_brief
