"""Serve the pages: to one person at this machine, or to people who sign in."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from generator.errors import Fault, RequestError
from generator.review.accounts import Accounts
from generator.review.app import make_app
from generator.review.signing import SignedIn
from generator.review.titles import Titles

HERE = ("127.0.0.1", "localhost", "::1")
"""The addresses that nobody but this machine reaches."""


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
    app = _app(titles, who, where, accounts)
    config = uvicorn.Config(app, log_level="warning", server_header=False)
    with _listening(where) as listener:
        started(f"http://{where.named}:{listener.getsockname()[1]}/")
        threading.Thread(target=titles.prepare, daemon=True).start()
        uvicorn.Server(config).run([listener])


def _app(titles: Titles, who: str, where: Where, accounts: Accounts) -> Starlette:
    hosts = [*where.public, where.named, *HERE]
    if where.is_here:
        return make_app(titles, who, hosts)
    if not accounts.all():
        raise RequestError(_nobody(where))
    people = SignedIn(accounts, titles.desk)
    return make_app(titles, people, hosts, people.routes)


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
