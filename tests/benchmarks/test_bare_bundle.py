"""The bare files of a bundle have the words of ours: the two can be set against each other."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
import pytest
from building import desk
from docx.document import Document

from benchmarks.bare_word import Paragraph, Table, parts_of
from benchmarks.bundle import Bare, making, measure
from generator.filing import Made
from generator.filing.charts import PNG, SVG
from generator.filing.copies import copy_from
from generator.model import Release

WORD = "article.docx"


@pytest.fixture(scope="module")
def made() -> Iterator[tuple[list[Made], Release]]:
    with making(desk(), 1) as (make, release):
        yield make(), release


def document_of(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def comments_of(document: Document) -> list[tuple[str, str]]:
    return [(comment.author, comment.text) for comment in document.comments]


def test_a_bare_word_file_has_the_words_styles_and_comments_of_ours(
    made: tuple[list[Made], Release],
) -> None:
    drafts, release = made
    assert len(drafts) == 45
    for draft in drafts:
        ours, bare = draft.files[WORD], Bare.of(draft, release).write()[WORD]
        assert copy_from(bare, WORD) == copy_from(ours, WORD), draft.folder
        assert tuple(parts_of(document_of(bare))) == tuple(parts_of(document_of(ours)))
        assert comments_of(document_of(bare)) == comments_of(document_of(ours))
    nation = Bare.of(drafts[-1], release).parts
    assert any(isinstance(part, Table) for part in nation)
    assert any(part.comments for part in nation if isinstance(part, Paragraph))


def test_a_bare_chart_has_the_labels_of_ours(made: tuple[list[Made], Release]) -> None:
    drafts, release = made
    for draft in (drafts[0], drafts[-1]):
        bare = Bare.of(draft, release)
        files = bare.write()
        assert bare.chart is not None
        said = " ".join(re.findall(r"<!-- (.*?) -->", files[SVG].decode(), re.DOTALL))
        for words in (bare.chart.title, bare.chart.subtitle, bare.chart.notes):
            assert words in re.sub(r"\s+", " ", said)
        # As large as ours: width and height are in the head of a PNG.
        assert files[PNG][16:24] == draft.files[PNG][16:24]


def test_one_is_timed_beside_the_other(made: tuple[list[Made], Release]) -> None:
    drafts, release = made
    bare = [Bare.of(drafts[0], release)]
    one = measure(lambda: drafts, bare, cores=1, rounds=1)
    assert one.theirs > one.ours
