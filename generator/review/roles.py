"""What somebody may do at the page."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; each may do all that those before it may."""

    READER = "reader"
    """Read, trace and download."""
    EDITOR = "editor"
    """Save versions, set new drafts aside, answer doubts, approve what nothing holds, put on hold,
    spike."""
    HEAD = "desk head"
    """Approve what is held, with a reason."""

    def may(self, needed: Role) -> bool:
        """Tell whether the role is, or goes beyond, another."""
        order = list(Role)
        return order.index(self) >= order.index(needed)
