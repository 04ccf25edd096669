"""A new draft that lies beside what an editor has changed: seen, taken over, or set aside."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from open_page import DRAFT, FOLDER, Page, text_of
from revised import revise

from generator.errors import FilingError
from generator.filing import Saving, save
from generator.filing.heads import take_off

NEWER = "article.new.md"
TOGETHER = ("article.docx", "article.html", "article.md", "article.txt", "chart.png", "chart.svg")


@pytest.fixture
def conflict(page: Page) -> Page:
    """Return a page whose article an editor has changed where the new figures have as well."""
    text = page.form()["text"]
    sentence = next(each for each in text.split("\n\n") if "5,640" in each)
    page.post("save", 303, text=text.replace(sentence, sentence.replace("5,640", "some 5,640")))
    revise(page.desk)
    assert page.article(NEWER).is_file()
    return page


def test_what_the_new_draft_has_otherwise_is_told_sentence_by_sentence(conflict: Page) -> None:
    shown = conflict.get(DRAFT)
    assert "There are new figures for this draft" in shown
    told = shown.partition("The new draft</h2>")[2].partition("</details>")[0]
    assert re.search(r"<del>[^<]*some 5,640[^<]*</del> <ins>[^<]*5,700[^<]*</ins>", told)
    assert conflict.get("/?status=conflicting").count('href="/draft/') == 1


def test_the_new_draft_is_read_and_taken_over(conflict: Page) -> None:
    new = conflict.get(f"{DRAFT}?file={NEWER}")
    assert "These are the words of the new draft" in new
    assert "Nothing holds this" in new  # by the new figures, and the new line of origin
    assert 'value="approve"' not in new
    before = conflict.article(NEWER).read_bytes()
    conflict.post("save", 303, file=NEWER)
    assert conflict.article().read_bytes() == before
    assert not conflict.article(NEWER).exists()
    shown = conflict.get(DRAFT)
    assert "There are new figures" not in shown
    assert "Nothing holds this" in shown
    assert "No draft is like that." in conflict.get("/?status=conflicting")
    conflict.post("decide", 303, what="approve", reason="")
    ran = conflict.desk("run")
    assert ran.status == 0, ran.err
    assert conflict.article().read_bytes() == before


def test_the_new_draft_is_set_aside_and_does_not_come_back(conflict: Page) -> None:
    kept, new = conflict.article().read_bytes(), conflict.form(NEWER)["text"]
    conflict.post("decide", 303, what="set aside")
    assert not conflict.article(NEWER).exists()
    shown = conflict.get(f"{DRAFT}?done=set aside")
    assert "The new draft is set aside" in shown
    assert "set aside by Ann Editor" in text_of(shown)
    assert conflict.desk("run").status == 0
    assert not conflict.article(NEWER).exists()
    assert conflict.article().read_bytes() == kept
    assert any(version["text"] == new for version in versions(conflict))


def test_a_new_draft_that_is_another_by_now_stays(conflict: Page) -> None:
    form, seen = conflict.form(NEWER), conflict.form()["seen"]
    revise(conflict.desk, more=30)
    before = conflict.article(NEWER).read_bytes()
    answer = conflict.browser.post(f"{DRAFT}/save", data=form)
    assert answer.status_code == 422
    assert "lies there no longer" in answer.text
    conflict.post("decide", 409, what="set aside", seen=seen)
    assert conflict.article(NEWER).read_bytes() == before


def test_an_editor_s_changes_to_the_new_draft_can_be_had_back(conflict: Page) -> None:
    """Somebody has worked in the new version's file; what is saved on the page is other words."""
    path = conflict.article(NEWER)
    path.write_text(path.read_text("utf-8").replace("fell through", "came to nothing"), "utf-8")
    text = conflict.form(NEWER)["text"]
    assert "came to nothing" in text
    conflict.post("save", 303, file=NEWER, text=text.replace("came to nothing", "fell through"))
    revise(conflict.desk, more=30)
    assert any("came to nothing" in version["text"] for version in versions(conflict))


def test_what_a_run_had_merged_can_be_had_back_when_somebody_saves_over_it(page: Page) -> None:
    article = page.article()
    words = "more generally."  # the figures are far from it
    text = article.read_text("utf-8").replace(words, f"{words}\n\nOf an editor’s own.", 1)
    article.write_text(text, "utf-8")
    revise(page.desk)
    text = page.form()["text"]
    assert "Of an editor’s own." in text
    assert "5,700" in text
    page.post("save", 303, text=text.replace("Of an editor’s own.", ""))
    revise(page.desk, more=30)
    assert any("Of an editor’s own." in version["text"] for version in versions(page))


def test_all_forms_and_the_chart_of_an_approved_draft_are_taken_over_together(page: Page) -> None:
    page.desk.change("config/desk.yml", "formats: [word, feeds]", "formats: [word, feeds, charts]")
    assert page.desk("run").status == 0
    page.post("decide", 303, what="approve", reason="")
    revise(page.desk, more=200)
    new = {each: page.article(each.replace(".", ".new.", 1)).read_bytes() for each in TOGETHER}
    shown = page.get(DRAFT)
    assert "What somebody had changed or approved was left as it is" in shown
    assert shown.count("Open the new draft, to use its words") == 4  # the article, three pieces
    page.post("save", 303, file=NEWER)
    there = {each: take_off(each, page.article(each).read_bytes()) for each in TOGETHER}
    assert {each: bare.data for each, bare in there.items()} == new
    (withheld,) = there["article.html"].said  # until somebody approves what it says now
    assert withheld.startswith("WITHHELD: no feed may use it.")
    assert "another form of the article" not in page.get(DRAFT)
    for piece in ("brief", "radio", "social"):
        page.post("save", 303, file=f"{piece}.new.txt")
    assert [each.name for each in page.article().parent.glob("*.new*")] == []
    page.post("decide", 303, what="approve", reason="")
    ran = page.desk("run")
    assert ran.status == 0, ran.err
    assert {each: page.article(each).read_bytes() for each in TOGETHER} == new


def test_a_form_that_somebody_has_changed_stays_where_the_article_is_taken_over(
    page: Page,
) -> None:
    page.post("decide", 303, what="approve", reason="")
    page.article("article.txt").write_text("Words of an editor’s.\n", "utf-8")
    revise(page.desk)
    page.post("save", 303, file=NEWER)
    assert page.article("article.txt").read_text("utf-8") == "Words of an editor’s.\n"
    assert page.article("article.new.txt").is_file()


@pytest.mark.parametrize("said", ["provisional: true", "embargo: 2031-05-13T09:30:00+01:00"])
def test_what_is_taken_over_keeps_the_warnings_of_its_release(page: Page, said: str) -> None:
    """The line of origin is the same as before, and so does not tell the two releases apart."""
    text = page.form()["text"]
    page.post("save", 303, text=text.replace("5,640", "some 5,640"))
    revise(page.desk, published="2021-05-13", said=said)
    begun = page.form(NEWER)["text"]
    page.post("save", 303, file=NEWER, text=begun.replace("fell through", "came to nothing", 1))
    warning = said.partition(":")[0].upper()[:7]
    for name, data in packed(page).items():
        assert warning.encode() in data, name
    page.post("save", 303, text=begun)
    assert warning in page.article().read_text("utf-8")


def test_a_form_of_a_new_draft_that_is_sent_twice_saves_once(conflict: Page) -> None:
    form = conflict.form(NEWER)
    for _ in range(2):
        assert conflict.browser.post(f"{DRAFT}/save", data=form).status_code == 303


def test_no_form_from_elsewhere_sets_a_new_draft_aside(conflict: Page) -> None:
    conflict.post("decide", 403, what="set aside", token="forged")  # noqa: S106
    assert conflict.article(NEWER).is_file()
    conflict.post("decide", 303, what="set aside")
    conflict.post("decide", 422, what="set aside")


def test_a_text_is_not_taken_over_as_another(conflict: Page) -> None:
    brief, sha = conflict.form("brief.txt"), conflict.form(NEWER)["takes_over"]
    conflict.post("save", 404, **{**brief, "takes_over": sha})
    saving = Saving(FOLDER, "brief.txt", b"Words.", brief["began_from"], "Ann", takes_over=sha)
    with pytest.raises(FilingError, match="no such copy"):
        save(conflict.output, saving, conflict.titles.desk)
    assert conflict.article(NEWER).is_file()


def packed(page: Page) -> dict[str, bytes]:
    """Return the article of the draft as Markdown and as text, as they are handed out."""
    answer = page.browser.get(f"{DRAFT}/files.zip")
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: files.read(name) for name in ("article.md", "article.txt")}


def versions(page: Page) -> list[dict[str, str]]:
    """Return every earlier version of the article that the page has a link to, as it opens it."""
    shas = re.findall(r"version=([0-9a-f]{64})", page.get(DRAFT))
    return [page.form(f"article.md&version={sha}") for sha in dict.fromkeys(shas)]
