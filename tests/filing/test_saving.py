"""An editor's version is put in place, kept and logged; nobody else's is ever written over."""

from __future__ import annotations

from typing import Any

import pytest
from filed_items import FOLDER, Filing

from generator.errors import FilingError
from generator.filing import Event, recall_text, sha256
from generator.filing.saving import SavedMeanwhileError, Saving, save
from generator.model import Level, Problem, Status

FALSE = Problem(Level.HOLD, "paragraph 2", "It is no figure of the story.", "Mend it.")


def saved(filing: Filing, old: str, new: str, *, by: str = "Ann", **more: Any) -> bytes:
    """Save the article as it lies there with other words in it."""
    before = filing.article.read_bytes()
    data = before.replace(old.encode(), new.encode())
    assert data != before
    began_from = more.pop("began_from", sha256(before))
    save(filing.output, Saving(FOLDER, "article.md", data, began_from, by, **more), filing.desk)
    return data


def test_a_version_is_in_place_kept_and_logged(filing: Filing) -> None:
    filing.run()
    data = saved(filing, " fell through", " came to nothing", headline="A new headline")
    assert filing.article.read_bytes() == data
    assert recall_text(filing.output, sha256(data)) == data
    line = filing.log[-1]
    assert (line.event, line.who, dict(line.texts)) == (
        Event.SAVED,
        "Ann",
        {"article.md": sha256(data)},
    )
    assert (filing.row.headline, filing.row.edited) == ("A new headline", ("article.md",))
    assert "A new headline" in (filing.output / "index.html").read_text("utf-8")


def test_every_version_can_be_had_back_after_later_runs(filing: Filing) -> None:
    filing.run()
    first = saved(filing, " fell through", " came to nothing")
    saved(filing, " came to nothing", " came to a stop")
    filing.run(withdrawn=23_488)
    kept = [
        recall_text(filing.output, sha)
        for entry in filing.log
        if entry.event is Event.SAVED
        for sha in entry.texts.values()
    ]
    assert kept[0] == first
    assert b"came to a stop" in kept[1]


def test_what_is_false_holds_the_draft_in_the_index(filing: Filing) -> None:
    filing.run()
    saved(filing, "23,489", "23,488", problems=(FALSE,))
    assert (filing.row.status, filing.row.problems.hold) == (Status.HELD, 1)
    saved(filing, "23,488", "23,489")
    assert (filing.row.status, filing.row.problems.hold) == (Status.READY, 0)
    assert filing.row.edited == ()  # it is as it was filed


def test_the_second_of_two_editors_is_told_and_nothing_is_written_over(filing: Filing) -> None:
    filing.run()
    as_both_opened_it = sha256(filing.article.read_bytes())
    anns = saved(filing, " fell through", " came to nothing")
    lines = len(filing.log)
    with pytest.raises(SavedMeanwhileError) as caught:
        saved(filing, "23,489", "23,490", by="Ben", began_from=as_both_opened_it)
    assert caught.value.theirs == anns
    assert filing.article.read_bytes() == anns
    assert len(filing.log) == lines


def test_a_file_that_was_deleted_meanwhile_is_not_made_again(filing: Filing) -> None:
    filing.run()
    before = filing.article.read_bytes()
    filing.article.unlink()
    with pytest.raises(SavedMeanwhileError) as caught:
        save(
            filing.output,
            Saving(FOLDER, "article.md", before + b" ", sha256(before), "Ann"),
            filing.desk,
        )
    assert caught.value.theirs is None
    assert not filing.article.exists()


def test_a_change_to_what_was_approved_is_a_change_and_back_again_is_none(filing: Filing) -> None:
    filing.run()
    filing.decide(Event.APPROVED, "article.md")
    saved(filing, " fell through", " came to nothing")
    assert "changed since approval" in (filing.output / "index.csv").read_text("utf-8")
    assert filing.status == "usable"  # the words that were approved may still be used
    assert "fell through" in filing.body
    saved(filing, " came to nothing", " fell through")
    assert "changed since approval" not in (filing.output / "index.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (FOLDER, "manifest.json"),
        (FOLDER, "notes.md"),
        (FOLDER, "article.new.md"),
        (FOLDER, "../derbyshire/article.md"),
        (FOLDER, "/etc/passwd"),
        ("victim-withdrawal/2020/nowhere", "article.md"),
        ("../../other", "article.md"),
    ],
)
def test_nothing_but_a_filed_draft_s_copy_is_ever_written(
    filing: Filing, folder: str, name: str
) -> None:
    filing.run()
    before = {path: path.read_bytes() for path in filing.output.rglob("*.*") if path.is_file()}
    with pytest.raises(FilingError, match="There is no such copy"):
        save(filing.output, Saving(folder, name, b"x", "", "Ann"), filing.desk)
    after = {path: path.read_bytes() for path in filing.output.rglob("*.*") if path.is_file()}
    assert {p: d for p, d in after.items() if ".newscopy" not in p.parts} == {
        p: d for p, d in before.items() if ".newscopy" not in p.parts
    }


def test_what_another_program_saved_is_kept_when_a_version_takes_its_place(filing: Filing) -> None:
    filing.run()
    filing.edit("fell through", "was written in Word")
    theirs = filing.article.read_bytes()
    saved(filing, "was written in Word", "came to nothing")
    filing.run(withdrawn=23_488)
    lines = [(line.who, line.texts["article.md"]) for line in filing.log if line.event == "saved"]
    assert lines[0] == ("another program", sha256(theirs))
    assert recall_text(filing.output, sha256(theirs)) == theirs
    assert [who for who, _ in lines] == ["another program", "Ann"]
