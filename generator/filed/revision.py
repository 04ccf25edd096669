"""What a new release changes: set against an older one, or against what lies filed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from generator.desk import Desk, Story
from generator.errors import Fault, ReleaseError, RequestError
from generator.figures import find_differences, measure
from generator.filed.asked import Asked, only_of, other_dataset, see_order
from generator.filed.places import Place, find_output, list_folders
from generator.filed.rejudging import rejudge
from generator.filed.remeasuring import NewRelease
from generator.filing import release_words
from generator.locations import Location
from generator.model import Facts, Revision
from generator.pipeline import PLAIN, Means, count_release, told_from
from generator.release import identify_files
from generator.requests import choose_areas, choose_stories

__all__ = ["Asked", "find_filed", "revise"]


def revise(
    old: Location,
    new: Location,
    desk: Desk,
    home: Path,
    asked: Asked | None = None,
    *,
    release: Location | None = None,
    means: Means = PLAIN,
) -> Revision:
    """Tell what a new release changes of an older release, or of an output folder's drafts.

    `release` is where the drafts' own release lies, if not where it was read. Raises
    RequestError where `old` is neither a release nor an output folder, `new` is of another
    dataset, or the two are the wrong way round; ReleaseError where one cannot be read, and
    StoryError where the template of corrections is at fault.
    """
    asked = asked or Asked()
    stories = choose_stories(desk, asked.stories)
    areas = choose_areas(desk, asked.areas)
    if find_filed(new) is not None:
        raise RequestError(_output_as_new(new))
    place = find_filed(old)
    if place is None:
        _see_release(old, desk)
    read = _read_new(new, stories, desk, asked, means)
    if place is None:
        told = [story for story in stories if story.dataset == read.release.dataset]
        return _between(old, read, told, areas, asked, means)
    return rejudge(place, read, asked, home, release=release, means=means)


def find_filed(path: Location) -> Place | None:
    """Return the output folder that a path is, or is a draft or file of; None for any other.

    Raises RequestError where its manifest is damaged.
    """
    place = find_output(path)
    if place is None or place.asked == place.output:
        return place
    try:
        list_folders(place)
    except RequestError:
        return None
    return place


def _see_release(path: Location, desk: Desk) -> None:
    """Raise RequestError where a path holds nothing that could be a release."""
    try:
        identify_files(path, desk.file.limits)
    except ReleaseError as error:
        raise RequestError(
            Fault(
                "This is neither a release nor a folder that newscopy filed into.",
                "Give the older release, or the output folder, first; then the new release.",
                file=str(path),
                found=error.faults[0].what,
                expected="published files, or a folder with a manifest.json",
            )
        ) from error


def _output_as_new(path: Location) -> Fault:
    return Fault(
        "The new release has to be a release, and this is an output folder.",
        "Give the output folder first, then the new release: newscopy diff OLD NEW.",
        file=str(path),
        expected="a folder of published files, or one file",
    )


def _read_new(
    path: Location, stories: Sequence[Story], desk: Desk, asked: Asked, means: Means
) -> NewRelease:
    release, totals = count_release(path, stories, desk, means)
    told_from(release, stories, path)
    return NewRelease(release, totals, desk)


# Two releases


def _between(
    old: Location,
    new: NewRelease,
    stories: Sequence[Story],
    areas: Collection[str],
    asked: Asked,
    means: Means,
) -> Revision:
    """Compare two releases for the newest period of the older one, or the one asked for."""
    desk = new.desk
    release, totals = count_release(old, stories, desk, means)
    if release.dataset != new.release.dataset:
        raise RequestError(other_dataset(str(old), release.dataset, new.release))
    see_order(release.published, new.release, str(old))
    pairs: list[tuple[Facts, Facts]] = []
    for story in stories:
        before = measure(totals, release, story, desk, asked.period)
        after = new.measure((story.id, before[-1].period.id))
        pairs += [(each, after[each.area.id]) for each in before if after]
    if not pairs:
        raise RequestError(
            Fault(
                "The new release does not hold the period that the older one is about.",
                "Give the older release first and the new one second, or choose a --period that "
                "both hold.",
                file=str(old),
                found=" ".join(dict.fromkeys(new.lacking.values())),
            )
        )
    return Revision(
        new.release,
        (release_words(release),),
        only_of(find_differences(pairs), areas),
        notes=tuple(f"{'/'.join(told)}: {why}" for told, why in new.lacking.items()),
        sample=release.sample or new.release.sample,
    )
