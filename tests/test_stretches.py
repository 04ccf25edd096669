"""Any number of areas: the same bytes by any number of workers, and none of it by halves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.many_desk import STORY, write_desk, write_release

from generator import stretches
from generator.desk import Area, Desk, load_desk
from generator.errors import StoryError
from generator.filing import index
from generator.pipeline import Means, count_release, draft, measure_release, run
from generator.requests import Request
from generator.spool import Packed, Spool
from generator.stretches import shares_for
from generator.workers import processes

AREAS = 37


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write_desk(folder / "desk", AREAS)
    write_release(folder / "release", AREAS)
    return folder


@pytest.fixture
def desk(many: Path) -> Desk:
    return load_desk(many / "desk")


def filed(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".newscopy" not in path.parts
    }


def test_the_length_of_a_stretch_changes_no_figure(
    many: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(many / "release")
    _, whole = draft(request, desk)
    monkeypatch.setattr(stretches, "LENGTH", 5)
    _, short = draft(request, desk)
    assert [each.facts for each in short] == [each.facts for each in whole]
    assert [each.article for each in short] == [each.article for each in whole]
    assert [each.problems for each in short] == [each.problems for each in whole]
    _, facts = measure_release(request, [desk.stories[STORY]], desk)
    assert [each.facts for each in whole] == list(facts)


def test_workers_file_the_same_bytes(
    many: Path, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(many / "release")
    run(request, desk, tmp_path / "one")
    with processes(2) as workers:
        run(request, desk, tmp_path / "two", Means(workers))
    assert filed(tmp_path / "one") == filed(tmp_path / "two")
    assert len(filed(tmp_path / "one")) == 3 + 6 * (AREAS + 1) + 1  # league.csv


class Walked(tuple[Area, ...]):
    """Areas that count how often somebody goes through all of them."""

    walks = 0

    def __iter__(self) -> Iterator[Area]:
        Walked.walks += 1
        return super().__iter__()


def test_nothing_goes_through_all_areas_for_each_of_them(
    many: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked = replace(desk, forces=Walked(desk.forces))
    walks = []
    for told in (2, 30):
        monkeypatch.setattr(Walked, "walks", 0)
        _, drafts = draft(
            Request(many / "release", areas=[area.id for area in desk.forces[:told]]), walked
        )
        assert len(drafts) == told
        walks.append(Walked.walks)
    assert walks[0] == walks[1] > 0


def test_a_stretch_is_shared_where_there_are_more_workers(many: Path, desk: Desk) -> None:
    assert [shares_for(workers, 1, desk) for workers in (1, 2, 5)] == [1, 2, 5]
    assert [shares_for(workers, 2, desk) for workers in (1, 2, 5)] == [1, 1, 3]
    story = desk.stories[STORY]
    _, totals = count_release(Request(many / "release").release, [story], desk)
    ids = [area.id for area in desk.forces]
    shared = list(stretches.stretches(story, desk, totals, ids, shares=5))
    assert [len(each.share) for each in shared] == [7, 7, 8, 7, 8]
    assert [area for area in ids for each in shared if area in each.share] == ids
    assert all(each.chosen == set(ids) for each in shared)
    (alone,) = stretches.stretches(story, desk, totals, ids[:1], shares=5)
    assert alone.share == alone.chosen == set(ids[:1])


def test_some_areas_are_written_as_among_all(many: Path, desk: Desk) -> None:
    chosen = ("sample-ward-000007", "sample-ward-000030")
    _, some = draft(Request(many / "release", areas=chosen), desk)
    _, all_ = draft(Request(many / "release"), desk)
    assert [each.facts.area.id for each in some] == list(chosen)
    assert [each.facts for each in some] == [
        each.facts for each in all_ if each.facts.area.id in chosen
    ]


def test_the_nation_alone_has_its_table(many: Path, desk: Desk) -> None:
    _, (alone,) = draft(Request(many / "release", areas=("england-and-wales",)), desk)
    _, (*_, among) = draft(Request(many / "release"), desk)
    assert alone.article == among.article
    assert len(alone.facts.areas) == 20
    rates = [each.lead.figure.value for each in alone.facts.areas if each.lead.figure]
    assert rates == sorted(rates, reverse=True)


def test_a_template_that_fails_for_one_area_files_nothing(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_desk(tmp_path / "desk", AREAS)
    template = tmp_path / "desk" / "templates" / STORY / "article.md.j2"
    text = template.read_text(encoding="utf-8")
    broken = "{% if area.id == 'sample-ward-000033' %}{{ rate.nothing }}{% endif %}"
    template.write_text(text + broken, encoding="utf-8")
    monkeypatch.setattr(stretches, "LENGTH", 10)
    with pytest.raises(StoryError, match="Sample Ward 000033"):
        run(Request(many / "release"), load_desk(tmp_path / "desk"), tmp_path / "output")
    assert not (tmp_path / "output").exists()


def test_the_page_shows_the_most_newsworthy_and_says_how_many_there_are(
    many: Path, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "SHOWN", 10)
    run(Request(many / "release"), desk, tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert f"The 10 most newsworthy of {AREAS + 1} drafts" in page
    assert page.count('<tr role="row" data-score') == 10
    assert len((tmp_path / "index.csv").read_text(encoding="utf-8").splitlines()) == AREAS + 2


def test_a_spool_keeps_the_order_past_what_it_holds_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("generator.spool.IN_MEMORY", 100)
    with Spool(Packed.of((number, "x" * number)) for number in range(50)) as spool:
        assert len(spool) == 50
        assert [number for number, _ in spool] == list(range(50))
        assert [len(text) for _, text in spool] == list(range(50))


def test_a_spool_makes_all_before_the_first_is_used() -> None:
    def things():
        yield Packed.of(1)
        raise ValueError("the second")

    with pytest.raises(ValueError, match="the second"):
        Spool(things())


def test_a_dataset_without_source_and_licence_is_not_cited_as_nothing(
    many: Path, desk: Desk
) -> None:
    dataset = desk.datasets["many-outcomes"].model_copy(update={"source": "", "licence": ""})
    bare = replace(desk, datasets={dataset.id: dataset})
    _, (ward,) = draft(Request(many / "release", areas=("sample-ward-000001",)), bare)
    assert ward.disclosure.endswith("published by the Home Office on 13 July 2026.")
