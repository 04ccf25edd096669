"""What becomes of a draft's folder, file by file, when an editor may have been at work in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count
from pathlib import Path

from generator.filing.feeds import ITEM_FILES
from generator.filing.merging import merge
from generator.filing.names import is_article, is_beside, is_copy, is_new_version, sha256
from generator.filing.results import Action

Recall = Callable[[str], bytes | None]
"""Returns the text of a sha256 as it was once filed; None where it is not known."""
Files = Mapping[str, bytes | None]
"""What lies in a folder, by name; None for a folder, a link or what cannot be a draft's."""


class Fate(StrEnum):
    """What becomes of one file."""

    OURS = "as the draft has it"
    EDITED = "as the editor has it"
    MERGED = "as the editor has it, with what is new in the draft"
    BESIDE = "as the editor has it, the draft beside it"
    DELETED = "left deleted"


@dataclass(frozen=True)
class SettledFile:
    """What becomes of one file, and of the new version that lay beside it."""

    name: str
    fate: Fate
    record: Mapping[str, str]
    """What the manifest is to say: the sha256 that each file has as filed, by name."""
    write: Mapping[str, bytes]
    drop: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """New versions that lie beside it: this run's, and those that an editor has worked in."""


@dataclass(frozen=True)
class Plan:
    """What is to lie in a draft's folder."""

    new: Mapping[str, bytes]
    """The draft's files, as they would be without any editor."""
    files: Mapping[str, SettledFile]
    there: Files
    dropped: tuple[str, ...] = ()
    """Files that were filed, and are no part of a draft any more."""
    left_deleted: Mapping[str, str] | None = None
    """What the manifest had of a draft that an editor has deleted."""
    under: Mapping[str, str] = field(default_factory=dict)
    """The sha256 of each file that says where the draft stands as it is without, by its own."""
    retold: frozenset[str] = frozenset()
    """Files of which nothing changes but that."""

    @property
    def write(self) -> dict[str, bytes]:
        """What has to lie there, whether it does already or not."""
        return {n: data for each in self.files.values() for n, data in each.write.items()}

    @property
    def drop(self) -> tuple[str, ...]:
        """What has to go."""
        return (*(name for each in self.files.values() for name in each.drop), *self.dropped)

    @property
    def moves(self) -> dict[str, bytes | None]:
        """What has to change on the disk: what each file becomes, None for one that goes."""
        written = {n: data for n, data in self.write.items() if self.there.get(n) != data}
        return {**written, **dict.fromkeys(self.drop)}

    @property
    def filed(self) -> dict[str, str]:
        """Return the sha256 of each file as filed, for the manifest."""
        if self.left_deleted is not None:
            return dict(self.left_deleted)
        record = {n: sha for each in self.files.values() for n, sha in each.record.items()}
        return dict(sorted(record.items()))

    @property
    def deleted(self) -> tuple[str, ...]:
        """Articles that an editor had deleted, and that stay so."""
        if self.left_deleted is not None:
            return tuple(sorted(filter(is_article, self.left_deleted)))
        return self.named(Fate.DELETED)

    def named(self, *fates: Fate) -> tuple[str, ...]:
        """Return the files with one of these fates."""
        return tuple(sorted(each.name for each in self.files.values() if each.fate in fates))

    def text(self, name: str) -> bytes | None:
        """Return what a file will hold; None where there is none, or it is no file."""
        return self.write.get(name, self.there.get(name))

    @property
    def edited(self) -> tuple[str, ...]:
        """Files that an editor has changed."""
        beside = self.named(Fate.BESIDE)
        changed = [n for n in beside if _hash(self.text(n)) != self.files[n].record.get(n)]
        return tuple(sorted([*self.named(Fate.EDITED, Fate.MERGED), *changed]))

    @property
    def editors(self) -> dict[str, bytes | None]:
        """The copy that will not be as the draft has it: what will lie there."""
        left = self.named(Fate.EDITED, Fate.MERGED, Fate.BESIDE)
        return {n: self.text(n) for n in left if is_copy(n)}

    @property
    def beside(self) -> tuple[str, ...]:
        """New versions that lie beside an editor's files."""
        return tuple(sorted(name for each in self.files.values() for name in each.beside))

    @property
    def action(self) -> Action:
        """What it comes to for the draft as a whole."""
        fates = {each.fate for each in self.files.values()}
        if self.left_deleted is not None:
            return Action.DELETED
        if not self.there:
            return Action.NEW
        if Fate.BESIDE in fates:
            return Action.BESIDE
        if Fate.MERGED in fates:
            return Action.MERGED
        return Action.UPDATED if self.moves else Action.UNCHANGED


def plan(
    there: Files,
    new: Mapping[str, bytes],
    filed: Mapping[str, str],
    recall: Recall,
    *,
    approved: Collection[str] = (),
    restore: bool = False,
    kept: Mapping[str, bytes] | None = None,
) -> Plan:
    """Decide for a folder; `filed` has the sha256 of each file as an earlier run filed it.

    A draft of which no article is left was deleted, and stays so unless it is to be
    restored.
    """
    articles = [name for name in filed if is_article(name)]
    if articles and not restore and not any(name in there for name in articles):
        return Plan({}, {}, there, left_deleted=filed)
    files = {
        name: settle(
            name,
            data,
            there,
            filed,
            recall,
            approved=name in approved,
            restore=restore,
            kept=(kept or {}).get(name),
        )
        for name, data in new.items()
    }
    settled = {other for each in files.values() for other in (*each.record, *each.drop)}
    dropped = [
        name
        for name, sha in filed.items()
        if name not in settled
        and not _is_beside_any(name, new)
        and name not in approved
        and _hash(there.get(name)) == sha
    ]
    dropped += [n for n in ITEM_FILES if n not in {*new, *dropped} and there.get(n) is not None]
    return Plan(new, files, there, tuple(dropped))


def settle(
    name: str,
    new: bytes,
    there: Files,
    filed: Mapping[str, str],
    recall: Recall,
    *,
    approved: bool = False,
    restore: bool = False,
    kept: bytes | None = None,
) -> SettledFile:
    """Decide for one file.

    Ours is a file that is as it was filed, or as it now would be, and whatever feeds have
    for an item; any other is the editor's. Theirs stays; where the draft has changed as
    well, its changes are merged in if they do not meet the editor's, and else the new
    version lies beside. So it does beside whatever was approved. A file of copy that was
    deleted stays deleted; if it is to be restored, it is what was approved (`kept`) that
    comes back, where anything was.
    """
    if restore and kept is not None and name not in there:
        again = settle(name, new, {**there, name: kept}, filed, recall, approved=approved)
        return replace(again, write={name: kept, **again.write})
    base = filed.get(name)
    drop: tuple[str, ...] = ()
    worked_in: dict[str, str] = {}
    for other, sha in filed.items():
        if not is_beside(other, name):
            continue
        if other not in there:
            base = sha  # An editor has done with that version what there was to do.
        elif _hash(there[other]) == sha:
            drop = (other,)
        else:
            worked_in[other] = sha
    settled = _settle(name, new, there, base, drop, recall, approved=approved, restore=restore)
    return replace(
        settled,
        record={**worked_in, **settled.record},
        beside=tuple(dict.fromkeys([*worked_in, *settled.beside])),
    )


def _settle(
    name: str,
    new: bytes,
    there: Files,
    base: str | None,
    drop: tuple[str, ...],
    recall: Recall,
    *,
    approved: bool,
    restore: bool,
) -> SettledFile:
    """Decide for one file whose `base` is known, and which new version of a run goes (`drop`)."""
    hashed = sha256(new)
    ours = SettledFile(name, Fate.OURS, {name: hashed}, {name: new}, drop)

    if name not in there:
        if base is None or restore or not is_copy(name):
            return ours
        return SettledFile(name, Fate.DELETED, {name: base}, {}, drop)
    current = there[name]
    as_filed = base is not None and _hash(current) == base and not approved
    if current == new or as_filed or (name in ITEM_FILES and current is not None):
        return ours
    if base == hashed:
        return SettledFile(name, Fate.EDITED, {name: base}, {}, drop)
    text = recall(base) if base and not approved else None
    merged = merge(name, text, current, new) if text is not None and current is not None else None
    if merged is not None:
        return SettledFile(name, Fate.MERGED, {name: hashed}, {name: merged}, drop)
    beside = next(
        other
        for other in _names_beside(name)
        if other in drop or other not in there or there[other] == new
    )
    record = {beside: hashed} | ({name: base} if base else {})
    drop = tuple(other for other in drop if other != beside)
    return SettledFile(name, Fate.BESIDE, record, {beside: new}, drop, (beside,))


def look(folder: Path, names: set[str]) -> Files:
    """Look at what lies in a folder, and read the files of these names or beside them."""
    if not folder.exists():
        return {}
    return {
        path.name: path.read_bytes()
        if (path.name in names or is_new_version(path.name)) and _is_a_file(path)
        else None
        for path in sorted(folder.iterdir())
    }


def _hash(data: bytes | None) -> str | None:
    return None if data is None else sha256(data)


def _is_a_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_beside_any(other: str, names: Mapping[str, bytes]) -> bool:
    return any(is_beside(other, name) for name in names)


def _names_beside(name: str) -> Iterator[str]:
    """Yield `article.new.md`, then `article.new2.md` and on, in case an editor has taken one."""
    stem, _, suffix = name.rpartition(".")
    yield f"{stem}.new.{suffix}"
    for number in count(2):
        yield f"{stem}.new{number}.{suffix}"
