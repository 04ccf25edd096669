"""The page as a browser asks for it: the list, a draft, its files, and what is decided."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from open_page import DRAFT, FOLDER, Page, names_in, text_of
from revised import revise

from generator.filing import HELD, copy_from


def test_the_list_has_every_draft_and_finds_the_one_that_is_asked_for(page: Page) -> None:
    whole = page.get("/")
    assert whole.count('href="/draft/') == 8
    found = page.get("/?words=kent&story=victim-withdrawal&status=ready")
    assert re.findall(r'href="/draft/(.*?)"', found) == [FOLDER]
    assert "No draft is like that." in page.get("/?words=atlantis")


def test_a_draft_is_read_with_the_source_of_its_figures(page: Page) -> None:
    shown = page.get(DRAFT)
    assert "Nothing holds this" in shown
    source = re.search(r'>5,640</span><span class="source figure".*?</span></span>', shown)
    assert source is not None
    assert "exactly 5640" in source[0]
    assert "outcomes.csv" in source[0]


def test_a_draft_is_approved_by_the_rules_of_the_command(page: Page) -> None:
    page.post("decide", 303, what="approve")
    assert "approved" in page.states()
    line = page.desk("log", page.output / FOLDER, "--decisions").out
    assert "approved" in line
    assert "Ann Editor" in line


def test_a_false_draft_is_not_approved_without_a_reason(page: Page) -> None:
    form = page.form()
    page.post("save", 303, text=form["text"].replace("5,640", "5,641", 1))
    refused = page.post("decide", 422, what="approve", reason="")
    assert "The draft is held" in refused
    assert "“5,641”" in text_of(refused)
    assert "approved" not in page.desk("log", "--decisions").out


def test_the_fewest_drafts_that_show_every_branch_are_read_first(page: Page) -> None:
    few = set(re.findall(r'href="/draft/(.*?)"', page.get("/?first=yes")))
    assert 0 < len(few) < 8

    def branches(folder: str) -> set[str]:
        return set(json.loads((page.output / folder / "ledger.json").read_bytes())["branches"])

    every = {
        path.parent.relative_to(page.output).as_posix() for path in page.output.rglob("ledger.json")
    }
    assert set().union(*map(branches, few)) == set().union(*map(branches, every))


def test_a_claim_has_what_decided_it_and_a_quotation_who_said_it(page: Page) -> None:
    shown = page.get(DRAFT)
    claim = re.search(r">A smaller share</span><span class=\"source finding\".*?</b>", shown)
    assert claim is not None
    assert "28.2%" in claim[0]
    quotation = re.search(r"<span class=\"source quotation\".*?</span></span>", shown)
    assert quotation is not None
    assert "Rachel Almeida" in quotation[0]


def test_a_claim_in_a_sentence_of_an_editors_own_has_the_figures_it_was_held_against(
    page: Page,
) -> None:
    form = page.form()
    sentence = "The rate of cases to collapse for this reason fell from 30.2% in 2019."
    read = page.post("check", 200, text=f"{form['text']}\n\n{sentence}")
    assert "Nothing holds this" in read
    claim = read.partition('fell</span><span class="source finding"')[2]
    assert "Read again, and borne out by the figures" in claim[:200]
    wrong = page.post("check", 200, text=f"{form['text']}\n\n{sentence.replace('fell', 'rose')}")
    assert "rose</span>" not in wrong


def test_the_nation_stands_beside_the_area(page: Page) -> None:
    table = page.get(DRAFT).partition("Kent beside England and Wales")[2].partition("</table>")[0]
    rows = [text_of(row) for row in table.split("<tr>")[2:]]
    assert rows[0].startswith("Offences closed 20,000 44,320")
    assert any("percentage points" in row and row.endswith("of 3") for row in rows)


def test_an_article_changed_on_the_page_is_approved_with_its_pieces(page: Page) -> None:
    text = page.form()["text"]
    page.post("save", 303, text=text.replace("fell through", "came to nothing", 1))
    page.post("decide", 303, what="approve", reason="")
    (line,) = page.desk("log", page.output / FOLDER, "--decisions").out.splitlines()
    assert "article.md, brief.txt, radio.txt, social.txt" in line


def test_a_draft_is_put_on_hold_and_spiked(page: Page) -> None:
    page.post("decide", 303, what="hold", reason="Kent is to reply")
    assert "put on hold by Ann Editor: Kent is to reply" in text_of(page.get(DRAFT))
    assert page.get("/?status=on hold").count('href="/draft/') == 1
    page.post("decide", 303, what="spike", reason="")
    assert page.get("/?status=spiked").count('href="/draft/') == 1
    assert "This is nothing that can be decided" in page.post("decide", 422, what="publish")


def test_what_the_last_release_said_is_told_sentence_by_sentence(page: Page) -> None:
    revise(page.desk)
    told = page.get(DRAFT).partition("Changed since the last release")[2]
    assert re.search(r"<del>[^<]*5,640[^<]*</del> <ins>[^<]*5,700[^<]*</ins>", told)


def test_the_files_of_a_draft_and_of_those_that_are_asked_for_come_as_a_zip(page: Page) -> None:
    names = names_in(page.browser.get(f"{DRAFT}/files.zip"))
    assert {"article.md", "article.docx", "brief.txt", "ledger.json"} <= set(names)
    one = page.browser.get("/drafts.zip?words=kent&story=charged")
    assert {name.rpartition("/")[0] for name in names_in(one)} == {"charged/2020/kent"}
    assert one.content == page.browser.get("/drafts.zip?words=kent&story=charged").content
    every = {name.rpartition("/")[0] for name in names_in(page.browser.get("/drafts.zip"))}
    assert len(every) == 8


@pytest.mark.parametrize(("figure", "banners"), [("5,640", ()), ("5,641", (HELD,))])
def test_a_changed_article_is_handed_out_in_forms_that_say_the_same(
    page: Page, figure: str, banners: tuple[str, ...]
) -> None:
    text = page.form()["text"].replace("5,640", figure, 1)
    page.post("save", 303, headline="Another headline", text=text)
    for path in (f"{DRAFT}/files.zip", "/drafts.zip?words=another"):
        packed = zipfile.ZipFile(io.BytesIO(page.browser.get(path).content))
        forms = [name for name in packed.namelist() if "article." in name]
        assert [name.rpartition("/")[2] for name in forms] == [
            *("article.docx", "article.md", "article.txt"),
        ]
        copies = [copy_from(packed.read(name), name.rpartition("/")[2]) for name in forms]
        assert {each.headline for each in copies} == {"Another headline"}
        assert len({each.passages for each in copies}) == 1
        assert [tuple(b[: len(HELD)] for b in each.banners) for each in copies] == [banners] * 3
    assert "article.docx" not in page.get(DRAFT).partition("<summary>Files</summary>")[2]


def test_what_no_one_has_changed_is_handed_out_as_it_was_filed(page: Page) -> None:
    packed = zipfile.ZipFile(io.BytesIO(page.browser.get(f"{DRAFT}/files.zip").content))
    assert {name: packed.read(name) for name in packed.namelist()} == {
        path.name: path.read_bytes() for path in page.article().parent.iterdir()
    }


def test_each_title_has_its_own_drafts_on_one_list(titles: Page) -> None:
    found = titles.get("/?words=kent&story=charged")
    at = "/title/kent/draft/charged/2020/kent"
    assert set(re.findall(r'href="(/\S*draft/.*?)"', found)) == {"/draft/charged/2020/kent", at}
    herald = titles.get("/?title=Kent Herald")
    assert set(re.findall(r'href="(/\S*draft/.*?)"', herald)) == {
        at,
        at.replace("charged", "victim-withdrawal"),
    }
    shown = titles.get(at)
    assert "for Kent Herald" in shown
    assert "?file=radio.txt" not in shown
    names = {
        n.rpartition("/")[0] for n in names_in(titles.browser.get("/drafts.zip?title=Kent Herald"))
    }
    assert names == {"kent/charged/2020/kent", "kent/victim-withdrawal/2020/kent"}
    titles.get("/title/atlantis/draft/charged/2020/kent", 404)


def test_what_is_done_to_one_title_s_draft_is_not_done_to_another_s(titles: Page) -> None:
    at = "/title/kent/draft/charged/2020/kent"
    form = {"what": "spike", "reason": "no room"}
    form |= dict(re.findall(r'name="(token|seen)" value="(.*?)"', titles.get(at)))
    assert titles.browser.post(f"{at}/decide", data=form).status_code == 303
    assert titles.states("/draft/charged/2020/kent") == ["ready"]
    assert titles.states(at) == ["spiked"]


def test_nobody_decides_on_words_that_they_have_not_seen(page: Page) -> None:
    seen = page.form()["seen"]
    page.post("save", 303, headline="Another headline")
    refused = page.post("decide", 409, what="approve", reason="", seen=seen)
    assert "Somebody has changed this draft" in refused
    page.post("decide", 303, what="spike", reason="no room")
    page.post("decide", 409, what="approve", reason="", seen=seen)
    assert "approved" not in page.desk("log", "--decisions").out


def test_what_is_changed_in_the_desk_counts_at_once(page: Page) -> None:
    page.get(DRAFT)
    page.desk.change(
        "config/comparability.yml",
        "entries: []",
        """entries:
  - dataset: police-outcomes
    area: kent
    from: "2019-01"
    to: "2019-12"
    effect: incomplete
    reason: did not submit complete data
    source: Home Office
    added: 2021-05-13""",
    )
    assert page.desk("check", page.article()).status == 3
    assert "to mend before this may run" in page.get(DRAFT)
    assert "The draft is held" in page.post("decide", 422, what="approve", reason="")
    page.desk.change("config/comparability.yml", "effect: incomplete", "effect: nonsense")
    assert "config/comparability.yml" in page.get(DRAFT, 422)


def test_a_release_whose_particulars_were_corrected_is_read_again(page: Page) -> None:
    page.get(DRAFT)
    release = next((page.desk.folder / "releases").iterdir())
    (release / "release.yml").write_text("published: 2021-05-20\n", "utf-8")
    assert page.desk("run", release).status == 0
    assert "Nothing holds this" in page.get(DRAFT)


def test_the_page_and_the_command_say_the_same_of_a_draft(page: Page) -> None:
    """A warning that was taken out by hand holds the draft, and saving puts it back."""
    (release,) = (page.desk.folder / "releases").iterdir()
    (release / "release.yml").write_text("published: 2021-05-13\nprovisional: true\n", "utf-8")
    assert page.desk("run").status == 0
    text = page.article().read_text("utf-8")
    banner = next(line for line in text.splitlines() if "PROVISIONAL" in line)
    page.article().write_text(text.replace(banner, "").lstrip(), "utf-8")
    assert page.desk("check", page.article()).status == 3
    assert "to mend before this may run" in page.get(DRAFT)
    page.post("save", 303)  # which puts it back
    assert banner in page.article().read_text("utf-8")
    assert page.desk("check", page.article()).status == 0


def test_nothing_is_decided_from_an_earlier_version(page: Page) -> None:
    first = page.form()["text"]
    page.post("save", 303, text=first.replace("fell through", "came to nothing", 1))
    (version,) = set(re.findall(r"&version=([0-9a-f]{64})", page.get(DRAFT)))
    assert 'value="approve"' in page.get(DRAFT)
    assert 'value="approve"' not in page.get(f"{DRAFT}?version={version}")
