"""Whether the right of reply fits the rest of the desk: its stories, areas and quotes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.desk.desk import Desk
from generator.desk.located import Located
from generator.desk.replies import RepliesFile, Reply
from generator.desk.settings import DeskFile
from generator.desk.unknown import unknown
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
    areas = [force.id for force in desk.forces]
    seen: dict[tuple[str, str, str], int] = {}
    for number, reply in enumerate(desk.replies):
        at = ("replies", number)
        if reply.story not in desk.stories:
            yield unknown(replies, "story", reply.story, desk.stories, (*at, "story"))
        if reply.area not in areas:
            yield unknown(replies, "area", reply.area, areas, (*at, "area"))
        if reply.quote is not None:
            yield from _quote_faults(desk, replies, reply, number)
        first = seen.setdefault((reply.story, reply.about, reply.area), number)
        if first != number:
            yield replies.fault(
                f"There are two replies of {reply.area} to {reply.story}, {reply.about}.",
                f"Keep one: the other stands on line {replies.line('replies', first)}.",
                at,
            )


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
