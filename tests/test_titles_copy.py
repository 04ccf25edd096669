"""Two titles' copy of one area: golden drafts that differ only where the style says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from building import desk, text_of, whole_text_of
from small_desk import SmallDesk

from generator.desk import Wording, as_edition
from generator.model import Draft, Level, Status
from generator.pipeline import draft
from generator.requests import Request

GOLDEN = Path(__file__).parent / "golden" / "editions"
READ = [("derby", "derbyshire"), ("mersey", "derbyshire"), ("mersey", "merseyside")]
IN_STYLE = [
    # what derby writes, what mersey writes, and either of them
    (r"(\d)%", r"(\d) per cent", r"\1 PER CENT"),
    ("to collapse", "to be dropped", "TO BE DROPPED"),
    ("collapsing", "being dropped", "BEING DROPPED"),
    ("collapsed|collapse|fell through|failed to reach court", "(are|were) dropped", "DROPPED"),
    ("drop out", "withdraw support", "WITHDRAW SUPPORT"),
    ("an alleged victim", "a victim", "a victim"),
    ("alleged victim", "victim", "victim"),
]


@pytest.fixture(scope="module")
def drafts(sample_release: Path) -> dict[tuple[str, str], Draft]:
    """Drafts of the story on victims, by edition and area."""
    found = {}
    for edition in ("derby", "mersey"):
        request = Request(sample_release, ("victim-withdrawal",))
        for each in draft(request, as_edition(desk(), edition))[1]:
            found[edition, each.facts.area.id] = each
    return found


@pytest.mark.parametrize(("edition", "area"), READ)
def test_an_editions_draft_reads_as_its_golden_file(
    drafts: dict[tuple[str, str], Draft], edition: str, area: str, pytestconfig: pytest.Config
) -> None:
    golden = GOLDEN / edition / f"{area}.txt"
    text = whole_text_of(drafts[edition, area])
    if pytestconfig.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


def test_the_nation_is_told_in_a_titles_plain_words_in_every_piece(sample_release: Path) -> None:
    style = desk().style.model_copy(update={"wording": Wording.PLAIN})
    request = Request(sample_release, ("victim-withdrawal",), ("england-and-wales",))
    (nation,) = draft(request, replace(desk(), style=style))[1]
    said = whole_text_of(nation)
    assert said.count("nearly 1.3 million were dropped") == 2  # the article and the brief
    assert re.search("collaps|fell through|reach court|drop out", said) is None


def test_an_edition_files_its_patch_alone(drafts: dict[tuple[str, str], Draft]) -> None:
    assert sorted(drafts) == [
        ("derby", "derbyshire"),
        ("derby", "nottinghamshire"),
        ("mersey", "cheshire"),
        ("mersey", "derbyshire"),
        ("mersey", "merseyside"),
    ]


def test_nothing_is_held_or_warned_of_in_any_style(
    drafts: dict[tuple[str, str], Draft],
) -> None:
    for each in drafts.values():
        assert each.status is Status.READY
        assert [p for p in each.problems if p.level is not Level.NOTE] == []


def test_two_titles_copy_differs_only_where_the_style_says(
    drafts: dict[tuple[str, str], Draft],
) -> None:
    strong, plainly = (
        text_of(drafts["derby", "derbyshire"]),
        text_of(drafts["mersey", "derbyshire"]),
    )
    assert strong != plainly
    for theirs, others, either in IN_STYLE:
        strong, plainly = re.sub(theirs, either, strong), re.sub(others, either, plainly)
    assert strong == plainly


def test_an_edition_is_an_output_of_its_own(newscopy: SmallDesk) -> None:
    editions = newscopy.folder / "config" / "editions"
    editions.mkdir()
    (editions / "derby.yml").write_text(
        'id: derby\ntitle: Derby edition\nareas: [derbyshire]\nstyle: {per_cent: "per cent"}\n'
    )
    assert newscopy("run").status == 0
    own = {path: path.read_bytes() for path in newscopy.output.rglob("*.*") if path.is_file()}

    titled = newscopy("run", "--edition", "derby")

    assert titled.out.splitlines()[0] == "2 drafts: 2 ready, 0 held, 0 excluded."
    folder = newscopy.output / "derby" / "charged" / "2020" / "derbyshire"
    article = (folder / "article.md").read_text(encoding="utf-8")
    assert re.search(r"\d per cent", article)
    assert "%" not in article
    assert own == {path: path.read_bytes() for path in own}
    assert "tag:newscopy.example,2021:derby/charged/2020/derbyshire" in (
        folder / "ninjs.json"
    ).read_text(encoding="utf-8")
    # What is asked of the title's copy is answered in its style; the desk's own leaves it alone.
    checked = newscopy("check", folder)
    assert checked.out.splitlines()[-1].endswith("0 with warnings, 1 with nothing against them.")
    approved = newscopy("approve", folder, "--by", "Ann Editor")
    assert approved.status == 0, approved.err
    assert (
        newscopy("check")
        .out.splitlines()[-1]
        .endswith("of 8 drafts: 0 held, 0 with warnings, 8 with nothing against them.")
    )
    assert newscopy("run").out.splitlines()[0] == "8 drafts: 8 ready, 0 held, 0 excluded."


def test_a_title_is_never_filed_over_another(newscopy: SmallDesk) -> None:
    editions = newscopy.folder / "config" / "editions"
    editions.mkdir()
    (editions / "derby.yml").write_text("id: derby\ntitle: Derby edition\nareas: [derbyshire]\n")
    assert newscopy("run").status == 0
    before = {path: path.read_bytes() for path in newscopy.output.rglob("*") if path.is_file()}

    over_the_desk = newscopy("run", "--edition", "derby", "--output", newscopy.output)

    assert over_the_desk.status == 1
    assert "Another title's copy lies here" in over_the_desk.err
    assert "found:    copy of the desk, of no edition" in over_the_desk.err
    assert before == {p: p.read_bytes() for p in newscopy.output.rglob("*") if p.is_file()}
    newscopy("run", "--edition", "derby")
    over_the_title = newscopy("run", "--output", newscopy.output / "derby")
    assert (over_the_title.status, "run with --edition derby" in over_the_title.err) == (1, True)


def test_an_edition_that_is_gone_is_told_when_its_copy_is_checked(newscopy: SmallDesk) -> None:
    editions = newscopy.folder / "config" / "editions"
    editions.mkdir()
    (editions / "derby.yml").write_text("id: derby\ntitle: Derby edition\nareas: [derbyshire]\n")
    newscopy("run", "--edition", "derby")
    folder = newscopy.output / "derby" / "charged" / "2020" / "derbyshire"
    newscopy("approve", folder, "--by", "Ann Editor")
    (editions / "derby.yml").unlink()

    told = newscopy("check", newscopy.output / "derby")

    assert told.status == 1
    assert "copy of the edition derby, which the desk does not have" in told.err
    assert "Put config/editions/derby.yml back" in told.err
    # What was approved can be taken down all the same, under the name that it always had.
    assert newscopy("spike", folder, "--by", "Ann Editor").status == 0
    item = json.loads((folder / "ninjs.json").read_text(encoding="utf-8"))
    assert item["pubStatus"] == "canceled"
    assert item["uri"] == "tag:newscopy.example,2021:derby/charged/2020/derbyshire"
