"""The page of doubts: what is in doubt of the drafts, and how somebody answers it there."""

from __future__ import annotations

import re
import shutil
from html import unescape

import pytest
import yaml
from argon2 import PasswordHasher
from odd_counts import FAR_BELOW, KENT, LOW, file_odd
from open_page import Page, text_of
from small_desk import SmallDesk
from starlette.testclient import TestClient

from generator.periods import Quarter
from generator.review.accounts import Accounts
from generator.review.app import make_app
from generator.review.roles import Role
from generator.review.signing import SignedIn

CHARGED = "/draft/charged/2020/kent"
RISES = "Share of criminal cases ending in a charge rises to record high in Kent"
FALLS = "Share of criminal cases ending in a charge falls to record low in Kent"
WHY = {"reason": "Its press office has checked the count"}
OUT = {
    "what": "leave out",
    "words": "closed a backlog of cases at once",
    "source": "its press office, by phone",
}
APRIL = {"which": "one", "dataset": "police-outcomes", "area": "kent", "step": "2020-04"}


def token_of(page: Page) -> str:
    found = re.search(r'name="token" value="(.*?)"', page.get("/doubts"))
    assert found is not None
    return found[1]


def weigh(page: Page, status: int = 200, **form: str) -> str:
    """Send the form of a doubt, and return the page that comes of it."""
    page.doubts()
    said = {"token": token_of(page), "what": "stands", **APRIL, **WHY, **form}
    answer = page.browser.post("/doubts/weigh", data=said)
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def write(page: Page, shown: str, status: int = 303) -> str:
    """Send the form that stands under what an answer changes."""
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', shown))
    answer = page.browser.post("/doubts/answer", data=form)
    assert answer.status_code == status, answer.text
    return unescape(answer.text) or answer.headers["location"]


def answer(page: Page, **form: str) -> str:
    """Answer, and return the page of doubts as it is then."""
    write(page, weigh(page, **form))
    return page.doubts()


def answers(page: Page) -> list[dict[str, object]]:
    path = page.desk.folder / "config" / "doubts.yml"
    return yaml.safe_load(path.read_text("utf-8"))["answers"] if path.exists() else []


def refile(page: Page) -> None:
    ran = page.desk("run")
    assert ran.status == 0, ran.err


# The list


def test_a_doubt_says_what_was_found_and_what_it_touches(odd: Page) -> None:
    shown = odd.doubts()
    told = text_of(shown)
    assert "1 doubt: 1 holds a draft" in told
    assert "Kent Police, April to June 2020" in told
    assert "2,000 offences closed, where about 5,000 would be usual" in told
    assert f"“{RISES}”" in told
    assert f"“{FALLS}”" in told
    assert "6 more sentences would change" in told
    assert f'href="{CHARGED}"' in shown
    assert 'href="/draft/victim-withdrawal/2020/kent"' in shown


def test_the_gravest_comes_first(newscopy: SmallDesk) -> None:
    file_odd(newscopy.folder, LOW | FAR_BELOW)
    told = text_of(Page(newscopy).doubts())
    north = told.index("Northumbria Police, July to September 2020")
    assert north < told.index("Kent Police, April to June 2020")


def test_the_list_of_drafts_has_how_many_doubts_there_are(odd: Page) -> None:
    assert '<a href="/doubts">Doubts about figures</a>' in odd.get("/")  # nobody has counted
    odd.doubts()
    assert '<a href="/doubts">1 doubt about figures</a>' in odd.get("/")


def test_nothing_is_in_doubt(page: Page) -> None:
    shown = page.doubts()
    assert "Nothing is in doubt." in shown
    assert "<form" not in shown.partition("<main")[2]
    assert '<a href="/doubts">No doubt about figures</a>' in page.get("/")


def test_a_draft_that_is_touched_leads_to_the_doubt(odd: Page) -> None:
    (at,) = re.findall(r'<section class="doubt" id="(.*?)"', odd.doubts())
    assert f'href="/doubts#{at}"' in odd.get(CHARGED)
    assert "/doubts#" not in odd.get("/draft/charged/2020/derbyshire")


def test_doubts_of_what_was_filed_and_of_nothing_else(odd: Page) -> None:
    shutil.rmtree(odd.output)
    assert odd.desk("run", "--story", "charged", "--area", "kent").status == 0
    shown = odd.doubts()
    assert set(re.findall(r'href="(/draft/.*?)"', shown)) == {CHARGED}


def test_drafts_of_two_periods_rest_on_one_doubt(odd: Page) -> None:
    assert odd.desk("run", "--story", "charged", "--period", "to-2020-09").status == 0
    shown = odd.doubts()
    assert shown.count('<section class="doubt"') == 1
    assert 'href="/draft/charged/to-2020-09/kent"' in shown
    assert f'href="{CHARGED}"' in shown


def test_a_title_of_ones_own_has_its_drafts_there_too(odd: Page) -> None:
    (odd.desk.folder / "config" / "editions").mkdir()
    edition = "id: kent\ntitle: Kent Herald\nareas: [kent]\npieces: [brief]\n"
    (odd.desk.folder / "config" / "editions" / "kent.yml").write_text(edition, "utf-8")
    assert odd.desk("run", "--edition", "kent").status == 0
    shown = odd.doubts()
    assert f'href="{CHARGED}"' in shown
    assert f'href="/title/kent{CHARGED}"' in shown


# An answer


def test_what_an_answer_changes_is_shown_before_it_is_written(odd: Page) -> None:
    shown = weigh(odd)
    told = text_of(shown)
    assert "Kent Police, April to June 2020, 2,000 offences closed: the figures stand" in told
    assert "2 drafts will change" in told
    assert re.search(r"held</span> → <span [^>]*>ready", shown)
    assert f'href="{CHARGED}"' in shown
    assert answers(odd) == []


def test_the_figures_stand(odd: Page) -> None:
    shown = answer(odd)
    (written,) = answers(odd)
    assert written | {"at": ""} == {
        "dataset": "police-outcomes",
        "area": "kent",
        "step": "2020-04",
        "counts": {"offences closed": 2000},
        "answer": "stands",
        "by": "Ann Editor",
        "at": "",
        "why": "Its press office has checked the count",
    }
    told = text_of(shown)
    assert "Nothing is in doubt." in told
    answered = told.partition("Answered")[2]
    assert "Kent Police, April to June 2020, 2,000 offences closed: the figures stand" in answered
    assert re.search(r"By Ann Editor, \d{4}-\d\d-\d\d: Its press office has checked", answered)


def test_what_was_answered_changes_drafts_with_the_next_run(odd: Page) -> None:
    assert "change with the next run" not in text_of(odd.doubts())
    told = text_of(answer(odd))
    assert "2 drafts change with the next run" in told
    assert "newscopy run releases/2021-06-10 --period 2020" in told
    assert "held" in odd.states(CHARGED)
    assert "changes with the next run" in text_of(odd.get(CHARGED))
    refile(odd)
    assert "change with the next run" not in text_of(odd.doubts())
    assert odd.states(CHARGED) == ["ready"]
    assert "changes with the next run" not in text_of(odd.get(CHARGED))


def test_the_area_is_left_out(odd: Page) -> None:
    odd.desk.change("config/style.yml", "smallest_basket: 75", "smallest_basket: 60")
    shown = weigh(odd, **OUT)
    told = text_of(shown)
    assert "left out, as it “closed a backlog of cases at once” (its press office" in told
    assert re.search(r"held</span> → <span [^>]*>excluded", shown)
    assert "The figures do not include Kent Police as it closed a backlog of cases" in told
    write(odd, shown)
    assert [each["words"] for each in answers(odd)] == ["closed a backlog of cases at once"]


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"reason": " "}, "An answer needs its reason: none is taken for granted."),
    ({"reason": "x" * 501}, "501 characters"),
    (OUT | {"words": ""}, "Copy says why an area is left out, in words that somebody"),
    (OUT | {"source": ""}, "Copy gives no reason without its source."),
    (OUT | {"words": "Kent Police was late"}, "Leave the name out."),
    ({"what": "perhaps"}, "This is no answer to a doubt."),
    ({"step": "2019-04"}, "Nothing is in doubt of Kent Police for 2019-04."),
    ({"area": "atlantis"}, "The desk has no area"),
    ({"which": "some"}, "This is no answer to a doubt."),
]


def test_an_answer_that_cannot_be_given_keeps_what_was_typed(odd: Page) -> None:
    for form, said in REFUSED:
        shown = weigh(odd, 422, **form)
        assert said in text_of(shown)
        assert "--" not in shown.partition("<main")[2]  # that is how commands are told
        given = (WHY | form)["reason"].strip()
        assert re.search(rf"<textarea [^>]*name=\"reason\"[^>]*>\s*{given}\s*</textarea>", shown)
    assert answers(odd) == []


def test_all_of_an_areas_doubts_are_answered_at_once(newscopy: SmallDesk) -> None:
    winter = ("Kent", Quarter(2019, 1), 18)
    file_odd(newscopy.folder, LOW | {winter: 300})
    page = Page(newscopy)
    assert "all 2 quarters in doubt of Kent Police" in text_of(page.doubts())
    answer(page, which="area")
    assert sorted(str(each["step"]) for each in answers(page)) == ["2019-01", "2020-04"]


def test_all_but_what_is_next_to_nothing(newscopy: SmallDesk) -> None:
    file_odd(newscopy.folder, LOW | FAR_BELOW)
    page = Page(newscopy)
    shown = text_of(weigh(page, which="all", area="", step="", dataset=""))
    assert "Not answered, as it is below a fifth of what is expected" in shown
    assert "Northumbria Police, July to September 2020: 300 offences closed" in shown
    told = answer(page, which="all", area="", step="", dataset="")
    assert [each["area"] for each in answers(page)] == ["kent"]
    assert "1 doubt" in text_of(told)
    # Nothing is left that could be answered at once, and nothing is said to be.
    assert "Answer all" not in told
    answer(page, area="northumbria", step="2020-07")
    assert [each["area"] for each in answers(page)] == ["kent", "northumbria"]


def test_an_answer_is_not_written_over_what_somebody_has_done_meanwhile(odd: Page) -> None:
    shown = weigh(odd)
    other = ("--by", "Ben Bell", "--why", "I asked", "--yes")
    assert odd.desk("believe", "kent", "2020-04", *other).status == 0
    again = write(odd, shown, 409)
    assert "nothing was written" in text_of(again)
    assert "Ben Bell" in text_of(again)  # whose answer this one would take the place of
    assert [each["by"] for each in answers(odd)] == ["Ben Bell"]
    write(odd, again)
    assert [each["by"] for each in answers(odd)] == ["Ann Editor"]


def test_nothing_is_answered_by_the_enter_key(odd: Page) -> None:
    shown = odd.doubts().partition("<main")[2]
    assert set(re.findall(r'<input type="(\w+)"', shown)) == {"hidden"}
    weighed = weigh(odd).partition("<main")[2]
    assert set(re.findall(r'<input type="(\w+)"', weighed)) == {"hidden"}
    assert "<textarea" not in weighed


# An answer that is taken back


def test_an_answer_is_taken_back_and_tells_what_was_approved_meanwhile(odd: Page) -> None:
    shown = answer(odd)
    refile(odd)
    assert odd.desk("approve", "output/charged/2020/kent", "--by", "Ben Bell").status == 0
    (given,) = re.findall(r'name="answer" value="(.*?)"', shown)
    shown = weigh(odd, what="take back", answer=given)
    told = text_of(shown)
    assert "1 approved story is touched" in told
    assert "by Ben Bell" in told
    assert "while this answer stood" in told
    assert len(answers(odd)) == 1
    write(odd, shown)
    assert answers(odd) == []
    assert "1 doubt" in text_of(odd.doubts())


def test_an_answer_that_is_gone_is_not_taken_back(odd: Page) -> None:
    shown = weigh(odd, 422, what="take back", answer="0123")
    assert "This answer is not there any more." in text_of(shown)


def test_a_restated_figure_is_in_doubt_anew_and_its_answer_told(odd: Page) -> None:
    answer(odd)
    file_odd(odd.desk.folder, {KENT: 140}, "2021-07-22")
    told = text_of(odd.doubts())
    assert "1 doubt: 1 holds a draft" in told
    restated = told.partition("No longer answered: the figure was restated")[2]
    assert "2,000 offences closed: the figures stand" in restated
    assert "Now: 1,900 offences closed" in restated


# Who may, and where


def test_a_form_of_another_site_answers_nothing(odd: Page) -> None:
    shown = weigh(odd, 403, **{"token": "none"})
    assert "not one of this site" in shown
    answer = odd.browser.post("/doubts/answer", data={"what": "stands", **APRIL, **WHY})
    assert answer.status_code == 403
    assert answers(odd) == []


def test_a_reader_sees_the_doubts_and_answers_none(
    odd: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("generator.review.accounts.PasswordHasher", lambda: quick)
    accounts = Accounts(odd.desk.folder / "accounts.db")
    accounts.add("Rod Reader", Role.READER, "three unlikely words")
    people = SignedIn(accounts, odd.titles.desk)
    app = make_app(odd.titles, people, ["desk.example"], people.routes)
    browser = TestClient(app, base_url="https://desk.example", follow_redirects=False)
    assert browser.get("/doubts").status_code == 303  # to sign in
    browser.post("/sign-in", data={"name": "Rod Reader", "password": "three unlikely words"})
    odd.doubts()
    shown = unescape(browser.get("/doubts").text)
    assert "2,000 offences closed" in shown
    assert "<form" not in shown.partition("<main")[2]
    token = re.search(r'name="token" value="(.*?)"', shown)
    assert token is not None  # of signing out
    for step in ("weigh", "answer"):
        said = {"what": "stands", "token": token[1], **APRIL, **WHY}
        assert browser.post(f"/doubts/{step}", data=said).status_code == 403
    assert answers(odd) == []


def test_without_a_desk_of_ones_own_nothing_is_answered(odd: Page) -> None:
    page = Page(odd.desk, is_own=False)
    shown = page.doubts()
    assert "2,000 offences closed" in shown
    assert "newscopy init" in shown
    assert "<form" not in shown.partition("<main")[2]
    said = {"token": page.form()["token"], "what": "stands", **APRIL, **WHY}
    refused = page.browser.post("/doubts/weigh", data=said)
    assert refused.status_code == 422
    assert "newscopy init" in refused.text
    assert answers(odd) == []


def test_where_the_release_is_gone_the_page_says_so(odd: Page) -> None:
    answer(odd)
    shutil.rmtree(odd.desk.folder / "releases")
    odd.desk.change("config/doubts.yml", "Its press office", "Their press office")
    shown = odd.doubts()
    told = text_of(shown)
    assert "The release that the draft was made from is not to be found" in told
    assert str(odd.desk.folder) not in shown
    assert "Their press office has checked the count" in told
    assert 'name="answer"' not in shown


def test_the_sample_says_that_it_is_one(newscopy: SmallDesk) -> None:
    shutil.rmtree(newscopy.folder / "releases")
    assert newscopy("run", "--story", "charged").status == 0
    assert "SAMPLE" in Page(newscopy).doubts()


@pytest.mark.parametrize("path", ["/doubts/weigh", "/doubts/answer"])
def test_an_address_that_forms_are_sent_to_leads_to_the_list(page: Page, path: str) -> None:
    asked = page.browser.get(path)
    assert (asked.status_code, asked.headers["location"]) == (303, "/doubts")
