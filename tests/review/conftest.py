"""What tests of the review page begin from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from open_page import Page
from small_desk import SmallDesk


@pytest.fixture
def page(newscopy: SmallDesk, good_output: Path) -> Page:
    shutil.copytree(good_output, newscopy.output)
    return Page(newscopy)


@pytest.fixture
def titles(newscopy: SmallDesk, good_output: Path) -> Page:
    """Return the page of a desk with a title for Kent beside its own."""
    shutil.copytree(good_output, newscopy.output)
    (newscopy.folder / "config" / "editions").mkdir()
    edition = "id: kent\ntitle: Kent Herald\nareas: [kent]\npieces: [brief]\n"
    (newscopy.folder / "config" / "editions" / "kent.yml").write_text(edition, "utf-8")
    ran = newscopy("run", "--edition", "kent")
    assert ran.status == 0, ran.err
    return Page(newscopy)


@pytest.fixture
def odd(newscopy: SmallDesk, odd_desk: Path) -> Page:
    """Return the page of a desk whose release has 2,000 offences closed where 5,000 are usual."""
    for part in ("output", "releases"):
        shutil.copytree(odd_desk / part, newscopy.folder / part, dirs_exist_ok=True)
    (newscopy.output / ".newscopy" / "whereabouts.json").unlink()  # it was read elsewhere
    return Page(newscopy)
