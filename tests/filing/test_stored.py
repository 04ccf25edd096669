"""An output in a store: brought here and put back, all or none, whoever else is at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filed import file_drafts
from upath import UPath

from generator.desk import Desk
from generator.errors import Fault, FilingError, NewscopyError, UnfinishedError
from generator.filed.places import brought
from generator.filing import Action, Filed, at_hand, outputs, read_log
from generator.filing.listing import Listing
from generator.model import Draft, Release

DERBYSHIRE, KENT = (f"victim-withdrawal/2020/{area}" for area in ("derbyshire", "kent"))
Run = Callable[..., Filed]
HIDDEN = "/.newscopy/"
EDITED = "An editor's own."


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[UPath]:
    """An output folder in a store that is nothing but this process's memory."""
    output = UPath(f"memory://{request.node.name}/output")
    yield output
    output.fs.rm(output.path, recursive=True)


@pytest.fixture
def run(make_draft: Callable[..., Draft], release: Release, desk: Desk, store: UPath) -> Run:
    def run(withdrawn: int = 23_489, *, meanwhile: Callable[[], object] = lambda: None) -> Filed:
        drafts = [make_draft(area, withdrawn=withdrawn) for area in ("derbyshire", "kent")]
        with at_hand(store, changing=True) as copy:
            meanwhile()
            return file_drafts(drafts, release, desk, copy)

    return run


def tree(store: UPath) -> dict[str, bytes]:
    """Return what lies in the store but for what newscopy keeps for itself."""
    files = store.fs.cat(store.fs.find(store.path))
    return {name: data for name, data in files.items() if HIDDEN not in name}


def hidden(store: UPath) -> list[str]:
    return [name.partition(HIDDEN)[2] for name in store.fs.find(store.path) if HIDDEN in name]


def save(store: UPath, name: str, words: str) -> None:
    store.fs.pipe_file(f"{store.path}/{name}", words.encode())


def read(store: UPath, name: str) -> str:
    return store.fs.cat_file(f"{store.path}/{name}").decode()


def test_files_as_on_a_disk(
    run: Run, store: UPath, make_draft: Callable[..., Draft], release: Release, desk: Desk, tmp_path
) -> None:
    run()
    file_drafts([make_draft(area) for area in ("derbyshire", "kent")], release, desk, tmp_path)
    on_disk = {
        f"{store.path}/{path.relative_to(tmp_path).as_posix()}": path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file() and ".newscopy" not in path.parts
    }
    assert tree(store) == on_disk
    assert hidden(store) == ["log.db"]


def test_editors_work_in_the_store_is_kept(run: Run, store: UPath) -> None:
    run()
    theirs = read(store, f"{KENT}/article.txt").replace("fell through", "came to nothing")
    save(store, f"{KENT}/article.txt", theirs)
    filed = run(23_488)
    assert read(store, f"{KENT}/article.txt") == theirs
    assert "23,488" in read(store, f"{KENT}/article.new.txt")
    assert {row.area: row.action for row in filed.rows} == {
        "Derbyshire": Action.UPDATED,
        "Kent": Action.BESIDE,
    }


def test_nothing_that_is_the_same_is_written_again(
    run: Run, store: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    copied: list[str] = []
    monkeypatch.setattr(store.fs, "cp_file", lambda old, new: copied.append(new))
    run()
    assert copied == []


class Died(BaseException):
    """What nobody catches, as if the process were no more."""


def counting_steps(
    patch: pytest.MonkeyPatch, store: UPath, last: int, raises: BaseException | None = None
) -> list[int]:
    """Count the steps of the store; from the one numbered `last` on, each raises."""
    count = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def step(*given: Any, **named: Any) -> object:
            count[0] += 1
            if raises is not None and count[0] >= last:
                raise raises
            return real(*given, **named)

        return step

    for name in ("put_file", "cp_file", "rm_file", "pipe_file"):
        patch.setattr(store.fs, name, counted(getattr(store.fs, name)))
    return count


def entries(store: UPath) -> list[str]:
    with at_hand(store, changing=False) as copy:
        return [f"{entry.event} {entry.folder}" for entry in read_log(copy)]


class Coming(NamedTuple):
    """A run that is about to come: its steps, and what lies in the store before and after."""

    steps: int
    old: dict[str, bytes]
    new: dict[str, bytes]
    logged_old: list[str]
    logged_new: list[str]
    begin_again: Callable[[], None]


@pytest.fixture
def coming(run: Run, store: UPath) -> Coming:
    """Make ready for a run over drafts that an editor has been at."""
    run()
    save(store, f"{KENT}/article.md", EDITED)
    run(23_488)
    kept = store.fs.cat(store.fs.find(store.path))

    def begin_again() -> None:
        store.fs.rm(store.path, recursive=True)
        store.fs.pipe(kept)

    old, logged_old = tree(store), entries(store)
    with pytest.MonkeyPatch.context() as patch:
        count = counting_steps(patch, store, 0)
        run(23_487)
    new, logged_new = tree(store), entries(store)
    assert old != new
    begin_again()
    return Coming(count[0], old, new, logged_old, logged_new, begin_again)


def test_cut_off_at_any_step(run: Run, store: UPath, coming: Coming) -> None:
    """Whoever works on the output next finds all of it old, or makes all of it new."""
    became = []
    assert coming.steps > 30
    for step in range(2, coming.steps + 1):  # the first step is to hold it
        with pytest.MonkeyPatch.context() as patch:
            counting_steps(patch, store, step, Died())
            with pytest.raises(Died):
                run(23_487)
        assert read(store, f"{KENT}/article.md") == EDITED
        with pytest.raises(FilingError, match="Another run is filing") as caught:
            run(23_487)
        assert "delete .newscopy/locked" in caught.value.faults[0].mend
        store.fs.rm_file(f"{store.path}/.newscopy/locked")

        with at_hand(store, changing=True) as copy:
            outputs.put_right(copy)

        became.append(tree(store) == coming.new)
        assert became[-1] or tree(store) == coming.old
        assert entries(store) == (coming.logged_new if became[-1] else coming.logged_old)
        assert hidden(store) == ["log.db"]
        coming.begin_again()
    assert became == sorted(became)  # once the journal is there, there is no way back
    assert set(became) == {True, False}


def test_refused_at_any_step(run: Run, store: UPath, coming: Coming) -> None:
    """It says what has come of it, and the next run files."""
    said = set()
    for step in range(2, coming.steps, 3):  # the last is to let it go
        with pytest.MonkeyPatch.context() as patch:
            counting_steps(patch, store, step, ConnectionError("lost"))
            with pytest.raises(NewscopyError) as caught:
                run(23_487)
        said.add(caught.value.written)
        store.fs.rm_file(f"{store.path}/.newscopy/locked")
        run(23_487)
        assert tree(store) == coming.new
        coming.begin_again()
    assert said == {"nothing was written", UnfinishedError.written}


def test_saved_in_the_store_meanwhile(run: Run, store: UPath, coming: Coming) -> None:
    with pytest.raises(FilingError, match=r"Somebody saved .*derbyshire/article\.md") as caught:
        run(23_487, meanwhile=lambda: save(store, f"{DERBYSHIRE}/article.md", EDITED))
    assert caught.value.faults[0].file == f"{store}/{DERBYSHIRE}/article.md"
    assert tree(store) == coming.old | {f"{store.path}/{DERBYSHIRE}/article.md": EDITED.encode()}
    assert hidden(store) == ["log.db"]


def test_saved_after_it_was_cut_off_is_the_editors(run: Run, store: UPath, coming: Coming) -> None:
    """Derbyshire was not in place yet; before the next run an editor saves it."""
    path = f"{store.path}/{DERBYSHIRE}/article.md"
    for step in range(2, coming.steps):
        with pytest.MonkeyPatch.context() as patch:
            counting_steps(patch, store, step, Died())
            with pytest.raises(Died):
                run(23_487)
        store.fs.pipe_file(path, EDITED.encode())
        store.fs.rm_file(f"{store.path}/.newscopy/locked")
        run(23_487)
        assert store.fs.cat_file(path) == EDITED.encode()
        coming.begin_again()


def test_a_run_that_fails_leaves_the_store_as_it_was(
    run: Run, store: UPath, coming: Coming
) -> None:
    def fail() -> None:
        raise FilingError(Fault("It went wrong.", "Mend it."))

    with pytest.raises(FilingError, match="It went wrong"):
        run(23_487, meanwhile=fail)
    assert tree(store) == coming.old
    assert hidden(store) == ["log.db"]


def test_faults_name_the_store_and_not_the_copy(run: Run, store: UPath) -> None:
    run()
    with pytest.raises(FilingError) as caught, at_hand(store, changing=False) as copy:
        raise FilingError(Fault("It is odd.", "Mend it.", file=str(copy / "index.csv")))
    assert caught.value.faults[0].file == f"{store}/index.csv"


def test_a_path_in_an_output_is_brought_here(run: Run, store: UPath) -> None:
    run()
    with brought(store / DERBYSHIRE / "article.md") as here:
        assert isinstance(here, Path)
        assert here.as_posix().endswith(f"/output/{DERBYSHIRE}/article.md")
        assert here.read_text("utf-8") == read(store, f"{DERBYSHIRE}/article.md")


def test_a_path_in_none_is_left_where_it_is(store: UPath) -> None:
    save(store, "table.csv", "")
    with brought(store / "table.csv") as here:
        assert here == store / "table.csv"


def test_a_name_that_leads_out_is_left_alone(
    run: Run, store: UPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run()
    odd = f"{store.path}/../../odd.txt"
    store.fs.store[odd] = store.fs.store[f"{store.path}/index.csv"]
    run(23_488)
    assert list(tmp_path.rglob("odd.txt")) == []
    assert store.fs.store.pop(odd)


@pytest.mark.parametrize("name", [f"{KENT}//article.md", f"./{KENT}/article.md"])
def test_a_name_that_would_be_another_files_on_a_disk_is_left_alone(
    run: Run, store: UPath, name: str
) -> None:
    run()
    save(store, f"{KENT}/article.md", EDITED)
    odd = f"{store.path}/{name}"
    store.fs.store[odd] = store.fs.store[f"{store.path}/index.csv"]
    assert name not in Listing(store).look()  # else the two come to the disk in either order
    run(23_488)
    assert read(store, f"{KENT}/article.md") == EDITED
    assert store.fs.store.pop(odd)


def test_a_name_that_no_disk_takes_is_told(run: Run, store: UPath) -> None:
    run()
    name = f"{KENT}/{'é' * 128}.txt"
    save(store, name, "")
    with pytest.raises(FilingError, match="too long for a disk") as caught:
        run()
    assert caught.value.faults[0].file == f"{store}/{name}"


def test_a_journal_whose_page_is_an_article_is_none(run: Run, store: UPath) -> None:
    run()
    before = tree(store)
    save(store, ".newscopy/new/journal.jsonl", f'["{KENT}/article.md",null,null,true]\n1\n')
    run()
    assert tree(store) == before
