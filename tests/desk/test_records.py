"""`config/doubts.yml` written: records put in and taken out, all else left as it stands."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import filelock
import pytest

from generator.desk import Answer, record_answers, records
from generator.errors import DeskError

BY_HAND = """\
# Ask the duty editor before you change this.
answers:
# Kent
- dataset: police-outcomes   # as in config/datasets
  area: kent
  step: "2019-04"
  counts: {offences closed: 120}
  answer: stands
  by: Ann Editor
  at: 2021-05-13
  why: >
    The press office said so
    on the phone.

# Derbyshire, of which more is to come
- {dataset: police-outcomes, area: derbyshire, step: "2019-07", counts: {offences closed: 7},
   answer: stands, by: Ann Editor, at: 2021-05-13, why: "No: it is small"}
# The end.
"""


def answer(area: str = "kent", step: str = "2020-04", seen: int = 10, **said: object) -> Answer:
    return Answer.model_validate(
        {
            "dataset": "police-outcomes",
            "area": area,
            "step": step,
            "counts": {"offences closed": seen},
            "answer": "stands",
            "by": "Ann Editor",
            "at": datetime.date(2021, 5, 14),
            "why": "The force says: yes",
        }
        | said
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path


def text_of(desk: Path) -> str:
    return (desk / "config" / "doubts.yml").read_text("utf-8")


def by_hand(desk: Path, text: str = BY_HAND) -> str:
    (desk / "config" / "doubts.yml").write_text(text, "utf-8")
    return text


def test_the_first_answer_makes_the_file(desk: Path) -> None:
    assert record_answers(desk, [answer()]) == (answer(),)
    head, _, record = text_of(desk).partition("answers:\n")
    assert all(line.startswith("# ") for line in head.splitlines())
    assert record == (
        "  - dataset: police-outcomes\n"
        "    area: kent\n"
        "    step: 2020-04\n"
        "    counts:\n"
        "      offences closed: 10\n"
        "    answer: stands\n"
        "    by: Ann Editor\n"
        "    at: 2021-05-14\n"
        "    why: 'The force says: yes'\n"
    )
    assert record_answers(desk) == (answer(),)  # and so it is read


def test_nothing_lies_in_config_but_the_file(desk: Path) -> None:
    record_answers(desk, [answer()])
    assert [path.name for path in (desk / "config").iterdir()] == ["doubts.yml"]


def test_what_somebody_wrote_by_hand_stays_to_the_letter(desk: Path) -> None:
    above, below, _ = by_hand(desk).partition("# The end.\n")
    record_answers(desk, [answer()])
    assert text_of(desk).startswith(f"{above}- dataset: police-outcomes\n  area: kent\n")
    assert text_of(desk).endswith(below)


def test_an_answer_to_the_same_counts_takes_the_place_of_the_one_before(desk: Path) -> None:
    by_hand(desk)
    again = answer("derbyshire", "2019-07", 7, why="Asked again")
    kept, new = record_answers(desk, [again])
    assert (kept.area, new) == ("kent", again)
    assert "# Derbyshire, of which more is to come\n- dataset: police-outcomes\n" in text_of(desk)
    assert "No: it is small" not in text_of(desk)


def test_an_answer_to_another_value_stands_beside(desk: Path) -> None:
    first, restated = answer(seen=10), answer(seen=11)
    record_answers(desk, [first])
    assert record_answers(desk, [restated]) == (first, restated)


def test_an_answer_taken_out_takes_its_comment_along(desk: Path) -> None:
    text = by_hand(desk)
    kent, derbyshire = record_answers(desk)
    assert record_answers(desk, taken=[derbyshire]) == (kent,)
    above = text.partition("\n# Derbyshire")[0]
    assert text_of(desk) == f"{above}# The end.\n"
    assert record_answers(desk, taken=[kent]) == ()
    assert record_answers(desk) == ()
    assert record_answers(desk, [answer()]) == (answer(),)
    assert text_of(desk).startswith("# Ask the duty editor before you change this.\n")


def test_records_in_one_line_are_written_anew(desk: Path) -> None:
    by_hand(
        desk,
        "# One line.\n"
        "answers: [{dataset: police-outcomes, area: kent, step: 2019-04, counts: {a: 1}, "
        "answer: stands, by: Ann Editor, at: 2021-05-13, why: b}]\n",
    )
    (before,) = record_answers(desk)
    assert record_answers(desk, [answer()]) == (before, answer())
    assert text_of(desk).startswith("# One line.\nanswers:\n  - dataset: police-outcomes\n")


def test_a_file_that_is_wrong_is_not_written_over(desk: Path) -> None:
    text = by_hand(desk, "answers:\n  - dataset: police-outcomes\n    area: kent\n")
    with pytest.raises(DeskError) as raised:
        record_answers(desk, [answer()])
    assert raised.value.faults[0].file == "config/doubts.yml"
    assert raised.value.faults[0].line == 2
    assert text_of(desk) == text


def test_answers_that_are_given_at_once_are_all_kept(desk: Path) -> None:
    given = [answer(step=f"{year}-04") for year in range(2000, 2020)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: record_answers(desk, [each]), given))
    assert {each.step for each in record_answers(desk)} == {each.step for each in given}


def test_who_writes_waits_for_another_and_then_says_so(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "TIMEOUT", 0.05)
    record_answers(desk, [answer()])
    before = text_of(desk)
    with (
        filelock.FileLock(desk / ".newscopy" / "doubts.lock"),
        pytest.raises(DeskError, match="Somebody else is writing an answer"),
    ):
        record_answers(desk, [answer(seen=11)])
    assert text_of(desk) == before
