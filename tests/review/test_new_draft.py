"""A new draft that lies beside what an editor has changed: seen, taken over, or set aside."""

from __future__ import annotations

import re

import pytest
from open_page import DRAFT, FOLDER, Page, text_of
from small_desk import SmallDesk
from tables import CLOSED, rows_of

NEWER = "article.new.md"


def revise(desk: SmallDesk, more: int = 15) -> None:
    """Publish figures that are higher for Kent, and file what comes of them."""
    charged, unsupported, identified, other = CLOSED["Kent"][2020]
    years = {**CLOSED["Kent"], 2020: (charged, unsupported, identified + more, other)}
    release = f"releases/2021-07-{more}"
    revised = desk.publish(release, rows_of({**CLOSED, "Kent": years}), dated=False)
    (revised / "release.yml").write_text(f"published: 2021-07-{more}\n", "utf-8")
    ran = desk("run", release)
    assert ran.status == 0, ran.err


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
    kept = conflict.article().read_bytes()
    (sha,) = re.findall(r'name="takes_over" value="(\w{64})"', conflict.get(DRAFT))
    conflict.post("set-aside", 303, takes_over=sha)
    assert not conflict.article(NEWER).exists()
    shown = conflict.get(f"{DRAFT}?done=set aside")
    assert "The new draft is set aside." in shown
    assert "set aside by Ann Editor" in text_of(shown)
    assert conflict.desk("run").status == 0
    assert not conflict.article(NEWER).exists()
    assert conflict.article().read_bytes() == kept


@pytest.mark.parametrize("action", ["save", "set-aside"])
def test_a_new_draft_that_is_another_by_now_stays(conflict: Page, action: str) -> None:
    form = conflict.form(NEWER)
    revise(conflict.desk, more=30)
    before = conflict.article(NEWER).read_bytes()
    answer = conflict.browser.post(f"{DRAFT}/{action}", data=form)
    assert answer.status_code == 422
    assert "lies there no longer" in answer.text
    assert conflict.article(NEWER).read_bytes() == before


def test_an_editor_s_changes_to_the_new_draft_can_be_had_back(conflict: Page) -> None:
    """Somebody has worked in the new version's file; what is saved on the page is other words."""
    path = conflict.article(NEWER)
    path.write_text(path.read_text("utf-8").replace("fell through", "came to nothing"), "utf-8")
    text = conflict.form(NEWER)["text"]
    assert "came to nothing" in text
    conflict.post("save", 303, file=NEWER, text=text.replace("came to nothing", "fell through"))
    revise(conflict.desk, more=30)
    log = conflict.desk("log", conflict.output / FOLDER).out
    assert "another program" in log


def test_all_forms_of_an_approved_draft_have_new_ones_that_go_together(page: Page) -> None:
    page.post("decide", 303, what="approve", reason="")
    revise(page.desk)
    assert page.article("article.new.docx").is_file()
    shown = page.get(DRAFT)
    assert shown.count("Open it, to take its words over") == 4  # the article and three pieces
    page.post("save", 303, file=NEWER)
    assert [each.name for each in page.article().parent.glob("article.new*")] == []
    assert page.article("brief.new.txt").is_file()


def test_no_form_from_elsewhere_sets_a_new_draft_aside(conflict: Page) -> None:
    (sha,) = re.findall(r'name="takes_over" value="(\w{64})"', conflict.get(DRAFT))
    conflict.post("set-aside", 403, takes_over=sha, token="forged")  # noqa: S106
    assert conflict.article(NEWER).is_file()
    conflict.post("set-aside", 422, takes_over="")
    assert conflict.article(NEWER).is_file()
