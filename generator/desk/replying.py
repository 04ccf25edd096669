"""Whether the right of reply fits the rest of the desk: its stories, areas and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.desk.areas import Area
from generator.desk.desk import Desk
from generator.desk.forms import folded
from generator.desk.located import Located
from generator.desk.replies import RepliesFile, Reply
from generator.desk.settings import DeskFile
from generator.desk.unknown import unknown, unknown_area
from generator.errors import Fault


def find_reply_faults(
    desk: Desk, desk_file: Located[DeskFile], replies: Located[RepliesFile]
) -> Iterator[Fault]:
    """Yield what desk.yml and replies.yml say of stories, areas and quotes that is not so."""
    asked = desk.file.right_of_reply
    for number, story in enumerate(asked.stories or () if asked else ()):
        if story not in desk.stories:
            place = ("right_of_reply", "stories", number)
            yield unknown(desk_file, "story", story, desk.stories, place)
    seen: dict[tuple[str, str, str], int] = {}
    for number, reply in enumerate(desk.replies):
        at = ("replies", number)
        if reply.story not in desk.stories:
            yield unknown(replies, "story", reply.story, desk.stories, (*at, "story"))
        yield from _area_faults(desk, replies, reply, number)
        if reply.quote is not None:
            yield from _quote_faults(desk, replies, reply, number)
        first = seen.setdefault((reply.story, reply.about, reply.area), number)
        if first != number:
            yield replies.fault(
                f"There are two replies of {reply.area} to {reply.story}, {reply.about}.",
                f"Keep one: the other stands on line {replies.line('replies', first)}.",
                at,
            )


def _area_faults(
    desk: Desk, replies: Located[RepliesFile], reply: Reply, number: int
) -> Iterator[Fault]:
    """Yield why nobody of the area is asked, or why copy would name the force twice."""
    force = next((force for force in desk.forces if force.id == reply.area), None)
    if reply.area == desk.nation.id:
        yield replies.fault(
            f"{desk.nation.name} is not asked for an answer: only forces are.",
            "Take the reply out.",
            ("replies", number, "area"),
            found=reply.area,
            expected="the id of a force",
        )
    elif force is None:
        yield unknown_area(replies, reply.area, desk.forces, ("replies", number, "area"))
    elif reply.closed and re.match(rf"(?:{_names(force)})\b", folded(reply.closed)):
        name = force.police or force.name
        yield replies.fault(
            f"What is closed begins with the force's name, which copy prints before it: “{name} "
            f"{reply.closed}.”",
            "Leave the name out.",
            ("replies", number, "closed"),
            found=reply.closed,
            expected=f"what follows “{name}”, such as: was approached for comment",
        )


def _names(force: Area) -> str:
    """Return a pattern of what a force is called, folded, the longest name first."""
    called = {*force.called, *map(folded, force.says), "the force"}
    return "|".join(sorted(map(re.escape, called), key=lambda name: (-len(name), name)))


def _quote_faults(
    desk: Desk, replies: Located[RepliesFile], reply: Reply, number: int
) -> Iterator[Fault]:
    """Yield why a quote cannot be a force's answer: it has to be that force's own words."""
    at = ("replies", number, "quote")
    named = [quote for quote in desk.quotes if quote.id == reply.quote]
    if not named:
        known = [quote.id for quote in desk.quotes]
        yield unknown(replies, "quote", str(reply.quote), known, at)
    elif not any(map(reply.is_answered_by, named)):
        yield replies.fault(
            f"The quote `{reply.quote}` is not the answer of {reply.area} to {reply.story}, "
            f"{reply.about}.",
            "In config/quotes.yml, give the quote these, and the answer under `words:`.",
            at,
            found="; ".join(
                f"story: {quote.story}, about: {quote.about}, areas: [{', '.join(quote.areas)}]"
                for quote in named
            ),
            expected=f"story: {reply.story}, about: {reply.about}, areas: [{reply.area}]",
        )
