"""The titles whose copy lies in an output: the desk's own, and each edition's in its folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.desk import Desk, as_edition
from generator.errors import Fault, NewscopyError, RequestError
from generator.filed.places import desk_of
from generator.filing import MANIFEST
from generator.pipeline import PLAIN, Means
from generator.review.drafts import NotThereError
from generator.review.knowledge import Knowledge
from generator.review.listing import Listed
from generator.review.site import Site


@dataclass(frozen=True)
class Titles:
    """An output folder; what is filed there while the page is open shows."""

    output: Path
    desk: Desk
    home: Path
    means: Means = PLAIN
    _known: dict[str, Site] = field(default_factory=dict)
    _making: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def own(self) -> Site:
        """The copy that lies in the folder itself: mostly the desk's own."""
        return self._site(self.output, desk_of(self.output, self.desk), "")

    def all(self) -> Iterator[Site]:
        """Yield a site for each title that has copy here.

        Raises RequestError where nothing is filed, or the copy is of an edition that the desk
        does not have.
        """
        editions = [each for each in self.desk.editions if self._is_filed(self._place(each))]
        if self._is_filed(self.output) or not editions:
            yield self.own
        yield from map(self.of, editions)

    def of(self, edition: str) -> Site:
        """Return the site of an edition, "" for the folder's own.

        Raises NotThereError where it has no copy here.
        """
        if not edition:
            return self.own
        if edition not in self.desk.editions or not self._is_filed(self._place(edition)):
            raise NotThereError(_no_title(edition))
        with self._making:
            if edition not in self._known:
                desk = as_edition(self.desk, edition)
                self._known[edition] = self._site(self._place(edition), desk, edition)
            return self._known[edition]

    def listed(self) -> tuple[list[Listed], list[Fault]]:
        """Return every draft of every title, and why some titles' cannot be told.

        Raises RequestError where no title's can.
        """
        found: list[Listed] = []
        faults: list[Fault] = []
        for site in self.all():
            try:
                found += site.listed()
            except NewscopyError as error:
                faults += error.faults
        if faults and not found:
            raise RequestError(*faults)
        return found, faults

    def branches(self) -> dict[str, frozenset[str]]:
        """Return the branches that each draft's templates took, by its address."""
        found: dict[str, frozenset[str]] = {}
        for site in self.all():
            with suppress(NewscopyError):
                found |= site.branches()
        return found

    def prepare(self) -> None:
        """Read what the drafts were made from, so that nobody has to wait for it."""
        with suppress(NewscopyError):  # who opens the page is told
            for site in self.all():
                site.prepare()

    def _place(self, edition: str) -> Path:
        return self.output / self.desk.editions[edition].place

    @staticmethod
    def _is_filed(output: Path) -> bool:
        return (output / MANIFEST).is_file()

    def _site(self, output: Path, desk: Desk, edition: str) -> Site:
        known = Knowledge(output, desk, self.home, self.means)
        return Site(output, desk, self.home, known, edition)


def _no_title(edition: str) -> Fault:
    return Fault(
        "No copy of this title lies here.",
        "Go back to the list; newscopy run --edition files it.",
        found=edition,
    )
