"""Releases with the faults that people meet, made from real counts: what a user gets of each.

A case ends in the right figure, or in a message whose mend, followed, leads to it. The table of
all of them, with each message in full, stands in the report of the suite.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from reference import MAKER, shared_file

from generator.desk import builtin_desk, load_desk
from generator.errors import NewscopyError
from generator.model import Draft, Level, Release, plain
from generator.pipeline import draft
from generator.requests import Request

pytestmark = pytest.mark.shared

KENT = {"closed": 173_268, "charged": 13_142}
"""Kent's counts of 2020, which every case has that leaves them alone."""
RECORDED = {"rec": 3570, "rob": 357, "cod": 357}
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    maker = shared_file(MAKER.with_name("make_bad_files.py"))
    folder = tmp_path_factory.mktemp("bad")
    subprocess.run([sys.executable, maker, folder], check=True, capture_output=True)
    return folder


@dataclass
class Told:
    """What came of a run over a case: drafts by area, or what it refused the release for."""

    release: Release | None
    drafts: dict[tuple[str, str], Draft]
    said: list[str]
    mends: list[str]

    def count(self, measure: str, story: str = "charged", area: str = "kent") -> object:
        figure = self.drafts[story, area].facts.measures[measure].figure
        return None if figure is None else figure.value

    def text(self, story: str, area: str) -> str:
        article = self.drafts[story, area].article
        return "\n".join(plain(block.runs) for block in article.blocks)


class Case:
    """A case in a desk of its own, which can be changed as a mend says, and told again."""

    def __init__(self, cases: Path, name: str, folder: Path) -> None:
        self.desk = folder / "desk"
        for part in ("config", "templates"):
            shutil.copytree(builtin_desk() / part, self.desk / part)
        counts = shared_file(MAKER.with_name("count_stories.py"))
        subprocess.run([sys.executable, counts, self.desk], check=True, capture_output=True)
        self.release = folder / "release"
        shutil.copytree(cases / name, self.release)
        self.of_crime = "Crime recorded" in (self.release / "release.yml").read_text("utf-8")

    def tell(self, *stories: str) -> Told:
        stories = stories or (tuple(RECORDED) if self.of_crime else ("charged",))
        request = Request(self.release, stories=stories)
        try:
            release, drafts = draft(request, load_desk(self.desk))
        except NewscopyError as error:
            faults = error.faults
            said = [f"{each.what} {each.found} {each.expected}" for each in faults]
            return Told(None, {}, said, [each.mend for each in faults])
        told = {(each.facts.story.id, each.facts.area.id): each for each in drafts}
        return Told(release, told, list(release.assumed), [])

    def follow(self, told: Told) -> None:
        """Do what the mends say: lines of release.yml, or a line of a dataset."""
        path = self.release / "release.yml"
        written = yaml.safe_load(path.read_text("utf-8"))
        for mend in told.mends:
            if "release.yml:\n" in mend:
                for key, value in yaml.safe_load(mend.partition("release.yml:\n")[2]).items():
                    written[key] = {**written.get(key, {}), **value}
                path.write_text(yaml.safe_dump(written), "utf-8")
                continue
            line, file = re.findall(r"`([a-z_]+: [^`]+)` in (config/datasets/\S+\.yml)", mend)[0]
            dataset = self.desk / file
            dataset.write_text(f"{dataset.read_text('utf-8')}\n{line}\n", "utf-8")


@pytest.fixture
def case(cases: Path, tmp_path: Path) -> Callable[[str], Case]:
    return lambda name: Case(cases, name, tmp_path)


def note(record_property: Record, name: str, told: Told, outcome: str) -> None:
    said = "\n".join(f"    {line}" for line in [*told.said, *told.mends])
    record_property("a bad file", f"{name}: {outcome}\n{said}".rstrip())


@pytest.mark.parametrize("name", ["as-published", "footnotes", "note-in-header", "revised-mark"])
def test_it_is_read_as_it_was_published(
    name: str, case: Callable[[str], Case], record_property: Record
) -> None:
    told = case(name).tell()
    assert {measure: told.count(measure) for measure in KENT} == KENT
    assert told.release is not None
    if name == "footnotes":
        assert any("stand notes: “Source: Home Office" in each for each in told.said)
    if name == "revised-mark":
        assert any("“[r]”, revised: the number" in each for each in told.release.accounted)
    note(record_property, name, told, "the right figure")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("hidden-sheet", r"“Outcomes revised”, “Outcomes_open_data_2019-20” \(hidden\)"),
        ("unread-sheet", "“Outcomes_open_data_2019-20”, “Data_continued”"),
        ("merged-names", "as merged cells are saved"),
    ],
)
def test_it_is_refused_and_the_mend_leads_to_the_right_figure(
    name: str, says: str, case: Callable[[str], Case], record_property: Record
) -> None:
    bad = case(name)
    told = bad.tell()
    assert re.search(says, told.said[0]), told.said
    assert not any("ownload" in mend for mend in told.mends)
    note(record_property, name, told, "refused; followed, the right figure")
    bad.follow(told)
    again = bad.tell()
    assert {measure: again.count(measure) for measure in KENT} == KENT, again.said
    nation = again.drafts["charged", "england-and-wales"].facts
    assert [each.area.id for each in nation.excluded] == ["greater-manchester"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("na-in-one-force", "3 cells of Kent Police are marked as not applicable where other"),
        ("suppressed", ""),
        ("lost-row", "Kent Police has only 3 of 4 rows for July to September 2019"),
    ],
)
def test_what_is_lacking_takes_out_what_needs_it_and_nobody_is_blamed(
    name: str, says: str, case: Callable[[str], Case], record_property: Record
) -> None:
    told = case(name).tell()
    assert any(says in each for each in told.said) or not says
    kent = told.drafts["charged", "kent"].facts
    lacking = kent.lead.previous if name == "lost-row" else kent.lead.figure
    assert lacking is None
    for draft_ in told.drafts.values():
        blamed = re.findall(r"[^.]*did not (?:submit|provide|appear)[^.]*\.", text_of(draft_))
        assert not [each for each in blamed if "Kent" in each]
    note(record_property, name, told, "the figure is not given, and nobody blamed")


def text_of(draft_: Draft) -> str:
    return "\n".join(plain(block.runs) for block in draft_.article.blocks)


@pytest.mark.parametrize("name", ["group-in-lower-case", "total-row"])
def test_the_counts_of_offences_are_right(
    name: str, case: Callable[[str], Case], record_property: Record
) -> None:
    told = case(name).tell()
    assert {story: told.count("offences", story) for story in RECORDED} == RECORDED
    assert told.count("offences", "rob", "england-and-wales") == 12_959
    note(record_property, name, told, "the right figure")


def test_one_and_none(case: Callable[[str], Case], record_property: Record) -> None:
    few = case("one-and-none")
    told = few.tell("rec")
    for area, words in (("kent", "none offences"), ("surrey", "one offences")):
        held = [p.what for p in told.drafts["rec", area].problems if p.level is Level.HOLD]
        assert [f"“{words}” does not agree."] == held
    note(record_property, "one-and-none", told, "held; with the filter, one and no offences")
    template = few.desk / "templates/rec/article.md.j2"
    new = template.read_text("utf-8").replace(
        "{{ offences }} offences", '{{ offences | counted("offence", "offences") }}'
    )
    template.write_text(new, "utf-8")
    again = few.tell("rec")
    assert "Kent Police recorded no offences last year" in again.text("rec", "kent")
    assert "Surrey Police recorded one offence last year" in again.text("rec", "surrey")
    for area in ("kent", "surrey"):
        assert not [p for p in again.drafts["rec", area].problems if p.level is Level.HOLD]
