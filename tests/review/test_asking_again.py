"""What is decided by no slip: by no key in a field, of no held draft unasked, of no older words."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from open_page import DRAFT, Page, owner_of, text_of
from revised import revise

from generator.filed.approval import Weighed, weigh
from generator.filing import sha256
from generator.review import deciding

HELD = "Approve although it is held"
NOTHING = "Nothing is logged yet."


def break_article(page: Page) -> None:
    """Save a false number in the article."""
    page.post("save", 303, text=page.form()["text"].replace("5,640", "5,641", 1))


def reworded(page: Page) -> str:
    """Return the text of the article with other words, which nothing holds."""
    return page.form()["text"].replace("fell through", "came to nothing", 1)


def logged(page: Page) -> str:
    return page.log().strip()


def deciding_controls(shown: str) -> list[tuple[str, str]]:
    """Return the fields, with their types, of every form of a page that can send a decision."""
    tree = lxml.html.fromstring(shown)
    deciding = [
        owner_of(each, tree)
        for each in tree.iter("button")
        if each.get("name") == "what" or each.get("formaction", "").endswith("/decide")
    ]
    assert deciding
    return [
        (each.tag, each.get("type", ""))
        for each in tree.iter("input", "select", "textarea")
        if each.get("hidden") is None and (each.tag, each.get("type")) != ("input", "hidden")
        if any(owner_of(each, tree) is form for form in deciding)
    ]


@pytest.mark.parametrize("where", ["draft", "piece", "new draft beside", "held", "unsaved"])
def test_no_form_that_decides_has_a_field_by_which_enter_sends_it(page: Page, where: str) -> None:
    """A browser sends a form by Enter in an input, tick or choice of it; never in a textarea."""
    shown = page.open(DRAFT)
    if where == "piece":
        shown = page.open(f"{DRAFT}?file=social.txt")
    elif where == "new draft beside":
        page.post("save", 303, text=page.form()["text"].replace("5,640", "some 5,640", 1))
        revise(page.desk)
        shown = page.open(DRAFT)
    elif where == "held":
        break_article(page)
        shown = page.press(page.open(DRAFT), HELD, 422)
    elif where == "unsaved":
        shown = page.press(shown, "Approve", 422, text=reworded(page))
    fields = deciding_controls(shown)
    assert fields
    assert set(fields) == {("textarea", "")}
    assert "accesskey" not in shown


@pytest.mark.parametrize("what", [None, "", "Approve", "approve ", "yes"])
def test_what_names_no_decision_decides_nothing(page: Page, what: str | None) -> None:
    named = {} if what is None else {"what": what}
    refused = page.post("decide", 422, reason="Kent is to reply", **named)
    assert "This is nothing that can be decided" in refused
    assert logged(page) == NOTHING


def test_what_is_held_is_asked_about_again_with_what_holds_it(page: Page) -> None:
    break_article(page)
    asked = page.press(page.open(DRAFT), HELD, 422, reason="The force gave us 5,641")
    told = text_of(asked)
    assert "Approve this although it is held?" in told
    assert "paragraph 2" in told
    assert "“5,641”" in told
    assert "The log keeps your name, the reason and the time" in told
    assert logged(page) == NOTHING

    page.press(asked, HELD, 303)  # with the reason that was given
    assert "The force gave us 5,641" in logged(page)
    assert "approved" in page.states()


@pytest.mark.parametrize("reason", ["", " \r\n ", "–"])
def test_what_is_held_is_not_approved_without_a_reason(page: Page, reason: str) -> None:
    break_article(page)
    asked = page.press(page.open(DRAFT), HELD, 422)
    again = page.press(asked, HELD, 422, reason=reason)
    assert "Give a reason" in text_of(again)
    assert logged(page) == NOTHING
    page.press(again, HELD, 303, reason="The force\r\ngave us 5,641")
    assert "The force gave us 5,641" in logged(page)


def test_what_holds_it_since_one_was_asked_is_asked_about_anew(page: Page) -> None:
    break_article(page)
    asked = page.press(page.open(DRAFT), HELD, 422)
    page.desk.change(
        "config/comparability.yml",
        "entries: []",
        """entries:
  - dataset: police-outcomes
    area: kent
    from: "2019-01"
    to: "2019-12"
    effect: incomplete
    reason: did not submit complete data
    source: Home Office
    added: 2021-05-13""",
    )
    again = page.press(asked, HELD, 422, reason="The force gave us 5,641")
    assert "What stands against it is no longer what you were shown" in text_of(again)
    assert "did not submit complete data" in text_of(again)
    assert logged(page) == NOTHING
    page.press(again, HELD, 303)
    assert "The force gave us 5,641" in logged(page)


def test_nobody_overrides_what_they_were_not_shown(page: Page) -> None:
    break_article(page)
    form = {"what": "approve", "reason": "It is good"}
    page.post("decide", 422, **form)
    page.post("decide", 422, **form, confirmed="yes")
    page.post("decide", 422, **form, confirmed="0" * 64)
    assert logged(page) == NOTHING


def test_words_saved_since_one_was_asked_are_not_approved(page: Page) -> None:
    break_article(page)
    asked = page.press(page.open(DRAFT), HELD, 422)
    page.post("save", 303, headline="Another headline")
    page.press(asked, HELD, 409, reason="The force gave us 5,641")
    assert logged(page) == NOTHING


def test_words_that_another_program_writes_meanwhile_are_not_approved(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.post("save", 303, headline="Another headline")
    shown = page.open(DRAFT)

    def write_and_weigh(*args: Any, **named: Any) -> Weighed:
        text = page.article().read_text("utf-8")
        page.article().write_text(text.replace("fell through", "came to nothing"), "utf-8")
        return weigh(*args, **named)

    monkeypatch.setattr(deciding, "weigh", write_and_weigh)
    page.press(shown, "Approve", 409)
    assert logged(page) == NOTHING


@pytest.mark.parametrize(("button", "state"), [("Put on hold", "on hold"), ("Spike", "spiked")])
def test_what_somebody_has_withdrawn_is_asked_about_with_who_and_why(
    page: Page, button: str, state: str
) -> None:
    page.press(page.open(DRAFT), button, 303, reason="The lawyers are reading it")
    asked = page.press(page.open(DRAFT), "Approve", 422)
    assert f"Approve this although it is {state}?" in text_of(asked)
    assert "Ann Editor, " in text_of(asked).partition(f"Why it is {state}")[2]
    assert "The lawyers are reading it" in text_of(asked)
    assert "approved" not in logged(page)
    page.press(asked, f"Approve although it is {state}", 303)
    assert "approved" in logged(page)


def test_what_is_withdrawn_and_held_has_both_told_and_needs_a_reason(page: Page) -> None:
    break_article(page)
    page.press(page.open(DRAFT), "Put on hold", 303, reason="The lawyers are reading it")
    asked = page.press(page.open(DRAFT), HELD, 422)
    assert "The lawyers are reading it" in text_of(asked)
    assert "“5,641”" in text_of(asked)
    page.press(asked, HELD, 422)
    page.press(asked, HELD, 303, reason="The force gave us 5,641")
    assert "The force gave us 5,641" in logged(page)


def test_words_in_the_window_that_are_not_saved_are_offered_to_be_saved_first(page: Page) -> None:
    before = page.article().read_bytes()
    asked = page.press(page.open(DRAFT), "Approve", 422, text=reworded(page))
    told = text_of(asked)
    assert "You have words that are not saved" in told
    changes = told.partition("What you changed")[2].partition("Save and approve")[0]
    assert "fell through" in changes
    assert "came to nothing" in changes
    assert logged(page) == NOTHING
    assert page.article().read_bytes() == before

    page.press(asked, "Save and approve", 303)
    after = page.article().read_bytes()
    assert "came to nothing" in after.decode()
    assert "approved" in page.states()
    assert sha256(after) in page.desk("log", "--decisions", "--json").out


@pytest.mark.parametrize("typed", [{"text": ""}, {"headline": ""}, {"headline": "", "text": ""}])
def test_a_window_that_was_emptied_is_not_saved_either(page: Page, typed: dict[str, str]) -> None:
    asked = page.press(page.open(DRAFT), "Approve", 422, **typed)
    assert "You have words that are not saved" in text_of(asked)
    refused = page.press(asked, "Save and approve", 422)
    assert "There are no words in it, or no headline." in text_of(refused)
    assert logged(page) == NOTHING


def test_spaces_at_the_end_of_a_line_are_no_words(page: Page) -> None:
    text = page.form()["text"].replace("\n\n", "  \r\n \r\n") + "\r\n"
    page.press(page.open(DRAFT), "Approve", 303, text=text)
    assert "approved" in page.states()


def test_words_of_a_piece_that_are_not_saved_are_offered_to_be_saved_as_well(page: Page) -> None:
    shown = page.open(f"{DRAFT}?file=social.txt")
    asked = page.press(shown, "Approve", 422, text="Kent has figures.")
    assert logged(page) == NOTHING
    page.press(asked, "Save and approve", 303)
    after = page.article("social.txt").read_bytes()
    assert b"Kent has figures." in after
    assert sha256(after) in page.desk("log", "--decisions", "--json").out


def test_words_that_are_held_once_they_are_saved_are_asked_about_again(page: Page) -> None:
    text = page.form()["text"].replace("5,640", "5,641", 1)
    asked = page.press(page.open(DRAFT), "Approve", 422, text=text)
    held = page.press(asked, "Save and approve", 422, reason="The force gave us 5,641")
    assert "Your words are saved, and not approved yet" in text_of(held)
    assert "“5,641”" in text_of(held)
    assert "5,641" in page.article().read_text("utf-8")
    assert logged(page) == NOTHING
    page.press(held, HELD, 303)
    assert "The force gave us 5,641" in logged(page)


def test_saving_and_approving_writes_over_nobody_s_words(page: Page) -> None:
    asked = page.press(page.open(DRAFT), "Approve", 422, headline="My headline")
    page.post("save", 303, text=reworded(page))
    theirs = page.article().read_bytes()
    refused = page.press(asked, "Save and approve", 409)
    assert "My headline" in refused  # to be saved once more
    assert page.article().read_bytes() == theirs
    assert logged(page) == NOTHING
    both = page.press(refused, "Save it once more", 409)
    assert "Both in one" in both


def test_who_withdraws_a_draft_keeps_what_they_typed(page: Page) -> None:
    before = page.article().read_text("utf-8")
    kept = page.press(page.open(DRAFT), "Put on hold", 200, text=reworded(page), reason="Wait")
    assert "Put on hold." in text_of(kept)
    assert "You have words that are not saved" in text_of(kept)
    assert "on hold" in page.states()
    warning, words = page.article().read_text("utf-8").split("\n\n", 1)
    assert warning.startswith("> **ON HOLD: not for publication yet.")
    assert words == before
    page.press(kept, "Save", 303)
    assert "came to nothing" in page.article().read_text("utf-8")
    assert "on hold" in page.states()


def test_what_was_typed_is_on_the_page_that_refuses_a_decision_and_else_nothing(
    page: Page,
) -> None:
    first = page.open(DRAFT)
    page.post("save", 303, headline="Another headline")
    refused = page.press(first, "Approve", 409)
    assert "What you typed" not in refused
    refused = page.press(first, "Approve", 409, headline="My headline")
    assert "What you typed" in refused
    assert "My headline" in refused


def test_a_draft_shown_as_it_was_filed_is_saved_before_it_is_approved(page: Page) -> None:
    good = page.article().read_bytes()
    page.article().unlink()
    asked = page.press(page.open(DRAFT), "Approve", 422)
    page.press(asked, "Save and approve", 303)
    assert page.article().read_bytes() == good
    assert "approved" in page.states()
