"""An editor's decision on a draft: approve it as it lies there, put it on hold, or spike it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, NewscopyError, RequestError
from generator.filed.checkup import Checked, check_output
from generator.filed.places import Place, find_place, list_folders, list_pieces
from generator.filed.remeasuring import Measure
from generator.filing import (
    READABLE,
    SAMPLE,
    Entry,
    Event,
    Row,
    Verdict,
    bound_to,
    decide,
    is_article,
    is_new_version,
    look_up_decisions,
    person_name,
    piece_of,
    read_copy,
    sha256,
)
from generator.locations import Location
from generator.model import Copy, Level, Problem
from generator.pipeline import PLAIN, Means

_LONGEST_REASON = 500


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


def approve(
    path: Location,
    who: str,
    desk: Desk,
    home: Path,
    *,
    override: str = "",
    release: Location | None = None,
    means: Means = PLAIN,
    measure: Measure | None = None,
    with_pieces: bool = False,
) -> Entry:
    """Check a draft as it lies there, and log that it was approved.

    The path is a draft's folder, of which all articles have to read alike and whose pieces
    are approved with them, or the one article that is to run; its pieces go with that if asked
    (`with_pieces`). Raises RequestError where that is not so, where the draft is held and no
    reason is given to approve it all the same (`override`), and always where it was made from
    a sample.
    """
    name = _name(who)
    choice, faults = _choose(path, with_pieces=with_pieces)
    if choice.is_sample:
        raise RequestError(_sample(choice))
    if faults:
        raise RequestError(*faults)
    whole = choice.place.output / choice.folder
    checked = check_output(whole if with_pieces else path, desk, home, release, means, measure)
    if any(one.sample for one in checked if set(one.files) & set(choice.texts)):
        raise RequestError(_sample(choice))
    holds = _holds(checked, choice)
    why = _reason(override, "--override")
    if holds and not why:
        raise RequestError(_held(choice), *holds)
    reason = why if holds else ""
    verdict = Verdict(
        Event.APPROVED,
        choice.folder,
        choice.texts,
        name,
        reason,
        headline=choice.copies[0].headline,
        problems=tuple(problem for one in _of(checked, choice) for problem in one.problems),
        read_as=choice.row,
    )
    return decide(choice.place.output, verdict, desk)


def spike(path: Location, who: str, desk: Desk, *, reason: str = "") -> Entry:
    """Log that a draft is not to run. Raises RequestError where the path is of no draft."""
    return _withdraw(Event.SPIKED, path, who, desk, reason)


def hold(path: Location, who: str, desk: Desk, *, reason: str = "") -> Entry:
    """Log that a draft is not to run yet, whatever was decided before.

    Raises RequestError where the path is of no draft.
    """
    return _withdraw(Event.ON_HOLD, path, who, desk, reason)


def _withdraw(event: Event, path: Location, who: str, desk: Desk, reason: str) -> Entry:
    """Log that a draft may not be used; nobody has to have read it for that."""
    name, why = _name(who), _reason(reason, "--reason")
    place = find_place(path)
    folder = _one_folder(place, path)
    articles = _articles(place, folder)
    try:
        texts = {
            each.name: each.read_bytes()
            for each in articles
            if each.is_file() and not each.is_symlink()
        }
    except OSError as error:
        raise RequestError(_unread(articles[0], error)) from error
    return decide(place.output, Verdict(event, folder, texts, name, why), desk)


def _name(who: str) -> str:
    return person_name(who, "--by", "A decision needs the name of who decides.")


def _reason(words: str, key: str) -> str:
    """Put a reason on one line, so that it can be taken for no line of the log."""
    reason = " ".join(words.split())
    if len(reason) > _LONGEST_REASON or not reason.isprintable():
        raise RequestError(
            Fault(
                "The reason is too long, or has characters that cannot be shown.",
                f'Give it in a sentence: {key} "…".',
                key=key,
                found=f"{len(reason)} characters",
                expected=f"at most {_LONGEST_REASON}, all of which can be printed",
            )
        )
    return reason


def _choose(path: Location, *, with_pieces: bool) -> tuple[Choice, list[Fault]]:
    """Find the article or articles that are meant, read them once, and say what is amiss."""
    place = find_place(path)
    folder = _one_folder(place, path)
    articles = _articles(place, folder)
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
        except OSError as error:
            faults.append(_unread(article, error))
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


def _link(article: Path) -> Fault:
    return Fault(
        "This is a link to another file: nobody can tell what is meant.",
        "Put a file in its place.",
        file=str(article),
    )


def _unread(article: Path, error: OSError) -> Fault:
    return Fault(
        f"The article cannot be read: {error.strerror or error}.",
        "Get the right to read it, or put a file there that may be read.",
        file=str(error.filename or article),
    )


def _one_folder(place: Place, path: Location) -> str:
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


def _articles(place: Place, folder: str) -> list[Path]:
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


def _of(checked: tuple[Checked, ...], choice: Choice) -> list[Checked]:
    """Return what was found in the text that is meant, or in the draft as a whole."""
    return [one for one in checked if not one.files or set(one.files) & set(choice.texts)]


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


def _holds(checked: tuple[Checked, ...], choice: Choice) -> list[Fault]:
    """Return whatever holds the text or the draft as a whole, but not other files of it."""
    return [
        _fault(problem, one.files, choice.folder)
        for one in _of(checked, choice)
        for problem in one.problems
        if problem.level is Level.HOLD
    ]


def _sample(choice: Choice) -> Fault:
    return Fault(
        "The draft was made from a sample, whose counts are invented: it is never approved.",
        "Run newscopy over a published release, and approve that draft.",
        file=choice.folder,
    )


def _fault(problem: Problem, files: tuple[str, ...], folder: str) -> Fault:
    return Fault(
        problem.what,
        problem.mend,
        file="/".join([folder, *files[:1]]),
        key=problem.where,
    )


def _held(choice: Choice) -> Fault:
    return Fault(
        "The draft is held, and so it cannot be approved as it is.",
        "Mend what is listed below; or give a reason to approve it all the same, which the log "
        'keeps: --override "…", or on the page the head of the desk\'s Reason.',
        file=choice.folder,
    )
