"""What feeds say of an output's drafts, as these now stand with their editors."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator.desk import Desk, Format
from generator.filing import texts
from generator.filing.copies import CopyError, copy_from
from generator.filing.feeds import (
    ITEM_FILES,
    Item,
    PubStatus,
    atom_feed,
    decided,
    item_files,
    item_of,
)
from generator.filing.feeds.item import UNAPPROVED
from generator.filing.log import NEWSCOPY, Entry, Event
from generator.filing.manifest import Manifest, ReleaseRecord, Row, ranked
from generator.filing.names import ATOM, SHOWN, sha256
from generator.filing.outputs import Put
from generator.filing.standing import Decision
from generator.filing.standing_banners import said_of
from generator.filing.telling import tell_folder
from generator.model import Copy, Status

_LEADING = ("article.md", "article.html", "article.docx", "article.txt")
"""The articles of a draft, the one first that a feed is made from if several were approved.

Nothing else that an editor may approve is ever an item's words."""
_NOTHING: Mapping[str, bytes | None] = {}
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
class Renewal:
    """What feeds are told of a draft from now on, and what is to be noted of that."""

    item: Item
    row: Row
    decision: Decision | None = None
    """With the line of the log, if there is one, counted."""
    lines: tuple[Entry, ...] = ()
    puts: tuple[Put, ...] = ()
    """What has to change of the draft's files for feeds, and of what the others say of it."""


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
        return decided(first, decision, self.now, sample=sample, deleted=row.is_deleted, hold=hold)

    def tell(
        self, folder: str, row: Row, decision: Decision | None, copy: Copy | None = None
    ) -> Renewal:
        """Return a draft's item, and what there is to note of it.

        Whatever takes in feeds knows an item by its version: where a decided one's status is
        not what was told last, by all that is known, the log has it, and it is a new version.
        """
        item = self.item(folder, row, decision, copy)
        if decision is None:
            return Renewal(item, row.model_copy(update={"item_status": ""}))
        if item.status == row.item_status:
            return Renewal(item, row, decision)
        event = Event.CLEARED if item.status is PubStatus.USABLE else Event.HELD
        newest = self.newest.id
        line = Entry(self.now, NEWSCOPY, event, folder, newest, decision.texts, item.why)
        later = replace(decision, number=decision.number + 1, changed=self.now)
        return Renewal(
            replace(item, version=item.version + 1, changed=self.now),
            row.model_copy(update={"item_status": item.status.value}),
            later,
            (line,),
        )

    def renew(
        self,
        output: Path,
        drafts: Mapping[str, Row],
        decisions: Mapping[str, Decision],
        changed: str = "",
        pending: Mapping[str, bytes | None] = _NOTHING,
    ) -> Iterator[Renewal]:
        """Yield those of an output's drafts of which feeds have to be told something else.

        An embargo has ended, articles were deleted, somebody has changed a file for feeds, or
        the desk wants none any more. Or the draft's own files have to tell it: it was withdrawn,
        or a newer one lies beside it. One of them was just `changed`, and `pending` is what is to
        become of files for that, by path.
        """
        for folder, row in drafts.items():
            decision = decisions.get(folder)
            # One that nobody has decided on is withheld, whatever happens.
            is_told = decision is not None or bool(row.item_status) or row.is_deleted
            if not is_told and not row.says and not row.beside:
                continue
            told = self.tell(folder, row.seen_in(output / folder) if is_told else row, decision)
            puts = list(self._puts(output, told)) if is_told else []
            files = {**told.row.files, **{put.name: sha256(put.data) for put in puts if put.data}}
            for put in puts:
                if put.data is None:
                    files.pop(put.name, None)
            renewed = told.row.model_copy(update={"files": files})
            more, renewed = self._tell_files(output, told, renewed, changed, pending)
            if puts or more or renewed != row:
                yield replace(told, row=renewed, puts=(*puts, *more))

    def _tell_files(
        self,
        output: Path,
        told: Renewal,
        row: Row,
        changed: str,
        pending: Mapping[str, bytes | None],
    ) -> tuple[list[Put], Row]:
        """Have a draft's own files say where it stands, if that is another than they say."""
        folder, decision = told.item.slug, told.decision
        record = self.releases.get(row.release)
        made_from = record.as_release() if record else None
        said = said_of(decision, told.item.hold, row.beside, made_from)
        if row.is_deleted or (said.all == row.says and folder != changed):
            return [], row
        approved = decision.approved if decision else row.approved
        return tell_folder(output, folder, row, said, approved, pending)

    def leftover(self, output: Path) -> list[Put]:
        """Return what has to be done for the feed of a desk that wants none any more."""
        there = output / ATOM
        if self._has_feeds or not there.is_file():
            return []
        return [Put(ATOM, there.read_bytes(), None)]

    def decided_on(self, decision: Decision) -> Article | None:
        """Return the article that a decision was about; None where it was none, or is lost."""
        for name in _LEADING:
            sha = decision.texts.get(name)
            data = texts.recall(self.database, sha) if sha else None
            with suppress(CopyError):
                if data is not None:
                    return Article(name, data, copy_from(data, name))
        return None

    def _puts(self, output: Path, told: Renewal) -> Iterator[Put]:
        """Yield what has to change of the files of a folder; of a deleted one none are made."""
        folder, deleted = output / told.item.slug, told.row.is_deleted
        files = {} if deleted and told.decision is None else self.files(told.item)
        for name in ITEM_FILES:
            there = (folder / name).read_bytes() if (folder / name).is_file() else None
            may_be = there is not None or (folder.is_dir() and not deleted)
            if may_be and there != files.get(name):
                yield Put(f"{told.item.slug}/{name}", there, files.get(name))

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
        """Yield the items of the drafts that are shown, and of all on which there is a decision."""
        for number, (folder, row) in enumerate(ranked(record.drafts)):
            decision = decisions.get(folder)
            if number < SHOWN or decision is not None:
                yield self.item(folder, row, decision)
        for folder, row in record.drafts.items():
            if row.is_deleted and folder in decisions:
                yield self.item(folder, row, decisions[folder])
