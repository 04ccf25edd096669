"""What is in doubt, and what was answered, for a spreadsheet and for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from generator.filed.doubts import Answered, Doubts, Raised, Touched

_COLUMNS = (
    *("kind", "level", "area", "step", "quarter", "count", "found", "expected", "newest"),
    *("story", "period", "draft", "where", "sentence", "instead", "would_not_hold", "sentences"),
    *("answer", "by", "at", "why", "words", "source", "now"),
)
"""Of the flat table: a row for each count and draft of a doubt, and each count of an answer."""

Row = dict[str, object]


def as_csv(doubts: Doubts) -> str:
    """Write one flat table, whose `kind` is doubt, answered, restated or not here.

    An answer is restated where its counts are others by now, and not here where the release
    has none of them.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(_rows(doubts))
    return text.getvalue()


def as_json(doubts: Doubts) -> str:
    """Write the doubts, each with its counts and drafts, and the answers."""
    told = {
        "dataset": doubts.release.dataset,
        "sample": doubts.release.sample,
        "doubts": [_raised(each) for each in doubts.raised],
        "answered": [_answered(each) for each in doubts.answered],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _rows(doubts: Doubts) -> Iterator[Row]:
    for raised in doubts.raised:
        told = {"kind": "doubt", **_place(raised)}
        for touched in raised.touched:
            draft = _touched(touched)
            draft["would_not_hold"] = "; ".join(touched.in_doubt.turned)
            for count in raised.doubt.counts:
                counted = {"count": count.label, "found": count.found, "expected": count.expected}
                yield {**told, **counted, **draft}
    for answered in doubts.answered:
        said = _answered(answered)
        counts, now = answered.answer.counts, answered.counts
        del said["counts"], said["now"], said["holds"], said["dataset"]
        said["kind"] = "answered" if answered.holds else "restated" if now else "not here"
        for label, found in counts.items():
            yield {**said, "count": label, "found": found, "now": now.get(label, "")}


def _raised(raised: Raised) -> Row:
    counts = [
        {"label": each.label, "found": each.found, "expected": each.expected}
        for each in raised.doubt.counts
    ]
    return {**_place(raised), "counts": counts, "drafts": [_touched(e) for e in raised.touched]}


def _place(raised: Raised) -> Row:
    doubt = raised.doubt
    return {
        "level": raised.level.value,
        "area": raised.area.id,
        "step": doubt.step,
        "quarter": str(doubt.quarter),
        "newest": doubt.is_newest,
    }


def _touched(touched: Touched) -> Row:
    facts, in_doubt = touched.draft.facts, touched.in_doubt
    return {
        "level": in_doubt.level.value,
        "story": facts.story.id,
        "period": facts.period.id,
        "draft": touched.draft.folder,
        "where": in_doubt.where,
        "sentence": in_doubt.sentence,
        "instead": in_doubt.instead,
        "would_not_hold": list(in_doubt.turned),
        "sentences": in_doubt.touched,
    }


def _answered(answered: Answered) -> Row:
    said = answered.answer.model_dump(mode="json", by_alias=True)
    return {
        **said,
        "quarter": str(answered.answer.quarter),
        "holds": answered.holds,
        "now": dict(answered.counts),
    }
