"""Put what became of one draft in place, with the log, the index and the feeds in step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.desk import Desk
from generator.filing import outputs
from generator.filing.feeding import Feeder
from generator.filing.html import Pages
from generator.filing.index import index_pages
from generator.filing.log import DECISIONS, Entry
from generator.filing.manifest import Manifest, Row
from generator.filing.outputs import Output, Put
from generator.filing.standing import Decision


def put_in_place(
    held: Output,
    record: Manifest,
    desk: Desk,
    entry: Entry,
    row: Row,
    decision: Decision | None,
    puts: Iterable[Put] = (),
    found: Sequence[Entry] = (),
) -> None:
    """Let a line of the log stand, with the draft's row and decision and what is put with it.

    Before it come lines on what was `found` there.

    Feeds and the draft's own files are told of whatever is another for it; all of it is in place,
    or none.
    """
    feeder = Feeder(desk, held.database, entry.at, record.releases, record.release)
    drafts, decisions = dict(record.drafts), dict(held.decisions)
    if decision is not None:
        decisions[entry.folder] = decision
    if decision is not None and entry.event in DECISIONS:  # which is a version of the item itself
        item = feeder.item(entry.folder, row, decision)
        row = row.model_copy(update={"item_status": item.status.value})
    drafts[entry.folder] = row
    becomes = {put.path: put for put in puts}
    pending = {path: put.data for path, put in becomes.items()}
    lines = [*found, entry]
    with outputs.changing(held) as change:
        for told in list(feeder.renew(held.folder, drafts, decisions, entry.folder, pending)):
            for put in told.puts:
                first = becomes.get(put.path)
                becomes[put.path] = replace(first, data=put.data) if first else put
            lines += told.lines
            drafts[told.item.slug] = told.row
            if told.decision is not None:
                decisions[told.item.slug] = told.decision
        change.put(becomes.values(), lines)
        change.put(feeder.leftover(held.folder))
        renewed = record.model_copy(update={"drafts": drafts})
        feed = feeder.feed(renewed, decisions)
        change.finish(index_pages(renewed, decisions, desk, Pages(desk), feed))
