"""Editors at work on a served page, as fast as people are: they sign in, read, type, and save.

Whoever is told that somebody else has saved meanwhile opens the draft again, and types again.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from http import HTTPStatus
from itertools import chain
from pathlib import Path

import httpx2

from generator.filing import Event, read_log, recall_text
from generator.review.accounts import FILE, Accounts
from generator.review.roles import Role

ARTICLE = "article.md"
PASSWORD = "three unlikely words"  # noqa: S105 - of nobody
_WAITS = 1.0


@dataclass
class Day:
    """What came of it: how long the page took to answer, by what it was asked for."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    saved: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The notes that were saved, by draft, each the last of its editor's."""
    saves: int = 0
    conflicts: int = 0
    """How often somebody else had saved meanwhile."""
    errors: list[str] = field(default_factory=list)

    def percentile(self, share: float, what: str = "") -> float:
        """Return the time within which this share of the answers came, of one kind or of all."""
        times = sorted(self.seconds[what] if what else chain(*self.seconds.values()))
        return times[min(int(len(times) * share), len(times) - 1)]


@dataclass(frozen=True)
class Pace:
    """How many editors, for how long, and how long each thinks between two things."""

    editors: int
    seconds: float
    thinks: tuple[float, float]


def make_accounts(folder: Path, editors: int) -> None:
    """Make an account of a desk for each of so many editors."""
    accounts = Accounts(folder / FILE)
    for number in range(editors):
        accounts.add(_name(number), Role.EDITOR, PASSWORD)


def work(url: str, drafts: Sequence[str], pace: Pace) -> Day:
    """Have editors work on a page until their time is up; each has signed in with their account."""
    # In a thread of their own: a browser that tests have opened keeps this one's event loop.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(_work(url, drafts, pace))).result()


def saves_of(output: Path) -> int:
    """Return how many versions the log of an output has."""
    return sum(entry.event is Event.SAVED for entry in read_log(output))


def lost(output: Path, day: Day, before: int = 0) -> list[str]:
    """Return the saved notes that are in no article now, and saves that no version is kept of.

    So many saves as are in the log from `before` are not of the day.
    """
    found: list[str] = []
    for folder, notes in day.saved.items():
        text = (output / folder / ARTICLE).read_text("utf-8")
        found += [f"{folder}: {note}" for note in notes if note not in text]
        saves = [each for each in read_log(output, folder) if each.event is Event.SAVED]
        gone = [
            one.texts[ARTICLE] for one in saves if recall_text(output, one.texts[ARTICLE]) is None
        ]
        found += [f"{folder}: version {sha}" for sha in gone]
    versions = saves_of(output) - before
    if versions != day.saves:
        found.append(f"{day.saves} saves, and {versions} versions")
    return found


async def _work(url: str, drafts: Sequence[str], pace: Pace) -> Day:
    day = Day()
    # A connection that the server is about to close, after five idle seconds, is not used again.
    limits = httpx2.Limits(max_connections=pace.editors, keepalive_expiry=4)
    async with httpx2.AsyncClient(base_url=url, timeout=60, limits=limits) as browser:
        cookies = [await _sign_in(browser, _name(number)) for number in range(pace.editors)]
        ends = time.monotonic() + pace.seconds
        editors = [_Editor(n, cookie, browser, day, pace, ends) for n, cookie in enumerate(cookies)]
        await asyncio.gather(*(each.work(drafts) for each in editors))
    return day


def _name(number: int) -> str:
    return f"Editor {number}"


async def _sign_in(browser: httpx2.AsyncClient, name: str) -> str:
    """Return the cookie by which somebody is known from then on.

    A browser would send it over https alone; here nothing is between it and the page.
    """
    answer = await browser.post("/sign-in", data={"name": name, "password": PASSWORD})
    assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text[-500:]
    browser.cookies.clear()
    return answer.headers["set-cookie"].partition(";")[0]


@dataclass
class _Editor:
    """One editor, who keeps to a few drafts, and to a note of their own in each."""

    number: int
    cookie: str
    """By which they are known."""
    browser: httpx2.AsyncClient
    day: Day
    pace: Pace
    ends: float
    noted: dict[str, str] = field(default_factory=dict)

    @cached_property
    def chance(self) -> random.Random:
        """What they choose by: the same day each time."""
        return random.Random(self.number)  # noqa: S311

    async def work(self, drafts: Sequence[str]) -> None:
        """Read the list, open a draft, type, save: again and again."""
        while time.monotonic() < self.ends:
            draft = self.chance.choice(drafts)
            await self._ask("list", "GET", "/")
            await self._think()
            await self._change(draft)
            await self._think()

    async def _change(self, draft: str) -> None:
        """Put a new note in the place of the last, however often somebody else is faster."""
        note = f"Note {self.number}.{len(self.noted)}.{self.chance.randrange(10**6)}"
        while True:
            form = _form(await self._open(draft))
            before = self.noted.get(draft)
            text = form["text"].replace(before, note) if before else f"{form['text']}\n\n{note}"
            typed = {**form, "text": text}
            await self._think()
            await self._ask("check", "POST", f"/draft/{draft}/check", typed)
            await self._think()
            answer = await self._ask("save", "POST", f"/draft/{draft}/save", typed)
            if answer.status_code == HTTPStatus.SEE_OTHER:
                break
            if answer.status_code != HTTPStatus.CONFLICT:
                return
            self.day.conflicts += 1
        self.day.saves += 1
        if before:
            self.day.saved[draft].remove(before)
        self.day.saved[draft].append(note)
        self.noted[draft] = note

    async def _open(self, draft: str) -> httpx2.Response:
        """Open a draft; a page that waits for its release loads again, as in a browser."""
        while True:
            answer = await self._ask("draft", "GET", f"/draft/{draft}")
            if "data-waits" not in answer.text:
                return answer
            await asyncio.sleep(_WAITS)

    async def _ask(
        self, what: str, method: str, path: str, form: dict[str, str] | None = None
    ) -> httpx2.Response:
        begun = time.perf_counter()
        answer = await self.browser.request(
            method, path, data=form, headers={"cookie": self.cookie}
        )
        self.day.seconds[what].append(time.perf_counter() - begun)
        expected = (HTTPStatus.OK, HTTPStatus.SEE_OTHER, HTTPStatus.CONFLICT)
        if answer.status_code not in expected:
            self.day.errors.append(f"{method} {path}: {answer.status_code} {answer.text[-500:]}")
        return answer

    async def _think(self) -> None:
        await asyncio.sleep(self.chance.uniform(*self.pace.thinks))


def _form(answer: httpx2.Response) -> dict[str, str]:
    """Return the fields that the page of a draft has its form filled with."""
    page = answer.text
    hidden = re.findall(r'name="(token|name|began_from|takes_over)" value="(.*?)"', page)
    texts = re.findall(r'<textarea id="(headline|text)".*?>\n?(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(said) for name, said in (*hidden, *texts)}
