"""What stands before every page: how much may be sent, from whom, and what a browser may do."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from urllib.parse import urlsplit

from python_multipart.multipart import parse_options_header
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


_FROM_ELSEWHERE = PlainTextResponse(
    "This form was sent from a page of another site: nothing was done.\n", HTTPStatus.FORBIDDEN
)
_TOO_LARGE = PlainTextResponse(
    "This is more than any page asks for: nothing was read of it.\n",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
)
_NO_FORM = PlainTextResponse(
    "This was not sent as a form of this site is: nothing was read of it.\n",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


class TooLargeError(Exception):
    """More was sent than any page asks for."""


class Guard:
    """Refuses what no page of this site sends, unread, and tells browsers what pages may do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is of another site, too large or no form of this one."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        received = 0
        begun = False

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > LARGEST:
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

        if scope["method"] != "GET" and not is_from_here(headers):
            await _FROM_ELSEWHERE(scope, receive, guarded)
        elif _says_too_much(headers):
            await _TOO_LARGE(scope, receive, guarded)
        elif scope["method"] == "POST" and not _is_form(headers):
            await _NO_FORM(scope, receive, guarded)
        else:
            try:
                await self.app(scope, bounded, guarded)
            except TooLargeError:
                if not begun:
                    await _TOO_LARGE(scope, receive, guarded)


def _says_too_much(headers: Headers) -> bool:
    """Tell whether a request says that it is too large, or says of its size what is none."""
    said = headers.get("content-length", "0")
    # One of thousands of digits is no number to Python.
    return not said.isdecimal() or len(said) > len(str(LARGEST)) or int(said) > LARGEST


def _is_form(headers: Headers) -> bool:
    """Tell whether what is sent is what a page's form sends, or nothing at all.

    Some charsets that a form may name are none that whoever reads it can decode.
    """
    said = headers.get("content-type")
    if said is None:
        return headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    kind, options = parse_options_header(said)
    charset = options.get(b"charset", b"utf-8")
    return kind == b"application/x-www-form-urlencoded" and charset.lower() == b"utf-8"


def is_from_here(headers: Headers) -> bool:
    """Tell whether a form was sent from a page of the host that it is sent to, as browsers say."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == headers.get("host")
    except ValueError:
        return False


def is_ours(given: object, token: str) -> bool:
    """Tell whether a form comes from a page of this site: it has the site's own token."""
    return isinstance(given, str) and hmac.compare_digest(given.encode(), token.encode())
