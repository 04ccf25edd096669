"""The review page of a desk, at its address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Served:
    """A desk's output, whose page is served."""

    output: Path
    url: str

    def at(self, path: str) -> str:
        """Return the address of a page."""
        return f"{self.url}{path}"
