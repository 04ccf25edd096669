"""index.html and index.csv: every draft in the output, the most newsworthy first."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.desk import Desk
from generator.filing import manifest
from generator.filing.banners import PROVISIONAL, SAMPLE, Banner, embargo_words, in_full
from generator.filing.charts import SVG
from generator.filing.encoded import as_csv
from generator.filing.html import Pages
from generator.filing.manifest import Manifest, ReleaseRecord, Row
from generator.filing.names import MANIFEST, SHOWN, is_new_version
from generator.filing.standing import Decision
from generator.model import Standing, Status
from generator.periods import Period

HEADER = (
    *("story", "period", "area", "headline", "score", "status", "holds", "warnings", "notes"),
    *("edited", "folder", "sample", "standing", "decided_by", "beside"),
)
_FIRST = (
    *("article.html", "article.docx", "article.md", "article.txt"),
    *("figures.csv", "ledger.json", "notes.md"),
)


@dataclass(frozen=True)
class Line:
    """A draft as the index page shows it; `page` is the file that its headline leads to."""

    folder: str
    row: Row
    story: str
    period: str
    files: tuple[str, ...]
    page: str
    decision: Decision | None
    chart: str
    """The picture to be shown, "" without one."""

    @property
    def others(self) -> list[str]:
        """The files beside the one that its headline leads to."""
        return [name for name in self.files if name != self.page]


def index_pages(
    record: Manifest,
    decisions: Mapping[str, Decision],
    desk: Desk,
    pages: Pages,
    feed: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Return whatever tells of all drafts, by name: index and `feed`, and last the manifest."""
    return {
        **feed,
        "index.csv": index_csv(record, decisions),
        "index.html": index_html(record, decisions, desk, pages),
        MANIFEST: manifest.encoded(record),
    }


def index_csv(record: Manifest, decisions: Mapping[str, Decision]) -> bytes:
    """Write the index as a table, without the drafts that an editor has deleted."""
    return as_csv(
        HEADER,
        (
            (
                *(row.story, row.period, row.area, row.headline, row.score, row.status.value),
                *(row.problems.hold, row.problems.warn, row.problems.note),
                *(" ".join(row.edited), folder, row.sample),
                *_decided(decisions.get(folder)),
                " ".join(row.beside),
            )
            for folder, row in manifest.ranked(record.drafts)
        ),
    )


def index_html(
    record: Manifest, decisions: Mapping[str, Decision], desk: Desk, pages: Pages
) -> bytes:
    """Write the index as a page; drafts that an editor has deleted are named at its foot."""
    ranked = manifest.ranked(record.drafts)
    lines = [_line(folder, row, decisions.get(folder), desk) for folder, row in ranked[:SHOWN]]
    standing = {folder: decisions[folder].standing for folder, _ in ranked if folder in decisions}
    statuses = Counter(
        row.status for folder, row in ranked if standing.get(folder) is not Standing.SPIKED
    )
    standings = Counter(standing.values())
    made_from = [record.releases[name] for name in _releases(record)]
    page = pages.render(
        "index.html.j2",
        desk=desk,
        banners=_banners(record, made_from),
        releases=[(one, _published(one)) for one in made_from],
        lines=lines,
        number=len(ranked),
        counts=[(status.value, statuses[status]) for status in Status],
        decided=[(each.value, standings[each]) for each in Standing],
        deleted=[folder for folder, row in sorted(record.drafts.items()) if row.is_deleted],
        stories=sorted({line.story for line in lines}),
        periods=sorted({line.period for line in lines}, reverse=True),
        charts=any(line.chart for line in lines),
        regions=sorted({line.row.region for line in lines if line.row.region}),
    )
    return page.encode()


def _line(folder: str, row: Row, decision: Decision | None, desk: Desk) -> Line:
    story = desk.stories.get(row.story)
    names = (set(row.files) | set(row.edited)) - set(row.deleted)
    files = [name for name in _FIRST if name in names]
    files += sorted(n for n in names - set(_FIRST) if not is_new_version(n)) or [""]
    return Line(
        folder,
        row,
        story.title if story else row.story,
        str(Period.parse(row.period)),
        tuple(files),
        next((name for name in files if decision and name in decision.approved), files[0]),
        decision,
        SVG if SVG in names else "",
    )


def _decided(decision: Decision | None) -> tuple[str, str]:
    return (decision.standing.value, decision.who) if decision else ("", "")


def _releases(record: Manifest) -> list[str]:
    """Return the ids of the releases that drafts are from, this run's first."""
    origins = {origin for row in record.drafts.values() for origin in row.origins}
    others = origins & set(record.earlier_releases)
    return [record.release.id, *sorted(others)]


def _banners(record: Manifest, releases: list[ReleaseRecord]) -> list[Banner]:
    samples = [row.sample for row in record.drafts.values()]
    found = []
    if any(samples):
        some = "" if all(samples) else " Some of these drafts only: each says so."
        found.append(Banner("sample", SAMPLE + some))
    embargoes = [release.as_release().embargo for release in releases]
    found += [Banner("embargo", embargo_words(until)) for until in embargoes if until]
    if any(release.provisional for release in releases):
        found.append(Banner("provisional", PROVISIONAL))
    return found


def _published(release: ReleaseRecord) -> str:
    if release.published is None:
        return ""
    return in_full(datetime.date.fromisoformat(release.published))
