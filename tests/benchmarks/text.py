"""The text stage beside the bare render of its templates, and beside two other generators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.desk import Desk
from generator.model import Facts, Release

from .bare_render import local_facts, measure
from .rivals.comparing import Rival, compare
from .rivals.installing import install
from .rows import Row, Target, say_seconds, timed_row
from .sample import STORY, measure_sample, with_articles_alone
from .setting import Setting
from .timing import Timing

_ROUNDS = 15
JINJA = "the bare Jinja2 render"
TEXT = "Text of {} drafts, traced and proofread, against {}"
WRITING = "Of these the writing alone, without proofreading, against {}"
TEN_TIMES = Target(10, "at most 10")
FASTER = Target(1, "below 1", below=True)


def rows(setting: Setting) -> Iterator[Row]:
    """Measure the drafts of the sample's areas."""
    desk = with_articles_alone(setting.desk)
    release, facts = measure_sample(desk)
    yield from _beside_bare(local_facts(facts, STORY), desk, release)
    for rival in compare(facts, desk, release, install(setting.new_folder("rivals"))):
        yield from _beside(rival)


def _beside_bare(facts: Sequence[Facts], desk: Desk, release: Release) -> Iterator[Row]:
    alone = measure(facts, desk, release, _ROUNDS, proofread=False)
    yield timed_row(
        TEXT.format(len(facts), JINJA),
        measure(facts, desk, release, _ROUNDS),
        TEN_TIMES,
        holds_back=f"Writing alone, in the sandbox and traced, is {alone.ratio:.0f} bare renders; "
        "the rest is the second reading of each sentence, number and claim.",
        note="Theirs: the same words from the same templates, with every choice made and every "
        "figure printed beforehand, untraced and unread.",
    )
    yield timed_row(WRITING.format(JINJA), alone)


def _beside(rival: Rival) -> Iterator[Row]:
    what = TEXT.format(rival.of, rival.name)
    if rival.seconds is None or rival.ratio is None or rival.writing_ratio is None:
        yield Row(what, target=FASTER.said, note=f"Not measured: {rival.why_not}")
        return
    yield timed_row(
        what,
        Timing(rival.ours, rival.seconds, rival.ratio),
        FASTER,
        holds_back=f"Writing takes {say_seconds(rival.ours_writing)} of it; the rest is the second "
        "reading, which they do not do.",
        note=f"{rival.name} {rival.version}, {rival.licence}. {rival.does} {rival.does_not} "
        f"Texts with our words, every one: {rival.same} of {rival.of}."
        + (f" The first that has not: {rival.first_difference}." if rival.first_difference else ""),
    )
    yield timed_row(
        WRITING.format(rival.name), Timing(rival.ours_writing, rival.seconds, rival.writing_ratio)
    )
