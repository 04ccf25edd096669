"""The review page of a small desk, at its address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from small_desk import SmallDesk


@dataclass(frozen=True)
class Served:
    """A desk whose page is served."""

    desk: SmallDesk
    url: str

    @property
    def output(self) -> Path:
        return self.desk.output
