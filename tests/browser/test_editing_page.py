"""docs/editing.md: its pictures are those that its script takes, and its nginx serves the page."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, expect
from small_desk import SmallDesk

from docs.take_screenshots import IMAGES, take_screenshots
from generator.review.accounts import FILE, Accounts
from generator.review.guard import LARGEST
from generator.review.roles import Role

PAGE = (IMAGES.parent / "editing.md").read_text("utf-8")
REQUIRED = "NEWSCOPY_NGINX_REQUIRED"
PASSWORD = "correct horse battery"  # noqa: S105 - of nobody
COOKIE = "__Host-newscopy"


def test_every_picture_is_one_that_the_script_takes(browser: Browser, tmp_path: Path) -> None:
    take_screenshots(browser, tmp_path / "desk", tmp_path / "images")
    taken = {path.name for path in (tmp_path / "images").iterdir()}
    assert taken == {path.name for path in IMAGES.iterdir()}
    assert taken == set(re.findall(r"\(images/([^)]+)\)", PAGE))
    assert all(path.stat().st_size > 20_000 for path in (tmp_path / "images").iterdir())


@pytest.fixture
def behind_nginx(newscopy: SmallDesk, good_output: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the page as docs/editing.md has it, behind nginx, at the https address yielded."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        if os.environ.get(REQUIRED):
            pytest.fail("CI has to have nginx, and it is not there")
        pytest.skip("there is no nginx: install Debian's package to test the page behind it")
    shutil.copytree(good_output, newscopy.output)
    Accounts(newscopy.folder / FILE).add("Ann Editor", Role.EDITOR, PASSWORD)
    page, public = free_port(), free_port()
    conf = write_conf(tmp_path / "nginx", page, public)
    run = "from generator.cli import main; main()"
    ours = [sys.executable, "-c", run, "review", "--public", "localhost", "--port", str(page)]
    with started(ours, newscopy.folder), started([nginx, "-c", str(conf)], tmp_path):
        url = f"https://localhost:{public}"
        wait_for(url)
        yield url


def write_conf(folder: Path, page: int, public: int) -> Path:
    """Write the configuration of the documentation, with a certificate and ports of the test's."""
    folder.mkdir()
    key, certificate = folder / "desk.key", folder / "desk.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    make += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(make, check=True, capture_output=True)
    (server,) = re.findall(r"```nginx\n(.*?)```", PAGE, re.DOTALL)
    for documented, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{public} ssl"),
        ("desk.example.org", "localhost"),
        ("/etc/ssl/desk.pem", str(certificate)),
        ("/etc/ssl/desk.key", str(key)),
        ("127.0.0.1:8000", f"127.0.0.1:{page}"),
    ):
        assert documented in server
        server = server.replace(documented, here)
    kept = "".join(
        f"{what}_temp_path {folder}/{what};\n"
        for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{kept}{server}}}\n",
        "utf-8",
    )
    return conf


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def started(command: list[str], folder: Path) -> Iterator[None]:
    """Run a process, and end it."""
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx2.get(f"{url}/sign-in", verify=False).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")


def test_behind_nginx_an_editor_signs_in_saves_and_signs_out(
    browser: Browser, behind_nginx: str, newscopy: SmallDesk
) -> None:
    context = browser.new_context(ignore_https_errors=True, base_url=behind_nginx)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Name").fill("Ann Editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()
    (cookie,) = context.cookies()
    assert (cookie["name"], cookie["secure"], cookie["httpOnly"]) == (COOKIE, True, True)

    page.goto("/draft/victim-withdrawal/2020/kent")
    page.get_by_text("Change the words").click()
    page.get_by_label("Headline").fill("Another headline")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("article h1")).to_have_text("Another headline")
    article = newscopy.output / "victim-withdrawal" / "2020" / "kent" / "article.md"
    assert "# Another headline" in article.read_text("utf-8")

    page.get_by_role("button", name="Sign out").click()
    page.goto("/draft/victim-withdrawal/2020/kent")
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()


def test_behind_nginx_what_is_too_large_or_tried_too_often_is_refused(behind_nginx: str) -> None:
    with httpx2.Client(base_url=behind_nginx, verify=False) as browser:
        large = browser.post("/sign-in", data={"name": "x" * (LARGEST + 1_000_000)})
        assert large.status_code == 413
        wrong = {"name": "Ann Editor", "password": "wrong"}
        tried = [browser.post("/sign-in", data=wrong).status_code for _ in range(11)]
        assert tried == [401] * 10 + [429]
        assert browser.get("/", follow_redirects=False).headers["location"] == "/sign-in"
