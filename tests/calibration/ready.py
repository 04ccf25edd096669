"""Whole runs over the real releases: how many drafts are ready, the second reader and all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from reference import MAKER, shared_file

from generator.desk import Desk
from generator.model import Draft, Level, Status
from generator.periods import Period, Quarter
from generator.pipeline import draft
from generator.requests import Request

_CHARGES, _OUTCOMES = (
    MAKER.with_name("real_release.py"),
    MAKER.with_name("real_outcomes.py"),
)


@dataclass(frozen=True)
class Run:
    """One run over a real release, and how many of its drafts have to be ready."""

    maker: Path
    options: tuple[str, ...]
    stories: tuple[str, ...]
    period: str
    at_least: int

    def __str__(self) -> str:
        return f"{' and '.join(self.stories)}, {self.period}"


TO_2020 = ("--last", "2020/21", "--last-quarter", "3", "--published", "2021-05-13")
BOTH = ("charged", "victim-withdrawal")
RUNS = (
    Run(_CHARGES, TO_2020, ("charged",), "2020", 41),
    Run(_CHARGES, (), ("charged",), "2025", 43),
    Run(_OUTCOMES, ("--small",), BOTH, "2018", 86),
    Run(_OUTCOMES, ("--small",), BOTH, "2018/19", 86),
)
RESTATED = ("avon-and-somerset", "derbyshire"), Quarter(2018, 2)
"""Areas and the quarter of theirs that the publisher has restated by more than a third."""


@dataclass(frozen=True)
class Ready:
    """What came of a run: `told` are the drafts that the register does not exclude."""

    run: Run
    told: int
    ready: int
    held: Mapping[str, tuple[str, ...]]
    """By folder, what holds the draft."""
    told_of: Mapping[str, Set[Quarter]]
    """By folder, the area's own quarters that a warning or a hold is about."""


def run_all(folder: Path, desk: Desk, runs: Sequence[Run] = RUNS) -> Iterator[Ready]:
    """Make the releases in a folder, each once, and run them."""
    for run in runs:
        release = folder / f"{run.maker.stem}{len(run.options)}"
        if not release.exists():
            command = [sys.executable, str(shared_file(run.maker)), str(release), *run.options]
            subprocess.run(command, check=True, capture_output=True)
        request = Request(release, stories=run.stories, period=Period.parse(run.period))
        _, drafts = draft(request, desk)
        yield _sum_up(run, drafts)


def _sum_up(run: Run, drafts: Sequence[Draft]) -> Ready:
    told = [each for each in drafts if not each.facts.incomplete]
    return Ready(
        run,
        told=len(told),
        ready=sum(each.status is Status.READY for each in told),
        held={each.folder: held for each in told if (held := _said(each, Level.HOLD))},
        told_of={each.folder: _quarters_told_of(each) for each in told},
    )


def _said(draft: Draft, level: Level) -> tuple[str, ...]:
    return tuple(problem.what for problem in draft.problems if problem.level is level)


def _quarters_told_of(draft: Draft) -> Set[Quarter]:
    return {
        doubt.quarter
        for each in draft.doubts
        if each.level is not Level.NOTE
        for doubt in each.supposition.doubts
    }
