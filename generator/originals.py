"""The way back: from a filed draft to the release that it was made from."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, ReleaseError, RequestError
from generator.filing import BUILTIN, ReleaseRecord, look_up, release_record
from generator.model import Release
from generator.pipeline import make_sample
from generator.release import identify_files, is_release

MEND = "Give the folder or file that it was read from: --release PATH."


@contextmanager
def find_original(
    record: ReleaseRecord, desk: Desk, home: Path, output: Path, asked: Path | None = None
) -> Iterator[Path]:
    """Yield where the release of this record lies, known by the bytes of its files.

    One asked for has to be it. Otherwise it is where the run read it, or under the releases
    in `home`; the built-in sample is written anew, and gone afterwards. What is then read
    has to pass `check_original`.

    Raises RequestError where the release is at none of these places.
    """
    if asked is not None:
        if not _is_original(asked, record, desk):
            raise RequestError(_not_original(record, str(asked)))
        yield asked
        return
    noted = look_up(output, record.id)
    folder = home / desk.file.releases
    places = [Path(noted)] if noted else []
    places += sorted(path for path in folder.glob("*") if is_release(path))
    for place in places:
        if place.exists() and _is_original(place, record, desk):
            yield place
            return
    if noted == BUILTIN or (noted is None and record.sample):
        with tempfile.TemporaryDirectory(prefix="newscopy-sample-") as temporary:
            sample = Path(temporary) / "sample"
            make_sample(sample, desk)
            if _is_original(sample, record, desk):
                yield sample
                return
        raise RequestError(
            Fault(
                "The draft was made from a built-in sample that is no longer the one written now: "
                "newscopy, the forces or the dataset have changed since.",
                "File the draft again: newscopy run.",
                file=str(output),
                found=_named(record),
            )
        )
    raise RequestError(_not_found(record, noted, folder))


def check_original(release: Release, record: ReleaseRecord, place: Path) -> None:
    """Raise RequestError if what was read is not the release of this record."""
    if release_record(release).id != record.id:
        raise RequestError(_not_original(record, str(place)))


def _is_original(place: Path, record: ReleaseRecord, desk: Desk) -> bool:
    """Tell whether the files are the record's to the byte; what cannot be opened is not."""
    try:
        files = identify_files(place, desk.file.limits)
    except ReleaseError:
        return False
    return {(one.name, one.sha256) for one in files} == {
        (one.name, one.sha256) for one in record.files
    }


def _not_original(record: ReleaseRecord, place: str) -> Fault:
    return Fault(
        "This is not the release that the draft was made from, or it has been changed since.",
        f"{MEND} If it was corrected on purpose, file the drafts again: newscopy run.",
        file=place,
        expected=f"{_named(record)}: {_files(record)}, as they were",
    )


def _not_found(record: ReleaseRecord, noted: str | None, folder: Path) -> Fault:
    looked = [str(folder)]
    if noted:
        changed = ", changed since" if Path(noted).exists() else ", no longer there"
        looked.insert(0, f"{noted} (where it was read{changed})")
    return Fault(
        "The release that the draft was made from is not to be found.",
        MEND,
        file=" and ".join(looked),
        expected=f"{_named(record)}: {_files(record)}",
    )


def _named(record: ReleaseRecord) -> str:
    """Name a release so that a person knows it: title and date."""
    return f"“{record.title}”, published {record.published or 'on a date nobody gave'}"


def _files(record: ReleaseRecord) -> str:
    first = record.files[0].name if record.files else "no files"
    more = len(record.files) - 1
    return first + (f" and {more} more file{'' if more == 1 else 's'}" if more > 0 else "")
