"""The files of a release are found: what is none of it is ignored, what is unknown is refused."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_no_such_folder(published):
    fault = published.fault(published.folder / "nowhere")
    assert fault.what == "There is no such file or folder."
    assert fault.file.endswith("nowhere")


def test_an_empty_folder(published):
    fault = published.fault()
    assert (fault.what, fault.found) == ("There is nothing here to read.", "no files")
    assert "workbooks, .csv, .parquet" in fault.mend


def test_a_folder_without_a_table(published):
    published.file("README.md", "Read me")
    published.file("release.yml", "published: 2021-05-13\n")
    fault = published.fault()
    assert (fault.what, fault.found) == ("There is nothing here to read.", "release.yml")


def test_an_empty_zip(published):
    published.zip("a.zip", {"notes.txt": b"x"})
    assert published.fault().what == "There is nothing here to read."


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.xlsx",
        ".git/table.csv",
        "~$table.xlsx",
        "README",
        "readme.csv",
        "notes.txt",
        "guide.PDF",
        "Thumbs.db",
        "__MACOSX/._table.csv",
    ],
)
def test_what_is_no_table_is_ignored(published, name):
    published.csv("a.csv", [published.header, published.row()])
    published.file(name, b"\0\1\2")
    assert [file.name for file in published.read()[0].files] == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("a.7z", "Unpack it."),
        ("a.feather", "Take it out of the release folder."),
        ("table", "Take it out of the release folder."),
    ],
)
def test_a_file_of_another_kind(published, name, mend):
    published.csv("b.csv", [published.header, published.row()])
    published.file(f"in/{name}", b"x")
    fault = published.fault()
    assert (fault.file, fault.mend) == (f"in/{name}", mend)
    assert fault.what == "A file is of a kind that cannot be read."


def test_a_file_of_another_kind_in_a_zip(published):
    published.zip("a.zip", {"in/a.7z": b"x"})
    assert published.fault().file == "a.zip/in/a.7z"


def test_a_file_of_another_kind_alone(published):
    assert published.fault(published.file("a.7z", b"x")).mend == "Unpack it."


def test_endings_are_known_in_capitals(published):
    published.csv("A.CSV", [published.header, published.row()])
    assert len(published.rows()) == 1


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.zip"])
def test_a_file_that_may_not_be_read(published, monkeypatch, name):
    published.file(name, b"PK\3\4")
    opened = Path.open

    def refuse(self, *args, **kwargs):
        if self.name == name:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("zipfile.ZipFile.__init__", lambda *_: refuse(Path(name)))
    fault = published.faults()[0]
    assert (fault.file, fault.what) == (name, "The file cannot be read.")
    assert fault.found == "Permission denied"
