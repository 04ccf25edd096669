"""What a claim rests on: the trail, and how the page of a draft shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from building import RELEASE, drafts_of, seen
from building import desk as whole_desk

from generator.desk import Desk, Measure
from generator.errors import DeskError
from generator.filing.bundle import bundle
from generator.filing.formulas import filter_words
from generator.filing.html import Pages
from generator.filing.margins import Line, Note, note_on
from generator.filing.sources import FigureTrail, Trail, trails_of
from generator.model import Claim, Draft, Release
from generator.pipeline import measure_release
from generator.requests import Request, choose_stories
from generator.writing import make_environment, write_draft

MakeDraft = Callable[..., Draft]
FILE = "prc-outcomes-open-data-2020.ods"
COUNTS = {
    "derbyshire": {2019: (8000, 2104, 1500, 800), 2020: (8020, 2348, 1800, 700)},
    "kent": {2019: (12000, 3000, 2000, 900), 2020: (12100, 3100, 2100, 900)},
}


@pytest.fixture
def trails(make_draft: MakeDraft, release: Release, desk: Desk) -> tuple[Trail, ...]:
    return trails_of(make_draft(), release, desk)


def figure(trails: tuple[Trail, ...], printed: str) -> FigureTrail:
    return next(one for one in trails if isinstance(one, FigureTrail) and one.printed == printed)


def test_a_share_leads_through_its_counts_to_files_sheets_and_rows(
    trails: tuple[Trail, ...],
) -> None:
    rate = figure(trails, "29.3%")
    assert (rate.exact, rate.expanded) == ("23489/80204", "29.28656…%")
    assert rate.rounding == "rounded half up to 1 decimal place"
    assert rate.in_numbers == "23,489 ÷ 80,204"
    assert rate.count is None
    withdrawn, closed = rate.parts
    assert withdrawn.count is not None
    assert withdrawn.count.filters == (
        "area Derbyshire",
        "outcome 14: Suspect not identified; victim does not support further action",
        "outcome 16: Suspect identified; victim does not support further action",
    )
    (sheet,) = withdrawn.count.sheets
    assert (sheet.file, sheet.sheet, sheet.sha256, sheet.number) == (FILE, "2020", "ab" * 32, 1)
    assert [quarter.quarter for quarter in sheet.quarters] == [
        "January to March 2020",
        "April to June 2020",
        "July to September 2020",
        "October to December 2020",
    ]
    assert sum(quarter.total for quarter in sheet.quarters) == 23_489
    assert closed.count is not None
    assert closed.count.filters[1:] == (
        "every outcome but 0 (Not yet assigned an outcome): 1–18, 20–22",
    )


def test_what_is_not_rounded_is_said_to_be_whole(trails: tuple[Trail, ...]) -> None:
    first = figure(trails, "4%")
    assert (first.exact, first.expanded, first.rounding) == ("2410/60250", "4%", "not rounded")


def test_distances_changes_and_places_are_told_in_words_and_numbers() -> None:
    draft = drafts_of(COUNTS)["derbyshire"]
    rate, withdrawn = (draft.facts.measures[name] for name in ("rate", "withdrawn"))
    supports = (rate.on_previous.points, withdrawn.on_previous.change, rate.rank)
    claims = tuple(Claim("words", -1, 0, 5, support) for support in supports if support)
    told = trails_of(replace(draft, ledger=claims), RELEASE, whole_desk())
    found = {one.figure.unit.name: one for one in told if isinstance(one, FigureTrail)}
    assert found["POINTS"].printed == "3 percentage points"
    assert found["POINTS"].expanded == "2.97680… percentage points"
    assert found["POINTS"].in_numbers == "29.27680…% − 26.3%"
    assert found["CHANGE"].in_numbers == "(2,348 − 2,104) ÷ 2,104"
    assert found["CHANGE"].formula == "the change since 2019, in per cent of what it was then"
    assert found["RANK"].formula.startswith("one more than the areas whose share of offences")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"outcomes": ("1-3",)}, ["outcome 1: Charged or summonsed", "outcome 2:", "outcome 3:"]),
        ({"outcomes": ("1-22",)}, ["every outcome but 0 (Not yet assigned an outcome): 1–18, 20"]),
        (
            {"offence_groups": ("Theft offences",)},
            ["every outcome", "offence group Theft offences"],
        ),
        ({"offence_codes": ("46", "8N")}, ["every outcome", "offence code 46 or 8N"]),
    ],
)
def test_a_filter_is_told_by_code_and_label(given: Mapping[str, object], words: list[str]) -> None:
    measure = Measure.model_validate({"label": "some", "count": "recorded", **given})
    column, *filters = filter_words(measure, whole_desk().datasets["police-outcomes"])
    assert column == "recorded, “Outcomes for offences that were recorded in the quarter”"
    assert len(filters) == len(words)
    assert all(one.startswith(start) for one, start in zip(filters, words, strict=True))


def test_a_note_has_the_filter_the_quarters_and_the_file(trails: tuple[Trail, ...]) -> None:
    note = note_on(figure(trails, "23,489"))
    assert note.title == (
        "Offences closed because the victim did not support further action, Derbyshire, 2020"
    )
    assert [(line.kind, line.text) for line in note.lines] == [
        ("value", "23,489, exactly 23489"),
        ("filter", "Sum of closed, “Outcomes for investigations closed in the quarter”, for:"),
        ("filter", "area Derbyshire"),
        ("filter", "outcome 14: Suspect not identified; victim does not support further action"),
        ("filter", "outcome 16: Suspect identified; victim does not support further action"),
        ("sheet", f"{FILE}, sheet 2020"),
        ("rows", "January to March 2020: 5,872 (5,012 of rows 2–23041)"),
        ("rows", "April to June 2020: 5,872 (5,012 of rows 2–23041)"),
        ("rows", "July to September 2020: 5,872 (5,012 of rows 2–23041)"),
        ("rows", "October to December 2020: 5,873 (5,012 of rows 2–23041)"),
    ]
    assert (note.lines[5].sha256, note.lines[5].number) == ("ab" * 6, 1)


def test_the_page_lists_each_file_once_and_every_note_leads_there(
    make_draft: MakeDraft, release: Release, desk: Desk
) -> None:
    page = bundle(make_draft(), release, Pages(desk))["article.html"].decode()
    assert page.count("ab" * 32) == 1
    assert f'<li id="file-1">{FILE} <code>{"ab" * 32}</code></li>' in page
    links = re.findall(r'<a href="#file-(\d+)" tabindex="-1">(\w+)</a>', page)
    assert set(links) == {("1", "ab" * 6)}
    assert len(links) == page.count('<span class="sheet">prc-')


def test_the_trails_of_draft_after_draft_are_those_of_each_alone(sample_release: Path) -> None:
    stories = choose_stories(whole_desk(), ())
    release, facts = measure_release(Request(sample_release), stories, whole_desk())
    environment = make_environment(whole_desk())
    told = [write_draft(each, environment, whole_desk(), release) for each in facts]
    pages = Pages(whole_desk())
    for draft in (told[0], told[1], told[-1], told[44], told[0]):
        alone = Pages(whole_desk())
        assert [pages.note_on(each) for each in pages.trails(release).of(draft)] == [
            alone.note_on(each) for each in alone.trails(release).of(draft)
        ]
    others = replace(release, files=())
    assert pages.trails(others) is not pages.trails(release)


def test_a_page_reads_words_and_what_a_sandbox_forbids_it_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "shared"
    folder.mkdir(parents=True)
    note = Note("figure", "A title", (Line("value", "29.3%"),))
    (folder / "words.j2").write_text("{{ note.title }}: {{ note.lines[0].text }}", "utf-8")
    forbidden = ("note", "note.lines", "note.title", "note.lines[0].text")
    for number, words in enumerate(forbidden):
        template = f"{{{{ {words}.__class__.mro() }}}}"
        (folder / f"forbidden-{number}.j2").write_text(template, "utf-8")
    pages = Pages(seen(replace(whole_desk(), folder=tmp_path)))
    assert pages.render("words.j2", note=note) == "A title: 29.3%"
    for number in range(len(forbidden)):
        with pytest.raises(DeskError, match="unsafe"):
            pages.render(f"forbidden-{number}.j2", note=note)
