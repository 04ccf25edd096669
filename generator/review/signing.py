"""Sign in and out: by name and password, not too often, and known by a cookie from then on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from generator.desk import Desk
from generator.filing import LONGEST_NAME
from generator.review.accounts import Account, Accounts, AccountsError
from generator.review.guard import is_ours
from generator.review.people import HERE, Person
from generator.review.rendering import render
from generator.review.sessions import Sessions

COOKIE = "__Host-newscopy"
"""A browser takes a cookie of this name only from here, and over a connection that is secure."""
OF_A_NAME = RateLimitItemPerMinute(10, 15)
"""Wrong passwords in a quarter of an hour."""
OF_AN_ADDRESS = RateLimitItemPerMinute(100, 15)
"""The same: a whole office may be behind one."""
_WRONG = "The name and the password do not go together."
_TOO_OFTEN = "Too many tries. Wait a quarter of an hour, and try again."
_OVER_HTTPS = (
    "The name and the password go together, but browsers keep nobody signed in over http. Ask for "
    "this page over https, behind a proxy: whoever runs it finds in docs/editing.md how."
)
_OF_THIS_SITE = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f\x7f]*")
"""A path alone: two slashes would begin a host, as would what browsers make of others' signs."""


class Tries:
    """How often somebody tried in vain.

    The right password is refused with the wrong ones once there were too many: whoever guesses
    would else find it all the same. So that nobody can lock out a person by that, the tries
    from an address where the person has signed in before are counted for themselves.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._known: set[tuple[str, str]] = set()

    def are_too_many(self, name: str, address: str) -> bool:
        """Tell whether another one is too much, of the name or from the address."""
        return not (
            self._limiter.test(OF_AN_ADDRESS, "from", address)
            and self._limiter.test(OF_A_NAME, "name", *self._whose(name, address))
        )

    def fail(self, name: str, address: str) -> None:
        """Count one."""
        self._limiter.hit(OF_AN_ADDRESS, "from", address)
        self._limiter.hit(OF_A_NAME, "name", *self._whose(name, address))

    def succeed(self, name: str, address: str) -> None:
        """Remember that somebody has signed in there."""
        self._known.add((name, address))

    def _whose(self, name: str, address: str) -> tuple[str, str]:
        return name, address if (name, address) in self._known else ""


@dataclass(frozen=True)
class SignedIn:
    """Knows people by their accounts, once they have signed in."""

    accounts: Accounts
    desk: Desk
    sessions: Sessions = field(default_factory=Sessions)
    tries: Tries = field(default_factory=Tries)
    trying: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One at a time, or many at once would all be tried before the first has failed."""
    signs_in: bool = True

    def person_of(self, request: Request) -> Person | None:
        """Return who has signed in, as long as their account is what it was then."""
        session = self.sessions.find(request.cookies.get(COOKIE, ""))
        if session is None:
            return None
        with _told():
            account = self.accounts.find(session.account.name)
        if account != session.account:
            return None
        return Person(account.name, account.role, session.token)

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses where people sign in and out."""
        return [
            Route("/sign-in", self.ask, methods=["GET"]),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Ask for name and password."""
        return self._form(request.query_params.get("next", ""), HTTPStatus.OK)

    async def sign_in(self, request: Request) -> Response:
        """Begin a session, unless too much was tried, or name and password do not fit."""
        form = await request.form(max_files=0, max_fields=5)
        name, password, then = (str(form.get(each, "")) for each in ("name", "password", "next"))
        name = " ".join(name.split())
        if len(name) > LONGEST_NAME:
            return self._form(then, HTTPStatus.UNAUTHORIZED, _WRONG)
        who = name.casefold(), request.client.host if request.client else ""
        async with self.trying:
            if self.tries.are_too_many(*who):
                return self._form(then, HTTPStatus.TOO_MANY_REQUESTS, _TOO_OFTEN)
            with _told():
                account = await run_in_threadpool(self.accounts.sign_in, name, password)
            if account is None:
                self.tries.fail(*who)
                return self._form(then, HTTPStatus.UNAUTHORIZED, _WRONG)
            self.tries.succeed(*who)
        if not _keeps_cookies(request):
            return self._form(then, HTTPStatus.FORBIDDEN, _OVER_HTTPS)
        return self._begun(account, then)

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        form = await request.form(max_files=0, max_fields=5)
        person = await run_in_threadpool(self.person_of, request)
        answer = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
        if person is not None and is_ours(form.get("token"), person.token):
            self.sessions.end(request.cookies[COOKIE])
            answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax")
        return answer

    def _begun(self, account: Account, then: str) -> Response:
        answer = RedirectResponse(_back_to(then), HTTPStatus.SEE_OTHER)
        secret = self.sessions.begin(account)
        # Lax, and not strict: whoever comes by a link in a mail is known. What another site's
        # form sends comes without the cookie, and without the token, and the guard sees its origin.
        answer.set_cookie(COOKIE, secret, secure=True, httponly=True, samesite="lax")
        return answer

    def _form(self, then: str, status: HTTPStatus, wrong: str = "") -> Response:
        page = render("sign-in.html.j2", desk=self.desk, wrong=wrong, then=_back_to(then))
        return HTMLResponse(page, status)


@contextmanager
def _told() -> Iterator[None]:
    """Tell whoever asks that the accounts cannot be used; where they lie is not their business."""
    try:
        yield
    except AccountsError as error:
        fault = error.faults[0]
        said = f"{fault.what} Nobody is known until that is mended.\n{fault.mend}\n"
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, said) from error


def _back_to(path: str) -> str:
    """Return where somebody wanted to go, the list where that is nowhere on this site."""
    return path if _OF_THIS_SITE.fullmatch(path) else "/"


def _keeps_cookies(request: Request) -> bool:
    """Tell whether a browser keeps the cookie: it asks over https, or at this machine.

    The form's origin says so where a proxy does not.
    """
    origin = urlsplit(request.headers.get("origin") or str(request.url))
    return origin.scheme == "https" or origin.hostname in HERE
