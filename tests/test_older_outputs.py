"""What an older version has filed, and editors have worked on, outlives every later one.

Whatever was written or decided in an archive of `fixtures/` is read out of it before newscopy
sees it: the log from its database, edited files by what the manifest has of them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tarfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from generator.desk import load_desk
from generator.filing import recall_text
from generator.filing.heads import take_off
from generator.pipeline import Means
from generator.review.app import make_app
from generator.review.titles import Titles

ARCHIVES = sorted((Path(__file__).parent / "fixtures").glob("desk-*.tar.gz"))
NEWSCOPY = "from generator.cli import main; main()"
DECISIONS = ("approved", "put on hold", "spiked")
HELD = 3
OLD, NEW = "The figures cover every investigation", "These figures cover every investigation"
"""Words of every article, and what the desk makes of them between two runs."""
Entry = dict[str, object]


@dataclass(frozen=True)
class Archive:
    """What lay in an output, and what of it is its editors'."""

    entries: list[Entry]
    """The log, the oldest line first, as `newscopy log --json` has it."""
    index: dict[str, dict[str, str]]
    """The rows of index.csv, by folder."""
    files: dict[str, bytes]
    edited: dict[str, list[str]]
    """Paragraphs of a filed file, by its path, that were not in it as it was filed."""
    added: set[str]
    """Files in a draft's folder that nobody filed."""
    decided_on: dict[str, bytes]
    """Texts that were decided on, by their sha256, as far as they were kept."""

    @property
    def decisions(self) -> dict[str, Entry]:
        """The last decision on each draft, by folder."""
        return {str(e["folder"]): e for e in self.entries if e["event"] in DECISIONS}

    @property
    def others(self) -> list[str]:
        """The folders of drafts in which no editor has done anything."""
        theirs = {*self.decisions, *(name.rpartition("/")[0] for name in self.edited)}
        return sorted(set(self.index) - theirs)


@dataclass(frozen=True)
class Seen:
    """What is told of an output, and lies in it."""

    entries: list[Entry]
    index: dict[str, dict[str, str]]
    files: dict[str, bytes]
    states: dict[str, list[str]]
    """Where each draft stands in the list of the review page, by folder."""
    pages: dict[str, str]
    """The words on the review page's page of each edited draft, by folder."""
    decided_on: dict[str, bytes | None]


class Older:
    """A desk and a release out of an archive, and the commands run in it."""

    def __init__(self, room: Path, archive: Path) -> None:
        with tarfile.open(archive) as packed:
            packed.extractall(room, filter="data")
        self.room, self.folder, self.output = room, room / "desk", room / "desk" / "output"
        self.archive = read_archive(self.output)

    def __call__(self, *arguments: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
        ran = subprocess.run(
            [sys.executable, "-c", NEWSCOPY, *map(str, arguments)],
            cwd=cwd or self.folder,
            env=os.environ | {"NEWSCOPY_CACHE": str(self.room / "cache"), "NEWSCOPY_JOBS": "1"},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran.returncode, ran.stdout, ran.stderr

    def refile(self) -> None:
        """File the drafts that lie there again, from the release in the archive."""
        folders = [folder.split("/") for folder in self.archive.index]
        (story,), (period,) = ({each[part] for each in folders} for part in (0, 1))
        areas = [word for each in folders for word in ("--area", each[2])]
        asked = ("--story", story, "--period", period, *areas)
        status, _, err = self("run", self.room / "release", *asked)
        assert status == 0, err

    def see(self) -> Seen:
        status, log, err = self("log", "--json")
        assert status == 0, err
        means = Means(cache=self.room / "cache")
        titles = Titles(self.output, load_desk(self.folder), self.folder, means)
        browser = TestClient(make_app(titles, "Cat Cole", ["testserver"]))
        rows = browser.get("/").text.split("<tr")
        edited = {name.rpartition("/")[0] for name in self.archive.edited}
        return Seen(
            json.loads(log),
            read_index(self.output),
            read_files(self.output),
            {folder: states_in(rows, folder) for folder in self.archive.index},
            {folder: words_of(browser.get(f"/draft/{folder}").text) for folder in edited},
            {sha: recall_text(self.output, sha) for sha in self.archive.decided_on},
        )


def read_archive(output: Path) -> Archive:
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    filed = {
        f"{folder}/{name}": sha
        for folder, row in manifest["drafts"].items()
        for name, sha in row["files"].items()
    }
    files = read_files(output)
    with closing(sqlite3.connect(output / ".newscopy" / "log.db")) as log:
        entries = read_log(log)
        kept = {s: zlib.decompress(data) for s, data in log.execute("SELECT * FROM texts")}
    decided = {s for e in entries if e["event"] in DECISIONS for s in e["texts"].values()}
    edited = {
        name: [
            paragraph
            for paragraph in paragraphs_of(files[name])
            if paragraph not in paragraphs_of(kept[sha])
        ]
        for name, sha in filed.items()
        if sha256(files[name]) != sha
    }
    added = {name for name in files if name.count("/") == 3 and name not in filed}
    by_hash = {sha: text for sha, text in kept.items() if sha in decided}
    return Archive(entries, read_index(output), files, edited, added, by_hash)


def read_log(log: sqlite3.Connection) -> list[Entry]:
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for number, name, sha in log.execute("SELECT entry, file, sha256 FROM entry_texts"):
        texts[number][name] = sha
    rows = log.execute(
        "SELECT id, at, who, event, folder, release, reason FROM entries ORDER BY id"
    )
    names = ("at", "by", "event", "folder", "release", "reason")
    return [
        {**dict(zip(names, said, strict=True)), "texts": texts[number]} for number, *said in rows
    ]


def read_files(output: Path) -> dict[str, bytes]:
    """Return all that lies in an output, but for what newscopy keeps to itself."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and ".newscopy" not in path.parts
    }


def read_index(output: Path) -> dict[str, dict[str, str]]:
    text = (output / "index.csv").read_text(encoding="utf-8-sig")
    return {row["folder"]: row for row in csv.DictReader(io.StringIO(text))}


def paragraphs_of(data: bytes) -> list[str]:
    return data.decode("utf-8").strip().split("\n\n")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def states_in(rows: list[str], folder: str) -> list[str]:
    (row,) = (each for each in rows if f'href="/draft/{folder}"' in each)
    return re.findall(r'<span class="pill [^"]*">([^<]*)<', row)


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.fixture(scope="module", params=ARCHIVES, ids=lambda path: path.name.partition(".")[0])
def older(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Older:
    return Older(tmp_path_factory.mktemp("older"), request.param)


@pytest.fixture(scope="module")
def opened(older: Older) -> Iterator[dict[str, tuple[int, str, str]]]:
    """Return what the commands say that come back to it, from another folder than the desk's."""
    elsewhere = older.room / "elsewhere"
    elsewhere.mkdir()
    name = next(iter(older.archive.edited))
    rate = re.search(r"\d+(\.\d)?%", older.archive.files[name].decode("utf-8"))
    assert rate
    return {
        "check": older("check", older.output, cwd=elsewhere),
        "explain": older("explain", older.output / name, rate[0], cwd=elsewhere),
        "log": older("log", older.output, cwd=elsewhere),
    }


STAGES = ("opened", "filed again", "filed in other words", "one more approved")


@pytest.fixture(scope="module")
def stages(older: Older, opened: object) -> dict[str, Seen]:
    """Return what is to be seen after each step, one after the other."""
    seen = {"opened": older.see()}
    older.refile()
    seen["filed again"] = older.see()
    for template in (older.folder / "templates").rglob("*.md.j2"):
        text = template.read_text(encoding="utf-8")
        template.write_text(text.replace(OLD, NEW), encoding="utf-8")
    older.refile()
    seen["filed in other words"] = older.see()
    draft = older.output / older.archive.others[0]
    override = "Approved in a test."  # whatever a later version may find in it
    status, _, err = older("approve", draft, "--by", "Cat Cole", "--override", override)
    assert status == 0, err
    seen["one more approved"] = older.see()
    return seen


def test_an_archive_has_something_to_lose(older: Older) -> None:
    kept = older.archive
    assert {entry["event"] for entry in kept.decisions.values()} == set(DECISIONS)
    assert any(entry["reason"] for entry in kept.decisions.values())
    assert [bool(words) for words in kept.edited.values()] == [True]
    assert kept.added
    assert kept.decided_on
    assert len(kept.others) >= 2


def test_it_is_checked_whole_by_its_own_desk(older: Older, opened: dict[str, tuple]) -> None:
    articles = [n for n in older.archive.files if re.search(r"/article\.(md|html|txt|docx)$", n)]
    status, said, err = opened["check"]
    assert status in (0, HELD)
    assert f"{len(articles)} articles" in said  # all of them are read, by the figures of their own
    assert f"of {len(older.archive.index)} drafts" in said
    assert ": approval: " not in said  # nothing counts as changed since it was approved
    assert err == ""


def test_a_figure_in_it_is_explained(opened: dict[str, tuple]) -> None:
    status, said, err = opened["explain"]
    assert status == 0, err
    assert ".xlsx" in said


def test_its_log_is_told(older: Older, opened: dict[str, tuple]) -> None:
    status, said, err = opened["log"]
    assert (status, err) == (0, "")
    assert len(said.splitlines()) == len(older.archive.entries)
    for entry, line in zip(older.archive.entries, said.splitlines(), strict=True):
        for word in ("event", "by", "folder", "reason"):
            assert str(entry[word]) in line


@pytest.mark.parametrize("stage", STAGES)
def test_what_an_editor_wrote_is_there_word_for_word(
    older: Older, stages: dict[str, Seen], stage: str
) -> None:
    for name, words in older.archive.edited.items():
        now = paragraphs_of(stages[stage].files[name])
        assert [paragraph for paragraph in now if paragraph in words] == words
        folder = name.rpartition("/")[0]
        for paragraph in words:
            assert paragraph in stages[stage].pages[folder]
        assert "edited" in stages[stage].states[folder]


@pytest.mark.parametrize("stage", STAGES)
def test_what_an_editor_added_and_approved_is_there_to_the_byte(
    older: Older, stages: dict[str, Seen], stage: str
) -> None:
    now, kept = stages[stage].files, older.archive
    assert {name: now[name] for name in kept.added} == {n: kept.files[n] for n in kept.added}
    for folder, entry in kept.decisions.items():
        if entry["event"] == "approved":
            # What stands at the head of a file of where the draft stands is none of its words.
            bare = {n: take_off(n, now[f"{folder}/{n}"]).data for n in entry["texts"]}
            assert {name: sha256(data) for name, data in bare.items()} == entry["texts"]
    assert stages[stage].decided_on == kept.decided_on


@pytest.mark.parametrize("stage", STAGES)
def test_every_decision_stands(older: Older, stages: dict[str, Seen], stage: str) -> None:
    kept, seen = older.archive, stages[stage]
    for folder, entry in kept.decisions.items():
        (last,) = [e for e in seen.entries if e["folder"] == folder and e["event"] in DECISIONS]
        assert last | entry == last  # with its reason
        for column in ("standing", "decided_by"):
            assert seen.index[folder][column] == kept.index[folder][column] != ""
        assert kept.index[folder]["standing"] in seen.states[folder]


@pytest.mark.parametrize("stage", STAGES)
def test_the_log_is_only_added_to(older: Older, stages: dict[str, Seen], stage: str) -> None:
    entries = older.archive.entries
    there = stages[stage].entries[: len(entries)]
    assert [now | then for now, then in zip(there, entries, strict=True)] == there
    if stage == "opened":
        assert len(stages[stage].entries) == len(entries)


def test_what_nobody_has_touched_is_filed_in_the_desks_other_words(
    older: Older, stages: dict[str, Seen]
) -> None:
    """So the runs have done something: nothing above is there because they did nothing."""
    now = stages["filed in other words"].files
    for folder in older.archive.others:
        assert NEW in now[f"{folder}/article.md"].decode("utf-8"), folder
    for name in older.archive.edited:
        folder, _, own = name.rpartition("/")
        articles = [n for n in now if n.startswith(f"{folder}/{own.partition('.')[0]}.")]
        assert any(NEW in now[n].decode("utf-8") for n in articles if n.endswith(".md"))


def test_one_more_is_approved(older: Older, stages: dict[str, Seen]) -> None:
    folder = older.archive.others[0]
    seen = stages["one more approved"]
    assert seen.index[folder]["standing"] == "approved"
    last = [entry for entry in seen.entries if entry["event"] in DECISIONS][-1]
    assert (last["folder"], last["by"], last["event"]) == (folder, "Cat Cole", "approved")
