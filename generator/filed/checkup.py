"""Look over what lies in an output folder now: every article in it is proofread again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Answer, Desk, Ruling
from generator.errors import NewscopyError
from generator.filed.places import Place, find_place, list_articles, list_copies, list_folders
from generator.filed.remeasuring import Measure, Measured, measure_original, told_in
from generator.filing import (
    READABLE,
    CopyError,
    Decision,
    Row,
    as_problem,
    banner_problem,
    in_full,
    look_up_decisions,
    missing_banners,
    now,
    read_copy,
    sha256,
)
from generator.locations import Location
from generator.model import Copy, Facts, Level, Problem, Release, Standing
from generator.pipeline import PLAIN, Means
from generator.writing import Checker, Proof

_NO_ARTICLE = Problem(
    Level.WARN,
    "the folder",
    "There is no article in it.",
    "Nothing, if the draft was deleted on purpose; newscopy run --restore files it again.",
)


@dataclass(frozen=True)
class Checked:
    """The articles of one draft's folder that read alike, and what is wrong with them."""

    folder: str
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    read: bool = True
    """False where nobody could tell what the files ought to say."""
    sample: bool = False
    """True where the counts of the release are invented."""
    answers: tuple[Answer, ...] = ()
    """What was answered to doubts about the figures that they rest on."""

    @property
    def warned(self) -> bool:
        """True where something in it is worth a look."""
        return any(problem.level is Level.WARN for problem in self.problems)

    @property
    def held(self) -> bool:
        """True where something in it must not be published."""
        return any(problem.level is Level.HOLD for problem in self.problems)


def check_output(
    path: Location,
    desk: Desk,
    home: Path,
    release: Location | None = None,
    means: Means = PLAIN,
    measure: Measure | None = None,
) -> tuple[Checked, ...]:
    """Proofread the articles in an output folder, a draft's folder, or one file.

    The facts are measured anew from the release that each draft was made from, unless
    somebody has done so already (`measure`); where that is not to be found, the draft is held
    for it. Raises RequestError where the path is not
    in an output folder, or `release` is not the one.
    """
    place = find_place(path)
    folders = list_folders(place)
    rows = place.manifest.drafts
    by_release: dict[str, dict[str, Row]] = defaultdict(dict)
    for folder in folders:
        if folder in rows:
            by_release[rows[folder].release][folder] = rows[folder]
    found: dict[str, list[Checked]] = {}
    for identity, drafts in by_release.items():
        record = place.manifest.releases.get(identity)
        try:
            told = told_in(drafts.values())
            if measure is not None:
                measured = measure(record, told, place)
            else:
                measured = measure_original(record, told, place, desk, home, release, means)
        except NewscopyError as error:
            if release is not None:
                raise
            for folder in drafts:
                found[folder] = [_unchecked(folder, error, place)]
            continue
        checker = Checker(desk, measured.release)
        for folder in drafts:
            found[folder] = list(_check_folder(folder, rows[folder], measured, checker, place))
    for folder in folders:
        found.setdefault(folder, [_unlisted(folder, place)])
    for folder, decision in look_up_decisions(place.output).items():
        if folder in found and decision.standing is Standing.CHANGED:
            found[folder].append(Checked(folder, (), (_changed_problem(decision),)))
    return tuple(checked for folder in folders for checked in found[folder])


def _check_folder(
    folder: str, row: Row, measured: Measured, checker: Checker, place: Place
) -> Iterator[Checked]:
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
                    "The desk has no such story, area or period any more.",
                    "Put it back into config/, or file the draft again: newscopy run.",
                ),
            ),
        )
        return
    alike: dict[Copy, list[str]] = {}
    answers = tuple(_answers_behind(facts))
    for path in list_copies(folder, place):
        try:
            alike.setdefault(read_copy(path, path.name), []).append(path.name)
        except CopyError as error:
            yield Checked(folder, (path.name,), tuple(map(as_problem, error.faults)))
    for copy, files in alike.items():
        origin = _origin(place.output / folder / files[0], row, measured, place)
        problems = judge_copy(copy, facts, checker, origin)
        yield Checked(folder, tuple(files), problems, sample=origin.sample, answers=answers)
    if not list_articles(folder, place) and place.asked.is_dir():
        yield Checked(folder, (), (_NO_ARTICLE,))
    if row.beside and place.asked.is_dir():
        yield Checked(folder, (), (_newer_problem(row.beside),))
    unread = _unread(folder, row, place) if place.asked.is_dir() else []
    if unread:
        yield Checked(folder, (), (_unread_problem(unread),))
    lost = list(_lost(folder, row, place))
    if lost:
        yield Checked(folder, (), tuple(lost))


def _answers_behind(facts: Facts) -> Iterator[Answer]:
    """Yield what was answered about an area, and which others its nation's figures leave out."""
    yield from facts.answers
    if facts.nation is not None:
        for answer in facts.nation.answers:
            if answer.ruling is Ruling.LEAVE_OUT and answer not in facts.answers:
                yield answer


def judge_copy(
    copy: Copy, facts: Facts, checker: Checker, origin: Release, proof: Proof | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong with a copy now: its words, its line of origin, its warnings.

    It was made from the release `origin`; a `proof` of it that is at hand is not made again.
    """
    problems = checker.check_copy(copy, facts, origin, proof)
    return (*problems, *map(banner_problem, missing_banners(copy, origin, now())))


def _origin(article: Path, row: Row, measured: Measured, place: Place) -> Release:
    """Return the release that an article was made from, which may be an earlier one."""
    origin = place.origin_of(article, row)
    record = place.manifest.releases.get(origin)
    return measured.release if record is None or origin == row.release else record.as_release()


def _changed_problem(decision: Decision) -> Problem:
    return Problem(
        Level.WARN,
        "approval",
        f"Changed since {decision.who} approved it on {in_full(decision.at)}.",
        "Approve it again, or put back what was approved.",
    )


def _newer_problem(beside: Sequence[str]) -> Problem:
    return Problem(
        Level.WARN,
        "the folder",
        f"A newer draft lies beside it: {', '.join(beside)}.",
        "Take over what you need from it, then delete it or put it in the article's place.",
    )


def _lost(folder: str, row: Row, place: Place) -> Iterator[Problem]:
    """Yield what belongs to a draft and is gone, or is not as it was filed."""
    ledger = place.output / folder / "ledger.json"
    filed = row.files.get(ledger.name)
    if filed is not None and ledger.is_file() and sha256(ledger.read_bytes()) == filed:
        return
    state = "has been changed" if ledger.is_file() else "is gone"
    yield Problem(
        Level.HOLD,
        ledger.name,
        f"The draft's ledger {state}: what stands behind its words cannot be told from it.",
        "File the draft again: newscopy run writes it anew.",
    )


def _unread(folder: str, row: Row, place: Place) -> list[str]:
    """Return what lies in a draft's folder and is neither filed there nor read."""
    read = {path.name for path in list_copies(folder, place)}
    inside = sorted(path.name for path in (place.output / folder).iterdir())
    return [name for name in inside if name not in read and name not in row.files]


def _unread_problem(names: Sequence[str]) -> Problem:
    return Problem(
        Level.WARN,
        "the folder",
        f"What is in {', '.join(names)} was not read.",
        f"Nothing, if it is no copy; else call it article{'/'.join(READABLE)} and check again.",
    )


def _unlisted(folder: str, place: Place) -> Checked:
    files = tuple(path.name for path in list_articles(folder, place))
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
        read=False,
    )


def _unchecked(folder: str, error: NewscopyError, place: Place) -> Checked:
    files = tuple(path.name for path in list_articles(folder, place))
    return Checked(folder, files, tuple(map(as_problem, error.faults)), read=False)
