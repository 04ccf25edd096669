"""Look over what lies in an output folder now: every article in it is proofread again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, NewscopyError, RequestError
from generator.figures import measure
from generator.filing import (
    READABLE,
    CopyError,
    Manifest,
    ReleaseRecord,
    Row,
    missing_banners,
    read_copy,
    read_manifest,
    sha256,
)
from generator.model import Copy, Facts, Level, Problem, Release
from generator.originals import check_original, find_original
from generator.periods import Period
from generator.pipeline import Progress, needs_of
from generator.release import read_release
from generator.writing import Checker

_DEEPEST = 4
"""Folders from a filed article up to its output folder, with some to spare."""


_NO_ARTICLE = Problem(
    Level.WARN,
    "the folder",
    "There is no article in it.",
    "Nothing, if the draft was deleted on purpose; newscopy run writes it again.",
)


@dataclass(frozen=True)
class Place:
    """What is to be looked over: an output folder, its manifest, and what in it."""

    output: Path
    manifest: Manifest
    asked: Path


@dataclass(frozen=True)
class Checked:
    """The articles of one draft's folder that read alike, and what is wrong with them."""

    folder: str
    files: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def held(self) -> bool:
        """True where something in it must not be published."""
        return any(problem.level is Level.HOLD for problem in self.problems)


@dataclass(frozen=True)
class Measured:
    """A release read again: what checks copy, and the facts of every draft made from it."""

    checker: Checker
    release: Release
    facts: Mapping[str, Facts]
    """By a draft's folder."""


def check_output(
    path: Path,
    desk: Desk,
    home: Path,
    release: Path | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
) -> tuple[Checked, ...]:
    """Proofread the articles in an output folder, a draft's folder, or one file.

    The facts are measured anew from the release that each draft was made from; where that
    is not to be found, the draft is held for it. Raises RequestError where the path is not
    in an output folder, or `release` is not the one.
    """
    place = find_place(path)
    folders = sorted(folder for folder in _folders_on_disk(place) if _is_asked(folder, place))
    rows = place.manifest.drafts
    by_release: dict[str, dict[str, Row]] = defaultdict(dict)
    for folder in folders:
        if folder in rows:
            by_release[rows[folder].release][folder] = rows[folder]
    found: dict[str, list[Checked]] = {}
    for identity, drafts in by_release.items():
        record = place.manifest.releases.get(identity)
        try:
            measured = _measure_again(record, drafts, place, desk, home, release, progress, jobs)
        except NewscopyError as error:
            if release is not None:
                raise
            for folder in drafts:
                found[folder] = [_unchecked(folder, error, place)]
            continue
        for folder in drafts:
            found[folder] = list(_check_folder(folder, rows[folder], measured, place))
    for folder in folders:
        found.setdefault(folder, [_unlisted(folder, place)])
    return tuple(checked for folder in folders for checked in found[folder])


def find_place(path: Path) -> Place:
    """Find the output folder that a path is or is in.

    Raises RequestError where there is none, or its manifest is damaged.
    """
    here = path.absolute()
    for folder in [here, *list(here.parents)[:_DEEPEST]]:
        try:
            manifest = read_manifest(folder) if folder.is_dir() else None
        except ValueError as error:
            raise RequestError(
                Fault(
                    f"{error}: nobody can tell what the drafts were made from.",
                    "Run newscopy run into the folder: it files the drafts again and leaves what "
                    "an editor has changed.",
                    file=str(folder / "manifest.json"),
                )
            ) from error
        if manifest is not None:
            if not here.exists():
                break
            return Place(folder, manifest, here)
    raise RequestError(
        Fault(
            "This is no output folder, and not in one."
            if here.exists()
            else "There is no such file or folder.",
            "Give the folder that newscopy run filed into, or a draft's folder or file in it.",
            file=str(path),
            expected="a folder with a manifest.json",
        )
    )


def _folders_on_disk(place: Place) -> Iterator[str]:
    """Yield the folder of every draft that the manifest has, or that has an article in it."""
    listed = {folder for folder in place.manifest.drafts if (place.output / folder).is_dir()}
    on_disk = {
        path.parent.relative_to(place.output).as_posix()
        for path in place.output.glob("*/*/*/article*")
        if path.suffix in READABLE
    }
    yield from listed | on_disk


def _is_asked(folder: str, place: Place) -> bool:
    whole = place.output / folder
    return place.asked in (whole, *whole.parents) or whole in place.asked.parents


def _articles(folder: str, place: Place) -> list[Path]:
    """Return the articles of a draft's folder that are asked for."""
    return [
        path
        for path in sorted((place.output / folder).glob("article*"))
        if path.suffix in READABLE and (place.asked.is_dir() or path == place.asked)
    ]


def _measure_again(
    record: ReleaseRecord | None,
    drafts: Mapping[str, Row],
    place: Place,
    desk: Desk,
    home: Path,
    asked: Path | None,
    progress: Progress | None,
    jobs: int,
) -> Measured:
    """Read the drafts' release again and measure their stories."""
    if record is None:
        raise RequestError(
            Fault(
                "The manifest does not say what release the draft was made from.",
                "File the draft again: newscopy run.",
                file=str(place.output / "manifest.json"),
            )
        )
    wanted = {(row.story, row.period) for row in drafts.values()}
    stories = [desk.stories[story] for story, _ in sorted(wanted) if story in desk.stories]
    with find_original(record, desk, home, place.output, asked) as path:
        release, observations = read_release(
            path, desk, needs_of(stories), jobs=jobs, progress=progress
        )
    check_original(release, record, path)
    facts: dict[str, Facts] = {}
    for story, period in sorted(wanted):
        if story in desk.stories:
            measured = measure(
                observations, release, desk.stories[story], desk, Period.parse(period)
            )
            facts |= {f"{story}/{period}/{each.area.id}": each for each in measured}
    return Measured(Checker(desk, release), release, facts)


def _check_folder(folder: str, row: Row, measured: Measured, place: Place) -> Iterator[Checked]:
    """Check each article of a folder; those that read alike are checked as one."""
    facts = measured.facts.get(folder)
    if facts is None:
        yield Checked(
            folder,
            (),
            (
                Problem(
                    Level.HOLD,
                    folder,
                    "The desk has no such story or area any more.",
                    "Put it back into config/, or take the draft's folder away.",
                ),
            ),
        )
        return
    alike: dict[Copy, list[str]] = {}
    for path in _articles(folder, place):
        try:
            alike.setdefault(read_copy(path, path.name), []).append(path.name)
        except CopyError as error:
            yield Checked(folder, (path.name,), tuple(map(_as_problem, error.faults)))
    for copy, files in alike.items():
        problems = [*measured.checker.check_copy(copy, facts)]
        problems += [_banner_problem(banner) for banner in missing_banners(copy, measured.release)]
        yield Checked(folder, tuple(files), tuple(problems))
    if not _articles(folder, place) and place.asked.is_dir():
        yield Checked(folder, (), (_NO_ARTICLE,))
    lost = list(_lost(folder, row, place))
    if lost:
        yield Checked(folder, (), tuple(lost))
    if place.asked.is_file() and place.asked.suffix not in READABLE:
        yield Checked(folder, (), (_unreadable_kind(place.asked),))


def _lost(folder: str, row: Row, place: Place) -> Iterator[Problem]:
    """Yield what belongs to a draft and is gone, or is not as it was filed."""
    ledger = place.output / folder / "ledger.json"
    filed = row.files.get(ledger.name)
    if filed is None or (ledger.is_file() and sha256(ledger.read_bytes()) == filed):
        return
    state = "has been changed" if ledger.is_file() else "is gone"
    yield Problem(
        Level.HOLD,
        ledger.name,
        f"The draft's ledger {state}: what stands behind its words cannot be told from it.",
        "File the draft again: newscopy run writes it anew.",
    )


def _unreadable_kind(path: Path) -> Problem:
    return Problem(
        Level.HOLD,
        path.name,
        "A file of this kind cannot be read back, so that nobody can tell what it says.",
        f"Check an article that ends in {' or '.join(READABLE)}.",
    )


def _unlisted(folder: str, place: Place) -> Checked:
    files = tuple(path.name for path in _articles(folder, place))
    return Checked(
        folder,
        files,
        (
            Problem(
                Level.HOLD,
                "manifest.json",
                "The manifest does not know this draft: nobody can tell what it was made from.",
                "File it again: newscopy run; or move the folder out of the output.",
            ),
        ),
    )


def _unchecked(folder: str, error: NewscopyError, place: Place) -> Checked:
    files = tuple(path.name for path in _articles(folder, place))
    return Checked(folder, files, tuple(map(_as_problem, error.faults)))


def _as_problem(fault: Fault) -> Problem:
    found = f" Found: {fault.found}." if fault.found else ""
    expected = f" Expected: {fault.expected}." if fault.expected else ""
    return Problem(Level.HOLD, fault.where, f"{fault.what}{found}{expected}", fault.mend)


def _banner_problem(banner: str) -> Problem:
    return Problem(
        Level.HOLD,
        "the head",
        f"The warning is gone that has to stand above the copy: “{banner}”",
        "Put it back: what is made from such a release carries it everywhere.",
    )


def held(checked: Sequence[Checked]) -> int:
    """Return how many drafts are held."""
    return len({one.folder for one in checked if one.held})
