"""What became of the drafts of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from generator.model import Level, Problem, Standing, Status


class Action(StrEnum):
    """What a run did with a draft."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    MERGED = "merged with an editor's changes"
    BESIDE = "beside an editor's file"
    DELETED = "left deleted"


@dataclass(frozen=True)
class FiledDraft:
    """What became of one draft: its headline, status and problems as it lies there now."""

    folder: str
    area: str
    headline: str
    status: Status
    score: int
    problems: tuple[Problem, ...]
    action: Action
    edited: tuple[str, ...] = ()
    """Files that an editor has changed."""
    beside: tuple[str, ...] = ()
    """New versions that lie beside files that are an editor's."""
    versions: tuple[str, ...] = ()
    """Articles that are an editor's, and were read again: the problems are theirs."""
    approved: bool = False
    """True where an editor has approved the draft, changed since or not."""
    standing: Standing | None = None
    """What has been decided of it, if anything."""
    doubts: Mapping[str, Level] = field(default_factory=dict)
    """What each doubt does to the draft as it was written, by the doubt's id."""
    excluded: str = ""
    """Of an area without figures for the period: which did what; "" for any other."""

    @property
    def is_ours(self) -> bool:
        """True where nothing in it is an editor's, and nothing was decided of it."""
        return not (self.edited or self.beside or self.versions or self.standing) and (
            self.action in (Action.NEW, Action.UPDATED, Action.UNCHANGED)
        )


@dataclass(frozen=True)
class Filed:
    """What a run has filed."""

    output: Path
    rows: tuple[FiledDraft, ...]
    """The most newsworthy first."""
    warnings: tuple[str, ...] = ()
