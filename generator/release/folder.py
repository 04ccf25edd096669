"""Find the files of a release, in a folder and in the archives there."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.desk import Limits
from generator.errors import Fault, NewscopyError, ReleaseError
from generator.locations import Location, is_stored, on_disk, reaching
from generator.model import SourceFile
from generator.release.archives import MEGABYTE, members_of, open_archive, unpack

TEXT_KINDS = frozenset({".csv", ".tsv", ".tab"})
READABLE = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet"}) | TEXT_KINDS
RELEASE_YML = frozenset({"release.yml", "release.yaml"})
_IGNORED_ENDINGS = frozenset({".txt", ".md", ".pdf", ".html", ".htm", ".docx", ".odt"})
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "readme", "licence", "license"})
_MENDS = {
    ".gz": "Unpack it.",
    ".7z": "Unpack it.",
    ".rar": "Unpack it.",
    ".tar": "Unpack it.",
}


@dataclass(frozen=True)
class Found:
    """A file of the release, by its absolute path or its address; `name` is for messages."""

    name: str
    path: Location


@dataclass(frozen=True)
class Contents:
    """What a release is made of: data files, the release.yml files beside or in them, faults."""

    data: tuple[Found, ...]
    particulars: tuple[Found, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...] = ()
    """Names of documents and hidden files beside them, which are not read."""


def is_release(path: Location) -> bool:
    """Tell whether a path may be a release: a folder or a file to read, not a note beside it."""
    if _is_ignored(path.name):
        return False
    return path.is_dir() or path.suffix.casefold() in {*READABLE, ".zip"}


def identify_files(path: Location, limits: Limits) -> tuple[SourceFile, ...]:
    """Return a release's files as `read_release` names them, without reading what they say.

    Raises ReleaseError where there is nothing to read.
    """
    with tempfile.TemporaryDirectory(prefix="newscopy-") as temporary:
        contents = list_contents(path, limits, Path(temporary))
        return tuple(SourceFile(one.name, sha256_of(one.path)) for one in contents.data)


def list_contents(path: Location, limits: Limits, temporary: Path) -> Contents:
    """List the files of a release in order of name, unpacking archives into `temporary`.

    What cannot be read is among the faults; raises ReleaseError where nothing can, and
    RequestError where a store does not answer.
    """
    with reaching(path):
        return _list_contents(path, limits, temporary)


def _list_contents(path: Location, limits: Limits, temporary: Path) -> Contents:
    if not path.exists():
        raise ReleaseError(
            Fault(
                "There is no such file or folder.",
                "Give the folder that the published files are in, or one of the files.",
                file=str(path),
            )
        )
    found: list[Found] = []
    faults: list[Fault] = []
    for here in _files_at(path):
        try:
            if here.path.suffix.casefold() == ".zip":
                found += _unpack_archive(here, limits, temporary)
            else:
                found.append(here)
        except NewscopyError as error:
            faults += error.faults
    if path.is_file():
        found += [beside for beside in _beside(path) if _is_particulars(beside.name)]
    unknown = [one for one in found if not _is_known(one.name)]
    faults += [_unknown_kind(one.name) for one in unknown]
    data = [one for one in found if PurePosixPath(one.name).suffix.casefold() in READABLE]
    if not data and not faults:
        faults.append(
            Fault(
                "There is nothing here to read.",
                "Put the published tables here: workbooks, .csv, .parquet, or a .zip of them.",
                file=str(path),
                found=", ".join(one.name for one in found) or "no files",
                expected="at least one published table",
            )
        )
    if not data:
        raise ReleaseError(*faults)
    return Contents(
        tuple(sorted(data, key=lambda one: one.name)),
        tuple(one for one in found if _is_particulars(one.name)),
        tuple(faults),
        tuple(_ignored_at(path)),
    )


def _ignored_at(path: Location) -> Iterator[str]:
    """Yield the names of what lies in a release's folder and is not read; hidden files aside."""
    if path.is_file():
        return
    for inside in path.rglob("*"):
        name = inside.relative_to(str(path)).as_posix()
        hidden = any(part.startswith((".", "~$")) for part in PurePosixPath(name).parts)
        if not hidden and inside.is_file() and _is_ignored(name):
            yield name


def fingerprint(path: Location) -> str:
    """Return a hash of everything that reading a release would look at, names and bytes.

    For the bytes of a file in a store stands what the store knows them by. Raises ReleaseError
    where the system does not let us read it, RequestError where a store does not answer.
    """
    with reaching(path):
        return _fingerprint(path)


def _fingerprint(path: Location) -> str:
    digest = hashlib.sha256()
    try:
        found = [*_files_at(path), *(_beside(path) if path.is_file() else ())]
        read = [
            one
            for one in found
            if one.path == path.absolute() or path.is_dir() or _is_particulars(one.name)
        ]
        with ThreadPoolExecutor() as threads:  # hashing leaves Python to the others
            for one, identity in zip(read, threads.map(_identity, read), strict=True):
                digest.update(f"{identity} {one.name}\n".encode())
    except OSError as error:
        raise ReleaseError(unreadable(str(path), error)) from error
    return digest.hexdigest()


def sha256_of(path: Location) -> str:
    """Return the sha256 of a file's bytes."""
    with on_disk(path) as copy, copy.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _identity(one: Found) -> str:
    """Return what tells a file's bytes from any other's."""
    path = one.path
    return str(path.fs.ukey(path.path)) if is_stored(path) else sha256_of(path)


def _files_at(path: Location) -> Iterator[Found]:
    """Yield the file itself, or every file in the folder and below that is not to be ignored."""
    if path.is_file():
        yield Found(path.name, path.absolute())
        return
    try:
        below: Iterator[Location] = path.rglob("*")
        for inside in sorted(below, key=str):
            name = inside.relative_to(str(path)).as_posix()
            if inside.is_file() and not _is_ignored(name):
                yield Found(name, inside.absolute())
    except FileNotFoundError:  # a store without that bucket: there is nothing, as in a lost folder
        return
    except OSError as error:
        raise ReleaseError(unreadable(str(path), error)) from error


def _beside(path: Location) -> Iterator[Found]:
    siblings: Iterator[Location] = path.absolute().parent.iterdir()
    for sibling in sorted(siblings, key=str):
        if sibling.is_file():
            yield Found(sibling.name, sibling)


def _unpack_archive(here: Found, limits: Limits, temporary: Path) -> list[Found]:
    """Unpack what is to be read of an archive, under names of our own making."""
    folder = temporary / f"{sum(1 for _ in temporary.iterdir()):04d}"
    folder.mkdir()
    room = limits.unpacked_megabytes * MEGABYTE
    found = []
    try:
        with on_disk(here.path) as copy, open_archive(copy, here.name) as archive:
            members = list(members_of(archive, here.name, limits))
            for number, member in enumerate(members):
                name = f"{here.name}/{member.name}"
                suffix = PurePosixPath(member.name).suffix.casefold()
                if _is_ignored(member.name):
                    continue
                if suffix == ".zip":
                    raise ReleaseError(
                        Fault(
                            "The archive holds another archive.",
                            "Unpack it, and give the files themselves.",
                            file=name,
                        )
                    )
                target = folder / f"{number:04d}{suffix if suffix in READABLE else ''}"
                if _is_known(member.name):
                    room -= unpack(archive, member, target, here.name, limits, room)
                found.append(Found(name, target))
    except OSError as error:
        raise ReleaseError(unreadable(here.name, error)) from error
    return found


def _is_ignored(name: str) -> bool:
    """Tell whether a file is none of the release's: hidden, a lock file, a document."""
    parts = [part.casefold() for part in PurePosixPath(name).parts]
    return (
        any(part.startswith((".", "~$")) or part in _IGNORED_NAMES for part in parts)
        or parts[-1].startswith("readme")
        or PurePosixPath(parts[-1]).suffix in _IGNORED_ENDINGS
    )


def _is_particulars(name: str) -> bool:
    return PurePosixPath(name).name.casefold() in RELEASE_YML


def _is_known(name: str) -> bool:
    return PurePosixPath(name).suffix.casefold() in READABLE or _is_particulars(name)


def _unknown_kind(name: str) -> Fault:
    suffix = PurePosixPath(name).suffix.casefold()
    return Fault(
        "A file is of a kind that cannot be read.",
        _MENDS.get(suffix, "Take it out of the release folder."),
        file=name,
        found=suffix or "no ending",
        expected=".xlsx, .xlsm, .xlsb, .xls, .ods, .csv, .tsv, .parquet or .zip",
    )


def unreadable(name: str, error: OSError) -> Fault:
    """Return the fault of a file that the system does not let us read."""
    return Fault(
        "The file cannot be read.",
        "Close it in other programs, and see that you may read it.",
        file=name,
        found=error.strerror or type(error).__name__,
    )
