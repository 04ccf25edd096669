"""The commands as they are used: what they print where, and with which status they end."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.desk import Desk

TABLE = "releases/2021-05-13-table"
STORIES = ("charged", "victim-withdrawal")
DERBYSHIRE = ["victim-withdrawal/2020/derbyshire", "charged/2020/derbyshire"]
SAMPLE = "NO RELEASE FOUND: reading the built-in SAMPLE, whose counts are invented."


def _filed(output: Path) -> list[str]:
    return sorted(path.parent.relative_to(output).as_posix() for path in output.rglob("article.md"))


def _withdraw(newscopy, factor):
    """Return the table's rows with Kent's counts for July to September 2019 times a factor."""
    path = newscopy.folder / TABLE / "outcomes.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))[1:]
    for row in rows:
        if row[:3] == ["2019/20", "2", "Kent"]:
            row[-1] = str(int(int(row[-1]) * factor))
    return [tuple(row) for row in rows]


def test_run_files_a_draft_for_each_story_and_area(newscopy):
    status, out, err = newscopy("run")
    assert status == 0
    assert out.splitlines() == [
        "8 drafts: 8 ready, 0 held, 0 excluded.",
        f"Open {newscopy.output / 'index.html'}",
    ]
    assert err == f"Reading the newest release: {newscopy.folder / TABLE}\n"
    assert _filed(newscopy.output) == [
        f"{story}/2020/{area}"
        for story in STORIES
        for area in ("derbyshire", "england-and-wales", "kent", "northumbria")
    ]


def test_run_says_when_one_draft_is_one(newscopy):
    out = newscopy("run", "--story", "charged", "--area", "kent").out
    assert out.startswith("1 draft: 1 ready, 0 held, 0 excluded.\n")


def test_run_prints_json_and_nothing_else_on_standard_output(newscopy):
    shutil.rmtree(newscopy.folder / TABLE)
    newscopy.publish(TABLE, dated=False)
    status, out, err = newscopy("run", "--json", "--area", "derbyshire")
    assert status == 0
    told = json.loads(out)
    assert sorted(draft["folder"] for draft in told["drafts"]) == sorted(DERBYSHIRE)
    assert {draft["status"] for draft in told["drafts"]} == {"ready"}
    assert told["output"] == str(newscopy.output)
    assert told["sample"] is False
    assert "No release.yml" in err


@pytest.mark.parametrize(("options", "status"), [([], 0), (["--strict"], 3)])
def test_a_held_draft_is_filed_and_with_strict_told_by_the_status(newscopy, options, status):
    collapsed = newscopy.publish("collapsed", _withdraw(newscopy, 0.1))
    ran = newscopy("run", collapsed, "--story", "charged", *options)
    assert ran.status == status
    assert ran.out.startswith("4 drafts: 3 ready, 1 held, 0 excluded.\n1 doubt about 1 area ")
    assert "\nheld      charged/2020/kent: " in ran.out
    assert "July to September 2019 has 500 offences closed, where about " in ran.out
    assert (newscopy.output / "charged/2020/kent/article.md").is_file()


def test_strict_with_nothing_held(newscopy):
    assert newscopy("run", "--strict").status == 0


@pytest.mark.parametrize(
    "area", ["derbyshire", "Derbyshire", "DERBYSHIRE", "Derbyshire Constabulary"]
)
def test_an_area_is_asked_for_by_id_or_name(newscopy, area):
    assert newscopy("run", "--area", area).status == 0
    assert _filed(newscopy.output) == sorted(DERBYSHIRE)


@pytest.mark.parametrize("command", [("run",), ("figures",), ("preview", "charged")])
def test_an_unknown_area(newscopy, command):
    status, out, err = newscopy(*command, "--area", "derbishire")
    assert (status, out) == (1, "")
    assert "The desk has no area 'derbishire'." in err
    assert "Did you mean derbyshire?" in err
    assert not newscopy.output.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("run", "--story", "chargd"),
        ("figures", "--story", "chargd"),
        ("preview", "chargd", "--area", "kent"),
    ],
)
def test_an_unknown_story(newscopy, command):
    status, out, err = newscopy(*command)
    assert (status, out) == (1, "")
    assert "The desk has no story 'chargd'." in err
    assert "Did you mean charged?" in err


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("run", "--period", "last year"), "2020, 2019/20 or to-2020-09"),
        (("figures", "--format", "xml"), "'table'"),
        (("run", "--jobs", "0"), "--jobs"),
        (("run", "--aera", "kent"), "--area"),
        (("preview", "charged"), "--area"),
        (("rum",), "run"),
        (("init",), "DIR"),
    ],
)
def test_a_usage_error(newscopy, arguments, names):
    status, out, err = newscopy(*arguments)
    assert (status, out) == (2, "")
    assert names in err
    assert not newscopy.output.exists()


def test_no_command_shows_what_there_is(newscopy):
    status, out, err = newscopy()
    assert status == 2
    assert "Commands:" in out + err


@pytest.mark.parametrize(("period", "newest"), [("2021", "2020"), ("2013/14", "2019-20")])
def test_a_period_that_the_release_does_not_hold(newscopy, period, newest):
    status, out, err = newscopy("run", "--story", "charged", "--period", period)
    assert (status, out) == (1, "")
    assert f"The release does not hold {period} in full." in err
    assert "figures from January to March 2018 to October to December 2020" in err
    assert f"Ask for --period {newest}." in err


def test_an_earlier_period_of_the_release(newscopy):
    assert newscopy("run", "--area", "kent", "--period", "2019").status == 0
    assert _filed(newscopy.output) == ["charged/2019/kent", "victim-withdrawal/2019/kent"]


def test_a_release_may_be_one_file(newscopy):
    table = f"{TABLE}/outcomes.csv"
    status, out, err = newscopy("figures", table, "--story", "charged", "--format", "csv")
    assert (status, err) == (0, "")
    assert len(_complete(out)) == 4 * 3 * 3


def test_the_newest_release_is_read_whatever_else_lies_beside_it(newscopy):
    newscopy.publish("releases/2022-01-27", dated=False)
    for name in ("README.md", "notes.txt", ".DS_Store"):
        (newscopy.folder / "releases" / name).write_text("A note.", encoding="utf-8")
    err = newscopy("figures").err
    assert err.startswith(f"Reading the newest release: {newscopy.folder}/releases/2022-01-27\n")


@pytest.mark.parametrize("command", [("run",), ("figures",), ("preview", "charged")])
def test_without_a_release_the_sample_is_read_and_said_loudly(newscopy, monkeypatch, command):
    def make_sample(folder: Path, _: Desk) -> None:
        (newscopy.folder / "kept").rename(folder)
        (folder / "release.yml").write_text("published: 2021-05-13\nsample: true\n")

    # The real one takes seconds; the example of `newscopy sample` writes it.
    monkeypatch.setattr("generator.requests.make_sample", make_sample)
    (newscopy.folder / TABLE).rename(newscopy.folder / "kept")
    status, _, err = newscopy(*command, "--area", "derbyshire")
    assert status == 0
    assert err.startswith(SAMPLE)
    assert "This release is a SAMPLE: its counts are invented.\n" in err


def test_releases_are_looked_for_here_where_there_is_no_desk(newscopy, tmp_path, monkeypatch):
    here = tmp_path / "nowhere"
    newscopy.publish("../nowhere/releases/2021-05-13")
    monkeypatch.chdir(here)
    status, _, err = newscopy("figures", "--story", "charged", "--area", "kent")
    assert status == 0
    assert err.startswith(f"Reading the newest release: {here / 'releases' / '2021-05-13'}\n")


def test_the_desk_asked_for_has_its_own_releases_and_output(newscopy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert newscopy("run", "--desk", "desk", "--area", "kent").status == 0
    assert _filed(newscopy.output) == ["charged/2020/kent", "victim-withdrawal/2020/kent"]


def test_an_undated_release_names_the_year(newscopy):
    undated = newscopy.publish("undated", dated=False)
    status, out, err = newscopy("preview", "charged", "--area", "kent", undated)
    assert status == 0
    assert "in 2020" in out
    assert "last year" not in out
    assert "No release.yml: the publication date is not known" in err


def test_a_dated_release_says_last_year(newscopy):
    out = newscopy("preview", "charged", "--area", "kent").out
    assert "last year" in out


def test_preview_prints_markdown_and_files_nothing(newscopy):
    status, out, err = newscopy("preview", "victim-withdrawal", "--area", "Derbyshire")
    assert status == 0
    # 590 + 280 of 2,040 in each quarter of 2020: 3,480 of 8,160.
    assert "\n# " in f"\n{out}"
    assert "3,480" in out
    assert "42.6%" in out
    assert "# " not in err
    assert not newscopy.output.exists()


def test_preview_prints_what_stands_beside_the_article_under_its_files_name(newscopy):
    out = newscopy("preview", "charged", "--area", "kent").out
    named = [line for line in out.splitlines() if line.startswith("## ")]
    assert named == ["## brief.txt", "## radio.txt", "## social.txt", "## the words of the chart"]
    assert "A line chart" in out.partition(named[-1])[2]


def test_what_is_wrong_with_a_piece_is_said_by_its_files_name(newscopy):
    newscopy.change("templates/charged/social.md.j2", "Of {{ closed }}", "Of of {{ closed }}")
    place = "social.txt: paragraph 1: “Of of” has a word twice."
    assert f"hold: {place}" in newscopy("preview", "charged", "--area", "kent").err
    ran = newscopy("run", "--story", "charged", "--area", "kent")
    assert f"held      charged/2020/kent: {place}" in ran.out
    folder = newscopy.output / "charged" / "2020" / "kent"
    for name in ("notes.md", "article.md", "article.txt", "article.html", "brief.txt"):
        said = (folder / name).read_text(encoding="utf-8").replace("<b>", "").replace("</b>", "")
        assert place in said, name


def test_figures_as_csv(newscopy):
    options = ("--story", "charged", "--area", "derbyshire", "--format", "csv")
    status, out, _ = newscopy("figures", *options)
    assert status == 0
    assert out.startswith("story,area,measure,period,exact,printed,complete,why,findings\n")
    rows = _complete(out)
    assert [(row["measure"], row["period"], row["exact"], row["printed"]) for row in rows] == [
        ("closed", "2018", "8000", "8,000"),
        ("closed", "2019", "8160", "8,160"),
        ("closed", "2020", "8160", "8,160"),
        ("charged", "2018", "600", "600"),
        ("charged", "2019", "560", "560"),
        ("charged", "2020", "480", "480"),
        ("rate", "2018", "600/8000", "7.5%"),
        ("rate", "2019", "560/8160", "6.9%"),
        ("rate", "2020", "480/8160", "5.9%"),
    ]
    assert {row["findings"] for row in rows if row["period"] != "2020"} == {""}
    assert {"on_previous.level"} < set(rows[2]["findings"].split())
    assert {"on_previous.lower", "against_nation.lower"} < set(rows[8]["findings"].split())


def _complete(text: str) -> list[dict[str, str]]:
    """Return the rows of periods that the release holds in full."""
    return [row for row in csv.DictReader(io.StringIO(text)) if row["complete"] == "yes"]


def test_figures_are_the_same_as_csv_json_and_table(newscopy):
    as_csv, as_json, as_table = (
        newscopy("figures", "--area", "kent", *form).out
        for form in (("--format", "csv"), ("--format", "json"), ())
    )
    rows = list(csv.DictReader(io.StringIO(as_csv)))
    assert json.loads(as_json) == rows
    lines = as_table.splitlines()
    assert lines[0].split() == list(rows[0])
    assert [line.split() for line in lines[1:]] == [" ".join(row.values()).split() for row in rows]


def test_init_writes_a_desk_that_runs(newscopy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, err = newscopy("init", "new/desk")
    assert (status, out) == (0, "new/desk\n")
    assert "newscopy run" in err
    monkeypatch.chdir(tmp_path / "new" / "desk")
    steps = Path("README.md").read_text(encoding="utf-8")
    for step in (
        "`name:`",
        "`tag:`",
        "`config/editions/`",
        "`releases/2021-05-13`",
        "newscopy run",
    ):
        assert step in steps
    shutil.copy(newscopy.folder / "config" / "forces.yml", "config/forces.yml")
    shutil.copy(newscopy.folder / "config" / "comparability.yml", "config/comparability.yml")
    shutil.rmtree("config/editions")  # they cover other forces
    shutil.copytree(newscopy.folder / TABLE, "releases/2021-05-13")
    assert newscopy("run").out.startswith("8 drafts: 8 ready")
    assert (tmp_path / "new" / "desk" / "output" / "index.html").is_file()


@pytest.mark.parametrize("kind", ["a folder with something in it", "a file"])
def test_init_writes_over_nothing(newscopy, tree, tmp_path, kind):
    place = tmp_path / "mine"
    if kind == "a file":
        place.write_text("Mine.", encoding="utf-8")
    else:
        place.mkdir()
        (place / "notes.txt").write_text("Mine.", encoding="utf-8")
    before = tree(tmp_path)
    status, out, err = newscopy("init", place)
    assert (status, out) == (1, "")
    assert str(place) in err
    assert "nothing was written" in err
    assert tree(tmp_path) == before


def test_a_new_story_can_be_previewed_as_its_message_says(newscopy):
    status, out, err = newscopy("new-story", "cautions")
    assert status == 0
    assert out == f"{newscopy.folder / 'config/stories/cautions.yml'}\n"
    assert err.startswith(
        "Wrote cautions.yml and templates/cautions/: a copy of charged. Replace the title, the "
        "measure and `says`, then the words of the templates.\n"
    )
    command = err.strip().rpartition("See it with: newscopy ")[2].split()
    assert command == ["preview", "cautions", "--area", "derbyshire"]
    previewed = newscopy(*command)
    assert previewed.status == 0
    assert "480 ended with somebody being charged" in " ".join(previewed.out.split())


@pytest.mark.parametrize("story", ["charged", "Cautions", "../cautions", "cautions 2"])
def test_a_new_story_needs_a_new_id(newscopy, tree, story):
    before = tree(newscopy.folder)
    status, out, err = newscopy("new-story", story)
    assert (status, out) == (1, "")
    assert "nothing was written" in err
    assert tree(newscopy.folder) == before


def test_a_new_story_needs_a_desk(newscopy, tmp_path, monkeypatch):
    (tmp_path / "nowhere").mkdir()
    monkeypatch.chdir(tmp_path / "nowhere")
    status, out, err = newscopy("new-story", "cautions")
    assert (status, out) == (1, "")
    assert "newscopy init DIR" in err


def test_a_desk_that_cannot_be_used_is_told_whole(newscopy):
    newscopy.change("config/desk.yml", "name: newscopy", "nam: newscopy")
    newscopy.change("config/stories/charged.yml", "lead: rate", "lead: rates")
    status, out, err = newscopy("run")
    assert (status, out) == (1, "")
    assert "config/desk.yml, line 2, nam" in err
    assert "config/stories/charged.yml, line 7, lead" in err
    assert err.endswith("3 faults; nothing was written.\n")


def test_the_real_command_keeps_its_streams_apart_and_draws_no_bar(newscopy):
    command = [sys.executable, "-c", "from generator.cli import main; main()", "run", "--json"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    ran = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert len(json.loads(ran.stdout.decode("utf-8"))["drafts"]) == 8
    assert ran.stderr.decode("utf-8").startswith("Reading the newest release: ")
    assert not [byte for byte in (b"\r", b"\x1b") if byte in ran.stderr]
    assert "━".encode() not in ran.stderr


def test_what_the_system_refuses_is_told_without_a_traceback(newscopy, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "config/stories/cautions.yml")

    monkeypatch.setattr("generator.cli.desks.shutil.copytree", refuse)
    status, out, err = newscopy("new-story", "cautions")
    assert (status, out) == (1, "")
    assert "The system refuses: Permission denied." in err
    assert "nothing was written" not in err


def test_a_run_that_is_told_to_end_lets_go_of_its_output(newscopy, monkeypatch):
    ended = []

    @contextmanager
    def at_hand(output, *, changing):
        try:
            yield output
        finally:
            os.kill(os.getpid(), signal.SIGTERM)  # a second one changes nothing
            ended.append(changing)

    monkeypatch.setattr("generator.cli.run.at_hand", at_hand)
    monkeypatch.setattr(
        "generator.cli.run.run_pipeline", lambda *_: os.kill(os.getpid(), signal.SIGTERM)
    )
    handler = signal.getsignal(signal.SIGTERM)
    assert newscopy("run").status == 130
    assert ended == [True]
    assert signal.getsignal(signal.SIGTERM) is handler


def test_a_run_that_finds_nothing_new_says_so(newscopy):
    first = newscopy("run")
    again = newscopy("run")
    assert again.out == first.out
    assert again.err == first.err + "Nothing has changed since the last run.\n"
