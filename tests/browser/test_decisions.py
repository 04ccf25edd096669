"""Decisions by mouse and keyboard, with and without scripts: none is made by a slip."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from served import Served
from small_desk import SmallDesk

KENT = "/draft/victim-withdrawal/2020/kent"
ARTICLE = f"{KENT.removeprefix('/draft/')}/article.md"
HELD = "Approve although it is held"
REASON = "The force gave us 5,641"


@pytest.fixture(params=["scripts", "no scripts"])
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a window of a browser that runs scripts, and of one that does not."""
    scripts = request.param == "scripts"
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 1280, "height": 800}
    )
    yield context.new_page()
    context.close()


def press(window: Page, name: str) -> None:
    window.get_by_role("button", name=name, exact=True).click()


def heading(window: Page, words: str) -> None:
    expect(window.get_by_role("heading", level=1)).to_have_text(words)


def decisions(desk: SmallDesk) -> str:
    """Return what was decided, as the log has it."""
    return desk("log", "--decisions").out.strip()


def break_article(served: Served) -> None:
    """Put a false number in the article, as if in another program."""
    path = served.output / ARTICLE
    path.write_text(path.read_text("utf-8").replace("5,640", "5,641", 1), "utf-8")


def reword(window: Page) -> None:
    """Type other words, which nothing holds."""
    window.get_by_text("Change the words").click()
    text = window.locator("#text")
    text.fill(text.input_value().replace("fell through", "came to nothing", 1))


def sent_by(window: Page) -> list[str]:
    """Return the forms that a window sends from now on, but for what is read while it is typed."""
    sent: list[str] = []
    window.on(
        "request",
        lambda asked: (
            sent.append(asked.url)
            if asked.method == "POST" and not asked.url.endswith("/check")
            else None
        ),
    )
    return sent


@pytest.mark.parametrize("held", [False, True])
def test_enter_in_a_field_sends_no_decision(
    window: Page, served: Served, newscopy: SmallDesk, held: bool
) -> None:
    if held:
        break_article(served)
    window.goto(served.at(KENT))
    window.get_by_text("Change the words").click()
    sent = sent_by(window)
    for name in ("#reason", "#headline", "#text"):
        field = window.locator(name)
        before = field.input_value()
        field.press("Control+End")
        for key in ("Enter", "Control+Enter", "Shift+Enter", "NumpadEnter"):
            field.press(key)
        assert field.input_value().rstrip("\n") == before
    window.get_by_label("Reason").press_sequentially("Wait for the force\n")
    window.wait_for_timeout(500)
    assert sent == []
    assert window.url == served.at(KENT)
    assert decisions(newscopy) == "Nothing is logged yet."


def test_enter_in_the_reason_for_an_override_sends_nothing_either(
    window: Page, served: Served, newscopy: SmallDesk
) -> None:
    break_article(served)
    window.goto(served.at(KENT))
    press(window, HELD)
    heading(window, "Approve this although it is held?")
    sent = sent_by(window)
    window.get_by_label("Reason").press_sequentially(f"{REASON}\n")
    window.wait_for_timeout(500)
    assert sent == []
    assert decisions(newscopy) == "Nothing is logged yet."


def test_no_key_decides(page: Page, served: Served, newscopy: SmallDesk) -> None:
    page.goto(served.at(KENT))
    sent = sent_by(page)
    for key in (*string.ascii_letters, *string.digits, "Enter", "Space", "Delete", "F2", "F9"):
        for held in ("", "Alt+", "Control+Shift+"):
            if held and key not in string.ascii_lowercase:
                continue
            if key in "npwtq" and held:  # of the browser itself
                continue
            page.keyboard.press(f"{held}{key}")
    page.wait_for_timeout(500)
    assert sent == []
    assert decisions(newscopy) == "Nothing is logged yet."


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize(
    ("name", "state"), [("Approve", "approved"), ("Put on hold", "on hold"), ("Spike", "spiked")]
)
def test_a_focused_button_works_by_enter_and_space(
    page: Page, served: Served, key: str, name: str, state: str
) -> None:
    page.goto(served.at(KENT))
    page.get_by_label("Reason").fill("The lawyers have read it")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            break
    expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
    page.keyboard.press(key)
    expect(page.locator(".about .pill").filter(has_text=state)).to_be_visible()


def test_what_is_held_is_approved_when_it_was_asked_about_again(
    window: Page, served: Served, newscopy: SmallDesk
) -> None:
    break_article(served)
    window.goto(served.at(KENT))
    window.get_by_label("Reason").fill(REASON)
    press(window, HELD)

    heading(window, "Approve this although it is held?")
    expect(window.get_by_text("“5,641”")).to_be_visible()
    expect(window.get_by_label("Reason")).to_have_value(REASON)
    assert decisions(newscopy) == "Nothing is logged yet."

    window.get_by_role("link", name="Back to the draft").click()
    expect(window.get_by_label("Reason")).to_be_empty()
    assert decisions(newscopy) == "Nothing is logged yet."

    press(window, HELD)
    window.get_by_label("Reason").fill(REASON)
    press(window, HELD)
    expect(window.locator(".about .pill.approved")).to_be_visible()
    assert REASON in decisions(newscopy)


def test_what_is_on_hold_is_approved_when_it_was_asked_about_again(
    window: Page, served: Served, newscopy: SmallDesk
) -> None:
    window.goto(served.at(KENT))
    window.get_by_label("Reason").fill("The lawyers are reading it")
    press(window, "Put on hold")
    press(window, "Approve")
    heading(window, "Approve this although it is on hold?")
    expect(window.get_by_text("The lawyers are reading it")).to_be_visible()
    assert "approved" not in decisions(newscopy)
    press(window, "Approve although it is on hold")
    expect(window.locator(".about .pill.approved")).to_be_visible()


def test_words_that_are_not_saved_are_saved_before_they_are_approved(
    window: Page, served: Served, newscopy: SmallDesk
) -> None:
    article = served.output / ARTICLE
    before = article.read_text("utf-8")
    window.goto(served.at(KENT))
    reword(window)
    press(window, "Approve")

    heading(window, "You have words that are not saved")
    expect(window.get_by_role("cell", name="came to nothing")).to_be_visible()
    assert decisions(newscopy) == "Nothing is logged yet."
    assert article.read_text("utf-8") == before

    press(window, "Save and approve")
    expect(window.locator(".about .pill.approved")).to_be_visible()
    expect(window.locator("article")).to_contain_text("came to nothing")
    assert "came to nothing" in article.read_text("utf-8")
    feed = (served.output / "feed.atom").read_text("utf-8")
    assert "came to nothing" in feed


def test_words_that_are_not_saved_can_be_saved_and_not_approved(
    window: Page, served: Served, newscopy: SmallDesk
) -> None:
    window.goto(served.at(KENT))
    reword(window)
    press(window, "Approve")
    press(window, "Save, and do not approve yet")
    expect(window.locator("article")).to_contain_text("came to nothing")
    assert decisions(newscopy) == "Nothing is logged yet."


def test_what_was_typed_is_not_thrown_away_unasked(page: Page, served: Served) -> None:
    page.goto(served.at(KENT))
    reword(page)
    press(page, "Approve")
    heading(page, "You have words that are not saved")
    page.get_by_text("All your words").click()  # a page that nobody has touched asks nothing
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Throw yours away").click(no_wait_after=True)
    heading(page, "You have words that are not saved")
    assert asked == ["beforeunload"]


def test_what_was_typed_before_a_draft_was_withdrawn_is_there_to_be_saved(
    window: Page, served: Served, newscopy: SmallDesk
) -> None:
    window.goto(served.at(KENT))
    reword(window)
    press(window, "Put on hold")
    heading(window, "You have words that are not saved")
    assert "put on hold" in decisions(newscopy)
    press(window, "Save")
    expect(window.locator(".about .pill").filter(has_text="on hold")).to_be_visible()
    expect(window.locator("article")).to_contain_text("came to nothing")


def test_words_that_somebody_saved_in_another_window_are_not_approved(
    window: Page, served: Served, newscopy: SmallDesk
) -> None:
    other = window.context.new_page()
    for each in (window, other):
        each.goto(served.at(KENT))
    reword(other)
    press(other, "Save")
    expect(other.locator("article")).to_contain_text("came to nothing")
    press(window, "Approve")
    heading(window, "Not done")
    expect(window.get_by_text("Somebody has changed this draft")).to_be_visible()
    assert decisions(newscopy) == "Nothing is logged yet."
