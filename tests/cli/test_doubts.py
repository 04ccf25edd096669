"""`newscopy doubts`, `believe`, `leave-out` and `take-back`: from a doubt to its answer."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import yaml
from odd_counts import FAR_BELOW, KENT, LOW, Odd, with_odd
from small_desk import Ran, SmallDesk

WHY = ("--by", "Ann Editor", "--why", "Its press office has checked the count")
OUT = ("--words", "closed a backlog of cases at once", "--source", "its press office, by phone")
FOUND = "2,000 offences closed, where about 5,000 would be usual"
RISES = "Share of criminal cases ending in a charge rises to record high in Kent"
FALLS = "Share of criminal cases ending in a charge falls to record low in Kent"


@pytest.fixture
def odd(newscopy: SmallDesk) -> SmallDesk:
    """Return a desk whose release has 2,000 offences closed in Kent where 5,000 are usual."""
    publish(newscopy, LOW)
    return newscopy


def publish(desk: SmallDesk, odd: Odd, name: str = "2021-06-10") -> Path:
    release = desk.publish(f"releases/{name}", with_odd(odd), dated=False)
    (release / "release.yml").write_text(f"published: {name}\n", "utf-8")
    return release


def believe(desk: SmallDesk, *more: str) -> Ran:
    return desk("believe", "kent", "2020-04", *WHY, "--yes", *more)


def answers(desk: SmallDesk) -> list[dict[str, object]]:
    path = desk.folder / "config" / "doubts.yml"
    return yaml.safe_load(path.read_text("utf-8"))["answers"] if path.exists() else []


def filed(desk: SmallDesk) -> dict[str, tuple[str, str]]:
    """Run, and return each draft's status and what became of it, by folder."""
    ran = desk("run", "--json")
    assert ran.status == 0, ran.err
    drafts = json.loads(ran.out)["drafts"]
    return {each["folder"]: (each["status"], each["action"]) for each in drafts}


def one_line(text: str) -> str:
    return " ".join(text.split())


# What is in doubt


def test_a_doubt_says_what_was_found_and_what_rests_on_it(odd: SmallDesk) -> None:
    ran = odd("doubts", "--story", "charged")
    assert ran.status == 0
    assert ran.out.startswith("1 doubt: 1 holds a draft.\n\nHOLDING A DRAFT\n\n")
    told = one_line(ran.out)
    assert f"Kent Police, April to June 2020: {FOUND}." in told
    assert f"hold charged/2020/kent headline: “{RISES}” with what was expected: “{FALLS}”" in told
    assert "would not hold: above the highest since 2018 (2018); 8.2% in 2020 is higher" in told
    assert "6 more sentences would change" in told
    assert "warn charged/2020/england-and-wales" in told
    assert "newscopy believe kent 2020-04, or leave-out kent 2020-04" in told
    assert not odd.output.exists()


def test_the_gravest_comes_first(newscopy: SmallDesk) -> None:
    publish(newscopy, LOW | FAR_BELOW)
    told = json.loads(newscopy("doubts", "--format", "json").out)
    assert [(each["area"], each["step"], each["level"]) for each in told["doubts"]] == [
        ("northumbria", "2020-07", "hold"),
        ("kent", "2020-04", "hold"),
    ]


def test_nothing_is_in_doubt(newscopy: SmallDesk) -> None:
    assert newscopy("doubts").out == "Nothing is in doubt.\n"


def test_doubts_for_a_spreadsheet(odd: SmallDesk) -> None:
    ran = odd("doubts", "--story", "charged", "--format", "csv")
    kent, nation = csv.DictReader(io.StringIO(ran.out))
    assert {name: kent[name] for name in ("kind", "level", "area", "step", "quarter")} == {
        "kind": "doubt",
        "level": "hold",
        "area": "kent",
        "step": "2020-04",
        "quarter": "April to June 2020",
    }
    assert (kent["count"], kent["found"], kent["expected"]) == ("offences closed", "2000", "5000")
    assert (kent["draft"], kent["where"], kent["sentence"], kent["instead"]) == (
        "charged/2020/kent",
        "headline",
        RISES,
        FALLS,
    )
    assert (nation["draft"], nation["level"]) == ("charged/2020/england-and-wales", "warn")


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("kent", "1 doubt: 1 holds a draft."),
        ("england-and-wales", "1 doubt: 1 is a warning."),
        ("derbyshire", "Nothing is in doubt."),
    ],
)
def test_doubts_of_an_area(odd: SmallDesk, area: str, said: str) -> None:
    assert odd("doubts", "--area", area).out.startswith(f"{said}\n")


# The figures stand


def test_a_figure_that_is_believed_holds_nothing(odd: SmallDesk) -> None:
    before = filed(odd)
    assert before["charged/2020/kent"][0] == "held"
    ran = believe(odd)
    assert ran.status == 0
    told = one_line(ran.out)
    assert "Kent Police, April to June 2020, 2,000 offences closed: the figures stand." in told
    assert "2 drafts will change: charged/2020/kent: held → ready" in told
    assert "victim-withdrawal/2020/kent: held → ready" in told
    (answer,) = answers(odd)
    assert answer | {"at": ""} == {
        "dataset": "police-outcomes",
        "area": "kent",
        "step": "2020-04",
        "counts": {"offences closed": 2000},
        "answer": "stands",
        "by": "Ann Editor",
        "at": "",
        "why": "Its press office has checked the count",
    }
    after = filed(odd)
    assert {folder for folder, (_, action) in after.items() if action != "unchanged"} == {
        # The nation's were told of what is in doubt beside them, in their notes.
        "charged/2020/england-and-wales",
        "charged/2020/kent",
        "victim-withdrawal/2020/england-and-wales",
        "victim-withdrawal/2020/kent",
    }
    assert {status for status, _ in after.values()} == {"ready"}


def test_what_was_answered_is_told_and_in_doubt_no_more(odd: SmallDesk) -> None:
    believe(odd)
    told = one_line(odd("doubts").out)
    assert told.startswith("Nothing is in doubt. ANSWERED Kent Police, April to June 2020, 2,000")
    assert told.endswith(": Its press office has checked the count")
    (answer,) = json.loads(odd("doubts", "--format", "json").out)["answered"]
    assert (answer["by"], answer["holds"]) == ("Ann Editor", True)


def test_a_figure_that_is_restated_is_in_doubt_anew(odd: SmallDesk) -> None:
    believe(odd)
    publish(odd, {KENT: 140}, "2021-07-22")
    told = one_line(odd("doubts").out)
    assert told.startswith("1 doubt: 1 holds a draft.")
    assert "NO LONGER ANSWERED, SINCE THE FIGURE WAS RESTATED Kent Police, April to June" in told
    assert told.endswith("Now: 1,900 offences closed")
    assert believe(odd).status == 0
    # Drafts of the release before are judged by the answer to it.
    assert [each["counts"] for each in answers(odd)] == [
        {"offences closed": 2000},
        {"offences closed": 1900},
    ]
    assert one_line(odd("doubts", "releases/2021-06-10").out).startswith("Nothing is in doubt.")


def test_an_answer_may_be_given_again(odd: SmallDesk) -> None:
    believe(odd)
    again = ("--by", "Ben Bell", "--why", "Asked once more")
    assert odd("believe", "Kent", "2020-04", *again, "--yes").status == 0
    assert [each["by"] for each in answers(odd)] == ["Ben Bell"]


def test_all_but_what_is_next_to_nothing(newscopy: SmallDesk) -> None:
    publish(newscopy, LOW | FAR_BELOW)
    ran = newscopy("believe", "--all", *WHY, "--yes")
    assert ran.status == 0
    assert "Not answered, as it is below a fifth of what is expected" in ran.out
    assert "northumbria 2020-07: 300 offences closed, not about 4,000" in one_line(ran.out)
    assert [each["area"] for each in answers(newscopy)] == ["kent"]
    ran = newscopy("believe", "--all", *WHY, "--yes")
    assert ran.status == 1
    assert "All that is in doubt is below a fifth of what is expected." in ran.err
    assert newscopy("believe", "northumbria", *WHY, "--yes").status == 0


# The area is left out


def test_an_area_that_is_left_out_has_no_figures(odd: SmallDesk) -> None:
    odd.change("config/style.yml", "smallest_basket: 75", "smallest_basket: 60")  # two of three
    ran = odd("leave-out", "kent", "2020-04", *WHY, *OUT, "--yes")
    assert ran.status == 0
    told = one_line(ran.out)
    assert (
        "left out, as it “closed a backlog of cases at once” (its press office, by phone)" in told
    )
    assert "charged/2020/kent: held → excluded" in told
    after = filed(odd)
    assert {each[0] for folder, each in after.items() if folder.endswith("kent")} == {"excluded"}
    assert {each[0] for folder, each in after.items() if "kent" not in folder} == {"ready"}
    folder = odd.output / "charged/2020"
    said = "The figures do not include Kent Police as it closed a backlog of cases at once."
    assert said in (folder / "derbyshire/article.md").read_text("utf-8")
    notes = (folder / "derbyshire/notes.md").read_text("utf-8")
    assert "Source: its press office, by phone." in notes
    assert odd("check").status == 0


def test_an_area_that_was_believed_may_be_left_out(odd: SmallDesk) -> None:
    believe(odd)
    assert odd("leave-out", "kent", "2020-04", *WHY, *OUT, "--yes").status == 0
    assert [each["answer"] for each in answers(odd)] == ["leave out"]
    assert one_line(odd("doubts").out).startswith("Nothing is in doubt. ANSWERED Kent")


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (WHY, 2, "--words"),
        ((*WHY, "--words", "closed a backlog"), 2, "--source"),
        ((*WHY, "--words", " ", "--source", "its press office"), 1, "in words that somebody has"),
        ((*WHY, "--words", "closed a backlog", "--source", ""), 1, "no reason without its source"),
        ((*WHY, "--words", "Kent Police was late", "--source", "it"), 1, "Leave the name out."),
    ],
)
def test_a_reason_in_print_is_somebodys(
    odd: SmallDesk, options: tuple[str, ...], status: int, said: str
) -> None:
    ran = odd("leave-out", "kent", "2020-04", *options, "--yes")
    assert (ran.status, answers(odd)) == (status, [])
    assert said in ran.err


# What is refused


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("kent", "2020-04", "--why", "I know it"), 2, "--by"),
        (("kent", "2020-04", "--by", "Ann Editor"), 2, "--why"),
        (("kent", "2020-04", "--by", "Ann Editor", "--why", " - "), 1, "none is taken for granted"),
        (("kent", "2020-04", "--by", "newscopy", "--why", "I know it"), 1, "the name of who"),
        (WHY, 2, "name an area, or all: --all"),
        (("kent", "--all", *WHY), 2, "is it all, or kent?"),
        (("kemt", "2020-04", *WHY), 1, "Did you mean kent?"),
        (("kent", "2020-05", *WHY), 1, "expected: kent 2020-04"),
        (("derbyshire", *WHY), 1, "expected: kent 2020-04"),
    ],
)
def test_an_answer_that_cannot_be_given(
    odd: SmallDesk, arguments: tuple[str, ...], status: int, said: str
) -> None:
    ran = odd("believe", *arguments, "--yes")
    assert (ran.status, answers(odd)) == (status, [])
    assert said in one_line(ran.err)


def test_without_a_terminal_it_is_shown_and_not_written(odd: SmallDesk) -> None:
    ran = odd("believe", "kent", "2020-04", *WHY)
    assert (ran.status, answers(odd)) == (2, [])
    assert "charged/2020/kent: held → ready" in ran.out
    assert "add --yes" in ran.err


@pytest.mark.parametrize(("said", "status", "written"), [("y\n", 0, 1), ("n\n", 1, 0)])
def test_on_a_terminal_it_asks(
    odd: SmallDesk, monkeypatch: pytest.MonkeyPatch, said: str, status: int, written: int
) -> None:
    terminal = io.StringIO(said)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    ran = odd("believe", "kent", "2020-04", *WHY)
    assert (ran.status, len(answers(odd))) == (status, written)
    assert "Write this?" in ran.err


@pytest.mark.parametrize(
    "command",
    [
        ("believe", "kent", "2020-04", *WHY),
        ("leave-out", "kent", "2020-04", *WHY, *OUT),
        ("take-back", "kent", "2020-04"),
    ],
)
def test_without_a_desk_of_ones_own_nothing_is_answered(
    odd: SmallDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = odd(*command, "--release", str(odd.folder / "releases/2021-06-10"), "--yes")
    assert ran.status == 1
    assert "newscopy init" in ran.err


# What was approved


def approve(desk: SmallDesk, area: str) -> None:
    ran = desk("approve", f"output/charged/2020/{area}", "--by", "Ben Bell")
    assert ran.status == 0, ran.err


def test_what_was_answered_is_kept_with_an_approval(odd: SmallDesk) -> None:
    believe(odd)
    filed(odd)
    for area in ("kent", "derbyshire", "england-and-wales"):
        approve(odd, area)
    lines = odd("log", "output/charged/2020/kent").out.splitlines()
    assert lines[-1].strip().startswith("Kent Police, April to June 2020, 2,000 offences closed:")
    assert "the figures stand. By Ann Editor" in lines[-1]
    logged = json.loads(odd("log", "--json", "--decisions").out)
    assert {each["folder"]: [answer["why"] for answer in each["answers"]] for each in logged} == {
        "charged/2020/kent": ["Its press office has checked the count"],
        "charged/2020/derbyshire": [],
        "charged/2020/england-and-wales": ["Its press office has checked the count"],
    }


def test_who_is_left_out_is_kept_with_every_approval(odd: SmallDesk) -> None:
    odd("leave-out", "kent", "2020-04", *WHY, *OUT, "--yes")
    filed(odd)
    approve(odd, "derbyshire")
    (decision,) = json.loads(odd("log", "--json", "--decisions").out)
    assert [each["answer"] for each in decision["answers"]] == ["leave out"]


def test_an_answer_that_is_taken_back_tells_which_approved_stories_it_touches(
    odd: SmallDesk,
) -> None:
    believe(odd)
    filed(odd)
    approve(odd, "kent")
    approve(odd, "derbyshire")
    ran = odd("take-back", "kent", "2020-04", "--yes")
    assert ran.status == 0
    told = one_line(ran.out)
    assert "charged/2020/kent: ready → held" in told
    assert "1 approved story is touched, which no run writes over:" in told
    assert "output/charged/2020/kent, by Ben Bell on" in told
    assert "while this answer stood" in told
    assert answers(odd) == []
    assert odd("doubts").out.startswith("1 doubt: 1 holds a draft.")


def test_what_was_approved_is_looked_for_where_it_is_filed(odd: SmallDesk) -> None:
    believe(odd)
    assert odd("run", "--output", "elsewhere").status == 0
    assert odd("approve", "elsewhere/charged/2020/kent", "--by", "Ben Bell").status == 0
    ran = odd("take-back", "kent", "--output", "elsewhere", "--yes")
    assert "elsewhere/charged/2020/kent, by Ben Bell on" in ran.out


def test_an_answer_that_nobody_gave_is_not_taken_back(odd: SmallDesk) -> None:
    ran = odd("take-back", "kent", "2020-04", "--yes")
    assert (ran.status, ran.out) == (1, "")
    assert "No answer was given for Kent Police, 2020-04." in ran.err
    assert "there is nothing to take back" in ran.err


# What lies filed


def test_a_draft_that_a_doubt_holds_is_not_approved(odd: SmallDesk) -> None:
    filed(odd)
    draft = odd.output / "charged/2020/kent"
    ran = odd("approve", draft, "--by", "Ben Bell")
    assert ran.status == 1
    assert f"“{RISES}” rests on the figure for 2020, which is in doubt" in one_line(ran.err)
    assert odd("check", draft).status == 3
    believe(odd)
    filed(odd)
    assert odd("approve", draft, "--by", "Ben Bell").status == 0


def test_a_doubt_is_about_the_words_that_an_editor_has_left(odd: SmallDesk) -> None:
    filed(odd)
    article = "charged/2020/kent/article.md"
    lines = (odd.output / article).read_text("utf-8").splitlines()
    foot = lines[lines.index("---") :]
    said = [
        "# Kent Police answers for its year",
        "",
        "Of 17,000 offences closed, 1,400 were charged.",
    ]
    (odd.output / article).write_text("\n".join([*said, "", *foot, ""]), "utf-8")
    ran = odd("check", odd.output / article)
    assert (ran.status, "hold" in ran.out) == (0, False)
    assert "warning   charged/2020/kent/article.md: paragraph 1: “Of 17,000 offences" in ran.out
    rises = "The share of cases that ended in a charge rose in Kent, to 8.2% from 7.8% in 2019."
    (odd.output / article).write_text("\n".join([*said, "", rises, "", *foot, ""]), "utf-8")
    ran = odd("check", odd.output / article)
    assert ran.status == 3
    assert f"paragraph 2: “{rises}” rests on the figure for 2020" in ran.out
