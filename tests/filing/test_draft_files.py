"""What lies in a draft's folder beside the article: the ledger, the series and the notes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filed import file_drafts

from generator.desk import Desk
from generator.errors import FilingError
from generator.filing.bundle import bundle
from generator.filing.checks import check
from generator.filing.html import Pages
from generator.model import Draft, Problem, Release, Run, plain

MakeDraft = Callable[..., Draft]


@pytest.fixture
def draft(make_draft: MakeDraft, held: tuple[Problem, ...]) -> Draft:
    return make_draft(problems=held)


@pytest.fixture
def files(draft: Draft, release: Release, desk: Desk) -> dict[str, bytes]:
    release = replace(release, assumed=("Nobody said who published it.",))
    return bundle(draft, release, Pages(desk))


def test_ledger_offsets_point_at_the_text(draft: Draft, files: dict[str, bytes]) -> None:
    ledger = json.loads(files["ledger.json"])

    for claim in ledger["claims"]:
        block = draft.article.blocks[claim["block"]]
        if claim["block"] == -1:
            text = draft.headline
        elif claim["cell"]:
            row, column = map(int, claim["cell"].split(":"))
            text = plain(block.rows[row][column])
        else:
            text = plain(block.runs)
        assert text[claim["start"] : claim["end"]] == claim["text"]
    assert [claim["kind"] for claim in ledger["claims"]].count("figure") == 6


def test_ledger_leads_from_a_share_to_the_published_rows(files: dict[str, bytes]) -> None:
    ledger = json.loads(files["ledger.json"])

    claim = next(claim for claim in ledger["claims"] if claim["text"] == "29.3%")
    share = ledger["figures"][claim["figure"]]
    assert (share["exact"], share["printed"]) == ("23489/80204", "29.3%")
    counts = [ledger["figures"][part] for part in share["parts"]]
    assert [count["exact"] for count in counts] == ["23489", "80204"]
    assert counts[0]["sources"][0] == {
        "file": "prc-outcomes-open-data-2020.ods",
        "sheet": "2020",
        "quarter": "January to March 2020",
        "rows": "2-23041",
        "row_count": 5012,
        "total": 5872,
    }
    assert sum(source["total"] for source in counts[0]["sources"]) == 23_489


def test_every_figure_that_the_ledger_names_is_in_it(files: dict[str, bytes]) -> None:
    ledger = json.loads(files["ledger.json"])

    named = {part for figure in ledger["figures"].values() for part in figure["parts"]}
    for claim in ledger["claims"]:
        named |= {claim["figure"]} if "figure" in claim else set(claim.get("evidence", ()))
    assert named == set(ledger["figures"])


def test_ledger_of_a_quotation(files: dict[str, bytes]) -> None:
    claims = json.loads(files["ledger.json"])["claims"]
    quotation = next(claim for claim in claims if claim["kind"] == "quotation")
    assert (quotation["quote"], quotation["speaker"]) == ("almeida", "Rachel Almeida")


def test_series_as_a_table(files: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(files["figures.csv"].decode().splitlines()))

    rate = next(row for row in rows if row["measure"] == "rate" and row["period"] == "2020")
    assert rate["exact"] == rate["nation_exact"] == "23489/80204"
    assert (rate["value"], rate["printed"], rate["sample"]) == ("", "29.3%", "false")
    gap = next(row for row in rows if row["complete"] == "false")
    assert (gap["period"], gap["why"], gap["printed"]) == ("2018", "two quarters are missing", "")
    closed = next(row for row in rows if row["measure"] == "closed" and row["period"] == "2020")
    assert (closed["value"], closed["printed"]) == ("80204", "80,204")


def test_notes_say_what_an_editor_has_to_know(files: dict[str, bytes]) -> None:
    notes = files["notes.md"].decode()

    for words in (
        "> **HELD: not for publication.**",
        "# Notes on Derbyshire, 2020",
        "## Newsworthiness: 87 of 100\n\n- a record high rate: 40",
        "## Holds: not for publication until mended\n\n- April to June 2020: The count is 12",
        "To mend it: Ask the publisher.",
        "- offences closed, 2018: two quarters are missing",
        "- Greater Manchester Police did not submit complete data (2019, 2020).",
        "- Nobody said who published it.",
        "published 13 May 2021",
    ):
        assert words in notes


def test_notes_of_an_area_without_figures(
    make_draft: MakeDraft, release: Release, desk: Desk
) -> None:
    draft = make_draft("greater-manchester", incomplete="did not submit complete data")
    facts = draft.facts.measures["rate"]
    series = (*facts.series[:-1], replace(facts.series[-1], figure=None, complete=False))
    missing = replace(facts, figure=None, series=series)
    draft = replace(
        draft, facts=replace(draft.facts, measures={**draft.facts.measures, "rate": missing})
    )

    notes = bundle(draft, release, Pages(desk))["notes.md"].decode()

    assert "- Excluded.\n" in notes
    assert "Greater Manchester Police did not submit complete data." in notes
    assert "further action, 2020: did not submit complete data" in notes


def test_ledger_that_does_not_fit_is_not_filed(make_draft: MakeDraft) -> None:
    draft = make_draft()
    moved = replace(draft, ledger=(replace(draft.ledger[0], start=3), *draft.ledger[1:]))
    marked = replace(draft, article=replace(draft.article, headline=(Run("\ue00029.3%"),)))

    with pytest.raises(FilingError, match="not where the ledger says"):
        check(moved)
    with pytest.raises(FilingError, match="mark of the template engine"):
        check(marked)


def test_two_drafts_for_one_folder_are_not_filed(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(FilingError, match="same folder"):
        file_drafts([make_draft(), make_draft()], release, desk, tmp_path)
    assert not list(tmp_path.glob("[!.]*"))
