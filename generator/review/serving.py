"""Serve the pages: to one person at this machine, or to people who sign in."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.errors import Fault, RequestError
from generator.review.accounts import Accounts
from generator.review.app import make_app
from generator.review.people import HERE
from generator.review.signing import SignedIn
from generator.review.titles import Titles

_PASSED_ON = ("forwarded", "via", "x-real-ip")
"""By these a proxy says that somebody else asks, and by whatever begins as the next."""
_X_FORWARDED = "x-forwarded-"
_NOT_ALONE = PlainTextResponse(
    "A proxy asks for this page, which is for one person at this machine: whoever asks would be "
    "taken for them. Serve it with --public and the name that others ask for, and make accounts: "
    "newscopy user add.\n",
    HTTPStatus.FORBIDDEN,
)


@dataclass(frozen=True)
class Where:
    """Where the pages are served, and by what other names they are asked for (`public`)."""

    host: str = HERE[0]
    port: int = 8000
    public: Sequence[str] = ()

    @property
    def is_here(self) -> bool:
        """True where nobody but who is at this machine can ask for them."""
        return self.host in HERE and not self.public

    @property
    def named(self) -> str:
        """The host as an address has it."""
        return f"[{self.host}]" if ":" in self.host else self.host


def serve(
    titles: Titles, who: str, where: Where, accounts: Accounts, started: Callable[[str], None]
) -> None:
    """Serve the titles' copy until somebody ends it; `started` is told its address.

    At this machine it is for one person; whoever asks from elsewhere has to sign in. Raises
    RequestError where nobody could sign in, or the port is taken.
    """
    app = make_site(titles, who, where, accounts)
    config = uvicorn.Config(app, log_level="warning", server_header=False)
    with _listening(where) as listener:
        started(f"http://{where.named}:{listener.getsockname()[1]}/")
        threading.Thread(target=titles.prepare, daemon=True).start()
        uvicorn.Server(config).run([listener])


def make_site(titles: Titles, who: str, where: Where, accounts: Accounts) -> Starlette:
    """Return what is served there. Raises RequestError where nobody could sign in."""
    hosts = [*where.public, where.named, *HERE]
    if where.is_here:
        app = make_app(titles, who, hosts)
        app.add_middleware(Alone)
        return app
    if not accounts.all():
        raise RequestError(_nobody(where))
    people = SignedIn(accounts, titles.desk)
    if where.host in HERE:
        return make_app(titles, people, hosts, people.routes)
    app = make_app(titles, people, ["*"], people.routes)
    app.add_middleware(KnownHosts, names=hosts)
    return app


class Alone:
    """Refuses what a proxy passes on: it asks from this machine, for whoever asks it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it was passed on before."""
        names = Headers(scope=scope).keys() if scope["type"] == "http" else ()
        passed_on = any(each in _PASSED_ON or each.startswith(_X_FORWARDED) for each in names)
        await (_NOT_ALONE if passed_on else self.app)(scope, receive, send)


class KnownHosts:
    """Answers who asks for a host by a name that is known, or by any address.

    A machine has many of them, and no other site can have a browser ask for its own pages by one.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        self.app = app
        self.by_name = TrustedHostMiddleware(app, names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is for another host."""
        by_address = scope["type"] == "http" and _is_address(Headers(scope=scope).get("host", ""))
        await (self.app if by_address else self.by_name)(scope, receive, send)


def _is_address(host: str) -> bool:
    """Tell whether a host, as browsers ask for it, is an address, and no name."""
    try:
        ipaddress.ip_address(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False
    return True


def _nobody(where: Where) -> Fault:
    return Fault(
        "Others than this machine could reach the page, and nobody has an account.",
        'Make one: newscopy user add "Ann Editor". Or leave out --host and --public.',
        key="--public" if where.public else "--host",
        found=", ".join(where.public) or where.host,
        expected=f"an account, or {' or '.join(HERE)}",
    )


def _listening(where: Where) -> socket.socket:
    """Return a socket that listens there. Raises RequestError where it cannot."""
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    try:
        return socket.create_server((where.host, where.port), family=family)
    except OSError as error:
        raise RequestError(
            Fault(
                f"The page cannot be served there: {error.strerror or error}.",
                "End whatever has the port, or choose another: --port 8001.",
                key="--port",
                found=str(where.port),
            )
        ) from error
