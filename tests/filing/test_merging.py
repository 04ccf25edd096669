"""Three-way merges: no line of an editor's is lost, none is taken for ours, or there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.filing.merging import merge

BASE = "# Headline\n\nFirst.\n\nSecond.\n\nThird.\n"
PARAGRAPHS = st.lists(st.sampled_from([f"Paragraph {n}." for n in range(12)]), min_size=1)


def merged(base: str, edited: str, new: str, name: str = "article.md") -> str | None:
    data = merge(name, base.encode(), edited.encode(), new.encode())
    return None if data is None else data.decode()


def article(paragraphs: list[str]) -> str:
    return "\n\n".join(["# Headline", *paragraphs]) + "\n"


@pytest.mark.parametrize(
    ("edited", "new", "expected"),
    [
        (("First.", "Mine."), ("Third.", "New."), (("First.", "Mine."), ("Third.", "New."))),
        (("First.", "Mine."), ("Second.", "New."), (("First.", "Mine."), ("Second.", "New."))),
        (("First.\n\n", ""), ("Third.", "New."), (("First.\n\n", ""), ("Third.", "New."))),
        (("First.", "Both."), ("First.", "Both."), (("First.", "Both."),)),
        (("First.", "Mine."), ("First.", "New."), None),
        (("First.\n\n", ""), ("First.", "New."), None),
    ],
    ids=["apart", "neighbours", "cut out", "the same", "both", "cut out and changed"],
)
def test_changes_of_both(
    edited: tuple[str, str], new: tuple[str, str], expected: tuple[tuple[str, str], ...] | None
) -> None:
    whole = None
    if expected is not None:
        whole = BASE
        for old, words in expected:
            whole = whole.replace(old, words)
    assert merged(BASE, BASE.replace(*edited), BASE.replace(*new)) == whole


@given(PARAGRAPHS, PARAGRAPHS)
def test_nothing_new_leaves_the_edit(base: list[str], edited: list[str]) -> None:
    assert merged(article(base), article(edited), article(base)) == article(edited)


@given(PARAGRAPHS, PARAGRAPHS)
def test_no_edit_leaves_the_new(base: list[str], new: list[str]) -> None:
    assert merged(article(base), article(base), article(new)) == article(new)


@given(st.lists(st.sampled_from(["keep", "edit", "change", "add", "cut"]), min_size=1, max_size=9))
def test_every_change_is_in_what_is_merged(what: list[str]) -> None:
    """The editor edits, adds and cuts paragraphs; the draft changes others."""
    base = [f"Paragraph {n}." for n in range(len(what))]
    edited: list[str] = []
    new: list[str] = []
    for paragraph, done in zip(base, what, strict=True):
        edited += {
            "edit": [f"Edited: {paragraph}"],
            "add": [paragraph, f"Added after: {paragraph}"],
            "cut": [],
        }.get(done, [paragraph])
        new.append(f"Changed: {paragraph}" if done == "change" else paragraph)
    text = merged(article(base), article(edited), article(new))
    if text is None:
        return  # left to the editor, with the new draft beside
    lines = text.splitlines()
    assert [line for line in lines if line.startswith(("Edited", "Added"))] == [
        line for line in edited if line.startswith(("Edited", "Added"))
    ]
    assert [line for line in lines if line.startswith("Changed")] == [
        line for line in new if line.startswith("Changed")
    ]
    gone = [p for p, done in zip(base, what, strict=True) if done in ("cut", "edit", "change")]
    assert not set(lines) & set(gone)


def test_merge_whose_words_are_not_those_of_its_passages_is_none() -> None:
    """The lines merge; but an editor's open quote mark of HTML would swallow what is new."""
    base = "<article>\n<h1>One</h1>\n<p>Two</p>\n<p>Three</p>\n</article>\n"
    edited = base.replace("<h1>One</h1>", '<h1 title="One</h1>')
    new = base.replace("Three", 'Three, "and" more')
    assert merged(base, edited, new, "article.html") is None


def test_binary_files_are_not_merged() -> None:
    assert merge("article.docx", b"a", b"b", b"c") is None
    assert merge("article.md", b"a", b"\xff\xfe", b"c") is None
