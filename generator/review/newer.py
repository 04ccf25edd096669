"""The new versions that lie beside a draft's texts, and what is different in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.filing import CopyError, in_place_of, is_article, is_copy
from generator.review.changes import Change, changes
from generator.review.drafts import Filed, title_of


@dataclass(frozen=True)
class Newer:
    """A new version that lies beside a text of a draft."""

    name: str
    title: str
    """Of the text: "Radio"."""
    opens: bool
    """It is copy, and can be read."""
    changes: tuple[Change, ...] = ()
    """What is different from the words that are there now, in its order."""


def list_newer(draft: Filed) -> tuple[Newer, ...]:
    """Return what is to be read of the new versions beside a draft.

    Of an article's forms one stands for all that are as a run wrote them, and for the chart,
    which comes with them.
    """
    return tuple(_compare(draft, name) for name in _to_be_read(draft))


def _to_be_read(draft: Filed) -> Iterator[str]:
    articles = sorted(filter(is_article, draft.newer), key=_rank)
    as_filed = [name for name in articles if _is_as_filed(draft, name)]
    yield from as_filed[:1]
    for name in draft.newer:
        goes_with_it = as_filed and not is_copy(name) and _is_as_filed(draft, name)
        if name not in as_filed and not goes_with_it:
            yield name


def _is_as_filed(draft: Filed, name: str) -> bool:
    return draft.newer[name] == draft.row.files.get(name)


def _rank(name: str) -> tuple[bool, str]:
    return (not name.endswith(".md"), name)


def _compare(draft: Filed, name: str) -> Newer:
    now = draft.leading if is_article(name) else in_place_of(name)
    if not is_copy(name):
        return Newer(name, name, opens=False)
    try:
        newer = draft.read(name)
        there, _ = draft.read_or_recall(now)
    except CopyError:
        return Newer(name, name, opens=False)
    return Newer(name, title_of(name), opens=True, changes=changes(there, newer))
