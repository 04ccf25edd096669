"""A draft with its files, as it waits to be filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.filing.bundle import bundle
from generator.filing.html import Pages
from generator.filing.notes import no_figures
from generator.model import Draft, Level, Problem, Release, Status
from generator.spool import Packed


@dataclass(frozen=True)
class Made:
    """What filing asks of every draft, and packed the whole of it, which it asks of few.

    Of most drafts nothing is an editor's: to unpack them would take longer than to file them.
    """

    folder: str
    headline: str
    area: str
    region: str
    story: str
    period: str
    score: int
    status: Status
    problems: tuple[Problem, ...]
    excluded: str
    """Of an area without figures for the period: why, for an editor; "" for any other."""
    doubts: Mapping[str, Level]
    """What each doubt does to it, by the doubt's id."""
    files: Mapping[str, bytes]
    """By name."""
    packed: Packed[Draft]

    @classmethod
    def of(cls, draft: Draft, release: Release, pages: Pages) -> Made:
        """Render a draft. Raises FilingError where it is not fit to be filed."""
        facts, area = draft.facts, draft.facts.area
        return cls(
            folder=draft.folder,
            headline=draft.headline,
            area=area.name,
            region=area.region,
            story=facts.story.id,
            period=facts.period.id,
            score=facts.score.points,
            status=draft.status,
            problems=draft.problems,
            excluded=no_figures(facts),
            doubts=_doubts(draft),
            files=bundle(draft, release, pages),
            packed=Packed.of(draft),
        )

    @property
    def draft(self) -> Draft:
        """The whole of it."""
        return self.packed.unpack()


def _doubts(draft: Draft) -> dict[str, Level]:
    """Return the gravest thing that each doubt does to a draft."""
    found: dict[str, Level] = {}
    for each in draft.doubts:  # the gravest first
        for doubt in each.supposition.doubts:
            found.setdefault(doubt.id, each.level)
    return found
