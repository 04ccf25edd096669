"""The page of a small desk's output, and a browser that has it open."""

from __future__ import annotations

import io
import re
import time
import zipfile
from html import unescape
from pathlib import Path

import httpx2
from small_desk import SmallDesk
from starlette.testclient import TestClient

from generator.desk import load_desk
from generator.review.app import make_app
from generator.review.titles import Titles

FOLDER = "victim-withdrawal/2020/kent"
DRAFT = f"/draft/{FOLDER}"


_HIDDEN = r'name="(token|name|began_from|takes_over|seen|shown)" value="(.*?)"'


class Page:
    """The page of a small desk's output, and a browser that has it open."""

    def __init__(self, desk: SmallDesk, *, is_own: bool = True) -> None:
        self.desk = desk
        self.output = desk.output
        loaded = load_desk(desk.folder)
        self.titles = Titles(self.output, loaded, desk.folder, is_own=is_own)
        app = make_app(self.titles, "Ann Editor", ["testserver"])
        self.browser = TestClient(app, follow_redirects=False)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def doubts(self) -> str:
        """Return the page of doubts once they are worked out."""
        deadline = time.monotonic() + 120
        while "data-waits" in (shown := self.get("/doubts")):
            assert time.monotonic() < deadline, "the doubts are not worked out after two minutes"
        return shown

    def post(self, action: str, status: int, *, file: str = "", **fields: str) -> str:
        """Send a form as the page of the draft's text has it, with some fields changed."""
        form = {**self.form(file), **fields}
        answer = self.browser.post(f"{DRAFT}/{action}", data=form)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def form(self, file: str = "") -> dict[str, str]:
        page = self.get(f"{DRAFT}?file={file}")
        # The first of a name is the form's in which one types: others follow it.
        fields = dict(reversed(re.findall(_HIDDEN, page)))
        texts = re.findall(r'<textarea id="(\w+)".*?>\n?(.*?)</textarea>', page, re.DOTALL)
        return fields | dict(texts)

    def states(self, at: str = DRAFT) -> list[str]:
        """Return the words for where a draft stands, as the list has them."""
        (row,) = (each for each in self.get("/").split("<tr") if f'href="{at}"' in each)
        return re.findall(r'<span class="pill [^"]*">([^<]*)<', row)

    def article(self, name: str = "article.md") -> Path:
        return self.output / FOLDER / name


def names_in(answer: httpx2.Response) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())
