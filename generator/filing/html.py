"""Pages for a browser, through the desk's own page templates; first of all an article's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound

from generator.desk import Desk, Format
from generator.errors import DeskError, Fault
from generator.filing.banners import banners, in_full
from generator.filing.charts import Picture, place_of_picture
from generator.filing.feeds import Item
from generator.filing.league import LEAGUE
from generator.filing.margins import Note, note_on
from generator.filing.names import LEDGER, PIECES
from generator.filing.notes import LEVELS, exclusion
from generator.filing.series import series_table
from generator.filing.sources import Trails
from generator.filing.structured import news_article
from generator.filing.tables import numeric_columns
from generator.model import Draft, Level, Release, Run, Runs, plain
from generator.sandbox import RememberingSandbox
from generator.templates import SeenTemplates


@dataclass(frozen=True)
class Span:
    """A stretch of words: plain (`text`), or with a claim behind it and spans inside."""

    text: str = ""
    claim: int | None = None
    inside: tuple[Span, ...] = ()


def spans(runs: Runs, depth: int = 0) -> tuple[Span, ...]:
    """Nest runs as their claims are nested: neighbours under one outer claim share its span."""

    def outer(run: Run) -> int | None:
        return run.claims[depth] if depth < len(run.claims) else None

    found: list[Span] = []
    for claim, group in groupby(runs, outer):
        if claim is None:
            found.append(Span("".join(run.text for run in group)))
        else:
            found.append(Span(claim=claim, inside=spans(tuple(group), depth + 1)))
    return tuple(found)


_SHARED = "templates/shared"
_REMEMBERED = 1024
"""Notes, of trails that stand in many drafts."""


@lru_cache(maxsize=4)
def _environment(desk: Path, hashes: tuple[tuple[str, str], ...]) -> RememberingSandbox:
    """Return the page templates of a desk as it was read; one that was saved since has its own."""
    environment = RememberingSandbox(
        loader=SeenTemplates(desk, _SHARED, dict(hashes)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"in_full": in_full, "plain": plain}
    return environment


class Pages:
    """The desk's page templates, of `templates/shared`."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        seen = (item for item in desk.hashes.items() if item[0].startswith(f"{_SHARED}/"))
        self._environment = _environment(desk.folder, tuple(seen))
        self.trails = lru_cache(maxsize=1)(self._trails)
        self.note_on = lru_cache(maxsize=_REMEMBERED)(note_on)

    def render(self, name: str, **given: object) -> str:
        """Render a page. Raises DeskError where the template is missing or at fault."""
        try:
            return self._environment.get_template(name).render(given)
        except TemplateNotFound as error:
            raise DeskError(
                Fault(
                    f"The page template {error.name} is missing.",
                    "Put it back; `newscopy init DIR` writes a desk that has it.",
                    file=f"templates/shared/{error.name}",
                )
            ) from error
        except TemplateError as error:
            raise DeskError(
                Fault(
                    f"The page template is at fault: {error}.",
                    "Correct the template.",
                    file=f"templates/shared/{getattr(error, 'name', None) or name}",
                    line=getattr(error, "lineno", None),
                )
            ) from error

    def _trails(self, release: Release) -> Trails:
        """Return what finds the trails of this release's drafts."""
        return Trails(release, self.desk)


def article_html(
    draft: Draft,
    release: Release,
    sources: Sequence[Note],
    item: Item,
    picture: Picture | None,
    pages: Pages,
) -> str:
    """Write the article as a page of its own, with the source of every claim in it.

    `sources` are those of the draft's ledger, in its order; `item` is the draft as feeds have
    it.
    """
    return pages.render(
        "draft.html.j2",
        draft=draft,
        facts=draft.facts,
        release=release,
        banners=banners(draft, release),
        headline=spans(draft.article.headline),
        blocks=[
            {
                "kind": block.kind.value,
                "spans": spans(block.runs),
                "rows": [[spans(cell) for cell in row] for row in block.rows],
                "numeric": numeric_columns([[plain(cell) for cell in row] for row in block.rows]),
            }
            for block in draft.article.blocks
        ],
        picture=picture,
        place_of_picture=place_of_picture(draft.article.blocks),
        sources=sources,
        problems=_by_level(draft),
        excluded=[exclusion(excluded) for excluded in draft.facts.excluded],
        series=series_table(draft.facts),
        also=list(_beside(draft, pages.desk)),
        pieces=[piece for piece in draft.pieces if piece.kind in PIECES],
        structured=news_article(item, release, picture),
    )


def _beside(draft: Draft, desk: Desk) -> Iterator[str]:
    """Yield the files of the draft's folder that an editor may want beside the page."""
    yield "notes.md"
    if Format.WORD in desk.file.formats:
        yield "article.docx"
    yield from ("article.md", "article.txt", "figures.csv")
    if draft.facts.areas:
        yield LEAGUE
    yield LEDGER


def _by_level(draft: Draft) -> list[tuple[str, str, Sequence[object]]]:
    """Return the problems in groups: the level, its heading and the problems."""
    groups = (
        (level.value, LEVELS[level], [p for p in draft.problems if p.level is level])
        for level in Level
    )
    return [group for group in groups if group[2]]
