"""What feeds say of an output's drafts, as these now stand with their editors."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from generator.desk import Desk, Format
from generator.filing import texts
from generator.filing.copies import CopyError, copy_from
from generator.filing.feeds import ATOM, Item, atom_feed, decided, item_files, item_of
from generator.filing.feeds.item import UNAPPROVED
from generator.filing.manifest import Manifest, ReleaseRecord, Row, ranked
from generator.filing.names import SHOWN
from generator.filing.standing import Decision
from generator.model import Copy, Status

_LEADING = ("article.md", "article.html", "article.docx", "article.txt")
"""The articles of a draft, the one first that a feed is made from if several were approved.

Nothing else that an editor may approve is ever an item's words."""
_LOST = "The approved text is lost: approve it again."
_UNKNOWN = "Nobody can tell which release this was approved from: approve it again."
_HELD = "Held: not for publication. The draft's notes say why."


@dataclass(frozen=True)
class Article:
    """An article that somebody has decided on, to the letter."""

    name: str
    data: bytes
    copy: Copy


@dataclass(frozen=True)
class Feeder:
    """Makes the items of an output's drafts, as they stand at one moment."""

    desk: Desk
    database: sqlite3.Connection
    now: datetime.datetime
    releases: Mapping[str, ReleaseRecord]
    """All that drafts were made from, by id."""
    newest: ReleaseRecord

    def item(
        self, folder: str, row: Row, decision: Decision | None, copy: Copy | None = None
    ) -> Item:
        """Return a draft's item: of what was decided on if anything was, else of this `copy`.

        It is of the release that these words were made from; one that nobody has decided on
        has those of the article that leads in it.
        """
        article = self.decided_on(decision) if decision else None
        words = article.copy if article else copy or Copy(row.headline, ())
        origins = decision.origins if decision else (row.release_of(row.leading),)
        known = [self.releases[origin] for origin in origins if origin in self.releases]
        release = (known[0] if known else self.newest).as_release()
        embargoes = [one.embargo for one in (each.as_release() for each in known) if one.embargo]
        first = replace(
            item_of(folder, row.area, row.region, words, release, self.desk),
            embargo=max(embargoes, default=None),
        )
        if decision is None:
            return first
        sample = row.sample or any(one.sample for one in known)
        held = row.status is Status.HELD if row.holds_approved is None else row.holds_approved
        hold = _HELD if held else ""
        if len(known) < len(origins):
            hold = _UNKNOWN
        elif article is None:
            hold = _LOST if set(_LEADING) & set(decision.texts) else UNAPPROVED
        return decided(first, decision, self.now, sample=sample, hold=hold)

    def decided_on(self, decision: Decision) -> Article | None:
        """Return the article that a decision was about; None where it was none, or is lost."""
        for name in _LEADING:
            sha = decision.texts.get(name)
            data = texts.recall(self.database, sha) if sha else None
            with suppress(CopyError):
                if data is not None:
                    return Article(name, data, copy_from(data, name))
        return None

    def files(self, item: Item) -> dict[str, bytes]:
        """Return the files of a draft's folder that carry an item, if the desk has such."""
        return item_files(item) if self._has_feeds else {}

    def feed(self, record: Manifest, decisions: Mapping[str, Decision]) -> dict[str, bytes]:
        """Return the feed of all drafts by its name, those first that are the most newsworthy."""
        if not self._has_feeds:
            return {}
        file, items = self.desk.file, self._items(record, decisions)
        return {ATOM: atom_feed(file.name, file.tag, items)}

    @property
    def _has_feeds(self) -> bool:
        return Format.FEEDS in self.desk.file.formats

    def _items(self, record: Manifest, decisions: Mapping[str, Decision]) -> Iterator[Item]:
        """Yield the items of the drafts that are shown, and of all on which there is a decision."""
        for number, (folder, row) in enumerate(ranked(record.drafts)):
            decision = decisions.get(folder)
            if number < SHOWN or decision is not None:
                yield self.item(folder, row, decision)
