"""What the pages show and do, whatever protocol they are asked for by."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, RequestError
from generator.filed.approval import approve, spike
from generator.filing import (
    HELD,
    Banner,
    CopyError,
    Decision,
    Entry,
    Manifest,
    Row,
    Saving,
    SeriesTable,
    Trails,
    copy_from,
    in_words,
    is_article,
    merge,
    read_copy,
    read_log,
    recall_text,
    release_banners,
    save,
    series_table,
    sha256,
)
from generator.model import Copy, Level, Release
from generator.pipeline import PLAIN, Means
from generator.review.changes import Change, changes
from generator.review.knowledge import Knowledge, Known
from generator.review.listing import look
from generator.review.marking import Marked, mark
from generator.review.triage import fewest
from generator.review.typed import as_copy, as_markdown, as_typed
from generator.review.versions import Version, versions_of

ARTICLE = "article.md"
"""The file that an editor's version is saved as."""
CHART = "chart.svg"
LEDGER = "ledger.json"


@dataclass(frozen=True)
class Opened:
    """A draft as an editor opens it."""

    folder: str
    row: Row
    decision: Decision | None
    name: str
    """The file whose words are shown: the editor's own, where there is one."""
    copy: Copy
    text: str
    """The words under the headline, to be typed in."""
    began_from: str
    """The sha256 of article.md now, "" where there is none."""
    marked: Marked | None
    unknown: str
    """Why the figures behind the words are not known, "" where they are."""
    series: SeriesTable | None
    since_filed: tuple[Change, ...]
    since_approved: tuple[Change, ...]
    """Sentences that are otherwise than as a run filed them, and than as they were approved."""
    versions: tuple[Version, ...]
    log: tuple[Entry, ...]

    @property
    def chart(self) -> str:
        """The file of its chart, "" where there is none."""
        return CHART if CHART in self.row.files else ""


class NotThereError(RequestError):
    """There is no such draft, or no such file of one."""


@dataclass(frozen=True)
class Site:
    """One output folder, and what is known of its drafts."""

    output: Path
    desk: Desk
    home: Path
    knowledge: Knowledge
    means: Means = PLAIN

    def look(self) -> tuple[Manifest, dict[str, Decision]]:
        """Return what lies in the output now. Raises RequestError where nothing can be told."""
        try:
            record, decisions = look(self.output)
        except ValueError as error:
            raise RequestError(_damaged(self.output, str(error))) from error
        if record is None:
            raise RequestError(_nothing(self.output))
        return record, decisions

    def open(self, folder: str, version: str = "") -> Opened:
        """Return a draft as it lies there, or with the words of an earlier version.

        Raises NotThereError where there is no such draft or version.
        """
        record, decisions = self.look()
        row = self._row(record, folder)
        decision = decisions.get(folder)
        article = self.output / folder / ARTICLE
        began_from = sha256(article.read_bytes()) if article.is_file() else ""
        log = tuple(read_log(self.output, folder))
        versions = versions_of(ARTICLE, log, began_from)
        name = ARTICLE if version else row.leading
        if version:
            copy = self._version(folder, version, versions)
        else:
            copy = read_copy(self.output / folder / name, name)
        known = self.knowledge.of(folder, record)
        return Opened(
            folder=folder,
            row=row,
            decision=decision,
            name=name,
            copy=copy,
            text=as_typed(copy),
            began_from=began_from,
            marked=None if isinstance(known, str) else self._mark(copy, known),
            unknown=known if isinstance(known, str) else "",
            series=None if isinstance(known, str) else series_table(known.facts),
            since_filed=self._since(name, row.files.get(name, ""), copy),
            since_approved=self._since_approved(decision, copy),
            versions=versions,
            log=log,
        )

    def triage(self, record: Manifest) -> tuple[str, ...]:
        """Return the fewest drafts that between them show every branch of what lies here."""
        shown = {
            folder: self._branches(folder)
            for folder, row in record.drafts.items()
            if LEDGER in row.files and not row.is_deleted
        }
        return fewest(shown, {folder: row.score for folder, row in record.drafts.items()})

    def read_typed(self, folder: str, headline: str, text: str) -> tuple[Copy, Marked | None]:
        """Return what was typed as copy, and what the second reader makes of it."""
        record, _ = self.look()
        row = self._row(record, folder)
        before = read_copy(self.output / folder / row.leading, row.leading)
        copy = as_copy(headline, text, before)
        known = self.knowledge.of(folder, record)
        return copy, None if isinstance(known, str) else self._mark(copy, known)

    def save(self, folder: str, headline: str, text: str, began_from: str, who: str) -> Entry:
        """Save what was typed as a version of article.md.

        Raises SavedMeanwhileError where somebody has saved it since, FilingError where it
        cannot be written.
        """
        copy, marked, data = self._typed(folder, headline, text)
        problems = marked.problems if marked else ()
        saving = Saving(folder, ARTICLE, data, began_from, who, copy.headline, problems)
        return save(self.output, saving, self.desk)

    def merge(
        self, folder: str, headline: str, text: str, began_from: str, theirs: bytes
    ) -> Copy | None:
        """Return what was typed and what somebody else has saved in one; None if not certain."""
        base = recall_text(self.output, began_from) if began_from else None
        if base is None:
            return None
        _, _, mine = self._typed(folder, headline, text)
        merged = merge(ARTICLE, base, mine, theirs)
        return copy_from(merged, ARTICLE) if merged is not None else None

    def _typed(self, folder: str, headline: str, text: str) -> tuple[Copy, Marked | None, bytes]:
        """Return what was typed as copy, what the second reader makes of it, and as a file."""
        record, _ = self.look()
        copy, marked = self.read_typed(folder, headline, text)
        release = record.releases[record.drafts[folder].release_of(ARTICLE)].as_release()
        return copy, marked, as_markdown(copy, _banners(release, marked))

    def decide(self, folder: str, what: str, who: str, reason: str) -> Entry:
        """Approve or spike a draft, by the rules of the commands.

        Raises RequestError where these refuse, with all that is wrong.
        """
        record, _ = self.look()
        row = self._row(record, folder)
        path = self.output / folder
        if what == "spike":
            return spike(path, who, self.desk, reason=reason)
        alone = path / row.leading if row.edited else path
        return approve(alone, who, self.desk, self.home, override=reason, means=self.means)

    def file(self, folder: str, name: str) -> Path:
        """Return a file of a draft that was filed, and no other path of this machine."""
        record, _ = self.look()
        row = self._row(record, folder)
        path = self.output / folder / name
        if name not in {*row.files, *row.beside} or path.is_symlink() or not path.is_file():
            raise NotThereError(_no_file(f"{folder}/{name}"))
        return path

    def _row(self, record: Manifest, folder: str) -> Row:
        row = record.drafts.get(folder)
        if row is None or not (self.output / folder).is_dir():
            raise NotThereError(_no_draft(folder))
        return row

    def _version(self, folder: str, sha: str, versions: Sequence[Version]) -> Copy:
        """Return a version that the draft's own log knows."""
        known = any(version.sha256 == sha for version in versions)
        data = recall_text(self.output, sha) if known else None
        if data is None:
            raise NotThereError(_no_version(folder))
        return copy_from(data, ARTICLE)

    def _since(self, name: str, sha: str, now: Copy) -> tuple[Change, ...]:
        """Return what is otherwise than in the text of this name and sha256, if that is kept."""
        before = recall_text(self.output, sha) if sha else None
        if before is None:
            return ()
        try:
            return changes(copy_from(before, name), now)
        except CopyError:
            return ()

    def _since_approved(self, decision: Decision | None, now: Copy) -> tuple[Change, ...]:
        if decision is None:
            return ()
        name = next(filter(is_article, decision.approved), "")
        return self._since(name, decision.texts.get(name, ""), now)

    def _branches(self, folder: str) -> frozenset[str]:
        """Return the branches that a draft's ledger names; none where it cannot be read."""
        try:
            said = json.loads((self.output / folder / LEDGER).read_bytes())
            return frozenset(map(str, said["branches"]))
        except (OSError, ValueError, KeyError, TypeError):
            return frozenset()

    def _mark(self, copy: Copy, known: Known) -> Marked:
        return mark(copy, known, Trails(known.checker.release, self.desk))


def _banners(release: Release, marked: Marked | None) -> tuple[Banner, ...]:
    """Return the warnings that the saved copy has to carry."""
    found = list(release_banners(release))
    holds = [each for each in (marked.problems if marked else ()) if each.level is Level.HOLD]
    if holds:
        held = Banner("held", HELD, tuple(map(in_words, holds)))
        found.insert(1 if release.sample else 0, held)
    return tuple(found)


def _damaged(output: Path, why: str) -> Fault:
    return Fault(
        f"{why}: nobody can tell what the drafts were made from.",
        "Have newscopy run file them again: what editors have changed stays.",
        file=str(output),
    )


def _nothing(output: Path) -> Fault:
    return Fault(
        "Nothing is filed here.",
        "Have newscopy run file drafts, then load the page again.",
        file=str(output),
    )


def _no_draft(folder: str) -> Fault:
    return Fault(
        "There is no such draft.", "Go back to the list: it may have been deleted.", file=folder
    )


def _no_version(folder: str) -> Fault:
    return Fault(
        "This version is not kept, or is none of this draft.",
        "Choose one from the draft's list.",
        file=folder,
    )


def _no_file(name: str) -> Fault:
    return Fault("There is no such file among what was filed.", "Go back to the draft.", file=name)
