"""What a new release changes, for a spreadsheet and for a program: a row for each thing told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from generator.filing import coverage_words, release_words, summary
from generator.model import FalseSentence, Revision
from generator.printing import print_exact, print_figure
from generator.writing import say_turned

_COLUMNS = (
    *("kind", "story", "period", "area", "measure", "was", "now", "exactly_was", "exactly_now"),
    *("prints_alike", "why", "folder", "standing", "where", "files", "sentence", "correction"),
)
"""Of the flat table: one row for each thing told, `kind` first, so that it can be filtered."""

Row = dict[str, str]


def as_csv(revision: Revision) -> str:
    """Write one flat table, a row for each thing told."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(_rows(revision))
    return text.getvalue()


def as_json(revision: Revision) -> str:
    """Write what the table has for a program: the same names, by kind."""
    rows: dict[str, list[Row]] = {}
    for row in _rows(revision):
        rows.setdefault(row["kind"], []).append({k: v for k, v in row.items() if k != "kind"})
    told = {
        "summary": summary(revision),
        "sample": revision.sample,
        "old": revision.since,
        "new": release_words(revision.new),
        "drafts_looked_at": len(revision.drafts),
        "drafts_now_wrong": len(revision.wrong),
    }
    kinds = ("false sentence", "note", "finding turned", "area", "figure restated")
    told |= {kind.replace(" ", "_"): rows.get(kind, []) for kind in kinds}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _rows(revision: Revision) -> Iterator[Row]:
    for draft in revision.drafts:
        story, period, _ = draft.folder.split("/")
        about = {
            "story": story,
            "period": period,
            "area": draft.area,
            "folder": draft.folder,
            "standing": draft.standing.value if draft.standing else "",
        }
        for sentence in draft.sentences:
            yield {"kind": "false sentence", **about, **_sentence(sentence)}
        for note in draft.notes:
            yield {"kind": "note", **about, "why": note}
    for turned in revision.differences.turned:
        words = say_turned(turned)
        yield {
            "kind": "finding turned",
            "story": _stories(turned.told_in),
            "period": str(turned.period),
            "area": turned.area.name,
            "measure": turned.label,
            "was": words.was,
            "now": words.now,
            "why": f"was {words.was_because}; now {words.now_because}",
        }
    for one in revision.differences.coverage:
        yield {
            "kind": "area",
            "story": _stories(one.told_in),
            "period": str(one.period),
            "area": one.area.name,
            "was": "incomplete" if one.complete else "complete",
            "now": "complete" if one.complete else "incomplete",
            "why": coverage_words(one),
        }
    for figure in revision.differences.restated:
        yield {
            "kind": "figure restated",
            "story": _stories(figure.told_in),
            "period": str(figure.before.period),
            "area": figure.area.name,
            "measure": figure.before.label,
            "was": print_figure(figure.before),
            "now": print_figure(figure.after),
            "exactly_was": print_exact(figure.before),
            "exactly_now": print_exact(figure.after),
            "prints_alike": "yes" if figure.prints_alike else "no",
        }


def _sentence(sentence: FalseSentence) -> Row:
    return {
        "where": sentence.where,
        "files": " ".join(sentence.files),
        "sentence": sentence.sentence,
        "why": " ".join(sentence.problems),
        "correction": sentence.correction,
    }


def _stories(told_in: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(told.partition("/")[0] for told in told_in))
