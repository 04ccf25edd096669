"""What an editor types: read again, saved as a version, merged with another's."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from generator.errors import Fault, RequestError
from generator.filing import (
    SavedMeanwhileError,
    Saving,
    copy_from,
    is_article,
    merge,
    recall_text,
    save,
)
from generator.model import Copy, Passage, Problem
from generator.review.drafts import Filed, NotThereError, no_file, saved_as
from generator.review.knowledge import Known, Unknown
from generator.review.marking import Marked
from generator.review.typed import Typed, as_copy, as_file


def read_typed(draft: Filed, typed: Typed, patience: float) -> tuple[Copy, Marked | Unknown]:
    """Return what was typed as copy, and what the second reader makes of it, or why nothing.

    Raises NotThereError where it is no text of the draft, RequestError where it has no words.
    """
    copy = _as_copy(draft, typed)
    known = draft.known(patience)
    marked = draft.mark(_began(draft, typed), copy, known)
    return copy, marked if marked is not None else cast(Unknown, known)


def save_typed(draft: Filed, typed: Typed, who: str) -> None:
    """Save what was typed as a version of its file.

    The draft is held if anything holds it or the texts beside it. What is sent twice is saved
    once. Raises NotThereError where it is no text of the draft, RequestError where it has no
    words, SavedMeanwhileError where somebody has saved it since, FilingError where it cannot
    be written, CopyError where it could not be read again.
    """
    if typed.takes_over and _is_saved(draft, typed):
        return
    copy = _as_copy(draft, typed)
    known = draft.known()
    problems = draft.problems(_began(draft, typed), copy, known)
    data = _as_file(draft, typed, copy, problems)
    copy_from(data, typed.name)  # what nobody could read again is refused
    site = draft.site
    with site.changing:  # what stands beside it may have been saved just now
        now = site.draft(draft.folder)
        beside = now.judged(known, but=typed.name) if isinstance(known, Known) else ()
        found = [*problems, *(problem for _, each in beside for problem in each)]
        saving = Saving(
            folder=draft.folder,
            name=typed.name,
            data=data,
            began_from=typed.began_from,
            who=who,
            takes_over=typed.takes_over,
            headline=copy.headline if is_article(typed.name) else "",
            problems=tuple(dict.fromkeys(found)),
        )
        try:
            save(site.output, saving, site.desk)
        except SavedMeanwhileError as error:
            if error.theirs != data:
                raise


def merge_typed(draft: Filed, typed: Typed, theirs: bytes) -> Copy | None:
    """Return what was typed and what somebody else has saved in one; None if not certain."""
    base = recall_text(draft.site.output, typed.began_from) if typed.began_from else None
    if base is None:
        return None
    copy = _as_copy(draft, typed)
    problems = draft.problems(_began(draft, typed), copy, draft.known())
    mine = _as_file(draft, typed, copy, problems)
    merged = merge(typed.name, base, mine, theirs)
    return copy_from(merged, typed.name) if merged is not None else None


def _as_copy(draft: Filed, typed: Typed) -> Copy:
    """Return what was typed with the foot of its file, and the warnings that it will have."""
    at = _began(draft, typed)
    before, _ = draft.read_or_recall(at)
    copy = as_copy(typed, before)
    if not copy.passages or (copy.is_headed and not copy.headline):
        raise RequestError(_no_words(draft.folder))
    if ragged := next(filter(_is_ragged, copy.passages), None):
        raise RequestError(_ragged(draft.folder, ragged))
    warnings = tuple(banner.text for banner in draft.banners(at, ()))
    return replace(copy, banners=warnings)


def _is_saved(draft: Filed, typed: Typed) -> bool:
    """Tell whether the new version is gone because this very text has taken it over."""
    if typed.takes_over in draft.newer.values() or typed.name not in draft.texts:
        return False
    there = draft.read(typed.name)
    return as_copy(typed, there) == there


def _began(draft: Filed, typed: Typed) -> str:
    """Return the file whose words the editor began from: a new version, or what is there.

    Raises RequestError where the new version is gone, NotThereError where it is no text.
    """
    if typed.takes_over:
        names = [name for name, sha in draft.newer.items() if sha == typed.takes_over]
        if not names:
            raise RequestError(_newer_is_gone(draft.folder))
        (at, *_) = names
    else:
        at = draft.leading if is_article(typed.name) else typed.name
    if at not in (*draft.texts, *draft.newer) or typed.name != saved_as(at):
        raise NotThereError(no_file(f"{draft.folder}/{typed.name}"))
    return at


def _as_file(draft: Filed, typed: Typed, copy: Copy, problems: tuple[Problem, ...]) -> bytes:
    return as_file(typed.name, copy, draft.banners(_began(draft, typed), problems))


def _is_ragged(passage: Passage) -> bool:
    """Tell whether a table has rows that are longer than others."""
    return len(set(map(len, passage.rows))) > 1


def _ragged(folder: str, table: Passage) -> Fault:
    header, *rows = table.rows
    other = next(row for row in rows if len(row) != len(header))
    return Fault(
        "A row of the table has more cells than its header, or fewer.",
        "Write as many cells as there are columns, with | before, between and after them.",
        file=folder,
        found=f"{len(other)} cells: {' | '.join(other)}",
        expected=f"{len(header)} cells: {' | '.join(header)}",
    )


def _newer_is_gone(folder: str) -> Fault:
    return Fault(
        "The new draft that you began from lies there no longer: nothing was saved.",
        "Copy what you typed, open the draft again, and put it there.",
        file=folder,
    )


def _no_words(folder: str) -> Fault:
    return Fault(
        "There are no words in it, or no headline.",
        "Write some. What is not to run is spiked.",
        file=folder,
    )
