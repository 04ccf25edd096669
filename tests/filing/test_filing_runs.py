"""Runs one after the other: what is rewritten, what is kept, and what all of it says."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from building import seen
from filed import file_drafts

from generator.desk import Desk
from generator.errors import DeskError
from generator.filing import Action
from generator.model import Draft, Problem, Release, Status

MakeDraft = Callable[..., Draft]
Tree = Callable[[Path], dict[str, bytes]]
DERBYSHIRE = "victim-withdrawal/2020/derbyshire"
FILES = (
    *("article.docx", "article.html", "article.md", "article.txt", "chart.png", "chart.svg"),
    *("figures.csv", "ledger.json", "newsml.xml", "ninjs.json", "notes.md"),
)


def test_first_run_files_everything(
    make_draft: MakeDraft,
    release: Release,
    desk: Desk,
    tmp_path: Path,
    tree: Tree,
    held: tuple[Problem, ...],
) -> None:
    drafts = [
        make_draft(score=20),
        make_draft("kent", problems=held, score=60),
        make_draft("greater-manchester", incomplete="did not submit complete data", score=0),
    ]
    told: list[tuple[str, int, int]] = []

    filed = file_drafts(
        drafts, release, desk, tmp_path / "new" / "output", progress=lambda *step: told.append(step)
    )

    assert [(row.area, row.action) for row in filed.rows] == [
        ("Kent", Action.NEW),
        ("Derbyshire", Action.NEW),
        ("Greater Manchester", Action.NEW),
    ]
    assert [row.status for row in filed.rows] == [Status.HELD, Status.READY, Status.EXCLUDED]
    assert filed.rows[0].problems == held
    assert told == [(draft.folder, number, 3) for number, draft in enumerate(drafts, start=1)]
    assert sorted(name for name in tree(filed.output) if "kent" not in name) == sorted(
        [
            "feed.atom",
            "index.csv",
            "index.html",
            "manifest.json",
            *(
                f"victim-withdrawal/2020/{area}/{name}"
                for area in ("derbyshire", "greater-manchester")
                for name in FILES
            ),
        ]
    )


def test_same_again_rewrites_nothing(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    file_drafts([make_draft()], release, desk, tmp_path)
    for path in tmp_path.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    filed = file_drafts([make_draft()], release, desk, tmp_path)

    assert [row.action for row in filed.rows] == [Action.UNCHANGED]
    times = {
        path.stat().st_mtime for path in tmp_path.rglob("*") if ".newscopy" not in path.as_posix()
    }
    assert times == {1_000_000_000}


def test_only_what_changed_is_rewritten(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    file_drafts([make_draft(), make_draft("kent")], release, desk, tmp_path)

    filed = file_drafts([make_draft(withdrawn=23_488), make_draft("kent")], release, desk, tmp_path)

    assert {row.area: row.action for row in filed.rows} == {
        "Derbyshire": Action.UPDATED,
        "Kent": Action.UNCHANGED,
    }
    assert "23,488" in (tmp_path / DERBYSHIRE / "article.txt").read_text(encoding="utf-8")
    assert not (tmp_path / ".newscopy/new").exists()
    assert not (tmp_path / ".newscopy/old").exists()


def test_run_for_one_area_keeps_the_others_listed(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    areas = ["derbyshire", "kent", "surrey"]
    file_drafts([make_draft(area) for area in areas], release, desk, tmp_path)
    for path in (tmp_path / "victim-withdrawal/2020/surrey").iterdir():
        path.unlink()
    (tmp_path / "victim-withdrawal/2020/surrey").rmdir()
    later = replace(release, title="Crime outcomes, revised")

    filed = file_drafts([make_draft("kent", score=99)], later, desk, tmp_path)

    assert [row.area for row in filed.rows] == ["Kent"]
    rows = list(csv.DictReader((tmp_path / "index.csv").read_text("utf-8").splitlines()))
    assert [(row["area"], row["score"]) for row in rows] == [("Kent", "99"), ("Derbyshire", "87")]
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["release"]["title"] == "Crime outcomes, revised"
    origin = manifest["earlier_releases"][manifest["drafts"][DERBYSHIRE]["release"]]
    assert origin["title"] == release.title
    page = (tmp_path / "index.html").read_text("utf-8")
    assert 'href="victim-withdrawal/2020/derbyshire/article.html"' in page


def test_sample_is_marked_in_every_file(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path, tree: Tree
) -> None:
    file_drafts([make_draft()], replace(release, sample=True), desk, tmp_path)

    for name, data in tree(tmp_path).items():
        text = data.decode(errors="replace")  # a Word file's parts are not deflated
        match Path(name).suffix:
            case ".csv":
                assert {row["sample"] for row in csv.DictReader(text.splitlines())} == {"true"}
            case ".json" if not name.endswith("ninjs.json"):
                assert '"sample": true' in text
            case _:
                assert "SAMPLE. Made from invented counts. Not for publication." in text, name


def test_no_sample_is_called_one(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path, tree: Tree
) -> None:
    file_drafts([make_draft()], release, desk, tmp_path)
    assert not [name for name, data in tree(tmp_path).items() if b"SAMPLE." in data]


def test_index_page_escapes_and_lists(
    make_draft: MakeDraft,
    release: Release,
    desk: Desk,
    tmp_path: Path,
    held: tuple[Problem, ...],
) -> None:
    draft = make_draft(headline='<script>alert("x")</script> & more', problems=held)
    file_drafts([draft], release, desk, tmp_path)

    page = (tmp_path / "index.html").read_text("utf-8")

    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; more" in page
    assert page.count("<script>") == 1
    assert '<span class="pill held">held</span>' in page
    assert "1 hold" in page
    assert 'data-region="East Midlands"' in page


def test_manifest_names_what_decided_the_copy(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    file_drafts([make_draft()], release, desk, tmp_path)

    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))

    assert manifest["release"]["files"] == [
        {"name": "prc-outcomes-open-data-2020.ods", "sha256": "ab" * 32}
    ]
    assert "config/style.yml" in manifest["desk"]
    assert sorted(manifest["libraries"]) == [
        *("feedgen", "jinja2", "lxml", "matplotlib", "num2words", "pandas"),
        *("pillow", "python-docx"),
    ]
    assert str(tmp_path) not in (tmp_path / "manifest.json").read_text("utf-8")


def test_template_at_fault_is_named(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "desk/templates/shared").mkdir(parents=True)
    page = tmp_path / "desk/templates/shared/draft.html.j2"
    broken = replace(desk, folder=tmp_path / "desk")
    with pytest.raises(DeskError, match=r"draft\.html\.j2 is missing"):
        file_drafts([make_draft()], release, broken, tmp_path / "output")
    page.write_text("<p>\n{{ nothing_of_the_kind }}\n", encoding="utf-8")
    with pytest.raises(DeskError, match="nothing_of_the_kind"):
        file_drafts([make_draft()], release, seen(broken), tmp_path / "output")
    assert not (tmp_path / "output").exists()


def test_same_bytes_whatever_the_hash_seed_locale_and_zone(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; sys.path[:0] = [sys.argv[1], sys.argv[3]]; import conftest as c\n"
        "from generator.desk import builtin_desk, load_desk\n"
        "from filed import file_drafts\n"
        "plain = lambda f: getattr(f, '__wrapped__', None) or f._get_wrapped_function()\n"
        "desk = load_desk(builtin_desk()); make = plain(c.make_draft)(desk)\n"
        "held = plain(c.held)(); release = plain(c.release)()\n"
        "drafts = [make(a, problems=held) for a in ('derbyshire', 'kent')]\n"
        "file_drafts(drafts, release, desk, pathlib.Path(sys.argv[2]))\n"
    )
    settings = [("0", "C", "UTC"), ("4242", "en_GB.UTF-8", "Asia/Tokyo")]
    for seed, locale, zone in settings:
        subprocess.run(
            [
                sys.executable,
                "-c",
                script,
                str(Path(__file__).parent),
                str(tmp_path / seed),
                str(Path(__file__).parents[1]),
            ],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
            check=True,
        )
    first, second = (
        {
            path.relative_to(tmp_path / seed): path.read_bytes()
            for path in (tmp_path / seed).rglob("*")
            if path.is_file() and path.name != "log.db"  # which tells the time
        }
        for seed, *_ in settings
    )
    assert first == second
