"""The register: what it may say, and what the one that newscopy ships with says of whom."""

from __future__ import annotations

import datetime

import pytest
from conftest import CopiedDesk

from generator.desk import Effect, builtin_desk, load_desk
from generator.errors import Fault

REGISTER = "comparability.yml"
ENTRY = """entries:
  - dataset: police-outcomes
    area: kent
    from: "2019-07"
    effect: {effect}
    reason: changed its system
    source: a note
    added: 2021-05-13
"""


def with_entry(copied: CopiedDesk, more: str, effect: str = "caveat") -> CopiedDesk:
    copied.write(REGISTER, ENTRY.format(effect=effect) + f"    {more}\n")
    return copied


@pytest.mark.parametrize(
    ("counts", "spoken_of"),
    [
        ("counts: [recorded]", {"recorded"}),
        ("counts: [closed, recorded]", {"closed", "recorded"}),
        ("counts: ", {"closed", "recorded"}),
    ],
)
def test_an_entry_speaks_of_the_counts_it_names_or_of_all(
    copied: CopiedDesk, counts: str, spoken_of: set[str]
) -> None:
    (entry,) = with_entry(copied, counts).load().register
    assert {c for c in ("closed", "recorded") if entry.is_of("police-outcomes", {c})} == spoken_of
    assert not entry.is_of("recorded-crime", {"recorded"})


@pytest.mark.parametrize(
    ("more", "effect", "fault"),
    [
        (
            "counts: [recorded, closd]",
            "caveat",
            Fault(
                "The entry speaks of `closd`, which is no count of police-outcomes.",
                "Did you mean closed?",
                file="config/comparability.yml",
                line=9,
                key="entries.1.counts.2",
                found="closd",
                expected="recorded or closed",
            ),
        ),
        (
            "counts: [zebras]",
            "incomplete",
            Fault(
                "The entry speaks of `zebras`, which is no count of police-outcomes.",
                "Use one of: recorded, closed; without `counts` it is of all.",
                file="config/comparability.yml",
                line=9,
                key="entries.1.counts.1",
                found="zebras",
                expected="recorded or closed",
            ),
        ),
        (
            "counts: []",
            "caveat",
            Fault(
                "The value of `counts` cannot be used.",
                "Correct the value; docs/authoring.md describes every key.",
                file="config/comparability.yml",
                line=9,
                key="entries.1.counts",
                found="an empty list",
                expected="a list, with at least one in it",
            ),
        ),
        (
            "copy: Kent Police changed its system.",
            "incomplete",
            Fault(
                "Copy names an area that is left out with its `reason`, and needs no sentence.",
                "Take `copy` out, or write `effect: caveat` if the figures are to stand.",
                file="config/comparability.yml",
                line=9,
                key="entries.1.copy",
            ),
        ),
        (
            "copy: changed its system",
            "caveat",
            Fault(
                "What readers are to be told is not a whole sentence.",
                "Begin it with a capital letter, and end it with a full stop.",
                file="config/comparability.yml",
                line=9,
                key="entries.1.copy",
                found="changed its system",
                expected="a sentence, such as The force changed its system in May 2019.",
            ),
        ),
    ],
)
def test_what_an_entry_cannot_say(copied: CopiedDesk, more: str, effect: str, fault: Fault) -> None:
    assert with_entry(copied, more, effect).fault() == fault


def test_a_desk_of_before_is_read_and_its_made_up_reasons_are_not(copied: CopiedDesk) -> None:
    """Reasons that `style.yml` once gave for every force are no force's words."""
    style = copied.path("style.yml").read_text(encoding="utf-8")
    then = style.partition("unavailable:")[0] + (
        "missing_reason: did not submit complete data\n"
        "absent_reason: did not appear in all of the published files\n"
    )
    copied.write("style.yml", then)
    assert copied.load().style.unavailable == "complete figures were not available"


# --- As it ships --------------------------------------------------------------------------

NOT_PROVIDED = {
    *("bedfordshire", "btp", "cumbria", "dyfed-powys", "hertfordshire", "leicestershire"),
    *("metropolitan", "south-yorkshire"),
}


def test_only_greater_manchesters_gap_takes_figures_out() -> None:
    (gap,) = (e for e in load_desk(builtin_desk()).register if e.effect is Effect.INCOMPLETE)
    assert (gap.area, gap.from_, gap.to) == ("greater-manchester", "2019-07", "2020-03")
    assert gap.reason == "did not submit complete data"
    assert gap.is_of("police-outcomes", {"closed"})
    assert gap.is_of("police-outcomes", {"recorded"})


def test_the_eight_forces_of_2014_15_are_a_caveat_of_the_closed_count() -> None:
    eight = [e for e in load_desk(builtin_desk()).register if e.from_ == "2014-04" and e.to]
    assert {entry.area for entry in eight} == NOT_PROVIDED
    assert len(eight) == 8
    for entry in eight:
        assert (entry.effect, entry.to, entry.counts) == (Effect.CAVEAT, "2015-03", ("closed",))
        assert entry.sentence is None


def test_what_is_said_of_everyone_is_a_caveat_and_what_readers_need_of_it_a_sentence() -> None:
    register = load_desk(builtin_desk()).register
    everyone = {entry.from_: entry for entry in register if entry.area == "everywhere"}
    assert set(everyone) == {"2019-04", "2014-04"}
    assert "outcome 22" in everyone["2019-04"].reason
    assert "Since April 2019 police have also been able" in (everyone["2019-04"].sentence or "")
    assert "negative count" in everyone["2014-04"].reason
    railways = [entry.reason for entry in register if entry.area == "btp" and not entry.to]
    assert ["Scotland" in reason for reason in railways] == [True]


def test_every_entry_has_a_source_and_a_day() -> None:
    for entry in load_desk(builtin_desk()).register:
        assert entry.source.startswith("Home Office, ")
        assert entry.added <= datetime.date(2026, 11, 26)
