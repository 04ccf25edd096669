"""How a figure comes of the published rows, in words: what is chosen, how it is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.desk import Dataset, Measure, expand_codes
from generator.model import Figure, Unit
from generator.printing import print_expanded, print_figure

_MORE_DECIMALS = 4
"""Decimals shown past the printed ones, so that the rounding can be seen."""


def filter_words(measure: Measure, dataset: Dataset) -> Iterator[str]:
    """Yield which column a count is the sum of, and each part of its filter, in words."""
    if measure.count:
        yield f"{measure.count}, “{dataset.counts[measure.count].headers[0]}”"
    if dataset.columns.outcome is not None:
        yield from _outcome_words(measure, dataset)
    for group in measure.offence_groups or ():
        yield f"offence group {group}"
    if measure.offence_codes:
        yield f"offence code {' or '.join(measure.offence_codes)}"


def _outcome_words(measure: Measure, dataset: Dataset) -> Iterator[str]:
    every = dataset.counted_outcomes
    codes = every if measure.outcomes is None else expand_codes(measure.outcomes, dataset)
    if codes == every:
        others = [
            f"{code} ({outcome.label})"
            for code, outcome in dataset.outcomes.items()
            if not outcome.counted
        ]
        but = f" but {', '.join(others)}" if others else ""
        yield f"every outcome{but}: {_in_spans(codes)}"
        return
    for code in codes:
        yield f"outcome {code}: {dataset.outcomes[code].label}"


def _in_spans(codes: Sequence[str]) -> str:
    """Return `1–18, 20–22`."""
    spans: list[list[str]] = []
    for code in codes:
        before = spans[-1][-1] if spans else ""
        if code.isdigit() and before.isdigit() and int(code) == int(before) + 1:
            spans[-1].append(code)
        else:
            spans.append([code])
    return ", ".join(span[0] if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans)


def rounding_words(figure: Figure) -> str:
    """Say how the printed value comes from the exact one."""
    if figure.as_printed == figure.in_print_units:
        return "not rounded"
    if not figure.decimals:
        return "rounded half up to a whole number"
    return f"rounded half up to {figure.decimals} decimal place{'s' * (figure.decimals > 1)}"


def formula_words(figure: Figure) -> tuple[str, str]:
    """Return a figure's formula in words, and with the values in it."""
    parts = figure.parts
    match figure.unit:
        case Unit.COUNT:
            return "the sum of the published rows, over four quarters", ""
        case Unit.SHARE if len(parts) == 2:
            return (
                f"{parts[0].label} ÷ {parts[1].label}",
                f"{print_figure(parts[0])} ÷ {print_figure(parts[1])}",
            )
        case Unit.POINTS if len(parts) == 2:
            high, low = sorted(parts, key=lambda part: part.value, reverse=True)
            return (
                "the difference of the two exact rates, in percentage points",
                f"{expanded_value(high)} − {expanded_value(low)}",
            )
        case Unit.CHANGE if len(parts) == 2:
            high, low = sorted(parts, key=lambda part: part.value, reverse=True)
            return (
                f"the change since {parts[1].period}, in per cent of what it was then",
                f"({print_figure(high)} − {print_figure(low)}) ÷ {print_figure(parts[1])}",
            )
        case Unit.RANK if parts:
            return f"one more than the areas whose {parts[0].label} is higher", ""
    return figure.formula, ""


def expanded_value(figure: Figure) -> str:
    """Return `29.28656…%`."""
    unit = " percentage points" if figure.unit is Unit.POINTS else "%"
    return print_expanded(figure.in_print_units, figure.decimals + _MORE_DECIMALS) + unit
