"""The way back: from a filed draft to the release that it was made from."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from generator.desk import Desk, PieceKind
from generator.errors import Fault, ReleaseError, RequestError
from generator.filed.places import Place, find_output
from generator.filing import (
    BUILTIN,
    ReleaseRecord,
    draft_as_markdown,
    look_up,
    piece_of,
    release_record,
)
from generator.locations import Location, as_location, reaching
from generator.model import Draft, Release
from generator.periods import Period
from generator.release import identify_files, is_release
from generator.requests import make_sample

MEND = "Give the folder or file that it was read from: --release PATH."


@dataclass(frozen=True)
class FiledAs:
    """What a filed draft is a draft of; `record` is None where the manifest does not know it."""

    output: Path
    story: str
    period: Period
    area: str
    record: ReleaseRecord | None = None
    article: str = ""
    """The sha256 of its Markdown as it was filed; "" where nobody knows."""
    piece: PieceKind | None = None
    """What of the draft is asked for, where it is not the article or the whole folder."""

    def is_written_alike(self, draft: Draft, release: Release) -> bool:
        """Tell whether a draft written again is, word for word, the one that was filed."""
        again = hashlib.sha256(draft_as_markdown(draft, release).encode()).hexdigest()
        return self.article in ("", again)


def locate_draft(path: Location, desk: Desk) -> FiledAs:
    """Tell what lies at a path: a draft's folder, or a file in one.

    The output's manifest says; where it is lost, the folder's own name does. Raises
    RequestError where the path is of no draft.
    """
    mend = (
        "Give a draft's folder or a file in it, such as output/victim-withdrawal/2020/derbyshire, "
        "or an area, such as derbyshire."
    )
    if not isinstance(path, Path) or not path.exists():
        raise RequestError(Fault("There is no such file or folder.", mend, file=str(path)))
    here = path.resolve()
    place = None
    with suppress(OSError, RequestError):  # a manifest that cannot be read is as one that is lost
        place = find_output(path)
    found = (place and _by_manifest(place)) or _by_name(here, desk)
    if found:
        return found
    raise RequestError(Fault("This is no draft, and lies in none.", mend, file=str(path)))


def _by_manifest(place: Place) -> FiledAs | None:
    row = place.manifest.drafts.get(place.folder)
    if row is None:
        return None
    try:
        period = Period.parse(row.period)
    except ValueError:
        return None
    # A newer draft beside an article, `article.new.md`, is of another release than it.
    asked = place.asked.name if place.asked.name in row.files else "article.md"
    origin = place.origin_of(place.output / place.folder / asked, row)
    record = place.manifest.releases.get(origin)
    piece = piece_of(asked)
    markdown = "article.md" if piece else PurePath(asked).with_suffix(".md").name
    article = row.rendered.get(markdown, "")
    area = place.folder.rpartition("/")[2]
    return FiledAs(place.output, row.story, period, area, record, article, piece)


def _by_name(here: Path, desk: Desk) -> FiledAs | None:
    for folder in (here, *list(here.parents)[:2]):
        if len(folder.parents) < 3:
            break
        story, period, area = folder.parts[-3:]
        known = story in desk.stories and area in {each.id for each in desk.areas}
        if known and folder.is_dir():
            with suppress(ValueError):
                return FiledAs(folder.parents[2], story, Period.parse(period), area)
    return None


@contextmanager
def find_original(
    record: ReleaseRecord, desk: Desk, home: Path, output: Path, asked: Location | None = None
) -> Iterator[Location]:
    """Yield where the release of this record lies, known by the bytes of its files.

    One asked for has to be it. Otherwise it is where the run read it, or under the releases
    in `home`; the built-in sample is written anew, and gone afterwards. What is then read
    has to pass `check_original`.

    Raises RequestError where the release is at none of these places.
    """
    if asked is not None:
        if not _exists(asked):
            raise RequestError(Fault("There is no such file or folder.", MEND, file=str(asked)))
        if not _is_original(asked, record, desk):
            raise RequestError(_not_original(record, str(asked)))
        yield asked
        return
    noted = look_up(output, record.id)
    folder = home / desk.file.releases
    places = [_place_of(noted, home)] if noted else []
    places += sorted(path for path in folder.glob("*") if is_release(path))
    for place in places:
        if _exists(place) and _is_original(place, record, desk):
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
    raise RequestError(_not_found(record, places[0] if noted else None, folder))


def check_original(release: Release, record: ReleaseRecord, place: Location) -> None:
    """Raise RequestError if what was read is not the release of this record."""
    if release_record(release).id != record.id:
        raise RequestError(_not_original(record, str(place)))


def _place_of(noted: str, home: Path) -> Location:
    """Return the place that was noted; one without a root, put there by hand, is below `home`."""
    place = as_location(noted)
    return home / place if isinstance(place, Path) else place


def _exists(place: Location) -> bool:
    with reaching(place):
        return place.exists()


def _is_original(place: Location, record: ReleaseRecord, desk: Desk) -> bool:
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


def _not_found(record: ReleaseRecord, noted: Location | None, folder: Path) -> Fault:
    looked = [str(folder)]
    if noted is not None:
        changed = ", changed since" if _exists(noted) else ", no longer there"
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
