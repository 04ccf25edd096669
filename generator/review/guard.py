"""What stands before every page: how much may be sent, from whom, and what a browser may do."""

from __future__ import annotations

import hmac
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1_000_000
"""Bytes of a request: fifty times the longest article."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class TooLargeError(Exception):
    """More was sent than any page asks for."""


class Guard:
    """Refuses what is too large before it is read, and tells browsers what pages may do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it says or shows that it is too large."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "0")
        seen = int(said) if said.isdigit() else LARGEST + 1
        begun = False

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b"")) if not said.isdigit() else 0
            if seen > LARGEST:
                raise TooLargeError
            return message

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if seen > LARGEST:
                raise TooLargeError
            await self.app(scope, bounded, guarded)
        except TooLargeError:
            if not begun:
                refused = PlainTextResponse(
                    "This is more than any page asks for: nothing was read of it.\n",
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                )
                await refused(scope, receive, guarded)


def is_ours(given: object, token: str) -> bool:
    """Tell whether a form comes from a page of this site: it has the site's own token."""
    return isinstance(given, str) and hmac.compare_digest(given.encode(), token.encode())
