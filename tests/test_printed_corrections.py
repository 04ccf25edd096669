"""Correction lines at the foot of the new copy that they belong to, and the second reader."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest
from building import small_desk
from test_revision import RECORD_FALLS, Year, publish

from docs.write_week import write_week
from generator.desk import Desk, load_desk
from generator.filed.remeasuring import NewRelease
from generator.filed.revision import revise
from generator.filing import piece_of
from generator.model import BlockKind, Copy, Facts, Level, Passage, Problem, copy_of
from generator.pipeline import count_release, run
from generator.requests import Request
from generator.writing import Checker, make_environment, write_draft
from generator.writing.proofread.tellings import find_tellings

REVISIONS: dict[str, tuple[Mapping[tuple[str, int], Year], tuple[str, str, int] | None]] = {
    "a record falls": (RECORD_FALLS, None),
    "a record is a joint one": ({("Derbyshire", 2019): (140, 590, 280, 1030)}, None),
    "numbers move": ({("Kent", 2020): (350, 905, 512, 3243)}, None),
    "a rate moves, and its record holds": ({("Derbyshire", 2020): (120, 590, 280, 1080)}, None),
    "a direction turns": ({("Kent", 2020): (350, 1000, 520, 3130)}, None),
    "all turns": (
        {
            ("Derbyshire", 2020): (160, 380, 120, 1300),
            ("Kent", 2019): (300, 1200, 600, 2900),
            ("Northumbria", 2018): (200, 990, 500, 2100),
        },
        None,
    ),
    "the charge rate rises": ({("Northumbria", 2020): (350, 980, 400, 2300)}, None),
    "a force leaves": ({}, ("Kent", "2020/21", 1)),
    "a force leaves for another year": ({}, ("Derbyshire", "2018/19", 1)),
    "a record falls as a force leaves": (RECORD_FALLS, ("Northumbria", "2020/21", 1)),
}
BACK = ("all turns", "a record is a joint one", "a force leaves")
"""Revisions that are made the other way round too: a force joins, a record holds that did not."""


@dataclass(frozen=True)
class Printed:
    """A correction line, the new copy of the area that it is of, and all that checks the two."""

    line: str
    folder: str
    copy: Copy
    facts: Facts
    checker: Checker

    @cached_property
    def known(self) -> Collection[Problem]:
        """What is held of the new copy without the line."""
        return set(self.checker.check_copy(self.copy, self.facts))

    def held(self, *lines: str) -> list[Problem]:
        """Return what is held for lines at the foot of the copy."""
        foot = tuple(Passage(BlockKind.PARAGRAPH, line) for line in lines)
        copy = replace(self.copy, passages=(*self.copy.passages, *foot))
        found = self.checker.check_copy(copy, self.facts)
        return [each for each in found if each.level is Level.HOLD and each not in self.known]


def printed(output: Path, new: Path, desk: Desk, home: Path) -> Iterator[Printed]:
    """Yield each correction that a new release calls for, beside the new draft."""
    stories = list(desk.stories.values())
    release, totals = count_release(new, stories, desk)
    measured = NewRelease(release, totals, desk)
    environment, checker = make_environment(desk), Checker(desk, release)
    for draft in revise(output, new, desk, home).wrong:
        story, period, area = draft.folder.split("/")
        facts = measured.measure((story, period))[area]
        written = write_draft(facts, environment, desk, release)
        copies = {None: copy_of(written.article, written.disclosure)}
        for piece in written.pieces:
            copies[piece.kind] = copy_of(piece.article, written.disclosure, piece.kind)
        for line, kind in dict.fromkeys(
            (sentence.correction, piece_of(name))
            for sentence in draft.sentences
            for name in sentence.files
            if sentence.correction
        ):
            yield Printed(line, draft.folder, copies[kind], facts, checker)


@pytest.fixture(scope="module")
def corrections(tmp_path_factory: pytest.TempPathFactory) -> list[Printed]:
    """Return the corrections that all the revisions call for."""
    desk = small_desk("derbyshire", "kent", "northumbria", register=())
    home = tmp_path_factory.mktemp("home")
    publish(home / "releases" / "2021-05-13")
    run(Request(home / "releases" / "2021-05-13"), desk, home / "output")
    found = []
    for name, (changes, without) in REVISIONS.items():
        new = publish(home / name, changes, without=without, published="2021-07-22")
        found += printed(home / "output", new, desk, home)
        if name in BACK:
            run(Request(new), desk, home / f"{name}, back")
            first = publish(home / f"{name}, first", published="2021-08-22")
            found += printed(home / f"{name}, back", first, desk, home)
    week = tmp_path_factory.mktemp("week") / "desk"
    write_week(week)
    desk = load_desk(week)
    old, new = (week / "releases" / date for date in ("2021-05-13", "2021-07-22"))
    run(Request(old), desk, week / "output")
    found += printed(week / "output", new, desk, week)
    return found


_NUMBER = re.compile(r"\d+(?:,\d+)*(?:\.\d+)?")
_TURNS = {
    "above": "below",
    "below": "above",
    "level with": "above",
    "no longer a record": "a record",
    "a joint record": "an outright record",
    "an outright record": "no longer a record",
    "no longer include": "now include",
    "now include": "do not include",
}


def changes(line: str) -> Iterator[str]:
    """Yield the line with one number or claim made false after what it tells of the old one."""
    told = find_tellings(line)

    def is_told(at: int) -> bool:
        return any(start <= at < end for start, end in told)

    for match in _NUMBER.finditer(line):
        if not is_told(match.start()):
            for digit in range(match.start(), match.end()):
                if line[digit].isdigit():
                    new = str((int(line[digit]) + 1) % 10)
                    yield line[:digit] + new + line[digit + 1 :]
                    break
    for old, new in _TURNS.items():
        for match in re.finditer(rf"\b{old}\b", line):
            if not is_told(match.start()):
                yield line[: match.start()] + new + line[match.end() :]


def test_no_correction_is_held_at_the_foot_of_the_new_draft(corrections: list[Printed]) -> None:
    held = {(each.folder, each.line): each.held(each.line) for each in corrections}
    assert len(corrections) > 250
    assert {line: problems for line, problems in held.items() if problems} == {}


def test_all_corrections_of_a_draft_may_be_printed_together(corrections: list[Printed]) -> None:
    together: dict[object, list[Printed]] = {}
    for each in corrections:
        key = (each.folder, each.copy.piece, id(each.checker))
        together.setdefault(key, []).append(each)
    for of_draft in together.values():
        assert of_draft[0].held(*(each.line for each in of_draft)) == []


def test_what_is_made_false_after_the_telling_is_held(corrections: list[Printed]) -> None:
    seen: set[str] = set()
    passed = []
    made = 0
    for each in corrections:
        if each.line not in seen:
            seen.add(each.line)
            for changed in changes(each.line):
                made += 1
                if not each.held(changed):
                    passed.append(f"{each.line}\n  {changed}")
    sys.stdout.write("\n".join([f"Not held, of {made}:", *passed]))  # shown where this fails
    assert made > 500
    assert len(passed) * 100 <= made
