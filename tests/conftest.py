"""What every test may use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from reference import MAKER, shared_file

from generator.desk import builtin_desk, load_desk
from generator.release.sample import write_sample


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the golden drafts anew."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ anew")


@pytest.fixture(scope="session")
def sample_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sample release, once for each worker: read it, do not change it."""
    folder = tmp_path_factory.mktemp("sample") / "release"
    desk = load_desk(builtin_desk())
    write_sample(folder, desk.datasets["police-outcomes"], desk.forces)
    return folder


@pytest.fixture(scope="session")
def reference_release(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make reference releases of the format asked for, once each; skip where there is no maker."""
    made: dict[str, Path] = {}
    folder = tmp_path_factory.mktemp("reference")

    def make(form: str) -> Path:
        shared_file(MAKER)
        if form not in made:
            made[form] = folder / form
            command = [sys.executable, str(MAKER), str(made[form]), "--scale", "tiny"]
            subprocess.run([*command, "--format", form], check=True, capture_output=True)
        return made[form]

    return make
