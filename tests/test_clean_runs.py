"""Whole runs over clean releases: the second reader holds none of the drafts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from building import desk

from generator.model import Level
from generator.periods import Period
from generator.pipeline import draft
from generator.requests import Request


def held_for_its_words(release: Path, period: str | None) -> list[str]:
    """Return what is held in a run, but for what is wrong with the figures themselves."""
    asked = Period.parse(period) if period else None
    _, drafts = draft(Request(release, period=asked), desk())
    assert len(drafts) == 90
    return [
        f"{each.folder}: {problem.where}: {problem.what}"
        for each in drafts
        for problem in each.problems
        if problem.level is Level.HOLD and problem not in each.facts.problems
    ]


@pytest.mark.parametrize("period", [None, "2018", "2019/20", "to-2020-09"])
def test_no_draft_of_the_sample_is_held_for_its_words(
    sample_release: Path, period: str | None
) -> None:
    assert held_for_its_words(sample_release, period) == []


@pytest.mark.shared
def test_no_draft_of_the_reference_release_is_held_for_its_words(
    reference_release: Callable[[str], Path],
) -> None:
    assert held_for_its_words(reference_release("csv"), None) == []
