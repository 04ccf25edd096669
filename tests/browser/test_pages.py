"""Every page as who sees badly, or has a phone, has it: no fault for axe, and all in reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from revised import revise
from served import HOST, Served, serving_app, titles_of
from small_desk import SmallDesk

from generator.review import opened
from generator.review.accounts import FILE, Accounts
from generator.review.app import make_app
from generator.review.signing import SignedIn

KENT = "/draft/victim-withdrawal/2020/kent"
WRITTEN = 120_000
"""Milliseconds until drafts are written, to see what is in doubt of them, on a slow machine."""
TO_MEND = "to mend before this may run"
WIDER = """() => [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".wide"))
  .map(each => each.tagName + "." + each.className)"""
"""What reaches past the right edge of the window, and is in nothing that scrolls."""
TWICE = """() => [...document.querySelectorAll("[id]")].map(each => each.id)
  .filter((id, at, all) => all.indexOf(id) !== at)"""
"""The ids that stand more than once, so that what points to them finds the first alone."""


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """Open a window; unlike `page` it may be told of errors, which some of these pages are."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def open_text(window: Page) -> None:
    window.get_by_text("Change the words").click()


def press(window: Page, name: str) -> None:
    window.get_by_role("button", name=name, exact=True).click()


def break_text(window: Page) -> None:
    """Type a false number, and wait until the second reader has said so."""
    open_text(window)
    text = window.locator("#text")
    text.fill(text.input_value().replace("5,640", "5,641", 1))
    expect(window.locator("#reading .verdict")).to_contain_text(TO_MEND)


def check(window: Page) -> None:
    """Have axe look at what the window shows, by day and by night, and narrow it to a phone."""
    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme=scheme)
        found = Axe().run(window)
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
    window.set_viewport_size({"width": 360, "height": 740})
    assert window.evaluate(WIDER) == []
    assert window.evaluate(TWICE) == []


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Drafts"),
        ("/?words=atlantis", "Drafts"),
        ("/?first=yes", "Drafts"),
        ("/draft/charged/2020/nowhere", "Not found"),
        ("/nowhere", "There is no such page"),
    ],
)
def test_the_list_and_what_is_not_there(
    window: Page, served: Served, path: str, heading: str
) -> None:
    window.goto(served.at(path))
    expect(window.get_by_role("heading", level=1)).to_have_text(heading)
    check(window)


@pytest.mark.parametrize("name", ["article.md", "brief.txt", "radio.txt"])
def test_a_draft_and_its_pieces(window: Page, served: Served, name: str) -> None:
    window.goto(served.at(f"{KENT}?file={name}"))
    expect(window.locator("#reading .verdict")).to_contain_text("Nothing holds this")
    open_text(window)
    check(window)


def test_a_draft_whose_text_was_just_broken(window: Page, served: Served) -> None:
    window.goto(served.at(KENT))
    break_text(window)
    expect(window.locator("#reading .problems.beside")).to_be_visible()
    check(window)


def test_a_draft_with_a_newer_one_beside_it(
    window: Page, served: Served, newscopy: SmallDesk
) -> None:
    article = served.output / KENT.removeprefix("/draft/") / "article.md"
    article.write_text(article.read_text("utf-8").replace("5,640", "5,641"), "utf-8")
    revise(newscopy)
    window.goto(served.at(KENT))
    expect(window.get_by_text("There are new figures for this draft")).to_be_visible()
    check(window)
    window.get_by_role("link", name="Open the new draft, to use its words").click()
    expect(window.get_by_text("These are the words of the new draft")).to_be_visible()
    check(window)


def test_an_earlier_version(window: Page, served: Served) -> None:
    window.goto(served.at(KENT))
    break_text(window)
    press(window, "Save")
    window.get_by_role("link", name="read it").click()
    expect(window.get_by_text("These are the words of an earlier version")).to_be_visible()
    check(window)


def test_what_is_refused(window: Page, served: Served) -> None:
    other = window.context.new_page()
    for each in (other, window):
        each.goto(served.at(KENT))
    press(other, "Spike")
    expect(other.locator(".about .pill.spiked")).to_be_visible()
    press(window, "Approve")
    expect(window.get_by_text("Somebody has changed this draft")).to_be_visible()
    check(window)


def test_what_is_held_and_asked_about_again(window: Page, served: Served) -> None:
    window.goto(served.at(KENT))
    break_text(window)
    press(window, "Save")
    expect(window.locator(".banner.held").first).to_contain_text("HELD")
    press(window, "Put on hold")
    press(window, "Approve although it is held")
    expect(window.get_by_role("heading", level=1)).to_have_text("Approve this although it is held?")
    window.get_by_label("Reason").fill("–")
    press(window, "Approve although it is held")
    expect(window.get_by_role("alert")).to_contain_text("Give a reason")
    check(window)


def test_words_that_are_not_saved_when_they_are_approved(window: Page, served: Served) -> None:
    window.goto(served.at(KENT))
    break_text(window)
    press(window, "Approve")
    expect(window.get_by_role("heading", level=1)).to_have_text("You have words that are not saved")
    window.get_by_text("All your words").click()
    check(window)


def test_a_conflict(window: Page, served: Served) -> None:
    other = window.context.new_page()
    for number, each in enumerate((other, window)):
        each.goto(served.at(KENT))
        open_text(each)
        each.get_by_label("Headline").fill(f"Headline {number}")
    press(other, "Save")
    expect(other.locator("article h1")).to_have_text("Headline 0")
    press(window, "Save")
    expect(window.get_by_role("heading", level=1)).to_contain_text("Somebody else")
    check(window)


def test_doubts_and_what_an_answer_changes(window: Page, odd: Served) -> None:
    window.goto(odd.at("/doubts"))
    expect(window.get_by_text("1 doubt: 1 holds a draft.")).to_be_visible(timeout=WRITTEN)
    window.get_by_text("Answer about Kent Police").click()
    window.get_by_text("Or leave Kent Police out").click()
    check(window)
    window.get_by_label("Why").fill("Its press office has said so")
    press(window, "Leave Kent Police out")
    expect(window.get_by_role("heading", level=1)).to_have_text("Nothing was written")
    check(window)
    window.get_by_label("What copy will say").fill("closed a backlog of cases at once")
    window.get_by_label("Who gave these words").fill("its press office, by phone")
    press(window, "Leave Kent Police out")
    expect(window.get_by_role("heading", level=1)).to_have_text(
        "What this changes", timeout=WRITTEN
    )
    check(window)
    press(window, "Write this answer")
    expect(window.get_by_text("Nothing is in doubt.")).to_be_visible(timeout=WRITTEN)
    check(window)


@pytest.fixture
def at_the_door(newscopy: SmallDesk) -> Iterator[str]:
    """Serve the page to who has an account, as nobody has."""
    titles = titles_of(newscopy.folder)
    people = SignedIn(Accounts(newscopy.folder / FILE), titles.desk)
    with serving_app(make_app(titles, people, [HOST], people.routes)) as url:
        yield f"{url}/sign-in"


def test_signing_in(window: Page, at_the_door: str) -> None:
    window.goto(at_the_door)
    expect(window.get_by_label("Password")).to_be_visible()
    check(window)


def test_being_told_that_one_may_not_sign_in(window: Page, at_the_door: str) -> None:
    window.goto(at_the_door)
    window.get_by_label("Name").fill("No Body")
    window.get_by_label("Password").fill("three unlikely words")
    press(window, "Sign in")
    expect(window.get_by_role("alert")).to_be_visible()
    check(window)


def test_a_draft_whose_release_is_being_read(
    window: Page, newscopy: SmallDesk, good_output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newscopy.output.symlink_to(good_output)
    monkeypatch.setattr(opened, "PATIENCE", 0.01)
    titles = titles_of(newscopy.folder)
    app = make_app(titles, "Ann Editor", [HOST])
    with serving_app(app) as url, titles.own.knowledge._reading:
        window.goto(f"{url}{KENT}")
        window.route("**", stay)
        expect(window.locator("[data-waits]")).to_contain_text(
            "The published tables are being read"
        )
        check(window)


def stay(route: Route) -> None:
    """Have a page that loads itself again stay as it is."""
    route.abort("aborted")
