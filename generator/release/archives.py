"""Unpack zip archives within the desk's limits, and keep workbooks, which are zips, within them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.desk import Limits
from generator.errors import Fault, ReleaseError

MEGABYTE = 1 << 20
BLOCK = 1 << 18
RATIO_FROM = MEGABYTE
"""Bytes under which a member's compression ratio says nothing."""
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old Office files begin, and password-protected new ones."""
_METHODS = {
    1: "Shrunk", 6: "Imploded", 9: "Deflate64", 93: "Zstandard", 95: "XZ", 98: "PPMd",
}  # fmt: skip
"""Ways to pack that Python's own library does not unpack, by their numbers in a zip."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class Member:
    """A file inside an archive, by its path there; call `unpack` to have it on disk."""

    name: str
    info: zipfile.ZipInfo


def members_of(archive: zipfile.ZipFile, file: str, limits: Limits) -> Iterator[Member]:
    """Yield the files of an archive that is called `file` in messages.

    Raises ReleaseError where the archive is over the limits, is encrypted, or where a
    path in it leads out of it.
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _check_declared(infos, file, limits)
    seen: set[str] = set()
    for info in infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
            raise ReleaseError(
                Fault(
                    "The archive holds a file whose path leads out of it.",
                    "Do not open it; download it again from the publisher.",
                    file=file,
                    found=info.orig_filename,
                    expected="a path within the archive",
                )
            )
        if info.flag_bits & 0x1:
            raise ReleaseError(
                Fault(
                    "The archive is password-protected.",
                    "Unpack it with its password, and give the files themselves.",
                    file=f"{file}/{name}",
                )
            )
        if name in seen:
            raise ReleaseError(
                Fault(
                    "The archive holds two files of the same name.",
                    "Unpack it, and give the files themselves.",
                    file=f"{file}/{name}",
                )
            )
        seen.add(name)
        yield Member(PurePosixPath(name).as_posix(), info)


def unpack(
    archive: zipfile.ZipFile, member: Member, target: Path, file: str, limits: Limits, room: int
) -> int:
    """Write a member to `target` and return its size in bytes, counted, not as declared.

    Raises ReleaseError before more than `room` bytes are written, or more than the limits'
    ratio allows.
    """
    written = 0
    try:
        with archive.open(member.info) as packed, target.open("wb") as unpacked:
            while block := packed.read(BLOCK):
                written += len(block)
                _check_size(written, member.info.compress_size, f"{file}/{member.name}", limits)
                if written > room:
                    raise ReleaseError(_too_big(file, limits))
                unpacked.write(block)
    except NotImplementedError as error:
        raise ReleaseError(_other_method(f"{file}/{member.name}", member.info)) from error
    except (*_BROKEN, RuntimeError) as error:
        raise ReleaseError(_damaged(f"{file}/{member.name}", error)) from error
    return written


def _other_method(file: str, info: zipfile.ZipInfo) -> Fault:
    method = _METHODS.get(info.compress_type, "an unknown method")
    return Fault(
        "The archive is packed by a method that cannot be unpacked here.",
        "Unpack it with another program, such as 7-Zip, and put the files themselves into the "
        "release folder.",
        file=file,
        found=f"{method} (number {info.compress_type})",
        expected="Stored, Deflate, BZIP2 or LZMA",
    )


def open_archive(path: Path, file: str) -> zipfile.ZipFile:
    """Open an archive that is called `file` in messages, or raise ReleaseError."""
    try:
        return zipfile.ZipFile(path)
    except _BROKEN as error:
        raise ReleaseError(_damaged(file, error)) from error


def check_workbook(path: Path, file: str, limits: Limits) -> None:
    """Check what a workbook is, and its declared sizes, before it is parsed.

    Raises ReleaseError where it is password-protected, not what its name says, cut short,
    or would unpack to more than the limits.
    """
    suffix = path.suffix.casefold()
    with path.open("rb") as raw:
        start = raw.read(len(OLE))
    if start == OLE and suffix == ".xls":
        return
    if start == OLE:
        raise ReleaseError(
            Fault(
                "The workbook is password-protected, or is an old .xls under a new name.",
                f"Open it in a spreadsheet program and save it as {suffix} without a password.",
                file=file,
                found="an OLE file",
                expected=f"an {suffix} workbook",
            )
        )
    if not start.startswith(b"PK"):
        raise ReleaseError(
            Fault(
                f"The file is called {suffix} and is no workbook.",
                "Download it again: it may be a web page or a CSV under a wrong name.",
                file=file,
                found=f"a file that begins with {start!r}",
                expected=f"an {suffix} workbook",
            )
        )
    with open_archive(path, file) as archive:
        _check_declared(archive.infolist(), file, limits)
        names = set(archive.namelist())
        mark = "content.xml" if suffix == ".ods" else "[Content_Types].xml"
        if mark not in names:
            raise ReleaseError(
                Fault(
                    f"The file is called {suffix} and is another kind of file.",
                    "Give it the ending that it should have, or download it again.",
                    file=file,
                    found="a zip without " + mark,
                    expected=f"an {suffix} workbook",
                )
            )
        if suffix == ".ods" and _is_encrypted_ods(archive, names):
            raise ReleaseError(
                Fault(
                    "The workbook is password-protected.",
                    "Open it in a spreadsheet program and save it without a password.",
                    file=file,
                )
            )


def _is_encrypted_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    if manifest not in names:
        return False
    try:
        with archive.open(manifest) as raw:
            return b"encryption-data" in raw.read(MEGABYTE)
    except (*_BROKEN, RuntimeError):
        return False


def _check_declared(infos: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    """Refuse an archive that says itself that it is over the limits."""
    if len(infos) > limits.files:
        raise ReleaseError(
            Fault(
                "The archive holds too many files.",
                "Take what is not needed out of it, or raise `limits.files` in config/desk.yml.",
                file=file,
                found=f"{len(infos):,} files",
                expected=f"at most {limits.files:,}",
            )
        )
    if sum(info.file_size for info in infos) > limits.unpacked_megabytes * MEGABYTE:
        raise ReleaseError(_too_big(file, limits))
    for info in infos:
        _check_size(info.file_size, info.compress_size, f"{file}/{info.filename}", limits)


def _check_size(unpacked: int, packed: int, file: str, limits: Limits) -> None:
    if unpacked > RATIO_FROM and unpacked > packed * limits.compression_ratio:
        raise ReleaseError(
            Fault(
                "A part of the archive unpacks to far more than its size: it may be a zip bomb.",
                "Download it again from the publisher; if you trust it, raise "
                "`limits.compression_ratio` in config/desk.yml.",
                file=file,
                found=f"over {unpacked // max(packed, 1):,} times its size",
                expected=f"at most {limits.compression_ratio} times",
            )
        )


def _too_big(file: str, limits: Limits) -> Fault:
    return Fault(
        "The archive unpacks to more than the desk allows.",
        "Take what is not needed out of it, or raise `limits.unpacked_megabytes` in "
        "config/desk.yml.",
        file=file,
        expected=f"at most {limits.unpacked_megabytes:,} MB",
    )


def _damaged(file: str, error: Exception) -> Fault:
    return Fault(
        "The file is cut short or damaged.",
        "Download it again.",
        file=file,
        found=str(error) or type(error).__name__,
        expected="a whole zip archive or workbook",
    )
