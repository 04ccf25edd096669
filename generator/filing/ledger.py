"""ledger.json: every claim of a draft, down to the published rows."""

from __future__ import annotations

from collections.abc import Iterable

from generator.filing.sources import kind_of, rows_of
from generator.model import Claim, Draft, Figure, Finding, Quotation, Release
from generator.printing import print_exact, print_figure

Json = dict[str, object]


def ledger(draft: Draft, release: Release) -> Json:
    """Return the claims, each with what is behind it; every figure stands there once, by id."""
    return {
        "draft": draft.folder,
        "headline": draft.headline,
        "release": {
            "title": release.title,
            "published": release.published.isoformat() if release.published else None,
            "source": release.source,
            "licence": release.licence,
            "files": [{"name": file.name, "sha256": file.sha256} for file in release.files],
        },
        "sample": release.sample,
        "claims": [_claim(claim) for claim in draft.ledger],
        "pieces": {
            piece.kind.value: [_claim(claim) for claim in piece.ledger] for piece in draft.pieces
        },
        "figures": _figures(claim.support for claim in draft.claims),
        "branches": sorted(draft.branches),
    }


def _claim(claim: Claim) -> Json:
    place: Json = {
        "text": claim.text,
        "block": claim.block,
        "cell": claim.cell,
        "start": claim.start,
        "end": claim.end,
        "kind": kind_of(claim.support),
    }
    match claim.support:
        case Figure() as figure:
            return place | {"figure": figure.id, "as_printed": claim.as_printed}
        case Finding() as finding:
            return place | {
                "finding": finding.id,
                "holds": finding.holds,
                "why": finding.why,
                "evidence": [figure.id for figure in finding.evidence],
            }
        case Quotation() as quotation:
            return place | {
                "quote": quotation.quote,
                "verbatim": quotation.verbatim,
                "speaker": quotation.speaker,
                "source": quotation.source,
            }


def _figures(supports: Iterable[Figure | Finding | Quotation]) -> dict[str, Json]:
    """Gather the figures behind the claims, and the figures that those are made of."""
    found: dict[str, Json] = {}
    waiting: list[Figure] = []
    for support in supports:
        match support:
            case Figure():
                waiting.append(support)
            case Finding():
                waiting.extend(support.evidence)
    while waiting:
        figure = waiting.pop()
        if figure.id not in found:
            found[figure.id] = _figure(figure)
            waiting.extend(figure.parts)
    return dict(sorted(found.items()))


def _figure(figure: Figure) -> Json:
    return {
        "label": figure.label,
        "area": figure.area,
        "measure": figure.measure,
        "period": figure.period.id,
        "unit": figure.unit.value,
        "exact": print_exact(figure),
        "printed": print_figure(figure),
        "decimals": figure.decimals,
        "formula": figure.formula,
        "parts": [part.id for part in figure.parts],
        "sources": [
            {
                "file": source.table.file,
                "sheet": source.table.sheet,
                "quarter": str(source.quarter),
                "rows": rows_of(source),
                "row_count": source.rows,
                "total": source.total,
            }
            for source in figure.sources
        ],
    }
