"""What lies in an output folder, and which of it a path asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.desk import Desk, Edition, as_edition
from generator.errors import Fault, RequestError
from generator.filing import (
    DRAFT_DEPTH,
    MANIFEST,
    READABLE,
    Manifest,
    Row,
    at_hand,
    is_output,
    origin_of,
    piece_of,
    put_right,
    read_manifest,
)
from generator.locations import Location, is_stored, reaching

if TYPE_CHECKING:
    from upath import UPath

_DEEPEST = 4
"""Folders from a filed article up to its output folder, with some to spare."""


@dataclass(frozen=True)
class Place:
    """What is to be looked over: an output folder, its manifest, and what in it."""

    output: Path
    manifest: Manifest
    asked: Path

    def origin_of(self, article: Path, row: Row) -> str:
        """Return the id of the release that an article of a draft was made from."""
        data = article.read_bytes() if article.is_file() else None
        return origin_of(article.name, data, row, self.manifest.releases)

    @property
    def folder(self) -> str:
        """The draft's folder that is asked for, or that what is asked for is in; else ""."""
        parts = self.asked.relative_to(self.output).parts
        return "/".join(parts[:DRAFT_DEPTH]) if len(parts) >= DRAFT_DEPTH else ""


def find_output(path: Location) -> Place | None:
    """Find the output folder that a path is or is in, None where it is in none.

    One in a store has to be `brought` here before. What a run that was killed had begun there
    is finished first. Raises RequestError where the folder's manifest is damaged, or a link
    leads to what is asked for in it.
    """
    if is_stored(path):
        return None
    here = path.resolve()
    for folder in [here, *list(here.parents)[:_DEEPEST]]:
        put_right(folder)
        try:
            manifest = read_manifest(folder) if folder.is_dir() else None
        except ValueError as error:
            raise RequestError(
                Fault(
                    f"{error}: nobody can tell what the drafts were made from.",
                    "Run newscopy run into the folder: it files the drafts again and leaves what "
                    "an editor has changed.",
                    file=str(folder / MANIFEST),
                )
            ) from error
        if manifest is not None:
            _refuse_links(path, here, folder)
            return Place(folder, manifest, here) if here.exists() else None
    return None


def _refuse_links(path: Location, here: Path, output: Path) -> None:
    """Raise RequestError where a link within an output would have another draft decided on."""
    for link in (path, *path.parents):
        if link.is_symlink() and output in link.resolve().parents:
            raise RequestError(
                Fault(
                    "This is a link to something else in the output: nobody can tell which of the "
                    "two is meant.",
                    "Name what is meant by its own path.",
                    file=str(link),
                    found=f"a link to {here}",
                )
            )


def find_place(path: Location) -> Place:
    """Find the output folder that a path is or is in.

    Raises RequestError where there is none, or its manifest is damaged.
    """
    place = find_output(path)
    if place is not None:
        return place
    with reaching(path):
        raise RequestError(_no_output(str(path), is_there=path.exists()))


def _no_output(path: str, *, is_there: bool) -> Fault:
    return Fault(
        "This is no output folder, and not in one."
        if is_there
        else "There is no such file or folder.",
        "Give the folder that newscopy run filed into, or a draft's folder or file in it.",
        file=path,
        expected=f"a folder with a {MANIFEST}",
    )


def desk_of(path: Location, desk: Desk, *, withdrawing: bool = False) -> Desk:
    """Return the desk as it is for the title whose output folder a path is or is in.

    Raises RequestError where the desk has no such edition any more, unless what is there is
    to be withdrawn: for that the edition's name is enough.
    """
    place = find_output(path)
    return desk if place is None else as_filed(place, desk, withdrawing=withdrawing)


def as_filed(place: Place, desk: Desk, *, withdrawing: bool = False) -> Desk:
    """Return the desk as it is for the title whose output folder a place is or is in.

    Raises RequestError as `desk_of` does.
    """
    edition = place.manifest.edition
    if not edition:
        return desk
    if edition in desk.editions:
        return as_edition(desk, edition)
    if withdrawing:
        return replace(desk, edition=Edition(id=edition, title=desk.file.name))
    raise RequestError(
        Fault(
            f"What lies here is the copy of the edition {edition}, which the desk does not have.",
            f"Put config/editions/{edition}.yml back, to check, approve or correct it; to take "
            "it down, newscopy spike does without.",
            file=str(place.output),
            found=edition,
            expected=" or ".join(desk.editions) or "an edition in config/editions",
        )
    )


@contextmanager
def brought(path: Location, *, changing: bool = False) -> Iterator[Location]:
    """Yield a path in an output folder as one on this machine, and any other as it is.

    Of an output folder in a store it is in a copy; what is `changing` in that is brought back.
    """
    output = _stored_output(path) if is_stored(path) else None
    if output is None:
        yield path
        return
    with at_hand(output, changing=changing) as copy:
        yield copy / str(path).removeprefix(str(output)).strip("/")


def _stored_output(path: UPath) -> UPath | None:
    """Return the output folder that a path in a store is or is in; None where it is in none."""
    with reaching(path):
        folders = [path, *list(path.parents)[:_DEEPEST]]
        return next(filter(is_output, folders), None)


def list_folders(place: Place) -> list[str]:
    """Return the folders of the drafts that are asked for, in the order of their names.

    Raises RequestError where the path holds none, or is a file that is no article.
    """
    folders = sorted({folder for folder in _on_disk(place) if _is_asked(folder, place)})
    if not folders or not (place.asked.is_dir() or _is_article(place.asked)):
        raise RequestError(_no_article(place.asked))
    return folders


def _on_disk(place: Place) -> Iterator[str]:
    """Yield the folder of every draft that the manifest has, or that has an article in it."""
    listed = {folder for folder in place.manifest.drafts if (place.output / folder).is_dir()}
    on_disk = {
        path.parent.relative_to(place.output).as_posix()
        for path in place.output.glob("*/*/*/article*")
        if path.suffix in READABLE
    }
    yield from listed | on_disk


def _is_article(path: Path) -> bool:
    named = path.name.startswith("article") or piece_of(path.name) is not None
    return path.suffix in READABLE and named


def _no_article(path: Path) -> Fault:
    endings = " or ".join(f"article{ending}" for ending in READABLE)
    return Fault(
        "There is nothing here that can be checked.",
        f"Give an output folder, a draft's folder in it, or an article: {endings}.",
        file=str(path),
        expected="an article that newscopy filed, edited or not",
    )


def _is_asked(folder: str, place: Place) -> bool:
    whole = place.output / folder
    return place.asked in (whole, *whole.parents) or whole in place.asked.parents


def list_articles(folder: str, place: Place) -> list[Path]:
    """Return the articles of a draft's folder that are asked for."""
    return [
        path
        for path in sorted((place.output / folder).glob("article*"))
        if path.suffix in READABLE and (place.asked.is_dir() or path == place.asked)
    ]


def list_copies(folder: str, place: Place) -> list[Path]:
    """Return all in a draft's folder that has words which may run, of what is asked for."""
    return [*list_articles(folder, place), *list_pieces(folder, place)]


def list_pieces(folder: str, place: Place) -> list[Path]:
    """Return what stands beside the articles of a draft's folder, of what is asked for."""
    return [
        path
        for path in sorted((place.output / folder).glob("*.txt"))
        if piece_of(path.name) and (place.asked.is_dir() or path == place.asked)
    ]
