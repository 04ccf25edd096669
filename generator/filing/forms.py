"""The forms of an article whose words are an editor's: what other programs open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from generator.filing.banners import banners
from generator.filing.markdown import article_markdown
from generator.filing.text import article_text
from generator.filing.word import article_docx
from generator.model import Copy, Draft, Facts, Problem, Release, article_of


def forms_of(
    copy: Copy,
    facts: Facts,
    release: Release,
    problems: Sequence[Problem],
    names: Collection[str],
) -> dict[str, bytes]:
    """Write the words of an article as those of these files that are forms of words alone.

    They have the warnings that an article of the release with these problems has. Nothing is
    behind an editor's words that a form could tell: the Word file has no comments on figures.
    """
    draft = Draft(facts, article_of(copy), (), tuple(problems), copy.disclosure)
    above = banners(draft, release)
    forms: Mapping[str, Callable[[], bytes]] = {
        "article.md": lambda: article_markdown(draft.article, above, draft.disclosure).encode(),
        "article.txt": lambda: article_text(draft.article, above, draft.disclosure).encode(),
        "article.docx": lambda: article_docx(draft, release, (), None),
    }
    return {name: write() for name, write in forms.items() if name in names}
