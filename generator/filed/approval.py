"""An editor's decision on a draft: approve it as it lies there, put it on hold, or spike it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.desk import Desk
from generator.errors import Fault, RequestError
from generator.filed.checkup import Checked, check_output
from generator.filed.choosing import Choice, articles_of, choose, one_folder, unread
from generator.filed.places import find_place
from generator.filed.remeasuring import Measure
from generator.filing import (
    Entry,
    Event,
    Verdict,
    decide,
    person_name,
)
from generator.locations import Location
from generator.model import Level, Problem
from generator.pipeline import PLAIN, Means

_LONGEST_REASON = 500


class HeldError(RequestError):
    """The draft is held, and no reason was given to approve it all the same.

    The first of its faults says so, the others what holds the draft.
    """


@dataclass(frozen=True)
class Weighed:
    """A draft that somebody is about to approve, and what holds it."""

    output: Path
    verdict: Verdict
    """What approving it logs, but for the reason."""
    holds: tuple[Fault, ...]


def approve(
    path: Location,
    who: str,
    desk: Desk,
    home: Path,
    *,
    override: str = "",
    release: Location | None = None,
    means: Means = PLAIN,
) -> Entry:
    """Check a draft as it lies there, and log that it was approved: see `weigh`.

    Raises HeldError where it is held and no reason is given to approve it all the same
    (`override`).
    """
    weighed = weigh(path, who, desk, home, release=release, means=means)
    return approve_weighed(weighed, desk, override=override)


def weigh(
    path: Location,
    who: str,
    desk: Desk,
    home: Path,
    *,
    release: Location | None = None,
    means: Means = PLAIN,
    measure: Measure | None = None,
    with_pieces: bool = False,
) -> Weighed:
    """Check a draft as it lies there, which is about to be approved.

    The path is a draft's folder, of which all articles have to read alike and whose pieces
    are approved with them, or the one article that is to run; its pieces go with that if asked
    (`with_pieces`). Raises RequestError where that is not so, and always where the draft was
    made from a sample.
    """
    name = _name(who)
    choice, faults = choose(path, with_pieces=with_pieces)
    if choice.is_sample:
        raise RequestError(_sample(choice))
    if faults:
        raise RequestError(*faults)
    whole = choice.place.output / choice.folder
    checked = check_output(whole if with_pieces else path, desk, home, release, means, measure)
    if any(one.sample for one in checked if set(one.files) & set(choice.texts)):
        raise RequestError(_sample(choice))
    verdict = Verdict(
        Event.APPROVED,
        choice.folder,
        choice.texts,
        name,
        headline=choice.copies[0].headline,
        problems=tuple(problem for one in _of(checked, choice) for problem in one.problems),
        read_as=choice.row,
        answers=next((one.answers for one in _of(checked, choice) if one.files), ()),
    )
    return Weighed(choice.place.output, verdict, tuple(_holds(checked, choice)))


def approve_weighed(weighed: Weighed, desk: Desk, *, override: str = "") -> Entry:
    """Log that a draft was approved; a reason (`override`) is kept where something holds it.

    Raises HeldError where it is held and there is no reason, FilingError where its texts are
    no longer those that were weighed.
    """
    why = _reason(override, "--override")
    if weighed.holds and not why:
        raise HeldError(_held(weighed.verdict.folder), *weighed.holds)
    verdict = replace(weighed.verdict, reason=why if weighed.holds else "")
    return decide(weighed.output, verdict, desk)


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
    folder = one_folder(place, path)
    articles = articles_of(place, folder)
    try:
        texts = {
            each.name: each.read_bytes()
            for each in articles
            if each.is_file() and not each.is_symlink()
        }
    except OSError as error:
        raise RequestError(unread(articles[0], error)) from error
    return decide(place.output, Verdict(event, folder, texts, name, why), desk)


def _name(who: str) -> str:
    return person_name(who, "--by", "A decision needs the name of who decides.")


def _reason(words: str, key: str) -> str:
    """Put a reason on one line, so that it can be taken for no line of the log.

    What has no letter and no digit gives none.
    """
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
    return reason if any(map(str.isalnum, reason)) else ""


def _of(checked: tuple[Checked, ...], choice: Choice) -> list[Checked]:
    """Return what was found in the text that is meant, or in the draft as a whole."""
    return [one for one in checked if not one.files or set(one.files) & set(choice.texts)]


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


def _held(folder: str) -> Fault:
    return Fault(
        "The draft is held, and so it cannot be approved as it is.",
        "Mend what is listed below; or give a reason to approve it all the same, which the log "
        'keeps: --override "…".',
        file=folder,
    )
