"""What is in doubt of the drafts that lie here, worked out once and kept while the page is open."""

from __future__ import annotations

import shlex
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path

from generator.desk import Answer, Desk
from generator.errors import Fault, NewscopyError
from generator.filed.doubts import Answered, Doubts, Raised, Touched, list_doubts, put_together
from generator.filed.originals import check_original, find_original
from generator.filing import (
    BUILTIN,
    Manifest,
    ReleaseRecord,
    draft_as_markdown,
    look_up,
    sha256,
)
from generator.locations import Location
from generator.model import Level
from generator.periods import Period
from generator.pipeline import PLAIN, Means
from generator.requests import Request

_RETRY = 30.0
"""Seconds until a release that could not be read is tried again: it may be there by then."""


@dataclass(frozen=True)
class Batch:
    """The drafts that were filed of one release and period."""

    record: ReleaseRecord
    output: Path
    """An output that knows where the release was read."""
    period: str
    stories: frozenset[str]
    areas: frozenset[str]
    editions: frozenset[str]
    """Those that have drafts of it, "" for the desk's own copy."""


@dataclass(frozen=True)
class Listed:
    """What is in doubt of a batch, and what came of its drafts as they would be written now."""

    batch: Batch
    doubts: Doubts
    commands: tuple[str, ...]
    """What files the batch anew."""
    articles: Mapping[str, str]
    """The sha256 of each article as it would be filed now, by its draft's folder."""


@dataclass(frozen=True)
class Found:
    """All that is in doubt, and that was answered."""

    listed: tuple[Listed, ...]
    faults: tuple[Fault, ...] = ()
    """Why some of it cannot be told."""

    @cached_property
    def raised(self) -> tuple[Raised, ...]:
        """What nobody has answered, the gravest first."""
        return put_together(each.doubts for each in self.listed)

    @cached_property
    def answered(self) -> tuple[Answered, ...]:
        """What somebody has, as far as the release is at hand that it is about."""
        return tuple(each for doubts in self._one_of_each_dataset() for each in doubts.answered)

    @property
    def is_sample(self) -> bool:
        """True where counts are invented."""
        return any(each.doubts.release.sample for each in self.listed)

    def touching(self, folder: str) -> Iterator[tuple[Raised, Touched]]:
        """Yield each doubt on which words of a draft hang, and what it does there."""
        for raised in self.raised:
            for touched in raised.touched:
                if touched.draft.folder == folder and touched.in_doubt.level is not Level.NOTE:
                    yield raised, touched

    def due(self, manifest: Manifest) -> tuple[str, ...]:
        """Return the folders of the drafts in an output that would be others by now."""
        rows = manifest.drafts
        return tuple(
            folder
            for each in self.listed
            for folder, sha in each.articles.items()
            if folder in rows and sha not in rows[folder].files.values()
        )

    def in_one(self, dataset: str = "") -> Doubts:
        """Return what is in doubt as one list: of one dataset, or of all."""
        first, *_ = self._one_of_each_dataset()
        return replace(
            first,
            raised=tuple(each for each in self.raised if dataset in ("", each.dataset)),
            answered=tuple(each for each in self.answered if dataset in ("", each.answer.dataset)),
        )

    def _one_of_each_dataset(self) -> Iterable[Doubts]:
        return {each.batch.record.dataset: each.doubts for each in self.listed}.values()


def batches(filed: Iterable[tuple[str, Path, Manifest]], desk: Desk) -> tuple[Batch, ...]:
    """Gather what lies in outputs, each given with its edition, by release and period.

    Of each dataset that is the newest release that drafts are of: those of earlier ones have
    run, or are filed anew with it. What the desk has not any more is left out.
    """
    newest: dict[str, tuple[str, ReleaseRecord]] = {}
    found: dict[tuple[str, str], Batch] = {}
    areas = {area.id for area in desk.areas}
    for edition, output, manifest in filed:
        for folder, row in manifest.drafts.items():
            area = folder.rpartition("/")[2]
            record = manifest.releases.get(row.release)
            story = desk.stories.get(row.story)
            if row.is_deleted or record is None or story is None or area not in areas:
                continue
            if record.dataset != story.dataset:
                continue
            rank = record.published or "", record
            if rank[0] >= newest.get(record.dataset, ("", record))[0]:
                newest[record.dataset] = rank
            nothing: frozenset[str] = frozenset()
            empty = Batch(record, output, row.period, nothing, nothing, nothing)
            batch = found.get((record.id, row.period), empty)
            found[record.id, row.period] = replace(
                batch,
                stories=batch.stories | {row.story},
                areas=batch.areas | {area},
                editions=batch.editions | {edition},
            )
    kept = {record.id for _, record in newest.values()}
    return tuple(found[each] for each in sorted(found) if each[0] in kept)


class Doubting:
    """Works out what is in doubt, beside all else; threads may share it."""

    def __init__(self, desk: Desk, home: Path, means: Means = PLAIN) -> None:
        self.desk, self.home, self.means = desk, home, means
        self._beginning = threading.Lock()
        self._begun: tuple[Sequence[Batch], Future[Found], float] | None = None
        """Of what, what comes of it, and when."""

    def of(self, wanted: Sequence[Batch], patience: float | None) -> Found | None:
        """Return what is in doubt of batches; None where one's patience, in seconds, ends before.

        It is then worked out all the same. Without an end to it one waits as long as it takes.
        """
        try:
            return self.begin(wanted).result(patience)
        except TimeoutError:
            return None

    def at_hand(self, wanted: Sequence[Batch]) -> Found | None:
        """Return what is in doubt of batches, None where nobody has asked for it, or just now."""
        with self._beginning:
            if self._begun is None or self._begun[0] != wanted or not _is_known(self._begun[1]):
                return None
            return self._begun[1].result()

    def begin(self, wanted: Sequence[Batch]) -> Future[Found]:
        """Have it worked out, unless it is, or is being."""
        with self._beginning:
            if self._begun is not None and self._begun[0] == wanted:
                _, before, at = self._begun
                stale = before.cancelled() or (_lacks_something(before) and _is_long_ago(at))
                if not stale:
                    return before
            future: Future[Found] = Future()
            self._begun = wanted, future, time.monotonic()
            # A daemon, so that nobody waits for it who ends the page.
            threading.Thread(target=self._work, args=(wanted, future), daemon=True).start()
            return future

    def _work(self, wanted: Sequence[Batch], future: Future[Found]) -> None:
        try:
            future.set_result(_find(wanted, self.desk, self.home, self.means))
        finally:
            if not future.done():  # whoever waits for it would wait for ever
                future.cancel()


def _is_known(future: Future[Found]) -> bool:
    return future.done() and not future.cancelled()


def _lacks_something(future: Future[Found]) -> bool:
    return _is_known(future) and bool(future.result().faults)


def _is_long_ago(moment: float) -> bool:
    return time.monotonic() > moment + _RETRY


def _find(wanted: Sequence[Batch], desk: Desk, home: Path, means: Means) -> Found:
    """Read the releases of batches, and list what is in doubt, or why it cannot be told."""
    listed: list[Listed] = []
    faults: list[Fault] = []
    for _, of_release in groupby(wanted, key=lambda batch: batch.record.id):
        try:
            listed += _list(list(of_release), desk, home, means)
        except NewscopyError as error:
            faults += error.faults
    return Found(tuple(listed), tuple(faults))


def _list(same: Sequence[Batch], desk: Desk, home: Path, means: Means) -> Iterator[Listed]:
    """List what is in doubt of batches of one release."""
    record, output = same[0].record, same[0].output
    with find_original(record, desk, home, output) as path:
        for batch in same:
            stories, areas = tuple(sorted(batch.stories)), tuple(sorted(batch.areas))
            request = Request(path, stories, areas, Period.parse(batch.period))
            doubts = list_doubts(request, desk, means)
            check_original(doubts.release, record, path)
            articles = {
                draft.folder: sha256(draft_as_markdown(draft, doubts.release).encode())
                for draft in doubts.drafts
            }
            yield Listed(batch, doubts, tuple(_commands(batch, path, desk, home)), articles)


def _commands(batch: Batch, path: Location, desk: Desk, home: Path) -> Iterator[str]:
    """Yield what files the drafts of a batch anew, as it is typed in the desk's folder."""
    said = ["newscopy", "run", *_named(batch, path, home), "--period", batch.period]
    told = {name for name, story in desk.stories.items() if story.dataset == batch.record.dataset}
    if batch.stories != told:
        said += [word for name in sorted(batch.stories) for word in ("--story", name)]
    for edition in sorted(batch.editions):
        covered = {area.id for area in desk.areas}
        of_edition = ["--edition", edition] if edition else []
        areas = [] if edition or batch.areas == covered else sorted(batch.areas)
        of_areas = [word for name in areas for word in ("--area", name)]
        yield shlex.join([*said, *of_edition, *of_areas])


def _named(batch: Batch, path: Location, home: Path) -> list[str]:
    """Name a release as a command in the desk's folder does; where else it lies is told nobody."""
    if look_up(batch.output, batch.record.id) == BUILTIN:
        return []
    if isinstance(path, Path) and path.absolute().is_relative_to(home.absolute()):
        return [path.absolute().relative_to(home.absolute()).as_posix()]
    return ["RELEASE"]


def answer_id(answer: Answer) -> str:
    """Return what tells an answer from all others of a desk."""
    counts = sorted(answer.counts.items())
    return sha256(repr((answer.dataset, answer.area, answer.step, counts)).encode())[:16]
