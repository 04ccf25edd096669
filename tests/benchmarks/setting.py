"""What the topics are measured with: a full-size release, the sample, a folder for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp

from reference import MAKER

from generator.desk import Desk, builtin_desk, load_desk
from generator.release.sample import write_sample

from .commands import python

_FULL_SIZE = ("--scale", "full", "--last", "2025/26", "--last-quarter", "4")
_OFFENCE_CODES = 160


@dataclass(frozen=True)
class Setting:
    """A folder that is thrown away afterwards, and a release that may lie somewhere already."""

    folder: Path
    given: Path | None = None

    @cached_property
    def desk(self) -> Desk:
        """The desk that this repository is."""
        return load_desk(builtin_desk())

    @cached_property
    def release(self) -> Path:
        """A release of full size; it is made when first asked for, unless one was given."""
        if self.given:
            return self.given
        made = self.new_folder("release")
        if MAKER.is_file():
            python(self.folder, str(MAKER), str(made), *_FULL_SIZE).run()
        else:
            table = self.desk.datasets[self.desk.file.sample]
            write_sample(made, table, self.desk.forces, offence_codes=_OFFENCE_CODES)
        return made

    @cached_property
    def workbooks(self) -> list[Path]:
        """The files of the full-size release."""
        return sorted(self.release.glob("*.xlsx"))

    def new_folder(self, name: str) -> Path:
        """Return a folder in which nothing lies yet."""
        return Path(mkdtemp(prefix=f"{name}-", dir=self.folder))
