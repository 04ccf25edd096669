"""Every format of every draft of the sample has the same words, and every item of it is valid."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from building import desk
from lxml import etree, html
from reference import MAKER, shared_file

from generator.desk import Desk, Format
from generator.filing.bundle import bundle
from generator.filing.copies import READABLE, copy_from
from generator.filing.html import Pages
from generator.filing.names import PIECES
from generator.model import Copy, Draft, Release, copy_of
from generator.pipeline import draft
from generator.requests import Request

SCHEMAS = MAKER.parents[1] / "schemas"
NAR = {"n": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def without_charts() -> Desk:
    """Leave out the pictures, which have no words of the copy and take most of the time."""
    formats = tuple(each for each in Format if each is not Format.CHARTS)
    return replace(desk(), file=desk().file.model_copy(update={"formats": formats}))


@pytest.fixture(scope="module")
def written(sample_release: Path, without_charts: Desk) -> tuple[Release, tuple[Draft, ...]]:
    return draft(Request(sample_release), without_charts)


def words_of(copy: Copy) -> list[str]:
    """Return all words under the headline, to the disclosure, in their order."""
    texts = [copy.headline]
    for passage in copy.passages:
        texts += [passage.text, *(cell for row in passage.rows for cell in row)]
    return " ".join([*texts, copy.disclosure]).split()


def words_in_ninjs(data: bytes) -> tuple[list[str], list[str]]:
    item = json.loads(data)
    headline = item["headlines"][0]["value"]
    page, text = (body["value"] for body in item["bodies"])
    # Words of neighbouring cells have nothing between them in the markup itself.
    page = " ".join(html.fromstring(f"<div>{page}</div>").itertext())
    return f"{headline} {page}".split(), f"{headline} {text}".split()


def words_in_newsml(data: bytes) -> list[str]:
    document = etree.fromstring(data)
    (headline,) = document.xpath("//n:headline/text()", namespaces=NAR)
    return " ".join([headline, *document.xpath("//h:body//text()", namespaces=NAR)]).split()


def test_every_format_of_every_draft_has_the_same_words(
    written: tuple[Release, tuple[Draft, ...]], without_charts: Desk
) -> None:
    release, drafts = written
    pages = Pages(without_charts)
    assert len(drafts) == 90
    for each in drafts:
        files = bundle(each, release, pages)
        copy = copy_of(each.article, each.disclosure)
        articles = [name for name in files if name.startswith("article.")]
        assert sorted(articles) == sorted(f"article{ending}" for ending in READABLE)
        for name in articles:
            read = copy_from(files[name], name)
            assert (read.headline, read.passages) == (copy.headline, copy.passages), name
            assert read.disclosure == copy.disclosure
        assert words_in_ninjs(files["ninjs.json"]) == (words_of(copy), words_of(copy))
        assert words_in_newsml(files["newsml.xml"]) == words_of(copy)
        for piece in each.pieces:
            if piece.kind in PIECES:
                name = PIECES[piece.kind]
                read = copy_from(files[name], name)
                told = copy_of(piece.article, each.disclosure, piece.kind)
                assert replace(read, banners=()) == told, name


@pytest.mark.shared
def test_every_item_of_the_sample_is_valid(
    written: tuple[Release, tuple[Draft, ...]], without_charts: Desk
) -> None:
    schema = json.loads(shared_file(SCHEMAS / "ninjs-schema_3.1.json").read_text("utf-8"))
    ninjs = jsonschema.Draft202012Validator(schema)
    newsml = etree.XMLSchema(etree.parse(SCHEMAS / "NewsML-G2_2.35-spec-All-Power.xsd"))
    release, drafts = written
    pages: Pages = Pages(without_charts)
    assert_valid: Callable[[etree._Element], None] = newsml.assertValid
    for each in drafts:
        files = bundle(each, release, pages)
        assert [e.message for e in ninjs.iter_errors(json.loads(files["ninjs.json"]))] == []
        assert_valid(etree.fromstring(files["newsml.xml"]))
