"""Who may sign in, what they may do, and how they are known."""

from __future__ import annotations

import asyncio
import datetime
import html
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import httpx2
import pytest
from argon2 import PasswordHasher
from small_desk import SmallDesk
from starlette.applications import Starlette
from starlette.testclient import TestClient

from generator.desk import load_desk
from generator.errors import RequestError
from generator.review.accounts import FILE, Account, Accounts, AccountsError
from generator.review.app import make_app
from generator.review.roles import Role
from generator.review.serving import Where, make_site
from generator.review.sessions import IDLE, LONGEST, Sessions
from generator.review.signing import SignedIn
from generator.review.titles import Titles

DRAFT = "/draft/victim-withdrawal/2020/kent"
PASSWORD = "three unlikely words"  # noqa: S105 - of nobody
NOW = datetime.datetime(2021, 5, 13, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture
def accounts(newscopy: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> Accounts:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("generator.review.accounts.PasswordHasher", lambda: quick)
    accounts = Accounts(newscopy.folder / FILE)
    accounts.add("Ann Editor", Role.EDITOR, PASSWORD)
    accounts.add("Rod Reader", Role.READER, PASSWORD)
    accounts.add("Hed Head", Role.HEAD, PASSWORD)
    return accounts


@pytest.fixture
def titles(newscopy: SmallDesk, good_output: Path) -> Titles:
    shutil.copytree(good_output, newscopy.output)
    return Titles(newscopy.output, load_desk(newscopy.folder), newscopy.folder)


@pytest.fixture
def site(titles: Titles, accounts: Accounts) -> Starlette:
    people = SignedIn(accounts, titles.desk)
    return make_app(titles, people, ["desk.example"], people.routes)


@pytest.fixture
def browser(site: Starlette) -> TestClient:
    return browser_at(site, "192.0.2.1")


def browser_at(site: Starlette, address: str) -> TestClient:
    return TestClient(
        site, base_url="https://desk.example", follow_redirects=False, client=(address, 50000)
    )


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
        assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in")
        assert answer.text == ""
    told = browser.post(f"{DRAFT}/save", data={"text": "What I typed."})
    assert (told.status_code, "What I typed." in told.text) == (401, True)


def test_who_signs_in_is_known_by_a_cookie_that_scripts_and_other_sites_never_see(
    browser: TestClient,
) -> None:
    answer = browser.post("/sign-in", data={"name": "Ann Editor", "password": PASSWORD})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-newscopy=")
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    page = browser.get("/")
    assert "8 drafts" in page.text
    assert "Ann Editor" in page.text


def test_a_wrong_password_and_a_name_of_nobody_are_told_alike(browser: TestClient) -> None:
    wrong = browser.post("/sign-in", data={"name": "Ann Editor", "password": "something else"})
    nobody = browser.post("/sign-in", data={"name": "No Body", "password": PASSWORD})
    assert (wrong.status_code, nobody.status_code) == (401, 401)
    assert wrong.text == nobody.text


def test_too_many_wrong_passwords_of_a_name_are_refused_however_it_is_written(
    browser: TestClient,
) -> None:
    names = ("Ann Editor", "ann editor", " ANN  Editor")
    tries = [sign_in(browser, names[number % 3], f"wrong {number}") for number in range(11)]
    assert tries == [401] * 10 + [429]
    assert sign_in(browser, "Rod Reader") == 303


def test_where_too_many_were_wrong_the_right_one_is_refused_too(browser: TestClient) -> None:
    for number in range(10):
        sign_in(browser, "Ann Editor", f"wrong {number}")
    assert sign_in(browser, "Ann Editor") == 429  # or whoever guesses would find it


def test_nobody_locks_a_person_out_where_they_have_signed_in_before(
    site: Starlette, browser: TestClient
) -> None:
    elsewhere = browser_at(site, "198.51.100.7")
    assert sign_in(browser, "Ann Editor") == 303
    tries = [sign_in(elsewhere, "Ann Editor", f"wrong {number}") for number in range(11)]
    assert tries == [401] * 10 + [429]
    assert sign_in(browser, "Ann Editor") == 303
    here = [sign_in(browser, "Ann Editor", f"wrong {number}") for number in range(11)]
    assert here == [401] * 10 + [429]


def test_an_office_behind_one_address_gets_in(browser: TestClient, accounts: Accounts) -> None:
    office = [f"{letter} Editor" for letter in "ABCDEFGHIJK"]
    for name in office:
        accounts.add(name, Role.EDITOR, PASSWORD)
    assert [sign_in(browser, name) for name in office] == [303] * 11
    assert [sign_in(browser, "Ann Editor") for _ in range(12)] == [303] * 12


def test_too_many_wrong_passwords_from_an_address_are_refused(
    site: Starlette, browser: TestClient
) -> None:
    tries = [sign_in(browser, f"Name {number}") for number in range(101)]
    assert tries == [401] * 100 + [429]
    assert sign_in(browser, "Ann Editor") == 429
    assert sign_in(browser_at(site, "198.51.100.7"), "Ann Editor") == 303


def test_many_at_once_are_not_tried_before_the_first_has_failed(site: Starlette) -> None:
    async def answers() -> list[int]:
        there = httpx2.ASGITransport(app=site)
        async with httpx2.AsyncClient(transport=there, base_url="https://desk.example") as browser:
            wrong = {"name": "Ann Editor", "password": "wrong"}
            tries = (browser.post("/sign-in", data=wrong) for _ in range(30))
            return [answer.status_code for answer in await asyncio.gather(*tries)]

    assert sorted(asyncio.run(answers())) == [401] * 10 + [429] * 20


def test_a_name_that_is_too_long_is_looked_up_nowhere(
    browser: TestClient, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "sign_in", lambda *given: pytest.fail("it was"))
    assert [sign_in(browser, "x" * 101) for _ in range(11)] == [401] * 11


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


def decide(browser: TestClient, what: str, reason: str = "", confirmed: str = "") -> int:
    return answer_to(browser, what, reason, confirmed).status_code


def answer_to(
    browser: TestClient, what: str, reason: str = "", confirmed: str = ""
) -> httpx2.Response:
    form = {"what": what, "reason": reason, "confirmed": confirmed, **hidden(browser)}
    return browser.post(f"{DRAFT}/decide", data=form)


def asked_again(browser: TestClient) -> str:
    """Try to approve a draft; return what has to be confirmed for it, "" if nobody is asked."""
    answer = answer_to(browser, "approve")
    assert answer.status_code == 422
    return "".join(re.findall(r'name="confirmed" value="(.*?)"', answer.text))


def test_what_is_held_is_approved_by_the_head_of_the_desk_alone(
    browser: TestClient, newscopy: SmallDesk
) -> None:
    sign_in(browser, "Ann Editor")
    assert decide(browser, "approve", "It is good") == 303  # which a reason does not forbid
    newscopy.change(f"output/{DRAFT[7:]}/article.md", "5,640", "5,641")
    assert asked_again(browser) == ""
    sign_in(browser, "Hed Head")
    confirmed = asked_again(browser)
    assert decide(browser, "approve", "I know better") == 422
    assert decide(browser, "approve", confirmed=confirmed) == 422
    sign_in(browser, "Ann Editor")
    assert decide(browser, "approve", "I know better", confirmed) == 422
    sign_in(browser, "Hed Head")
    assert decide(browser, "approve", "I know better", confirmed) == 303


@pytest.mark.parametrize("what", ["hold", "spike"])
def test_what_somebody_has_withdrawn_they_or_the_head_of_the_desk_approve(
    browser: TestClient, what: str
) -> None:
    sign_in(browser, "Hed Head")
    assert decide(browser, what, "The lawyers are reading it") == 303
    sign_in(browser, "Ann Editor")
    assert asked_again(browser) == ""
    sign_in(browser, "Hed Head")
    assert decide(browser, "approve", confirmed=asked_again(browser)) == 303
    sign_in(browser, "Ann Editor")
    assert decide(browser, what) == 303
    assert decide(browser, "approve", confirmed=asked_again(browser)) == 303


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


@pytest.mark.parametrize(
    "roles",
    [(Role.EDITOR,), (Role.READER,), (Role.READER, Role.EDITOR)],
    ids=["another password", "another role", "another role and back"],
)
def test_a_session_ends_when_the_account_is_changed(
    browser: TestClient, accounts: Accounts, roles: tuple[Role, ...]
) -> None:
    sign_in(browser, "Ann Editor")
    assert browser.get("/").status_code == 200
    for role in roles:
        accounts.add("Ann Editor", role, PASSWORD)
        assert browser.get("/").status_code == 303
    assert sign_in(browser, "Ann Editor") == 303
    assert browser.get("/").status_code == 200


def test_a_session_ends_with_the_role_that_it_began_with(
    browser: TestClient, accounts: Accounts
) -> None:
    sign_in(browser, "Ann Editor")
    with closing(sqlite3.connect(accounts.path)) as database, database:
        database.execute("UPDATE accounts SET role = 'desk head' WHERE name = 'Ann Editor'")
    assert browser.get("/").status_code == 303


def test_a_session_does_not_outlive_an_account_of_the_same_name(
    browser: TestClient, accounts: Accounts
) -> None:
    sign_in(browser, "Ann Editor")
    accounts.remove("Ann Editor")
    accounts.add("Ann Editor", Role.EDITOR, PASSWORD)
    assert browser.get("/").status_code == 303


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def damaged(path: Path) -> Iterator[None]:
    path.write_bytes(b"no database" * 100)
    yield


@contextmanager
def with_a_role_that_is_none(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE accounts SET role = 'king'")
    yield


@contextmanager
def no_file(path: Path) -> Iterator[None]:
    path.unlink()
    path.mkdir()
    yield


@contextmanager
def no_folder(path: Path) -> Iterator[None]:
    shutil.rmtree(path.parent)
    path.parent.touch()
    yield


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (in_use, "The accounts are in use by another program."),
        (damaged, "The accounts are damaged."),
        (with_a_role_that_is_none, "The accounts are damaged."),
        (no_file, "The accounts cannot be read, or not written."),
        (no_folder, "The accounts cannot be read, or not written."),
    ],
)
def test_accounts_that_cannot_be_used_are_told_of(
    newscopy: SmallDesk,
    browser: TestClient,
    accounts: Accounts,
    wrong: Callable[[Path], AbstractContextManager[None]],
    said: str,
) -> None:
    sign_in(browser, "Ann Editor")
    with wrong(accounts.path):
        began = time.monotonic()
        form = {"name": "Ann Editor", "password": PASSWORD}
        for answer in (
            browser.get(DRAFT),
            browser.post("/sign-in", data=form),
            browser.post("/sign-out", data={"token": "any"}),
        ):
            assert (answer.status_code, said in answer.text) == (503, True)
            assert str(newscopy.folder) not in answer.text
        assert time.monotonic() - began < 4.5  # it waits a second each time, and no longer
        with pytest.raises(AccountsError, match=said):
            accounts.all()
        listed = newscopy("user", "list")
    assert (listed.status, said in listed.err, str(FILE) in listed.err) == (1, True, True)


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("POST", "/sign-out")])
def test_nobody_waits_for_who_waits_for_the_accounts(
    site: Starlette, browser: TestClient, accounts: Accounts, method: str, path: str
) -> None:
    sign_in(browser, "Ann Editor")
    cookies = dict(browser.cookies)
    ended = []

    async def ask(client: httpx2.AsyncClient, method: str, path: str) -> None:
        await client.request(method, path)
        ended.append(path)

    async def both() -> None:
        there = httpx2.ASGITransport(app=site)
        url = "https://desk.example"
        async with httpx2.AsyncClient(transport=there, base_url=url, cookies=cookies) as client:
            await asyncio.gather(ask(client, method, path), ask(client, "GET", "/static/none"))

    with in_use(accounts.path):
        asyncio.run(both())
    assert ended == ["/static/none", path]


def test_a_link_in_a_mail_leads_there_after_signing_in(browser: TestClient) -> None:
    for wanted in (DRAFT, f"{DRAFT}?file=social.txt&version=a%20b", "/?story=charged", "/"):
        asked = browser.get(wanted).headers["location"]
        (path,) = re.findall(r'name="next" value="(.*?)"', browser.get(asked).text)
        path = html.unescape(path)
        wrong = browser.post("/sign-in", data={"name": "Ann", "password": "no", "next": path})
        assert f'value="{html.escape(path)}"' in wrong.text
        form = {"name": "Ann Editor", "password": PASSWORD, "next": path}
        assert browser.post("/sign-in", data=form).headers["location"] == wanted
        browser.cookies.clear()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "evil.example",
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=y",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_to_another_site(browser: TestClient, path: str) -> None:
    asked = browser.get("/sign-in", params={"next": path})
    assert 'name="next" value="/"' in asked.text
    form = {"name": "Ann Editor", "password": PASSWORD, "next": path}
    assert browser.post("/sign-in", data=form).headers["location"] == "/"


def test_over_http_nobody_is_sent_in_circles(titles: Titles, accounts: Accounts) -> None:
    site = make_site(titles, "", Where("0.0.0.0"), accounts)  # noqa: S104 - what is tested
    form = {"name": "Ann Editor", "password": PASSWORD}
    for url, status in (
        ("http://192.0.2.1:8000", 403),
        ("http://desk", 400),
        ("http://127.0.0.1:8000", 303),
        ("http://localhost:8000", 303),
        ("https://192.0.2.1", 303),
    ):
        answer = TestClient(site, base_url=url, follow_redirects=False).post("/sign-in", data=form)
        assert (url, answer.status_code) == (url, status)
        assert ("over https" in answer.text) == (status == 403)
        assert ("set-cookie" in answer.headers) == (status == 303)
    # A proxy may not say that browsers ask it over https: their forms do.
    behind = TestClient(site, base_url="http://192.0.2.1", follow_redirects=False)
    sent = behind.post("/sign-in", data=form, headers={"origin": "https://192.0.2.1"})
    assert sent.status_code == 303


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
    account = Account("Ann Editor", Role.EDITOR, "hashed")
    secret = sessions.begin(account)
    for _ in range(3):
        now += IDLE
        session = sessions.find(secret)
        assert (session is not None and session.account == account) == (now - NOW <= LONGEST)
    secret = sessions.begin(account)
    now += IDLE + datetime.timedelta(seconds=1)
    assert sessions.find(secret) is None
    assert sessions.find("") is None


def test_passwords_are_in_no_file_and_the_file_is_its_owners(accounts: Accounts) -> None:
    data = accounts.path.read_bytes()
    assert PASSWORD.encode() not in data
    assert b"$argon2id$" in data
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    with sqlite3.connect(accounts.path) as database:
        hashes = database.execute("SELECT password FROM accounts").fetchall()
    assert len(set(hashes)) == 3  # of one password


def test_a_short_password_and_a_name_of_no_person_are_refused(accounts: Accounts) -> None:
    for name in ("", "1", "A\x1bB", "x" * 101, "newscopy", " Newscopy "):
        with pytest.raises(RequestError, match="An account needs the name of a person"):
            accounts.add(name, Role.EDITOR, PASSWORD)
    with pytest.raises(RequestError, match="too short"):
        accounts.add("Ann", Role.EDITOR, "short")


def test_a_name_is_kept_as_the_log_has_it(accounts: Accounts) -> None:
    assert accounts.add(" Bea\n Editor ", Role.EDITOR, PASSWORD).name == "Bea Editor"
    assert accounts.find("Bea Editor") is not None


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


@pytest.mark.parametrize(
    ("where", "host", "status"),
    [
        (Where("0.0.0.0"), "192.0.2.1:8000", 200),  # noqa: S104 - what is tested
        (Where("0.0.0.0"), "[2001:db8::1]:8000", 200),  # noqa: S104
        (Where("0.0.0.0"), "desk.example", 400),  # noqa: S104
        (Where("0.0.0.0", public=("desk.example",)), "desk.example", 200),  # noqa: S104
        (Where("0.0.0.0"), "[", 400),  # noqa: S104
        (Where("192.0.2.1"), "198.51.100.7", 200),
        (Where(public=("desk.example",)), "desk.example", 200),
        (Where(public=("desk.example",)), "evil.example", 400),
    ],
)
def test_who_asks_by_an_address_is_answered_where_others_are(
    titles: Titles, accounts: Accounts, where: Where, host: str, status: int
) -> None:
    browser = TestClient(make_site(titles, "", where, accounts))
    assert browser.get("/sign-in", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-For", "192.0.2.1"),
        ("X-Forwarded-Host", "desk.example"),
        ("X-Forwarded-Proto", "https"),
        ("X-Real-IP", "192.0.2.1"),
        ("Forwarded", "for=192.0.2.1"),
        ("Via", "1.1 proxy"),
    ],
)
def test_a_proxy_makes_nobody_the_one_person_at_this_machine(
    titles: Titles, accounts: Accounts, name: str, value: str
) -> None:
    alone = TestClient(make_site(titles, "Ann", Where(), accounts), base_url="http://127.0.0.1")
    assert alone.get("/").status_code == 200
    refused = alone.get("/", headers={name: value})
    assert refused.status_code == 403
    assert "--public" in refused.text
    assert "newscopy user add" in refused.text


def test_a_proxy_passes_on_to_people_who_sign_in(titles: Titles, accounts: Accounts) -> None:
    site = make_site(titles, "", Where(public=("desk.example",)), accounts)
    browser = TestClient(site, base_url="http://desk.example")
    assert browser.get("/sign-in", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200


def test_accounts_are_kept_without_a_server() -> None:
    loads = "import sys, generator.cli.users; print({'starlette', 'uvicorn'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", loads], check=True, capture_output=True, text=True)
    assert ran.stdout == "set()\n"


def test_who_types_is_told_that_they_are_signed_out(browser: TestClient) -> None:
    sign_in(browser, "Ann Editor")
    token = token_of(browser)
    browser.cookies.clear()
    typed = {"data": {"token": token, "text": "x"}, "headers": {"hx-request": "true"}}
    told = browser.post(f"{DRAFT}/check", **typed)
    assert (told.status_code, "<html" in told.text) == (200, False)
    assert "You are signed out" in told.text
