"""What an editor decides of a draft, by the rules of the commands."""

from __future__ import annotations

from enum import StrEnum

from generator.errors import Fault, RequestError
from generator.filed.approval import approve, hold, spike
from generator.filing import Entry, is_article
from generator.review.drafts import Filed


class Choice(StrEnum):
    """What can be decided of a draft."""

    APPROVE = "approve"
    HOLD = "hold"
    SPIKE = "spike"


class OvertakenError(RequestError):
    """Somebody has changed the draft, or decided on it, since it was seen."""


def decide(draft: Filed, choice: Choice, who: str, reason: str, seen: str) -> Entry:
    """Log a decision on a draft as it was `seen` (see `Filed.seen`).

    What holds a draft is outdone by a reason to approve it. Where an editor has changed an
    article, that is the one which is meant, and its pieces go with it. Raises OvertakenError
    where the draft is another by now, RequestError where the rules refuse, with all that is
    wrong.
    """
    site = draft.site
    with site.changing:
        if site.draft(draft.folder).seen != seen:
            raise OvertakenError(_overtaken(draft.folder))
        match choice:
            case Choice.HOLD:
                return hold(draft.path, who, site.desk, reason=reason)
            case Choice.SPIKE:
                return spike(draft.path, who, site.desk, reason=reason)
        changed = any(map(is_article, draft.edited))
        meant = draft.path / draft.leading if changed else draft.path
        return approve(
            meant,
            who,
            site.desk,
            site.home,
            override=reason,
            measure=site.knowledge.measure,
            with_pieces=True,
        )


def _overtaken(folder: str) -> Fault:
    return Fault(
        "Somebody has changed this draft, or decided on it, since you opened it: nothing was done.",
        "Read it as it is now, and decide again.",
        file=folder,
    )
