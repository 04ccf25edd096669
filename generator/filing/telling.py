"""Have a draft's own files say where it stands, and no editor's words with it.

It says so above the words of whatever is as newscopy wrote it. Of what is an editor's the page
alone has it, which feeds lead to, once there was a decision; and what an editor changed that had
it already: from that it goes again as well. What was approved is never rewritten; its page has it
above the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.filing.heads import put_above, take_off
from generator.filing.keeping import Files, Plan
from generator.filing.manifest import Row
from generator.filing.names import NOTES, is_copy, is_new_version, sha256
from generator.filing.outputs import Put
from generator.filing.standing_banners import PAGE, Said


@dataclass(frozen=True)
class Beneath:
    """What lies in a draft's folder, without what the files say of where it stands."""

    there: Files
    raw: Files
    """With it."""


def look_beneath(raw: Files, says: Collection[str]) -> Beneath:
    """Take off what newscopy has put there (`says`), and nothing that somebody has made of it."""
    there = {
        name: without_head(name, data, says) if data is not None and _has_head(name) else data
        for name, data in raw.items()
    }
    return Beneath(there, raw)


def without_head(name: str, data: bytes, says: Collection[str]) -> bytes:
    """Return a file without what newscopy has put at its head (`says`), if it is just that."""
    bare, said = take_off(name, data)
    return bare if set(said) <= set(says) else data


def tell_plan(plan: Plan, beneath: Beneath, said: Said, approved: Collection[str]) -> Plan:
    """Have what is to lie in a folder say where the draft stands; it is planned from `beneath`."""
    if not said.all and beneath.there == beneath.raw:
        return plan  # as it is for nearly all of a run's drafts
    files, under, retold = dict(plan.files), dict[str, str](), set[str]()
    for name, each in plan.files.items():
        text, there = plan.text(name), beneath.there.get(name)
        if text is None or not _has_head(name) or take_off(name, text).said:
            continue
        ours, had = each.record.get(name) == sha256(text), there != beneath.raw.get(name)
        told = put_above(name, text, _above(said, name, ours, had, approved))
        record, write = dict(each.record), dict(each.write)
        if told != text or had:
            write[name] = told
        if ours and told != text:
            record[name] = sha256(told)
            under[sha256(told)] = sha256(text)
        if text == there:
            retold.add(name)
        files[name] = replace(each, record=record, write=write)
    return replace(plan, files=files, there=beneath.raw, under=under, retold=frozenset(retold))


def tell_folder(
    output: Path,
    folder: str,
    row: Row,
    said: Said,
    approved: Collection[str],
    pending: Mapping[str, bytes | None],
) -> tuple[list[Put], Row]:
    """Return what has to change of a folder for its files to say where the draft stands.

    And the draft's row when they do. `pending` is what is to become of files meanwhile, by path.
    """
    puts, files, under = list[Put](), row.rendered, dict[str, str]()
    for name, path, data in _texts(output, folder, row, pending):
        bare, had = take_off(name, data)
        if not set(had) <= set(row.says):
            continue
        ours = sha256(data) == row.files[name]
        told = put_above(name, bare, _above(said, name, ours, bool(had), approved))
        if ours:
            files[name] = sha256(told)
            if told != bare:
                under[files[name]] = sha256(bare)
        if told != data:
            puts.append(Put(path, data, told, same_words=True))
    return puts, row.model_copy(update={"files": files, "says": said.all, "under": under})


def _texts(
    output: Path, folder: str, row: Row, pending: Mapping[str, bytes | None]
) -> Iterator[tuple[str, str, bytes]]:
    """Yield the files of a draft that can say where it stands: name, path, and what they hold."""
    for name in filter(_has_head, row.files):
        path = f"{folder}/{name}"
        place = output / path
        if place.is_symlink():
            continue
        there = place.read_bytes() if place.is_file() else None
        data = pending.get(path, there)
        if data is not None:
            yield name, path, data


def _above(
    said: Said, name: str, ours: bool, had: bool, approved: Collection[str]
) -> tuple[str, ...]:
    """Return what a file is to say, which is as newscopy wrote it (`ours`), or said so already."""
    is_told = name == PAGE or ((ours or had) and name not in approved)
    return said.above(name) if is_told else ()


def _has_head(name: str) -> bool:
    return (is_copy(name) or name == NOTES) and not is_new_version(name)
