"""Where a draft stands with its editors."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """What has been decided of a draft."""

    APPROVED = "approved"
    CHANGED = "changed since approval"
    ON_HOLD = "on hold"
    SPIKED = "spiked"

    @property
    def is_approval(self) -> bool:
        """True for what was approved, changed since or not: it may be in print."""
        return self in (Standing.APPROVED, Standing.CHANGED)

    @property
    def is_withdrawal(self) -> bool:
        """True for what somebody has decided is not to run, or not yet."""
        return self in (Standing.ON_HOLD, Standing.SPIKED)
