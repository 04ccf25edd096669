"""Read release.yml: when a release was published, by whom, and under what licence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from generator.desk import Dataset
from generator.desk.forms import Config, Day, Moment, Words
from generator.desk.located import read_yaml
from generator.desk.wording import config_fault
from generator.errors import DeskError, Fault, ReleaseError, did_you_mean
from generator.locations import on_disk
from generator.model import Release, SourceFile
from generator.release.folder import Found

UNDATED = (
    "No release.yml: the publication date is not known, so copy says “in 2020” and not "
    "“last year”, and whether quotes are fresh cannot be told."
)


class Particulars(Config):
    """`release.yml`: what the files of a release do not say of themselves."""

    published: Day
    title: str = ""
    publisher: str = ""
    source: str = ""
    licence: str = ""
    embargo: Moment | None = None
    provisional: bool = False
    sample: bool = False
    sheets: Mapping[Words, tuple[Words, ...]] = {}
    """By workbook, the sheets to read of it, where more than the usual might be meant."""
    whole: tuple[Words, ...] = ()
    """Files that hold all that they should, although they look cut short."""


def read_particulars(found: Sequence[Found]) -> Particulars | None:
    """Read the release.yml of a release, None where there is none.

    Raises ReleaseError where it has faults, or where two do not say the same.
    """
    read: dict[str, Particulars] = {}
    for one in found:
        try:
            with on_disk(one.path) as copy:
                tree = read_yaml(copy, one.name)
        except DeskError as error:
            raise ReleaseError(*error.faults) from error
        try:
            read[one.name] = Particulars.model_validate(tree.value)
        except ValidationError as error:
            raise ReleaseError(
                *(config_fault(detail, Particulars, tree) for detail in error.errors())
            ) from error
    if any(one != other for one in read.values() for other in read.values()):
        raise ReleaseError(
            Fault(
                "There are several release.yml files, and they differ.",
                "Keep the one that is about this release.",
                file=" and ".join(read),
            )
        )
    return next(iter(read.values()), None)


def unknown_files(particulars: Particulars | None, names: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for each file that release.yml speaks of and that is not there."""
    if particulars is None:
        return
    for key, files in (("sheets", particulars.sheets), ("whole", particulars.whole)):
        for name in files:
            if name not in names:
                yield Fault(
                    "release.yml speaks of a file that the release does not have.",
                    did_you_mean(name, names) or "Name it as it is called in messages.",
                    file="release.yml",
                    key=key,
                    found=f"“{name}”",
                    expected="one of " + ", ".join(names),
                )


def describe_release(
    particulars: Particulars | None,
    dataset: Dataset,
    files: Sequence[SourceFile],
    assumed: Sequence[str],
    accounted: Sequence[str] = (),
) -> Release:
    """Put a release together; what release.yml leaves out is the dataset's."""
    given = particulars
    notes = list(assumed)
    if given is None:
        notes.insert(0, UNDATED)
    return Release(
        dataset=dataset.id,
        title=given.title if given and given.title else dataset.title,
        publisher=given.publisher if given and given.publisher else dataset.publisher,
        source=given.source if given and given.source else dataset.source,
        licence=given.licence if given and given.licence else dataset.licence,
        published=given.published if given else None,
        files=tuple(files),
        embargo=given.embargo if given else None,
        provisional=given.provisional if given else False,
        sample=given.sample if given else False,
        assumed=tuple(notes),
        accounted=tuple(accounted),
    )
