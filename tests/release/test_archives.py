"""Archives and workbooks are opened within limits, and a damaged one is named, never traced."""

from __future__ import annotations

import dataclasses
import struct
import tempfile
import zipfile

import pytest

from generator.desk import Limits

SHEET = "Outcomes open data 2019_20"


def _with_limits(published, **limits):
    file = published.desk.file.model_copy(update={"limits": Limits(**limits)})
    published.desk = dataclasses.replace(published.desk, file=file)


def _workbook(published, name="a.xlsx"):
    return published.xlsx(name, {SHEET: [published.header, published.row()]})


def test_a_truncated_workbook(published):
    path = _workbook(published)
    path.write_bytes(path.read_bytes()[:3000])
    fault = published.fault()
    assert (fault.file, fault.what) == ("a.xlsx", "The file is cut short or damaged.")
    assert fault.mend == "Download it again."


def test_a_workbook_damaged_inside(published):
    whole = _workbook(published)
    with zipfile.ZipFile(whole) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200] + b"<&"
    published.zip("a.xlsx", parts)
    fault = published.fault()
    assert fault.what == "The workbook is damaged, or is not one that can be read."


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_a_password_protected_workbook(published, name):
    published.file(name, bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    fault = published.fault()
    assert fault.what.startswith("The workbook is password-protected")
    assert "without a password" in fault.mend


def test_a_password_protected_ods(published):
    manifest = b'<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/>'
    published.zip("a.ods", {"content.xml": b"\x8f\x01", "META-INF/manifest.xml": manifest})
    assert published.fault().what == "The workbook is password-protected."


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.csv", "a.zip"])
def test_a_file_of_no_bytes(published, name):
    published.file(name, b"")
    faults = published.faults()
    assert faults[0].file == name
    assert faults[0].what in ("The file is empty.", "The file is cut short or damaged.")


def test_a_workbook_that_is_really_text(published):
    published.file("a.xlsx", "<html>Please log in</html>")
    fault = published.fault()
    assert fault.what == "The file is called .xlsx and is no workbook."
    assert "<html>" in fault.found


def test_a_workbook_that_is_really_another_zip(published):
    published.zip("a.xlsx", {"table.csv": b"x"})
    assert published.fault().what == "The file is called .xlsx and is another kind of file."


def test_a_csv_that_is_really_a_workbook(published):
    _workbook(published).rename(published.folder / "a.csv")
    assert "is not text" in published.fault().what


@pytest.mark.parametrize(
    "member",
    [
        "../a.csv",
        "in/../../a.csv",
        "/etc/a.csv",
        "..\\a.csv",
        "C:\\a.csv",
        "c:a.csv",
        "\\\\host\\a.csv",
    ],
)
def test_a_path_that_climbs_out_of_a_zip(published, tmp_path, member):
    published.zip("a.zip", {member: b"x"})
    before = set(tmp_path.rglob("*"))
    faults = published.faults()
    assert faults[0].what == "The archive holds a file whose path leads out of it."
    assert faults[0].file == "a.zip"
    assert set(tmp_path.rglob("*")) == before


def test_a_zip_bomb(published):
    published.zip("a.zip", {"a.csv": b"0" * 5_000_000})
    faults = published.faults()
    assert "zip bomb" in faults[0].what
    assert faults[0].file == "a.zip/a.csv"
    assert faults[0].expected == "at most 250 times"


def test_a_workbook_that_is_a_bomb(published):
    path = _workbook(published)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bmp", b"0" * 5_000_000)
    fault = published.fault()
    assert "zip bomb" in fault.what
    assert fault.file == "a.xlsx/xl/media/image1.bmp"


def test_an_archive_that_unpacks_to_too_much(published):
    _with_limits(published, unpacked_megabytes=1, compression_ratio=5000)
    published.zip("a.zip", {"a.csv": b"0" * 600_000, "b.csv": b"0" * 600_000})
    faults = published.faults()
    assert faults[0].what == "The archive unpacks to more than the desk allows."
    assert faults[0].expected == "at most 1 MB"


def test_what_is_unpacked_is_counted_whatever_the_archive_says(published, monkeypatch, tmp_path):
    _with_limits(published, unpacked_megabytes=1, compression_ratio=5000)
    monkeypatch.setattr("generator.release.archives._check_declared", lambda *_: None)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    published.zip("a.zip", {"a.csv": b"0" * 3_000_000})
    assert published.faults()[0].what == "The archive unpacks to more than the desk allows."
    assert not list(temporary.iterdir())


def test_the_ratio_is_counted_whatever_the_archive_says(published, monkeypatch):
    monkeypatch.setattr("generator.release.archives._check_declared", lambda *_: None)
    published.zip("a.zip", {"a.csv": b"0" * 5_000_000})
    assert "zip bomb" in published.faults()[0].what


def test_too_many_files(published):
    _with_limits(published, files=3)
    published.zip("a.zip", {f"{at}.csv": b"x" for at in range(4)})
    faults = published.faults()
    assert faults[0].what == "The archive holds too many files."
    assert (faults[0].found, faults[0].expected) == ("4 files", "at most 3")


def test_an_encrypted_zip(published):
    path = published.zip("a.zip", {"a.csv": b"x"})
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + flags
        struct.pack_into("<H", content, at, 0x1)
    path.write_bytes(content)
    fault = published.faults()[0]
    assert (fault.file, fault.what) == ("a.zip/a.csv", "The archive is password-protected.")


def test_an_archive_in_an_archive(published):
    inner = published.zip("../inner.zip", {"a.csv": b"x"}).read_bytes()
    published.zip("a.zip", {"in/inner.zip": inner})
    fault = published.faults()[0]
    assert (fault.file, fault.what) == ("a.zip/in/inner.zip", "The archive holds another archive.")


def test_a_damaged_zip(published):
    path = published.zip("a.zip", {"a.csv": b"Some text that is long enough to be packed" * 9})
    content = bytearray(path.read_bytes())
    content[45:60] = b"\xff" * 15
    path.write_bytes(content)
    fault = published.faults()[0]
    assert (fault.file, fault.what) == ("a.zip/a.csv", "The file is cut short or damaged.")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(published):
    path = published.zip("a.zip", {"a.csv": b"x"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("a.csv", b"y")
    assert published.faults()[0].what == "The archive holds two files of the same name."


@pytest.mark.parametrize(("number", "name"), [(9, "Deflate64"), (98, "PPMd")])
def test_a_method_that_python_does_not_unpack(published, number, name):
    table = published.csv("a.csv", [published.header, published.row()])
    path = published.zip("a.zip", {"a.csv": table.read_bytes()})
    table.unlink()
    packed = bytearray(path.read_bytes())
    packed[8] = number  # in the member's own header, and in the directory at the end
    packed[packed.index(b"PK\x01\x02") + 10] = number
    path.write_bytes(packed)
    fault = published.fault()
    assert (fault.file, fault.found) == ("a.zip/a.csv", f"{name} (number {number})")
    assert "put the files themselves into the release folder" in fault.mend
