"""The review page of a desk, at its address."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from generator.desk import load_desk
from generator.review.app import make_app
from generator.review.titles import Titles


@dataclass(frozen=True)
class Served:
    """A desk's output, whose page is served."""

    output: Path
    url: str

    def at(self, path: str) -> str:
        """Return the address of a page."""
        return f"{self.url}{path}"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve what a desk has filed, at the address that is yielded."""
    titles = Titles(folder / "output", load_desk(folder), folder)
    app = make_app(titles, "Ann Editor", ["127.0.0.1"])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
