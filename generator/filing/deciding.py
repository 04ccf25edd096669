"""Write an editor's decision on a draft into the log, and show it in its files and the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Answer, Desk
from generator.errors import Fault, FilingError
from generator.filing import log, outputs, texts
from generator.filing.log import Entry, Event
from generator.filing.manifest import Row, count_problems
from generator.filing.names import LEDGER, sha256
from generator.filing.origins import bound_to
from generator.filing.placing import put_in_place
from generator.filing.standing import stand
from generator.filing.telling import without_head
from generator.model import Level, Problem, Status


@dataclass(frozen=True)
class Verdict:
    """What somebody has decided of a draft, and which text they had before them."""

    event: Event
    folder: str
    texts: Mapping[str, bytes]
    """The articles that were read, by name."""
    who: str
    reason: str = ""
    headline: str = ""
    problems: tuple[Problem, ...] | None = None
    """What was found in the texts just now; None where nobody has looked."""
    read_as: Row | None = None
    """What was filed of the draft when they were read; None where nobody has looked."""
    answers: tuple[Answer, ...] = ()
    """What had been answered to doubts about the figures that they were read by."""


def decide(output: Path, verdict: Verdict, desk: Desk) -> Entry:
    """Log a verdict, keep the texts that it is about, and have files and index tell of it.

    Raises FilingError where a text is no longer the one that was read, or was read by other
    figures than the draft has by now.
    """
    with outputs.opened(output) as held:
        if held.manifest is None or verdict.folder not in held.manifest.drafts:
            raise FilingError(_gone(output, verdict.folder))
        for name, data in verdict.texts.items():
            path = output / verdict.folder / name
            if not path.is_file() or path.read_bytes() != data:
                raise FilingError(_changed(path))
        row = held.manifest.drafts[verdict.folder]
        if verdict.read_as is not None and _basis(verdict.read_as) != _basis(row):
            raise FilingError(_filed_anew(output, verdict.folder))
        before = held.decisions.get(verdict.folder)
        read = {name: without_head(name, data, row.says) for name, data in verdict.texts.items()}
        origin, read_by = bound_to(read, row, held.manifest.releases, before)
        entry = Entry(
            at=log.now(),
            who=verdict.who,
            event=verdict.event,
            folder=verdict.folder,
            release=origin,
            texts={name: sha256(data) for name, data in read.items()},
            reason=verdict.reason,
            read_by=read_by,
            answers=verdict.answers,
        )
        texts.keep(held.database, read.values(), whole=True)
        version = (before.number + 1 if before else 1, entry.at)
        decided = stand(output, {verdict.folder: entry}, {verdict.folder: version})
        row = _with(row, verdict, output / verdict.folder)
        put_in_place(held, held.manifest, desk, entry, row, decided[verdict.folder])
    return entry


def _with(row: Row, verdict: Verdict, folder: Path) -> Row:
    """Bring the index's row up to what was found when the draft was decided on."""
    known: dict[str, object] = {
        "approved": tuple(verdict.texts) if verdict.event is Event.APPROVED else (),
        "beside": tuple(name for name in row.beside if (folder / name).exists()),
    }
    if verdict.problems is not None:
        held = any(problem.level is Level.HOLD for problem in verdict.problems)
        fits = Status.READY if row.status is Status.HELD else row.status
        known["status"] = Status.HELD if held else fits
        known["holds_approved"] = held
        known["problems"] = count_problems(verdict.problems)
        known["headline"] = verdict.headline or row.headline
    return row.model_copy(update=known)


def _basis(row: Row) -> tuple[str, str | None]:
    """Return what a draft's copy is judged by: its release, and the ledger of its figures."""
    return row.release, row.files.get(LEDGER)


def _filed_anew(output: Path, folder: str) -> Fault:
    return Fault(
        "The draft was filed anew while its article was being checked: nothing was decided.",
        "Read it again by the new figures, and give the command again.",
        file=str(output / folder),
    )


def _gone(output: Path, folder: str) -> Fault:
    return Fault(
        "The manifest does not know this draft any more: nothing was decided.",
        "File it again: newscopy run.",
        file=str(output / folder),
    )


def _changed(path: Path) -> Fault:
    return Fault(
        "The article was changed while it was being checked: nothing was decided.",
        "Read it again, and give the command again.",
        file=str(path),
    )
