"""What editors do on the review page, in a browser."""

from __future__ import annotations

import re
import zipfile

import feedparser
from playwright.sync_api import Browser, Dialog, Locator, Page, expect
from served import Served

KENT = "/draft/victim-withdrawal/2020/kent"
WRITTEN = 120_000
"""Milliseconds until drafts are written, to see what is in doubt of them, on a slow machine."""
TO_MEND = "to mend before this may run"


def open_text(page: Page) -> None:
    page.get_by_text("Change the words").click()


def text_of(page: Page) -> Locator:
    return page.locator("#text")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_find_trace_break_mend_approve_and_see_it_in_the_feed(
    page: Page, derbyshire: Served
) -> None:
    page.goto(derbyshire.at("/"))
    page.get_by_label("Find").fill("derbyshire")
    press(page, "Search")
    page.locator("tbody a").click()
    expect(page.locator("article h1")).to_have_text(
        re.compile("^Record number of criminal cases collapse"), use_inner_text=True
    )

    # Trace a number to the rows that it was added up from.
    number = page.locator("article .claim", has_text="29.3%").first
    number.click()
    source = page.locator("article .claim:focus + .source")
    expect(source).to_be_visible()
    expect(source).to_contain_text("23,489")
    expect(source).to_contain_text("80,204")
    expect(source).to_contain_text(re.compile(r"\.csv"))
    expect(source).to_contain_text(re.compile(r"rows \d+"))

    # And a claim to what decided it.
    page.locator("article h1 .claim.finding").focus()
    expect(page.locator("article .claim:focus + .source")).to_contain_text("Above the highest")

    # Break it: the second reader says so while it is typed.
    open_text(page)
    text = text_of(page)
    good = text.input_value()
    text.fill(good.replace("29.3%", "29.4%", 1))
    expect(page.locator("#reading .verdict")).to_contain_text(TO_MEND)
    expect(page.locator("#reading .wrong")).to_contain_text("29.4%")
    press(page, "Save")
    expect(page.locator(".banner.held").first).to_contain_text("HELD")
    press(page, "Approve although it is held")
    expect(page.get_by_role("heading", name="Approve this although it is held?")).to_be_visible()
    expect(page.locator(".problems")).to_contain_text("29.4%")

    # Mend it, and approve.
    page.goto(derbyshire.at("/draft/victim-withdrawal/2020/derbyshire"))
    open_text(page)
    text.fill(good)
    expect(page.locator("#reading .verdict")).to_contain_text("Nothing holds this")
    press(page, "Save")
    press(page, "Approve")
    expect(page.locator(".about .pill.approved")).to_be_visible()
    feed = feedparser.parse((derbyshire.output / "feed.atom").read_bytes())
    entry = next(entry for entry in feed.entries if entry.id.endswith("2020/derbyshire"))
    assert [tag.term for tag in entry.tags] == ["usable"]
    assert "29.3%" in entry.content[0].value


def test_two_editors_on_one_draft(page: Page, served: Served) -> None:
    other = page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    for window in (page, other):
        window.goto(served.at(KENT))
        open_text(window)
    anns = text_of(other)
    anns.fill(anns.input_value().replace("fell through", "came to nothing", 1))
    press(other, "Save")
    expect(other.locator("article")).to_contain_text("came to nothing")

    page.get_by_label("Headline").fill("Another headline")
    press(page, "Save")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Somebody else has saved this")
    press(page, "Save both")
    expect(page.locator("article")).to_contain_text("came to nothing")
    expect(page.locator("article h1")).to_have_text("Another headline")
    other.context.close()


def test_an_earlier_version_is_had_back(page: Page, served: Served) -> None:
    page.goto(served.at(KENT))
    open_text(page)
    first = text_of(page).input_value()
    text_of(page).fill(first.replace("fell through", "came to nothing", 1))
    press(page, "Save")
    expect(page.locator("article")).to_contain_text("came to nothing")
    page.get_by_role("link", name="read it").click()
    expect(page.locator("article")).to_contain_text("fell through")
    press(page, "Save")
    expect(page.locator("article")).to_contain_text("fell through")
    assert "fell through" in (served.output / KENT[7:] / "article.md").read_text("utf-8")


def test_a_piece_is_changed_on_its_own_tab(page: Page, served: Served) -> None:
    page.goto(served.at(KENT))
    page.get_by_role("link", name="Post").click()
    open_text(page)
    text_of(page).fill("Nine in 10 cases collapsed in Kent.")
    expect(page.locator("#reading .verdict")).to_contain_text("to mend")
    press(page, "Save")
    tab = page.get_by_role("navigation", name="Texts of this draft").get_by_role(
        "link", name="Post"
    )
    expect(tab).to_contain_text("to mend")
    expect(tab).to_have_attribute("aria-current", "page")


def test_the_text_is_copied_and_the_files_are_taken_away(page: Page, served: Served) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(served.at(KENT))
    press(page, "Copy the text")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Smaller share of criminal cases collapse in Kent")
    assert "5,640" in copied
    assert "\n\nAcross England and Wales" in copied
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download all files").click()
    assert "article.md" in zipfile.ZipFile(taken.value.path()).namelist()


def test_by_the_keyboard_alone(page: Page, served: Served) -> None:
    page.goto(served.at("/?words=kent&story=victim-withdrawal"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()

    def tab_to(what: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches({what!r})"):
                return
        raise AssertionError(f"no way to {what} by the keyboard")

    tab_to("a[href^='/draft/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(KENT))
    tab_to(".claim.figure")
    expect(page.locator(".claim:focus + .source")).to_be_visible()
    tab_to("summary")
    page.keyboard.press("Enter")
    tab_to("#text")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nCases rose tenfold.")
    expect(page.locator("#reading .verdict")).to_contain_text(TO_MEND)
    tab_to("button.spike")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Spiked.")
    expect(page.get_by_role("cell", name="Cases rose tenfold.")).to_be_visible()  # not saved
    tab_to(".asked button")
    page.keyboard.press("Enter")
    expect(page.locator(".about .pill.spiked")).to_be_visible()


def test_what_was_typed_is_not_left_unsaved_unasked(page: Page, served: Served) -> None:
    page.goto(served.at(KENT))
    open_text(page)
    text_of(page).press_sequentially("More.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="All drafts").click(no_wait_after=True)
    expect(page.locator("#text")).to_have_value(re.compile("More"))
    assert asked == ["beforeunload"]
    press(page, "Save")
    expect(page.locator("article")).to_contain_text("More.")
    assert asked == ["beforeunload"]


def test_a_server_that_is_gone_is_told_while_somebody_types(
    browser: Browser, served: Served
) -> None:
    window = browser.new_context().new_page()
    window.goto(served.at(KENT))
    open_text(window)
    told = window.get_by_text("What you typed could not be read again just now")
    for answer in (lambda route: route.abort(), lambda route: route.fulfill(status=502)):
        window.route("**/check", answer)
        text_of(window).press_sequentially("More.")
        expect(told).to_be_visible()
        expect(window.locator("#reading")).to_have_class("stale")
        window.unroute("**/check")
        text_of(window).press_sequentially(" And more.")
        expect(told).to_be_hidden()
        expect(window.locator("#reading")).not_to_have_class("stale")
    window.context.close()


def test_a_doubt_is_answered_and_the_answer_taken_back(page: Page, odd: Served) -> None:
    answers = odd.output.parent / "config" / "doubts.yml"

    page.goto(odd.at("/"))
    page.get_by_role("link", name="Doubts about figures").click()
    expect(page.get_by_text("1 doubt: 1 holds a draft.")).to_be_visible(timeout=WRITTEN)
    page.get_by_text("Answer about Kent Police").click()
    why = page.get_by_label("Why")
    why.fill("Its press office")
    why.press("Enter")  # which begins a line, and sends nothing
    why.press_sequentially("has checked the count")
    expect(why).to_have_value("Its press office\nhas checked the count")
    press(page, "The figures stand")

    changes = page.get_by_role("heading", name="2 drafts will change")
    expect(changes).to_be_visible(timeout=WRITTEN)
    assert not answers.exists()
    press(page, "Write this answer")
    expect(page.get_by_text("Nothing is in doubt.")).to_be_visible(timeout=WRITTEN)
    expect(page.get_by_text("2 drafts change with the next run")).to_be_visible()
    assert "why: Its press office has checked the count\n" in answers.read_text("utf-8")

    page.get_by_role("button", name="Take back").press("Enter")
    expect(changes).to_be_visible(timeout=WRITTEN)
    press(page, "Take it back")
    expect(page.get_by_text("1 doubt: 1 holds a draft.")).to_be_visible(timeout=WRITTEN)
    assert "press office" not in answers.read_text("utf-8")
