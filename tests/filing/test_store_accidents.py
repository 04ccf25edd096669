"""Two at one output in a store, one cut off after the other, and an editor in between."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFile
from storing import (
    ESSEX,
    KENT,
    Died,
    Step,
    contents,
    dying,
    file_in,
    hidden,
    let_go,
    put_contents,
    read,
    runs_logged,
    tree,
    watched,
)
from upath import UPath

from generator.errors import Fault, FilingError, OvertakenError
from generator.filed.places import brought
from generator.filing import at_hand, outputs
from generator.filing.listing import Listing

ZERO = {f"{KENT}/article.md": "0", f"{ESSEX}/gone.md": "0"}
ONE = {f"{KENT}/article.md": "1", f"{ESSEX}/gone.md": None}
TWO = ONE | {f"{KENT}/article.md": "2", f"{KENT}/more.md": "2"}
EDITED = "An editor's own."


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the log wait for no disk: the power does not fail here, and there are many runs."""
    connect = sqlite3.connect

    def quick(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
        return connection

    monkeypatch.setattr("sqlite3.connect", quick)


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[UPath]:
    output = UPath(f"memory://{request.node.name}/output")
    file_in(output, "zero", ZERO)
    yield output
    output.fs.rm(output.path, recursive=True)


def cut_off(store: UPath, step: int, run: str, texts: dict[str, str | None]) -> bool:
    """File, die at a step; tell whether it came to that."""
    with (
        pytest.MonkeyPatch.context() as patch,
        dying(store, step),
        suppress(Died),
    ):
        patch.setattr("secrets.token_hex", lambda _: run)  # so that what is left can be compared
        file_in(store, run, texts)
        return False
    return True


def states_when_cut_off(store: UPath, run: str, texts: dict[str, str | None]) -> list[dict]:
    """Return what may lie in the store when a run is cut off, each state once."""
    before, states, step = contents(store), [], 2  # the first step is to hold it
    while cut_off(store, step, run, texts):
        let_go(store)
        if contents(store) not in states:
            states.append(contents(store))
        put_contents(store, before)
        step += 1
    put_contents(store, before)
    return states


def seen_by_readers(store: UPath) -> dict[str, bytes]:
    """Return what whoever only reads the output finds in it."""
    with at_hand(store, changing=False) as copy:
        outputs.put_right(copy)
        files = [path for path in copy.rglob("*") if path.is_file()]
        return {
            f"{store.path}/{path.relative_to(copy).as_posix()}": path.read_bytes()
            for path in files
            if ".newscopy" not in path.parts
        }


def test_a_run_that_is_cut_off_after_one_that_was(store: UPath) -> None:
    """Whatever two of them have left, nobody sees it mixed, and the third makes it whole."""
    before, whole = contents(store), [tree(store)]
    first = states_when_cut_off(store, "one", ONE)
    for run, texts in {"one": ONE, "two": TWO}.items():
        file_in(store, run, texts)
        whole.append(tree(store))
        put_contents(store, before)
    assert len(first) > 10
    seen = []
    for state in first:
        put_contents(store, state)
        for left in states_when_cut_off(store, "two", TWO):
            if left in seen:
                continue
            seen.append(left)
            put_contents(store, left)
            assert seen_by_readers(store) in whole
            file_in(store, "two", TWO)
            assert tree(store) == whole[-1]
            assert hidden(store) == ["log.db"]
            logged = runs_logged(store)
            assert (logged[0], logged[-1]) == ("zero", "two")
            assert logged.count("one") <= 1


def test_whoever_deletes_a_hold_and_runs_is_not_overtaken_by_the_one_who_had_it(
    store: UPath,
) -> None:
    """The first was not dead: it finds that the output is another's, and puts nothing in place."""

    def another_run(what: str, name: str) -> None:
        if what == "put_file" and "/new-" in name and not taken:
            taken.append(name)
            let_go(store)
            put_hold(store, "another")

    taken: list[str] = []
    before = tree(store)
    with (
        watched(store, another_run),
        pytest.raises(FilingError, match="Another run is filing") as caught,
    ):
        file_in(store, "one", ONE)
    assert taken
    assert tree(store) == before
    assert caught.value.faults[0].found == "locked since another"
    assert read(store, ".newscopy/locked") == "another"  # and it is still locked


def test_who_holds_an_output_is_told(store: UPath) -> None:
    with at_hand(store, changing=True), pytest.raises(FilingError) as caught:
        file_in(store, "two", TWO)
    found = caught.value.faults[0].found
    assert re.fullmatch(rf"locked since \S+ by process {os.getpid()} on \S+", found)


def put_hold(store: UPath, by: str) -> None:
    store.fs.store[f"{store.path}/.newscopy/locked"] = MemoryFile(store.fs, "", by.encode())


def test_a_store_that_makes_no_file_exclusively(
    store: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run has put its hold over ours at the same moment."""
    monkeypatch.setattr(store.fs, "pipe_file", lambda *_, **__: put_hold(store, "another"))
    with pytest.raises(FilingError, match="Another run is filing"):
        file_in(store, "one", ONE)
    assert read(store, ".newscopy/locked") == "another"


def test_a_hold_whose_first_answer_was_lost_is_ours(
    store: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store's library tries again by itself, and finds that the file is there."""
    real = store.fs.pipe_file

    def twice(path: str, data: bytes, **named: Any) -> None:
        real(path, data)
        real(path, data, **named)

    monkeypatch.setattr(store.fs, "pipe_file", twice)
    file_in(store, "one", ONE)
    assert read(store, f"{KENT}/article.md") == "1"
    assert hidden(store) == ["log.db"]


def saving_at(store: UPath, step: str, name: str, *, after: bool = False) -> Step:
    """Have an editor save Kent's article at a step of the store, or right after it."""
    done: list[str] = []

    def seen(what: str, to: str) -> None:
        if done == ["next"]:
            done.append("saved")
            put_words(store, f"{KENT}/article.md", EDITED)
        if not done and what == step and to.endswith(name):
            done.append("next")
            if not after:
                seen(what, "")

    return seen


def put_words(store: UPath, name: str, words: str) -> None:
    path = f"{store.path}/{name}"
    store.fs.store[path] = MemoryFile(store.fs, path, words.encode())


@pytest.mark.parametrize(
    ("step", "name", "after"),
    [
        ("put_file", "/journal.jsonl", False),
        ("put_file", "/journal.jsonl", True),
        ("cp_file", f"{ESSEX}/gone.md", False),
        ("rm_file", f"{ESSEX}/gone.md", False),
        ("cp_file", f"old/{KENT}/article.md", False),
    ],
)
def test_what_an_editor_saves_while_files_are_put_in_place_stays(
    store: UPath, step: str, name: str, after: bool
) -> None:
    with (
        watched(store, saving_at(store, step, name, after=after)),
        pytest.raises(OvertakenError, match=f"saved {KENT}/article.md") as caught,
    ):
        file_in(store, "one", ONE)
    assert caught.value.written == "all else was filed"
    assert read(store, f"{KENT}/article.md") == EDITED
    assert not store.fs.exists(f"{store.path}/{ESSEX}/gone.md")
    assert read(store, "index.csv") == "of one"
    assert hidden(store) == ["log.db"]


def test_what_an_editor_saves_twice_at_the_worst_moment_stays_too(store: UPath) -> None:
    """The one is what was kept, the other was put in place by then: it lies beside."""

    def seen(what: str, to: str) -> None:
        if what == "cp_file" and to.endswith(f"old/{KENT}/article.md"):
            put_words(store, f"{KENT}/article.md", EDITED)
        if what == "cp_file" and to.endswith("/index.csv"):
            put_words(store, f"{KENT}/article.md", "Saved again.")

    with watched(store, seen), pytest.raises(OvertakenError):
        file_in(store, "one", ONE)
    assert read(store, f"{KENT}/article.md") == "Saved again."
    assert read(store, f"{KENT}/article.saved.md") == EDITED


def test_the_first_run_into_a_store_that_is_cut_off(store: UPath) -> None:
    """There is no manifest in its place yet, and whoever asks for a draft finds the output."""
    store.fs.rm(store.path, recursive=True)
    begun = []
    for step in range(2, 20):
        if not cut_off(store, step, "one", {f"{KENT}/article.md": "1"}):
            break
        begun.append("/journal.jsonl" in "".join(contents(store)))
        in_place = store.fs.exists(f"{store.path}/manifest.json")
        with brought(store / KENT) as here:
            assert isinstance(here, Path) == (begun[-1] or in_place)
        store.fs.rm(store.path, recursive=True)
    assert set(begun) == {True, False}


def test_placeholders_of_folders_are_no_files(store: UPath) -> None:
    """As S3 tells of them; this process's memory has none."""
    real = store.fs.find

    def find(path: str, **named: Any) -> dict[str, Any]:
        found = {f"{store.path}/{name}": {"size": 0} for name in ("story/", "story", "note")}
        return real(path, **named) | found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.fs, "find", find)
        seen = Listing(store).look()
    assert [name for name in seen if not name.endswith(".md")] == [
        *(".newscopy/log.db", "index.csv", "manifest.json", "note"),
    ]


def test_names_that_look_like_patterns_are_names(store: UPath) -> None:
    odd, other = f"{KENT}/article[1]*.md", f"{KENT}/article1.md"
    file_in(store, "one", {odd: "1", other: "1"})
    file_in(store, "two", {odd: None})
    assert read(store, other) == "1"
    assert not store.fs.exists(f"{store.path}/{odd}")
    assert hidden(store) == ["log.db"]


def test_faults_name_the_store_in_all_that_they_say(
    store: UPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The temporary folder may be named by a link."""
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "link"))
    with pytest.raises(FilingError) as caught, at_hand(store, changing=False) as copy:
        name = str((copy / "index.csv").resolve())
        raise FilingError(
            Fault(f"See {name}.", f"Mend {name}.", name, found=f"{name}, cut", expected=name)
        )
    address = f"{store}/index.csv"
    (fault,) = caught.value.faults
    assert fault == Fault(
        f"See {address}.", f"Mend {address}.", address, found=f"{address}, cut", expected=address
    )
