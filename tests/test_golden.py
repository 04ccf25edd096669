"""Drafts to read: golden files, made from the sample and from the reference release.

`make golden` writes them anew. Read the difference as an editor before you commit it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from building import desk, text_of, whole_text_of

from generator.model import Draft
from generator.pipeline import draft
from generator.requests import Request

GOLDEN = Path(__file__).parent / "golden"
READ = [
    ("victim-withdrawal", "derbyshire"),
    ("victim-withdrawal", "northumbria"),
    ("victim-withdrawal", "greater-manchester"),
    ("victim-withdrawal", "england-and-wales"),
    ("victim-withdrawal", "kent"),
    ("victim-withdrawal", "lancashire"),
    ("victim-withdrawal", "suffolk"),
    ("charged", "derbyshire"),
    ("charged", "cambridgeshire"),
    ("charged", "greater-manchester"),
    ("charged", "humberside"),
]

PUBLISHED = {
    "derbyshire": [
        "80,204", "23,489", "29.3%", "2015", "just 4%", "26.3% in 2019", "27.4%",
        "up from 25.1% in 2019", "2015", "12.8%", "Greater Manchester Police",
        "20,189", "around 86%", "82%",
    ],
    "northumbria": [
        "129,577", "30,271", "23.4%", "slightly up from 22.4% in 2019", "9% in 2015", "27.4%",
        "up from 25.1% in 2019", "2015", "12.8%", "Greater Manchester Police",
        "21,152", "around 70%", "82%",
    ],
}  # fmt: skip
"""The figures that local papers printed in June 2021, in the order in which they stood."""


@pytest.fixture(scope="module")
def sample_drafts(sample_release: Path) -> dict[tuple[str, str], Draft]:
    return _drafts(sample_release)


@pytest.mark.parametrize(("story", "area"), READ)
def test_a_draft_of_the_sample_reads_as_its_golden_file(
    sample_drafts: dict[tuple[str, str], Draft],
    story: str,
    area: str,
    pytestconfig: pytest.Config,
) -> None:
    _compare(sample_drafts[story, area], GOLDEN / "sample" / story / f"{area}.txt", pytestconfig)


@pytest.mark.parametrize("area", PUBLISHED)
def test_the_sample_carries_the_published_figures_in_order(
    sample_drafts: dict[tuple[str, str], Draft], area: str
) -> None:
    assert _in_order(text_of(sample_drafts["victim-withdrawal", area]), PUBLISHED[area])


@pytest.mark.shared
@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("area", PUBLISHED)
def test_the_reference_release_gives_the_published_figures_in_every_format(
    reference_release: Callable[[str], Path], form: str, area: str, pytestconfig: pytest.Config
) -> None:
    request = Request(reference_release(form), ("victim-withdrawal",), (area,))
    (written,) = draft(request, desk())[1]
    _compare(written, GOLDEN / "reference" / f"{area}.txt", pytestconfig)
    assert _in_order(text_of(written), PUBLISHED[area])


def test_no_two_drafts_of_a_batch_are_the_same(
    sample_drafts: dict[tuple[str, str], Draft],
) -> None:
    texts = [text_of(each) for each in sample_drafts.values()]
    assert len(set(texts)) == len(texts) == 90


def test_no_draft_has_leftovers(sample_drafts: dict[tuple[str, str], Draft]) -> None:
    for each in sample_drafts.values():
        text = text_of(each)
        for leftover in ("None", "nan", "{{", "{%", "  ", " ,", " .", "..", "\ue000", "\ue002"):
            assert leftover not in text, (each.folder, leftover)
        assert not re.search(r"\b(a (8|11|18)|an (?!8|11|18)\d)", text), each.folder


def _drafts(release: Path) -> dict[tuple[str, str], Draft]:
    written = draft(Request(release), desk())[1]
    return {(each.facts.story.id, each.facts.area.id): each for each in written}


def _compare(written: Draft, golden: Path, config: pytest.Config) -> None:
    text = whole_text_of(written)
    if config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


def _in_order(text: str, expected: list[str]) -> bool:
    """Tell whether the words stand in the text one after the other."""
    place = 0
    for words in expected:
        found = text.find(words, place)
        assert found >= 0, f"{words!r} is not in what follows {text[max(place - 40, 0) : place]!r}"
        place = found + len(words)
    return True
