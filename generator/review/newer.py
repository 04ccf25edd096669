"""The new versions that lie beside a draft's texts, and what they have otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.filing import CopyError, in_place_of, is_article, is_copy
from generator.review.changes import Change, changes
from generator.review.drafts import Filed


@dataclass(frozen=True)
class Newer:
    """A new version that lies beside a text of a draft."""

    name: str
    sha256: str
    opens: bool
    """It is copy, and can be read."""
    changes: tuple[Change, ...] = ()
    """What it has otherwise than the words that are there now, in its order."""


def list_newer(draft: Filed) -> tuple[Newer, ...]:
    """Return the new versions beside a draft's texts; of an article's forms one stands for all."""
    return tuple(_compare(draft, name) for name in _one_of_each(draft))


def _one_of_each(draft: Filed) -> Iterator[str]:
    """Yield one form of the new article, an editor's before what a run wrote, and all else."""
    articles = list(filter(is_article, draft.newer))
    yield from sorted(articles, key=lambda name: (_is_as_filed(draft, name), _rank(name)))[:1]
    yield from (name for name in draft.newer if name not in articles)


def _is_as_filed(draft: Filed, name: str) -> bool:
    return draft.newer[name] == draft.row.files.get(name)


def _rank(name: str) -> tuple[bool, str]:
    return (not name.endswith(".md"), name)


def _compare(draft: Filed, name: str) -> Newer:
    now = draft.leading if is_article(name) else in_place_of(name)
    sha = draft.newer[name]
    if not is_copy(name):
        return Newer(name, sha, opens=False)
    try:
        newer = draft.read(name)
        there, _ = draft.read_or_recall(now)
    except CopyError:
        return Newer(name, sha, opens=False)
    return Newer(name, sha, opens=True, changes=changes(there, newer))
