"""manifest.json: what was filed, from what, so that an editor's work can be told from ours."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from generator.desk import Desk
from generator.filing.encoded import as_json
from generator.filing.names import MANIFEST, is_article, is_inside
from generator.model import Level, Problem, Release, SourceFile, Status
from generator.periods import Period
from generator.versions import version_of

if TYPE_CHECKING:
    from generator.filing.made import Made

_SHAPING = (
    *("feedgen", "jinja2", "lxml", "matplotlib", "num2words", "pandas", "pillow", "python-docx"),
)
"""Libraries whose version can change what is filed."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class FileRecord(_Record):
    """A published file."""

    name: str
    sha256: str


def _day(text: str | None) -> str | None:
    if text is not None:
        datetime.date.fromisoformat(text)
    return text


def _moment(text: str | None) -> str | None:
    if text is not None:
        datetime.datetime.fromisoformat(text)
    return text


def _period(text: str) -> str:
    Period.parse(text)
    return text


def _folder(path: str) -> str:
    _, period, _ = path.split("/")
    Period.parse(period)
    if not is_inside(path):
        raise ValueError("a draft has to lie in the output folder")
    return path


def _name(name: str) -> str:
    if not is_inside(name) or "/" in name:
        raise ValueError("a draft's file has to lie in its folder")
    return name


FileName = Annotated[str, AfterValidator(_name)]
"""The name of a file in a draft's folder."""


class ReleaseRecord(_Record):
    """A release that drafts were made from."""

    id: str
    dataset: str
    title: str
    publisher: str
    source: str
    licence: str
    published: Annotated[str | None, AfterValidator(_day)]
    embargo: Annotated[str | None, AfterValidator(_moment)]
    embargo_zone: str = ""
    """The zone that the embargo was given in, where it has a name: an offset is not all of it."""
    provisional: bool
    sample: bool
    files: tuple[FileRecord, ...]

    def as_release(self) -> Release:
        """Return the release as far as it is recorded, to be named in copy."""
        return Release(
            dataset=self.dataset,
            title=self.title,
            publisher=self.publisher,
            source=self.source,
            licence=self.licence,
            published=datetime.date.fromisoformat(self.published) if self.published else None,
            files=tuple(SourceFile(file.name, file.sha256) for file in self.files),
            embargo=_in_zone(self.embargo, self.embargo_zone) if self.embargo else None,
            provisional=self.provisional,
            sample=self.sample,
        )


def _in_zone(moment: str, zone: str) -> datetime.datetime:
    """Return a moment as it was given; a zone that this machine knows nothing of is an offset."""
    parsed = datetime.datetime.fromisoformat(moment)
    with suppress(KeyError, ValueError):
        return parsed.astimezone(ZoneInfo(zone)) if zone else parsed
    return parsed


class Counts(_Record):
    """How many problems of each level."""

    hold: int
    warn: int
    note: int


class Row(_Record):
    """A draft as it lay there after the last run; headline and status are an editor's version's."""

    headline: str
    area: str
    region: str
    story: str
    period: Annotated[str, AfterValidator(_period)]
    score: int
    status: Status
    problems: Counts
    sample: bool
    release: str
    files: Mapping[FileName, str]
    """sha256 of each file as it was filed: of an edited one, what the edits were made to."""
    says: tuple[str, ...] = ()
    """What the files say above their words of where the draft stands."""
    under: Mapping[str, str] = {}
    """sha256 of each file that says so as it is without, by what it has in `files`."""
    edited: tuple[FileName, ...] = ()
    """Files that an editor had changed since."""
    beside: tuple[FileName, ...] = ()
    """New versions that lie beside files that are an editor's."""
    deleted: tuple[FileName, ...] = ()
    """Articles that an editor had deleted."""
    made_from: Mapping[str, str] = {}
    """The release of each file that is still from an earlier one."""
    approved: tuple[FileName, ...] = ()
    """Articles that an editor had approved, in case that the log is lost."""
    holds_approved: bool | None = None
    """Whether what was approved was held when the draft was last filed or decided on, whatever
    lay there by then; None where nothing was, or an older newscopy wrote it."""
    item_status: str = ""
    """What feeds were told of it last; "" where nobody has decided on it, or it is not known."""

    @property
    def rendered(self) -> dict[str, str]:
        """The sha256 of each file as it was written, whatever it says by now above its words."""
        return {name: self.under.get(sha, sha) for name, sha in self.files.items()}

    @property
    def origins(self) -> set[str]:
        """The releases that something of the draft was made from."""
        return {self.release, *self.made_from.values()}

    @property
    def is_deleted(self) -> bool:
        """True where no article is left of the draft."""
        return bool(self.deleted) and set(self.deleted) >= set(filter(is_article, self.files))

    @property
    def leading(self) -> str:
        """The article that speaks for the draft while nobody has decided on it."""
        return next(filter(is_article, self.edited), "article.md")

    def seen_in(self, folder: Path) -> Row:
        """Return it with the articles that are gone from its folder now."""
        gone = tuple(n for n in self.files if is_article(n) and not (folder / n).exists())
        return self.model_copy(update={"deleted": gone})

    def release_of(self, name: str) -> str:
        """Return the id of the release that a file of the draft was made from."""
        return self.made_from.get(name, self.release)


class Manifest(_Record):
    """The whole of manifest.json."""

    format: Literal[1] = 1
    newscopy: str
    libraries: Mapping[str, str]
    edition: str = ""
    """The id of the title whose copy this is; "" for the desk's own."""
    release: ReleaseRecord
    earlier_releases: Mapping[str, ReleaseRecord] = {}
    """Releases that drafts of earlier runs were made from, by id."""
    desk: Mapping[str, str]
    """sha256 of each config and template file."""
    drafts: Mapping[Annotated[str, AfterValidator(_folder)], Row]
    """By folder."""

    @property
    def releases(self) -> dict[str, ReleaseRecord]:
        """Every release that a draft was made from, by id."""
        return {**self.earlier_releases, self.release.id: self.release}


def ranked(drafts: Mapping[str, Row]) -> list[tuple[str, Row]]:
    """Return the drafts that no editor has deleted, the most newsworthy first."""
    there = [(folder, row) for folder, row in drafts.items() if not row.is_deleted]
    return sorted(there, key=lambda item: (-item[1].score, item[0]))


def row(made: Made, release: ReleaseRecord) -> Row:
    """Describe a draft, before it is known what its files are."""
    return Row(
        headline=made.headline,
        area=made.area,
        region=made.region,
        story=made.story,
        period=made.period,
        score=made.score,
        status=made.status,
        problems=count_problems(made.problems),
        sample=release.sample,
        release=release.id,
        files={},
    )


def count_problems(problems: Iterable[Problem]) -> Counts:
    """Count the problems of each level."""
    levels = [problem.level for problem in problems]
    return Counts(
        hold=levels.count(Level.HOLD),
        warn=levels.count(Level.WARN),
        note=levels.count(Level.NOTE),
    )


def release_record(release: Release) -> ReleaseRecord:
    """Describe a release; its id is known from its files alone."""
    files = "\n".join(sorted(f"{file.sha256} {file.name}" for file in release.files))
    return ReleaseRecord(
        id=hashlib.sha256(f"{release.title}\n{files}".encode()).hexdigest()[:12],
        dataset=release.dataset,
        title=release.title,
        publisher=release.publisher,
        source=release.source,
        licence=release.licence,
        published=release.published.isoformat() if release.published else None,
        embargo=release.embargo.isoformat() if release.embargo else None,
        embargo_zone=getattr(release.embargo and release.embargo.tzinfo, "key", ""),
        provisional=release.provisional,
        sample=release.sample,
        files=tuple(FileRecord(name=file.name, sha256=file.sha256) for file in release.files),
    )


def manifest(
    release: ReleaseRecord,
    desk: Desk,
    drafts: Mapping[str, Row],
    old: Manifest | None,
    decided: Collection[str] = (),
) -> Manifest:
    """Put the manifest together; `drafts` are this run's and those kept from earlier ones.

    Every release is kept that a file was made from, or (`decided`) a decision was about.
    """
    known = old.releases if old else {}
    needed = {name for row in drafts.values() for name in (row.release, *row.made_from.values())}
    needed = (needed | set(decided)) - {release.id}
    return Manifest(
        newscopy=version_of("newscopy"),
        libraries={name: version_of(name) for name in _SHAPING},
        edition=desk.edition.id if desk.edition else "",
        release=release,
        earlier_releases={name: known[name] for name in sorted(needed & set(known))},
        desk=dict(sorted(desk.hashes.items())),
        drafts=dict(sorted(drafts.items())),
    )


def encoded(record: Manifest) -> bytes:
    """Return the bytes of manifest.json."""
    return as_json(record.model_dump(mode="json"))


def read(path: Path) -> Manifest | None:
    """Read a manifest; None where there is none. Raises ValueError where it is damaged."""
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise ValueError(f"{path.name} is damaged") from error


def read_manifest(output: Path) -> Manifest | None:
    """Read an output folder's manifest; None where there is none. Raises ValueError if damaged."""
    return read(output / MANIFEST)
