"""Copy read back from files: the same words, whatever format they lie in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from building import RELEASE, desk
from test_stories import charged, excluding, incomplete, national, withdrawal

from generator.filing.bundle import bundle
from generator.filing.copies import CopyError, copy_from, read_copy
from generator.filing.html import Pages
from generator.model import BlockKind, Copy, Draft, Passage, copy_of

FORMATS = ("article.md", "article.html", "article.docx", "article.txt")


def drafts() -> Iterator[Draft]:
    yield from withdrawal("record number and rate").values()
    yield from charged("record low").values()
    yield from national("charged", "joint low").values()
    yield from incomplete("victim-withdrawal", "up").values()
    yield from excluding({"kent": "did not submit complete data"}).values()


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_filed_is_read_back_word_for_word(name: str, tmp_path: Path) -> None:
    pages = Pages(desk())
    for draft in drafts():
        path = tmp_path / name
        path.write_bytes(bundle(draft, RELEASE, pages)[name])
        found = replace(read_copy(path, name), banners=())
        assert found == copy_of(draft.article, draft.disclosure)


def read(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Copy:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_copy(path, name)


def paragraphs(*texts: str) -> tuple[Passage, ...]:
    return tuple(Passage(BlockKind.PARAGRAPH, text) for text in texts)


def test_markdown_as_editors_write_it(tmp_path: Path) -> None:
    text = (
        "> **HELD: not for publication.** Yet.\n\nHeadline\n========\n\nOne *word* and [a link](http://x.y)\n"
        "over two lines.  \nA third.\n\n- a point\n- another\n\n1. first\n\n> a quote, set off\n\n"
        "```\nin code\n```\n\n<div>in HTML</div>\n\n![what it shows](chart.png)\n"
    )
    copy = read(tmp_path, "article.md", text)
    assert copy.headline == "Headline"
    assert copy.banners == ("HELD: not for publication. Yet.",)
    assert copy.passages == paragraphs(
        "One word and a link over two lines. A third.",
        "a point",
        "another",
        "first",
        "a quote, set off",
        "in code",
        "<div>in HTML</div>",
        "what it shows",
    )


def test_html_as_editors_write_it(tmp_path: Path) -> None:
    text = (
        "<!doctype html><title>Tab</title><style>p {}</style><article>"
        "<h1>Head&shy;line</h1>loose words<p>One <b>bold</b><br>line</p>"
        "<ul><li>a point</ul><blockquote><p>set off</blockquote>"
        "<div>in a div <span role='tooltip'>a source</span>goes on</div><!-- gone -->"
        "<script>no()</script></article><p>outside</p>"
    )
    copy = read(tmp_path, "article.html", text)
    assert copy.headline == "Head\u00adline"
    assert copy.passages == paragraphs(
        "loose words", "One bold line", "a point", "set off", "in a div goes on"
    )


def test_text_as_editors_write_it(tmp_path: Path) -> None:
    text = "\ufeffHeadline\n\nOne line\nwrapped.\n\nForce  Rate\nKent   9%\n\nCross\n"
    copy = read(tmp_path, "article.txt", text.replace("\n", "\r\n"))
    assert copy.headline == "Headline"
    assert copy.passages == (
        *paragraphs("One line wrapped."),
        Passage(BlockKind.TABLE, rows=(("Force", "Rate"), ("Kent", "9%"))),
        Passage(BlockKind.CROSSHEAD, "Cross"),
    )


def test_a_place_for_words_to_come_is_no_crosshead_of_a_text(tmp_path: Path) -> None:
    copy = read(
        tmp_path, "article.txt", "Headline\n\nText.\n\n[Kent Police’s response is to come.]\n"
    )
    assert copy.passages == paragraphs("Text.", "[Kent Police’s response is to come.]")


def test_what_stands_about_a_picture_is_read_but_for_the_links_to_it() -> None:
    """As it is filed, so that a caption which an editor writes in their place is read too."""
    files = bundle(next(drafts()), RELEASE, Pages(desk()))
    filed = files["article.html"].decode()
    assert filed.count("<figcaption>The picture by itself: ") == 1
    edited = filed.replace("<figcaption>", "<figcaption>Rates rose to 99.9%. ").replace(
        '<figure class="chart">', '<figure class="chart">Loose words'
    )
    new = set(copy_from(edited.encode(), "article.html").passages) - set(
        copy_from(filed.encode(), "article.html").passages
    )
    assert new == {
        *paragraphs("Loose words"),
        *paragraphs("Rates rose to 99.9%. The picture by itself: chart.svg, chart.png"),
    }


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_without_words_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CopyError) as caught:
        read(tmp_path, name, " \n")
    assert caught.value.faults[0].what == "There are no words in the file."


@pytest.mark.parametrize(
    "inside",
    ["<div>" * 300 + "<p>deep</p>" + "</div>" * 300, "<p>" + "<b>" * 300, "x" * 11_000_000],
    ids=["parts", "marks", "one long text"],
)
def test_html_that_its_parser_does_not_read_to_the_end_is_refused(inside: str) -> None:
    page = f"<article><h1>Headline</h1>{inside}<p>A false 99%.</p></article>"
    with pytest.raises(CopyError) as caught:
        copy_from(page.encode(), "article.html")
    (fault,) = caught.value.faults
    assert fault.what.startswith("The file cannot be read to its end")
    assert fault.mend
    assert fault.file == "article.html"


def test_html_that_is_nested_deeply_is_read_whole() -> None:
    page = "<article><h1>Headline</h1>" + "<div>" * 240 + "deep" + "</div>" * 240 + "<p>After.</p>"
    assert copy_from(page.encode(), "article.html").passages == paragraphs("deep", "After.")


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_too_large_is_refused_wherever_it_comes_from(name: str) -> None:
    with pytest.raises(CopyError, match="too large to be an article") as caught:
        copy_from(b"a\n\n" + b" " * 20_000_000, name)
    assert caught.value.faults[0].expected == "at most 20,000,000"
