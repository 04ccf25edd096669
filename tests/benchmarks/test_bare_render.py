"""The bare render says what the drafts say: the two can be set against each other."""

from __future__ import annotations

from pathlib import Path

from building import desk

from benchmarks.bare_render import bare_renders, local_facts, measure, read_bare
from generator.model import copy_of
from generator.pipeline import measure_release
from generator.requests import Request, choose_stories
from generator.writing import make_environment, write_draft


def test_a_bare_render_has_the_words_of_the_draft(sample_release: Path) -> None:
    stories = choose_stories(desk(), ())
    release, facts = measure_release(Request(sample_release), stories, desk())
    environment = make_environment(desk())
    renders = bare_renders(facts, desk(), release)
    assert len(renders) == 90
    for each, render in zip(facts, renders, strict=True):
        draft = write_draft(each, environment, desk(), release)
        assert copy_of(read_bare(render()), "") == copy_of(draft.article, ""), draft.folder


def test_what_is_timed_is_of_the_local_areas_of_a_story(sample_release: Path) -> None:
    stories = choose_stories(desk(), ("victim-withdrawal",))
    release, facts = measure_release(Request(sample_release), stories, desk())
    local = local_facts(facts, "victim-withdrawal")
    assert len(local) == 43
    assert measure(local[:2], desk(), release, rounds=1).ratio > 1
