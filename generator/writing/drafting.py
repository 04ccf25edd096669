"""Write a draft: render the story's template for an area, and read what came out."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from dataclasses import fields
from pathlib import PurePath

from generator.desk import Area, Desk
from generator.disclosure import disclose
from generator.errors import Fault, StoryError, WorkError, did_you_mean
from generator.model import (
    Claim,
    Comparison,
    Draft,
    Facts,
    Figure,
    Level,
    MeasureFacts,
    Problem,
    Quotation,
    Release,
)
from generator.writing.article import ArticleReader
from generator.writing.branches import TracedEnvironment
from generator.writing.claims import tracing
from generator.writing.environment import ARTICLE, INCOMPLETE, NATION, story_context
from generator.writing.phrases import write_date
from generator.writing.variants import telling

_ATTRIBUTES = sorted(
    {part.name for kind in (MeasureFacts, Comparison, Figure) for part in fields(kind)}
    | set(Area.model_fields)
)
"""What a template may ask of a measure, a comparison, a figure or an area."""


def write_draft(
    facts: Facts, environment: TracedEnvironment, desk: Desk, release: Release
) -> Draft:
    """Write the story for one area.

    Raises StoryError where the template prints something that is not there, claims what
    does not hold or makes no article, with the template's file and line.
    """
    name = f"{facts.story.id}/{_choose_template(facts)}"
    told = telling(facts.story.id, facts.area.id)
    with tracing(desk.style.figures_from) as trace, told:
        try:
            rendered = environment.get_template(name).render(story_context(facts, desk, release))
            reader = ArticleReader(trace.supports)
            article = reader.read(rendered)
        except WorkError:  # it is no fault of the template that it was saved meanwhile
            raise
        except Exception as error:  # whatever a template does wrong is the story's to mend
            raise StoryError(_template_fault(error, name, facts)) from error
    return Draft(
        facts=facts,
        article=article,
        ledger=tuple(reader.claims),
        problems=(
            *facts.problems,
            *_release_problems(release),
            *_quote_problems(reader.claims, desk, release),
        ),
        disclosure=disclose(release),
        branches=frozenset(trace.branches),
    )


def _choose_template(facts: Facts) -> str:
    if facts.nation is None:
        return NATION
    return INCOMPLETE if facts.incomplete else ARTICLE


def _template_fault(error: Exception, name: str, facts: Facts) -> Fault:
    """Find the template's own line in the traceback, where jinja2 has written it."""
    story = PurePath(name).parent.name
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    place = PurePath(frames[-1].filename) if frames else PurePath(name)
    message = (str(error) or type(error).__name__).rstrip(".")
    unknown = re.search(r"has no attribute '(\w+)'", message)
    near = did_you_mean(unknown[1], _ATTRIBUTES) if unknown else ""
    return Fault(
        f"The draft for {facts.area.name} cannot be written: {message}.",
        near or "Correct the template; guard what not every area has with an {% if %}.",
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


def _quote_problems(claims: list[Claim], desk: Desk, release: Release) -> Iterator[Problem]:
    """Hold a draft for a quote that has gone stale; warn where that cannot be told."""
    used = {claim.support.quote for claim in claims if isinstance(claim.support, Quotation)}
    for quote in desk.quotes:
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
