"""What every test may use."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from odd_counts import LOW, file_odd
from reference import MAKER, shared_file
from small_desk import SmallDesk, write_small_desk

from generator.desk import builtin_desk, load_desk
from generator.pipeline import run
from generator.release.sample import write_sample
from generator.requests import Request


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the golden drafts anew."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ anew")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what suites found: faults caught, drafts held without cause, and doubts calibrated."""
    passed, failed = (terminalreporter.stats.get(outcome, []) for outcome in ("passed", "failed"))
    caught, missed = (_noted(reports, "fault") for reports in (passed, failed))
    scores = _noted([*passed, *failed], "score")
    if caught or missed or scores:
        terminalreporter.section("faults")
    if caught or missed:
        clean = _noted([*passed, *failed], "clean drafts")
        alarms = _noted([*passed, *failed], "false alarms")
        terminalreporter.line(
            f"caught {len(caught)} of {len(caught) + len(missed)}, "
            f"false alarms {sum(map(int, alarms))} of {sum(map(int, clean))} clean drafts"
        )
    for line in scores:
        terminalreporter.line(line)
    tables = _noted([*passed, *failed], "doubts")
    if tables:
        terminalreporter.section("doubts")
    for shown in tables:
        terminalreporter.line(f"\n{shown}\n")


def _noted(reports: list[pytest.TestReport], name: str) -> list[str]:
    return [
        str(value) for report in reports for key, value in report.user_properties if key == name
    ]


@pytest.fixture(autouse=True)
def _cache_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep what tests read out of the cache of whoever runs them."""
    monkeypatch.setenv("NEWSCOPY_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


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


@pytest.fixture(scope="session")
def small_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a desk of three forces: copy it, do not run it."""
    folder = tmp_path_factory.mktemp("small") / "desk"
    write_small_desk(folder)
    return folder


@pytest.fixture(scope="session")
def good_output(small_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File the small desk's drafts: copy them, do not change them."""
    output = tmp_path_factory.mktemp("good") / "output"
    request = Request(small_desk / "releases" / "2021-05-13-table")
    assert len(run(request, load_desk(small_desk), output).filed.rows) == 8
    return output


@pytest.fixture(scope="session")
def odd_desk(small_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File the small desk's drafts of a release with a count in doubt: copy them."""
    folder = tmp_path_factory.mktemp("odd") / "desk"
    shutil.copytree(small_desk, folder)
    file_odd(folder, LOW)
    return folder


@pytest.fixture
def newscopy(
    small_desk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> SmallDesk:
    """Run newscopy in a copy of the small desk, with a release under releases/."""
    folder = tmp_path / "desk"
    shutil.copytree(small_desk, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setenv("NEWSCOPY_JOBS", "1")  # for three forces processes are slow to start
    return SmallDesk(folder, capsys)


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """Return what tells every file of a folder, by its path there."""
    return lambda folder: {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
