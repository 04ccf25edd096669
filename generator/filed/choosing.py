"""Which text of a draft a decision is about: its articles, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import Fault, NewscopyError, RequestError
from generator.filed.places import Place, find_place, list_folders, list_pieces
from generator.filing import (
    READABLE,
    SAMPLE,
    Row,
    bound_to,
    copy_from,
    is_article,
    is_new_version,
    look_up_decisions,
    piece_of,
    read_copy,
    sha256,
    without_head,
)
from generator.locations import Location
from generator.model import Copy


@dataclass(frozen=True)
class Choice:
    """The text of a draft that a decision is about."""

    place: Place
    folder: str
    texts: Mapping[str, bytes]
    """By name, the articles first: all of these read alike. With the folder go its pieces."""
    copies: tuple[Copy, ...]

    @property
    def is_sample(self) -> bool:
        """True where anything says that the counts are invented, or may be."""
        releases = self.place.manifest.releases
        before = look_up_decisions(self.place.output).get(self.folder)
        bound = bound_to(self.texts, self.row, releases, before) if self.texts else ()
        marked = any(SAMPLE in copy.banners for copy in self.copies)
        return marked or any(releases[name].sample for name in bound if name in releases)

    @property
    def row(self) -> Row:
        """What was filed of the draft when the text was read."""
        return self.place.manifest.drafts[self.folder]


def choose(path: Location, *, with_pieces: bool) -> tuple[Choice, list[Fault]]:
    """Find the article or articles that are meant, read them once, and say what is amiss."""
    place = find_place(path)
    folder = one_folder(place, path)
    articles = articles_of(place, folder)
    faults: list[Fault] = []
    alike: dict[Copy, list[str]] = {}
    copies: list[Copy] = []
    texts: dict[str, bytes] = {}
    for article in [*articles, *_pieces(place, folder, always=with_pieces)]:
        if article.is_symlink():
            faults.append(_link(article))
            continue
        try:
            copy = read_copy(article, article.name)
            texts[article.name] = article.read_bytes()
            if copy.piece is None:
                # Each form has its own way with the warnings above the copy.
                alike.setdefault(replace(copy, banners=()), []).append(article.name)
            copies.append(copy)
            faults += _still_said(article, copy, texts[article.name], place.manifest.drafts[folder])
        except OSError as error:
            faults.append(unread(article, error))
        except NewscopyError as error:
            faults += error.faults
    if len(alike) > 1:
        filed = place.manifest.drafts[folder].files
        edited = [name for name in texts if sha256(texts[name]) != filed.get(name)]
        first = next(filter(is_article, edited), next(iter(texts)))
        faults.append(
            Fault(
                "The articles of the draft do not read alike: nobody can tell which is to run.",
                f"Name the one: newscopy approve {place.output / folder / first}.",
                file=folder,
                found="; ".join(" and ".join(names) for names in alike.values()),
            )
        )
    return Choice(place, folder, texts, tuple(copies)), faults


def _still_said(article: Path, copy: Copy, data: bytes, row: Row) -> Iterator[Fault]:
    """Yield what a file says above its words of where the draft stands, if that would stay.

    What newscopy has put there goes by itself; but not what somebody has made of it.
    """
    bare = without_head(article.name, data, row.says)
    if copy.standing and copy_from(bare, article.name).standing:
        yield Fault(
            "Above the words it says that they may not be used, and not as newscopy wrote that: "
            "it would say so still.",
            "Take that out, or put it back as it was: an approval takes it off.",
            file=str(article),
            found=copy.standing[0],
        )


def _link(article: Path) -> Fault:
    return Fault(
        "This is a link to another file: nobody can tell what is meant.",
        "Put a file in its place.",
        file=str(article),
    )


def unread(article: Path, error: OSError) -> Fault:
    """Return the fault of an article that the system does not let us read."""
    return Fault(
        f"The article cannot be read: {error.strerror or error}.",
        "Get the right to read it, or put a file there that may be read.",
        file=str(error.filename or article),
    )


def one_folder(place: Place, path: Location) -> str:
    """Return the folder of the one draft that a path is of.

    Raises RequestError where it is of several, or of one that the manifest does not know.
    """
    folders = list_folders(place)
    if len(folders) == 1 and folders[0] in place.manifest.drafts:
        return folders[0]
    raise RequestError(
        Fault(
            "A decision is on one draft."
            if len(folders) > 1
            else "The manifest does not know this draft: nobody can tell what it was made from.",
            "Give a draft's folder, or an article in it."
            if len(folders) > 1
            else "File it again: newscopy run.",
            file=str(path),
            found=f"{len(folders)} drafts" if len(folders) > 1 else "",
            expected="such as victim-withdrawal/2020/derbyshire" if len(folders) > 1 else "",
        )
    )


def articles_of(place: Place, folder: str) -> list[Path]:
    """Return the articles that are asked for, but no newer draft that lies beside one."""
    if place.asked != place.output / folder:
        name = place.asked.name
        if not is_article(name) or name not in place.manifest.drafts[folder].files:
            raise RequestError(_not_the_article(folder, name))
        if is_new_version(name):
            raise RequestError(_not_the_article(folder, name))
        return [place.asked]
    found = [
        article
        for article in sorted((place.output / folder).iterdir())
        if is_article(article.name)
        and article.suffix in READABLE
        and article.name in place.manifest.drafts[folder].files
        and not is_new_version(article.name)
    ]
    if not found:
        raise RequestError(
            Fault(
                "There is no article in the draft's folder.",
                "File it again: newscopy run --restore.",
                file=folder,
            )
        )
    return found


def _pieces(place: Place, folder: str, *, always: bool) -> list[Path]:
    """Return what goes with the articles of a whole folder, but nothing that lies beside that.

    Or with the one article that is meant, if it is asked for (`always`).
    """
    whole = replace(place, asked=place.output / folder)
    if not always and place.asked != whole.asked:
        return []
    filed = place.manifest.drafts[folder].files
    return [
        piece
        for piece in list_pieces(folder, whole)
        if piece.name in filed and not is_new_version(piece.name)
    ]


def _not_the_article(folder: str, name: str) -> Fault:
    if piece_of(name) and not is_new_version(name):
        return Fault(
            "What stands beside the article is approved with it.",
            f"Approve the whole draft: newscopy approve {folder}.",
            file=f"{folder}/{name}",
        )
    return Fault(
        "This is a newer draft that lies beside the article."
        if is_new_version(name)
        else "This is a file of an editor's own, and not the draft's article.",
        "Put it in the article's place, or take over what you need from it, and approve the "
        "article.",
        file=f"{folder}/{name}",
        expected=f"an article that newscopy filed: article{' or article'.join(READABLE)}",
    )
