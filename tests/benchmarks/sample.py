"""The facts of one story in the sample release: what the text stage is measured with."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from generator.desk import Desk
from generator.model import Facts, Release
from generator.pipeline import measure_release
from generator.requests import Request, make_sample

STORY = "victim-withdrawal"


def with_articles_alone(desk: Desk) -> Desk:
    """Return a desk that writes no pieces beside its articles, since nobody else does."""
    return replace(desk, file=desk.file.model_copy(update={"pieces": ()}))


def measure_sample(desk: Desk) -> tuple[Release, tuple[Facts, ...]]:
    """Write the sample release, read it, and measure the story in it."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample"
        make_sample(sample, desk)
        return measure_release(Request(sample), [desk.stories[STORY]], desk)
