"""What a command is asked for: a release, stories, areas, a period."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import generator.release as releases
from generator import filing
from generator.desk import Desk, Story, folded
from generator.errors import Fault, RequestError, did_you_mean
from generator.locations import Location
from generator.periods import Period


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

    Without any they are all that the desk's copy, or the edition's, is for. Raises
    RequestError with each that the desk has not, or the edition does not cover; `key` is
    where it was asked for.
    """
    ids = {name: area.id for area in desk.areas for name in area.called}
    faults = [
        Fault(
            f"The desk has no area {name!r}.",
            did_you_mean(name, [area.id for area in desk.areas]) or "See config/forces.yml.",
            key=key,
        )
        for name in asked
        if folded(name) not in ids
    ]
    covered = {area.id for area in desk.covered}
    faults += [
        Fault(
            f"{desk.file.name} does not cover {name!r}.",
            f"Add it to the areas of config/editions/{desk.edition.id}.yml.",
            key=key,
        )
        for name in asked
        if desk.edition and ids.get(folded(name), "") not in {*covered, ""}
    ]
    if faults:
        raise RequestError(*faults)
    return {ids[folded(name)] for name in asked} or covered


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


def refuse_within_sources(output: Location, release: Location, desk: Desk, home: Path) -> None:
    """Raise RequestError where an output would be filed into what is read.

    A release with drafts in it is another from then on, and so is a desk: the next run would
    take a draft's table for a published one, or its page for a template.
    """
    place = _absolute(output)
    read = {
        "the release": _absolute(release),
        "the desk's releases": _absolute(home / desk.file.releases),
        "the desk's config": _absolute(desk.folder / "config"),
        "the desk's templates": _absolute(desk.templates),
    }
    inside = [what for what, where in read.items() if where in (place, *place.parents)]
    if isinstance(place, Path) and all((place / part).is_dir() for part in ("config", "templates")):
        inside.append("a desk")
    if inside:
        raise RequestError(
            Fault(
                f"Drafts cannot be filed into {inside[0]}: it would not be the same afterwards.",
                "Choose another folder, such as output/.",
                file=str(output),
                key="--output",
            )
        )


def _absolute(place: Location) -> Location:
    return place.resolve() if isinstance(place, Path) else place


def make_sample(folder: Path, desk: Desk) -> tuple[Path, ...]:
    """Write a sample release of the dataset that the desk names for it."""
    return releases.write_sample(folder, desk.datasets[desk.file.sample], desk.forces)
