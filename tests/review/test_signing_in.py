"""Who may sign in, what they may do, and how they are known."""

from __future__ import annotations

import datetime
import re
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from small_desk import SmallDesk
from starlette.testclient import TestClient

from generator.desk import load_desk
from generator.errors import RequestError
from generator.review.accounts import FILE, Accounts
from generator.review.app import make_app
from generator.review.people import Person
from generator.review.roles import Role
from generator.review.sessions import IDLE, LONGEST, Sessions
from generator.review.signing import SignedIn
from generator.review.titles import Titles

DRAFT = "/draft/victim-withdrawal/2020/kent"
PASSWORD = "three unlikely words"  # noqa: S105 - of nobody
NOW = datetime.datetime(2021, 5, 13, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture
def accounts(newscopy: SmallDesk) -> Accounts:
    accounts = Accounts(newscopy.folder / FILE)
    accounts.add("Ann Editor", Role.EDITOR, PASSWORD)
    accounts.add("Rod Reader", Role.READER, PASSWORD)
    accounts.add("Hed Head", Role.HEAD, PASSWORD)
    return accounts


@pytest.fixture
def browser(newscopy: SmallDesk, good_output: Path, accounts: Accounts) -> TestClient:
    shutil.copytree(good_output, newscopy.output)
    desk = load_desk(newscopy.folder)
    people = SignedIn(accounts, desk)
    app = make_app(
        Titles(newscopy.output, desk, newscopy.folder), people, ["desk.example"], people.routes
    )
    return TestClient(app, base_url="https://desk.example", follow_redirects=False)


def sign_in(browser: TestClient, name: str, password: str = PASSWORD) -> int:
    return browser.post("/sign-in", data={"name": name, "password": password}).status_code


def hidden(browser: TestClient) -> dict[str, str]:
    """Return what the form of a decision has in it, unseen."""
    return dict(re.findall(r'name="(token|seen)" value="(.*?)"', browser.get(DRAFT).text))


def token_of(browser: TestClient) -> str:
    found = re.search(r'name="token" value="(.*?)"', browser.get(DRAFT).text)
    assert found is not None
    return found[1]


def test_nothing_is_shown_to_who_has_not_signed_in(browser: TestClient) -> None:
    for path in ("/", DRAFT, f"{DRAFT}/file/article.md"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert answer.text == ""
    assert browser.post(f"{DRAFT}/save", data={"text": "x"}).status_code == 303


def test_who_signs_in_is_known_by_a_cookie_that_scripts_and_other_sites_never_see(
    browser: TestClient,
) -> None:
    answer = browser.post("/sign-in", data={"name": "Ann Editor", "password": PASSWORD})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-newscopy=")
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"))
    page = browser.get("/")
    assert "8 drafts" in page.text
    assert "Ann Editor" in page.text


def test_a_wrong_password_and_a_name_of_nobody_are_told_alike(browser: TestClient) -> None:
    wrong = browser.post("/sign-in", data={"name": "Ann Editor", "password": "something else"})
    nobody = browser.post("/sign-in", data={"name": "No Body", "password": PASSWORD})
    assert (wrong.status_code, nobody.status_code) == (401, 401)
    assert wrong.text == nobody.text


def test_too_many_tries_are_refused_the_right_one_among_them(browser: TestClient) -> None:
    tries = [sign_in(browser, "Ann Editor", f"wrong {number}") for number in range(11)]
    assert tries == [401] * 10 + [429]
    assert sign_in(browser, "Ann Editor") == 429


def test_a_reader_reads_and_no_more(browser: TestClient) -> None:
    assert sign_in(browser, "Rod Reader") == 303
    page = browser.get(DRAFT)
    assert page.status_code == 200
    assert "Approve" not in page.text
    token = re.search(r'name="token" value="(.*?)"', page.text)
    assert token is not None  # of signing out
    for what, form in (("save", {"text": "x"}), ("decide", {"what": "spike"})):
        refused = browser.post(f"{DRAFT}/{what}", data={**form, "token": token[1]})
        assert refused.status_code == 403
        assert "A reader may not do this." in refused.text


def test_what_is_held_is_approved_by_the_head_of_the_desk_alone(browser: TestClient) -> None:
    form = {"what": "approve", "reason": "I know better"}
    sign_in(browser, "Ann Editor")
    refused = browser.post(f"{DRAFT}/decide", data=form | hidden(browser))
    assert refused.status_code == 403
    sign_in(browser, "Hed Head")
    assert browser.post(f"{DRAFT}/decide", data=form | hidden(browser)).status_code == 303


def test_who_signs_out_is_out_and_so_is_whose_account_is_taken_away(
    browser: TestClient, accounts: Accounts
) -> None:
    sign_in(browser, "Ann Editor")
    browser.post("/sign-out", data={"token": "forged"})
    assert browser.get("/").status_code == 200
    browser.post("/sign-out", data={"token": token_of(browser)})
    assert browser.get("/").status_code == 303
    sign_in(browser, "Ann Editor")
    accounts.remove("Ann Editor")
    assert browser.get("/").status_code == 303


def test_a_form_that_another_site_sent_does_nothing(browser: TestClient) -> None:
    sign_in(browser, "Ann Editor")
    form = {"what": "spike", **hidden(browser)}
    for origin in ("https://evil.example", "null"):
        sent = browser.post(f"{DRAFT}/decide", data=form, headers={"origin": origin})
        assert sent.status_code == 403
    ours = browser.post(
        f"{DRAFT}/decide",
        data=form,
        headers={"origin": "https://desk.example"},
    )
    assert ours.status_code == 303


def test_sessions_end_when_nobody_is_there_and_at_the_end_of_the_day() -> None:
    now = NOW
    sessions = Sessions(lambda: now)
    person = Person("Ann Editor", Role.EDITOR, "token")
    secret = sessions.begin(person)
    for _ in range(3):
        now += IDLE
        assert (sessions.person_of(secret) == person) == (now - NOW <= LONGEST)
    secret = sessions.begin(person)
    now += IDLE + datetime.timedelta(seconds=1)
    assert sessions.person_of(secret) is None
    assert sessions.person_of("") is None


def test_passwords_are_in_no_file_and_the_file_is_its_owners(accounts: Accounts) -> None:
    data = accounts.path.read_bytes()
    assert PASSWORD.encode() not in data
    assert b"$argon2id$" in data
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    with sqlite3.connect(accounts.path) as database:
        hashes = database.execute("SELECT password FROM accounts").fetchall()
    assert len(set(hashes)) == 3  # of one password


def test_a_short_password_and_a_name_of_no_person_are_refused(accounts: Accounts) -> None:
    for name, password in (("Ann", "short"), ("", PASSWORD), ("1", PASSWORD), ("A\nB", PASSWORD)):
        with pytest.raises(RequestError):
            accounts.add(name, Role.EDITOR, password)


def test_accounts_are_made_listed_and_taken_away(
    newscopy: SmallDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typed = tmp_path / "typed"
    typed.write_text(f"{PASSWORD}\n", "utf-8")
    with typed.open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        added = newscopy("user", "add", "Ann Editor", "--role", "desk head")
    assert (added.status, added.out) == (0, "Ann Editor may sign in as desk head.\n")
    assert newscopy("user", "list").out == "desk head  Ann Editor\n"
    assert newscopy("user", "remove", "Ann Editor").status == 0
    assert "There is no account yet" in newscopy("user", "list").err
    gone = newscopy("user", "remove", "Ann Editor")
    assert (gone.status, "There is no such account." in gone.err) == (1, True)


def test_the_page_is_for_others_only_where_somebody_has_an_account(
    newscopy: SmallDesk, good_output: Path
) -> None:
    shutil.copytree(good_output, newscopy.output)
    for asked in (("--host", "0.0.0.0"), ("--public", "desk.example")):  # noqa: S104
        ran = newscopy("review", *asked)
        assert ran.status == 1
        assert "nobody has an account" in ran.err


def test_who_types_is_told_that_they_are_signed_out(browser: TestClient) -> None:
    sign_in(browser, "Ann Editor")
    token = token_of(browser)
    browser.cookies.clear()
    typed = {"data": {"token": token, "text": "x"}, "headers": {"hx-request": "true"}}
    told = browser.post(f"{DRAFT}/check", **typed)
    assert (told.status_code, "<html" in told.text) == (200, False)
    assert "You are signed out" in told.text
