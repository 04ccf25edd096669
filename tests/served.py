"""The review page of a desk, at its address."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from generator.desk import load_desk
from generator.review.app import make_app
from generator.review.titles import Titles

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Served:
    """A desk's output, whose page is served."""

    output: Path
    url: str

    def at(self, path: str) -> str:
        """Return the address of a page."""
        return f"{self.url}{path}"


def titles_of(folder: Path) -> Titles:
    """Return what a desk has filed."""
    return Titles(folder / "output", load_desk(folder), folder)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve what a desk has filed to one person, at the address that is yielded."""
    with serving_app(make_app(titles_of(folder), "Ann Editor", [HOST])) as url:
        yield url


@contextmanager
def serving_app(app: Starlette) -> Iterator[str]:
    """Serve an application, at the address that is yielded."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    with socket.create_server((HOST, 0)) as listener:
        # A daemon, so that one that does not end when it is told to does not keep the tests up.
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            _wait_for(server, thread)
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=30)


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive(), "the server has ended before it has begun"
        assert time.monotonic() < deadline, "the server has not begun after half a minute"
        time.sleep(0.02)
