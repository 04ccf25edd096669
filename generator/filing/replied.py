"""Whether what config/replies.yml says is said of any draft."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.desk import Desk
from generator.periods import Period


def unmatched_replies(
    desk: Desk, written: Collection[str], there: Collection[str]
) -> Iterator[str]:
    """Say which replies are to no draft, though a draft of their story and area was written.

    `written` and `there` are the folders of the drafts of a run, and of all in the output:
    a reply to a draft of an earlier release may stand for as long as that does.
    """
    asked = desk.file.right_of_reply
    known = set(map(_told, there))
    periods = {(story, area): about for story, about, area in map(_told, written)}
    for reply in desk.replies:
        period = periods.get((reply.story, reply.area))
        is_known = (reply.story, reply.about, reply.area) in known
        if period and not is_known and asked and asked.is_asked_for(reply.story):
            yield (
                f"The reply of {reply.area} to {reply.story} in config/replies.yml is about "
                f"{reply.about}, and is ignored: the draft is about {period}. Correct `about:`, or "
                "take the reply out."
            )


def _told(folder: str) -> tuple[str, str, str]:
    """Return a draft's story, the period as config has it, and the area, by its folder."""
    story, period, area = folder.split("/")
    return story, str(Period.parse(period)), area
