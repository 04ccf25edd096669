"""Tell the story of the same areas with our text stage and with each rival, and time them."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from generator.collecting import no_garbage_collection
from generator.desk import Desk
from generator.model import Draft, Facts, Release, plain
from generator.writing import Checker, make_environment, write_draft

from .facts import export_facts, told_areas
from .installing import CORENLG, ROSAENLG, Installed, last_line

_PATIENCE = 300
"""Seconds until one run of a rival is given up."""

LICENCES = {ROSAENLG: "Apache-2.0, in part MIT", CORENLG: "Apache-2.0"}
DOES = {
    ROSAENLG: (
        "Renders a Pug template; formats numbers by pattern, joins lists, and mends spaces, "
        "capitals, punctuation and a/an; has grammar for five languages, synonyms and referring "
        "expressions, which this story does not call for."
    ),
    CORENLG: (
        "Builds HTML from Python classes; formats numbers, joins lists, and mends spaces, "
        "capitals, punctuation and a/an; has synonyms, which this story does not call for."
    ),
}
DOES_NOT = {
    ROSAENLG: (
        "Takes whatever numbers and booleans it is given: no trace from a figure to its rows, no "
        "check that a claim holds, no second reading of the words, no exact arithmetic."
    ),
    CORENLG: (
        "Takes whatever numbers and booleans it is given: no trace from a figure to its rows, no "
        "check that a claim holds, no second reading of the words, no exact arithmetic; no "
        "template language: the story is Python code."
    ),
}


@dataclass(frozen=True)
class Rival:
    """A rival beside us in one run: times are medians, for the drafts of all the areas."""

    name: str
    licence: str
    does: str
    does_not: str
    ours: float
    """Our seconds to write the drafts, traced, and read them again."""
    ours_writing: float
    """Of these the seconds to write them."""
    of: int
    """How many areas the story was told for."""
    version: str = ""
    seconds: float | None = None
    """The rival's seconds to write the texts; None where it could not be run."""
    same: int = 0
    """How many of its texts have our words, every one."""
    first_difference: str = ""
    why_not: str = ""
    """Why it could not be run."""

    @property
    def ratio(self) -> float | None:
        """How many times as long we take, proofreading included."""
        return self.seconds and self.ours / self.seconds

    @property
    def writing_ratio(self) -> float | None:
        """How many times as long we take to write alone, which is all that the rival does."""
        return self.seconds and self.ours_writing / self.seconds


@dataclass
class _Running:
    """What has come of one rival's rounds so far."""

    installed: Installed
    seconds: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    version: str = ""
    why_not: str = ""


def compare(
    facts: Sequence[Facts],
    desk: Desk,
    release: Release,
    rivals: Sequence[Installed],
    *,
    rounds: int = 5,
    repeats: int = 10,
) -> tuple[Rival, ...]:
    """Time ourselves and each rival in turn, in every round so many times over.

    Loading, compiling and starting a process are not timed. The first of the repeats are cold
    for whoever compiles as it goes; the median leaves them out.
    """
    areas = told_areas(facts)
    if not areas:
        raise ValueError("There is no area with figures to tell the story of.")
    ours = _Ours(areas, desk, release)
    running = [_Running(rival, why_not=rival.why_not) for rival in rivals]
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "facts.json"
        given.write_text(json.dumps(export_facts(areas, desk, release)), "utf-8")
        for _ in range(rounds):
            ours.run(repeats)
            for rival in running:
                _run(rival, given, repeats)
    return tuple(_result(rival, ours) for rival in running)


class _Ours:
    """Our text stage: templates are loaded once, and every time has a checker of its own."""

    def __init__(self, areas: Sequence[Facts], desk: Desk, release: Release) -> None:
        self.areas, self.desk, self.release = areas, desk, release
        self.environment = make_environment(desk)
        self.writing: list[float] = []
        self.seconds: list[float] = []
        self.drafts: list[Draft] = []

    def run(self, repeats: int) -> None:
        """Write every area's draft and read it again, so many times, as a worker does."""
        for _ in range(repeats):
            with no_garbage_collection():
                self._once()

    def _once(self) -> None:
        begun = time.perf_counter()
        drafts = [
            write_draft(area, self.environment, self.desk, self.release) for area in self.areas
        ]
        written = time.perf_counter()
        checker = Checker(self.desk, self.release)
        self.drafts = [checker.check_draft(draft) for draft in drafts]
        self.seconds.append(time.perf_counter() - begun)
        self.writing.append(written - begun)


def _run(rival: _Running, given: Path, repeats: int) -> None:
    """Have a rival tell every story, so many times; one that fails is not run again."""
    if rival.why_not:
        return
    articles = given.with_name(f"{rival.installed.name}.json")
    command = [*rival.installed.command, str(given), str(articles), str(repeats)]
    environment = {**os.environ, **rival.installed.environment}
    try:
        subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True, timeout=_PATIENCE
        )
    except subprocess.CalledProcessError as error:
        rival.why_not = f"It stopped: {last_line(error.stderr)}"
    except (OSError, subprocess.TimeoutExpired) as error:
        rival.why_not = f"It could not be run: {error}"
    else:
        told: dict[str, Any] = json.loads(articles.read_text("utf-8"))
        rival.seconds += told["seconds"]
        rival.version, rival.texts = told["version"], told["texts"]


def _result(rival: _Running, ours: _Ours) -> Rival:
    name = rival.installed.name
    differences = [] if rival.why_not else list(_differences(rival.texts, ours))
    return Rival(
        name=name,
        licence=LICENCES[name],
        does=DOES[name],
        does_not=DOES_NOT[name],
        ours=median(ours.seconds),
        ours_writing=median(ours.writing),
        of=len(ours.areas),
        version=rival.version,
        seconds=None if rival.why_not else median(rival.seconds),
        same=0 if rival.why_not else len(ours.areas) - len(differences),
        first_difference=differences[0] if differences else "",
        why_not=rival.why_not,
    )


def _differences(texts: Sequence[str], ours: _Ours) -> Iterator[str]:
    """Yield for each text that is not ours, word for word, where it first departs from it."""
    for draft, text in zip(ours.drafts, texts, strict=True):
        expected, found = words_of(draft), fold(text)
        if found != expected:
            at = next(
                (n for n, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b),
                min(len(expected), len(found)),
            )
            stretch = slice(max(at - 3, 0), at + 3)
            yield (
                f"{draft.facts.area.id}: “{' '.join(found[stretch])}” where we have "
                f"“{' '.join(expected[stretch])}”"
            )


def words_of(draft: Draft) -> list[str]:
    """Return the words of a draft, the headline's first."""
    runs = (draft.article.headline, *(block.runs for block in draft.article.blocks))
    return " ".join(map(plain, runs)).split()


def fold(text: str) -> list[str]:
    """Return the words of a text in HTML: tags part words as white space does."""
    return html.unescape(re.sub(r"<[^>]*>", " ", text)).split()


def describe(rival: Rival) -> str:
    """Say in a few lines how a rival did beside us."""
    if rival.seconds is None or rival.ratio is None or rival.writing_ratio is None:
        return f"{rival.name} was not compared. {rival.why_not}"
    lines = [
        f"{rival.name} {rival.version} ({rival.licence}): {rival.seconds:.3f} s for "
        f"{rival.of} texts",
        f"  ours in the same run: {rival.ours:.3f} s traced and proofread "
        f"({rival.ratio:.1f} times as long), {rival.ours_writing:.3f} s of them writing "
        f"({rival.writing_ratio:.1f} times as long)",
        f"  texts the same, word for word: {rival.same} of {rival.of}",
        f"  {rival.does}",
        f"  {rival.does_not}",
    ]
    if rival.first_difference:
        lines.insert(3, f"  first difference: {rival.first_difference}")
    return "\n".join(lines)
