"""What editors do on the review page, in a browser."""

from __future__ import annotations

import re

import feedparser
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from served import Served

WIDER = """() => [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".wide"))
  .map(each => each.tagName + "." + each.className)"""
"""What reaches past the right edge of the window, and is in nothing that scrolls."""
KENT = "/draft/victim-withdrawal/2020/kent"


def open_text(page: Page) -> None:
    page.get_by_text("Change the words").click()


def test_find_trace_break_mend_approve_and_see_it_in_the_feed(page: Page, served: Served) -> None:
    page.goto("/")
    page.get_by_label("Find").fill("kent")
    page.get_by_label("Story").select_option("victim-withdrawal")
    page.get_by_role("button", name="Show").click()
    page.locator("tbody a").click()

    # Trace a number to the rows that it was added up from.
    number = page.locator("article .claim", has_text="5,640").first
    number.focus()
    source = page.locator("article .claim:focus + .source")
    expect(source).to_be_visible()
    expect(source).to_contain_text("outcomes.csv")
    expect(source).to_contain_text("exactly 5640")

    # Break it: the second reader says so while it is typed.
    open_text(page)
    text = page.get_by_label("Text")
    good = text.input_value()
    text.fill(good.replace("5,640", "5,641", 1))
    expect(page.locator("#reading .verdict")).to_contain_text("to mend before this may run")
    expect(page.locator("#reading .wrong")).to_contain_text("5,641")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Not done")).to_be_visible()
    expect(page.get_by_text("The draft is held")).to_be_visible()

    # Mend it, and approve.
    page.goto(KENT)
    open_text(page)
    text.fill(good)
    expect(page.locator("#reading .verdict")).to_contain_text("Nothing holds this")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".about .pill")).to_have_text("approved")
    feed = feedparser.parse((served.output / "feed.atom").read_bytes())
    kent = next(entry for entry in feed.entries if entry.id.endswith("victim-withdrawal/2020/kent"))
    assert [tag.term for tag in kent.tags] == ["usable"]
    assert "5,640" in kent.content[0].value


def test_two_editors_on_one_draft(page: Page, browser: Browser, served: Served) -> None:
    other = browser.new_context(base_url=served.url).new_page()
    for window in (page, other):
        window.goto(KENT)
        open_text(window)
    anns = other.get_by_label("Text")
    anns.fill(anns.input_value().replace("fell through", "came to nothing", 1))
    other.get_by_role("button", name="Save").click()
    expect(other.locator("article")).to_contain_text("came to nothing")

    page.get_by_label("Headline").fill("Another headline")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Somebody else has saved this")
    page.get_by_role("button", name="Save both").click()
    expect(page.locator("article")).to_contain_text("came to nothing")
    expect(page.locator("article h1")).to_have_text("Another headline")
    other.context.close()


def test_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/?words=kent&story=victim-withdrawal")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    reached: list[str] = []
    while "kent" not in " ".join(reached) and len(reached) < 40:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') || ''"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(KENT))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/", "/?words=atlantis", "/?first=yes", KENT, "/draft/charged/2020/nowhere"]
)
def test_no_page_has_a_fault_that_axe_knows(
    browser: Browser, served: Served, path: str, scheme: str
) -> None:
    context = browser.new_context(base_url=served.url, color_scheme=scheme)  # type: ignore[arg-type]
    window = context.new_page()
    window.goto(path)
    if path == KENT:
        open_text(window)
    found = Axe().run(window)
    assert found.violations_count == 0, found.generate_report()
    context.close()


@pytest.mark.parametrize("path", ["/", KENT])
def test_on_a_phone_nothing_is_wider_than_the_screen(
    browser: Browser, served: Served, path: str
) -> None:
    context = browser.new_context(base_url=served.url, viewport={"width": 360, "height": 740})
    window = context.new_page()
    window.goto(path)
    if path == KENT:
        open_text(window)
    wide = window.evaluate(WIDER)
    assert wide == []
    context.close()
