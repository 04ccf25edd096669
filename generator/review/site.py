"""One title's copy: the drafts that lie in its output folder, and what is known of them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, RequestError
from generator.filing import (
    LEDGER,
    MANIFEST,
    Counts,
    Decision,
    Manifest,
    ReleaseRecord,
    count_problems,
    look_up_decisions,
    read_manifest,
)
from generator.model import Status
from generator.review.drafts import Filed, NotThereError
from generator.review.hashes import Hashes
from generator.review.knowledge import Knowledge, Known
from generator.review.listing import Listed, address

LOOKED_AT = 2_000
"""Drafts of which the list tells what an editor has just changed; of more, what a run has seen."""


_Judged = tuple[str, ReleaseRecord | None]
"""Which words were judged (see `Filed.seen`), and by which release."""


@dataclass(frozen=True)
class Site:
    """One output folder, and what is known of its drafts."""

    output: Path
    desk: Desk
    home: Path
    knowledge: Knowledge
    edition: str = ""
    """The edition's id, where its copy lies in a folder below the desk's."""
    hashes: Hashes = field(default_factory=Hashes)
    changing: threading.RLock = field(default_factory=threading.RLock)
    """Whoever changes something here waits for the others, however many they are.

    What they do in several steps, each of which asks for it, is one change.
    """
    _read: dict[tuple[int, int, int], Manifest] = field(default_factory=dict)
    """The manifest as it was read last, by what its file looked like."""
    _judged: dict[str, tuple[_Judged, Counts]] = field(default_factory=dict)
    """What was found in the edited drafts, by folder."""

    def look(self) -> tuple[Manifest, dict[str, Decision]]:
        """Return what lies in the output now. Raises RequestError where nothing can be told."""
        try:
            record, decisions = self._manifest(), look_up_decisions(self.output)
        except (ValueError, OSError) as error:
            raise RequestError(_damaged(self.output, str(error))) from error
        if record is None:
            raise RequestError(_nothing(self.output))
        return record, decisions

    def _manifest(self) -> Manifest | None:
        """Read the manifest, anew only where its file looks changed: every page asks for it."""
        try:
            found = (self.output / MANIFEST).stat()
        except FileNotFoundError:
            return None
        looks = (found.st_size, found.st_mtime_ns, found.st_ino)
        record = self._read.get(looks)
        if record is None:
            record = read_manifest(self.output)
            self._read.clear()
            if record is not None:
                self._read[looks] = record
        return record

    def draft(self, folder: str) -> Filed:
        """Return a draft as it lies there now.

        Raises NotThereError where there is none, RequestError where nothing can be told.
        """
        record, decisions = self.look()
        if folder not in record.drafts:
            raise NotThereError(_no_draft(folder))
        found = Filed(self, folder, record, record.drafts[folder], decisions.get(folder))
        if not found.is_in_place:
            raise NotThereError(_no_draft(folder))
        return found

    def draft_at(self, folder: str) -> str:
        """Return the address of a draft on the page, whether it is there or not."""
        return address(self.edition, folder)

    def drafts(self) -> list[Filed]:
        """Return every draft that lies there now."""
        record, decisions = self.look()
        return [
            Filed(self, folder, record, row, decisions.get(folder))
            for folder, row in record.drafts.items()
            if not row.is_deleted
        ]

    def listed(self) -> list[Listed]:
        """Return every draft that is there, for the list."""
        drafts = self.drafts()
        if len(drafts) > LOOKED_AT:
            return [self.list_one(each, is_looked_at=False) for each in drafts]
        return [self.list_one(each) for each in drafts if each.path.is_dir()]

    def list_one(self, draft: Filed, *, is_looked_at: bool = True) -> Listed:
        """Return a draft for the list, with what is wrong with what an editor has made of it."""
        row = draft.row
        edited, found, status = row.edited, row.problems, row.status
        if is_looked_at:
            edited, was_edited = draft.edited, edited
            found = self._found(draft) if edited or was_edited else found
        if status is not Status.EXCLUDED:
            status = Status.HELD if found.hold else Status.READY
        return Listed(
            edition=self.edition,
            folder=draft.folder,
            title=self.desk.file.name,
            row=row,
            decision=draft.decision,
            status=status,
            problems=found,
            is_edited=bool(edited),
            is_conflicting=bool(draft.newer if is_looked_at else row.beside),
        )

    def _found(self, draft: Filed) -> Counts:
        """Count what is wrong with a draft as it lies there, if that can be told at once."""
        judged: _Judged = (draft.seen, draft.record.releases.get(draft.row.release))
        before = self._judged.get(draft.folder)
        if before is not None and before[0] == judged:
            return before[1]
        known = draft.known(patience=0)
        if not isinstance(known, Known):
            return draft.row.problems
        found = count_problems(each for _, some in draft.judged(known) for each in some)
        self._judged[draft.folder] = (judged, found)
        return found

    def prepare(self) -> None:
        """Read what the drafts were made from, before anybody asks for it."""
        record, _ = self.look()
        self.knowledge.prepare(record)

    def branches(self) -> dict[str, frozenset[str]]:
        """Return the branches that each draft's templates took, by its address."""
        return {each.at: each.ledger.branches for each in self.drafts() if LEDGER in each.row.files}


def _damaged(output: Path, why: str) -> Fault:
    return Fault(
        f"{why}: nobody can tell what the drafts were made from.",
        "Have newscopy run file them again: what editors have changed stays.",
        file=str(output),
    )


def _nothing(output: Path) -> Fault:
    return Fault(
        "Nothing is filed here.",
        "Have newscopy run file drafts here, then try again.",
        file=str(output),
    )


def _no_draft(folder: str) -> Fault:
    return Fault(
        "There is no such draft.", "Go back to the list: it may have been deleted.", file=folder
    )
