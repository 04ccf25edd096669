"""An article's words, which are an editor's now, in the forms that other programs open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from generator.filing.banners import banners
from generator.filing.feeds.item import sayable
from generator.filing.markdown import article_markdown
from generator.filing.names import without_control
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
    """Return an article's words as Markdown, plain text and Word: those of them among `names`.

    Above the words are the warnings of an article of the release with these problems. The Word
    file has no comments: what figures an editor's words rest on is told on the page.
    """
    said = [replace(each, what=without_control(each.what)) for each in problems]
    words = sayable(copy)
    draft = Draft(facts, article_of(words), (), tuple(said), words.disclosure)
    above = banners(draft, release)
    forms: Mapping[str, Callable[[], bytes]] = {
        "article.md": lambda: article_markdown(draft.article, above, draft.disclosure).encode(),
        "article.txt": lambda: article_text(draft.article, above, draft.disclosure).encode(),
        "article.docx": lambda: article_docx(draft, release, (), None),
    }
    return {name: write() for name, write in forms.items() if name in names}
