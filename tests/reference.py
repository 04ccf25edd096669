"""The reference material beside the project, which no user has and CI must have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

MAKER = Path(__file__).resolve().parents[2] / "shared" / "tools" / "make_release.py"
"""The maker of reference releases, which is no part of the project."""


def shared_file(path: Path) -> Path:
    """Return a file of the reference material; skip, or in CI fail, where it is not there."""
    if not path.is_file():
        if os.environ.get("NEWSCOPY_REFERENCE_REQUIRED"):
            pytest.fail(f"CI has to have {path.name}, and it is not there")
        pytest.skip(f"{path.name} is not part of the project and is not here")
    return path
