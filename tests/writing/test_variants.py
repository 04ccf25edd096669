"""A variant has the same words for an area always, and other words for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from building import RELEASE, desk, facts_of, seen, small_desk, text_of

from generator.desk import Area
from generator.errors import StoryError
from generator.model import Draft, Facts
from generator.writing import check_templates, make_environment, write_draft

COUNTS = {"kent": {year: (4000, 400 + 40 * (year - 2015), 300) for year in range(2015, 2021)}}
KENT = facts_of(COUNTS)["kent"]
TWO = "# A headline\n\nIt rose, {% variant %}figures reveal{% or %}figures show{% endvariant %}.\n"
FORCES = desk().forces

Write = Callable[..., Draft]
Share = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a draft from the text of a template, for Kent or for another area with its facts."""

    def written(template: str, area: Area = KENT.area, facts: Facts = KENT) -> Draft:
        small = small_desk("kent", folder=tmp_path)
        folder = small.templates / facts.story.id
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("article.md.j2", "incomplete.md.j2", "nation.md.j2"):
            (folder / name).write_text(template, encoding="utf-8")
        small = seen(small)
        environment = make_environment(small)
        check_templates(environment, facts.story, small)
        return write_draft(replace(facts, area=area), environment, small, RELEASE)

    return written


@pytest.fixture
def share(tmp_path: Path) -> Share:
    """Write a shared template."""

    def shared(name: str, template: str) -> None:
        folder = tmp_path / "templates" / "shared"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(template, encoding="utf-8")

    return shared


def said(draft: Draft) -> str:
    return text_of(draft).removeprefix("A headline\n")


def test_an_area_has_the_words_it_has_always_had(write: Write) -> None:
    # Written down: another machine, Python or hash seed must choose as this one did.
    assert {area.id: said(write(TWO, area)) for area in FORCES[:6]} == {
        "avon-and-somerset": "It rose, figures reveal.",
        "bedfordshire": "It rose, figures reveal.",
        "cambridgeshire": "It rose, figures show.",
        "cheshire": "It rose, figures reveal.",
        "city-of-london": "It rose, figures show.",
        "cleveland": "It rose, figures reveal.",
    }


def test_the_areas_share_the_alternatives_out(write: Write) -> None:
    three = TWO.replace("{% endvariant %}", "{% or %}figures suggest{% endvariant %}")
    shares = Counter(said(write(three, area)) for area in FORCES)
    assert len(shares) == 3
    assert min(shares.values()) > len(FORCES) // 6


def test_neither_the_release_nor_the_period_chooses(write: Write) -> None:
    earlier = facts_of(COUNTS, period="2018")["kent"]
    others = facts_of(COUNTS | {"essex": COUNTS["kent"]})["kent"]
    for area in FORCES[:8]:
        words = {said(write(TWO, area, facts)) for facts in (KENT, earlier, others)}
        assert len(words) == 1


def test_another_story_chooses_anew_in_a_shared_template(write: Write, share: Share) -> None:
    share("so.md.j2", "{% variant %}so{% or %}thus{% endvariant %}")
    template = "# A headline\n\n{% include 'shared/so.md.j2' %}"
    charged = facts_of(COUNTS, story="charged")["kent"]
    assert any(said(write(template, a)) != said(write(template, a, charged)) for a in FORCES[:12])


def test_another_sentence_and_its_variants_leave_a_choice_alone(write: Write) -> None:
    more = TWO.replace("It rose", "{% variant %}A{% or %}B{% endvariant %}\n\nWell\n\nIt rose")
    for area in FORCES[:12]:
        assert said(write(more, area)).splitlines()[-1] == said(write(TWO, area))


@pytest.mark.parametrize("second", ["{% variant %}x{% or %}y{% endvariant %}", TWO.split("\n")[2]])
def test_variants_of_a_story_do_not_move_together(write: Write, second: str) -> None:
    # Not even two with the same words.
    pairs = Counter(said(write(f"{TWO}\n{second}", area)) for area in FORCES)
    assert len(pairs) == 4


def test_an_alternative_holds_figures_claims_and_variants(write: Write) -> None:
    draft = write(
        "# A headline\n\n"
        "{% variant %}{% claim rate.record_high %}a record {{ rate }}{% endclaim %}{% or %}"
        "{% variant %}{{ rate }},{% or %}{{ rate }} –{% endvariant %}\n"
        "{% claim rate.record_high %}a record{% endclaim %}{% endvariant %}"
    )
    assert {claim.text for claim in draft.ledger} >= {"15%"}
    assert any("a record" in claim.text for claim in draft.ledger)


@pytest.mark.parametrize(
    "template",
    [
        "It was {% variant %}so{% or %}so{% endvariant %} there.",
        "It was\n{% variant %}\nso\n{% or %}\nso\n{% endvariant %}\nthere.",
        "It was {% variant %}so{% or %}so{% endvariant %}\nthere.",
        "It was {% variant %}\nso{% or %}\nso{% endvariant %} there.",
        "It was\n  {% variant %}so\n  {% or %}so\n  {% endvariant %}\n  there.",
        "It was {% variant %}so\nthere{% or %}so\nthere{% endvariant %}.",
        "It was {% variant %}so there\n{% or %}so there\n{% endvariant %}.",
    ],
)
def test_lines_break_anywhere(write: Write, template: str) -> None:
    for area in FORCES[:8]:
        assert said(write(f"# A headline\n\n{template}", area)) == "It was so there."


def test_an_alternative_may_be_paragraphs_and_a_headline(write: Write) -> None:
    template = "{% variant %}\n# A\n\nOne.\n\nTwo.\n{% or %}\n# B\n\nThree.\n{% endvariant %}\n"
    written = {text_of(write(template, area)) for area in FORCES[:8]}
    assert written == {"A\nOne.\nTwo.", "B\nThree."}


def test_each_alternative_is_a_branch(write: Write, tmp_path: Path) -> None:
    nested = TWO.replace("figures reveal", "{% if rate.record_high %}figures reveal{% endif %}")
    drafts = [write(nested, area) for area in FORCES[:12]]
    name = "victim-withdrawal/article.md.j2:3"
    branches = make_environment(seen(small_desk("kent", folder=tmp_path))).list_branches(
        "victim-withdrawal/article.md.j2"
    )
    assert branches == {
        f"{name}.0 variant 1 of 2", f"{name}.1 if", f"{name}.1 else", f"{name}.2 variant 2 of 2",
    }  # fmt: skip
    assert {frozenset(draft.branches) for draft in drafts} == {
        frozenset({f"{name}.0 variant 1 of 2", f"{name}.1 if"}),
        frozenset({f"{name}.2 variant 2 of 2"}),
    }
    assert all(draft.has_variants for draft in drafts)
    assert not write("# A headline\n\nA variant {% if rate %}of{% endif %} it.").has_variants


@pytest.mark.parametrize(
    ("template", "what", "line"),
    [
        ("It\n{% variant %}rose{% endvariant %}.", "two alternatives or more", 4),
        ("{% variant %}{% endvariant %}", "an alternative of a variant is empty", 3),
        ("{% variant %}\n{% or %}rose{% endvariant %}", "an alternative of a variant is empty", 3),
        ("{% variant %}rose\n{% or %} {# fell #} {% endvariant %}", "is empty", 4),
        ("{% variant %}a{% or %}{% set b = 1 %}{% endvariant %}", "is empty", 3),
        ("{% variant %}a{% or %}{% claim rate.record_high %}{% endclaim %}{% endvariant %}",
         "is empty", 3),
        ("{% variant %}rose{% or %}fell", "to be closed is 'variant'", 3),
        ("It\nrose{% or %}fell", "unknown tag 'or'", 4),
        ("{% variant rate %}rose{% or %}fell{% endvariant %}", "end of statement block", 3),
        ("{% variant %}rose{% else %}fell{% endvariant %}", "unknown tag 'else'", 3),
    ],
)  # fmt: skip
def test_a_fault_in_a_variant_is_told_with_its_line(
    write: Write, template: str, what: str, line: int
) -> None:
    with pytest.raises(StoryError) as caught:
        write(f"# A headline\n\n{template}")
    fault = caught.value.faults[0]
    assert fault.what.startswith("The template has a syntax error: ")
    assert what in fault.what
    assert (fault.file, fault.line) == ("templates/victim-withdrawal/article.md.j2", line)


def test_an_unknown_name_in_an_alternative_is_told(write: Write) -> None:
    with pytest.raises(StoryError, match="`raet` is not defined"):
        write("# A headline\n\n{% variant %}{{ raet }}{% or %}x{% endvariant %}")


def test_an_alternative_may_be_one_figure_or_an_include(write: Write, share: Share) -> None:
    share("so.md.j2", "so")
    template = (
        "# A headline\n\n{% variant %}{{ rate }}{% or %}{% include 'shared/so.md.j2' %}"
        "{% endvariant %}\n"
    )
    assert {said(write(template, area)) for area in FORCES[:8]} == {"15%", "so"}
