"""The page as a browser asks for it: the list, a draft, what is typed, saved and decided."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx2
import pytest
from docx import Document
from served import serving
from small_desk import SmallDesk
from starlette.testclient import TestClient
from tables import CLOSED, rows_of

from generator.desk import load_desk
from generator.errors import Fault, RequestError
from generator.filing import database
from generator.review import answers, knowledge, opened
from generator.review.app import make_app
from generator.review.editing import save_typed
from generator.review.guard import LARGEST
from generator.review.titles import Titles
from generator.review.typed import Typed

FOLDER = "victim-withdrawal/2020/kent"
DRAFT = f"/draft/{FOLDER}"


class Page:
    """The page of a small desk's output, and a browser that has it open."""

    def __init__(self, desk: SmallDesk) -> None:
        self.desk = desk
        self.output = desk.output
        loaded = load_desk(desk.folder)
        self.titles = Titles(self.output, loaded, desk.folder)
        app = make_app(self.titles, "Ann Editor", ["testserver"])
        self.browser = TestClient(app, follow_redirects=False)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def post(self, action: str, status: int, *, file: str = "", **fields: str) -> str:
        """Send a form as the page of the draft's text has it, with some fields changed."""
        form = {**self.form(file), **fields}
        answer = self.browser.post(f"{DRAFT}/{action}", data=form)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def form(self, file: str = "") -> dict[str, str]:
        page = self.get(f"{DRAFT}?file={file}")
        fields = dict(re.findall(r'name="(token|name|began_from|seen|shown)" value="(.*?)"', page))
        texts = re.findall(r'<textarea id="(\w+)".*?>\n?(.*?)</textarea>', page, re.DOTALL)
        return fields | dict(texts)

    def article(self, name: str = "article.md") -> Path:
        return self.output / FOLDER / name


@pytest.fixture
def page(newscopy: SmallDesk, good_output: Path) -> Page:
    shutil.copytree(good_output, newscopy.output)
    return Page(newscopy)


@pytest.fixture
def titles(newscopy: SmallDesk, good_output: Path) -> Page:
    """Return the page of a desk with a title for Kent beside its own."""
    shutil.copytree(good_output, newscopy.output)
    (newscopy.folder / "config" / "editions").mkdir()
    edition = "id: kent\ntitle: Kent Herald\nareas: [kent]\npieces: [brief]\n"
    (newscopy.folder / "config" / "editions" / "kent.yml").write_text(edition, "utf-8")
    ran = newscopy("run", "--edition", "kent")
    assert ran.status == 0, ran.err
    return Page(newscopy)


def names_in(answer: httpx2.Response) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


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


def test_what_is_typed_is_read_at_once_and_nothing_is_written(page: Page) -> None:
    before = page.article().read_bytes()
    form = page.form()
    read = page.post("check", 200, text=form["text"].replace("5,640", "5,641", 1))
    assert "“5,641”" in text_of(read)
    assert "to mend before this may run" in read
    assert 'class="wrong"' in read
    assert page.article().read_bytes() == before


def test_a_saved_version_is_the_article_and_is_checked_as_such(page: Page) -> None:
    form = page.form()
    text = form["text"].replace("fell through", "came to nothing", 1)
    page.post("save", 303, text=text)
    assert "came to nothing" in page.article().read_text("utf-8")
    shown = page.get(DRAFT)
    assert "saved by Ann Editor" in text_of(shown)
    assert "edited" in page.get("/?words=kent")
    # What nobody has touched is word for word what it was.
    assert page.form()["text"] == text
    checked = page.desk("check", page.article())
    assert checked.status == 0, checked.out


def test_an_unchanged_text_is_saved_as_the_very_file_that_was_filed(page: Page) -> None:
    before = page.article().read_bytes()
    page.post("save", 303)
    assert page.article().read_bytes() == before


def test_the_second_of_two_editors_sees_both_and_loses_nothing(page: Page) -> None:
    bens = page.form()
    page.post("save", 303, text=bens["text"].replace("fell through", "came to nothing", 1))
    anns = page.article().read_bytes()
    both = page.post("save", 409, **{**bens, "headline": "Ben’s headline"})
    assert "Somebody else has saved this since you opened it" in both
    assert "came to nothing" in both
    assert "Ben’s headline" in both
    assert page.article().read_bytes() == anns


def test_an_edit_in_another_program_shows_on_the_page(page: Page) -> None:
    text = page.article().read_text("utf-8")
    page.article().write_text(text.replace("5,640", "5,641", 1), "utf-8")
    assert "“5,641”" in text_of(page.get(DRAFT))


def test_the_article_that_was_changed_last_is_the_draft_s(page: Page) -> None:
    word = Document(str(page.article("article.docx")))
    (headline,) = [each for each in word.paragraphs if each.text.startswith("Smaller share")]
    headline.runs[0].text = "A headline from Word"
    for run in headline.runs[1:]:
        run.text = ""
    word.save(str(page.article("article.docx")))
    assert "edited" in page.get("/?words=kent&story=victim-withdrawal")
    assert "These are the words of article.docx." in page.get(DRAFT)
    assert page.form()["headline"] == "A headline from Word"
    page.post("save", 303, headline="A headline from the page")
    assert page.form()["headline"] == "A headline from the page"
    page.post("decide", 303, what="approve", reason="")
    assert "article.md, brief.txt" in page.desk("log", "--decisions").out


def test_the_list_tells_what_an_edit_in_another_program_has_broken(page: Page) -> None:
    page.get(DRAFT)  # the release has been read
    text = page.article().read_text("utf-8")
    page.article().write_text(text.replace("5,640", "5,641", 1), "utf-8")
    assert page.get("/?status=held").count('href="/draft/') == 1
    page.article().write_text(text, "utf-8")
    assert page.get("/?status=held").count('href="/draft/') == 0


def test_a_draft_s_folder_that_is_a_link_is_none(page: Page) -> None:
    elsewhere = page.desk.folder / "elsewhere"
    (page.output / FOLDER).rename(elsewhere)
    (page.output / FOLDER).symlink_to(elsewhere)
    page.get(DRAFT, 404)


def test_a_draft_is_approved_by_the_rules_of_the_command(page: Page) -> None:
    page.post("decide", 303, what="approve")
    assert "approved" in page.get("/?words=kent")
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


def test_a_form_from_elsewhere_does_nothing(page: Page) -> None:
    before = page.article().read_bytes()
    for action in ("save", "decide", "check"):
        page.post(action, 403, token="forged", text="x", what="spike")  # noqa: S106
        page.post(action, 403, token="", text="x", what="spike")
    assert page.article().read_bytes() == before
    assert page.desk("log", "--decisions").out.strip() == "Nothing is logged yet."


@pytest.mark.parametrize(
    "path",
    [
        "/draft/victim-withdrawal/2020/atlantis",
        "/draft/victim-withdrawal/2020/..",
        "/draft/%2e%2e/%2e%2e/etc",
        f"{DRAFT}/file/..%2f..%2fmanifest.json",
        f"{DRAFT}/file/passwd",
        "/static/..%2fapp.py",
        "/static/app.py",
    ],
)
def test_no_path_leads_anywhere_but_to_what_was_filed(page: Page, path: str) -> None:
    page.get(path, 404)


def test_a_link_in_the_folder_is_not_followed(page: Page) -> None:
    secret = page.desk.folder / "secret.txt"
    secret.write_text("secret", "utf-8")
    page.article("notes.md").unlink()
    page.article("notes.md").symlink_to(secret)
    assert "secret" not in page.get(f"{DRAFT}/file/notes.md", 404)


def test_what_is_too_large_is_refused_unread(page: Page) -> None:
    answer = page.browser.post(f"{DRAFT}/save", data={"text": "x" * (LARGEST + 1)})
    assert answer.status_code == 413
    pieces = (b"text=" + b"x" * 100_000 for _ in range(12))
    form = {"content-type": "application/x-www-form-urlencoded"}
    told = page.browser.post(f"{DRAFT}/save", content=pieces, headers=form)
    assert told.status_code in (400, 413)  # by the parser of forms, or by the guard


def test_another_site_s_name_is_not_answered(page: Page) -> None:
    assert page.browser.get("/", headers={"host": "evil.example"}).status_code == 400


def test_markup_in_an_edit_is_text(page: Page) -> None:
    page.post("save", 303, headline="<script>alert(1)</script>")
    answer = page.browser.get(DRAFT)
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_damaged_manifest_and_a_folder_that_vanishes_are_told(page: Page) -> None:
    (page.output / "manifest.json").write_text("{", "utf-8")
    assert "leaves what an editor has changed" in page.get("/", 422)
    shutil.rmtree(page.output)
    assert "Nothing is filed here." in page.get("/", 422)


def test_a_version_can_be_had_back(page: Page) -> None:
    first = page.form()["text"]
    page.post("save", 303, text=first.replace("fell through", "came to nothing", 1))
    versions = re.findall(r"&version=([0-9a-f]{64})", page.get(DRAFT))
    shown = page.get(f"{DRAFT}?version={versions[0]}")
    assert "These are the words of an earlier version." in shown
    assert "fell through" in shown
    page.post("save", 303, text=first)
    assert page.form()["text"] == first
    page.get(f"{DRAFT}?version={'0' * 64}", 404)


def test_what_was_changed_since_the_draft_was_filed_is_told(page: Page) -> None:
    text = page.form()["text"]
    page.post("decide", 303, what="approve")
    page.post("save", 303, text=text.replace("fell through", "came to nothing", 1))
    shown = page.get(DRAFT)
    filed = shown.partition("Changed since it was filed")[2]
    assert re.search(r"<del>[^<]*fell through[^<]*</del> <ins>[^<]*came to nothing", filed)
    assert "Changed since it was approved" in shown


def test_changes_of_two_editors_that_do_not_meet_can_be_had_in_one(page: Page) -> None:
    bens = page.form()
    page.post("save", 303, text=bens["text"].replace("fell through", "came to nothing", 1))
    both = page.post("save", 409, **{**bens, "headline": "Ben’s headline"})
    assert "Both in one" in both
    form = both.partition("Both in one")[2].partition("Save both")[0]
    hidden = re.findall(r'name="(began_from|headline)" value="(.*?)"', form)
    text = re.findall(r'<textarea name="(text)" hidden>\n(.*?)</textarea>', form, re.DOTALL)
    page.post("save", 303, **dict([*hidden, *text]))
    now = page.article().read_text("utf-8")
    assert "came to nothing" in now
    assert "Ben’s headline" in now


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


def test_a_piece_is_read_changed_and_saved_as_its_own_file(page: Page) -> None:
    article = page.article().read_bytes()
    for name in ("brief.txt", "radio.txt", "social.txt"):
        before = page.article(name).read_bytes()
        page.post("save", 303, file=name)
        assert page.article(name).read_bytes() == before
    text = page.form("brief.txt")["text"]
    page.post("save", 303, file="brief.txt", text=text.replace("5,640", "5,641", 1))
    assert "5,641" in page.article("brief.txt").read_text("utf-8")
    assert page.article().read_bytes() == article
    assert "1 to mend" in page.get(DRAFT)
    assert "held" in page.get("/?words=kent&story=victim-withdrawal")
    refused = page.post("decide", 422, what="approve", reason="")
    assert "brief.txt" in refused
    # What holds a piece holds the draft, whatever is saved of its article.
    page.post("save", 303)
    assert "held" in page.get("/?words=kent&story=victim-withdrawal")
    page.post("save", 303, file="brief.txt", text=text)
    page.post("decide", 303, what="approve", reason="")


def test_an_article_changed_on_the_page_is_approved_with_its_pieces(page: Page) -> None:
    text = page.form()["text"]
    page.post("save", 303, text=text.replace("fell through", "came to nothing", 1))
    page.post("decide", 303, what="approve", reason="")
    (line,) = page.desk("log", page.output / FOLDER, "--decisions").out.splitlines()
    assert "article.md, brief.txt, radio.txt, social.txt" in line


@pytest.mark.parametrize("name", ["notes.md", "article.docx", "ledger.json", "../x", ""])
def test_nothing_but_a_text_of_the_draft_is_saved(page: Page, name: str) -> None:
    page.post("save", 404, name=name)
    if name not in ("", "article.docx"):
        page.get(f"{DRAFT}?file={name}", 404)


def test_a_draft_is_put_on_hold_and_spiked(page: Page) -> None:
    page.post("decide", 303, what="hold", reason="Kent is to reply")
    assert "put on hold by Ann Editor: Kent is to reply" in text_of(page.get(DRAFT))
    assert page.get("/?status=on hold").count('href="/draft/') == 1
    page.post("decide", 303, what="spike", reason="")
    assert page.get("/?status=spiked").count('href="/draft/') == 1
    assert "This is nothing that can be decided" in page.post("decide", 422, what="publish")


def test_what_the_last_release_said_is_told_sentence_by_sentence(page: Page) -> None:
    charged, unsupported, identified, other = CLOSED["Kent"][2020]
    years = {**CLOSED["Kent"], 2020: (charged, unsupported, identified + 15, other)}
    revised = page.desk.publish(
        "releases/2021-07-22", rows_of({**CLOSED, "Kent": years}), dated=False
    )
    (revised / "release.yml").write_text("published: 2021-07-22\n", "utf-8")
    assert page.desk("run").status == 0
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


def test_articles_that_an_editor_s_version_has_left_behind_are_not_handed_out(page: Page) -> None:
    page.post("save", 303, headline="Another headline")
    names = names_in(page.browser.get(f"{DRAFT}/files.zip"))
    assert [name for name in names if name.startswith("article.")] == ["article.md"]


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
    assert "spiked" in titles.get(at)
    assert (
        "spiked"
        not in text_of(titles.get("/draft/charged/2020/kent"))
        .partition("Decide")[2]
        .partition("Spike")[2]
    )


def test_a_title_whose_manifest_is_damaged_does_not_hide_the_others(titles: Page) -> None:
    (titles.output / "kent" / "manifest.json").write_text("{", "utf-8")
    shown = titles.get("/")
    assert "nobody can tell what the drafts were made from" in shown
    assert shown.count('href="/draft/') == 8


def test_who_looks_while_a_release_is_read_does_not_wait_for_it(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "PATIENCE", 0.01)
    reading = page.titles.own.knowledge._reading
    with reading:
        shown = page.get(DRAFT)
    assert "The published tables are being read" in shown
    assert "data-waits" in shown
    assert "Change the words" not in shown  # nobody types into a page that loads again
    assert "data-waits" not in page.get(DRAFT)


def test_a_version_that_nobody_can_read_again_is_held(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: object, **_named: object) -> None:
        raise RequestError(Fault("The release is gone.", "Put it back."))

    monkeypatch.setattr(knowledge, "_RETRY", 0)
    monkeypatch.setattr(knowledge, "measure_original", gone)
    page.post("save", 303, headline="Another headline")
    assert "Nobody could read the words again" in page.article().read_text("utf-8")
    assert "held" in page.get("/?words=another headline")
    monkeypatch.undo()
    assert "Nothing holds this" in page.get(DRAFT)  # it is read as soon as it can be


def test_a_form_that_is_sent_twice_saves_once(page: Page) -> None:
    form = {**page.form(), "headline": "Another headline"}
    page.post("save", 303, **form)
    page.post("save", 303, **form)
    assert (
        text_of(page.get(DRAFT)).count("saved by Ann Editor") == 2
    )  # in versions, and what was done


def test_nobody_decides_on_words_that_they_have_not_seen(page: Page) -> None:
    seen = page.form()["seen"]
    page.post("save", 303, headline="Another headline")
    refused = page.post("decide", 409, what="approve", reason="", seen=seen)
    assert "Somebody has changed this draft" in refused
    page.post("decide", 303, what="spike", reason="no room")
    page.post("decide", 409, what="approve", reason="", seen=seen)
    assert "approved" not in page.desk("log", "--decisions").out


def test_what_is_typed_meets_a_damaged_output_or_a_lost_session_with_a_word(page: Page) -> None:
    form = page.form()
    typed = {"data": form, "headers": {"hx-request": "true"}}
    (page.output / "manifest.json").write_text("{", "utf-8")
    told = page.browser.post(f"{DRAFT}/check", **typed)
    assert (told.status_code, "<html" in told.text) == (200, False)
    assert "nobody can tell what the drafts were made from" in told.text


def test_a_database_that_another_program_has_is_told_and_nothing_is_lost(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {**page.form(), "headline": "Another headline"}
    before = page.article().read_bytes()
    monkeypatch.setattr(database, "WAIT", 0.1)
    held = sqlite3.connect(page.output / ".newscopy" / "log.db")
    held.execute("BEGIN EXCLUSIVE")
    answer = page.browser.post(f"{DRAFT}/save", data=form)
    assert answer.status_code == 422
    assert "in use by another program" in answer.text
    assert page.browser.get(DRAFT).status_code == 422
    held.rollback()
    held.close()
    assert page.article().read_bytes() == before
    page.post("save", 303, **form)
    assert "# Another headline" in page.article().read_text("utf-8")


def test_a_folder_that_vanishes_under_an_open_draft_is_told(page: Page) -> None:
    form = page.form()
    shutil.rmtree(page.output)
    for path in (DRAFT, f"{DRAFT}/files.zip", "/drafts.zip"):
        assert "Nothing is filed here." in page.get(path, 422)
    for action in ("save", "decide", "check"):
        answer = page.browser.post(f"{DRAFT}/{action}", data={**form, "what": "approve"})
        assert (answer.status_code, "Nothing is filed here." in answer.text) == (422, True)
    assert not page.output.exists()


def test_a_hundred_megabytes_are_refused_and_the_server_stays_up(page: Page) -> None:
    with serving(page.desk.folder) as url:
        large = 100_000_000
        said = httpx2.post(f"{url}{DRAFT}/save", content=b"x" * large)
        assert said.status_code == 413

        def pieces() -> Iterator[bytes]:
            yield from (b"x" * 1_000_000 for _ in range(100))

        form = {"content-type": "application/x-www-form-urlencoded"}
        with contextlib.suppress(httpx2.TransportError):  # the server hangs up in the midst
            assert httpx2.post(
                f"{url}{DRAFT}/save", content=pieces(), headers=form
            ).status_code in (400, 413)
        assert httpx2.get(url).status_code == 200


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


def test_a_piece_that_is_broken_meanwhile_holds_what_is_saved_of_the_article(page: Page) -> None:
    article, brief = page.form(), page.form("brief.txt")
    anns = page.titles.own.draft(FOLDER)  # as it was when she pressed Save
    wrong = brief["text"].replace("5,640", "5,641", 1)
    page.browser.post(f"{DRAFT}/save", data={**brief, "text": wrong})
    typed = Typed("article.md", "Another headline", article["text"], article["began_from"])
    save_typed(anns, typed, "Ann Editor")
    assert page.titles.own.draft(FOLDER).row.status == "held"


def test_nothing_is_decided_from_an_earlier_version(page: Page) -> None:
    first = page.form()["text"]
    page.post("save", 303, text=first.replace("fell through", "came to nothing", 1))
    (version,) = set(re.findall(r"&version=([0-9a-f]{64})", page.get(DRAFT)))
    assert 'value="approve"' in page.get(DRAFT)
    assert 'value="approve"' not in page.get(f"{DRAFT}?version={version}")


def test_another_form_of_the_article_that_was_changed_too_is_told_and_left_out(page: Page) -> None:
    word = Document(str(page.article("article.docx")))
    word.add_paragraph("Written in Word.")
    word.save(str(page.article("article.docx")))
    page.post("save", 303, headline="A headline from the page")
    shown = page.get(DRAFT)
    assert "Somebody has changed another form of the article as well" in shown
    assert "Written in Word." in page.get(f"{DRAFT}?file=article.docx")
    names = names_in(page.browser.get(f"{DRAFT}/files.zip"))
    assert [name for name in names if name.startswith("article.")] == ["article.md"]
    seen = page.form()["seen"]
    word.add_paragraph("And more.")
    word.save(str(page.article("article.docx")))
    page.post("decide", 409, what="approve", reason="", seen=seen)


@pytest.mark.parametrize("damage", ["gone", "not text", "no words"])
def test_an_article_that_cannot_be_read_is_shown_as_it_was_filed_and_can_be_had_back(
    page: Page, damage: str
) -> None:
    good = page.article().read_bytes()
    if damage == "gone":
        page.article().unlink()
    else:
        page.article().write_bytes(b"\xff\xfe" if damage == "not text" else b"")
    shown = page.get(DRAFT)
    assert "These are the words as they were filed" in shown
    assert "5,640" in shown
    page.post("save", 303)
    assert page.article().read_bytes() == good
    assert "These are the words as they were filed" not in page.get(DRAFT)


def test_a_text_without_words_is_not_saved(page: Page) -> None:
    before = page.article().read_bytes()
    assert "There are no words in it" in page.post("save", 422, headline=" ", text=" ")
    assert page.article().read_bytes() == before


@pytest.mark.parametrize("field", ["token", "text"])
def test_what_was_typed_is_on_the_page_that_refuses_it(page: Page, field: str) -> None:
    form = {"headline": "Another headline", "text": "What I typed."}
    status = 403 if field == "token" else 422
    fields = {**form, "token": "old"} if field == "token" else {**form, "headline": " "}
    refused = page.post("save", status, **fields)
    assert "What I typed." in refused
    (token,) = set(re.findall(r'name="token" value="(.*?)"', refused))
    assert token == page.form()["token"]


def test_files_of_a_damaged_manifest_do_not_lead_out_of_the_draft_s_folder(page: Page) -> None:
    manifest = page.output / "manifest.json"
    said = json.loads(manifest.read_bytes())
    said["drafts"][FOLDER]["beside"] = ["../../../../config/desk.yml"]
    manifest.write_text(json.dumps(said), "utf-8")
    page.get(f"{DRAFT}/files.zip", 422)


def test_an_article_that_is_a_link_is_neither_shown_saved_nor_approved(page: Page) -> None:
    form = page.form()
    secret = page.desk.folder / "secret.md"
    secret.write_text("# Secret\n\nSecret words.\n", "utf-8")
    page.article().unlink()
    page.article().symlink_to(secret)
    assert "Secret words." not in page.get(DRAFT)
    refused = page.browser.post(f"{DRAFT}/save", data=form)
    assert refused.status_code in (409, 422)
    assert "Secret words." not in refused.text
    page.post("decide", 422, what="approve", reason="")
    assert secret.read_text("utf-8").startswith("# Secret")


def test_an_unknown_release_or_a_folder_for_a_manifest_is_told(page: Page) -> None:
    manifest = page.output / "manifest.json"
    said = json.loads(manifest.read_bytes())
    said["drafts"][FOLDER]["release"] = "000000000000"
    manifest.write_text(json.dumps(said), "utf-8")
    assert "does not know which release" in page.get(DRAFT, 422)
    manifest.unlink()
    manifest.mkdir()
    page.get("/", 422)


def test_an_address_that_forms_are_sent_to_leads_to_the_draft(page: Page) -> None:
    for action in ("save", "decide"):
        answer = page.browser.get(f"{DRAFT}/{action}")
        assert (answer.status_code, answer.headers["location"]) == (303, DRAFT)


def test_what_is_no_page_is_told_on_one(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no such page" in page.get("/nowhere", 404)
    assert page.browser.put("/").status_code in (403, 405)

    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(answers, "open_text", fail)
    app = page.browser.app
    quiet = TestClient(app, raise_server_exceptions=False)
    answer = quiet.get(DRAFT)
    assert (answer.status_code, "secret" in answer.text) == (500, False)
    assert "Something is wrong with newscopy" in answer.text
