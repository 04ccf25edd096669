"""The way through: from published files to filed drafts, one line a stage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import generator.release as releases
from generator import figures, filing, writing
from generator.desk import Desk, Story
from generator.errors import Fault, RequestError
from generator.locations import Location
from generator.model import Draft, Facts, Release
from generator.periods import Period
from generator.requests import Request, choose_areas, choose_stories
from generator.spool import Packed, Spool
from generator.stretches import (
    Surveyed,
    Writer,
    doubt_stretch,
    shares_for,
    stretches,
    survey_stretch,
    write_stretch,
)
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
class Outcome:
    """What came of a run."""

    release: Release
    filed: Filed
    is_recalled: bool = field(default=False, compare=False)
    """True where nothing has changed since the last run, whose words these are."""


def run(request: Request, desk: Desk, output: Path, means: Means = PLAIN) -> Outcome:
    """Read, measure, write, check and file. Nothing is written before all is known to be right.

    Where nothing has changed since the last run, down to the byte, it has nothing to do but
    to say again what that one found; without a cache it is made all the same. Raises
    NewscopyError, with every fault of its kind, where the release, the desk, a template or
    the request is at fault.
    """
    release_then = releases.fingerprint(request.release)
    made_from = _made_from(request, desk, release_then)
    known = filing.recall_run(output, made_from) if means.cache else None
    if known:
        return Outcome(*known, is_recalled=True)
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
            made_from=lambda: (
                # What was saved meanwhile may have been read, in part, and be put back later.
                made_from if releases.fingerprint(request.release) == release_then else ""
            ),
            progress=means.progress,
        )
    return Outcome(release, filed)


def draft(request: Request, desk: Desk, means: Means = PLAIN) -> tuple[Release, tuple[Draft, ...]]:
    """Read, measure, write, proofread, and judge the drafts side by side; file nothing."""
    release, made = make_drafts(request, _unfiled(desk), means)
    return release, tuple(packed.unpack().draft for packed in made)


def draft_counted(
    release: Release, totals: Totals, request: Request, desk: Desk, means: Means = PLAIN
) -> tuple[Draft, ...]:
    """Do as `draft` does with what was read and added up already."""
    made = _make_counted(release, totals, request, _unfiled(desk), means)
    return tuple(packed.unpack().draft for packed in made)


def _unfiled(desk: Desk) -> Desk:
    """Return a desk without Word files and pictures, which cost most, and are for filing alone."""
    return replace(desk, file=desk.file.model_copy(update={"formats": ()}))


def make_drafts(
    request: Request, desk: Desk, means: Means = PLAIN
) -> tuple[Release, Iterator[Packed[Made]]]:
    """Read and measure; then write, check and render each draft as it is asked for."""
    stories = choose_stories(desk, request.stories)
    choose_areas(desk, request.areas)
    environment = writing.make_environment(desk)
    for story in stories:
        writing.check_templates(environment, story, desk)
    release, totals = count_release(request.release, stories, desk, means)
    untold = [
        f"The story {story.id} is not told: {why}."
        for story in stories
        if story.dataset == release.dataset and (why := totals.never_occurs(story))
    ]
    release = replace(release, assumed=(*release.assumed, *untold))
    return release, _make_counted(release, totals, request, desk, means)


def _make_counted(
    release: Release, totals: Totals, request: Request, desk: Desk, means: Means
) -> Iterator[Packed[Made]]:
    """Measure what was counted; then write, check and render each draft as it is asked for."""
    told = told_from(release, choose_stories(desk, request.stories), request.release, totals)
    areas = choose_areas(desk, request.areas)
    surveyed = {
        story.id: survey_story(release, story, totals, desk, request.period, means)
        for story in told
    }
    writer = Writer(desk, release, surveyed)
    return write_drafts(writer, told, totals, areas, means.workers)


def write_drafts(
    writer: Writer, told: Sequence[Story], totals: Totals, areas: Collection[str], workers: Workers
) -> Iterator[Packed[Made]]:
    """Write, check and render the drafts of the chosen areas, story by story, the nation's last."""
    desk = writer.desk
    shares = shares_for(workers.number, len(told), desk)
    every = (each for story in told for each in stretches(story, desk, totals, areas, shares))
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
) -> Surveyed:
    """Look at all areas of a story, stretch by stretch, for what is known of them together."""
    quarters = totals.quarters_of(story)
    ground = figures.prepare(quarters or totals.quarters, release, story, desk, period)
    seen = means.workers.each(survey_stretch, ground, stretches(story, desk, totals))
    parts, heard = zip(*seen, strict=True)
    judged_by = ground, figures.movement_of(parts, ground)
    found = means.workers.each(doubt_stretch, judged_by, stretches(story, desk, totals))
    doubtful = {area: each for of_stretch in found for area, each in of_stretch.items()}
    known = figures.survey(parts, doubtful, quarters, ground)
    nation = figures.measure_nation(known)
    jury = writing.Jury(nation, writing.put_together(heard), known.reach, desk.style)
    return Surveyed(known, nation, jury)


def measure_release(
    request: Request, stories: Sequence[Story], desk: Desk, means: Means = PLAIN
) -> tuple[Release, tuple[Facts, ...]]:
    """Read a release and measure every story that is told from its dataset."""
    release, totals = count_release(request.release, stories, desk, means)
    facts = [
        figures.measure(totals, release, story, desk, request.period)
        for story in told_from(release, stories, request.release, totals)
    ]
    return release, tuple(each for of_story in facts for each in of_story)


def told_from(
    release: Release, stories: Sequence[Story], path: Location, totals: Totals | None = None
) -> list[Story]:
    """Return the stories that are told from a release's dataset.

    With the totals those are left out that name what no row of the release has. Raises
    RequestError where there is none.
    """
    told = [story for story in stories if story.dataset == release.dataset]
    lacking = {story.id: totals.never_occurs(story) for story in told} if totals else {}
    if told and all(lacking.get(story.id) for story in told):
        raise RequestError(
            *(
                Fault(
                    f"The story {story.id} cannot be told: {lacking[story.id]}.",
                    "Take a release that has such rows, or tell another story: --story.",
                    file=str(path),
                )
                for story in told
            )
        )
    if told:
        return [story for story in told if not lacking.get(story.id)]
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


def _made_from(request: Request, desk: Desk, fingerprint: str) -> str:
    """Return a hash of all that decides what a run files, but for what lies in the output."""
    said = {
        "release": fingerprint,
        "desk": dict(desk.hashes),
        "desk_at": str(desk.folder),
        "program": made_with(),
        "edition": desk.edition.id if desk.edition else "",
        "asked": [request.stories, request.areas, str(request.period), request.restore],
        "read_from": request.read_from,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
