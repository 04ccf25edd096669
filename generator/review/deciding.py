"""What an editor decides of a draft, by the rules of the commands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from generator.errors import Fault, RequestError
from generator.filed.approval import HeldError, approve, hold, spike
from generator.filing import Decision, Entry, is_article, set_aside
from generator.review.drafts import Filed


class Choice(StrEnum):
    """What can be decided of a draft."""

    APPROVE = "approve"
    HOLD = "hold"
    SPIKE = "spike"
    SET_ASIDE = "set aside"
    """The new draft that lies beside: the words stay as they are."""


class OvertakenError(RequestError):
    """Somebody has changed the draft, or decided on it, since it was seen."""


@dataclass(frozen=True)
class Decided:
    """What somebody has decided, and what they had before them."""

    choice: Choice
    who: str
    reason: str
    name: str
    """The file whose words were shown."""
    seen: str
    """See `Filed.seen`."""
    is_head: bool
    """Theirs is the last word: they approve what is held, and what others have withdrawn."""


def decide(draft: Filed, decided: Decided) -> Entry:
    """Log a decision on a draft.

    Where editors have changed articles, the one that was shown is approved, and its pieces go
    with it. Raises OvertakenError where the draft is another by now, RequestError where the
    rules refuse, with all that is wrong.
    """
    site, who, reason = draft.site, decided.who, decided.reason
    with site.changing:
        now = site.draft(draft.folder)
        if now.seen != decided.seen:
            raise OvertakenError(_overtaken(draft.folder))
        match decided.choice:
            case Choice.HOLD:
                return hold(draft.path, who, site.desk, reason=reason)
            case Choice.SPIKE:
                return spike(draft.path, who, site.desk, reason=reason)
            case Choice.SET_ASIDE:
                return set_aside(site.output, draft.folder, now.newer, who, site.desk)
        before = now.decision
        if before and before.standing.is_withdrawal and not (decided.is_head or before.who == who):
            raise RequestError(_withdrawn(draft.folder, before))
        try:
            return approve(
                _meant(now, decided.name),
                who,
                site.desk,
                site.home,
                override=reason if decided.is_head else "",
                measure=site.knowledge.measure,
                with_pieces=True,
            )
        except HeldError as error:
            held, *why = error.faults
            mend = _HEADS_MEND if decided.is_head else _EDITORS_MEND
            raise RequestError(replace(held, mend=mend), *why) from error


_HEADS_MEND = (
    "Mend what is listed below; or give a reason to approve it all the same, which the log keeps."
)
_EDITORS_MEND = (
    "Mend what is listed below; or ask the head of the desk, who may approve it all the same."
)


def _meant(draft: Filed, name: str) -> Path:
    """Return what is to be approved: the whole folder, or the one article that is to run."""
    if not draft.is_changed:
        return draft.path
    shown = name in draft.texts and is_article(name)
    return draft.path / (name if shown else draft.leading)


def _overtaken(folder: str) -> Fault:
    return Fault(
        "Somebody has changed this draft, or decided on it, since you opened it: nothing was done.",
        "Read it as it is now, and decide again.",
        file=folder,
    )


def _withdrawn(folder: str, before: Decision) -> Fault:
    return Fault(
        f"{before.who} has withdrawn this draft: it is {before.standing}.",
        "Ask them, or the head of the desk, to approve it.",
        file=folder,
        found=before.reason,
    )
