"""The nation as one basket of areas: the same ones in every period compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.desk import Desk
from generator.figures.completeness import Gap
from generator.figures.counting import Counted
from generator.model import Exclusion
from generator.periods import Period

Gaps = Mapping[Period, Gap | None]
"""Every period compared, oldest first, with why it is incomplete, None if it is not."""


def find_exclusions(gaps: Mapping[str, Gaps], desk: Desk) -> Iterator[Exclusion]:
    """Find the areas that are not whole in every period compared, so not in the basket.

    A quarter that the release lacks for everyone is a gap in the nation's series and
    nobody's exclusion.
    """
    for area in desk.forces:
        own = {p: g for p, g in gaps[area.id].items() if g is not None and not g.everyones}
        if own:
            newest = own[max(own)]
            yield Exclusion(area, newest.reason, tuple(own), newest.entry)


def find_nations_gap(
    period: Period, basket: Sequence[str], counted: Counted, desk: Desk
) -> Gap | None:
    """Return why there is no figure for the nation, None if there is one.

    A basket of too few of the forces is not the nation, whatever it adds up to.
    """
    for quarter in period.quarters:
        if quarter not in counted.quarters:
            return Gap("", f"the release has no figures for {quarter}")
    if len(basket) * 100 < desk.style.smallest_basket * len(desk.forces):
        return Gap("", f"only {len(basket)} of {len(desk.forces)} forces are complete throughout")
    return None
