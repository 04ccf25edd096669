"""A draft as an editor opens it: one of its texts, and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from generator.errors import Fault
from generator.filing import (
    CopyError,
    Decision,
    Entry,
    Row,
    SeriesTable,
    copy_from,
    is_copy,
    put_above,
    read_log,
    recall_text,
    series_table,
)
from generator.model import Copy, Level, Problem
from generator.review.context import Beside, beside_nation
from generator.review.drafts import Filed, NotThereError, no_file, saved_as, title_of
from generator.review.knowledge import Known, Unknown
from generator.review.marking import Marked
from generator.review.newer import Newer, list_newer
from generator.review.since import Earlier, Since
from generator.review.typed import as_file, as_typed, words_hash
from generator.review.versions import Version, versions_of

CHART = "chart.svg"
PATIENCE = 2.0
"""Seconds that whoever only looks is kept waiting until a release is read."""
_PLAIN_TEXT = "article.txt"


@dataclass(frozen=True)
class Tab:
    """A text of the draft that can be opened, and how many problems hold it."""

    name: str
    title: str
    holds: int = 0


@dataclass(frozen=True)
class Opened:
    """A text of a draft."""

    folder: str
    at: str
    """The draft's address on the page."""
    title: str
    """The newspaper's, or the desk's."""
    row: Row
    decision: Decision | None
    states: tuple[str, ...]
    """The words for where it stands."""
    name: str
    """The file whose words are shown: of an article the editor's own, where there is one."""
    saved_as: str
    """The file that a version is saved as."""
    besides: tuple[str, ...]
    """Articles that editors have changed as well."""
    tabs: tuple[Tab, ...]
    copy: Copy
    amiss: str
    """Why it is the filed text that is shown; "" where it is what lies there."""
    text: str
    """The words under the headline, to be typed in."""
    as_it_runs: str
    """The words as plain text, with whatever has to be known before they are used."""
    seen: str
    """What is decided on from this page: see `Filed.seen`."""
    began_from: str
    """The sha256 of the file that a version is saved as, "" where there is none."""
    takes_over: str
    """Of a new version its sha256: what is saved from here takes its place; else ""."""
    as_opened: str
    """A hash of the words, "" where they lie nowhere as the draft's: see `Typed.as_opened`."""
    newer: tuple[Newer, ...]
    """What lies beside the texts."""
    is_held: bool
    """Something holds the draft, as it lies there."""
    files: tuple[str, ...]
    """The names of its files that have the words as they are now, or none."""
    is_changed: bool
    """An editor has changed the article."""
    marked: Marked | None
    unknown: Unknown | None
    """Why the figures behind the words are not known; None where they are."""
    beside: tuple[Beside, ...]
    series: SeriesTable | None
    since: tuple[Since, ...]
    versions: tuple[Version, ...]
    log: tuple[Entry, ...]

    @property
    def chart(self) -> str:
        """The file of its chart, "" where there is none."""
        return CHART if CHART in self.row.files else ""


def open_text(draft: Filed, name: str = "", version: str = "") -> Opened:
    """Open a text of a draft as it lies there, or as it was in an earlier version.

    It is the article, unless another file is named. One that is gone or cannot be read is
    shown as it was filed. Raises NotThereError where the draft has no such file or version,
    CopyError where it cannot be read and what was filed is not kept.
    """
    name = name or draft.leading
    if name not in (*draft.texts, *filter(is_copy, draft.newer)):
        raise NotThereError(no_file(f"{draft.folder}/{name}"))
    saved, amiss = saved_as(name), ""
    began_from = draft.words_sha(saved)
    log = tuple(read_log(draft.site.output, draft.folder))
    versions = versions_of(saved, log, began_from, draft.site.output)
    if name in draft.newer:
        copy = draft.read(name)
    elif version:
        name, copy = saved, _read_version(draft, saved, version, versions)
    else:
        copy, amiss = draft.read_or_recall(name)
    known = draft.known(PATIENCE)
    marked = draft.mark(name, copy, known)
    facts = known.facts if isinstance(known, Known) else None
    problems = marked.problems if marked else draft.problems(name, copy, known)
    listed = draft.site.list_one(draft)
    tabs = tuple(_tabs(draft, name, marked, known))
    text = as_typed(copy)
    lies_there = not (amiss or version or name in draft.newer)
    return Opened(
        folder=draft.folder,
        at=draft.at,
        title=draft.site.desk.file.name,
        row=draft.row,
        decision=draft.decision,
        states=listed.states,
        name=name,
        saved_as=saved,
        besides=draft.besides,
        tabs=tabs,
        copy=copy,
        amiss=amiss,
        text=text,
        as_it_runs=_as_it_runs(draft, name, copy, problems),
        seen=draft.seen,
        began_from=began_from,
        takes_over=draft.newer.get(name, ""),
        as_opened=words_hash(copy.headline, text) if lies_there else "",
        newer=list_newer(draft),
        is_held=any(tab.holds for tab in tabs),
        files=tuple(sorted(draft.current)),
        is_changed=draft.is_changed,
        marked=marked,
        unknown=known if isinstance(known, Unknown) else None,
        beside=beside_nation(facts) if facts else (),
        series=series_table(facts) if facts else None,
        since=Earlier(draft.site.output).compare(
            name, copy, draft.row, draft.decision, log, _period_before(draft, saved)
        ),
        versions=versions,
        log=log,
    )


def _as_it_runs(draft: Filed, name: str, copy: Copy, problems: Sequence[Problem]) -> str:
    """Return the words with all warnings above, those of where the draft stands first."""
    text = as_file(_PLAIN_TEXT, copy, draft.banners(name, problems))
    return put_above(_PLAIN_TEXT, text, draft.row.says).decode()


def _tabs(draft: Filed, name: str, marked: Marked | None, known: Known | Unknown) -> Iterator[Tab]:
    """Yield the texts of a draft, each with how many problems hold the draft for it."""
    beside = dict(draft.judged(known, but=name)) if isinstance(known, Known) else {}
    for each in draft.texts:
        holds = sum(problem.level is Level.HOLD for problem in beside.get(each, ()))
        if each == name and marked is not None:
            holds = marked.holds
        title = each if each in draft.besides else title_of(each)
        yield Tab(each, title, holds)


def _read_version(draft: Filed, name: str, sha: str, versions: Sequence[Version]) -> Copy:
    """Return a version that the draft's own log knows."""
    known = any(version.sha256 == sha for version in versions)
    data = recall_text(draft.site.output, sha) if known else None
    if data is None:
        raise NotThereError(_no_version(draft.folder))
    return copy_from(data, name)


def _period_before(draft: Filed, name: str) -> Copy | None:
    """Return the same text of the draft of the period before, if one is here."""
    drafts, row = draft.record.drafts, draft.row
    periods = {each.period for each in drafts.values() if each.story == row.story}
    area = draft.folder.rpartition("/")[2]
    for period in sorted((each for each in periods if each < row.period), reverse=True):
        folder = f"{row.story}/{period}/{area}"
        with suppress(NotThereError, CopyError):
            if folder in drafts:
                return draft.site.draft(folder).read(name)
    return None


def _no_version(folder: str) -> Fault:
    return Fault(
        "This version is not kept, or is none of this draft.",
        "Choose one from the draft's list.",
        file=folder,
    )
