"""Every wording of a correction line, whole, as the desk's template has it."""

from __future__ import annotations

import pytest
from building import desk

from generator.writing import make_environment
from generator.writing.claims import tracing
from generator.writing.corrections import TEMPLATE, About, Restatement, Statement

RATE = "share of offences that ended in a charge or summons"
KENT = About(RATE, is_count=False, where="in Kent", when="2020")
KENT_BEFORE = About(RATE, is_count=False, where="in Kent", when="2019")
NATION = About(RATE, is_count=False, where="across England and Wales", when="2020")
CLOSED = About("offences closed", is_count=True, where="in Kent", when="2020")

SAID = "“At 8.3%, that was the lowest charge rate since 2015.”"
REVISED = "Home Office figures have since been revised"
PLAIN: dict[str, object] = {
    "fallen": "restated",
    "place": "paragraph",
    "sentence": "At 8.3%, that was the lowest charge rate since 2015.",
    "ends": True,
    "publisher": "Home Office",
    "nation": "England and Wales",
    "reason": "",
    "gap": "",
    **dict.fromkeys(("claims", "records", "joint", "too_few"), False),
    **{name: [] for name in ("numbers", "gone", "statements", "left", "joined")},
}
LEFT = [
    {"names": ["Kent Police"], "reason": "did not submit complete data"},
    {"names": ["Essex Police", "Surrey Police"], "reason": "changed their systems"},
]

LINES: list[tuple[dict[str, object], str]] = [
    (
        {"numbers": [Restatement(KENT, "8.3%", "8.1%")]},
        f"An earlier version of this story gave the {RATE} in Kent in 2020 as 8.3%. {REVISED}: "
        "it was 8.1%.",
    ),
    (
        {
            "place": "table",
            "numbers": [Restatement(CLOSED, "20,000", "20,040"), Restatement(KENT, "8%", "9%")],
        },
        "A table in an earlier version of this story gave the number of offences closed in Kent in "
        f"2020 as 20,000 and the {RATE} in Kent in 2020 as 8%. {REVISED}: they were 20,040 and 9% "
        "respectively.",
    ),
    (
        {"numbers": [Restatement(NATION, "around 8%", "8.4%")], "left": LEFT},
        f"An earlier version of this story gave the {RATE} across England and Wales in 2020 as "
        f"around 8%. {REVISED}, and those for England and Wales no longer include Kent Police, "
        "which did not submit complete data, nor Essex Police and Surrey Police, which changed "
        "their systems: the figure was 8.4%.",
    ),
    (
        {
            "numbers": [
                Restatement(NATION, "8%", "8.4%"),
                Restatement(NATION, "9%", "9.4%"),
            ],
            "joined": ["Kent Police"],
        },
        f"An earlier version of this story gave the {RATE} across England and Wales in 2020 as 8% "
        f"and the {RATE} across England and Wales in 2020 as 9%. {REVISED}, and those for England "
        "and Wales now include Kent Police: the figures were 8.4% and 9.4% respectively.",
    ),
    (
        {
            "fallen": "claim",
            "records": True,
            "statements": [Statement(KENT, "8.3%", "above", KENT_BEFORE, "8.1%")],
        },
        f"An earlier version of this story said: {SAID} {REVISED}, and this is no longer a "
        f"record: the {RATE} in Kent was 8.3% in 2020, above the 8.1% of 2019.",
    ),
    (
        {
            "fallen": "claim",
            "records": True,
            "joint": True,
            "statements": [Statement(KENT, "8.3%", "level", KENT_BEFORE, "8.3%")],
        },
        f"An earlier version of this story said: {SAID} {REVISED}, and this is now only a joint "
        f"record: the {RATE} in Kent was 8.3% in 2020, level with the 8.3% of 2019.",
    ),
    (
        {
            "fallen": "claim",
            "place": "headline",
            "sentence": "Charge rate higher in Kent than elsewhere",
            "ends": False,
            "statements": [
                Statement(KENT, "8.3%", "below", NATION, "8.4%"),
                Statement(CLOSED, "20,000", also=(("19,000", "2019"), ("18,000", "2018"))),
            ],
        },
        "The headline of an earlier version of this story said: “Charge rate higher in Kent than "
        f"elsewhere”. {REVISED}, and this no longer holds: the {RATE} in Kent was 8.3% in 2020, "
        "below the 8.4% across England and Wales; the number of offences closed in Kent was 20,000 "
        "in 2020, 19,000 in 2019 and 18,000 in 2018.",
    ),
    (
        {"fallen": "claim", "records": True, "gap": "2018"},
        f"An earlier version of this story said: {SAID} {REVISED}, and this can no longer be said, "
        "because there is no complete figure for 2018.",
    ),
    (
        {
            "fallen": "gone",
            "gone": [Restatement(KENT, "8.3%", "")],
            "numbers": [Restatement(NATION, "8%", "8.4%")],
            "reason": "Kent Police did not submit complete data",
        },
        f"An earlier version of this story gave the {RATE} in Kent in 2020 as 8.3%. In the revised "
        "Home Office figures it can no longer be given, because Kent Police did not submit "
        f"complete data. It also gave the {RATE} across England and Wales in 2020 as 8%; that was "
        "8.4%.",
    ),
    (
        {"fallen": "gone", "gone": [Restatement(KENT, "8%", ""), Restatement(CLOSED, "9", "")]},
        f"An earlier version of this story gave the {RATE} in Kent in 2020 as 8% and the number of "
        "offences closed in Kent in 2020 as 9. In the revised Home Office figures they can no "
        "longer be given.",
    ),
    (
        {"fallen": "gone", "claims": True, "too_few": True},
        f"An earlier version of this story said: {SAID} In the revised Home Office figures this "
        "can no longer be said, because too few police forces have complete figures.",
    ),
    (
        {"fallen": "basket", "sentence": "", "left": LEFT[:1]},
        "Since this story was first published, Home Office figures have been revised, and those "
        "for England and Wales no longer include Kent Police, which did not submit complete data.",
    ),
    (
        {"fallen": "unknown"},
        f"An earlier version of this story said: {SAID} Home Office figures published since do not "
        "bear this out.",
    ),
    ({"fallen": "unknown", "sentence": ""}, ""),
]


def render(given: dict[str, object]) -> tuple[str, set[str]]:
    """Return the line, and the branches of the template that it took."""
    with tracing(10) as trace:
        rendered = make_environment(desk()).get_template(TEMPLATE).render(PLAIN | given)
    return " ".join(rendered.split()), trace.branches


@pytest.mark.parametrize(("given", "line"), LINES)
def test_each_wording(given: dict[str, object], line: str) -> None:
    assert render(given)[0] == line


def test_every_branch_of_the_template_is_among_them() -> None:
    taken = {branch for given, _ in LINES for branch in render(given)[1]}
    assert sorted(make_environment(desk()).list_branches(TEMPLATE) - taken) == []
