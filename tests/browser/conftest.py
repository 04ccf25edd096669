"""A browser, and the review page served to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from served import Served, serving
from small_desk import SmallDesk

from generator.desk import builtin_desk, load_desk
from generator.pipeline import run
from generator.requests import Request

REQUIRED = "NEWSCOPY_BROWSER_REQUIRED"
"""Set where a browser has to be there, as in CI."""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
QUIET += ["--no-first-run", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; skip where there is none and none is required."""
    path = shutil.which("chromium")
    if path is None and not os.environ.get(REQUIRED):
        pytest.skip("there is no chromium: install Debian's package to test pages in a browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def served(newscopy: SmallDesk, good_output: Path) -> Iterator[Served]:
    """Serve the filed drafts of the small desk to one person."""
    shutil.copytree(good_output, newscopy.output)
    with serving(newscopy.folder) as url:
        yield Served(newscopy.output, url)


@pytest.fixture
def odd(newscopy: SmallDesk, odd_desk: Path) -> Iterator[Served]:
    """Serve the drafts of a release that has 2,000 offences closed where 5,000 are usual."""
    for part in ("output", "releases"):
        shutil.copytree(odd_desk / part, newscopy.folder / part, dirs_exist_ok=True)
    with serving(newscopy.folder) as url:
        yield Served(newscopy.output, url)


@pytest.fixture
def derbyshire(reference_release: Callable[[str], Path], tmp_path: Path) -> Iterator[Served]:
    """Serve a draft of the story as it was published, made from a release with its figures."""
    for part in ("config", "templates"):
        shutil.copytree(builtin_desk() / part, tmp_path / part)
    asked = Request(reference_release("csv"), ("victim-withdrawal",), ("derbyshire", "kent"))
    run(asked, load_desk(tmp_path), tmp_path / "output")
    with serving(tmp_path) as url:
        yield Served(tmp_path / "output", url)


def _is_fault(said: ConsoleMessage) -> bool:
    """Tell whether a window says that something is amiss, beyond what a page refuses."""
    refused = any(f"status of {status}" in said.text for status in (409, 422))
    return said.type == "error" and not refused


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a window of its own, whose errors fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    window = context.new_page()
    errors: list[str] = []
    window.on("pageerror", lambda error: errors.append(str(error)))
    window.on("console", lambda said: errors.append(said.text) if _is_fault(said) else None)
    yield window
    context.close()
    assert errors == []
