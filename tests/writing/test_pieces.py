"""What stands beside the article: brief, radio, post, and the words for a chart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import RELEASE, desk, drafts_of

from generator.desk import PieceKind
from generator.model import BlockKind, Copy, Draft, Level, Passage, Piece, copy_of, plain
from generator.writing import Checker

RISING = {year: (9000, 1000 + 250 * (year - 2015), 800) for year in range(2015, 2021)}
FALLING = {year: (9000, 2500 - 250 * (year - 2015), 800) for year in range(2015, 2021)}
COUNTS = {"kent": RISING, "surrey": FALLING}
CHECKER = Checker(desk(), RELEASE)


def kent() -> Draft:
    return drafts_of(COUNTS)["kent"]


def piece_of(draft: Draft, kind: PieceKind) -> Piece:
    return next(piece for piece in draft.pieces if piece.kind is kind)


def lines_of(draft: Draft, kind: PieceKind) -> list[str]:
    return [plain(block.runs) for block in piece_of(draft, kind).article.blocks]


def check(draft: Draft, kind: PieceKind, text: str) -> list[tuple[Level, str]]:
    """Read a piece again in which the first paragraph has been changed to this."""
    piece = piece_of(draft, kind)
    copy = copy_of(piece.article, draft.disclosure, kind)
    changed = replace(copy, passages=(Passage(BlockKind.PARAGRAPH, text), *copy.passages[1:]))
    found = CHECKER.check_copy(changed, draft.facts)
    return [(problem.level, problem.what) for problem in found if problem.piece == kind]


def test_the_radio_version_is_to_be_read_aloud() -> None:
    assert lines_of(kent(), PieceKind.RADIO) == [
        "A record number of criminal offences in Kent last year failed to reach court after "
        "alleged victims withdrew support for their case, Home Office figures show.",
        "Kent Police closed nine thousand offences last year. Of these, more than two thousand two "
        "hundred fell through after the alleged victim did not support further action.",
        "That is a rate of twenty-five per cent, up from twenty-two point two per cent in twenty "
        "nineteen.",
        "Across England and Wales the rate was nineteen point four per cent.",
    ]


def test_a_post_says_the_headline_and_the_figures_behind_it() -> None:
    assert lines_of(kent(), PieceKind.SOCIAL) == [
        "Record number of criminal cases collapse in Kent after alleged victims drop out. Of 9,000 "
        "offences closed last year, 2,250 fell through, or 25%, up from 22.2% in 2019, Home Office "
        "figures show."
    ]


def test_every_number_of_a_piece_has_its_figure_in_the_ledger() -> None:
    claims = piece_of(kent(), PieceKind.RADIO).ledger
    assert [claim.text for claim in claims] == [
        "A record number",
        "nine thousand",
        "more than two thousand two hundred",
        "twenty-five per cent",
        "up from twenty-two point two per cent in twenty nineteen",
        "twenty-two point two per cent",
        "nineteen point four per cent",
    ]


def test_pieces_as_written_have_nothing_against_them() -> None:
    checked = CHECKER.check_draft(kent())
    assert [problem for problem in checked.problems if problem.piece] == []


@pytest.mark.parametrize(
    ("kind", "text", "level", "what"),
    [
        (
            PieceKind.RADIO,
            "Kent Police closed nine thousand offences, and 2,250 fell through.",
            Level.HOLD,
            "“2,250” is a figure, and this is to be read aloud.",
        ),
        (
            PieceKind.RADIO,
            "In Kent the rate of cases to collapse was twenty-six per cent.",
            Level.HOLD,
            "“twenty-six per cent” (“…to collapse was twenty-six per cent.”) is no figure of the "
            "story; the words speak of “share of offences closed because the victim did not "
            "support further action” for Kent in 2020, which is 25%.",
        ),
        (
            PieceKind.SOCIAL,
            "Record number of criminal cases collapse in Kent. Of 9,000 offences closed last year, "
            "2,251 fell through.",
            Level.HOLD,
            "“2,251” (“…last year, 2,251 fell through.”) is no figure of the story; the "
            "words speak of “offences closed because the victim did not support further "
            "action” for Kent in 2020, which is 2,250.",
        ),
        (
            PieceKind.BRIEF,
            "A record number of criminal offences in Kent failed to reach court. "
            + "Many more words. " * 27,
            Level.WARN,
            "A brief of 117 words is long: 75 are the most.",
        ),
        (
            PieceKind.SOCIAL,
            "Record number of criminal cases collapse in Kent. " + "Too long. " * 24,
            Level.WARN,
            "A post of 290 characters is too long.",
        ),
    ],
)
def test_a_piece_that_is_not_as_it_has_to_be(
    kind: PieceKind, text: str, level: Level, what: str
) -> None:
    assert (level, what) in check(kent(), kind, text)


def test_what_has_no_template_is_not_written() -> None:
    small = replace(desk(), file=desk().file.model_copy(update={"pieces": (PieceKind.SOCIAL,)}))
    drafts = drafts_of(COUNTS, replace(small, forces=drafts_forces()))
    assert [piece.kind for piece in drafts["kent"].pieces] == [PieceKind.SOCIAL]


def drafts_forces() -> tuple[object, ...]:
    return tuple(force for force in desk().forces if force.id in COUNTS)


def test_a_piece_without_headline_is_not_asked_for_one() -> None:
    copy = Copy("", (Passage(BlockKind.PARAGRAPH, "No number here."),), piece=PieceKind.RADIO)
    found = CHECKER.check_copy(copy, kent().facts)
    assert "There is no headline." not in [problem.what for problem in found]
