"""Forged forms, paths that climb, damaged files, and whatever else a page may meet."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from open_page import DRAFT, FOLDER, Page, names_in
from served import serving
from starlette.testclient import TestClient

from generator.filing import database
from generator.review import answers, opened
from generator.review.guard import LARGEST


def test_a_draft_s_folder_that_is_a_link_is_none(page: Page) -> None:
    elsewhere = page.desk.folder / "elsewhere"
    (page.output / FOLDER).rename(elsewhere)
    (page.output / FOLDER).symlink_to(elsewhere)
    assert "5,640" not in page.get(DRAFT, 404)


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
    told = page.get(path, 404)
    assert not any(words in told for words in ("import ", '"drafts":', "root:"))


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
    assert told.status_code == 413  # by the parser of forms, or by the guard


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
            assert (
                httpx2.post(f"{url}{DRAFT}/save", content=pieces(), headers=form).status_code == 413
            )
        assert httpx2.get(url).status_code == 200


def test_files_of_a_damaged_manifest_do_not_lead_out_of_the_draft_s_folder(page: Page) -> None:
    manifest = page.output / "manifest.json"
    said = json.loads(manifest.read_bytes())
    said["drafts"][FOLDER]["beside"] = ["../../../../config/desk.yml"]
    manifest.write_text(json.dumps(said), "utf-8")
    assert "pieces:" not in page.get(f"{DRAFT}/files.zip", 422)


def test_an_article_that_is_a_link_is_neither_shown_saved_nor_approved(page: Page) -> None:
    form = page.form()
    secret = page.desk.folder / "secret.md"
    secret.write_text("# Secret\n\nSecret words.\n", "utf-8")
    page.article().unlink()
    page.article().symlink_to(secret)
    assert "Secret words." not in page.get(DRAFT)
    refused = page.browser.post(f"{DRAFT}/save", data=form)
    assert refused.status_code == 422
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
    assert page.browser.put("/").status_code == 405

    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(answers, "open_text", fail)
    app = page.browser.app
    quiet = TestClient(app, raise_server_exceptions=False)
    answer = quiet.get(DRAFT)
    assert (answer.status_code, "secret" in answer.text) == (500, False)
    assert "Something is wrong with newscopy" in answer.text


def test_characters_that_no_word_file_can_have_break_no_download(page: Page) -> None:
    page.post("save", 303, headline="Another\x02 headline", text="Words \x00\x1b of an editor’s.")
    page.article("article.md").write_text("# A\x02 headline\n\nWords \x1b of another’s.\n", "utf-8")
    for path in (f"{DRAFT}/files.zip", "/drafts.zip"):
        answer = page.browser.get(path)
        assert answer.status_code == 200
        assert any(name.endswith("article.docx") for name in names_in(answer))


def test_a_table_without_cells_is_none(page: Page) -> None:
    path = page.article("article.html")
    html = path.read_text("utf-8").replace("</article>", "<table></table></article>", 1)
    path.write_text(html, "utf-8")
    assert "Nothing holds this" in page.get(DRAFT)
    page.get(f"{DRAFT}?file=article.html")
    assert page.browser.get("/drafts.zip").status_code == 200


def test_a_file_that_the_system_does_not_let_us_read_is_amiss_in_its_own_draft_alone(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, article = Path.read_bytes, page.article()

    def refuse(path: Path) -> bytes:
        if path == article:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    article.touch()  # so that it is looked at anew
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert page.get("/").count('href="/draft/') == 8
    assert "These are the words as they were filed" in page.get(DRAFT)
    for path in (f"{DRAFT}/files.zip", "/drafts.zip"):
        assert page.browser.get(path).status_code == 200


def test_where_the_output_lies_on_the_disk_is_not_told(page: Page) -> None:
    (page.output / "manifest.json").write_text("{", "utf-8")
    for path in ("/", DRAFT, f"{DRAFT}/files.zip"):
        told = page.get(path, 422)
        assert "newscopy run" in told
        assert str(page.output) not in told


def test_a_text_that_nobody_could_read_again_is_not_saved(page: Page) -> None:
    before = page.article().read_bytes()
    told = page.post("save", 422, text="\n\n".join(["Words."] * 5_001))
    assert "more than 5,000 paragraphs" in told
    assert page.article().read_bytes() == before
