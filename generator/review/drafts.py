"""A draft as it lies in its folder: its files, what editors made of them, and what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.desk import PieceKind
from generator.errors import Fault, RequestError
from generator.filed.checkup import judge_copy
from generator.filing import (
    LEDGER,
    NOTES,
    Banner,
    CopyError,
    Decision,
    Manifest,
    Row,
    Trails,
    banners_with,
    in_place_of,
    is_article,
    is_new_version,
    origin_of,
    piece_of,
    read_copy,
    sha256,
    without_head,
)
from generator.model import Copy, Level, Problem, Release
from generator.review.knowledge import FOREVER, Known, Unknown
from generator.review.ledgers import Ledger, carry_over, read_ledger
from generator.review.listing import address
from generator.review.marking import Marked, mark
from generator.review.since import Earlier

if TYPE_CHECKING:
    from generator.review.site import Site

ARTICLE = "article.md"
"""The file that an editor's version of an article is saved as."""
_TITLES = {
    None: "Article",
    PieceKind.BRIEF: "In brief",
    PieceKind.RADIO: "Radio",
    PieceKind.SOCIAL: "Post",
}


class NotThereError(RequestError):
    """There is no such title, no such draft of it, or no such file of that."""


@dataclass(frozen=True)
class Filed:
    """A draft as it lies in its folder; which texts editors have changed is looked at once."""

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
        return address(self.site.edition, self.folder)

    @property
    def is_in_place(self) -> bool:
        """True where its folder is there, and is no link to another place."""
        place = self.site.output.resolve() / self.folder
        return self.path.is_dir() and self.path.resolve() == place

    @property
    def ledger(self) -> Ledger:
        """What stands behind its words as they were filed."""
        return read_ledger(self.path / LEDGER, self.row.files.get(LEDGER))

    @cached_property
    def edited(self) -> tuple[str, ...]:
        """The articles and pieces of it that are not as they were filed, whatever changed them."""
        found = []
        for name, filed in self.row.files.items():
            if (is_article(name) or piece_of(name)) and not is_new_version(name):
                sha = self._sha(name)
                found += [name] if sha and sha != filed else []
        return tuple(sorted(found))

    @property
    def is_changed(self) -> bool:
        """True where editors have changed its article, in whatever form."""
        return any(map(is_article, self.edited))

    @cached_property
    def leading(self) -> str:
        """The article whose words are the draft's: of those that editors changed the last."""
        changed = list(filter(is_article, self.edited))
        there = [name for name in {ARTICLE, *changed} if self._sha(name)]
        if not changed or not there:
            return ARTICLE
        return max(there, key=lambda name: ((self.path / name).stat().st_mtime_ns, name))

    @property
    def besides(self) -> tuple[str, ...]:
        """The articles that editors have changed, but for the one that leads."""
        return tuple(name for name in self.edited if is_article(name) and name != self.leading)

    @property
    def newer(self) -> Mapping[str, str]:
        """The new versions that lie beside what editors have changed, by name: their sha256."""
        there = {name: self._sha(name) for name in self.row.beside}
        return {name: sha for name, sha in there.items() if sha}

    @property
    def pieces(self) -> tuple[str, ...]:
        """The files of its pieces that are there."""
        filed = (kind.file for kind in PieceKind if kind.file in self.row.files)
        return tuple(filter(self._sha, filed))

    @property
    def texts(self) -> tuple[str, ...]:
        """The files of it that can be opened; the article that leads may be gone."""
        return (self.leading, *self.besides, *self.pieces)

    @property
    def seen(self) -> str:
        """What whoever has it before them has seen: a hash of its texts, and of the decision.

        And of the new versions beside them.
        """
        said = hashlib.sha256(str(self.decision.number if self.decision else 0).encode())
        for name in self.texts:
            said.update(f"\n{name} {self._sha(name)}".encode())
        for name, sha in self.newer.items():
            said.update(f"\n{name} {sha}".encode())
        return said.hexdigest()

    @property
    def files(self) -> Mapping[str, Path]:
        """The files of it that were filed and are there, by name."""
        paths = {name: self.path / name for name in (*self.row.files, *self.row.beside)}
        return {n: path for n, path in paths.items() if path.is_file() and not path.is_symlink()}

    @property
    def current(self) -> Mapping[str, Path]:
        """Its files, without new versions.

        And of a changed article without the other forms, and the notes, which are on the words
        as they were filed.
        """
        changed, leading = self.is_changed, self.leading
        return {
            name: path
            for name, path in self.files.items()
            if not is_new_version(name)
            and not (changed and name != leading and (is_article(name) or name == NOTES))
        }

    def file(self, name: str) -> Path:
        """Return a file of it, and no other path of this machine. Raises NotThereError."""
        if name not in self.files:
            raise NotThereError(no_file(f"{self.folder}/{name}"))
        return self.files[name]

    def read(self, name: str) -> Copy:
        """Return a text as it lies there. Raises CopyError where it cannot be read."""
        if (self.path / name).is_symlink():
            raise CopyError(_link(f"{self.folder}/{name}"))
        return read_copy(self.path / name, name)

    def read_or_recall(self, name: str) -> tuple[Copy, str]:
        """Return a text, and why it is the filed one: "" where it is as it lies there.

        Raises CopyError where the filed one is not kept either.
        """
        try:
            return self.read(name), ""
        except CopyError as error:
            filed = self._filed(saved_as(name))
            if filed is None:
                raise
            path = self.path / name
            gone = not path.exists() and not path.is_symlink()
            why = f"{name} is not there any more." if gone else error.faults[0].what
            return filed, why

    def origin(self, name: str) -> Release:
        """Return the release that a text was made from, which may be an earlier one.

        Raises RequestError where the manifest does not know it.
        """
        data = None
        if self._sha(name):
            with suppress(OSError):
                data = (self.path / name).read_bytes()
        known = self.record.releases.get(origin_of(name, data, self.row, self.record.releases))
        if known is None:
            raise RequestError(_unknown_release(self.folder))
        return known.as_release()

    def known(self, patience: float = FOREVER) -> Known | Unknown:
        """Return what is known of it; see `Knowledge.of`."""
        return self.site.knowledge.of(self.folder, self.record, patience)

    def problems(self, name: str, copy: Copy, known: Known | Unknown) -> tuple[Problem, ...]:
        """Return what is wrong with a text of it: that nobody can read it, if nothing is known."""
        if isinstance(known, Unknown):
            return (_unread(known.why),)
        proof = known.proof(copy)
        return judge_copy(copy, known.facts, known.checker, self.origin(name), proof)

    def judged(
        self, known: Known | Unknown, but: str = ""
    ) -> Iterator[tuple[str, tuple[Problem, ...]]]:
        """Yield what is wrong with its article and its pieces as they lie there, by name.

        Of one (`but`) it is not asked.
        """
        for each in (self.leading, *self.pieces):
            if each == but or (is_article(each) and is_article(but)):
                continue
            try:
                yield each, self.problems(each, self.read(each), known)
            except CopyError as error:
                yield each, tuple(_unread(f"{one.what} {one.mend}") for one in error.faults)

    def banners(self, name: str, problems: Sequence[Problem]) -> tuple[Banner, ...]:
        """Return the warnings that a text of it has to carry, with these problems."""
        return banners_with(problems, self.origin(name))

    def words_sha(self, name: str) -> str:
        """Return the sha256 of a text by which its versions are known; "" where there is none.

        What newscopy says above its words of where the draft stands is no part of it.
        """
        sha = self._sha(name)
        if not sha or not self.row.says:
            return sha
        with suppress(OSError):
            sha = sha256(without_head(name, (self.path / name).read_bytes(), self.row.says))
        return sha

    def _sha(self, name: str) -> str:
        return self.site.hashes.of(self.path / name)

    def mark(self, name: str, copy: Copy, known: Known | Unknown) -> Marked | None:
        """Mark a text: figures as they are read, claims as the ledger has what was filed."""
        if isinstance(known, Unknown):
            return None
        filed = self._filed(name if name in self.row.beside else saved_as(name))
        carried = carry_over(self.ledger.of(copy), filed, copy) if filed else ()
        proof = known.proof(copy)
        problems = judge_copy(copy, known.facts, known.checker, self.origin(name), proof)
        trails = Trails(known.checker.release, self.site.desk)
        return mark(proof, problems, copy, known.facts, trails, carried)

    def _filed(self, name: str) -> Copy | None:
        """Return a text as a run filed it."""
        return Earlier(self.site.output).copy(name, self.row.rendered.get(name, ""))


def title_of(name: str) -> str:
    """Return what a text is called on the page: "In brief"."""
    return _TITLES[piece_of(name)]


def saved_as(name: str) -> str:
    """Return the file that a version of a text, or of a new one beside it, is saved as."""
    return ARTICLE if is_article(name) else in_place_of(name)


def _unknown_release(folder: str) -> Fault:
    return Fault(
        "The manifest does not know which release this draft was made from.",
        "Have newscopy run file it again: what editors have changed stays.",
        file=folder,
    )


def _link(name: str) -> Fault:
    return Fault(
        "This is a link to another file, which is not followed.",
        "Put a file in its place.",
        file=name,
    )


def _unread(why: str) -> Problem:
    return Problem(
        Level.HOLD,
        "",
        f"Nobody could read the words again. {why}",
        "Mend that, then save it again; or run newscopy check.",
    )


def no_file(name: str) -> Fault:
    """Return the fault of asking for a file that is none of a draft's."""
    return Fault("There is no such file among what was filed.", "Go back to the draft.", file=name)
