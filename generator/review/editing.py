"""What an editor types: read again, saved as a version, merged with another's."""

from __future__ import annotations

from generator.filing import (
    SavedMeanwhileError,
    Saving,
    copy_from,
    is_article,
    merge,
    recall_text,
    save,
)
from generator.model import Copy, Problem
from generator.review.drafts import Filed, NotThereError, no_file, saved_as
from generator.review.knowledge import Known
from generator.review.marking import Marked
from generator.review.typed import Typed, as_copy, as_file


def read_typed(draft: Filed, typed: Typed) -> tuple[Copy, Marked | None]:
    """Return what was typed as copy, and what the second reader makes of it.

    Raises NotThereError where it is no text of the draft.
    """
    copy = _as_copy(draft, typed)
    return copy, draft.mark(copy, draft.known())


def save_typed(draft: Filed, typed: Typed, who: str) -> None:
    """Save what was typed as a version of its file.

    The draft is held if anything holds it or the texts beside it. What is sent twice is saved
    once. Raises NotThereError where
    it is no text of the draft, SavedMeanwhileError where somebody has saved it since,
    FilingError where it cannot be written.
    """
    copy = _as_copy(draft, typed)
    known = draft.known()
    problems = draft.problems(copy, known)
    beside = draft.judged(known, but=typed.name) if isinstance(known, Known) else ()
    found = [*problems, *(problem for _, each in beside for problem in each)]
    saving = Saving(
        folder=draft.folder,
        name=typed.name,
        data=_as_file(draft, typed, copy, problems),
        began_from=typed.began_from,
        who=who,
        headline=copy.headline if is_article(typed.name) else "",
        problems=tuple(dict.fromkeys(found)),
    )
    with draft.site.changing:
        try:
            save(draft.site.output, saving, draft.site.desk)
        except SavedMeanwhileError as error:
            if error.theirs != saving.data:
                raise


def merge_typed(draft: Filed, typed: Typed, theirs: bytes) -> Copy | None:
    """Return what was typed and what somebody else has saved in one; None if not certain."""
    base = recall_text(draft.site.output, typed.began_from) if typed.began_from else None
    if base is None:
        return None
    copy = _as_copy(draft, typed)
    mine = _as_file(draft, typed, copy, draft.problems(copy, draft.known()))
    merged = merge(typed.name, base, mine, theirs)
    return copy_from(merged, typed.name) if merged is not None else None


def _as_copy(draft: Filed, typed: Typed) -> Copy:
    at = draft.leading if is_article(typed.name) else typed.name
    if at not in draft.texts or typed.name != saved_as(at):
        raise NotThereError(no_file(f"{draft.folder}/{typed.name}"))
    return as_copy(typed, draft.read(at))


def _as_file(draft: Filed, typed: Typed, copy: Copy, problems: tuple[Problem, ...]) -> bytes:
    return as_file(typed.name, copy, draft.banners(typed.name, problems))
