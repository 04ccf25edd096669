"""File drafts: settle them with their editors' work, and put them in place."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from generator.desk import Desk
from generator.errors import Fault, FilingError
from generator.filing import log, manifest, outputs, texts, whereabouts
from generator.filing.banners import embargo_words
from generator.filing.copies import TEXTS
from generator.filing.feeding import Feeder, Renewal
from generator.filing.html import Pages
from generator.filing.index import index_pages
from generator.filing.lastrun import look_at, note_run
from generator.filing.log import Entry, Event
from generator.filing.made import Made
from generator.filing.manifest import Manifest, Row, release_record
from generator.filing.names import sha256
from generator.filing.outputs import Output
from generator.filing.replied import passed_deadline, unmatched_replies
from generator.filing.rereading import Proofreader
from generator.filing.results import Action, Filed, FiledDraft
from generator.filing.settling import Settled, settle_draft
from generator.filing.standing import Decision, is_as_decided
from generator.model import Release, Standing

Progress = Callable[[str, int, int], None]
"""Called with the draft that is settled, how many are, and of how many."""


class Drafts(Protocol):
    """So many drafts, one after the other."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Made]: ...


_AT_ONCE = 300
"""Texts that are kept in one go."""
_EVENTS = {
    Action.NEW: Event.FILED,
    Action.UPDATED: Event.UPDATED,
    Action.MERGED: Event.MERGED,
    Action.BESIDE: Event.BESIDE,
}


def file_drafts(
    made: Drafts,
    release: Release,
    desk: Desk,
    output: Path,
    *,
    proofread: Proofreader,
    restore: bool = False,
    read_from: str | None = None,
    made_from: Callable[[], str] = str,
    progress: Progress | None = None,
) -> Filed:
    """File each draft in `output/<story>/<period>/<area>/`, and index all that lie there.

    The drafts come rendered, and are taken one after the other, so that there may be any
    number. Nothing is in place before all of it is written. Whatever an editor has changed
    stays; their versions, and what is merged with them, are `proofread` again. Drafts that
    an editor has deleted stay deleted unless they are to be restored. Where the desk is, and
    where the release was read (`read_from`, see `whereabouts`), is noted beside the drafts, and
    what the run found, with all that it was `made_from` (see `lastrun`), unless "" says that
    nobody can tell. Raises FilingError where the output cannot be written, is another title's,
    or another run holds it, DeskError where a page template is at fault.
    """
    pages = Pages(desk)
    with outputs.opened(output) as held, outputs.changing(held) as change:
        _refuse_another_title(held, desk)
        before = look_at(output)
        run = _Run(release, held)
        feeder = Feeder(desk, held.database, run.at, run.releases, run.made_from)
        for number, one in enumerate(made, start=1):
            each = settle_draft(one, release, held, feeder, proofread, restore=restore)
            change.put(each.puts, run.take(each))
            if progress:
                progress(one.folder, number, len(made))
        run.keep_bases()
        for told in feeder.renew(output, run.others, run.decisions):
            change.put(told.puts, run.note(told))
        change.put(feeder.leftover(output))
        record = manifest.manifest(
            run.made_from, desk, run.rows, held.manifest, log.releases(held.database)
        )
        feed = feeder.feed(record, run.decisions)
        filed_pages = index_pages(record, run.decisions, desk, pages, feed)
        change.finish(filed_pages)
        needed = {sha for row in record.drafts.values() for sha in row.rendered.values()}
        needed |= log.earlier_texts(held.database, record.release.id)
        with suppress(sqlite3.Error):  # nothing is lost if too much is kept
            texts.keep_only(held.database, needed)
        if read_from is not None:
            known = {origin for row in record.drafts.values() for origin in row.origins}
            known |= {decision.release for decision in run.decisions.values()}
            whereabouts.note(output, desk.folder, record.release.id, read_from, known)
        rows = sorted(run.filed, key=lambda row: (-row.score, row.folder))
        warnings = (
            *held.warnings,
            *_older(release, held),
            *_ended(release, run.at),
            *passed_deadline(desk, release),
            *unmatched_replies(desk, [row.folder for row in run.filed], record.drafts),
        )
        filed = Filed(output, tuple(rows), warnings)
        # When an embargo ends, feeds change.
        made_of = made_from() if not _waits(record, run.at) else ""
        if made_of:
            note_run(made_of, before, release, filed, record.drafts, filed_pages)
    return filed


def _refuse_another_title(held: Output, desk: Desk) -> None:
    """Raise FilingError where what lies here is the copy of another title, or of the desk.

    Its items have that title's ids for good, and its copy is judged by that title's style.
    """
    ours = desk.edition.id if desk.edition else ""
    theirs = ours if held.manifest is None else held.manifest.edition
    if theirs != ours:
        asks = f"--edition {theirs}" if theirs else "no --edition"
        raise FilingError(
            Fault(
                "Another title's copy lies here: each has an output folder of its own.",
                f"File into another folder with --output, or run with {asks}.",
                file=str(held.folder),
                found=f"copy of {_title(theirs)}",
                expected=f"copy of {_title(ours)}",
            )
        )


def _title(edition: str) -> str:
    return f"the edition {edition}" if edition else "the desk, of no edition"


class _Run:
    """What is known of a run's drafts once they are settled: little, of each."""

    def __init__(self, release: Release, held: Output) -> None:
        self.held = held
        self.made_from = release_record(release)
        self.releases = {**(held.manifest.releases if held.manifest else {})}
        self.releases[self.made_from.id] = self.made_from
        self.at = log.now()
        self.decisions = dict(held.decisions)
        """As they stand when all is in place: what was approved may be again."""
        self.rows = {
            folder: row.seen_in(held.folder / folder)
            for folder, row in (held.manifest.drafts if held.manifest else {}).items()
        }
        self.filed: list[FiledDraft] = []
        self._bases: list[bytes] = []
        self._taken: set[str] = set()

    def take(self, each: Settled) -> list[Entry]:
        """Note what becomes of a draft; return what the log is to say of it, if anything.

        Raises FilingError where there was one for its folder before.
        """
        folder = each.made.folder
        if folder in self._taken:
            raise FilingError(
                Fault(
                    "Two drafts would be filed in the same folder.",
                    "Run one story and period at a time.",
                    file=folder,
                )
            )
        self._taken.add(folder)
        decision = each.decision
        if decision is not None:
            stands = _standing(decision, each) if decision.approved else decision.standing
            self.decisions[folder] = replace(decision, standing=stands)
        if each.plan.action is not Action.DELETED:
            self.rows[folder] = each.row
        self.filed.append(_filed_draft(each, self.decisions.get(folder)))
        self._bases += _bases(each)
        if len(self._bases) >= _AT_ONCE:
            self.keep_bases()
        plan = each.plan
        moves = {name: data for name, data in plan.moves.items() if name not in plan.retold}
        hashes = {name: sha256(data) for name, data in moves.items() if data is not None}
        written = {name: plan.under.get(sha, sha) for name, sha in hashes.items()}
        event = _EVENTS.get(plan.action, Event.UPDATED)
        entry = Entry(self.at, log.NEWSCOPY, event, folder, self.made_from.id, written)
        return [*([entry] if moves else []), *each.lines]

    @property
    def others(self) -> dict[str, Row]:
        """The drafts that this run has not written, or that an editor has deleted."""
        return {f: row for f, row in self.rows.items() if f not in self._taken or row.is_deleted}

    def note(self, told: Renewal) -> Iterable[Entry]:
        """Note what feeds are told of such a draft; return what the log is to say of it."""
        self.rows[told.item.slug] = told.row
        if told.decision is not None:
            self.decisions[told.item.slug] = told.decision
        return told.lines

    def keep_bases(self) -> None:
        """Keep the texts that an editor's changes may one day have to be merged with."""
        texts.keep(self.held.database, self._bases)
        self._bases.clear()


def _standing(decision: Decision, each: Settled) -> Standing:
    """Return where an approved draft will stand."""
    texts_now = {name: each.plan.text(name) for name in decision.texts}
    same = all(
        text is not None and is_as_decided(name, text, decision.texts[name])
        for name, text in texts_now.items()
    )
    return Standing.APPROVED if same else Standing.CHANGED


def _waits(record: Manifest, now: datetime.datetime) -> bool:
    """Tell whether a release here is under an embargo that has not ended yet."""
    embargoes = [release.as_release().embargo for release in record.releases.values()]
    return any(embargo is not None and embargo > now for embargo in embargoes)


def _older(release: Release, held: Output) -> Iterator[str]:
    """Say so where what lay here was made from a release that was published later."""
    before = held.manifest.release.published if held.manifest else None
    if before and release.published and release.published.isoformat() < before:
        yield (
            f"The release, of {release.published}, is older than the one of {before} that was "
            "filed here before: its figures have taken the place of the newer."
        )


def _ended(release: Release, now: datetime.datetime) -> Iterator[str]:
    """Say so where an embargo is over of which the drafts still warn: they know no clock."""
    if release.embargo is not None and release.embargo <= now:
        until = embargo_words(release.embargo).removeprefix("EMBARGOED until ").rstrip(".")
        yield (
            f"The embargo ended at {until}, and the drafts still say that they are under it: take "
            "`embargo:` out of release.yml, and run again."
        )


def _bases(each: Settled) -> list[bytes]:
    """Return the texts of a draft that an editor's changes may have to be merged with."""
    return [data for name, data in each.plan.new.items() if name.endswith(tuple(TEXTS))]


def _filed_draft(each: Settled, decision: Decision | None) -> FiledDraft:
    return FiledDraft(
        folder=each.made.folder,
        area=each.made.area,
        headline=each.headline,
        status=each.status,
        score=each.made.score,
        problems=each.problems,
        action=each.plan.action,
        edited=each.plan.edited,
        beside=each.plan.beside,
        versions=tuple(version.file for version in each.leading),
        approved=bool(each.approved),
        standing=decision.standing if decision else None,
        doubts=each.made.doubts,
        excluded=each.made.excluded,
    )
