"""What an editor decides of a draft, by the rules of the commands."""

from __future__ import annotations

from enum import StrEnum

from generator.filed.approval import approve, hold, spike
from generator.filing import Entry, is_article
from generator.review.site import Filed


class Choice(StrEnum):
    """What can be decided of a draft."""

    APPROVE = "approve"
    HOLD = "hold"
    SPIKE = "spike"


def decide(draft: Filed, choice: Choice, who: str, reason: str) -> Entry:
    """Log a decision. What holds a draft is outdone by a reason to approve it.

    Where an editor has changed an article, that is the one which is meant, and its pieces go
    with it. Raises RequestError where the rules refuse, with all that is wrong.
    """
    site = draft.site
    with site.changing:
        match choice:
            case Choice.HOLD:
                return hold(draft.path, who, site.desk, reason=reason)
            case Choice.SPIKE:
                return spike(draft.path, who, site.desk, reason=reason)
        changed = any(map(is_article, draft.row.edited))
        meant = draft.path / draft.row.leading if changed else draft.path
        return approve(
            meant,
            who,
            site.desk,
            site.home,
            override=reason,
            means=site.means,
            with_pieces=True,
        )
