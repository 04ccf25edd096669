"""An area beside the nation: each measure, the two figures, and the area's place among all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Facts, MeasureFacts, Unit
from generator.printing import print_figure


@dataclass(frozen=True)
class Beside:
    """A measure of an area and of the nation, as printed; "" for what is not known."""

    label: str
    ours: str
    theirs: str
    apart: str
    place: str


def beside_nation(facts: Facts) -> tuple[Beside, ...]:
    """Return each measure that both have; none for the nation itself."""
    return tuple(_rows(facts, facts.nation)) if facts.nation else ()


def _rows(facts: Facts, nation: Facts) -> Iterator[Beside]:
    for name, ours in facts.measures.items():
        theirs = nation.measures[name]
        if ours.figure is None or theirs.figure is None:
            continue
        yield Beside(
            ours.measure.label[:1].upper() + ours.measure.label[1:],
            print_figure(ours.figure),
            print_figure(theirs.figure),
            _apart(ours),
            _place(ours),
        )


def _apart(ours: MeasureFacts) -> str:
    """Say how far the two are apart: of shares alone, since counts grow with the area."""
    against = ours.against_nation
    if ours.figure is None or ours.figure.unit is not Unit.SHARE:
        return ""
    if against.level:
        return "the same"
    if against.points is None:
        return ""
    return f"{print_figure(against.points)} {'higher' if against.higher else 'lower'}"


def _place(ours: MeasureFacts) -> str:
    if ours.rank is None:
        return ""
    joint = "joint " if ours.level > 1 else ""
    return f"{joint}{print_figure(ours.rank)} of {ours.ranked}"
