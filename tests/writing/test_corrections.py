"""Every wording of a correction line, whole, as the desk's template has it."""

from __future__ import annotations

import pytest
from building import desk

from generator.writing import make_environment
from generator.writing.claims import tracing
from generator.writing.correction_lines import TEMPLATE, About, Comparison, Given, Statement

RATE = "share of offences that ended in a charge or summons"
KENT = About(RATE, is_count=False, where="in Kent", when="2020")
BELOW = Comparison("below", "8.4%", when="2019")
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
    **dict.fromkeys(("reason", "gap", "gap_where"), ""),
    **dict.fromkeys(("claims", "too_few"), False),
    **{name: [] for name in ("numbers", "gone", "statements", "left", "joined")},
}
LEFT = [
    {"names": ["Kent Police"], "reason": "did not submit complete data", "unavailable": ""},
    {
        "names": ["Essex Police", "Surrey Police"],
        "reason": "had no complete figures",
        "unavailable": "data was not provided",
    },
]

LINES: list[tuple[dict[str, object], str]] = [
    (
        {"numbers": [Given("8.3%", KENT)], "statements": [Statement(KENT, "8.1%")]},
        f"An earlier version of this story gave a figure of 8.3%. {REVISED}: the {RATE} in Kent "
        "was 8.1% in 2020.",
    ),
    (
        {
            "place": "table",
            "numbers": [Given("20,000", CLOSED), Given("8%", KENT)],
            "statements": [Statement(CLOSED, "20,040"), Statement(KENT, "9%")],
        },
        f"A table in an earlier version of this story gave figures of 20,000 and 8%. {REVISED}: "
        "the number of offences closed in Kent was 20,040 in 2020. "
        f"The {RATE} in Kent was 9% in 2020.",
    ),
    (
        {
            "numbers": [Given("8%", NATION), Given("7%", NATION), Given("6%", NATION)],
            "statements": [Statement(NATION, "8.4%", (("7.4%", "2019"), ("6.4%", "2018")))],
            "left": LEFT,
        },
        f"An earlier version of this story gave figures of 8%, 7% and 6%. {REVISED}, and those for "
        "England and Wales no longer include Kent Police, which did not submit complete data, nor "
        f"Essex Police and Surrey Police, for which data was not provided. The {RATE} across "
        "England and Wales was 8.4% in 2020, 7.4% in 2019 and 6.4% in 2018.",
    ),
    (
        {
            "numbers": [Given("8%", NATION)],
            "statements": [Statement(NATION, "8.4%")],
            "joined": ["Kent Police"],
        },
        f"An earlier version of this story gave a figure of 8%. {REVISED}, and those for England "
        f"and Wales now include Kent Police. The {RATE} across England and Wales was 8.4% in 2020.",
    ),
    (
        {
            "fallen": "claim",
            "statements": [Statement(KENT, "8.3%", standings=(BELOW, Comparison("none")))],
        },
        f"An earlier version of this story said: {SAID} {REVISED}, and this no longer holds: the "
        f"{RATE} in Kent was 8.3% in 2020, below the 8.4% of 2019 and no longer a record.",
    ),
    (
        {
            "fallen": "claim",
            "statements": [
                Statement(
                    KENT,
                    "8.3%",
                    standings=(
                        Comparison("level", "8.3%", when="2019"),
                        Comparison("joint", lowest=True),
                        Comparison("above", "8.1%", "across England and Wales", "2020"),
                    ),
                )
            ],
            "left": LEFT[:1],
        },
        f"An earlier version of this story said: {SAID} {REVISED}, and those for England and Wales "
        "no longer include Kent Police, which did not submit complete data. This no longer holds: "
        f"the {RATE} in Kent was 8.3% in 2020, level with the 8.3% of 2019, now only a joint "
        "record low and above the 8.1% across England and Wales.",
    ),
    (
        {
            "fallen": "claim",
            "place": "headline",
            "sentence": "Charge rate higher in Kent than elsewhere",
            "ends": False,
            "statements": [
                Statement(CLOSED, "20,000", (("19,000", "2019"),)),
                Statement(KENT, "8.3%", standings=(BELOW, Comparison("outright"))),
            ],
        },
        "The headline of an earlier version of this story said: “Charge rate higher in Kent than "
        f"elsewhere”. {REVISED}, and this no longer holds: the number of offences closed in Kent "
        f"was 20,000 in 2020 and 19,000 in 2019. The {RATE} in Kent was 8.3% in 2020, below the "
        "8.4% of 2019 and now an outright record.",
    ),
    (
        {"fallen": "claim"},
        f"An earlier version of this story said: {SAID} {REVISED}, and this no longer holds.",
    ),
    (
        {"fallen": "claim", "gap": "2018", "gap_where": "in Kent"},
        f"An earlier version of this story said: {SAID} {REVISED}, and this can no longer be said, "
        "because there is no complete figure in Kent in 2018.",
    ),
    (
        {
            "fallen": "gone",
            "gone": [Given("8.3%", KENT)],
            "numbers": [Given("8%", NATION)],
            "statements": [Statement(NATION, "8.4%")],
            "reason": "Kent Police did not submit complete data",
        },
        f"An earlier version of this story gave the {RATE} in Kent in 2020 as 8.3%. In the revised "
        "Home Office figures it can no longer be given, because Kent Police did not submit "
        "complete data. It also gave a figure of 8%. That has been revised: "
        f"the {RATE} across England and Wales was 8.4% in 2020.",
    ),
    (
        {
            "fallen": "gone",
            "gone": [Given("8%", KENT), Given("9", CLOSED)],
            "numbers": [Given("8%", NATION), Given("9%", NATION)],
            "statements": [Statement(NATION, "8.4%", (("9.4%", "2019"),))],
        },
        f"An earlier version of this story gave the {RATE} in Kent in 2020 as 8% and the number of "
        "offences closed in Kent in 2020 as 9. In the revised Home Office figures they can no "
        "longer be given. It also gave figures of 8% and 9%. Those have been revised: "
        f"the {RATE} across England and Wales was 8.4% in 2020 and 9.4% in 2019.",
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
    with tracing(desk().style) as trace:
        rendered = make_environment(desk()).get_template(TEMPLATE).render(PLAIN | given)
    return " ".join(rendered.split()), trace.branches


@pytest.mark.parametrize(("given", "line"), LINES)
def test_each_wording(given: dict[str, object], line: str) -> None:
    assert render(given)[0] == line


def test_every_branch_of_the_template_is_among_them() -> None:
    taken = {branch for given, _ in LINES for branch in render(given)[1]}
    assert sorted(make_environment(desk()).list_branches(TEMPLATE) - taken) == []
