"""All files of a story's drafts beside the bare library calls that they need."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import docx
import psutil

from generator.collecting import no_garbage_collection
from generator.desk import Desk
from generator.filing import Made
from generator.filing.charts import PNG, Bars, Lines, chart_of
from generator.model import Release
from generator.pipeline import count_release, survey_story, write_drafts
from generator.requests import Request, make_sample
from generator.stretches import Writer
from generator.workers import Workers, processes

from .bare_chart import draw, height_of
from .bare_word import Part, parts_of, write_word
from .rows import Row, Target, attempt, say_seconds, timed_row
from .sample import STORY
from .setting import Setting
from .timing import Timing, Work, interleave

_ROUNDS = 7
_CORES = os.cpu_count() or 1
_WORD = "article.docx"
BUNDLE = "Bundle of {} drafts in all formats, against the bare libraries divided by the cores"
TARGET = Target(1.3, "at most 1.3")

Make = Callable[[], list[Made]]


def rows(setting: Setting) -> Iterator[Row]:
    """Measure the drafts of the sample's areas and of its nation."""
    desk = setting.desk
    yield attempt(BUNDLE.format(len(desk.areas)), lambda: _row(desk), TARGET)


def _row(desk: Desk) -> Row:
    with making(desk, _CORES) as (make, release):
        made = make()
        bare = [Bare.of(each, release) for each in made]
        timing = measure(make, bare, _CORES, _ROUNDS)
        ours, theirs = processor_seconds(make), processor_seconds(lambda: write_all(bare))
    files = sum(len(each.files) for each in made)
    return timed_row(
        BUNDLE.format(len(made)),
        timing,
        TARGET,
        holds_back="The nation's draft is made by one core, when all others are there, and each "
        "process writes every draft before it checks and renders its own.",
        note=f"Ours: {files} files, from counts to bytes in memory, by {_CORES} processes as in a "
        "run, which have been started: facts measured, words written and traced, read again and "
        "judged, then articles, pieces, pages, Word files, charts, tables, feeds, ledgers and "
        "notes. Theirs: the Word file and the chart alone, with everything known beforehand; "
        "python-docx writes the same paragraphs, styles, comments and table, and matplotlib "
        "draws the same figures and labels on Axes, as SVG and as PNG, in one process, whose "
        f"time is divided by {_CORES}. No properties, no words for the chart, no small PNG, no "
        "labels moved apart, not the same bytes each time. Processor time of all cores: "
        f"{say_seconds(ours)} against {say_seconds(theirs)}.",
    )


def measure(make: Make, bare: list[Bare], cores: int, rounds: int) -> Timing:
    """Time all files of some drafts, made by all cores, beside the bare ones, made by one.

    Python's collector rests for both, as it does in a run.
    """
    write_all(bare)  # matplotlib finds its fonts
    with no_garbage_collection():
        timing = interleave(make, lambda: write_all(bare), rounds)
    return Timing(timing.ours, timing.theirs / cores, timing.ratio * cores)


def processor_seconds(work: Work) -> float:
    """Return the processor time that work takes of this process and of those it has started."""
    this = psutil.Process()

    def taken() -> float:
        times = [each.cpu_times() for each in (this, *this.children(recursive=True))]
        return sum(each.user + each.system for each in times)

    before = taken()
    work()
    return taken() - before


@contextmanager
def making(desk: Desk, cores: int) -> Iterator[tuple[Make, Release]]:
    """Yield what makes the story's drafts from the sample, over and over, and the release."""
    story = desk.stories[STORY]
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample"
        make_sample(sample, desk)
        release, totals = count_release(Request(sample).release, [story], desk)
    writer = Writer(desk, release, {story.id: survey_story(release, story, totals, desk)})
    areas = {area.id for area in desk.areas}

    def make_by(workers: Workers) -> list[Made]:
        packed = write_drafts(writer, [story], totals, areas, workers)
        return [each.unpack() for each in packed]

    with processes(cores) as workers:
        yield lambda: make_by(workers), release


def write_all(bare: Iterable[Bare]) -> None:
    """Write the files of one draft after the other."""
    for each in bare:
        each.write()


@dataclass(frozen=True)
class Bare:
    """A draft's Word file and its chart, to be written by the bare libraries."""

    parts: tuple[Part, ...]
    chart: Lines | Bars | None
    height: int
    """Of the chart, in CSS pixels."""

    @classmethod
    def of(cls, made: Made, release: Release) -> Bare:
        """Find out what is in a draft's Word file and in its chart."""
        chart = chart_of(made.draft.facts, release)
        parts = parts_of(docx.Document(io.BytesIO(made.files[_WORD])))
        return cls(tuple(parts), chart, height_of(made.files[PNG]) if chart else 0)

    def write(self) -> dict[str, bytes]:
        """Return the files, by name."""
        files = draw(self.chart, self.height) if self.chart else {}
        return files | {_WORD: write_word(self.parts, files.get(PNG))}
