"""Whether the quotes fit the rest of the desk, and each other: its stories, areas and regions."""

from __future__ import annotations

from collections.abc import Iterator

from generator.desk.desk import Desk
from generator.desk.located import Located
from generator.desk.quotes import Quote, QuotesFile
from generator.desk.unknown import unknown, unknown_area
from generator.errors import Fault


def find_quote_faults(desk: Desk, quotes: Located[QuotesFile]) -> Iterator[Fault]:
    """Yield what quotes.yml says of stories and places that is not so, and which quotes clash."""
    areas = [force.id for force in desk.forces]
    regions = sorted({force.region for force in desk.forces if force.region})
    for number, quote in enumerate(desk.quotes):
        place = ("quotes", number)
        if quote.story not in desk.stories:
            yield unknown(quotes, "story", quote.story, desk.stories, (*place, "story"))
        for at, area in enumerate(quote.areas):
            if area not in areas:
                yield unknown_area(quotes, area, desk.forces, (*place, "areas", at))
        for at, region in enumerate(quote.regions):
            if region not in regions:
                yield unknown(quotes, "region", region, regions, (*place, "regions", at))
        for first, other in enumerate(desk.quotes[:number]):
            shared = _shared(desk, other, quote)
            if shared:
                line = quotes.line("quotes", first)
                yield quotes.fault(
                    f"Two quotes for {shared} have the id `{quote.id}`: copy could have only one.",
                    f"Give it an id or areas of its own; the other stands on line {line}.",
                    (*place, "id"),
                    found=quote.id,
                    expected="for each area, one quote of an id at a time",
                )
                break


def _shared(desk: Desk, one: Quote, other: Quote) -> str:
    """Return the first area whose copy could print either of two quotes by their id, "" for none.

    One may take the other's place once that has gone stale.
    """
    if (one.id, one.story, one.about) != (other.id, other.story, other.about):
        return ""
    if one.stale_after < other.fresh_from or other.stale_after < one.fresh_from:
        return ""
    both = (area.name for area in desk.areas if one.is_for(area) and other.is_for(area))
    return next(both, "")
