"""The way through: from published files to filed drafts, one line a stage."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import generator.release as releases
from generator import figures, filing, writing
from generator.desk import Area, Desk, Story, folded
from generator.errors import Fault, RequestError, did_you_mean
from generator.locations import Location
from generator.model import Draft, Facts, Release
from generator.periods import Period
from generator.spool import Packed, Spool
from generator.stretches import Told, Writer, stretches, survey_stretch, write_stretch
from generator.versions import made_with
from generator.workers import ALONE, Workers

if TYPE_CHECKING:
    from generator.figures import Totals
    from generator.filing import Filed, Made
    from generator.release import Needs

Progress = Callable[[str, int, int], None]
"""Called with what was done, how many are, and of how many."""


@dataclass(frozen=True)
class Means:
    """What the work is done with: who does it, what is kept of earlier work, who is told."""

    workers: Workers = ALONE
    cache: Path | None = None
    """The folder where what was read is kept."""
    progress: Progress | None = None


PLAIN = Means()
"""This process alone, that keeps nothing and tells nobody."""


@dataclass(frozen=True)
class Request:
    """What a run is asked for; the empty choice of stories or areas means all of them."""

    release: Location
    stories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    period: Period | None = None
    restore: bool = False
    """Drafts that an editor has deleted are filed again."""
    builtin: bool = False
    """The release is the built-in sample, which is gone after the run."""

    @property
    def read_from(self) -> str:
        """Where the release lies, as it is noted beside the drafts."""
        return filing.BUILTIN if self.builtin else str(self.release.absolute())


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    release: Release
    filed: Filed


def run(request: Request, desk: Desk, output: Path, means: Means = PLAIN) -> Outcome:
    """Read, measure, write, check and file. Nothing is written before all is known to be right.

    Where nothing has changed since the last run, down to the byte, it has nothing to do but
    to say again what that one found; without a cache it is made all the same. Raises
    NewscopyError, with every fault of its kind, where the release, the desk, a template or
    the request is at fault.
    """
    made_from = _made_from(request, desk)
    known = filing.recall_run(output, made_from) if means.cache else None
    if known:
        return Outcome(*known)
    release, made = make_drafts(request, desk, means)
    checker = writing.Checker(desk, release)
    with Spool(made) as drafts:
        filed = filing.file_drafts(
            drafts,
            release,
            desk,
            output,
            proofread=lambda copy, draft, origin: checker.check_copy(copy, draft.facts, origin),
            restore=request.restore,
            read_from=request.read_from,
            made_from=made_from,
            progress=means.progress,
        )
    return Outcome(release, filed)


def draft(request: Request, desk: Desk, means: Means = PLAIN) -> tuple[Release, tuple[Draft, ...]]:
    """Read, measure, write, proofread, and judge the drafts side by side; file nothing."""
    release, made = make_drafts(request, desk, means)
    return release, tuple(packed.unpack().draft for packed in made)


def make_drafts(
    request: Request, desk: Desk, means: Means = PLAIN
) -> tuple[Release, Iterator[Packed[Made]]]:
    """Read and measure; then write, check and render each draft as it is asked for."""
    stories = choose_stories(desk, request.stories)
    areas = choose_areas(desk, request.areas)
    environment = writing.make_environment(desk)
    for story in stories:
        writing.check_templates(environment, story, desk)
    release, totals = count_release(request.release, stories, desk, means)
    told = told_from(release, stories, request.release)
    surveyed = {
        story.id: survey_story(release, story, totals, desk, request.period, means)
        for story in told
    }
    writer = Writer(desk, release, surveyed)
    return release, _write(writer, told, totals, areas, means.workers)


def _write(
    writer: Writer, told: Sequence[Story], totals: Totals, areas: Collection[str], workers: Workers
) -> Iterator[Packed[Made]]:
    """Yield the drafts of the chosen areas, story by story, the nation's last."""
    desk = writer.desk
    every = (each for story in told for each in stretches(story, desk, totals, areas))
    by_story = groupby(workers.each(write_stretch, writer, every), lambda written: written.story)
    next_ = next(by_story, None)
    for story in told:
        facts: list[Facts] = []
        if next_ is not None and next_[0] == story.id:
            for written in next_[1]:
                facts += written.table
                yield from written.made
            next_ = next(by_story, None)
        if desk.nation.id in areas:
            yield writer.write_nation(story.id, facts, totals)


def survey_story(
    release: Release,
    story: Story,
    totals: Totals,
    desk: Desk,
    period: Period | None = None,
    means: Means = PLAIN,
) -> Told:
    """Look at all areas of a story, stretch by stretch, for what is known of them together."""
    ground = figures.prepare(totals.quarters, release, story, desk, period)
    seen = means.workers.each(survey_stretch, ground, stretches(story, desk, totals))
    parts, heard = zip(*seen, strict=True)
    known = figures.survey(parts, totals.quarters, ground)
    nation = figures.measure_nation(known)
    jury = writing.Jury(nation, writing.put_together(heard), desk.style)
    return Told(known, nation, jury)


def measure_release(
    request: Request, stories: Sequence[Story], desk: Desk, means: Means = PLAIN
) -> tuple[Release, tuple[Facts, ...]]:
    """Read a release and measure every story that is told from its dataset."""
    release, totals = count_release(request.release, stories, desk, means)
    facts = [
        figures.measure(totals, release, story, desk, request.period)
        for story in told_from(release, stories, request.release)
    ]
    return release, tuple(each for of_story in facts for each in of_story)


def told_from(release: Release, stories: Sequence[Story], path: Location) -> list[Story]:
    """Return the stories that are told from a release's dataset.

    Raises RequestError where there is none.
    """
    told = [story for story in stories if story.dataset == release.dataset]
    if told:
        return told
    raise RequestError(
        Fault(
            f"None of the stories asked for is told from {release.dataset}.",
            "Choose another release, or write a story for it: newscopy new-story ID.",
            file=str(path),
            found=release.dataset,
            expected=" or ".join(sorted({story.dataset for story in stories})),
        )
    )


def count_release(
    path: Location, stories: Sequence[Story], desk: Desk, means: Means = PLAIN
) -> tuple[Release, Totals]:
    """Read a release, and add up what the stories count, table by table where each is read."""
    release, tallies = releases.read_release(
        path,
        desk,
        needs_of(stories),
        partial(figures.tally, choices=figures.choices_of(stories, desk)),
        workers=means.workers,
        cache=means.cache,
        progress=means.progress,
    )
    return release, figures.add_tables(tallies)


def choose_stories(desk: Desk, asked: Sequence[str]) -> list[Story]:
    """Return the stories asked for, all of them where none is."""
    faults = [
        Fault(
            f"The desk has no story {name!r}.",
            did_you_mean(name, desk.stories) or f"It has {', '.join(sorted(desk.stories))}.",
            key="--story",
        )
        for name in asked
        if name not in desk.stories
    ]
    if faults:
        raise RequestError(*faults)
    return [desk.stories[name] for name in dict.fromkeys(asked) or sorted(desk.stories)]


def choose_areas(desk: Desk, asked: Sequence[str], key: str = "--area") -> Collection[str]:
    """Return the ids of the areas asked for, by id or by a name that tables use.

    Raises RequestError with each that the desk has not; `key` is where it was asked for.
    """
    ids = {name: area.id for area in desk.areas for name in _names(area)}
    faults = [
        Fault(
            f"The desk has no area {name!r}.",
            did_you_mean(name, [area.id for area in desk.areas]) or "See config/forces.yml.",
            key=key,
        )
        for name in asked
        if folded(name) not in ids
    ]
    if faults:
        raise RequestError(*faults)
    return {ids[folded(name)] for name in asked} or {area.id for area in desk.areas}


@contextmanager
def find_release(asked: Location | None, desk: Desk, home: Path) -> Iterator[tuple[Location, bool]]:
    """Yield the release to read, and whether it is the built-in sample.

    Without one asked for it is the newest under the releases in `home`, by name (they are
    named by date); where there is none, a sample that is gone afterwards.
    """
    if asked is not None:
        yield asked, False
        return
    found = [path for path in (home / desk.file.releases).glob("*") if releases.is_release(path)]
    if found:
        yield max(found, key=lambda path: path.name), False
        return
    with tempfile.TemporaryDirectory(prefix="newscopy-sample-") as temporary:
        sample = Path(temporary) / "sample"
        make_sample(sample, desk)
        yield sample, True


def make_sample(folder: Path, desk: Desk) -> tuple[Path, ...]:
    """Write a sample release of the dataset that the desk names for it."""
    return releases.write_sample(folder, desk.datasets[desk.file.sample], desk.forces)


def needs_of(stories: Sequence[Story]) -> dict[str, Needs]:
    """Gather what has to be read of each dataset for these stories."""
    needs = {}
    for dataset in {story.dataset for story in stories}:
        measures = [
            each
            for story in stories
            if story.dataset == dataset
            for each in story.measures.values()
        ]
        needs[dataset] = releases.Needs(
            counts=frozenset(each.count for each in measures if each.count),
            groups=any(each.offence_groups for each in measures),
        )
    return needs


def _made_from(request: Request, desk: Desk) -> str:
    """Return a hash of all that decides what a run files, but for what lies in the output."""
    said = {
        "release": releases.fingerprint(request.release),
        "desk": dict(desk.hashes),
        "program": made_with(),
        "asked": [request.stories, request.areas, str(request.period), request.restore],
        "read_from": request.read_from,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _names(area: Area) -> set[str]:
    return {folded(name) for name in (area.id, area.name, area.police, *area.names) if name}
