"""Whether what a desk asks of forces, and says of their replies, fits what it has filed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.desk import Desk
from generator.filing.banners import in_full, moment_in_words
from generator.model import Release
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


def passed_deadline(desk: Desk, release: Release) -> Iterator[str]:
    """Say so where forces are asked to answer by a time at which nothing was published yet."""
    asked = desk.file.right_of_reply
    if asked and release.published and asked.by.date() < release.published:
        yield (
            f"Forces are asked to answer by {moment_in_words(asked.by)}, before the release of "
            f"{in_full(release.published)}: correct `by:` under right_of_reply, and run again."
        )


def _told(folder: str) -> tuple[str, str, str]:
    """Return a draft's story, the period as config has it, and the area, by its folder."""
    story, period, area = folder.split("/")
    return story, str(Period.parse(period)), area
