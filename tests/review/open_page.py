"""The page of a small desk's output, and a browser that has it open."""

from __future__ import annotations

import io
import re
import time
import zipfile
from html import unescape
from pathlib import Path

import httpx2
import lxml.html
from lxml.html import HtmlElement
from small_desk import SmallDesk
from starlette.testclient import TestClient

from generator.desk import load_desk
from generator.review.app import make_app
from generator.review.titles import Titles

FOLDER = "victim-withdrawal/2020/kent"
DRAFT = f"/draft/{FOLDER}"


_HIDDEN = r'name="(token|name|began_from|takes_over|as_opened|seen|shown)" value="(.*?)"'


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

    def press(self, shown: str, name: str, status: int, **typed: str) -> str:
        """Press the button of this name as a browser without scripts does, and return the answer.

        What is typed goes into the fields of its form; the others are as the page has them.
        """
        tree = lxml.html.fromstring(shown)
        (button,) = [
            each for each in tree.iter("button") if " ".join(each.text_content().split()) == name
        ]
        form = owner_of(button, tree)
        assert form is not None
        fields = {
            each.get("name"): each.get("value", "")
            if each.tag == "input"
            else each.text_content().removeprefix("\n")
            for each in tree.iter("input", "textarea")
            if owner_of(each, tree) is form
        }
        assert typed.keys() <= fields.keys()
        fields |= {button.get("name", ""): button.get("value", "")} | typed
        fields.pop("", None)
        answer = self.browser.post(button.get("formaction") or form.get("action"), data=fields)
        assert answer.status_code == status, answer.text
        return answer.text

    def open(self, path: str) -> str:
        """Return a page as it was sent."""
        return self.browser.get(path).text

    def log(self) -> str:
        """Return the decisions that are logged."""
        return self.desk("log", "--decisions").out

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


def owner_of(control: HtmlElement, tree: HtmlElement) -> HtmlElement | None:
    """Return the form that a control is of: the one that it names, or that it stands in."""
    if control.get("form"):
        return tree.get_element_by_id(control.get("form"))
    return next(control.iterancestors("form"), None)


def names_in(answer: httpx2.Response) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())
