"""What is explained of drafts, in each form it is printed in: text, a list, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from generator.cli.trails import WIDTH, trail_lines
from generator.desk import PieceKind
from generator.filed.refinding import Refound
from generator.filing import SAMPLE, FigureTrail, FindingTrail, QuotationTrail, Trail, in_full
from generator.model import BlockKind, Claim, Draft, Release, plain

LONGEST = 40
"""Characters of a claim's words in the list of claims."""

Json = dict[str, object]


@dataclass(frozen=True)
class Explained:
    """What is explained of a draft: claims with their trails, and the rows of their counts.

    `found` has the rows that were found again, by the id of the count. Of what stands beside
    the article, `piece` says what, and the draft is `led_by` it.
    """

    draft: Draft
    claims: tuple[tuple[Claim, Trail], ...]
    found: Mapping[str, Refound] = field(default_factory=dict)
    piece: PieceKind | None = None

    def place_of(self, claim: Claim) -> str:
        """Say where a claim stands, in a piece after the name of its file."""
        place = _place_of(claim, self.draft)
        return f"{self.piece.called}, {place}" if self.piece else place


def as_text(found: Sequence[Explained], release: Release) -> str:
    """Tell the trail of every claim, those on the same figure under one heading."""
    lines: list[str] = []
    for each in found:
        lines += ["", "", *_heading(each.draft, release)]
        for pairs in _by_trail(each.claims):
            texts = dict.fromkeys(claim.text for claim, _ in pairs)
            places = dict.fromkeys(each.place_of(claim) for claim, _ in pairs)
            named = ", ".join(f"“{text}”" for text in texts)
            first, trail = pairs[0]
            lines += ["", *_wrapped(f"{named} ({'; '.join(places)})")]
            lines += trail_lines(trail, first.text, each.found)
    return "\n".join(lines[2:])


def as_list(found: Sequence[Explained], release: Release) -> str:
    """List claims, one a line: the words, and what is behind them."""
    lines: list[str] = []
    for each in found:
        lines += ["", *_heading(each.draft, release), ""]
        listed = [(_short(claim.text), _named(trail)) for claim, trail in each.claims]
        width = max((len(text) for text, _ in listed), default=0)
        lines += dict.fromkeys(f"{text:<{width}}  {name}" for text, name in listed)
    return "\n".join(lines[1:])


def as_csv(found: Sequence[Explained]) -> str:
    """Return every source row as it was published, with the count that it is part of."""
    counts = [(each.draft, refound) for each in found for refound in each.found.values()]
    headers = dict.fromkeys(
        name for _, refound in counts for row in refound.rows for name in row.cells
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["story", "figure", "file", "sheet", "row", "count", *headers])
    for draft, refound in counts:
        for row in refound.rows:
            writer.writerow(
                [
                    *(draft.facts.story.id, refound.figure.id, row.table.file, row.table.sheet),
                    *(row.row, row.count, *(row.cells.get(name, "") for name in headers)),
                ]
            )
    return text.getvalue()


def as_json(found: Sequence[Explained], release: Release) -> str:
    """Return the trails as JSON; a count also says what its rows add up to once more."""
    told = [
        {
            "draft": each.draft.folder,
            "headline": each.draft.headline,
            "release": release.title,
            "published": release.published.isoformat() if release.published else None,
            "sample": release.sample,
            "claims": [
                {
                    "text": claim.text,
                    "place": each.place_of(claim),
                    "kind": trail.kind,
                    **_trail(trail, each.found),
                }
                for claim, trail in each.claims
            ],
        }
        for each in found
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _place_of(claim: Claim, draft: Draft) -> str:
    """Say where a claim stands, as a reader counts: headline, paragraph 4, table row 2."""
    if claim.block == -1:
        return "headline"
    blocks = draft.article.blocks
    block = blocks[claim.block]
    if claim.cell:
        row, _ = map(int, claim.cell.split(":"))
        return f"table, {plain(block.rows[row][0])}"
    if block.kind is not BlockKind.PARAGRAPH:
        return block.kind.value
    before = sum(one.kind is BlockKind.PARAGRAPH for one in blocks[: claim.block])
    return f"paragraph {before + 1}"


def _heading(draft: Draft, release: Release) -> Iterator[str]:
    facts = draft.facts
    yield from _wrapped(f"{facts.area.name}, {facts.period}: {facts.story.title}")
    date = f", published {in_full(release.published)}" if release.published else ""
    yield from _wrapped(f"{draft.folder}, from {release.title}{date}")
    if release.sample:
        yield SAMPLE


def _by_trail(claims: Iterable[tuple[Claim, Trail]]) -> list[list[tuple[Claim, Trail]]]:
    """Put claims on the same figure, finding or quotation together, in order of the draft."""
    groups: dict[object, list[tuple[Claim, Trail]]] = {}
    for claim, trail in claims:
        groups.setdefault(_identity(claim, trail), []).append((claim, trail))
    return list(groups.values())


def _identity(claim: Claim, trail: Trail) -> object:
    match trail:
        case FigureTrail(figure=figure):
            return figure.id
        case FindingTrail(id=name):
            return name
        case QuotationTrail():
            return claim.text


def _named(trail: Trail) -> str:
    """Name what is behind a claim, in a few words."""
    match trail:
        case FigureTrail(figure=figure):
            return f"figure {figure.id}"
        case FindingTrail(id=name):
            return f"finding {name}"
        case QuotationTrail(speaker=speaker):
            return f"quotation of {speaker}"


def _short(text: str) -> str:
    return textwrap.shorten(text, LONGEST, placeholder=" …")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _trail(trail: Trail, found: Mapping[str, Refound]) -> Json:
    match trail:
        case FigureTrail():
            return _figure(trail, found)
        case FindingTrail():
            evidence = [_figure(part, found) for part in trail.evidence]
            return {"finding": trail.id, "why": trail.why, "evidence": evidence}
        case QuotationTrail():
            return asdict(trail)


def _figure(trail: FigureTrail, found: Mapping[str, Refound]) -> Json:
    told: Json = {
        "figure": trail.figure.id,
        "title": trail.title,
        "printed": trail.printed,
        "exact": trail.exact,
        "expanded": trail.expanded,
        "rounding": trail.rounding,
        "formula": trail.formula,
        "in_numbers": trail.in_numbers,
    }
    if trail.count:
        told["count"] = asdict(trail.count)
    if trail.figure.id in found:
        refound = found[trail.figure.id]
        told["found_again"] = {
            "rows": len(refound.rows),
            "total": refound.total,
            "agrees": not refound.differences,
            "differences": refound.differences,
        }
    if trail.parts:
        told["parts"] = [_figure(part, found) for part in trail.parts]
    return told
