"""What is otherwise in a copy now than in an earlier text of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.filing import CopyError, Decision, Entry, Row, copy_from, recall_text
from generator.model import Copy
from generator.review.changes import Change, changes


@dataclass(frozen=True)
class Since:
    """What was changed since something happened, sentence by sentence."""

    what: str
    """What happened."""
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Earlier:
    """Finds earlier texts of the drafts of an output."""

    output: Path

    def copy(self, name: str, sha: str) -> Copy | None:
        """Return a text by its sha256; None where it is not kept, or cannot be read."""
        data = recall_text(self.output, sha) if sha else None
        try:
            return copy_from(data, name) if data is not None else None
        except CopyError:
            return None

    def compare(
        self,
        name: str,
        now: Copy,
        row: Row,
        decision: Decision | None,
        log: Iterable[Entry],
        before: Copy | None = None,
    ) -> tuple[Since, ...]:
        """Compare a copy with what was approved, what was filed, and the last release's.

        Where there is no such text of an earlier release, that of the period `before` is taken.
        """
        earlier = self.copy(name, _earlier(name, row, log))
        texts = [
            ("it was approved", self.copy(name, _approved(name, decision))),
            ("it was filed", self.copy(name, row.rendered.get(name, ""))),
            ("the last release", earlier),
            ("the draft of the period before", before if earlier is None else None),
        ]
        found = [Since(what, changes(text, now)) for what, text in texts if text is not None]
        return tuple(each for each in found if each.changes)


def _approved(name: str, decision: Decision | None) -> str:
    return decision.texts.get(name, "") if decision and name in decision.approved else ""


def _earlier(name: str, row: Row, log: Iterable[Entry]) -> str:
    """Return the sha256 of the text that an earlier release made last."""
    made = [entry for entry in log if entry.event.is_filing and entry.release != row.release]
    return next((entry.texts[name] for entry in reversed(made) if name in entry.texts), "")
