"""The drafts that lie in an output folder, judged by a new release: which sentences are false."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, NewscopyError, RequestError
from generator.figures import find_differences
from generator.filed.asked import Asked, only_of, other_dataset, see_order
from generator.filed.places import Place, list_copies, list_folders
from generator.filed.remeasuring import (
    Measured,
    NewRelease,
    Told,
    measure_original,
    tellable,
    told_in,
)
from generator.filing import (
    CopyError,
    Decision,
    ReleaseRecord,
    Row,
    copy_from,
    look_up_decisions,
    read_copy,
    recall_text,
    release_record,
    release_words,
)
from generator.locations import Location
from generator.model import (
    Copy,
    Facts,
    FalseSentence,
    Release,
    Revised,
    Revision,
    Standing,
)
from generator.pipeline import PLAIN, Means
from generator.requests import choose_areas, choose_stories
from generator.writing import Corrector


def rejudge(
    place: Place,
    new: NewRelease,
    asked: Asked,
    home: Path,
    *,
    release: Location | None = None,
    means: Means = PLAIN,
) -> Revision:
    """Tell what a new release changes of the drafts that lie in an output folder, and in it all.

    Raises RequestError where none of the drafts is asked for, or all were made from a later
    release.
    """
    desk, rows = new.desk, place.manifest.drafts
    decisions = look_up_decisions(place.output)
    folders = _folders(place, asked, desk, decisions)
    by_release: dict[str, dict[str, Row]] = defaultdict(dict)
    for folder in folders:
        for name in _origins(folder, place, decisions.get(folder)):
            by_release[name][folder] = rows[folder]
    records = place.manifest.releases
    since = [records[name] for name in by_release if name in records]
    _see_comparable(since, new.release, place)
    originals: dict[str, Measured] = {}
    unfound: dict[str, str] = {}
    for name, drafts in by_release.items():
        if name in records and records[name].dataset != new.release.dataset:
            continue
        wanted = tellable(told_in(drafts.values()), desk)
        try:
            originals[name] = (
                new.measured(wanted)  # the same release: nothing has to be read twice
                if name == release_record(new.release).id
                else measure_original(records.get(name), wanted, place, desk, home, release, means)
            )
        except NewscopyError as error:
            if release is not None:
                raise
            unfound[name] = f"{error.faults[0].what} {error.faults[0].mend}"
    differences = find_differences(_pairs(originals.values(), new))
    judge = _Judge(place, new, Corrector(desk, differences), originals, unfound)
    drafts_ = [judge.draft(folder, decisions.get(folder)) for folder in folders]
    return Revision(
        new.release,
        tuple(_named(record) for record in since if record.id != release_record(new.release).id)
        or tuple(map(_named, since)),
        only_of(differences, choose_areas(desk, asked.areas)),
        tuple(sorted(drafts_, key=_urgency)),
        tuple(dict.fromkeys(unfound.values())),
        sample=new.release.sample or any(record.sample for record in since),
        filed=True,
    )


def _folders(
    place: Place, asked: Asked, desk: Desk, decisions: Mapping[str, Decision]
) -> list[str]:
    """Return the drafts that are asked for; what was approved counts, though it is deleted."""
    stories = {story.id for story in choose_stories(desk, asked.stories)}
    areas = choose_areas(desk, asked.areas)
    found = []
    approved = {
        folder
        for folder, decision in decisions.items()
        if decision.approved and folder in place.manifest.drafts and place.asked == place.output
    }
    for folder in sorted({*list_folders(place), *approved}):
        story, period, area = folder.split("/")
        # Without a choice all that lies here is told of, even what the desk no longer has.
        fits = (not asked.stories or story in stories) and (not asked.areas or area in areas)
        if fits and (asked.period is None or period == asked.period.id):
            found.append(folder)
    if not found:
        raise RequestError(
            Fault(
                "None of the drafts that lie here is asked for.",
                "Leave out --story, --area or --period, or ask for others.",
                file=str(place.asked),
            )
        )
    return found


def _pairs(originals: Iterable[Measured], new: NewRelease) -> Iterator[tuple[Facts, Facts]]:
    """Yield the facts of every area by the release that drafts were made from, and by the new."""
    for original in originals:
        for folder, before in original.facts.items():
            after = new.measure(_told(folder)).get(before.area.id)
            if after is not None:
                yield before, after


@dataclass(frozen=True)
class _Judge:
    """Judges one draft after another of an output folder."""

    place: Place
    new: NewRelease
    corrector: Corrector
    originals: Mapping[str, Measured]
    unfound: Mapping[str, str]
    """Why a release is not to be found."""

    def draft(self, folder: str, decision: Decision | None) -> Revised:
        """Say what the new release makes of a draft, or why nothing can be said."""
        row = self.place.manifest.drafts.get(folder)
        area = folder.rpartition("/")[2]
        standing = decision.standing if decision else None
        one = Revised(folder, row.headline if row else "", row.area if row else area, standing)
        why = _unjudged(folder, row, self.place.manifest.releases, self.new)
        if why or row is None:
            return replace(one, notes=(why,))
        after = self.new.measure(_told(folder))[area]
        articles, unread = self._read(folder, row, decision)
        notes: list[str] = []
        found: dict[object, FalseSentence] = {}
        for (origin, copy), files in articles.items():
            original = self.originals.get(origin)
            before = original.facts.get(folder) if original else None
            if before is None:
                notes.append(
                    "What it was made from cannot be told, so that it is judged by the new "
                    f"release alone. {self.unfound.get(origin, '')}".strip()
                )
            known_as = self.place.manifest.releases.get(origin)
            written = known_as.as_release() if known_as else self.new.release
            for sentence in self.corrector.correct(copy, before, after, written, self.new.release):
                key = (sentence.where, sentence.sentence, sentence.correction)
                known = found.get(key, sentence)
                found[key] = replace(known, files=(*known.files, *files))
        false = {name.partition(" ")[0] for each in found.values() for name in each.files}
        if decision and decision.approved and false and not false & set(decision.approved):
            one = replace(one, standing=None)  # what is false in it is not what was approved
        return replace(
            one, sentences=tuple(found.values()), notes=tuple(dict.fromkeys([*notes, *unread]))
        )

    def _read(
        self, folder: str, row: Row, decision: Decision | None
    ) -> tuple[dict[tuple[str, Copy], list[str]], list[str]]:
        """Read each article as it lies: those alike, of one release, together; what is unread.

        What was approved and is gone is read as it was approved: it may be in print.
        """
        unread: list[str] = []
        alike: dict[tuple[str, Copy], list[str]] = {}
        for name, sha in decision.texts.items() if decision and decision.approved else ():
            if not (self.place.output / folder / name).exists():
                text = recall_text(self.place.output, sha)
                try:
                    copy = None if text is None else copy_from(text, name)
                except CopyError:
                    copy = None
                if copy is None:
                    unread.append(f"{name} was approved, and is gone.")
                else:
                    key = (decision.release if decision else "", copy)
                    alike.setdefault(key, []).append(f"{name} (deleted since)")
        for path in list_copies(folder, self.place):
            origin = self.place.origin_of(path, row)
            try:
                alike.setdefault((origin, read_copy(path, path.name)), []).append(path.name)
            except CopyError as error:
                unread.append(f"{path.name} was not read. {error.faults[0].what}")
        if not alike and not unread:
            unread.append("There is no article in its folder.")
        return alike, unread


def _told(folder: str) -> Told:
    story, period, _ = folder.split("/")
    return story, period


def _see_comparable(records: Sequence[ReleaseRecord], new: Release, place: Place) -> None:
    """Raise RequestError where every draft is of another dataset, or from a later release."""
    datasets = sorted({record.dataset for record in records})
    if datasets and new.dataset not in datasets:
        raise RequestError(other_dataset(str(place.asked), " and ".join(datasets), new))
    days = [_day(record) for record in records if record.dataset == new.dataset]
    if days and all(day is not None and new.published and new.published < day for day in days):
        see_order(min(day for day in days if day is not None), new, str(place.asked))


def _day(record: ReleaseRecord) -> datetime.date | None:
    return datetime.date.fromisoformat(record.published) if record.published else None


def _unjudged(
    folder: str, row: Row | None, records: Mapping[str, ReleaseRecord], new: NewRelease
) -> str:
    """Return why nothing can be said of a draft, "" where it can be judged."""
    desk, told = new.desk, _told(folder)
    if row is None or row.release not in records:
        return "The manifest does not say what this draft was made from: it was not judged."
    if not tellable([told], desk):
        return "The desk has no such story or period any more: it was not judged."
    record, dataset = records[row.release], new.release.dataset
    if desk.stories[told[0]].dataset != dataset:
        return f"It is told from another dataset than the new release, which is of {dataset}."
    day = _day(record)
    if day is not None and new.release.published is not None and new.release.published < day:
        return f"It was made from a later release, {_named(record)}: it was not judged."
    if folder.rpartition("/")[2] not in new.measure(told):
        return new.lacking.get(told) or "The desk has no such area any more: it was not judged."
    return ""


def _named(record: ReleaseRecord) -> str:
    return release_words(record.as_release())


def _origins(folder: str, place: Place, decision: Decision | None) -> set[str]:
    """Return the releases that the articles of a draft were made from."""
    row = place.manifest.drafts.get(folder)
    if row is None:
        return set()
    origins = {place.origin_of(path, row) for path in list_copies(folder, place)}
    if decision and decision.approved and not (place.output / folder).is_dir():
        origins.add(decision.release)
    return origins or {row.release}


_FIRST = (Standing.APPROVED, Standing.CHANGED, Standing.ON_HOLD, None, Standing.SPIKED)
"""Whose false sentences are told first: of what may be in print."""


def _urgency(one: Revised) -> tuple[object, ...]:
    return (not one.wrong, _FIRST.index(one.standing), one.folder)
