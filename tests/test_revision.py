"""What a new release changes: figures, findings, areas, and the filed sentences that fall."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import oracle
import pytest
from building import small_desk
from tables import CLOSED, HEADER, Rows, rows_of, write_csv

from generator.desk import Desk
from generator.errors import RequestError
from generator.filed.approval import approve, spike
from generator.filed.revision import Asked, revise
from generator.filing.revisions import summary
from generator.model import Fallen, FalseSentence, Restated, Revision, Stand, Topic, Turned
from generator.pipeline import run
from generator.requests import Request

COUNT = "the number of offences closed because the victim did not support further action"
SHARE = "the share of offences closed because the victim did not support further action"

Year = tuple[int, int, int, int]
"""Offences closed in each quarter of a year, as outcomes 1, 14, 16 and 18."""


def publish(
    folder: Path,
    changes: Mapping[tuple[str, int], Year] | None = None,
    *,
    without: tuple[str, str, int] | None = None,
    published: str = "2021-05-13",
    sample: bool = False,
) -> Path:
    """Write a release with these years changed, or without a force's quarter."""
    counts = copy.deepcopy(CLOSED)
    for (force, year), numbers in (changes or {}).items():
        counts[force][year] = numbers
    rows: Rows = [row for row in rows_of(counts) if (row[2], row[0], row[1]) != without]
    folder.mkdir(parents=True)
    write_csv(folder / "outcomes.csv", [HEADER, *rows])
    text = f"published: {published}\n" + ("sample: true\n" if sample else "")
    (folder / "release.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Return a desk of three forces, whose figures for the nation hold with two of them."""
    desk = small_desk("derbyshire", "kent", "northumbria", register=())
    return replace(desk, file=desk.file.model_copy(update={"pieces": ()}))  # articles are enough


@pytest.fixture(scope="module")
def filed(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File drafts once: copy them, do not change them."""
    home = tmp_path_factory.mktemp("home")
    publish(home / "releases" / "2021-05-13")
    run(Request(home / "releases" / "2021-05-13"), desk, home / "output")
    return home


@pytest.fixture
def home(filed: Path, tmp_path: Path) -> Path:
    shutil.copytree(filed, tmp_path / "home")
    return tmp_path / "home"


Revise = Callable[..., Revision]


@pytest.fixture
def revised(desk: Desk, home: Path) -> Revise:
    """Return what publishes a release and sets it against the output, or against the old one."""

    def revised(
        changes: Mapping[tuple[str, int], Year] | None = None,
        *,
        old: str = "output",
        asked: Asked | None = None,
        **published: object,
    ) -> Revision:
        new = publish(home / "releases" / "2021-07-22", changes, **published)  # type: ignore[arg-type]
        return revise(home / old, new, desk, home, asked)

    return revised


def sentences(revision: Revision, folder: str) -> dict[str, FalseSentence]:
    """Return a draft's false sentences by where they stand."""
    (draft,) = [each for each in revision.drafts if each.folder == folder]
    return {sentence.where: sentence for sentence in draft.sentences}


def restated(revision: Revision) -> dict[str, Restated]:
    return {each.before.id: each for each in revision.differences.restated}


def turned(revision: Revision, area: str, measure: str) -> dict[Topic, Turned]:
    return {
        each.topic: each
        for each in revision.differences.turned
        if (each.area.id, each.measure) == (area, measure)
    }


DERBYSHIRE = "victim-withdrawal/2020/derbyshire"
KENT = "victim-withdrawal/2020/kent"
NORTHUMBRIA = "victim-withdrawal/2020/northumbria"

RECORD_FALLS = {("Derbyshire", 2019): (140, 590, 290, 1020)}
"""In 2019 3,520 of 8,160 offences, where it was 2,960: above the 3,480 of 2020."""


# --- Figures and findings -------------------------------------------------------------------


def test_a_record_that_falls_is_told_with_the_figures_that_decide_it(revised: Revise) -> None:
    fallen = turned(revised(RECORD_FALLS, old="releases/2021-05-13"), "derbyshire", "withdrawn")
    record = fallen[Topic.HIGHEST]
    assert (record.was, record.now) == (Stand.RECORD, Stand.NONE)
    assert [figure.value for figure in record.before.evidence] == [3480, 2960]
    assert [figure.value for figure in record.after.evidence] == [3480, 3520]
    direction = fallen[Topic.EARLIER]
    assert (direction.was, direction.now) == (Stand.HIGHER, Stand.LOWER)
    assert str(direction.then) == "2019"


def test_a_record_that_holds_now_and_did_not_is_told_as_well(revised: Revise) -> None:
    lower = {("Kent", 2018): (400, 700, 500, 3400), ("Kent", 2019): (390, 690, 520, 3400)}
    found = turned(revised(lower, old="releases/2021-05-13"), "kent", "withdrawn")
    assert (found[Topic.HIGHEST].was, found[Topic.HIGHEST].now) == (Stand.NONE, Stand.RECORD)


def test_a_joint_record_is_one_of_its_own(revised: Revise) -> None:
    level = {("Derbyshire", 2019): (140, 590, 280, 1030)}
    found = turned(revised(level, old="releases/2021-05-13"), "derbyshire", "withdrawn")
    assert (found[Topic.HIGHEST].was, found[Topic.HIGHEST].now) == (Stand.RECORD, Stand.JOINT)
    assert (found[Topic.EARLIER].was, found[Topic.EARLIER].now) == (Stand.HIGHER, Stand.LEVEL)


def test_a_count_of_two_stories_is_told_once_and_names_both(revised: Revise) -> None:
    more = {("Derbyshire", 2018): (150, 400, 200, 1260)}
    closed = restated(revised(more, old="releases/2021-05-13"))["derbyshire/closed/2018"]
    assert (closed.before.value, closed.after.value) == (8000, 8040)
    assert closed.told_in == ("charged/2020", "victim-withdrawal/2020")


def test_a_figure_moved_under_the_rounding_makes_no_sentence_false(revised: Revise) -> None:
    revision = revised({("Derbyshire", 2018): (150, 400, 200, 1251)})
    shares = restated(revision)["derbyshire/rate/2018"]
    assert (shares.before.value, shares.after.value) == (Fraction(3, 10), Fraction(600, 2001))
    assert shares.prints_alike
    assert not revision.wrong


def test_every_figure_restated_is_the_oracles_too(revised: Revise, home: Path) -> None:
    changes = RECORD_FALLS | {("Kent", 2020): (351, 901, 509, 3239)}
    revision = revised(changes, old="releases/2021-05-13")
    old = oracle.outcome_figures(home / "releases" / "2021-05-13")
    new = oracle.outcome_figures(home / "releases" / "2021-07-22")
    names = {"Derbyshire": "derbyshire", "Kent": "kent", oracle.NATION: "england-and-wales"}

    def measure_of(figure: Restated) -> str:
        charged = figure.told_in == ("charged/2020",) and figure.before.measure == "rate"
        return "charge_rate" if charged else figure.before.measure

    expected = {
        (names[area], measure, period, before, new[area, measure, period])
        for (area, measure, period), before in old.items()
        if period in ("2018", "2019", "2020") and before != new[area, measure, period]
    }
    assert expected
    assert expected == {
        (each.area.id, measure_of(each), str(each.before.period), each.before.value,
         each.after.value)
        for each in revision.differences.restated
    }  # fmt: skip


def test_the_same_release_differs_in_nothing(desk: Desk, home: Path) -> None:
    same = home / "releases" / "2021-05-13"
    for old in (home / "output", same):
        revision = revise(old, same, desk, home)
        assert not revision.wrong
        assert not any(vars(revision.differences).values())


# --- Sentences and corrections --------------------------------------------------------------


def test_corrections_of_a_record_that_fell(revised: Revise) -> None:
    found = sentences(revised(RECORD_FALLS), DERBYSHIRE)
    assert {where: one.correction for where, one in found.items()} == {
        "headline": (
            "The headline of an earlier version of this story said: “Record number of criminal "
            "cases collapse in Derbyshire after alleged victims drop out”. Home Office figures "
            f"have since been revised, and this no longer holds: {COUNT} in Derbyshire was 3,480 "
            "in 2020, below the 3,520 of 2019 and no longer a record."
        ),
        "paragraph 1": (
            "An earlier version of this story said: “A record number of criminal offences in "
            "Derbyshire last year failed to reach court after alleged victims withdrew support "
            "for their case, figures reveal.” Home Office figures have since been revised, and "
            f"this no longer holds: {COUNT} in Derbyshire was 3,480 in 2020, below the 3,520 of "
            "2019 and no longer a record."
        ),
        "paragraph 4": (
            "An earlier version of this story said: “At 42.6%, that was the highest rate of "
            "cases to collapse for this reason since comparable figures were first published in "
            "2018, when 30% of offences assigned outcomes that year ended with this result.” "
            f"Home Office figures have since been revised, and this no longer holds: {SHARE} in "
            "Derbyshire was 42.6% in 2020, below the 43.1% of 2019 and no longer a record."
        ),
        "paragraph 6": (
            "An earlier version of this story said: “The rate in Derbyshire was also higher than "
            "36.3% in 2019.” Home Office figures have since been revised, and this no longer "
            f"holds: {SHARE} in Derbyshire was 42.6% in 2020, below the 43.1% of 2019."
        ),
        "paragraph 7": (
            "An earlier version of this story gave a figure of 30.4%. Home Office figures have "
            f"since been revised: {SHARE} across England and Wales was 31.7% in 2019."
        ),
    }
    assert {one.fallen for one in found.values()} == {Fallen.CLAIM, Fallen.RESTATED}
    assert found["headline"].files == ("article.docx", "article.html", "article.md", "article.txt")


def test_a_number_restated_leaves_the_claim_beside_it_alone(revised: Revise) -> None:
    """The record stands at 42%: the sentence that says so is corrected in its number alone."""
    found = sentences(revised({("Derbyshire", 2020): (120, 590, 280, 1080)}), DERBYSHIRE)
    assert "headline" not in found
    assert found["paragraph 4"].fallen is Fallen.RESTATED
    assert found["paragraph 4"].correction == (
        "An earlier version of this story gave a figure of 42.6%. Home Office figures have since "
        f"been revised: {SHARE} in Derbyshire was 42% in 2020."
    )


def test_several_numbers_of_a_sentence_are_corrected_in_one_line(revised: Revise) -> None:
    found = sentences(revised({("Kent", 2020): (350, 905, 512, 3243)}), KENT)
    assert found["paragraph 2"].correction == (
        "An earlier version of this story gave figures of 20,000 and 5,640. Home Office figures "
        "have since been revised: the number of offences closed in Kent was 20,040 in 2020. "
        f"T{COUNT[1:]} in Kent was 5,668 in 2020."
    )


def test_a_direction_that_turned(revised: Revise) -> None:
    found = sentences(revised({("Kent", 2020): (350, 1000, 520, 3130)}), KENT)
    assert found["paragraph 1"].correction == (
        "An earlier version of this story said: “A smaller share of criminal offences in Kent "
        "failed to reach court last year than in 2019 after alleged victims withdrew support for "
        "their case, figures reveal.” Home Office figures have since been revised, and this no "
        f"longer holds: {SHARE} in Kent was 30.4% in 2020, above the 30.2% of 2019."
    )


def test_a_force_newly_incomplete(revised: Revise) -> None:
    revision = revised(without=("Kent", "2020/21", 1))
    (gap,) = [each for each in revision.differences.coverage if each.area.id == "kent"]
    assert (str(gap.period), gap.complete, gap.basket) == ("2020", False, "left")
    assert gap.why == "no rows for April to June 2020"

    found = sentences(revision, KENT)
    assert found["paragraph 1"].fallen is Fallen.GONE
    assert found["paragraph 1"].correction.endswith(
        "In the revised Home Office figures this can no longer be said, because complete figures "
        "were not available for Kent Police."
    )
    assert found["paragraph 2"].correction == (
        "An earlier version of this story gave the number of offences closed in Kent in 2020 as "
        f"20,000 and {COUNT} in Kent in 2020 as 5,640. In the revised Home Office figures they "
        "can no longer be given, because complete figures were not available for Kent Police."
    )


def test_the_nations_figures_move_as_a_force_leaves_them(revised: Revise) -> None:
    revision = revised(without=("Kent", "2020/21", 1))
    nation = restated(revision)["england-and-wales/closed/2018"]
    assert nation.before.value - nation.after.value == 4 * sum(CLOSED["Kent"][2018])

    found = sentences(revision, NORTHUMBRIA)
    assert found["the text"].correction == (
        "Since this story was first published, Home Office figures have been revised, and those "
        "for England and Wales no longer include Kent Police, for which complete figures were not "
        "available."
    )
    without = (
        "Home Office figures have since been revised, and those for England and Wales no longer "
        "include Kent Police, for which complete figures were not available"
    )
    assert found["paragraph 13"].correction == (
        f"An earlier version of this story gave a figure of 32%. {without}. The share of offences "
        "closed without the victim’s support in which a suspect was identified across England and "
        "Wales was 30% in 2020."
    )
    assert found["paragraph 7"].correction.endswith(
        f"{without}. This no longer holds: {SHARE} in Northumbria was 34.4% in 2020, below "
        f"the 37.2% across England and Wales. T{SHARE[1:]} across England and Wales was 30.6% in "
        "2019 and 26.8% in 2018."
    )


def test_an_earlier_year_newly_incomplete_takes_the_record(revised: Revise) -> None:
    found = sentences(revised(without=("Derbyshire", "2018/19", 1)), DERBYSHIRE)
    assert found["headline"].correction == (
        "The headline of an earlier version of this story said: “Record number of criminal cases "
        "collapse in Derbyshire after alleged victims drop out”. Home Office figures have since "
        "been revised, and this can no longer be said, because there is no complete figure in "
        "Derbyshire in 2018."
    )


def edit(home: Path, old: str, new: str) -> None:
    path = home / "output" / DERBYSHIRE / "article.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_an_editor_added_is_judged_as_it_lies(revised: Revise, home: Path) -> None:
    added = "Almost 3,000 of the force’s cases fell through in 2019."
    edit(home, "Across England", f"{added}\n\nAcross England")
    found = sentences(revised(RECORD_FALLS), DERBYSHIRE)
    assert found["paragraph 7"].sentence == added
    assert found["paragraph 7"].files == ("article.md",)
    assert found["paragraph 7"].correction == (
        "An earlier version of this story gave a figure of 3,000. Home Office figures have since "
        f"been revised: {COUNT} in Derbyshire was 3,520 in 2019."
    )


def test_what_was_wrong_before_is_not_the_new_releases_doing(revised: Revise, home: Path) -> None:
    edit(home, "3,480 fell through", "3,999 fell through")
    assert "paragraph 3" not in sentences(revised(RECORD_FALLS), DERBYSHIRE)


def test_a_sentence_that_an_editor_took_out_is_not_told_of(revised: Revise, home: Path) -> None:
    edit(home, "The rate in Derbyshire was also higher than 36.3% in 2019.", "")
    found = sentences(revised(RECORD_FALLS), DERBYSHIRE)
    assert found["paragraph 6"].files != (
        "article.docx",
        "article.html",
        "article.md",
        "article.txt",
    )


def test_last_year_is_reckoned_from_the_day_it_was_written(revised: Revise) -> None:
    assert not revised(published="2022-07-22").wrong


def test_approved_stories_come_first(revised: Revise, home: Path, desk: Desk) -> None:
    charged = "charged/2020/northumbria"
    spike(home / "output" / DERBYSHIRE, "Bob", desk)
    approve(home / "output" / NORTHUMBRIA, "Ann", desk, home)
    approve(home / "output" / charged, "Ann", desk, home)
    with (home / "output" / charged / "article.md").open("a", encoding="utf-8") as article:
        article.write("\nMore of it.\n")
    revision = revised({("Northumbria", 2020): (251, 980, 400, 2400)})
    folders = [draft.folder for draft in revision.wrong]
    assert folders[:2] == [NORTHUMBRIA, charged]
    assert folders[-1] == DERBYSHIRE


def test_the_summary_tells_of_one_approved_draft_as_of_one(
    revised: Revise, home: Path, desk: Desk
) -> None:
    approve(home / "output" / DERBYSHIRE, "Ann", desk, home)
    one = Asked(stories=("victim-withdrawal",), areas=("derbyshire",))
    assert summary(revised(RECORD_FALLS, asked=one)).startswith(
        "1 of 1 filed draft is now wrong, and it is approved. "
    )


# --- What cannot be judged ------------------------------------------------------------------


def test_an_original_that_is_gone_is_told_and_the_draft_judged_without(
    revised: Revise, home: Path
) -> None:
    shutil.rmtree(home / "releases" / "2021-05-13")
    (home / "output" / ".newscopy" / "whereabouts.json").unlink()
    revision = revised(RECORD_FALLS)
    (draft,) = [each for each in revision.drafts if each.folder == DERBYSHIRE]
    assert draft.notes[0].startswith("What it was made from cannot be told")
    headline = sentences(revision, DERBYSHIRE)["headline"]
    assert headline.fallen is Fallen.UNKNOWN
    assert headline.correction == (
        "The headline of an earlier version of this story said: “Record number of criminal cases "
        "collapse in Derbyshire after alleged victims drop out”. Home Office figures published "
        "since do not bear this out."
    )
    assert not revision.differences.restated


def test_a_year_that_the_new_release_has_not_is_told_of_each_draft(desk: Desk, home: Path) -> None:
    counts = {force: {2018: years[2018], 2019: years[2019]} for force, years in CLOSED.items()}
    new = home / "releases" / "2021-07-22"
    new.mkdir()
    write_csv(new / "outcomes.csv", [HEADER, *rows_of(counts)])
    revision = revise(home / "output", new, desk, home)
    assert len(revision.drafts) == 8
    assert all("does not hold 2020 in full" in draft.notes[0] for draft in revision.drafts)
    assert not revision.wrong


def test_a_draft_that_the_manifest_does_not_know_is_told(revised: Revise, home: Path) -> None:
    manifest = home / "output" / "manifest.json"
    record = json.loads(manifest.read_text("utf-8"))
    del record["drafts"][DERBYSHIRE]
    manifest.write_text(json.dumps(record), encoding="utf-8")
    (draft,) = [each for each in revised(RECORD_FALLS).drafts if each.folder == DERBYSHIRE]
    assert draft.notes == (
        "The manifest does not say what this draft was made from: it was not judged.",
    )


def test_only_what_is_asked_for_is_told(revised: Revise) -> None:
    asked = Asked(stories=("victim-withdrawal",), areas=("Derbyshire",))
    revision = revised(RECORD_FALLS, asked=asked)
    assert [draft.folder for draft in revision.drafts] == [DERBYSHIRE]
    assert {each.area.id for each in revision.differences.restated} == {"derbyshire"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("nowhere", "releases/2021-07-22", "This is neither a release nor a folder that newscopy"),
        ("empty", "releases/2021-07-22", "This is neither a release nor a folder that newscopy"),
        ("releases/2021-05-13", "output", "The new release has to be a release, and this is an"),
        ("releases/2021-07-22", "releases/2021-05-13", "The new release was published before"),
        ("output", "releases/2021-03-01", "The new release was published before the old one"),
    ],
)  # fmt: skip
def test_bad_input_is_said_plainly(desk: Desk, home: Path, old: str, new: str, what: str) -> None:
    (home / "empty").mkdir()
    publish(home / "releases" / "2021-07-22", published="2021-07-22")
    publish(home / "releases" / "2021-03-01", published="2021-03-01")
    with pytest.raises(RequestError) as raised:
        revise(home / old, home / new, desk, home)
    (fault,) = raised.value.faults
    assert fault.what.startswith(what)
    assert fault.where
    assert fault.mend


def test_nothing_that_lies_there_is_asked_for(revised: Revise) -> None:
    with pytest.raises(RequestError, match="None of the drafts that lie here"):
        revised(asked=Asked(stories=("charged",), areas=("kent",)), old=f"output/{DERBYSHIRE}")
