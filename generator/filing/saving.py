"""Save an editor's version of a copy that lies in the output, unless somebody was there before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, FilingError
from generator.filing import log, outputs, texts
from generator.filing.log import Entry, Event
from generator.filing.manifest import Row, count_problems
from generator.filing.names import is_copy, is_new_version, piece_of, sha256
from generator.filing.newer import NewVersion, find_newer
from generator.filing.origins import origin_of
from generator.filing.outputs import Output, Put
from generator.filing.placing import put_in_place
from generator.filing.standing import Decision, is_as_decided
from generator.filing.telling import without_head
from generator.model import Level, Problem, Standing, Status

ELSEWHERE = "another program"
"""Who saved what is found in a file's place, and is in no line of the log."""


class SavedMeanwhileError(FilingError):
    """Somebody else has saved the file since the editor opened it; `theirs` is what it has now."""

    def __init__(self, fault: Fault, theirs: bytes | None) -> None:
        super().__init__(fault)
        self.theirs = theirs


@dataclass(frozen=True)
class Saving:
    """What an editor wants to save: a file of a draft, and the text that they began from."""

    folder: str
    name: str
    data: bytes
    began_from: str
    """The sha256 of the file as they had it before them; "" where there was none."""
    who: str
    takes_over: str = ""
    """The sha256 of the new version beside it that they had before them, and have done with."""
    headline: str = ""
    """Of an article."""
    problems: Sequence[Problem] = ()
    """What is wrong with the draft as it will be then."""


def save(output: Path, saving: Saving, desk: Desk) -> Entry:
    """Put a version in the file's place, keep it, and log who saved it.

    What it takes the place of is kept too, though it was saved in another program. A new
    version that it takes over goes.

    Raises SavedMeanwhileError where the file is not what the editor began from: nothing is
    written then. Raises FilingError where it is no copy of a filed draft, where the new version
    is another, or the disk refuses.
    """
    with outputs.opened(output) as held:
        record = held.manifest
        filed = record.drafts.get(saving.folder) if record else None
        if record is None or filed is None or not _is_copy_of(filed, saving.name):
            raise FilingError(_no_copy(saving))
        path = output / saving.folder / saving.name
        if path.is_symlink():
            raise FilingError(_no_copy(saving))
        there = path.read_bytes() if path.is_file() else None
        # What newscopy says above the words of where the draft stands is no other version.
        beneath = None if there is None else without_head(saving.name, there, filed.says)
        if saving.began_from not in map(_sha, (there, beneath)):
            raise SavedMeanwhileError(_saved_meanwhile(path), there)
        newer = None
        if saving.takes_over:
            newer = find_newer(output, saving.folder, filed, saving.takes_over)
            if piece_of(newer.name) is not piece_of(saving.name):
                raise FilingError(_no_copy(saving))
        row = newer.taken_over(filed) if newer else filed
        found = dict(_found(beneath, newer, saving, filed, held))
        texts.keep(held.database, [*found.values(), saving.data], whole=True)

        at = log.now()

        def line(name: str, data: bytes, who: str) -> Entry:
            release = origin_of(name, data, row, record.releases)
            return Entry(at, who, Event.SAVED, saving.folder, release, {name: sha256(data)})

        entry = line(saving.name, saving.data, saving.who)
        decision = held.decisions.get(saving.folder)
        if decision is not None:
            decision = _after(decision, saving, output)
        puts = [Put(f"{saving.folder}/{saving.name}", there, saving.data)]
        puts += newer.puts(filed) if newer else []
        others = [line(name, data, ELSEWHERE) for name, data in found.items()]
        put_in_place(held, record, desk, entry, _with(row, saving), decision, puts, others)
    return entry


def _sha(data: bytes | None) -> str:
    return "" if data is None else sha256(data)


def _is_copy_of(row: Row, name: str) -> bool:
    return name in row.files and is_copy(name) and not is_new_version(name)


def _found(
    there: bytes | None, newer: NewVersion | None, saving: Saving, row: Row, held: Output
) -> Iterator[tuple[str, bytes]]:
    """Yield what goes, and is not kept: neither as filed, nor decided on, saved or set aside."""
    kept = log.editors_texts(held.database)
    goes = {saving.name: there, newer.name: newer.data} if newer else {saving.name: there}
    for name, data in goes.items():
        if data is not None and sha256(data) not in {*kept, row.rendered.get(name)}:
            yield name, data


def _after(decision: Decision, saving: Saving, output: Path) -> Decision:
    """Return where a decided draft stands once the version is in place."""
    if not decision.standing.is_approval:
        return decision
    folder = output / saving.folder
    same = all(
        is_as_decided(
            name, saving.data if name == saving.name else (folder / name).read_bytes(), sha
        )
        for name, sha in decision.texts.items()
        if name == saving.name or (folder / name).is_file()
    )
    return replace(decision, standing=Standing.APPROVED if same else Standing.CHANGED)


def _with(row: Row, saving: Saving) -> Row:
    """Bring the index's row up to what the editor has made of the draft."""
    is_filed = row.rendered[saving.name] == sha256(saving.data)
    files = {**row.files, saving.name: row.rendered[saving.name]}
    edited = {name for name in row.edited if name != saving.name}
    held = any(problem.level is Level.HOLD for problem in saving.problems)
    fits = Status.READY if row.status is Status.HELD else row.status
    return row.model_copy(
        update={
            "files": files,
            "edited": tuple(sorted(edited if is_filed else {*edited, saving.name})),
            "headline": saving.headline or row.headline,
            "status": Status.HELD if held else fits,
            "problems": count_problems(saving.problems),
        }
    )


def _no_copy(saving: Saving) -> Fault:
    return Fault(
        "There is no such copy among what was filed: nothing was saved.",
        "Open the draft again from the list; newscopy run files what is missing.",
        file=f"{saving.folder}/{saving.name}",
    )


def _saved_meanwhile(path: Path) -> Fault:
    return Fault(
        "Somebody has saved this since you opened it: nothing of theirs was written over, and "
        "nothing of yours is lost.",
        "Look at both, and save what is to stand.",
        file=str(path),
    )
