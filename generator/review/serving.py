"""Serve the pages on this machine, until somebody ends it."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from generator.errors import Fault, RequestError
from generator.review.app import make_app
from generator.review.site import Site

HERE = ("127.0.0.1", "localhost", "::1")
"""The addresses that nobody but this machine reaches."""


def serve(site: Site, who: str, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve a site for one person; `started` is told its address.

    Raises RequestError where other machines could reach it, for it asks nobody who they are,
    or where the port is taken.
    """
    if host not in HERE:
        raise RequestError(
            Fault(
                "The page is for one person at this machine: it asks nobody who they are.",
                "Leave out --host.",
                key="--host",
                found=host,
                expected=" or ".join(HERE),
            )
        )
    named = f"[{host}]" if ":" in host else host
    app = make_app(site, who, [named, *HERE])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    with _listening(host, port) as listener:
        started(f"http://{named}:{listener.getsockname()[1]}/")
        server.run([listener])


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens there. Raises RequestError where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise RequestError(
            Fault(
                f"The page cannot be served there: {error.strerror or error}.",
                "End whatever has the port, or choose another: --port 8001.",
                key="--port",
                found=str(port),
            )
        ) from error
