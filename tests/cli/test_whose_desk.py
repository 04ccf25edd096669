"""Whoever comes back to a filed output, from anywhere, has it judged by the desk that filed it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_desk import Ran, SmallDesk

from generator.filed.desks import find_desk
from generator.filing import read_manifest
from generator.review.titles import Titles

KENT = "charged/2020/kent"
TABLE = "releases/2021-05-13-table"
GOOD = (
    "32 articles and 24 pieces read, of 8 drafts: 0 held, 0 with warnings, 8 with nothing "
    "against them.\n"
)
"""What `check` says of the small desk's drafts. The desk that comes with newscopy holds them:
by it the figures begin with 2015, and these with 2018."""
LOUD = "NOT THE DESK THAT FILED THIS"
Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def filed(newscopy: SmallDesk, good_output: Path) -> SmallDesk:
    """Return a desk with drafts in its folder, of which nobody knows any more who filed them."""
    shutil.copytree(good_output, newscopy.output)
    (newscopy.output / ".newscopy" / "whereabouts.json").unlink()
    return newscopy


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return a folder that is no desk and lies in none."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def apart(newscopy: SmallDesk, good_output: Path, elsewhere: Path) -> Path:
    """Return an output outside the folder of the desk that it notes as its filer."""
    out = shutil.copytree(good_output, elsewhere / "out")
    note = out / ".newscopy" / "whereabouts.json"
    noted = json.loads(note.read_text(encoding="utf-8"))
    assert "desk" in noted
    note.write_text(json.dumps(noted | {"desk": str(newscopy.folder)}), encoding="utf-8")
    return out


def without_times(ran: Ran) -> Ran:
    return ran._replace(out=re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", "", ran.out))


def append(path: Path, words: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")


COMMANDS = {
    "check": ("check", "OUT"),
    "check one": ("check", f"OUT/{KENT}/article.md"),
    "approve": ("approve", f"OUT/{KENT}", "--by", "Ann Editor"),
    "hold": ("hold", f"OUT/{KENT}", "--by", "Ann Editor", "--reason", "Kent is to reply"),
    "spike": ("spike", f"OUT/{KENT}", "--by", "Ann Editor"),
    "explain": ("explain", f"OUT/{KENT}", "first published in 2018"),
    "diff": ("diff", "OUT", TABLE),
    "log": ("log", "OUT"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_from_elsewhere_it_is_done_as_it_is_from_the_desks_own_folder(
    filed: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    whole = [
        str(filed.folder / each) if each == TABLE else each.replace("OUT", str(filed.output))
        for each in command
    ]
    kept = shutil.copytree(filed.output, elsewhere.with_name("kept"))
    at_home = filed(*whole)
    shutil.rmtree(filed.output)
    shutil.copytree(kept, filed.output)

    monkeypatch.chdir(elsewhere)
    away = filed(*whole)

    assert without_times(away) == without_times(at_home)
    assert away.status == 0
    assert LOUD not in away.err
    assert not list(elsewhere.iterdir())


def test_what_is_decided_elsewhere_goes_into_the_desks_own_feed(
    filed: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed.change("config/desk.yml", "tag: newscopy.example,2021", "tag: herald.example,2020")
    assert filed("approve", filed.output / KENT, "--by", "Ann Editor").status == 0
    monkeypatch.chdir(elsewhere)
    assert filed("hold", filed.output / KENT, "--by", "Ann Editor").status == 0
    feed = (filed.output / "feed.atom").read_text(encoding="utf-8")
    assert "tag:herald.example,2020:" in feed
    assert "newscopy.example" not in feed


def test_from_another_desk_it_is_judged_by_its_own(
    filed: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filed("init", elsewhere / "other").status == 0
    monkeypatch.chdir(elsewhere / "other")
    assert filed("check", filed.output) == Ran(0, GOOD, "")


def test_an_output_apart_from_its_desk_finds_it_again(
    newscopy: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert newscopy("run", "--output", elsewhere / "out").status == 0
    monkeypatch.chdir(elsewhere)
    assert newscopy("check", "out") == Ran(0, GOOD, "")
    assert newscopy("approve", f"out/{KENT}", "--by", "Ann Editor").err == ""


def test_where_a_desk_lies_is_in_nothing_that_is_published(
    newscopy: SmallDesk, good_output: Path, tree: Tree
) -> None:
    assert newscopy("run").status == 0
    here, there = (
        {name: data for name, data in tree(output).items() if not name.startswith(".newscopy")}
        for output in (newscopy.output, good_output)
    )
    assert here == there
    assert str(newscopy.folder).encode() not in b"".join(here.values())


def test_a_desk_that_has_moved_with_its_output_is_found(
    newscopy: SmallDesk, apart: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it was copied from is another desk by now, though it is still there."""
    apart.rename(newscopy.output)
    shutil.copytree(newscopy.folder, elsewhere / "copy")
    newscopy.change("config/desk.yml", "sample: police-outcomes", "sample: no-such-dataset")
    monkeypatch.chdir(elsewhere)
    assert newscopy("check", "copy/output") == Ran(0, GOOD, "")


def test_what_a_desk_has_changed_since_is_nothing_to_tell(
    newscopy: SmallDesk, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(apart, newscopy.output)
    newscopy.change("config/style.yml", "outlier_reach: 150", "outlier_reach: 160")
    assert newscopy("check") == Ran(0, GOOD, "")
    monkeypatch.chdir(apart.parent)
    assert newscopy("check", newscopy.output) == Ran(0, GOOD, "")
    assert newscopy("check", apart) == Ran(0, GOOD, "")
    assert newscopy("check", apart, "--desk", newscopy.folder) == Ran(0, GOOD, "")


def test_where_the_desk_is_gone_another_is_used_loudly(
    newscopy: SmallDesk, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = newscopy.folder.with_name("moved")
    shutil.move(newscopy.folder, moved)
    monkeypatch.chdir(apart.parent)

    ran = newscopy("check", "out", "--release", moved / TABLE)

    assert ran.status == 3
    assert ran.err.startswith(f"{LOUD}: ")
    assert "the desk that comes with newscopy" in ran.err
    assert f"{newscopy.folder}, which is not there any more" in ran.err
    assert "config/forces.yml" in ran.err
    assert "config/quotes.yml" not in ran.err  # which the two have alike
    assert "--desk DIR" in ran.err
    assert newscopy("check", "out", "--desk", moved) == Ran(0, GOOD, "")


@pytest.mark.parametrize("verb", ["hold", "spike", "approve"])
def test_a_decision_by_another_desk_is_loud_too(
    newscopy: SmallDesk, apart: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    shutil.move(newscopy.folder, newscopy.folder.with_name("moved"))
    monkeypatch.chdir(apart.parent)
    assert newscopy(verb, f"out/{KENT}", "--by", "Ann Editor").err.startswith(f"{LOUD}: ")


def test_the_current_desk_is_used_before_the_one_that_comes_with_newscopy(
    newscopy: SmallDesk, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = newscopy.folder.with_name("moved")
    shutil.move(newscopy.folder, moved)
    monkeypatch.chdir(moved)
    assert newscopy("check", apart) == Ran(0, GOOD, "")  # to the byte the one that filed it
    append(moved / "config" / "style.yml", "# Changed.\n")
    ran = newscopy("check", apart)
    assert (ran.status, ran.out) == (0, GOOD)
    assert ran.err.startswith(
        f"{LOUD}: it is judged, and its pages are written, by the desk in {moved}."
    )
    assert "config/style.yml." in ran.err


def test_a_desk_that_is_asked_for_is_the_one(
    newscopy: SmallDesk, apart: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = shutil.copytree(newscopy.folder, elsewhere / "other")
    append(other / "config" / "style.yml", "# Changed.\n")
    (other / "config" / "more.txt").write_text("Notes.", encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    ran = newscopy("check", apart, "--desk", "other")
    assert (ran.status, ran.out) == (0, GOOD)
    assert ran.err.startswith(
        f"{LOUD}: it is judged, and its pages are written, by the desk in {other}."
    )
    assert "config/more.txt, config/style.yml." in ran.err
    assert f"--desk {newscopy.folder}" in ran.err


def test_what_the_desk_that_comes_with_newscopy_has_filed_it_judges(
    newscopy: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(elsewhere)
    filing = newscopy("run", newscopy.folder / TABLE, "--story", "charged", "--area", "kent")
    assert filing.status == 0
    at_home = newscopy("check")
    monkeypatch.chdir(newscopy.folder)
    assert newscopy("check", elsewhere / "output") == at_home
    (elsewhere / "output" / ".newscopy" / "whereabouts.json").unlink()
    release = ("--release", TABLE)
    assert newscopy("check", elsewhere / "output", *release) == at_home
    assert at_home.err == ""


def test_a_title_finds_its_desk(
    newscopy: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (newscopy.folder / "config" / "editions").mkdir()
    edition = "id: kent\ntitle: Kent Herald\nareas: [kent]\n"
    (newscopy.folder / "config" / "editions" / "kent.yml").write_text(edition, "utf-8")
    assert newscopy("run", "--edition", "kent", "--output", elsewhere / "herald").status == 0
    monkeypatch.chdir(elsewhere)
    ran = newscopy("check", "herald")
    assert (ran.status, ran.err) == (0, "")
    assert "of 2 drafts: 0 held" in ran.out


def test_a_copy_of_an_output_in_a_store_lies_in_no_desk(
    newscopy: SmallDesk, good_output: Path, tmp_path: Path
) -> None:
    """It is brought to this machine's temporary folder, which may be anybody's."""
    shutil.copytree(good_output, newscopy.output)
    manifest = read_manifest(newscopy.output)
    assert manifest is not None
    at_hand = find_desk(newscopy.output, manifest, None, tmp_path)
    brought = find_desk(newscopy.output, manifest, None, tmp_path, is_copy=True)
    assert at_hand.folder == newscopy.folder
    assert brought.folder == brought.filer != newscopy.folder


def test_a_fault_of_a_desk_elsewhere_names_its_file_whole(
    filed: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed.change("config/desk.yml", "name: newscopy", "nam: newscopy")
    monkeypatch.chdir(elsewhere)
    ran = filed("check", filed.output)
    assert ran.status == 1
    assert f"{filed.folder / 'config' / 'desk.yml'}, line 2, nam" in ran.err


def test_the_log_is_read_though_no_desk_can_be(
    filed: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed.change("config/desk.yml", "name: newscopy", "nam: newscopy")
    monkeypatch.chdir(elsewhere)
    assert filed("log", filed.output / KENT).out.count(f"filed         {KENT}") == 1


@pytest.mark.parametrize("whose", ["its own", "another"])
def test_the_page_has_the_outputs_desk(
    newscopy: SmallDesk, apart: Path, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    shown: list[Titles] = []
    monkeypatch.setattr("generator.review.serving.serve", lambda titles, *_: shown.append(titles))
    if whose == "another":
        shutil.move(newscopy.folder, newscopy.folder.with_name("moved"))
    monkeypatch.chdir(apart.parent)
    ran = newscopy("review", "--output", "out")
    assert ran.status == 0
    assert (shown[0].desk.folder == newscopy.folder) == (whose == "its own")
    assert ran.err.startswith(LOUD) == (whose == "another")


def test_the_page_of_titles_alone_has_their_desk(
    newscopy: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Titles] = []
    monkeypatch.setattr("generator.review.serving.serve", lambda titles, *_: shown.append(titles))
    (newscopy.folder / "config" / "editions").mkdir()
    edition = "id: kent\ntitle: Kent Herald\nareas: [kent]\n"
    (newscopy.folder / "config" / "editions" / "kent.yml").write_text(edition, "utf-8")
    assert newscopy("run", "--edition", "kent", "--output", elsewhere / "out/kent").status == 0
    monkeypatch.chdir(elsewhere)
    ran = newscopy("review", "--output", "out")
    assert (ran.status, ran.err) == (0, "")
    assert shown[0].desk.folder == newscopy.folder


def test_a_run_by_a_desk_in_another_place_notes_it(
    newscopy: SmallDesk, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It finds nothing to change in what the first has filed, and yet it is the filer by now."""
    moved = shutil.copytree(newscopy.folder, newscopy.folder.with_name("moved"))
    for desk in (newscopy.folder, moved):
        asked = ("--output", elsewhere / "out", "--desk", desk)
        assert newscopy("run", newscopy.folder / TABLE, *asked).status == 0
    shutil.rmtree(newscopy.folder / "config")
    monkeypatch.chdir(elsewhere)
    assert newscopy("check", "out") == Ran(0, GOOD, "")
    noted = json.loads((elsewhere / "out/.newscopy/whereabouts.json").read_text(encoding="utf-8"))
    assert noted["desk"] == str(moved)
