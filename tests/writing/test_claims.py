"""What a template may print, what it may claim, and how its words are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import RELEASE, facts_of, seen, small_desk, text_of

from generator.errors import StoryError
from generator.model import Draft, Figure, Finding
from generator.writing import check_templates, make_environment, write_draft

COUNTS = {"kent": {year: (4000, 400 + 40 * (year - 2015), 300) for year in range(2015, 2021)}}
BODY = "# A headline\n\n"


@pytest.fixture
def write(tmp_path: Path):
    """Write a draft for Kent from the text of a template."""

    def written(template: str) -> Draft:
        desk = small_desk("kent", folder=tmp_path)
        folder = desk.templates / "victim-withdrawal"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("article.md.j2", "incomplete.md.j2", "nation.md.j2"):
            (folder / name).write_text(template, encoding="utf-8")
        desk = seen(desk)
        environment = make_environment(desk)
        check_templates(environment, desk.stories["victim-withdrawal"], desk)
        return write_draft(facts_of(COUNTS)["kent"], environment, desk, RELEASE)

    return written


def test_figures_and_findings_leave_claims_with_offsets(write) -> None:
    draft = write(
        BODY + "Of {{ closed }} cases,\n{% claim rate.record_high %}a record {{ rate }}"
        "{% endclaim %}\nended so in {{ period }} ."
    )
    assert text_of(draft) == "A headline\nOf 4,000 cases, a record 15% ended so in 2020."
    words = text_of(draft).splitlines()[1]
    assert [(claim.text, type(claim.support)) for claim in draft.ledger] == [
        ("4,000", Figure),
        ("a record 15%", Finding),
        ("15%", Figure),
    ]
    for claim in draft.ledger:
        assert words[claim.start : claim.end] == claim.text


def test_table_cells_carry_claims_too(write) -> None:
    draft = write(BODY + "| Force | Cases |\n| Kent | {{ closed | in_figures }} |")
    assert text_of(draft).splitlines()[1:] == ["Force | Cases", "Kent | 4,000"]
    assert [(claim.text, claim.cell) for claim in draft.ledger] == [("4,000", "1:1")]


@pytest.mark.parametrize(
    ("body", "said", "line"),
    [
        ("{% claim rate.record_low %}a record low{% endclaim %}", "does not hold", 3),
        ("{% claim rate %}x{% endclaim %}", "claim takes a finding", 3),
        ("It was\n{{ rate.record_high }}.", "a finding is not words", 4),
        ("It was {{ 29.3 }}%.", "no figure of the story", 3),
        ("It was {{ 2 + 2 }}.", "no figure of the story", 3),
        ("Nothing: {{ None }}.", "nothing would be printed", 3),
        ("A word.\n\n{{ incomplete }} said.", "`incomplete` is empty", 5),
        ("It {{ incomplete | upper }}.", "`incomplete | upper` is empty", 3),
        ("It was {{ area.press_office }}.", "`area.press_office` is empty", 3),
        ("{{ rate.record_hihg }}", "has no `record_hihg`; it has name, mea", 3),
        ("{{ rate.__class__.__mro__ }}", "unsafe", 3),
        ("{{ area | when }}", "takes a period", 3),
        ("{{ period | just }}", "takes a figure", 3),
    ],
)
def test_what_a_template_must_not_do(write, body: str, said: str, line: int) -> None:
    with pytest.raises(StoryError) as caught:
        write(BODY + body)
    (fault,) = caught.value.faults
    assert said in fault.what
    assert fault.file == "templates/victim-withdrawal/article.md.j2"
    assert fault.line == line


@pytest.mark.parametrize(
    ("body", "said", "mend"),
    [
        ("{{ rate.figur }}", "rate has no `figur`; it has name, measure, period, figure, ",
         "Did you mean figure or first?"),
        ("{{ rate.on_first.hihger }}", "a comparison has no `hihger`; it has figure, other, high",
         "Did you mean higher?"),
        ("{{ area.plice }}", "an area has no `plice`; it has id, name, where", "Did you mean pol"),
        ("{{ nation.raet }}", "this has no `raet`; it has closed, ", "Did you mean rate?"),
        ("{{ quotes.almeda }}", "this has no `almeda`; it has almeida, gov", "Did you mean alme"),
        ("{{ rate.zzz }}", "rate has no `zzz`; it has name, ", "Correct the template; guard"),
        ("{% if reply.answer %}x{% endif %}", "there is nothing here that could have `answer`",
         "Correct the template; guard"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_with_what_is(write, body: str, said: str, mend: str) -> None:
    with pytest.raises(StoryError) as caught:
        write(BODY + body)
    (fault,) = caught.value.faults
    assert said in fault.what
    assert "generator." not in fault.what
    assert fault.mend.startswith(mend)


@pytest.mark.parametrize(
    ("template", "said", "line"),
    [
        (BODY + "{{ raet }}", "`raet` is not defined", 3),
        (BODY + "{% if rate.figure %}x", "syntax error", 3),
        (BODY + "{% claim rate.record_high %}x", "syntax error", 3),
        (BODY + "{% include 'shared/nothing.md.j2' %}", "missing", None),
    ],
)
def test_templates_are_checked_before_anything_is_read(
    write, template: str, said: str, line: int | None
) -> None:
    with pytest.raises(StoryError) as caught:
        write(template)
    assert said in caught.value.faults[0].what
    assert not caught.value.faults[0].what.endswith("..")
    assert caught.value.faults[0].line == line


def test_a_name_near_a_known_one_is_suggested(write) -> None:
    with pytest.raises(StoryError) as caught:
        write(BODY + "{{ withdrawm }}")
    assert caught.value.faults[0].mend == "Did you mean withdrawn?"


@pytest.mark.parametrize("template", ["No headline.", "# Only a headline", ""])
def test_an_article_has_a_headline_and_text(write, template: str) -> None:
    with pytest.raises(StoryError):
        write(template)


def test_lines_break_anywhere_without_joining_words(write) -> None:
    draft = write(
        BODY + "{% if rate.record_high %}\nIt was\n"
        "{% claim rate.record_high %}a record{% endclaim %}\nthere.\n{% endif %}\n"
    )
    assert text_of(draft).splitlines()[1] == "It was a record there."


def test_an_attribute_near_a_known_one_is_suggested(write) -> None:
    with pytest.raises(StoryError) as caught:
        write(BODY + "{% if rate.recrd_low %}x{% endif %}")
    assert caught.value.faults[0].mend.startswith("Did you mean record_low")


@pytest.mark.parametrize(
    "body",
    [
        "{% set why %}{% if incomplete %}why{% endif %}{% endset %}It is{{ why }} so.",
        "It is {{ 'not' if incomplete }} so.",
        "It is {{ incomplete | default('', true) }} so.",
    ],
)
def test_a_template_may_put_nothing_together_itself(write, body: str) -> None:
    assert text_of(write(BODY + body)).splitlines()[1] == "It is so."
