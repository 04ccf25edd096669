"""The nation as one basket of areas: the same ones in every period compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator.desk import Area, Desk
from generator.figures.completeness import Gap
from generator.model import Exclusion
from generator.periods import Period, Quarter

Gaps = Mapping[Period, Gap | None]
"""Every period compared, oldest first, with why it is incomplete, None if it is not."""


def find_exclusion(area: Area, gaps: Gaps) -> Exclusion | None:
    """Return why an area is not in the basket: it is not whole in every period compared.

    A quarter that the release lacks for everyone is a gap in the nation's series and
    nobody's exclusion.
    """
    own = {p: g for p, g in gaps.items() if g is not None and not g.everyones}
    if not own:
        return None
    newest = own[max(own)]
    return Exclusion(area, newest.reason, tuple(own), newest.entry, newest.unavailable, newest.why)


def find_nations_gap(
    period: Period, basket: int, quarters: Collection[Quarter], desk: Desk
) -> Gap | None:
    """Return why there is no figure for the nation, None if there is one.

    A basket of too few of the forces is not the nation, whatever it adds up to. `basket` is
    how many are in it, and `quarters` are those for which the release has rows.
    """
    for quarter in period.quarters:
        if quarter not in quarters:
            return Gap("", f"the release has no figures for {quarter}")
    if basket * 100 < desk.style.smallest_basket * len(desk.forces):
        return Gap("", f"only {basket} of {len(desk.forces)} forces are complete throughout")
    return None
