"""What the page says while an editor types: of the words in the window, and of no others."""

from __future__ import annotations

import time

from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect
from served import Served

KENT = "/draft/victim-withdrawal/2020/kent"


def open_text(page: Page) -> Locator:
    """Open the window in which the words are changed, and return it."""
    page.get_by_text("Change the words").click()
    return page.locator("#text")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def break_in(text: Locator) -> None:
    """Type a false number in the second paragraph."""
    text.fill(text.input_value().replace("5,640", "5,641", 1))


def hold_back(page: Page) -> list[Route]:
    """Keep what is sent to be read from being answered; return what was sent."""
    sent: list[Route] = []

    def keep(route: Route) -> None:
        sent.append(route)

    page.route("**/check", keep)
    return sent


def wait_for(page: Page, sent: list[Route], count: int) -> None:
    deadline = time.monotonic() + 10
    while len(sent) < count and time.monotonic() < deadline:
        page.wait_for_timeout(20)
    assert len(sent) == count


def test_a_reason_is_not_sent_to_be_read_and_the_verdict_stands(page: Page, served: Served) -> None:
    page.goto(served.at(KENT))
    page.get_by_label("Reason").fill("The lawyers have read it")
    expect(page.locator("#reading")).not_to_have_class("stale")
    expect(page.locator("#unread")).to_be_empty()


def test_an_answer_that_a_later_word_overtook_is_no_failure(
    browser: Browser, served: Served
) -> None:
    page = browser.new_context().new_page()  # htmx tells the console of what it gives up
    page.goto(served.at(KENT))
    text = open_text(page)
    sent = hold_back(page)
    text.press_sequentially("One.")
    wait_for(page, sent, 1)
    text.press_sequentially("Two.")
    wait_for(page, sent, 2)  # the first was given up for it

    expect(page.locator("#unreachable")).to_be_empty()
    expect(page.locator("#unread")).to_have_text("What you typed is being read …")
    expect(page.locator("#reading")).to_have_class("stale")
    sent[1].continue_()
    expect(page.locator("#unread")).to_be_empty()
    expect(page.locator("#reading")).not_to_have_class("stale")
    page.context.close()


def test_a_verdict_on_words_before_the_last_stays_stale(page: Page, served: Served) -> None:
    page.goto(served.at(KENT))
    text = open_text(page)
    sent = hold_back(page)
    break_in(text)
    wait_for(page, sent, 1)
    text.press("End")
    text.press_sequentially("More.")
    with page.expect_response("**/check"):
        sent[0].continue_()  # it is answered within the pause after the last key
    expect(page.locator("#reading .verdict")).to_contain_text("to mend before this may run")
    expect(page.locator("#reading")).to_have_class("stale")
    expect(page.locator("#unread")).not_to_be_empty()
    wait_for(page, sent, 2)
    sent[1].continue_()
    expect(page.locator("#reading")).not_to_have_class("stale")
    expect(page.locator("#unread")).to_be_empty()


def conflict(page: Page, served: Served) -> list[str]:
    """Save other words in a window than were saved meanwhile in another; return what it asks."""
    other = page.context.new_page()
    for window in (page, other):
        window.goto(served.at(KENT))
        open_text(window)
    text = other.locator("#text")
    text.fill(text.input_value().replace("fell through", "came to nothing", 1))
    press(other, "Save")
    expect(other.locator("article")).to_contain_text("came to nothing")
    page.get_by_label("Headline").fill("Another headline")
    press(page, "Save")
    expect(page.get_by_role("heading", name="Both in one")).to_be_visible()
    page.get_by_label("Headline").click()  # a page that nobody has touched asks nothing
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


def test_to_save_both_is_not_to_leave_anything_unsaved(page: Page, served: Served) -> None:
    asked = conflict(page, served)
    press(page, "Save both")
    expect(page.locator("article")).to_contain_text("came to nothing")
    expect(page.locator("article h1")).to_have_text("Another headline")
    assert asked == []


def test_to_throw_away_what_was_typed_is_asked_about(page: Page, served: Served) -> None:
    asked = conflict(page, served)
    page.get_by_role("link", name="Throw yours away").click(no_wait_after=True)
    expect(page.get_by_role("heading", name="Both in one")).to_be_visible()
    assert asked == ["beforeunload"]


def test_the_verdict_is_told_where_one_types_on_a_phone(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(served.at(KENT))
    text = open_text(page)
    told = page.locator("form").get_by_role("status")
    expect(told).to_have_text("Nothing holds this text")
    expect(told.get_by_role("link")).to_have_attribute("href", "#verdict")

    break_in(text)
    expect(told).to_have_text("1 thing to mend: paragraph 2")
    page.get_by_role("button", name="Save", exact=True).scroll_into_view_if_needed()
    expect(told).to_be_in_viewport()
    expect(page.locator("#reading .verdict")).not_to_be_in_viewport()
    told.get_by_role("link", name="paragraph 2").click()
    expect(page.locator("#reading .problems.beside")).to_be_in_viewport()

    text.fill("| Kent | 1 |\n| Derbyshire | 2 | 3 |")  # no table: it is not read
    expect(told).to_have_text("What you typed was not read: see why")


def count_changes(page: Page, name: str) -> None:
    """Have the page count how often what stands in an element is written anew."""
    page.evaluate(
        """(id) => {
          window.changes = 0;
          const count = (records) => { window.changes += records.length; };
          const told = document.getElementById(id);
          new MutationObserver(count).observe(told, { childList: true, subtree: true });
        }""",
        name,
    )


def test_a_verdict_that_is_the_same_is_not_told_again(page: Page, served: Served) -> None:
    page.goto(served.at(KENT))
    text = open_text(page)
    count_changes(page, "told")
    for word in ("Now", "Now and", "Now and then"):
        with page.expect_response("**/check"):
            text.fill(f"{text.input_value()}\n\n## {word}")
        expect(page.locator("#reading article")).to_contain_text(word)
        expect(page.locator("#unread")).to_be_empty()
    assert page.evaluate("window.changes") == 0
    assert page.locator("#reading").get_attribute("aria-live") is None


def test_that_it_is_being_read_is_not_told_at_each_key(page: Page, served: Served) -> None:
    page.goto(served.at(KENT))
    text = open_text(page)
    hold_back(page)
    count_changes(page, "unread")
    text.press_sequentially("More.")
    expect(page.locator("#unread")).not_to_be_empty()
    assert page.evaluate("window.changes") == 1
