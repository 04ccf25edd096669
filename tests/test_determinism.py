"""The same input, config and code give the same bytes, wherever and however they run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

SETTINGS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "jobs": "1"},
    {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "jobs": "2"},
)


def test_runs_are_the_same_to_the_byte(sample_release: Path, tmp_path: Path) -> None:
    outputs = []
    for number, setting in enumerate(SETTINGS):
        output = tmp_path / str(number)
        environment = {k: v for k, v in setting.items() if k != "jobs"}
        command = [sys.executable, "-c", "from generator.cli import main; main()", "run"]
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
