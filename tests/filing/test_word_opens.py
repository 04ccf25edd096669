"""LibreOffice opens the Word files, and prints every word of the copy on the page.

Where there is no LibreOffice the test is skipped, but not in CI, which installs it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from building import RELEASE, desk
from test_stories import national, withdrawal

from generator.filing.bundle import bundle
from generator.filing.html import Pages
from generator.model import Draft, copy_of

REQUIRED = "NEWSCOPY_LIBREOFFICE_REQUIRED"


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        assert not os.environ.get(REQUIRED), f"{name} is not installed"
        pytest.skip(f"{name} is not installed")
    return found


def printed(draft: Draft, folder: Path) -> str:
    """Return what stands on the pages that LibreOffice makes of the draft's Word file."""
    office, reader = program("soffice"), program("pdftotext")
    word = folder / "article.docx"
    word.write_bytes(bundle(draft, RELEASE, Pages(desk()))[word.name])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, word]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = word.with_suffix(".pdf")
    return subprocess.run(
        [reader, "-layout", "-enc", "UTF-8", pdf, "-"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout


def words_of(text: str) -> str:
    return re.sub(r"[\s-]+", "", text)  # a line may end within a word that has a hyphen


@pytest.mark.parametrize("which", ["an area", "the nation"])
def test_every_word_is_on_the_page(which: str, tmp_path: Path) -> None:
    drafts = {
        "an area": lambda: next(iter(withdrawal("record number and rate").values())),
        "the nation": lambda: national("victim-withdrawal", "record")["england-and-wales"],
    }
    draft = drafts[which]()
    copy = copy_of(draft.article, draft.disclosure)
    page = words_of(printed(draft, tmp_path))
    texts = [copy.headline, *(passage.text for passage in copy.passages), copy.disclosure]
    cells = [cell for passage in copy.passages for row in passage.rows for cell in row]
    texts += [word for cell in cells for word in cell.split()]  # a cell has lines of its own
    assert [text for text in texts if words_of(text) not in page] == []
