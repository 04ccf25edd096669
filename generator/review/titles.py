"""The titles whose copy lies in an output: the desk's own, and each edition's in its folder."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from generator.desk import Desk, as_edition, load_desk
from generator.errors import Fault, NewscopyError, RequestError
from generator.filed.places import desk_of
from generator.filing import MANIFEST, Manifest
from generator.pipeline import PLAIN, Means
from generator.review.doubts import Batch, Doubting, Found, batches
from generator.review.drafts import Filed, NotThereError
from generator.review.knowledge import Knowledge
from generator.review.listing import Listed
from generator.review.site import Site


class Titles:
    """An output folder: whatever is filed there, or changed in the desk, meanwhile shows."""

    def __init__(
        self, output: Path, desk: Desk, home: Path, means: Means = PLAIN, *, is_own: bool = True
    ) -> None:
        self.output, self.desk, self.home, self.means = output, desk, home, means
        self.is_own = is_own
        """The desk is the user's: what comes with newscopy is nobody's, and keeps no answer."""
        self.answering = threading.Lock()
        """Whoever answers a doubt waits for the others."""
        self._looks = _looks_of(desk.folder)
        self._sites: dict[str, Site] = {}
        self._doubting = Doubting(desk, home, means)
        self._is_prepared = False
        self._making = threading.Lock()

    def refresh(self) -> None:
        """Load the desk again if its files look changed, and let go of all that came of them.

        Raises DeskError, each time, until a desk that is at fault is mended.
        """
        looks = _looks_of(self.desk.folder)
        with self._making:
            if looks != self._looks:
                self.desk = load_desk(self.desk.folder)
                self._sites = {}
                self._doubting = Doubting(self.desk, self.home, self.means)
                self._looks = looks

    @property
    def own(self) -> Site:
        """The copy that lies in the folder itself: mostly the desk's own."""
        return self._site("", self.output, lambda: desk_of(self.output, self.desk))

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
        return self._site(edition, self._place(edition), lambda: as_edition(self.desk, edition))

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

    def drafts(self) -> Iterator[Filed]:
        """Yield the drafts of every title whose copy can be told."""
        for site in self.all():
            with suppress(NewscopyError):
                yield from site.drafts()

    def branches(self) -> dict[str, frozenset[str]]:
        """Return the branches that each draft's templates took, by its address."""
        found: dict[str, frozenset[str]] = {}
        for site in self.all():
            with suppress(NewscopyError):
                found |= site.branches()
        return found

    def doubts(self, patience: float | None = None) -> Found | None:
        """Return what is in doubt of all drafts; None where one's patience ends before."""
        return self._doubting.of(self._batches(), patience)

    def doubts_at_hand(self) -> Found | None:
        """Return what is in doubt of all drafts if that is known.

        Once the page is prepared, it is worked out for the next who asks.
        """
        wanted = self._batches()
        if self._is_prepared:
            self._doubting.begin(wanted)
        return self._doubting.at_hand(wanted)

    def looked(self) -> Iterator[tuple[Site, Manifest]]:
        """Yield the titles of which it can be told what lies there, and what does."""
        for site in self.all():
            with suppress(NewscopyError):
                record, _ = site.look()
                yield site, record

    def _batches(self) -> tuple[Batch, ...]:
        looked = ((site.edition, site.output, record) for site, record in self.looked())
        return batches(looked, self.desk)

    def prepare(self) -> None:
        """Read what the drafts were made from, so that nobody has to wait for it."""
        with suppress(NewscopyError):  # who opens the page is told
            for site in self.all():
                site.prepare()
            self._is_prepared = True
            self.doubts_at_hand()

    def _place(self, edition: str) -> Path:
        return self.output / self.desk.editions[edition].place

    @staticmethod
    def _is_filed(output: Path) -> bool:
        return (output / MANIFEST).is_file()

    def _site(self, edition: str, output: Path, desk: Callable[[], Desk]) -> Site:
        with self._making:
            if edition not in self._sites:
                its = desk()
                known = Knowledge(output, its, self.home, self.means)
                self._sites[edition] = Site(output, its, self.home, known, edition)
            return self._sites[edition]


_Looks = frozenset[tuple[str, int, int]]


def _looks_of(folder: Path) -> _Looks:
    """Return what a desk's files look like: each by its path, time and size."""
    looks = set()
    for part in ("config", "templates"):
        for path in (folder / part).rglob("*"):
            with suppress(FileNotFoundError):  # an editor of text puts new files in old ones' place
                found = path.stat()
                if stat.S_ISREG(found.st_mode):
                    looks.add((str(path), found.st_mtime_ns, found.st_size))
    return frozenset(looks)


def _no_title(edition: str) -> Fault:
    return Fault(
        "No copy of this title lies here.",
        "Go back to the list; newscopy run --edition files it.",
        found=edition,
    )
