"""How the benchmarks are summed up, judged and shown; what they measure is not run here."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from benchmarks.__main__ import TOPICS, main
from benchmarks.page import print_table, write_page
from benchmarks.record import Measured, Record, read_record, write_record
from benchmarks.rows import Row, Target, attempt, say_bytes, say_ratio, say_seconds, timed_row
from benchmarks.timing import Timing, interleave, timing_of
from rich.console import Console

TWICE = Target(2, "at most 2")
MACHINE = (("Processor", "Difference Engine No. 2"), ("Cores", "1"))
MET = timed_row("Warm run", Timing(0.75, 0.5, 1.5), TWICE, holds_back="The disk.", note="Median.")
MISSED = timed_row("Cold run", Timing(31.2, 12.48, 2.5), TWICE, holds_back="The disk.")
ASIDE = timed_row("Help", Timing(0.0751, 0.751, 0.1))
BROKEN = Row("Rival", target="below 1", note="Not measured: no Node.js.")
ROWS = (MET, MISSED, ASIDE, BROKEN)
MORNING, EVENING = "2026-11-26 09:30 UTC", "2026-11-26 18:00 UTC"
RECORD = Record(MACHINE, {"warm": Measured(MORNING, ROWS[:3]), "text": Measured(EVENING, ROWS[3:])})


def test_a_disturbed_round_spoils_itself_alone() -> None:
    timing = timing_of([(2, 1), (2, 1), (30, 10), (2, 40), (2, 1)])
    assert timing == Timing(ours=2, theirs=1, ratio=2)


def test_who_goes_first_changes() -> None:
    gone: list[str] = []
    interleave(lambda: gone.append("ours"), lambda: gone.append("theirs"), rounds=3)
    assert gone == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]


def test_a_target_is_met_to_its_limit() -> None:
    assert TWICE.is_met_by(2.0)
    assert not TWICE.is_met_by(2.01)
    assert not Target(1, "below 1", below=True).is_met_by(1.0)


def test_a_row_is_met_or_missed_or_there_to_be_known() -> None:
    assert [row.verdict for row in ROWS] == ["met", "MISSED", "", "not measured"]
    assert [row.holds_back for row in ROWS] == ["", "The disk.", "", ""]


def test_what_cannot_be_measured_says_why() -> None:
    def fail() -> Row:
        raise OSError("There is no disk.")

    row = attempt("Cold run", fail, TWICE)
    assert (row.target, row.is_met, row.ratio) == ("at most 2", None, None)
    assert row.note == "Not measured: There is no disk."
    assert attempt("Cold run", lambda: MISSED, TWICE) is MISSED


@pytest.mark.parametrize(
    ("ratio", "said"),
    [(12.34, "12.3"), (0.619, "0.62"), (0.1, "0.10"), (0.0189, "1/53"), (None, "–")],
)
def test_ratios_are_printed_to_be_compared(ratio: float | None, said: str) -> None:
    assert say_ratio(ratio) == said


def test_times_and_amounts_have_their_units() -> None:
    times = [say_seconds(each) for each in (966, 31.24, 1.239, 0.4184, 0.0751)]
    assert times == ["966 s", "31.2 s", "1.24 s", "418 ms", "75.1 ms"]
    assert [say_bytes(each) for each in (1.346e9, 418e6)] == ["1.35 GB", "418 MB"]


def test_a_row_is_told_on_a_line_as_soon_as_it_is_measured() -> None:
    assert MET.said == "750 ms against 500 ms, ratio 1.50 met"
    small = timed_row("Cold run", Timing(20, 800, 0.025), TWICE)
    assert small.said == "20.0 s against 800 s, ratio 1/40 met"


def test_the_page_has_every_row_and_what_is_to_be_said_of_it() -> None:
    page = write_page(RECORD)
    for line in (
        "| Processor | Difference Engine No. 2 |",
        f"| Run of {MORNING} | `warm` |",
        f"| Run of {EVENING} | `text` |",
        "| 1 | Warm run | 750 ms | 500 ms | 1.50 | at most 2 | met |",
        "| 2 | Cold run | 31.2 s | 12.5 s | 2.50 | at most 2 | MISSED |",
        "| 3 | Help | 75.1 ms | 751 ms | 0.10 |  |  |",
        "| 4 | Rival | – | – | – | below 1 | not measured |",
        "- **1.** Median.",
        "- **2.** Missed: The disk.",
        "- **4.** Not measured: no Node.js.",
    ):
        assert f"\n{line}\n" in page
    assert "**3.**" not in page
    assert "topics to run (`warm`, `text`)" in page


def test_a_topic_that_is_measured_again_takes_its_own_place(tmp_path: Path) -> None:
    write_record(RECORD, tmp_path / "benchmarks.json")
    before = read_record(tmp_path / "benchmarks.json")
    assert before == RECORD
    again = Record(MACHINE, {"warm": Measured(EVENING, (MET,))})
    whole = again.whole(before, ("warm", "text"))
    assert whole is not None
    assert list(whole.topics) == ["warm", "text"]
    assert whole.rows == (MET, BROKEN)


def test_a_page_is_of_one_machine_and_of_every_topic() -> None:
    again = Record((("Processor", "Colossus"),), {"warm": Measured(EVENING, (MET,))})
    assert again.whole(RECORD, ("warm", "text")) is None
    assert again.whole(None, ("warm", "text")) is None
    assert again.whole(None, ("warm",)) == again


def test_nothing_is_on_record_before_the_first_run(tmp_path: Path) -> None:
    assert read_record(tmp_path / "benchmarks.json") is None


def test_the_terminal_has_the_same() -> None:
    said = io.StringIO()
    print_table(ROWS, MACHINE, Console(file=said, width=120))
    table = said.getvalue()
    assert "Processor: Difference Engine No. 2" in table
    assert [line.split()[-1] for line in table.splitlines() if "at most 2" in line] == [
        "met",
        "MISSED",
    ]
    assert "2. Missed: The disk." in table


def test_an_unknown_topic_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["worm"])
    assert stopped.value.code == 2
    assert f"no topic worm: there are {', '.join(TOPICS)}" in capsys.readouterr().err
