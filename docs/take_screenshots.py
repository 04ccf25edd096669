"""Take the pictures of docs/editing.md: python -m docs.take_screenshots.

They are of the sample release, in Debian's Chromium, and are taken anew whenever the page changes.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from generator.desk import builtin_desk, load_desk
from generator.pipeline import run
from generator.requests import Request, make_sample
from generator.review.app import make_app
from generator.review.titles import Titles

IMAGES = Path(__file__).with_name("images")
_SIZE = {"width": 1120, "height": 760}
_DERBYSHIRE = "/draft/victim-withdrawal/2020/derbyshire"
_SOON = 500
"""Milliseconds that the second reader is given while somebody types."""


def take_screenshots(browser: Browser, home: Path, into: Path) -> None:
    """File the sample's drafts in an empty folder, serve them, and take every picture."""
    into.mkdir(parents=True, exist_ok=True)
    with _served(home) as url:
        page = browser.new_context(viewport=_SIZE, base_url=url).new_page()
        _list(page, into)
        _draft(page, into)
        _two_editors(page, into)


def _list(page: Page, into: Path) -> None:
    page.goto("/")
    page.screenshot(path=into / "review-list.png")


def _draft(page: Page, into: Path) -> None:
    page.goto(_DERBYSHIRE)
    page.locator("article .claim", has_text="29.3%").first.focus()
    page.screenshot(path=into / "review-draft.png")
    page.get_by_text("Change the words").click()
    page.locator("#text").fill(page.locator("#text").input_value().replace("29.3%", "29.4%"))
    page.locator("#reading .wrong").first.wait_for()
    page.wait_for_timeout(_SOON)
    page.locator("#reading .wrong").first.scroll_into_view_if_needed()
    page.screenshot(path=into / "review-typing.png")


def _two_editors(page: Page, into: Path) -> None:
    other = page.context.new_page()
    for window in (page, other):
        window.goto(_DERBYSHIRE)
        window.get_by_text("Change the words").click()
    other.get_by_label("Headline").fill("Record number of cases dropped in Derbyshire")
    text = page.locator("#text")
    text.fill(text.input_value().replace("fell through", "came to nothing", 1))
    other.get_by_role("button", name="Save").click()
    other.locator("article").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Somebody else").wait_for()
    page.screenshot(path=into / "review-conflict.png")


@contextmanager
def _served(home: Path) -> Iterator[str]:
    for part in ("config", "templates"):
        shutil.copytree(builtin_desk() / part, home / part)
    desk = load_desk(home)
    make_sample(home / "sample", desk)
    run(Request(home / "sample"), desk, home / "output")
    titles = Titles(home / "output", desk, home)
    titles.prepare()
    server = uvicorn.Server(
        uvicorn.Config(make_app(titles, "Ann Editor", ["127.0.0.1"]), log_level="warning")
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            while thread.is_alive() and not server.started:
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=30)


if __name__ == "__main__":
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        take_screenshots(chromium, Path(folder), IMAGES)
        chromium.close()
