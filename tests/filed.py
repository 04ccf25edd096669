"""Drafts filed by hand: nobody reads an editor's versions of them again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.desk import Desk
from generator.filing import Filed, Made, Pages
from generator.filing import file_drafts as file_rendered
from generator.model import Draft, Release


def file_drafts(
    drafts: Sequence[Draft], release: Release, desk: Desk, output: Path, **named: Any
) -> Filed:
    """Render drafts and file them."""
    named.setdefault("proofread", lambda copy, draft, origin: ())
    pages = Pages(desk)
    made = [Made.of(draft, release, pages) for draft in drafts]
    return file_rendered(made, release, desk, output, **named)
