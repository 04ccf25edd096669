"""A draft that is withdrawn on the page says so in its own files, and its texts are the same."""

from __future__ import annotations

import io
import zipfile

import pytest
from open_page import DRAFT, Page, text_of

from generator.filing import copy_from

WARNING = "ON HOLD: not for publication yet. Ann Editor put it on hold at "
REASON = "Kent is to reply"


@pytest.fixture
def withdrawn(page: Page) -> Page:
    page.post("decide", 303, what="hold", reason=REASON)
    return page


def says(page: Page, name: str = "article.html") -> tuple[str, ...]:
    return copy_from(page.article(name).read_bytes(), name).standing


def approve(page: Page) -> None:
    """Approve what is on hold: the page asks again, and is told so."""
    asked = page.press(page.open(DRAFT), "Approve", 422)
    page.press(asked, "Approve although it is on hold", 303)


def test_it_says_so_until_it_is_approved(page: Page) -> None:
    before = page.article().read_bytes()
    page.post("decide", 303, what="hold", reason=REASON)
    for name in ("article.html", "article.md", "article.docx", "article.txt", "brief.txt"):
        (said,) = says(page, name)
        assert said.startswith(WARNING)
        assert said.endswith(REASON)
    approve(page)
    assert says(page) == ()
    assert page.article().read_bytes() == before


def test_the_page_shows_the_words_alone(withdrawn: Page) -> None:
    shown = withdrawn.get(DRAFT)
    assert "another program" not in shown
    assert "Changed since" not in shown
    assert WARNING not in withdrawn.form()["text"]
    assert "Nothing holds this" in shown
    assert withdrawn.states() == ["on hold"]


def test_the_text_that_is_copied_says_so(withdrawn: Page) -> None:
    assert WARNING in text_of(withdrawn.get(DRAFT))


def test_who_types_meanwhile_is_not_told_that_somebody_has_saved(page: Page) -> None:
    typed = page.form()
    page.post("decide", 303, what="hold", reason=REASON)
    typed["text"] = typed["text"].replace("fell through", "collapsed", 1)
    answer = page.browser.post(f"{DRAFT}/save", data=typed)
    assert answer.status_code == 303, answer.text
    typed = page.form()
    assert "collapsed" in typed["text"]
    approve(page)
    typed["text"] = typed["text"].replace("collapsed", "came to nothing", 1)
    answer = page.browser.post(f"{DRAFT}/save", data=typed)
    assert answer.status_code == 303, answer.text
    assert "another program" not in text_of(page.get(DRAFT))


def test_a_version_that_is_saved_is_the_editors_own_and_the_page_says_so(withdrawn: Page) -> None:
    text = withdrawn.form()["text"].replace("fell through", "collapsed", 1)
    withdrawn.post("save", 303, text=text)
    assert says(withdrawn, "article.md") == ()
    (said,) = says(withdrawn)
    assert said.startswith(WARNING)
    assert "edited" in withdrawn.states()


def test_the_filed_words_saved_again_are_as_filed(withdrawn: Page) -> None:
    before = withdrawn.article().read_bytes()
    withdrawn.post("save", 303)
    assert withdrawn.article().read_bytes() == before
    assert "edited" not in withdrawn.states()


def test_what_is_taken_away_says_so(withdrawn: Page) -> None:
    text = withdrawn.form()["text"].replace("fell through", "collapsed", 1)
    withdrawn.post("save", 303, text=text)
    taken = withdrawn.browser.get(f"{DRAFT}/files.zip")
    with zipfile.ZipFile(io.BytesIO(taken.content)) as files:
        for name in ("article.docx", "article.txt"):
            copy = copy_from(files.read(name), name)
            assert copy.standing[0].startswith(WARNING)
            assert any("collapsed" in passage.text for passage in copy.passages)


def test_versions_are_known_by_their_words(withdrawn: Page) -> None:
    """What lies there is the one that was filed, of which no others are told."""
    assert "Versions</h2>" not in withdrawn.get(DRAFT)
