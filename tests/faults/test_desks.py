"""Falsehoods that a story's author may write into a template or config.

Each is one small change to the desk; the run has to refuse it, or hold every draft that it
makes false.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.desk import load_desk
from generator.errors import NewscopyError
from generator.model import Level
from generator.pipeline import draft
from generator.requests import Request

ARTICLE = "templates/victim-withdrawal/article.md.j2"
HEADLINE = "templates/victim-withdrawal/headline.md.j2"
NATION = "templates/victim-withdrawal/nation-rate.md.j2"
RATE = "templates/shared/rate.md.j2"
BESIDE = "templates/shared/record-and-baseline.md.j2"
STORY = "config/stories/victim-withdrawal.yml"


@dataclass(frozen=True)
class Slip:
    """A change in a file of the desk, and what the run has to say of it."""

    file: str
    old: str
    new: str
    said: str
    where: str = "derbyshire"
    """The area whose draft is held; "" where the run refuses the desk."""


SLIPS = {
    "a number typed into a template": Slip(
        ARTICLE, "of {{ closed }} offences", "of 80,204 offences", "80,204"
    ),
    "a number typed that is right for one area": Slip(
        ARTICLE, "{{ withdrawn }} {{ say.fell", "3,480 {{ say.fell", "typed into the template"
    ),
    "a record typed outside a claim": Slip(
        ARTICLE, "{{ release.publisher }} data shows", "Record {{ release.publisher }} data shows",
        "stands outside any claim",
    ),
    "a claim word typed beside a claim": Slip(
        ARTICLE, "fell_through }} after", "fell_through }}, the highest number, after",
        "stands outside any claim",
    ),
    "a claim without its question": Slip(
        RATE, "{% if rate.record_high %}", "{% if True %}", "does not hold", ""
    ),
    "another figure under the same words": Slip(
        ARTICLE, "of {{ closed }} offences", "of {{ withdrawn }} offences",
        "did not support|no figure",
    ),
    "the baseline's figure for this year's": Slip(
        RATE, "At {{ rate }}, that was {% claim rate.record_high %}",
        "At {{ rate.baseline }}, that was {% claim rate.record_high %}", "in 2019",
    ),
    "the nation's figure for the force's": Slip(
        ARTICLE, "{{ withdrawn }} {{ say.fell", "{{ nation.withdrawn }} {{ say.fell",
        "for England and Wales",
    ),
    "the force's figure for the nation's": Slip(
        NATION, "{{ nation.rate }} of criminal", "{{ rate }} of criminal", "for Derbyshire"
    ),
    "the wrong word in the right claim": Slip(
        BESIDE, "higher than {{", "lower than {{", "not below"
    ),
    "the wrong record in the right claim": Slip(
        RATE, "{% claim rate.record_high %}the highest", "{% claim rate.record_high %}the lowest",
        "as low|the same",
    ),
    "a number's claim on a rate": Slip(
        RATE, "the highest {{ the_rate }}", "the highest number", "speak of a number of cases"
    ),
    "a wrong year in a claim": Slip(
        RATE, "were first published in {{ rate.first.period }}{% endclaim %}, when {{ rate.first",
        "were first published in {{ rate.baseline.period }}{% endclaim %}, when {{ rate.first",
        "begins in 2018",
    ),
    "a hedge typed before a figure": Slip(
        ARTICLE, "{{ withdrawn }} {{ say.fell", "nearly {{ withdrawn }} {{ say.fell",
        "hedge|no figure",
    ),
    "a per cent sign after a figure": Slip(
        ARTICLE, "of {{ closed }} offences", "of {{ closed }}% offences", "%"
    ),
    "a headline that the text does not carry": Slip(
        HEADLINE, "{% claim withdrawn.record_high %}Record number{% endclaim %} of criminal cases "
        "{{ say.collapse }} {{ area.there }} after",
        "{% claim rate.record_high %}Rate highest on record{% endclaim %} {{ area.there }} and "
        "{% claim withdrawn.record_high %}fewest{% endclaim %} stay, after",
        "headline",
    ),
    "quotation marks round words of nobody": Slip(
        ARTICLE, "data shows that", "data shows, to “dismay”, that", "word for word in no quote"
    ),
    "a quote given to the wrong speaker": Slip(
        "templates/victim-withdrawal/government.md.j2", "A {{ quotes.government.role }} said",
        "{{ quotes.almeida.speaker }} said", "given to nobody, or to somebody",
    ),
    "a misspelt measure": Slip(
        ARTICLE, "{{ withdrawn }} {{ say.fell", "{{ withdrewn }} {{ say.fell", "defined", ""
    ),
    "a finding printed": Slip(
        ARTICLE, "{{ withdrawn }} {{ say.fell", "{{ rate.record_high }} {{ say.fell",
        "not words", "",
    ),
    "a sum in a template": Slip(
        ARTICLE, "{{ withdrawn }} {{ say.fell", "{{ withdrawn.figure.value }} {{ say.fell",
        "no figure of the story", "",
    ),
    "two bases in one share": Slip(
        STORY, "count: closed\n    outcomes: [14, 16]", "count: recorded\n    outcomes: [14, 16]",
        "two bases", "",
    ),
    "type 0 in the denominator": Slip(STORY, "[1-22]", "[0, 1-22]", "is not an outcome", ""),
    "a share upside down": Slip(
        STORY, "share: withdrawn\n    of: closed", "share: closed\n    of: withdrawn",
        "larger than its whole",
    ),
    "outcomes that are not the story's": Slip(
        STORY, "outcomes: [14, 16]", "outcomes: [14, 99]", "no outcome", ""
    ),
    "an excluded force that the copy leaves out": Slip(
        "templates/shared/excluded.md.j2", '{{ areas | map(attribute="police")', '{{ ["a force"]',
        "the copy does not say so", "kent",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_false_desk_is_caught(
    name: str,
    small_desk: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    slip = SLIPS[name]
    folder = tmp_path / "desk"
    shutil.copytree(small_desk, folder)
    if name == "an excluded force that the copy leaves out":
        (folder / "config/comparability.yml").write_text(EXCLUDED)
        style = folder / "config/style.yml"
        style.write_text(style.read_text().replace("smallest_basket: 75", "smallest_basket: 50"))
    file = folder / slip.file
    text = file.read_text(encoding="utf-8")
    assert slip.old in text
    file.write_text(text.replace(slip.old, slip.new, 1), encoding="utf-8")

    record_property("fault", name)

    said = run(folder, slip.where)
    assert any(re.search(slip.said, each) for each in said), said


def run(folder: Path, area: str) -> list[str]:
    """Return why the run refuses the desk, or holds an area's draft."""
    request = Request(folder / "releases" / "2021-05-13-table", stories=("victim-withdrawal",))
    try:
        _, drafts = draft(request, load_desk(folder))
    except NewscopyError as error:
        return [fault.what for fault in error.faults]
    held = [each for each in drafts if each.facts.area.id == area or not area]
    return [
        f"{problem.where}: {problem.what}"
        for each in held
        for problem in each.problems
        if problem.level is Level.HOLD
    ]


EXCLUDED = """entries:
  - dataset: police-outcomes
    area: northumbria
    from: "2019-07"
    to: "2019-09"
    effect: incomplete
    reason: did not submit complete data
    source: a test
    added: 2021-05-13
"""


def test_the_small_desk_is_clean_without_a_slip(small_desk: Path) -> None:
    for area in ("derbyshire", "kent", "northumbria", "england-and-wales"):
        assert run(small_desk, area) == []
