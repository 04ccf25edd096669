"""What stands before every page, alone, around an application that reads all that it is sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from generator.review.guard import LARGEST, POLICY, Guard

FORM = "application/x-www-form-urlencoded"
STATIC = Path(__file__).parents[2] / "generator" / "review" / "static"


class Reads:
    """Reads a request to its end, and answers that it is done."""

    def __init__(self) -> None:
        self.read = 0
        self.is_through = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        message: Message = {"more_body": True}
        while message.get("more_body"):
            message = await receive()
            self.read += len(message.get("body", b""))
        self.is_through = True
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})


@pytest.fixture
def behind() -> Reads:
    return Reads()


@pytest.fixture
def browser(behind: Reads) -> TestClient:
    return TestClient(Guard(behind))


def pieces(number: int) -> Iterator[bytes]:
    """Yield so many pieces of a tenth of the most; they are sent without a length."""
    yield from (b"x" * (LARGEST // 10) for _ in range(number))


def test_a_form_is_let_through(browser: TestClient, behind: Reads) -> None:
    assert browser.post("/", data={"text": "x"}).status_code == 204
    assert behind.read == len("text=x")


@pytest.mark.parametrize("said", [str(LARGEST + 1), "9" * 5_000, "none", "-1", "1.5", "", "1, 1"])
def test_a_length_that_is_too_large_or_none_is_refused_unread(
    browser: TestClient, behind: Reads, said: str
) -> None:
    headers = {"content-length": said, "content-type": FORM}
    answer = browser.post("/", content=b"x", headers=headers)
    assert (answer.status_code, behind.read) == (413, 0)
    assert "more than any page asks for" in answer.text


def test_the_largest_that_may_be_sent_is_read(browser: TestClient, behind: Reads) -> None:
    assert browser.post("/", content=b"x" * LARGEST, headers={"content-type": FORM}).is_success
    assert browser.post("/", content=pieces(10), headers={"content-type": FORM}).is_success
    assert behind.read == 2 * LARGEST


def test_what_does_not_say_how_large_it_is_is_read_no_further_than_that(
    browser: TestClient, behind: Reads
) -> None:
    answer = browser.post("/", content=pieces(11), headers={"content-type": FORM})
    assert (answer.status_code, behind.is_through) == (413, False)


@pytest.mark.parametrize("origin", ["http://testserver", "https://testserver"])
def test_a_form_of_a_page_of_this_host_is_let_through(browser: TestClient, origin: str) -> None:
    assert browser.post("/", data={"a": "b"}, headers={"origin": origin}).status_code == 204


@pytest.mark.parametrize(
    "origin",
    [
        *("http://evil.example", "http://testserver.evil.example", "http://testserver:81"),
        *("null", "", "testserver", "http://[", "http://[::1", "http://]", "http://[evil]"),
    ],
)
def test_a_form_from_anywhere_else_is_refused_unread(
    browser: TestClient, behind: Reads, origin: str
) -> None:
    answer = browser.post("/", data={"a": "b"}, headers={"origin": origin})
    assert (answer.status_code, behind.read) == (403, 0)
    assert "from a page of another site" in answer.text


def test_what_is_only_read_may_be_asked_for_from_anywhere(browser: TestClient) -> None:
    assert browser.get("/", headers={"origin": "http://["}).status_code == 204


@pytest.mark.parametrize(
    "said",
    [
        FORM,
        f"{FORM};charset=UTF-8",  # as htmx has it
        f'{FORM}; charset="utf-8"',
        "Application/X-WWW-Form-Urlencoded",
    ],
)
def test_forms_as_browsers_send_them_are_let_through(browser: TestClient, said: str) -> None:
    assert browser.post("/", content=b"a=b", headers={"content-type": said}).status_code == 204


@pytest.mark.parametrize(
    "said",
    [
        *("", "text/plain", "application/json", f"{FORM}x", f"{FORM}, text/plain"),
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=x; charset=unicode_escape",
        *(f"{FORM}; charset={name}" for name in ("utf-7", "punycode", "undefined", "latin-1")),
    ],
)
def test_any_other_content_is_refused_unread(browser: TestClient, behind: Reads, said: str) -> None:
    answer = browser.post("/", content=b"a=b", headers={"content-type": said})
    assert (answer.status_code, behind.read) == (415, 0)
    assert "not sent as a form of this site is" in answer.text


def test_content_of_no_type_is_refused_and_no_content_is_not(
    browser: TestClient, behind: Reads
) -> None:
    assert browser.post("/", content=b"a=b").status_code == 415
    assert browser.post("/", content=pieces(1)).status_code == 415
    assert behind.read == 0
    assert browser.post("/").status_code == 204


def test_every_answer_tells_the_browser_what_pages_may_do(browser: TestClient) -> None:
    form = {"content-type": FORM}
    answers = [
        browser.get("/"),
        browser.post("/", data={"a": "b"}, headers={"origin": "http://evil.example"}),
        browser.post("/", content=b"x" * (LARGEST + 1), headers=form),
        browser.post("/", content=pieces(11), headers=form),
        browser.post("/", content=b"a=b", headers={"content-type": "text/plain"}),
    ]
    assert [each.status_code for each in answers] == [204, 403, 413, 413, 415]
    for answer in answers:
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"


def test_the_one_script_that_is_not_ours_is_the_one_that_its_licence_tells_of() -> None:
    script, told = (STATIC / "htmx.min.js").read_bytes(), (STATIC / "htmx.LICENSE").read_text()
    (version,) = re.findall(r"^htmx\.org (\S+),", told)
    (sha,) = re.findall(r"^sha256 of htmx\.min\.js: ([0-9a-f]{64})$", told, re.MULTILINE)
    assert hashlib.sha256(script).hexdigest() == sha
    assert re.findall(rb'\bversion:"(.*?)"', script) == [version.encode()]
