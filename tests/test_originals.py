"""The release of a filed draft is found again, known by its bytes, or asked for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from building import desk, small_desk
from tables import CLOSED, HEADER, rows_of, write_csv

from generator.desk import Desk
from generator.errors import RequestError
from generator.filed.originals import check_original, find_original
from generator.filing import ReleaseRecord, read_manifest
from generator.pipeline import measure_release, run
from generator.requests import Request, make_sample


@pytest.fixture(scope="module")
def three() -> Desk:
    return small_desk("derbyshire", "kent", "northumbria")


@pytest.fixture
def home(tmp_path: Path, three: Desk) -> Path:
    """File drafts in output/ from a release that lies elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    write_csv(tmp_path / "elsewhere" / "outcomes.csv", [HEADER, *rows_of(CLOSED)])
    request = Request(tmp_path / "elsewhere", ("charged",), ("kent",))
    run(request, three, tmp_path / "output")
    return tmp_path


def record_of(output: Path) -> ReleaseRecord:
    manifest = read_manifest(output)
    assert manifest is not None
    return manifest.release


def found(home: Path, desk_: Desk, asked: Path | None = None) -> Path:
    output = home / "output"
    with find_original(record_of(output), desk_, home, output, asked) as path:
        return path


def fault(home: Path, desk_: Desk, asked: Path | None = None) -> tuple[str, str, str, str]:
    with pytest.raises(RequestError) as raised:
        found(home, desk_, asked)
    (only,) = raised.value.faults
    return only.what, only.where, only.expected, only.mend


def test_where_it_was_read_is_where_it_is(home: Path, three: Desk) -> None:
    assert found(home, three) == home / "elsewhere"


def test_a_place_noted_without_its_root_is_below_the_desk(
    home: Path, three: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever one works: a desk can be handed on with its release beside it."""
    note = home / "output" / ".newscopy" / "whereabouts.json"
    note.write_text(json.dumps({record_of(home / "output").id: "elsewhere"}), encoding="utf-8")
    (home / "here").mkdir()
    monkeypatch.chdir(home / "here")
    assert found(home, three) == home / "elsewhere"


@pytest.mark.parametrize("note", ["kept", "lost"])
def test_one_that_moved_is_found_among_the_releases_by_its_bytes(
    home: Path, three: Desk, note: str
) -> None:
    shutil.move(home / "elsewhere", home / "releases" / "2021-05-13")
    newer = home / "releases" / "2022-05-13"
    newer.mkdir()
    write_csv(newer / "outcomes.csv", [HEADER, *rows_of(CLOSED)[:-1]])
    (home / "releases" / "2020-nothing-to-read").mkdir()
    if note == "lost":
        (home / "output" / ".newscopy" / "whereabouts.json").unlink()
    assert found(home, three) == home / "releases" / "2021-05-13"


def test_one_that_is_nowhere_is_asked_for(home: Path, three: Desk) -> None:
    shutil.move(home / "elsewhere", home / "attic")
    what, where, expected, mend = fault(home, three)
    assert what == "The release that the draft was made from is not to be found."
    assert f"{home / 'elsewhere'} (where it was read, no longer there)" in where
    assert str(home / "releases") in where
    assert "Police recorded crime and outcomes open data tables" in expected
    assert "outcomes.csv" in expected
    assert "--release PATH" in mend
    assert found(home, three, home / "attic") == home / "attic"


def test_one_that_was_changed_is_not_it(home: Path, three: Desk) -> None:
    write_csv(home / "elsewhere" / "outcomes.csv", [HEADER, *rows_of(CLOSED)[:-1]])
    what, where, _, _ = fault(home, three)
    assert what == "The release that the draft was made from is not to be found."
    assert "(where it was read, changed since)" in where
    what, where, _, mend = fault(home, three, home / "elsewhere")
    assert what.startswith("This is not the release that the draft was made from")
    assert where == str(home / "elsewhere")
    assert "--release PATH" in mend


def test_what_is_read_has_to_be_it_by_its_title_too(home: Path, three: Desk) -> None:
    record = record_of(home / "output")
    stories = [three.stories["charged"]]
    release, _ = measure_release(Request(home / "elsewhere"), stories, three)
    check_original(release, record, home / "elsewhere")

    text = "published: 2021-05-13\ntitle: Another table\n"
    (home / "elsewhere" / "release.yml").write_text(text, encoding="utf-8")
    release, _ = measure_release(Request(home / "elsewhere"), stories, three)
    with pytest.raises(RequestError, match="not the release that the draft was made from"):
        check_original(release, record, home / "elsewhere")


def test_the_built_in_sample_is_written_anew(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample", desk())
    request = Request(tmp_path / "sample", ("charged",), ("kent",), builtin=True)
    run(request, desk(), tmp_path / "output")
    shutil.rmtree(tmp_path / "sample")

    path = found(tmp_path, desk())

    assert path != tmp_path / "sample"
    assert not path.exists()  # it is gone when nobody reads it any more
