"""A copy of the desk that comes with newscopy, of which a test breaks one thing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.desk import Desk, builtin_desk, load_desk
from generator.errors import DeskError, Fault


class CopiedDesk:
    """A desk in a folder of its own, as it came until a test changes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(builtin_desk() / "config", folder / "config")

    def path(self, name: str) -> Path:
        return self.folder / "config" / name

    def write(self, name: str, content: str | bytes) -> None:
        self.path(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def change(self, name: str, old: str, new: str) -> int:
        """Put a text in the place of the first like `old`, and return its 1-based line."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        self.write(name, text.replace(old, new, 1))
        return text.partition(old)[0].count("\n") + 1

    def load(self) -> Desk:
        return load_desk(self.folder)

    def faults(self) -> tuple[Fault, ...]:
        with pytest.raises(DeskError) as caught:
            self.load()
        return caught.value.faults

    def fault(self) -> Fault:
        """Return the one fault of a desk that must have just one."""
        faults = self.faults()
        assert len(faults) == 1, faults
        return faults[0]

    def line_of(self, name: str, text: str) -> int:
        """Return the 1-based line of a file on which a text first stands."""
        lines = self.path(name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.fixture
def copied(tmp_path: Path) -> CopiedDesk:
    return CopiedDesk(tmp_path)
