"""What an editor types on the page: read at once, saved as a version, merged, had back."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from open_page import DRAFT, FOLDER, Page, names_in, text_of
from revised import revise

from generator.errors import Fault, RequestError
from generator.review import knowledge
from generator.review.editing import save_typed
from generator.review.typed import Typed


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
    assert "edited" in page.states()
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
    assert "edited" in page.states()
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
    assert "held" in page.states()
    refused = page.post("decide", 422, what="approve", reason="")
    assert "brief.txt" in refused
    # What holds a piece holds the draft, whatever is saved of its article.
    page.post("save", 303)
    assert "held" in page.states()
    page.post("save", 303, file="brief.txt", text=text)
    page.post("decide", 303, what="approve", reason="")


@pytest.mark.parametrize("name", ["notes.md", "article.docx", "ledger.json", "../x", ""])
def test_nothing_but_a_text_of_the_draft_is_saved(page: Page, name: str) -> None:
    before = {path: path.read_bytes() for path in page.article().parent.iterdir()}
    page.post("save", 404, name=name)
    assert {path: path.read_bytes() for path in page.article().parent.iterdir()} == before
    if name not in ("", "article.docx"):
        page.get(f"{DRAFT}?file={name}", 404)


def test_a_version_that_nobody_can_read_again_is_held(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: object, **_named: object) -> None:
        raise RequestError(Fault("The release is gone.", "Put it back."))

    monkeypatch.setattr(knowledge, "_RETRY", 0)
    monkeypatch.setattr(knowledge, "measure_original", gone)
    page.post("save", 303, headline="Another headline")
    assert "Nobody could read the words again" in page.article().read_text("utf-8")
    assert "held" in page.states()
    monkeypatch.undo()
    assert "Nothing holds this" in page.get(DRAFT)  # it is read as soon as it can be


def test_a_form_that_is_sent_twice_saves_once(page: Page) -> None:
    form = {**page.form(), "headline": "Another headline"}
    page.post("save", 303, **form)
    page.post("save", 303, **form)
    assert (
        text_of(page.get(DRAFT)).count("saved by Ann Editor") == 2
    )  # in versions, and what was done


def test_a_piece_that_is_broken_meanwhile_holds_what_is_saved_of_the_article(page: Page) -> None:
    article, brief = page.form(), page.form("brief.txt")
    anns = page.titles.own.draft(FOLDER)  # as it was when she pressed Save
    wrong = brief["text"].replace("5,640", "5,641", 1)
    page.browser.post(f"{DRAFT}/save", data={**brief, "text": wrong})
    typed = Typed("article.md", "Another headline", article["text"], article["began_from"])
    save_typed(anns, typed, "Ann Editor")
    assert page.titles.own.draft(FOLDER).row.status == "held"


def test_another_form_of_the_article_that_was_changed_too_is_told_and_left_out(page: Page) -> None:
    word = Document(str(page.article("article.docx")))
    word.add_paragraph("Written in Word.")
    word.save(str(page.article("article.docx")))
    page.post("save", 303, headline="A headline from the page")
    shown = page.get(DRAFT)
    assert "Somebody has changed another form of the article as well" in shown
    assert "Written in Word." in page.get(f"{DRAFT}?file=article.docx")
    names = names_in(page.browser.get(f"{DRAFT}/files.zip"))
    assert "article.html" not in names
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


def test_an_older_version_that_is_not_kept_has_no_link(page: Page) -> None:
    for more in (15, 20, 25):
        revise(page.desk, more)
    shas = set(re.findall(r"version=([0-9a-f]{64})", page.get(DRAFT)))
    assert shas  # of the last release
    for sha in shas:
        page.get(f"{DRAFT}?file=article.md&version={sha}")


def test_a_row_that_is_longer_than_the_header_is_told(page: Page) -> None:
    text = page.form()["text"]
    table = "| Force | Rate |\n| Kent | 28.2% | 5,640 |"
    assert "more cells than its header" in page.post("save", 422, text=f"{text}\n\n{table}")
    told = page.browser.post(
        f"{DRAFT}/check",
        data={**page.form(), "text": f"{text}\n\n{table}"},
        headers={"hx-request": "true"},
    )
    assert "more cells than its header" in told.text


def test_what_holds_a_piece_stands_on_the_forms_of_a_changed_article(page: Page) -> None:
    brief = page.form("brief.txt")["text"]
    page.post("save", 303, headline="Another headline")
    page.post("save", 303, file="brief.txt", text=brief.replace("5,640", "5,641", 1))
    packed = zipfile.ZipFile(io.BytesIO(page.browser.get(f"{DRAFT}/files.zip").content))
    assert "HELD" in packed.read("article.txt").decode()
    assert "5,641" in packed.read("article.txt").decode()


def test_the_list_judges_an_edited_draft_by_the_new_release(page: Page) -> None:
    """All of its texts stay as they are in the run, so that none of them is another after it."""
    for name in ("article.md", "brief.txt", "radio.txt", "social.txt"):
        text = page.article(name).read_text("utf-8")
        page.article(name).write_text(text.replace("last year", "last  year"), "utf-8")
    page.post("decide", 303, what="approve", reason="")
    page.get(DRAFT)
    assert page.states() == ["ready", "approved", "edited"]
    revise(page.desk, 200)
    page.get(DRAFT)
    assert page.states()[0] == "held"
