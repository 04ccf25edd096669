"""Whatever an editor has changed, added or deleted stays so, whatever a run has to say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filed import file_drafts

from generator.desk import Desk
from generator.filing import Action, Filed
from generator.filing.keeping import Fate, look, plan, settle
from generator.filing.names import sha256
from generator.filing.notes import notes
from generator.filing.rereading import Version
from generator.model import Copy, Draft, Level, Problem, Release, Status

FOLDER = "victim-withdrawal/2020/derbyshire"
ARTICLES = ("article.html", "article.md", "article.txt")
"""Those that are text, whose changes can be merged."""
OURS = "Our own last line."
Run = Callable[..., Filed]


@pytest.fixture
def run(make_draft: Callable[..., Draft], release: Release, desk: Desk, tmp_path: Path) -> Run:
    """File Derbyshire's draft with so many cases withdrawn."""

    def run(withdrawn: int = 23_489, **asked: object) -> Filed:
        draft = make_draft(withdrawn=withdrawn)
        return file_drafts([draft], release, desk, tmp_path, **asked)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / FOLDER


def edit(path: Path, old: str, new: str) -> str:
    """Change a text as an editor does, and return the whole of it."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.replace(old, new, 1)


def add(path: Path, text: str = OURS) -> str:
    """Add a paragraph above the line of origin."""
    html = f"<p>{text}</p>\n<footer>"
    if path.suffix == ".html":
        return edit(path, "<footer>", html)
    line = "---\n" if path.suffix == ".md" else "This draft was produced"
    return edit(path, line, f"{text}\n\n{line}")


@pytest.mark.parametrize("name", ARTICLES)
def test_edits_stay_where_the_draft_is_the_same(run: Run, folder: Path, name: str) -> None:
    run()
    edited = add(folder / name)

    filed = run()

    assert (folder / name).read_text("utf-8") == edited
    assert filed.rows[0].edited == (name,)
    assert filed.rows[0].action is Action.UPDATED  # its notes speak of the edited file
    assert run().rows[0].action is Action.UNCHANGED
    assert len(list(folder.iterdir())) == 11


@pytest.mark.parametrize("name", ARTICLES)
def test_edits_and_a_new_draft_are_merged(run: Run, folder: Path, name: str) -> None:
    run()
    add(folder / name)

    filed = run(23_488)

    text = (folder / name).read_text("utf-8")
    assert OURS in text
    assert "23,488" in text
    assert "23,489" not in text
    assert filed.rows[0].action is Action.MERGED
    assert filed.rows[0].edited == (name,)
    assert not list(folder.glob("*.new*"))


@pytest.mark.parametrize("name", ARTICLES)
def test_edits_are_merged_again_and_again(run: Run, folder: Path, name: str) -> None:
    run()
    add(folder / name)
    for withdrawn in (23_488, 23_487, 23_488, 23_489):
        run(withdrawn)
        text = (folder / name).read_text("utf-8")
        assert OURS in text
        assert f"{withdrawn:,}" in text
    assert run().rows[0].action is Action.UNCHANGED


@pytest.mark.parametrize("name", ARTICLES)
def test_changes_that_meet_leave_the_editors_file_and_the_new_one_beside(
    run: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    run()
    edited = edit(folder / name, "fell through after", "came to nothing after")

    filed = run(23_488)

    beside = name.replace(".", ".new.")
    assert (folder / name).read_text("utf-8") == edited
    assert "23,488" in (folder / beside).read_text("utf-8")
    assert filed.rows[0].action is Action.BESIDE
    assert (filed.rows[0].edited, filed.rows[0].beside) == ((name,), (beside,))
    page = (tmp_path / "index.html").read_text("utf-8")
    assert f"Edited by hand: {name}" in page
    assert f'A newer draft lies beside it: <a href="{FOLDER}/{beside}">{beside}</a>' in page
    row = (tmp_path / "index.csv").read_text("utf-8").splitlines()[1]
    assert f",{name},{FOLDER}," in row
    assert row.endswith(f",,,{beside}")


def test_windows_line_ends_and_marks_stay_the_editors(run: Run, folder: Path) -> None:
    run()
    text = add(folder / "article.md").rstrip("\n")
    (folder / "article.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert run(23_488).rows[0].action is Action.MERGED

    merged = (folder / "article.md").read_bytes()
    expected = text.replace("23,489", "23,488")
    assert merged == b"\xef\xbb\xbf" + expected.replace("\n", "\r\n").encode()


def test_what_is_not_text_any_more_is_left_alone(run: Run, folder: Path) -> None:
    run()
    (folder / "article.md").write_bytes("Überschrift".encode("utf-16"))
    assert run(23_488).rows[0].action is Action.BESIDE
    assert (folder / "article.md").read_bytes() == "Überschrift".encode("utf-16")


def test_text_whose_base_is_lost_is_left_alone(run: Run, folder: Path, tmp_path: Path) -> None:
    run()
    edited = add(folder / "article.md")
    (tmp_path / ".newscopy" / "log.db").unlink()

    assert run(23_488).rows[0].action is Action.BESIDE

    assert (folder / "article.md").read_text("utf-8") == edited
    assert "23,488" in (folder / "article.new.md").read_text("utf-8")


def test_new_version_goes_when_the_draft_is_again_as_it_was(run: Run, folder: Path) -> None:
    run()
    edited = edit(folder / "article.md", "fell through", "came to nothing")
    run(23_488)

    run()

    assert not (folder / "article.new.md").exists()
    assert (folder / "article.md").read_text("utf-8") == edited


def test_new_version_that_was_edited_is_kept_too(run: Run, folder: Path) -> None:
    run()
    first = edit(folder / "article.md", "fell through", "came to nothing")
    run(23_488)
    second = add(folder / "article.new.md")

    run(23_487)

    assert (folder / "article.md").read_text("utf-8") == first
    assert (folder / "article.new.md").read_text("utf-8") == second
    assert "23,487" in (folder / "article.new2.md").read_text("utf-8")


def test_new_version_that_was_dealt_with_is_what_the_next_merge_starts_from(
    run: Run, folder: Path
) -> None:
    run()
    edit(folder / "article.md", "23,489 fell through", "23,489 came to nothing")
    run(23_488)
    edit(folder / "article.md", "23,489 came to nothing", "23,488 came to nothing")
    (folder / "article.new.md").unlink()

    assert run(23_488).rows[0].action is Action.UPDATED  # feeds have the editor's words
    assert run(23_488).rows[0].action is Action.UNCHANGED
    assert not (folder / "article.new.md").exists()
    assert run(23_487).rows[0].action is Action.BESIDE
    assert "23,487" in (folder / "article.new.md").read_text("utf-8")
    assert "23,488 came to nothing" in (folder / "article.md").read_text("utf-8")


def test_new_version_that_was_accepted_is_ours_again(run: Run, folder: Path) -> None:
    run()
    edit(folder / "article.md", "fell through", "came to nothing")
    run(23_488)
    (folder / "article.new.md").replace(folder / "article.md")

    assert run(23_488).rows[0].edited == ()
    assert run(23_487).rows[0].action is Action.UPDATED
    assert "23,487" in (folder / "article.md").read_text("utf-8")


def test_files_of_the_editors_own_are_left_alone(run: Run, folder: Path) -> None:
    run()
    (folder / "reply from the force.txt").write_text("No comment.", encoding="utf-8")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "court.jpg").write_bytes(b"\xff\xd8")
    before = (folder / "reply from the force.txt").stat()

    assert run(23_488).rows[0].action is Action.UPDATED

    after = (folder / "reply from the force.txt").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (folder / "pictures" / "court.jpg").read_bytes() == b"\xff\xd8"


@pytest.mark.parametrize("withdrawn", [23_489, 23_488])
@pytest.mark.parametrize("whole", [True, False], ids=["folder", "articles"])
def test_deleted_draft_stays_deleted_until_asked_for(
    run: Run, folder: Path, tmp_path: Path, withdrawn: int, whole: bool
) -> None:
    run()
    if whole:
        shutil.rmtree(folder)
    for name in () if whole else (*ARTICLES, "article.docx"):
        (folder / name).unlink()
    left = set(folder.iterdir()) if folder.exists() else set()
    left -= {folder / "ninjs.json", folder / "newsml.xml"}  # no feed tells of it any more

    for _ in range(2):
        filed = run(withdrawn)
        assert filed.rows[0].action is Action.DELETED
        assert (set(folder.iterdir()) if folder.exists() else set()) == left
        page = (tmp_path / "index.html").read_text("utf-8")
        assert "No draft to show" in page
        assert f"Deleted by an editor, and left so: {FOLDER}." in page
        assert FOLDER not in (tmp_path / "index.csv").read_text("utf-8")

    restored = run(withdrawn, restore=True)
    assert restored.rows[0].action is (Action.NEW if whole else Action.UPDATED)
    assert f"{withdrawn:,}" in (folder / "article.md").read_text("utf-8")
    assert "left so" not in (tmp_path / "index.html").read_text("utf-8")


@pytest.mark.parametrize("name", ARTICLES)
def test_deleted_format_stays_deleted_until_asked_for(
    run: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    run()
    (folder / name).unlink()
    for withdrawn in (23_489, 23_488, 23_488):
        run(withdrawn)
        assert not (folder / name).exists()
        assert f'{FOLDER}/{name}"' not in (tmp_path / "index.html").read_text("utf-8")
    run(23_488, restore=True)
    assert "23,488" in (folder / name).read_text("utf-8")


def test_deleted_notes_are_written_again(run: Run, folder: Path) -> None:
    run()
    (folder / "notes.md").unlink()
    assert run().rows[0].action is Action.UPDATED
    assert (folder / "notes.md").exists()


def test_folder_that_nobody_filed_is_the_editors(run: Run, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "article.md").write_text("Mine.", encoding="utf-8")

    filed = run()

    assert (folder / "article.md").read_text("utf-8") == "Mine."
    assert "23,489" in (folder / "article.new.md").read_text("utf-8")
    assert filed.rows[0].action is Action.BESIDE


def test_folder_where_an_article_has_to_be_is_the_editors(run: Run, folder: Path) -> None:
    (folder / "article.md").mkdir(parents=True)
    for withdrawn in (23_489, 23_488):
        assert run(withdrawn).rows[0].action is Action.BESIDE
        assert f"{withdrawn:,}" in (folder / "article.new.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["notes.md", "figures.csv", "ledger.json"])
def test_edits_to_other_files_stay_too(run: Run, folder: Path, name: str) -> None:
    run()
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(OURS)
    for withdrawn in (23_489, 23_488, 23_487):
        run(withdrawn)
        assert OURS in (folder / name).read_text("utf-8")


@pytest.mark.parametrize("damage", ["", "{", '{"format": 2}', "\x00"])
def test_damaged_manifest_makes_every_file_the_editors(
    run: Run, folder: Path, tmp_path: Path, damage: str
) -> None:
    run()
    before = (folder / "article.md").read_bytes()
    (tmp_path / "manifest.json").write_text(damage, encoding="utf-8")

    filed = run(23_488)

    assert (folder / "article.md").read_bytes() == before
    assert "23,488" in (folder / "article.new.md").read_text("utf-8")
    assert "damaged" in filed.warnings[0]
    assert FOLDER in json.loads((tmp_path / "manifest.json").read_text("utf-8"))["drafts"]
    assert run(23_488).warnings == ()


def test_editors_version_is_proofread_again(run: Run, folder: Path, tmp_path: Path) -> None:
    """Status, problems and headline of the index are those of the copy that lies there."""
    run()
    edit(folder / "article.md", "# Record number", "# A record number")
    read: list[str] = []

    def proofread(copy: Copy, draft: Draft, origin: Release) -> tuple[Problem, ...]:
        read.append(copy.headline)
        return (Problem(Level.HOLD, "paragraph 2", "“23,489” is no figure.", "Put it back."),)

    (row,) = run(23_488, proofread=proofread).rows

    assert read == ["A record number of criminal cases collapse in Derbyshire after alleged "
                    "victims drop out"]  # fmt: skip
    assert (row.action, row.status, row.headline) == (Action.MERGED, Status.HELD, read[0])
    assert '<span class="pill held">held</span>' in (tmp_path / "index.html").read_text("utf-8")
    said = (folder / "notes.md").read_text("utf-8")
    assert "## Your version, article.md\n\n- Hold: paragraph 2: “23,489” is no figure." in said


def test_notes_on_a_version_with_nothing_against_it(
    make_draft: Callable[..., Draft], release: Release
) -> None:
    said = notes(make_draft(), release, [Version("article.txt", "A headline", ())])
    assert "## Your version, article.txt\n\n- Nothing against it." in said


OLD, NEW, THEIRS = "old\n\nend\n", "new\n\nend\n", "theirs\n"
OLD_AND_THEIRS, NEW_AND_THEIRS = OLD + "\n" + THEIRS, NEW + "\n" + THEIRS


@pytest.mark.parametrize(
    ("there", "filed", "recalled", "fate", "becomes"),
    [
        # what lies there, what was filed, whether its text is known, and what comes of it
        (None, None, False, Fate.OURS, {"article.md": NEW}),
        (None, OLD, True, Fate.DELETED, {}),
        (OLD, OLD, True, Fate.OURS, {"article.md": NEW}),
        (NEW, OLD, True, Fate.OURS, {"article.md": NEW}),
        (NEW, None, False, Fate.OURS, {"article.md": NEW}),
        (THEIRS, NEW, True, Fate.EDITED, {}),
        (THEIRS, OLD, True, Fate.BESIDE, {"article.new.md": NEW}),
        (THEIRS, OLD, False, Fate.BESIDE, {"article.new.md": NEW}),
        (OLD_AND_THEIRS, OLD, True, Fate.MERGED, {"article.md": NEW_AND_THEIRS}),
        (OLD_AND_THEIRS, OLD, False, Fate.BESIDE, {"article.new.md": NEW}),
    ],
)
def test_every_fate_in_small(
    there: str | None, filed: str | None, recalled: bool, fate: Fate, becomes: dict[str, str]
) -> None:
    settled = settle(
        "article.md",
        NEW.encode(),
        {} if there is None else {"article.md": there.encode()},
        {} if filed is None else {"article.md": sha256(filed.encode())},
        lambda sha: OLD.encode() if recalled and sha == sha256(OLD.encode()) else None,
    )
    assert settled.fate is fate
    assert settled.write == {name: text.encode() for name, text in becomes.items()}


@pytest.mark.parametrize("there", [OLD, THEIRS, OLD_AND_THEIRS, None])
def test_approved_copy_is_never_rewritten(there: str | None) -> None:
    settled = settle(
        "article.md",
        NEW.encode(),
        {} if there is None else {"article.md": there.encode()},
        {"article.md": sha256(OLD.encode())},
        lambda sha: OLD.encode(),
        approved=True,
    )
    assert settled.write == ({"article.new.md": NEW.encode()} if there else {})


def test_plan_in_small(tmp_path: Path) -> None:
    for name in ("ours.md", "gone.md"):
        (tmp_path / name).write_bytes(b"as filed")
    (tmp_path / "edited.md").write_bytes(b"by hand")
    filed = {name: sha256(b"as filed") for name in ("ours.md", "edited.md", "gone.md")}
    new = {"ours.md": b"new", "edited.md": b"new"}

    planned = plan(look(tmp_path, {*new, *filed}), new, filed, lambda sha: None)

    assert planned.moves == {"ours.md": b"new", "edited.new.md": b"new", "gone.md": None}
    assert planned.edited == ("edited.md",)
    assert planned.filed == {
        "edited.md": sha256(b"as filed"),
        "edited.new.md": sha256(b"new"),
        "ours.md": sha256(b"new"),
    }
