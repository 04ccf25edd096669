"""Who is at the page, and what they may do."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

from starlette.requests import Request

from generator.review.roles import Role

HERE = ("127.0.0.1", "localhost", "::1")
"""The addresses that nobody but this machine reaches."""


@dataclass(frozen=True)
class Person:
    """Somebody at the page; every form of theirs carries the `token`."""

    name: str
    role: Role
    token: str


class People(Protocol):
    """Knows who a request is from."""

    @property
    def signs_in(self) -> bool:
        """True where people have accounts."""
        ...

    def person_of(self, request: Request) -> Person | None:
        """Return who it is from, None for somebody who has not signed in."""
        ...


@dataclass(frozen=True)
class OnePerson:
    """The one person at this machine, who is asked for nothing."""

    name: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    signs_in: bool = False

    def person_of(self, request: Request) -> Person:
        """Return the person."""
        return Person(self.name, Role.HEAD, self.token)


def sign_in_at(request: Request) -> str:
    """Return the address to sign in at, which knows what to come back to, such as from a mail.

    What was sent is not sent again, and the list is what everybody comes back to.
    """
    query = request.scope["query_string"].decode("latin-1")
    wanted = quote(request.scope["path"]) + (f"?{query}" if query else "")
    comes_back = request.method == "GET" and wanted != "/"
    return f"/sign-in?next={quote(wanted)}" if comes_back else "/sign-in"
