"""What every test may use."""

from pathlib import Path

import pytest

from generator.desk import builtin_desk, load_desk
from generator.release.sample import write_sample


@pytest.fixture(scope="session")
def sample_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample release, written once for each worker: read it, do not change it."""
    folder = tmp_path_factory.mktemp("sample") / "release"
    desk = load_desk(builtin_desk())
    write_sample(folder, desk.datasets["police-outcomes"], desk.forces)
    return folder
