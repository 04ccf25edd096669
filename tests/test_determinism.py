"""The same input, config and code give the same bytes, wherever and however they run."""

from __future__ import annotations

import hashlib
import locale
import os
import subprocess
import sys
from pathlib import Path

import pytest

FOREIGN = "tr_TR.UTF-8"
"""Commas for decimals, and an i that has no capital I: CI installs it, other machines may not."""
SETTINGS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "jobs": "1"},
    {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": FOREIGN, "jobs": "2"},
)
RUN = """
import contextlib, locale
with contextlib.suppress(locale.Error):
    locale.setlocale(locale.LC_ALL, "")
from generator.cli import main
main()
"""


def test_the_foreign_locale_is_there_in_ci() -> None:
    try:
        was = locale.setlocale(locale.LC_NUMERIC)
        locale.setlocale(locale.LC_NUMERIC, FOREIGN)
    except locale.Error:
        if os.environ.get("NEWSCOPY_REFERENCE_REQUIRED"):
            pytest.fail(f"CI has to have {FOREIGN}")
        pytest.skip(f"{FOREIGN} is not installed: the runs are compared without it")
    assert locale.localeconv()["decimal_point"] == ","
    locale.setlocale(locale.LC_NUMERIC, was)


def test_runs_are_the_same_to_the_byte(sample_release: Path, tmp_path: Path) -> None:
    outputs = []
    for number, setting in enumerate(SETTINGS):
        output = tmp_path / str(number)
        environment = {k: v for k, v in setting.items() if k != "jobs"}
        command = [sys.executable, "-c", RUN, "run"]
        subprocess.run(
            [*command, str(sample_release), "--output", str(output), "--jobs", setting["jobs"]],
            env=os.environ | environment,
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )
        outputs.append(_hashes(output))
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 90 * 6


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".newscopy" not in path.parts
    }
