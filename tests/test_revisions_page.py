"""What docs/revisions.md shows is what comes out."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import oracle
import pytest
from building import desk

from generator.cli.app import app
from generator.pipeline import run
from generator.requests import Request

PAGE = (Path(__file__).parents[1] / "docs" / "revisions.md").read_text(encoding="utf-8")
RAISED = ["2019/20", "2", "Derbyshire", "105A"]
"""Of July to September 2019, outcome 16: 2,743 cases closed, which the page raises by 4,200."""


def test_what_is_shown_is_what_comes_out(
    sample_release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    run(Request(sample_release, ("victim-withdrawal",)), desk(), tmp_path / "output")
    new = tmp_path / "new"
    shutil.copytree(sample_release, new)
    book = new / "prc-outcomes-open-data-mar2020-tables.xlsx"
    with book.with_suffix(".csv").open("w", newline="", encoding="utf-8") as table:
        for _, cells in oracle.workbook_rows(book):
            raised = cells[:4] == RAISED and cells[8] == "16"
            csv.writer(table).writerow([*cells[:-1], "6943"] if raised else cells)
    book.unlink()
    about = (new / "release.yml").read_text(encoding="utf-8")
    (new / "release.yml").write_text(about.replace("2021-05-13", "2021-07-22"), encoding="utf-8")

    app(["diff", "output", "new", "--area", "derbyshire"], standalone_mode=False)

    printed = capsys.readouterr().out
    shown = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert len(shown) == 2
    for lines in shown:
        assert lines in printed
