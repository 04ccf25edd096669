"""Sign in and out: by name and password, not too often, and known by a cookie from then on."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http import HTTPStatus

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from generator.desk import Desk
from generator.review.accounts import Account, Accounts
from generator.review.guard import is_ours
from generator.review.people import Person
from generator.review.rendering import render
from generator.review.sessions import Sessions

COOKIE = "__Host-newscopy"
"""A browser takes a cookie of this name only from here, and over a connection that is secure."""
TRIES = RateLimitItemPerMinute(10, 15)
"""Of a name, and of an address, in a quarter of an hour."""
_WRONG = "The name and the password do not go together."
_TOO_OFTEN = "Too many tries. Wait a quarter of an hour, and try again."


@dataclass(frozen=True)
class SignedIn:
    """Knows people by their accounts, once they have signed in."""

    accounts: Accounts
    desk: Desk
    sessions: Sessions = field(default_factory=Sessions)
    limiter: MovingWindowRateLimiter = field(
        default_factory=lambda: MovingWindowRateLimiter(MemoryStorage())
    )
    signs_in: bool = True

    def person_of(self, request: Request) -> Person | None:
        """Return who has signed in, as long as their account is there and has the same role."""
        person = self.sessions.person_of(request.cookies.get(COOKIE, ""))
        account = self.accounts.find(person.name) if person else None
        if person is None or account is None or account.role is not person.role:
            return None
        return person

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
        return self._form(HTTPStatus.OK)

    async def sign_in(self, request: Request) -> Response:
        """Begin a session, unless too much was tried, or name and password do not fit."""
        form = await request.form(max_files=0, max_fields=5)
        name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
        address = request.client.host if request.client else ""
        if not all(self.limiter.hit(TRIES, *who) for who in (("name", name), ("from", address))):
            return self._form(HTTPStatus.TOO_MANY_REQUESTS, _TOO_OFTEN)
        account = await run_in_threadpool(self.accounts.sign_in, name, password)
        if account is None:
            return self._form(HTTPStatus.UNAUTHORIZED, _WRONG)
        return self._begun(account)

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        form = await request.form(max_files=0, max_fields=5)
        person = self.person_of(request)
        answer = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
        if person is not None and is_ours(form.get("token"), person.token):
            self.sessions.end(request.cookies[COOKIE])
            answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="strict")
        return answer

    def _begun(self, account: Account) -> Response:
        token = secrets.token_urlsafe(32)
        secret = self.sessions.begin(Person(account.name, account.role, token))
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.set_cookie(COOKIE, secret, secure=True, httponly=True, samesite="strict")
        return answer

    def _form(self, status: HTTPStatus, wrong: str = "") -> Response:
        page = render("sign-in.html.j2", desk=self.desk, wrong=wrong)
        return HTMLResponse(page, status)
