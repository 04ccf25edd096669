"""A draft's ledger as it lies there, and what of it still holds of an editor's words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.desk import PieceKind
from generator.filing import sha256
from generator.model import BlockKind, Copy, Passage
from generator.review.ledgers import HEADLINE, Claimed, Ledger, carry_over, read_ledger

PLACE = {"text": "the highest", "block": 1, "cell": "", "start": 4, "end": 15}
FINDING = {**PLACE, "kind": "finding", "why": "above all", "evidence": ["rate.2020"]}
QUOTATION = {
    **PLACE,
    **{"kind": "quotation", "speaker": "Ann Other", "source": "a letter", "verbatim": True},
}
FIGURE = {**PLACE, "kind": "figure", "figure": "rate.2020", "as_printed": "4%"}
WRITTEN: dict[str, Any] = {
    "claims": [FINDING, QUOTATION, FIGURE, {**FINDING, "cell": "1:2"}],
    "pieces": {"brief": [{**FINDING, "block": HEADLINE}]},
    "branches": ["article:3"],
}
HIGHEST = Claimed(1, 4, 15, "the highest", "above all", ("rate.2020",))


def read(folder: Path, written: object) -> Ledger:
    """Read what somebody has written as a ledger, and whose sha256 is the manifest's."""
    path = folder / "ledger.json"
    path.write_text(written if isinstance(written, str) else json.dumps(written), "utf-8")
    return read_ledger(path, sha256(path.read_bytes()))


def test_findings_and_quotations_are_read_and_figures_and_cells_are_not(tmp_path: Path) -> None:
    ledger = read(tmp_path, WRITTEN)
    spoken = Claimed(1, 4, 15, "the highest", speaker="Ann Other", source="a letter", verbatim=True)
    assert ledger.of(Copy("", ())) == (HIGHEST, spoken)
    (brief,) = ledger.of(Copy("", (), piece=PieceKind.BRIEF))
    assert brief.passage == HEADLINE
    assert ledger.of(Copy("", (), piece=PieceKind.RADIO)) == ()
    assert ledger.branches == {"article:3"}


def test_one_that_is_not_as_it_was_filed_or_not_there_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, WRITTEN) != Ledger()
    assert read_ledger(tmp_path / "ledger.json", "0" * 64) == Ledger()
    assert read_ledger(tmp_path / "ledger.json", None) == Ledger()
    assert read_ledger(tmp_path / "gone.json", "0" * 64) == Ledger()


@pytest.mark.parametrize(
    "written",
    [
        *("", "{", "[]", "5", '"claims"', '{"claims": ["\\ud800"]}', "[" * 100_000),
        {},
        {**WRITTEN, "claims": None},
        {**WRITTEN, "claims": [5, "x", None]},
        {**WRITTEN, "claims": [{}]},
        {**WRITTEN, "claims": [{**FINDING, "kind": "rumour"}]},
        {**WRITTEN, "claims": [{**FINDING, "start": "x"}]},
        {**WRITTEN, "claims": [{**FINDING, "start": "4"}]},
        {**WRITTEN, "claims": [{**FINDING, "start": -11}]},
        {**WRITTEN, "claims": [{**FINDING, "start": 15}]},
        {**WRITTEN, "claims": [{**FINDING, "end": 15.5}]},
        {**WRITTEN, "claims": [{**FINDING, "block": "1"}]},
        {**WRITTEN, "claims": [{**FINDING, "text": 5}]},
        {**WRITTEN, "claims": [{**FINDING, "why": None}]},
        {**WRITTEN, "claims": [{**FINDING, "evidence": "rate.2020"}]},
        {**WRITTEN, "claims": [{**FINDING, "evidence": [["rate.2020"]]}]},
        {**WRITTEN, "claims": [{**QUOTATION, "speaker": {}}]},
        {**WRITTEN, "pieces": 5},
        {**WRITTEN, "pieces": {"brief": 5}},
        {**WRITTEN, "branches": 5},
        {**WRITTEN, "branches": [[]]},
    ],
)
def test_what_is_no_ledger_is_as_if_there_were_none(tmp_path: Path, written: object) -> None:
    assert read(tmp_path, written) == Ledger()


def copy(*paragraphs: str, headline: str = "A headline") -> Copy:
    return Copy(headline, tuple(Passage(BlockKind.PARAGRAPH, text) for text in paragraphs))


def claim(filed: Copy, words: str, passage: int = 0) -> Claimed:
    """Claim these words of what was filed."""
    text = filed.headline if passage == HEADLINE else filed.passages[passage].text
    start = text.index(words)
    return Claimed(passage, start, start + len(words), words, "it is so")


def carried(filed: Copy, now: Copy, *claims: Claimed) -> list[tuple[int, str]]:
    """Return where the claims stand now, and the words that stand there."""
    found = []
    for each in carry_over(claims, filed, now):
        text = now.headline if each.passage == HEADLINE else now.passages[each.passage].text
        assert text[each.start : each.end] == each.text
        found.append((each.passage, each.text))
    return found


FILED = copy("Cases rose. It was the highest rate.", "Nobody has said why.")


def test_what_nobody_has_changed_keeps_its_claims() -> None:
    claims = (
        claim(FILED, "A headline", HEADLINE),
        claim(FILED, "rose"),
        claim(FILED, "the highest"),
    )
    now = [(HEADLINE, "A headline"), (0, "rose"), (0, "the highest")]
    assert carried(FILED, FILED, *claims) == now


def test_a_sentence_that_stands_word_for_word_elsewhere_takes_its_claim_along() -> None:
    now = copy("Nobody has said why.", "This is new. It was the highest rate. So is this.")
    assert carried(FILED, now, claim(FILED, "the highest")) == [(1, "the highest")]


def test_a_sentence_that_was_changed_has_lost_its_claim_and_its_neighbour_has_not() -> None:
    now = copy("Cases rose. It was the highest rate ever.")
    claims = (claim(FILED, "rose"), claim(FILED, "the highest"))
    assert carried(FILED, now, *claims) == [(0, "rose")]


def test_a_claim_beyond_a_sentence_needs_its_passage() -> None:
    both = claim(FILED, "rose. It was the highest")
    assert carried(FILED, copy("An opening.", FILED.passages[0].text), both) == [(1, both.text)]
    assert carried(FILED, copy(f"{FILED.passages[0].text} More."), both) == []


def test_a_claim_that_is_not_where_the_ledger_says_is_none() -> None:
    moved = Claimed(0, 1, 5, "rose", "it is so")
    beyond = Claimed(7, 0, 4, "rose", "it is so")
    assert carried(FILED, FILED, moved, beyond) == []
