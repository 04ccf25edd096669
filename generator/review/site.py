"""One title's copy: what lies in its output folder, read by what is known of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.desk import Desk, PieceKind
from generator.errors import Fault, RequestError
from generator.filing import (
    HELD,
    Banner,
    CopyError,
    Decision,
    Manifest,
    Row,
    Trails,
    in_words,
    is_article,
    read_copy,
    release_banners,
)
from generator.model import Copy, Level, Problem
from generator.pipeline import PLAIN, Means
from generator.review.knowledge import Knowledge, Known, Unknown
from generator.review.ledgers import Ledger, carry_over, read_ledger
from generator.review.listing import Listed, address, look
from generator.review.marking import Marked, mark
from generator.review.since import Earlier

ARTICLE = "article.md"
"""The file that an editor's version of an article is saved as."""
LEDGER = "ledger.json"


class NotThereError(RequestError):
    """There is no such title, no such draft of it, or no such file of that."""


@dataclass(frozen=True)
class Site:
    """One output folder, and what is known of its drafts."""

    output: Path
    desk: Desk
    home: Path
    knowledge: Knowledge
    edition: str = ""
    """The edition's id, where its copy lies in a folder below the desk's."""
    means: Means = PLAIN
    changing: threading.Lock = field(default_factory=threading.Lock)
    """Whoever changes something here waits for the others, however many they are."""

    def look(self) -> tuple[Manifest, dict[str, Decision]]:
        """Return what lies in the output now. Raises RequestError where nothing can be told."""
        try:
            record, decisions = look(self.output)
        except ValueError as error:
            raise RequestError(_damaged(self.output, str(error))) from error
        if record is None:
            raise RequestError(_nothing(self.output))
        return record, decisions

    def draft(self, folder: str) -> Filed:
        """Return a draft as it lies there now.

        Raises NotThereError where there is none, RequestError where nothing can be told.
        """
        record, decisions = self.look()
        row = record.drafts.get(folder)
        if row is None or not (self.output / folder).is_dir():
            raise NotThereError(_no_draft(folder))
        return Filed(self, folder, record, row, decisions.get(folder))

    def listed(self) -> list[Listed]:
        """Return every draft that is there, for the list."""
        record, decisions = self.look()
        return [
            Listed(self.edition, folder, self.desk.file.name, row, decisions.get(folder))
            for folder, row in record.drafts.items()
            if not row.is_deleted
        ]

    def prepare(self) -> None:
        """Read what the drafts were made from, before anybody asks for it."""
        record, _ = self.look()
        self.knowledge.prepare(record)

    def branches(self) -> dict[str, frozenset[str]]:
        """Return the branches that each draft's templates took, by its address."""
        record, _ = self.look()
        return {
            self.at(folder): Filed(self, folder, record, row, None).ledger.branches
            for folder, row in record.drafts.items()
            if LEDGER in row.files and not row.is_deleted
        }

    def at(self, folder: str) -> str:
        """Return the address of a draft on the page."""
        return address(self.edition, folder)


@dataclass(frozen=True)
class Filed:
    """A draft as it lies in its folder."""

    site: Site
    folder: str
    record: Manifest
    row: Row
    decision: Decision | None

    @property
    def path(self) -> Path:
        """Its folder on the disk."""
        return self.site.output / self.folder

    @property
    def at(self) -> str:
        """Its address on the page."""
        return self.site.at(self.folder)

    @property
    def ledger(self) -> Ledger:
        """What stands behind its words as they were filed."""
        return read_ledger(self.path / LEDGER, self.row.files.get(LEDGER))

    @property
    def texts(self) -> tuple[str, ...]:
        """The files of it that can be opened: the article that leads, and the pieces."""
        pieces = [kind.file for kind in PieceKind if kind.file in self.row.files]
        return tuple(name for name in (self.row.leading, *pieces) if (self.path / name).is_file())

    @property
    def files(self) -> Mapping[str, Path]:
        """The files of it that were filed and are there, by name."""
        paths = {name: self.path / name for name in (*self.row.files, *self.row.beside)}
        return {n: path for n, path in paths.items() if path.is_file() and not path.is_symlink()}

    @property
    def to_take_away(self) -> Mapping[str, Path]:
        """Its files, without articles that do not have what an editor has changed in another."""
        changed = set(filter(is_article, self.row.edited))
        stale = {name for name in self.files if is_article(name) and name not in changed}
        return {n: path for n, path in self.files.items() if not changed or n not in stale}

    def file(self, name: str) -> Path:
        """Return a file of it, and no other path of this machine. Raises NotThereError."""
        if name not in self.files:
            raise NotThereError(no_file(f"{self.folder}/{name}"))
        return self.files[name]

    def read(self, name: str) -> Copy:
        """Return a text as it lies there. Raises CopyError where it cannot be read."""
        return read_copy(self.path / name, name)

    def known(self, *, wait: bool = True) -> Known | Unknown:
        """Return what is known of it; see `Knowledge.of`."""
        return self.site.knowledge.of(self.folder, self.record, wait=wait)

    def problems(self, copy: Copy, known: Known | Unknown) -> tuple[Problem, ...]:
        """Return what is wrong with a text of it: that nobody can read it, if nothing is known."""
        if isinstance(known, Unknown):
            return (_unread(known.why),)
        return tuple(known.checker.check_copy(copy, known.facts))

    def problems_beside(
        self, name: str, known: Known | Unknown
    ) -> Iterator[tuple[str, tuple[Problem, ...]]]:
        """Yield what is wrong with each of its texts but one, by name, as they lie there."""
        for each in self.texts:
            if each == name or (is_article(each) and is_article(name)):
                continue
            try:
                yield each, self.problems(self.read(each), known)
            except CopyError as error:
                yield each, tuple(_unread(f"{one.what} {one.mend}") for one in error.faults)

    def banners(self, name: str, problems: Sequence[Problem]) -> tuple[Banner, ...]:
        """Return the warnings that a text of it has to carry, with these problems."""
        release = self.record.releases[self.row.release_of(name)].as_release()
        found = list(release_banners(release))
        holds = [each for each in problems if each.level is Level.HOLD]
        if holds:
            held = Banner("held", HELD, tuple(map(in_words, holds)))
            found.insert(1 if release.sample else 0, held)
        return tuple(found)

    def mark(self, copy: Copy, known: Known | Unknown) -> Marked | None:
        """Mark a text: figures as they are read, claims as the ledger has what was filed."""
        if isinstance(known, Unknown):
            return None
        name = copy.piece.file if copy.piece else ARTICLE
        filed = Earlier(self.site.output).copy(name, self.row.files.get(name, ""))
        carried = carry_over(self.ledger.of(copy), filed, copy) if filed else ()
        return mark(copy, known, Trails(known.checker.release, self.site.desk), carried)


def saved_as(name: str) -> str:
    """Return the file that a version of a text is saved as."""
    return ARTICLE if is_article(name) else name


def _unread(why: str) -> Problem:
    return Problem(
        Level.HOLD,
        "",
        f"Nobody could read the words again. {why}",
        "Mend that, then save it again; or run newscopy check.",
    )


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


def no_file(name: str) -> Fault:
    """Return the fault of asking for a file that is none of a draft's."""
    return Fault("There is no such file among what was filed.", "Go back to the draft.", file=name)
