"""Write a draft: render the story's template for an area, and read what came out."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from generator.desk import Area, Desk, PieceKind, Style
from generator.disclosure import disclose
from generator.errors import Fault, StoryError, WorkError
from generator.model import (
    Article,
    Claim,
    Draft,
    Facts,
    Level,
    Piece,
    Problem,
    Quotation,
    Release,
)
from generator.writing.article import ArticleReader
from generator.writing.branches import TracedEnvironment
from generator.writing.claims import tracing
from generator.writing.environment import (
    ARTICLE,
    INCOMPLETE,
    NATION,
    piece_templates,
    story_context,
    usable_quotes,
)
from generator.writing.lacking import nearest
from generator.writing.phrases import write_date
from generator.writing.speaking import speak
from generator.writing.variants import telling


def write_draft(
    facts: Facts, environment: TracedEnvironment, desk: Desk, release: Release
) -> Draft:
    """Write the story for one area.

    Raises StoryError where the template prints something that is not there, claims what
    does not hold or makes no article, with the template's file and line.
    """
    slot = desk.slot(facts.story.id, str(facts.period), facts.area)
    context = story_context(facts, desk, release, slot)
    templates = piece_templates(facts.story, desk)
    with telling(facts.story.id, facts.area.id):
        name = f"{facts.story.id}/{_choose_template(facts)}"
        whole = _render(name, None, context, environment, desk.style)
        told = {
            kind: _render(template, kind, context, environment, desk.style)
            for kind, template in templates.items()
        }
    pieces = {kind: each for kind, each in told.items() if each.article.blocks}
    claims = [claim for each in (whole, *pieces.values()) for claim in each.ledger]
    return Draft(
        facts=facts,
        article=whole.article,
        ledger=whole.ledger,
        problems=(
            *facts.problems,
            *_release_problems(release),
            *_quote_problems(claims, facts, desk, release),
        ),
        disclosure=disclose(release),
        slot=slot,
        pieces=tuple(Piece(kind, each.article, each.ledger) for kind, each in pieces.items()),
        branches=frozenset().union(whole.branches, *(each.branches for each in told.values())),
    )


@dataclass(frozen=True)
class _Rendered:
    """What came out of a template."""

    article: Article
    ledger: tuple[Claim, ...]
    branches: Set[str]


def _names_in(context: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the areas that copy may name: a number in one is a part of it."""
    for area in (context["area"], *(each.area for each in context["excluded"])):
        yield from (area.name, area.where, area.there, area.police or area.name)


def _render(
    name: str,
    kind: PieceKind | None,
    context: Mapping[str, Any],
    environment: TracedEnvironment,
    style: Style,
) -> _Rendered:
    """Render a template, and read what came out; `kind` is None for the article.

    Raises StoryError with the template's file and line.
    """
    with tracing(style) as trace:
        try:
            rendered = environment.get_template(name).render(context)
            if kind is not None and not rendered.strip():
                return _Rendered(Article((), ()), (), trace.branches)  # it has nothing to say here
            if kind is PieceKind.RADIO:
                rendered = speak(rendered, _names_in(context))
            reader = ArticleReader(trace.supports)
            article = reader.read(rendered, is_headed=kind is None or kind.is_headed)
        except WorkError:  # it is no fault of the template that it was saved meanwhile
            raise
        except Exception as error:  # whatever a template does wrong is the story's to mend
            raise StoryError(_template_fault(error, name, context["area"])) from error
    return _Rendered(article, tuple(reader.claims), trace.branches)


def _choose_template(facts: Facts) -> str:
    if facts.nation is None:
        return NATION
    return INCOMPLETE if facts.incomplete else ARTICLE


def _template_fault(error: Exception, name: str, area: Area) -> Fault:
    """Find the template's own line in the traceback, where jinja2 has written it."""
    story = PurePath(name).parent.name
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    place = PurePath(frames[-1].filename) if frames else PurePath(name)
    message = (str(error) or type(error).__name__).rstrip(".")
    return Fault(
        f"The draft for {area.name} cannot be written: {message}.",
        nearest(message) or "Correct the template; guard what not every area has with an {% if %}.",
        file=f"templates/{place.parent.name or story}/{place.name}",
        line=frames[-1].lineno if frames else getattr(error, "lineno", None),
    )


def _release_problems(release: Release) -> Iterator[Problem]:
    if release.provisional:
        yield Problem(
            Level.WARN,
            release.title,
            "The figures are provisional and will be revised.",
            "Say so in the copy, and run again when they are final.",
        )


def _quote_problems(
    claims: Iterable[Claim], facts: Facts, desk: Desk, release: Release
) -> Iterator[Problem]:
    """Hold a draft for a quote that has gone stale; warn where that cannot be told."""
    used = {claim.support.quote for claim in claims if isinstance(claim.support, Quotation)}
    for quote in usable_quotes(facts, desk, release):
        if quote.id not in used:
            continue
        speaker = quote.speaker or quote.short
        if release.published is None:
            yield Problem(
                Level.WARN,
                f"quote of {speaker}",
                "Whether the quote is fresh cannot be told: the release has no date.",
                "Write a release.yml with `published:`, or check the quote yourself.",
            )
        elif release.published > quote.stale_after:
            yield Problem(
                Level.HOLD,
                f"quote of {speaker}",
                f"The quote is stale: it was for use until {write_date(quote.stale_after)}.",
                f"Ask for a new one, or take `{quote.id}` out of config/quotes.yml.",
            )
