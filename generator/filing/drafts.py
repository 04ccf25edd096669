"""File drafts: render all of them, settle them with their editors' work, put them in place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from generator.desk import Desk
from generator.filing import log, manifest, outputs, texts, whereabouts
from generator.filing.bundle import bundle
from generator.filing.checks import check
from generator.filing.copies import READABLE
from generator.filing.html import Pages
from generator.filing.index import index_pages
from generator.filing.log import Entry, Event
from generator.filing.manifest import Manifest, Row, release_record
from generator.filing.names import is_article, sha256
from generator.filing.outputs import Output
from generator.filing.rereading import Proofreader
from generator.filing.results import Action, Filed, FiledDraft
from generator.filing.settling import Settled, settle_draft
from generator.filing.standing import Decision
from generator.model import Draft, Release, Standing

Progress = Callable[[str, int, int], None]
"""Called with the draft that is rendered, how many are, and of how many."""

_EVENTS = {
    Action.NEW: Event.FILED,
    Action.UPDATED: Event.UPDATED,
    Action.MERGED: Event.MERGED,
    Action.BESIDE: Event.BESIDE,
}


def file_drafts(
    drafts: Sequence[Draft],
    release: Release,
    desk: Desk,
    output: Path,
    *,
    proofread: Proofreader,
    restore: bool = False,
    read_from: str | None = None,
    progress: Progress | None = None,
) -> Filed:
    """File each draft in `output/<story>/<period>/<area>/`, and index all that lie there.

    Nothing is written before everything is rendered, and nothing is in place before all of
    it is written. Whatever an editor has changed stays; their versions, and what is merged
    with them, are `proofread` again. Drafts that an editor has deleted stay deleted unless
    they are to be restored. Where the release was read (`read_from`, see `whereabouts`) is
    noted beside the drafts. Raises FilingError where the output cannot be written or another
    run holds it, DeskError where a page template is at fault.
    """
    check(drafts)
    pages = Pages(desk)
    bundles = {}
    for number, draft in enumerate(drafts, start=1):
        bundles[draft.folder] = bundle(draft, release, pages)
        if progress:
            progress(draft.folder, number, len(drafts))
    with outputs.opened(output) as held:
        settled = [
            settle_draft(draft, bundles[draft.folder], release, held, proofread, restore=restore)
            for draft in drafts
        ]
        record = _record(settled, release, desk, held)
        decisions = _as_they_will_stand(settled, held)
        texts.keep(held.database, _bases(settled))
        outputs.change(
            held,
            [put for each in settled for put in each.puts],
            index_pages(record, decisions, desk, pages),
            _entries(settled, record.release.id),
        )
        needed = {sha for row in record.drafts.values() for sha in row.files.values()}
        with suppress(sqlite3.Error):  # nothing is lost if too much is kept
            texts.keep_only(held.database, needed)
        if read_from is not None:
            origins = {origin for row in record.drafts.values() for origin in row.origins}
            decided = {decision.release for decision in decisions.values()}
            whereabouts.note(output, record.release.id, read_from, origins | decided)
        rows = [_filed_draft(each, decisions) for each in settled]
    rows.sort(key=lambda row: (-row.score, row.folder))
    return Filed(output, tuple(rows), (*held.warnings, *_older(release, held)))


def _as_they_will_stand(settled: Sequence[Settled], held: Output) -> dict[str, Decision]:
    """Return the decisions, as they stand when all is in place: what was approved may be again."""
    decisions = dict(held.decisions)
    for each in settled:
        decision = decisions.get(each.draft.folder)
        if decision is not None and decision.approved:
            texts_now = {name: each.plan.text(name) for name in decision.texts}
            same = all(
                text is not None and sha256(text) == decision.texts[name]
                for name, text in texts_now.items()
            )
            standing = Standing.APPROVED if same else Standing.CHANGED
            decisions[each.draft.folder] = replace(decision, standing=standing)
    return decisions


def _older(release: Release, held: Output) -> Iterator[str]:
    """Say so where what lay here was made from a release that was published later."""
    before = held.manifest.release.published if held.manifest else None
    if before and release.published and release.published.isoformat() < before:
        yield (
            f"The release, of {release.published}, is older than the one of {before} that was "
            "filed here before: its figures have taken the place of the newer."
        )


def _bases(settled: Sequence[Settled]) -> list[bytes]:
    """Return the texts that an editor's changes may one day have to be merged with."""
    return [
        data
        for each in settled
        for name, data in each.plan.new.items()
        if name.endswith(tuple(READABLE))
    ]


def _record(settled: Sequence[Settled], release: Release, desk: Desk, held: Output) -> Manifest:
    """Put this run's drafts among those of earlier runs."""
    made_from = release_record(release)
    old = held.manifest.drafts if held.manifest else {}
    rows = {
        folder: row.model_copy(update={"deleted": _deleted(held.folder / folder, row)})
        for folder, row in old.items()
    }
    for each in settled:
        if each.plan.action is Action.DELETED:
            continue
        rows[each.draft.folder] = manifest.row(each.draft, made_from).model_copy(
            update={
                "headline": each.headline,
                "status": each.status,
                "problems": manifest.count_problems(each.problems),
                "files": each.plan.filed,
                "edited": each.plan.edited,
                "beside": each.plan.beside,
                "deleted": each.plan.deleted,
                "made_from": each.made_from,
                "sample": made_from.sample or _is_sample(each, held),
                "approved": each.approved,
            }
        )
    return manifest.manifest(made_from, desk, rows, held.manifest, log.releases(held.database))


def _is_sample(each: Settled, held: Output) -> bool:
    """Tell whether a file that stays is from a release whose counts are invented."""
    known = held.manifest.releases if held.manifest else {}
    return any(known[origin].sample for origin in each.made_from.values() if origin in known)


def _deleted(folder: Path, row: Row) -> tuple[str, ...]:
    return tuple(name for name in row.files if is_article(name) and not (folder / name).exists())


def _entries(settled: Sequence[Settled], release: str) -> list[Entry]:
    """Write down what the run does: which texts it files where."""
    at = log.now()
    entries = []
    for each in settled:
        written = {n: sha256(data) for n, data in each.plan.moves.items() if data is not None}
        if each.plan.moves:
            event = _EVENTS.get(each.plan.action, Event.UPDATED)
            entries.append(Entry(at, log.NEWSCOPY, event, each.draft.folder, release, written))
    return entries


def _filed_draft(each: Settled, decisions: Mapping[str, Decision]) -> FiledDraft:
    decision, facts = decisions.get(each.draft.folder), each.draft.facts
    area = facts.area
    return FiledDraft(
        folder=each.draft.folder,
        area=area.name,
        headline=each.headline,
        status=each.status,
        score=facts.score.points,
        problems=each.problems,
        action=each.plan.action,
        edited=each.plan.edited,
        beside=each.plan.beside,
        versions=tuple(version.file for version in each.leading),
        approved=bool(each.approved),
        standing=decision.standing if decision else None,
        excluded=f"{area.police or area.name} {facts.incomplete}" if facts.incomplete else "",
    )
