"""What an editor takes away of a draft: its files, a changed article in its words as they are."""

from __future__ import annotations

from contextlib import suppress

from generator.errors import NewscopyError
from generator.filing import forms_of, put_above
from generator.review.drafts import Filed
from generator.review.knowledge import Unknown


def take_away(draft: Filed, patience: float) -> list[tuple[str, bytes]]:
    """Return the files of a draft, by name, in its order.

    Of an article that an editor has changed the other forms are written anew, and what cannot
    be is left out: all of it says the same. None is written where it is not known within one's
    patience, in seconds, what holds the draft.
    """
    found = _written_anew(draft, patience) if draft.is_changed else {}
    for name, path in draft.current.items():
        with suppress(OSError):  # gone meanwhile, or not to be read by whoever serves the page
            found[name] = path.read_bytes()
    return sorted(found.items())


def _written_anew(draft: Filed, patience: float) -> dict[str, bytes]:
    known, name = draft.known(patience), draft.leading
    if isinstance(known, Unknown):
        return {}
    try:
        copy, release = draft.read(name), draft.origin(name)
    except NewscopyError:  # the page of the draft says why; nobody has to do without the others
        return {}
    beside = (problem for _, each in draft.judged(known, but=name) for problem in each)
    problems = (*draft.problems(name, copy, known), *beside)
    forms = forms_of(copy, known.facts, release, problems, draft.row.files)
    return {each: put_above(each, data, draft.row.says) for each, data in forms.items()}
