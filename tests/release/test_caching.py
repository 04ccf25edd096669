"""What was read is kept, so that no file is opened twice, and nothing kept is trusted unseen."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from test_reading import SHEET, assert_same

from generator.model import Lack
from generator.release import Cache, Needs, caching, reading
from generator.workers import processes

BOTH = {"police-outcomes": Needs(frozenset({"closed", "recorded"}), groups=True)}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are opened from here on, by name."""
    names: list[str] = []
    for name in ("read_workbook", "read_csv"):
        read: Callable[..., object] = getattr(reading, name)

        def noted(path: Path, file: str, *asked: object, read=read) -> object:
            names.append(file)
            return read(path, file, *asked)

        monkeypatch.setattr(reading, name, noted)
    return names


def _publish(published) -> None:
    published.xlsx(
        "a.xlsx",
        {
            SHEET: [
                ["Outcomes open data"],
                [],
                published.header,
                published.row(closed=7),
                [],
                published.row(outcome=14, closed="N/A - data not provided", recorded="N/A"),
                published.row(outcome=0, closed="N/A", recorded=-3),
            ]
        },
    )
    published.csv("b.csv", [published.header, published.row(quarter=2, closed=-2)])


@pytest.mark.parametrize("needs", [{}, BOTH, {"police-outcomes": Needs(frozenset({"closed"}))}])
def test_what_is_kept_is_what_was_read(published, cache, opened, needs):
    _publish(published)
    plain = published.read(needs=needs)
    opened.clear()
    first = published.read(needs=needs, cache=cache.folder)
    assert opened == ["a.xlsx", "b.csv"]
    second = published.read(needs=needs, cache=cache.folder)
    assert opened == ["a.xlsx", "b.csv"]
    assert plain[0] == first[0] == second[0]
    assert_same(plain[1], first[1])
    assert_same(plain[1], second[1])
    (rows, _) = (each.rows for each in second[1])
    assert list(rows["row"]) == [4, 6, 7]
    assert list(rows["closed"]) == [7, 0, 0]
    assert list(rows["closed_missing"]) == [0, Lack.MARKED, 0]


def test_one_reading_serves_every_need(published, cache, opened):
    _publish(published)
    published.read(cache=cache.folder)
    opened.clear()
    rows = published.rows(needs=BOTH, cache=cache.folder)
    assert list(rows["recorded"]) == [4, 0, -3, 4]
    assert opened == []


def test_sheets_of_one_workbook_stay_apart(published, cache):
    for sheet, year in (("Outcomes open data 2", "2018/19"), ("Outcomes open data 1", "2017/18")):
        published.xlsx(
            f"{sheet[-1]}.xlsx",
            {
                sheet: [published.header, published.row(year=year, code="9A")],
                f"{sheet} more": [published.header, published.row("Essex", year=year, quarter=2)],
            },
        )
    plain = published.read()
    published.read(cache=cache.folder)
    kept = published.read(cache=cache.folder)
    assert plain[0] == kept[0]
    assert_same(plain[1], kept[1])


def _flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    "damage", [_flip, lambda data: data[:-7], lambda data: b"", lambda data: b"PAR1" * 9]
)
def test_a_damaged_file_is_read_anew_and_mended(published, cache, opened, damage):
    _publish(published)
    plain = published.read(cache=cache.folder)
    for path in cache.folder.glob("*.parquet"):
        path.write_bytes(damage(path.read_bytes()))
    opened.clear()
    again = published.read(cache=cache.folder)
    assert opened == ["a.xlsx", "b.csv"]
    assert_same(plain[1], again[1])
    opened.clear()
    published.read(cache=cache.folder)
    assert opened == []


def test_a_changed_file_is_read_anew(published, cache, opened):
    _publish(published)
    published.read(cache=cache.folder)
    published.csv("b.csv", [published.header, published.row(quarter=2, closed=-3)])
    opened.clear()
    assert list(published.rows(cache=cache.folder)["closed"]) == [7, 0, 0, -3]
    assert opened == ["b.csv"]


def test_another_layout_is_read_anew(published, cache, opened, desk):
    _publish(published)
    published.read(cache=cache.folder)
    dataset = desk.datasets["police-outcomes"]
    column = dataset.counts["closed"].model_copy(update={"headers": ("Closed",)})
    counts = {**dataset.counts, "closed": column}
    changed = dataset.model_copy(update={"counts": counts})
    published.desk = dataclasses.replace(desk, datasets={**desk.datasets, dataset.id: changed})
    opened.clear()
    faults = published.faults(cache=cache.folder)
    assert opened == ["a.xlsx", "b.csv"]
    assert {fault.key for fault in faults} == {"closed"}


def test_another_reader_reads_anew(published, cache, opened, monkeypatch):
    _publish(published)
    published.read(cache=cache.folder)
    monkeypatch.setattr(caching, "READER", "another")
    opened.clear()
    published.read(cache=cache.folder)
    assert opened == ["a.xlsx", "b.csv"]


def test_a_fault_in_what_is_kept_is_found_each_time_and_its_mend_opens_nothing(
    published, cache, opened, desk
):
    _publish(published)
    published.csv("b.csv", [published.header, published.row("Kentshire", quarter=2)])
    for _ in range(2):
        (fault,) = published.faults(cache=cache.folder)
        assert (fault.file, fault.row, fault.found) == ("b.csv", 2, "“Kentshire”")
    assert opened == ["a.xlsx", "b.csv"]
    forces = tuple(
        force.model_copy(update={"names": (*force.names, "Kentshire")})
        if force.id == "kent"
        else force
        for force in desk.forces
    )
    published.desk = dataclasses.replace(desk, forces=forces)
    assert list(published.rows(cache=cache.folder)["area"]) == ["kent"] * 4
    assert opened == ["a.xlsx", "b.csv"]


def test_a_file_without_a_proper_header_is_not_kept(published, cache):
    published.csv("a.csv", [published.header[:-1], published.row()[:-1]])
    published.faults(cache=cache.folder)
    assert list(cache.folder.glob("*")) == []


def test_what_a_file_lacks_is_said_of_one_that_is_kept(published, cache, opened):
    published.csv("a.csv", [published.header[:-2] + published.header[-1:], published.row()[:-1]])
    published.read(cache=cache.folder)
    (fault,) = published.faults(needs=BOTH, cache=cache.folder)
    assert (fault.key, fault.row) == ("recorded", 1)


def test_a_cache_that_cannot_be_written_takes_nothing_from_a_run(published, tmp_path):
    _publish(published)
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file")
    assert len(published.rows(cache=in_the_way)) == 4


def test_two_processes_keep_what_one_does(published, cache, tmp_path):
    _publish(published)
    with processes(2) as workers:
        published.read(cache=cache.folder, workers=workers)
    alone = Cache(tmp_path / "alone")
    published.read(cache=alone.folder)
    assert _names(cache) == _names(alone)
    assert len(_names(cache)) == 2


def _names(cache: Cache) -> list[str]:
    return sorted(path.name for path in cache.folder.iterdir())


def test_clearing_leaves_what_is_not_ours(published, cache):
    _publish(published)
    published.read(cache=cache.folder)
    half = cache.folder / f"{_names(cache)[0]}.{'0' * 32}.part"
    half.write_bytes(b"12345")
    (cache.folder / "published.parquet").write_text("mine")
    (cache.folder / "download.part").write_text("mine")
    files, size = cache.clear()
    assert files == 3
    assert size > 5
    assert _names(cache) == ["download.part", "published.parquet"]
    assert Cache(cache.folder / "none").clear() == (0, 0)


def test_what_was_kept_of_a_dataset_that_is_gone_is_not_kept(published, cache, desk, monkeypatch):
    monkeypatch.setattr(caching, "_key", lambda *_: "a" * 64)
    published.csv("b.csv", [published.header, published.row(quarter=2, closed=-2)])
    published.read(cache=cache.folder)
    renamed = desk.datasets["police-outcomes"].model_copy(update={"id": "renamed"})
    published.desk = dataclasses.replace(desk, datasets={"renamed": renamed})
    assert list(published.rows(cache=cache.folder)["closed"]) == [-2]
