"""What feeds say of an output's drafts, as these now stand with their editors."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from generator.desk import Desk, Format
from generator.filing import texts
from generator.filing.copies import CopyError, copy_from
from generator.filing.feeds import ATOM, Item, atom_feed, decided, item_files, item_of
from generator.filing.manifest import Manifest, Row
from generator.filing.standing import Decision
from generator.model import Copy, Release, Status

_LEADING = ("article.md", "article.html", "article.docx", "article.txt")
"""The articles of a draft, the one first that a feed is made from if several were approved."""
SHOWN = 2000
"""Drafts in an output's feed, the most newsworthy, beside all on which somebody has decided."""
_UNREAD = Copy("", ())


@dataclass(frozen=True)
class Feeder:
    """Makes the items of an output's drafts, as they stand at one moment."""

    desk: Desk
    database: sqlite3.Connection
    now: datetime.datetime

    def item(
        self,
        folder: str,
        row: Row,
        copy: Copy,
        release: Release,
        decision: Decision | None,
        status: Status,
    ) -> Item:
        """Return a draft's item: of what was approved if anything was, else of this `copy`.

        `row` says of which area it is, and whether anything in it is from a sample;
        `release` is the one that the copy was made from.
        """
        text = self._approved(decision) or copy
        first = item_of(folder, row.area, row.region, text, release, self.desk)
        if decision is None:
            return first
        return decided(first, decision, status, self.now, sample=row.sample)

    def files(self, item: Item) -> dict[str, bytes]:
        """Return the files of a draft's folder that carry an item, if the desk has such."""
        return item_files(item) if self._has_feeds else {}

    def feed(self, record: Manifest, decisions: Mapping[str, Decision]) -> dict[str, bytes]:
        """Return the feed of all drafts by its name, those first that are the most newsworthy."""
        if not self._has_feeds:
            return {}
        items = self._items(record, decisions)
        return {ATOM: atom_feed(self.desk.file.name, self.desk.uri_of("feed"), items)}

    @property
    def _has_feeds(self) -> bool:
        return Format.FEEDS in self.desk.file.formats

    def _items(self, record: Manifest, decisions: Mapping[str, Decision]) -> Iterator[Item]:
        ranked = sorted(record.drafts.items(), key=lambda item: (-item[1].score, item[0]))
        for number, (folder, row) in enumerate(ranked):
            decision = decisions.get(folder)
            if row.is_deleted or (number >= SHOWN and decision is None):
                continue
            origin = decision.release if decision else row.release
            release = record.releases.get(origin, record.release).as_release()
            # The text of what nobody has approved is not in the feed.
            yield self.item(folder, row, _UNREAD, release, decision, row.status)

    def _approved(self, decision: Decision | None) -> Copy | None:
        """Return the copy that was approved; None where none was, or it is lost."""
        if decision is None:
            return None
        for name in sorted(decision.approved, key=_place):
            data = texts.recall(self.database, decision.texts[name])
            with suppress(CopyError):
                if data is not None:
                    return copy_from(data, name)
        return None


def _place(name: str) -> int:
    """Return where an article stands among those a feed is made from; unknown ones come last."""
    return _LEADING.index(name) if name in _LEADING else len(_LEADING)
