"""A new version beside an editor's file is taken over, with what goes with it, or set aside."""

from __future__ import annotations

import pytest
from filed_items import FOLDER, Filing

from generator.errors import FilingError
from generator.filing import Event, recall_text, set_aside, sha256
from generator.filing.saving import Saving, save

NEWER = "article.new.md"


@pytest.fixture
def conflict(filing: Filing) -> Filing:
    """Return a draft whose article an editor has changed where the new figures have as well."""
    filing.run()
    filing.edit("23,489", "some 23,489")
    filing.run(withdrawn=23_488)
    assert filing.row.beside == (NEWER,)
    return filing


def take_over(filing: Filing, data: bytes, sha: str, name: str = "article.md") -> None:
    began_from = sha256((filing.folder / name).read_bytes())
    save(
        filing.output,
        Saving(FOLDER, name, data, began_from, "Ann", takes_over=sha),
        filing.desk,
    )


def test_it_goes_when_it_is_taken_over_and_is_what_later_changes_are_merged_with(
    conflict: Filing,
) -> None:
    new = (conflict.folder / NEWER).read_bytes()
    take_over(conflict, new.replace(b" fell through", b" came to nothing"), sha256(new))
    assert not (conflict.folder / NEWER).exists()
    assert conflict.row.beside == ()
    assert conflict.row.files["article.md"] == sha256(new)
    assert NEWER not in conflict.row.files
    conflict.run(withdrawn=23_487)
    lies_beside = (conflict.folder / NEWER).read_text("utf-8")
    assert "23,487" in lies_beside  # in the sentence that the editor has changed
    assert "came to nothing" in conflict.article.read_text("utf-8")


def test_it_is_no_edit_when_it_is_taken_over_as_it_is(conflict: Filing) -> None:
    new = (conflict.folder / NEWER).read_bytes()
    take_over(conflict, new, sha256(new))
    assert conflict.article.read_bytes() == new
    assert conflict.row.edited == ()
    assert conflict.log[-1].event is Event.SAVED


@pytest.mark.parametrize("sha", ["0" * 64, sha256(b"")])
def test_another_than_the_one_that_was_read_stays(conflict: Filing, sha: str) -> None:
    before = {path: path.read_bytes() for path in conflict.folder.iterdir()}
    with pytest.raises(FilingError, match="lies there no longer"):
        take_over(conflict, b"# Words\n\nOf an editor's.\n", sha)
    with pytest.raises(FilingError, match="lies there no longer"):
        set_aside(conflict.output, FOLDER, {NEWER: sha}, "Ann", conflict.desk)
    assert {path: path.read_bytes() for path in conflict.folder.iterdir()} == before


def test_its_text_is_kept_when_it_is_set_aside_whatever_is_run_later(conflict: Filing) -> None:
    (conflict.folder / NEWER).write_text("# Words\n\nOf an editor's.\n", "utf-8")
    data = (conflict.folder / NEWER).read_bytes()
    mine = conflict.article.read_bytes()
    set_aside(conflict.output, FOLDER, {NEWER: sha256(data)}, "Ann", conflict.desk)
    assert not (conflict.folder / NEWER).exists()
    assert conflict.row.beside == ()
    assert (conflict.log[-1].event, conflict.log[-1].who) == (Event.SET_ASIDE, "Ann")
    for withdrawn in (23_488, 23_487):
        conflict.run(withdrawn=withdrawn)
    assert recall_text(conflict.output, sha256(data)) == data
    assert conflict.article.read_bytes() == mine


def test_one_that_an_editor_has_worked_in_is_known_whatever_is_run_later(conflict: Filing) -> None:
    (conflict.folder / NEWER).write_text("# Words\n\nOf an editor's.\n", "utf-8")
    for withdrawn in (23_487, 23_487, 23_486):
        conflict.run(withdrawn=withdrawn)
        assert conflict.row.beside == (NEWER, "article.new2.md")
    data = (conflict.folder / NEWER).read_bytes()
    assert data == b"# Words\n\nOf an editor's.\n"
    take_over(conflict, data, sha256(data))
    assert conflict.row.beside == ("article.new2.md",)
