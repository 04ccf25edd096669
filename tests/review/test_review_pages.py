"""The page as a browser asks for it: the list, a draft, what is typed, saved and decided."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from small_desk import SmallDesk
from starlette.testclient import TestClient

from generator.desk import load_desk
from generator.review.app import make_app
from generator.review.guard import LARGEST
from generator.review.knowledge import Knowledge
from generator.review.site import Site

FOLDER = "victim-withdrawal/2020/kent"
DRAFT = f"/draft/{FOLDER}"


class Page:
    """The page of a small desk's output, and a browser that has it open."""

    def __init__(self, desk: SmallDesk) -> None:
        self.desk = desk
        self.output = desk.output
        loaded = load_desk(desk.folder)
        site = Site(self.output, loaded, desk.folder, Knowledge(self.output, loaded, desk.folder))
        app = make_app(site, "Ann Editor", ["testserver"])
        self.browser = TestClient(app, follow_redirects=False)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def post(self, action: str, status: int, **fields: str) -> str:
        """Send a form as the draft's page has it, with some fields changed."""
        form = {**self.form(), **fields}
        answer = self.browser.post(f"{DRAFT}/{action}", data=form)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def form(self) -> dict[str, str]:
        page = self.get(DRAFT)
        fields = dict(re.findall(r'name="(token|began_from)" value="(.*?)"', page))
        texts = re.findall(r'<textarea id="(\w+)".*?>\n?(.*?)</textarea>', page, re.DOTALL)
        return fields | dict(texts)

    def article(self, name: str = "article.md") -> Path:
        return self.output / FOLDER / name


@pytest.fixture
def page(newscopy: SmallDesk, good_output: Path) -> Page:
    shutil.copytree(good_output, newscopy.output)
    return Page(newscopy)


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
    assert "Have newscopy run file them again" in page.get("/", 422)
    shutil.rmtree(page.output)
    assert "Nothing is filed here." in page.get("/", 422)


def test_a_version_can_be_had_back(page: Page) -> None:
    first = page.form()["text"]
    page.post("save", 303, text=first.replace("fell through", "came to nothing", 1))
    versions = re.findall(r"\?version=([0-9a-f]{64})", page.get(DRAFT))
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
    merged = re.findall(
        r'name="began_from" value="(.*?)">\n<input type="hidden" name="headline" value="(.*?)">\n'
        r'<textarea name="text" hidden>\n(.*?)</textarea>\n<button>Save both',
        both,
        re.DOTALL,
    )
    (fields,) = merged
    page.post("save", 303, **dict(zip(("began_from", "headline", "text"), fields, strict=True)))
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
