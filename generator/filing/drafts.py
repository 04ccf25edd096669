"""File drafts: render all of them, settle what an editor may have changed, put them in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.desk import Desk
from generator.filing import manifest, whereabouts
from generator.filing.bundle import bundle
from generator.filing.checks import check
from generator.filing.disk import locked, refusals
from generator.filing.html import Pages
from generator.filing.index import index_csv, index_html
from generator.filing.keeping import Action, Plan, plan
from generator.filing.manifest import Manifest, Row, release_record
from generator.filing.moving import move_in, recover, stage
from generator.model import Draft, Release, Status

Progress = Callable[[str, int, int], None]
"""Called with the draft that is rendered, how many are, and of how many."""


@dataclass(frozen=True)
class FiledDraft:
    """What became of one draft."""

    folder: str
    area: str
    headline: str
    status: Status
    score: int
    holds: int
    warnings: int
    notes: int
    action: Action
    beside: tuple[str, ...] = ()
    """New versions that lie beside files an editor has changed."""


@dataclass(frozen=True)
class Filed:
    """What a run has filed."""

    output: Path
    rows: tuple[FiledDraft, ...]
    """The most newsworthy first."""
    warnings: tuple[str, ...] = ()

    @property
    def ready(self) -> int:
        """How many drafts are ready for an editor."""
        return self._count(Status.READY)

    @property
    def held(self) -> int:
        """How many must not be published."""
        return self._count(Status.HELD)

    @property
    def excluded(self) -> int:
        """How many are of areas without figures."""
        return self._count(Status.EXCLUDED)

    def _count(self, status: Status) -> int:
        return sum(row.status is status for row in self.rows)


def file_drafts(
    drafts: Sequence[Draft],
    release: Release,
    desk: Desk,
    output: Path,
    *,
    read_from: str | None = None,
    progress: Progress | None = None,
) -> Filed:
    """File each draft in `output/<story>/<period>/<area>/`, and index all that lie there.

    Nothing is written before everything is rendered, and nothing is in place before all of
    it is written; whatever an editor has changed stays. Where the release was read
    (`read_from`, see `whereabouts`) is noted beside the drafts. Raises FilingError where the
    output cannot be written or another run holds it, DeskError where a page template is at
    fault.
    """
    check(drafts)
    pages = Pages(desk)
    bundles = {}
    for number, draft in enumerate(drafts, start=1):
        bundles[draft.folder] = bundle(draft, release, pages)
        if progress:
            progress(draft.folder, number, len(drafts))
    with refusals(output), locked(output):
        old, warnings = _earlier(output)
        plans = {
            folder: plan(output / folder, files, _filed(old, folder))
            for folder, files in bundles.items()
        }
        record = _record(drafts, release, desk, output, plans, old)
        written = {
            "index.csv": index_csv(record),
            "index.html": index_html(record, desk, pages),
            manifest.NAME: manifest.encoded(record),
        }
        moving = {folder: planned for folder, planned in plans.items() if planned.moves}
        differing = {n: data for n, data in written.items() if _differs(output / n, data)}
        if moving or differing:
            # The manifest goes along even if it stays the same: it says what is half done.
            differing[manifest.NAME] = written[manifest.NAME]
            stage(output, moving, differing)
            move_in(output, moving, list(differing))
        if read_from is not None:
            whereabouts.note(output, record.release.id, read_from, record.releases)
    rows = sorted(
        (_filed_draft(draft, plans[draft.folder]) for draft in drafts),
        key=lambda row: (-row.score, row.folder),
    )
    return Filed(output, tuple(rows), warnings)


def _earlier(output: Path) -> tuple[Manifest | None, tuple[str, ...]]:
    """Read what earlier runs filed, and say so where nobody can tell any more."""
    try:
        return recover(output), ()
    except ValueError:
        return None, (
            f"{manifest.NAME} was damaged, so nobody can tell what is an editor's: every filed "
            "file that differs from its draft was left as it is, with the new one beside it, "
            "and drafts that this run did not write are no longer in the index.",
        )


def _filed(old: Manifest | None, folder: str) -> Mapping[str, str]:
    return old.drafts[folder].files if old and folder in old.drafts else {}


def _record(
    drafts: Sequence[Draft],
    release: Release,
    desk: Desk,
    output: Path,
    plans: Mapping[str, Plan],
    old: Manifest | None,
) -> Manifest:
    """Put this run's drafts among those of earlier runs that still lie there."""
    made_from = release_record(release)
    rows: dict[str, Row] = {
        folder: row
        for folder, row in (old.drafts.items() if old else ())
        if (output / folder).is_dir()
    }
    for draft in drafts:
        planned = plans[draft.folder]
        rows[draft.folder] = manifest.row(draft, made_from).model_copy(
            update={"files": planned.filed, "edited": planned.edited, "beside": planned.beside}
        )
    return manifest.manifest(made_from, desk, rows, old)


def _filed_draft(draft: Draft, planned: Plan) -> FiledDraft:
    counts = manifest.problem_counts(draft)
    return FiledDraft(
        folder=draft.folder,
        area=draft.facts.area.name,
        headline=draft.headline,
        status=draft.status,
        score=draft.facts.score.points,
        holds=counts.hold,
        warnings=counts.warn,
        notes=counts.note,
        action=planned.action,
        beside=planned.beside,
    )


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data
