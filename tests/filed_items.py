"""Derbyshire's draft, filed by hand and decided on; and what feeds then say of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
from filed import file_drafts

from generator.desk import Desk
from generator.filing import Entry, Event, Verdict, decide, read_log, read_manifest
from generator.model import Copy, Draft, Problem, Release

FOLDER = "victim-withdrawal/2020/derbyshire"
ARTICLES = ("article.docx", "article.html", "article.md", "article.txt")
MakeDraft = Callable[..., Draft]


@dataclass
class Filing:
    """Files Derbyshire's draft, and decides on it."""

    make_draft: MakeDraft
    release: Release
    desk: Desk
    output: Path

    @property
    def folder(self) -> Path:
        return self.output / FOLDER

    @property
    def article(self) -> Path:
        return self.folder / "article.md"

    def run(
        self,
        release: Release | None = None,
        found: tuple[Problem, ...] = (),
        of: Callable[[Copy], bool] = lambda copy: True,
        **draft: Any,
    ) -> None:
        """File the draft; what is wrong with the versions `of` which it is so is `found`."""
        restore = draft.pop("restore", False)
        file_drafts(
            [self.make_draft(**draft)],
            release or self.release,
            self.desk,
            self.output,
            proofread=lambda copy, draft, origin: found if of(copy) else (),
            restore=restore,
        )

    def decide(self, event: Event, *names: str, reason: str = "") -> None:
        texts = {name: (self.folder / name).read_bytes() for name in names or ARTICLES}
        decide(
            self.output, Verdict(event, FOLDER, texts, "An editor", reason, problems=()), self.desk
        )

    def edit(self, old: str, new: str) -> None:
        text = self.article.read_text("utf-8")
        assert old in text
        self.article.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def ninjs(self) -> dict[str, Any]:
        return json.loads((self.folder / "ninjs.json").read_bytes())

    @property
    def status(self) -> str:
        """What the files of the folder and the feed say alike."""
        status = self.ninjs["pubStatus"]
        assert f'qcode="stat:{status}"' in (self.folder / "newsml.xml").read_text("utf-8")
        assert [tag.term for tag in self.entry.tags] == [status]
        return status

    @property
    def body(self) -> str:
        return self.ninjs["bodies"][0]["value"]

    @property
    def entry(self) -> Any:
        feed = feedparser.parse((self.output / "feed.atom").read_bytes())
        assert not feed.bozo
        (entry,) = feed.entries
        return entry

    @property
    def row(self) -> Any:
        return read_manifest(self.output).drafts[FOLDER]

    @property
    def log(self) -> list[Entry]:
        return read_log(self.output)
