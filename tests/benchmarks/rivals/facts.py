"""The plain facts that another text generator needs to tell the story of an area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.desk import Desk
from generator.model import Comparison, Facts, Figure, MeasureFacts, Release
from generator.writing import hedges, phrases
from generator.writing.environment import usable_quotes

Plain = dict[str, Any]
"""What JSON holds: numbers, true and false, strings, and lists and objects of them."""

_FINDINGS = ("record_high", "joint_high", "record_low", "joint_low", "below_peak")
_COMPARISONS = ("on_baseline", "on_first", "against_nation")
_DIRECTIONS = ("higher", "lower", "level", "slight")


def export_facts(facts: Sequence[Facts], desk: Desk, release: Release) -> list[Plain]:
    """Return the facts of each area that the story's area template tells, as JSON can hold them.

    Those are the areas with figures, without the nation. Counts are whole numbers; shares
    are fractions of one, not rounded, so that each generator rounds and prints for itself.
    Whatever it takes exact arithmetic to know is a finding, true or false.
    """
    return [_area(each, desk, release) for each in told_areas(facts)]


def told_areas(facts: Sequence[Facts]) -> list[Facts]:
    """Return those of the facts that the area template tells: not the nation, no gaps."""
    return [each for each in facts if each.nation is not None and not each.incomplete]


def _area(facts: Facts, desk: Desk, release: Release) -> Plain:
    assert facts.nation is not None
    return {
        "id": facts.area.id,
        "where": facts.area.where,
        "there": facts.area.there,
        "police": facts.area.police,
        "when": phrases.say_when(facts.period, release.published),
        "publisher": release.publisher,
        **_measures(facts, desk),
        "nation": _measures(facts.nation, desk),
        "excluded": [
            {"reason": reason, "forces": [area.police for area in areas], "periods": periods}
            for reason, areas, periods in phrases.group_by_reason(facts.excluded, facts.period)
        ],
        "quotes": {
            quote.id: {
                "speaker": quote.speaker,
                "short": quote.short,
                "role": quote.role,
                "organisation": quote.organisation,
                **quote.words,
                **quote.reported,
            }
            for quote in usable_quotes(facts, desk, release)
        },
    }


def _measures(facts: Facts, desk: Desk) -> Plain:
    return {name: _measure(measured, desk) for name, measured in facts.measures.items()}


def _measure(measured: MeasureFacts, desk: Desk) -> Plain:
    return {
        "value": _number(measured.figure),
        "around": _is_around(measured.figure, desk),
        "baseline": _number(measured.baseline),
        "baseline_period": _period(measured.baseline),
        "first": _number(measured.first),
        "first_period": _period(measured.first),
        "first_is_small": _is_small(measured.first),
        **{name: getattr(measured, name).holds for name in _FINDINGS},
        **{name: _comparison(getattr(measured, name)) for name in _COMPARISONS},
    }


def _comparison(comparison: Comparison) -> Plain:
    return {direction: getattr(comparison, direction).holds for direction in _DIRECTIONS}


def _number(figure: Figure | None) -> int | float | None:
    """Return a count as it is, a share as the float nearest to it."""
    if figure is None:
        return None
    return figure.value if isinstance(figure.value, int) else float(figure.value)


def _period(figure: Figure | None) -> str | None:
    return None if figure is None else phrases.name_period(figure.period)


def _is_small(figure: Figure | None) -> bool:
    """Tell whether copy calls the figure "just" so much."""
    return figure is not None and hedges.just(figure).text.startswith("just ")


def _is_around(figure: Figure | None, desk: Desk) -> bool:
    """Tell whether copy calls the figure, rounded, "around" so much."""
    return figure is not None and hedges.around(figure, desk.style).text.startswith("around ")
