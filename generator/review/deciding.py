"""What an editor decides of a draft, by the rules of the commands.

What stands against approving it is told, and asked about again; words that are not saved yet are
saved first, and the older ones not approved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from generator.errors import Fault, RequestError
from generator.filed.approval import HeldError, approve_weighed, hold, spike, weigh
from generator.filing import Decision, Entry, is_article, set_aside, sha256
from generator.review.drafts import Filed
from generator.review.editing import save_typed
from generator.review.typed import Typed


class Choice(StrEnum):
    """What can be decided of a draft."""

    APPROVE = "approve"
    SAVE_AND_APPROVE = "save and approve"
    """The words in the window, which become a version first."""
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
    confirmed: str = ""
    """What stood against it when they said again that they approve it: see `Against.said`."""


@dataclass(frozen=True)
class Against:
    """What stands against approving a draft, for somebody who may do it all the same.

    They have to say so again, once they have seen it.
    """

    withdrawn: Decision | None
    """Somebody has decided that it is not to run, or not yet."""
    holds: tuple[Fault, ...]
    """What holds its words."""
    amiss: str = ""
    """Why it is asked again, where it was asked before."""

    @property
    def said(self) -> str:
        """A hash of all that stands against it: what is confirmed is this, and nothing since."""
        return sha256(repr((self.withdrawn, self.holds)).encode())

    @property
    def state(self) -> str:
        """The word for where the draft stands: "held", "on hold" or "spiked"."""
        return str(self.withdrawn.standing) if self.withdrawn and not self.holds else "held"


def decide(draft: Filed, decided: Decided) -> Entry | Against:
    """Log a decision on a draft; return what stands against approving it until that is confirmed.

    Where editors have changed articles, the one that was shown is approved, and its pieces go
    with it. Raises OvertakenError where the draft is another by now, RequestError where the
    rules refuse, with all that is wrong.
    """
    site, who, reason = draft.site, decided.who, decided.reason
    with site.changing:
        now = not_overtaken(draft, decided)
        match decided.choice:
            case Choice.HOLD:
                return hold(draft.path, who, site.desk, reason=reason)
            case Choice.SPIKE:
                return spike(draft.path, who, site.desk, reason=reason)
            case Choice.SET_ASIDE:
                return set_aside(site.output, draft.folder, now.newer, who, site.desk)
        return _approve(now, decided)


def save_first(draft: Filed, typed: Typed, decided: Decided) -> Decided:
    """Save what was typed; return the decision to approve it, and not the words before it.

    Raises OvertakenError where the draft is another by now, and whatever `save_typed` raises.
    """
    with draft.site.changing:
        save_typed(not_overtaken(draft, decided), typed, decided.who)
        seen = draft.site.draft(draft.folder).seen
    return replace(decided, choice=Choice.APPROVE, name=typed.name, seen=seen)


def not_overtaken(draft: Filed, decided: Decided) -> Filed:
    """Return the draft as it lies there, if it is what the decision is about.

    Raises OvertakenError where it is another by now.
    """
    now = draft.site.draft(draft.folder)
    if now.seen != decided.seen:
        raise OvertakenError(_overtaken(draft.folder))
    return now


def _approve(draft: Filed, decided: Decided) -> Entry | Against:
    site, before = draft.site, draft.decision
    withdrawn = before if before and before.standing.is_withdrawal else None
    if withdrawn and not (decided.is_head or withdrawn.who == decided.who):
        raise RequestError(_withdrawn(draft.folder, withdrawn))
    weighed = weigh(
        _meant(draft, decided.name),
        decided.who,
        site.desk,
        site.home,
        measure=site.knowledge.measure,
        with_pieces=True,
    )
    not_overtaken(draft, decided)  # another program may have written before the texts were read
    against = Against(withdrawn, weighed.holds)
    is_theirs = decided.is_head or not weighed.holds
    if is_theirs and (withdrawn or weighed.holds) and decided.confirmed != against.said:
        return replace(against, amiss=_ANOTHER if decided.confirmed else "")
    try:
        override = decided.reason if decided.is_head else ""
        return approve_weighed(weighed, site.desk, override=override)
    except HeldError as error:
        if decided.is_head:
            return replace(against, amiss=_NO_REASON)
        held, *why = error.faults
        raise RequestError(replace(held, mend=_EDITORS_MEND), *why) from error


_ANOTHER = "What stands against it is no longer what you were shown. Read it again."
_NO_REASON = "Give a reason: what is held is not approved without one."
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
