"""Markdown, HTML and plain text are the same words, and none lets the copy become markup."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from generator.desk import Desk
from generator.filing.banners import banners, embargo_words
from generator.filing.bundle import bundle
from generator.filing.html import Pages, Span, spans
from generator.filing.markdown import escape, heading, table
from generator.model import Draft, Problem, Release, Run
from generator.printing import print_exact, print_figure

MakeDraft = Callable[..., Draft]
AWKWARD = r"# *Bold* _claim_ \ `code` [link](x) <script>alert(1)</script> a|b &amp; ~~gone~~ R&D"


class _Words(HTMLParser):
    """The words of the article element, without sources behind claims and what is at a picture."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root, self.inside, self.apart, self.words = root, root == "", 0, []

    words: list[str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.root:
            self.inside = True
        if tag == "img":  # which has no end
            return
        if self.apart or ("role", "tooltip") in attrs or tag == "figure":
            self.apart += 1
        elif tag not in ("span", "b", "strong", "em"):
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.apart = max(0, self.apart - 1)
        if tag == self.root:
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside and not self.apart:
            self.words.append(data)


def words_of_html(html: str, root: str) -> list[str]:
    parser = _Words(root)
    parser.feed(html)
    return "".join(parser.words).split()


def words_of(files: dict[str, bytes]) -> dict[str, list[str]]:
    html = MarkdownIt("commonmark").enable("table").render(files["article.md"].decode())
    text = re.sub(r"(?m)^- ", "", files["article.txt"].decode())
    return {
        "md": words_of_html(html, ""),
        "html": words_of_html(files["article.html"].decode(), "article"),
        "txt": text.split(),
    }


@pytest.mark.parametrize("sample", [True, False])
def test_three_formats_carry_the_same_words(
    make_draft: MakeDraft,
    release: Release,
    desk: Desk,
    held: tuple[Problem, ...],
    sample: bool,
) -> None:
    release = replace(release, sample=sample, provisional=True)

    words = words_of(bundle(make_draft(problems=held), release, Pages(desk)))

    assert words["md"] == words["txt"] == words["html"]
    assert "23,489" in words["txt"]
    assert ("SAMPLE." in words["txt"]) is sample


def test_what_looks_like_markup_stays_words(
    make_draft: MakeDraft, release: Release, desk: Desk
) -> None:
    draft = make_draft(headline=AWKWARD + " #", first_paragraph=AWKWARD, cell=AWKWARD)

    files = bundle(draft, release, Pages(desk))

    words = words_of(files)
    assert words["md"] == words["txt"] == words["html"]
    assert "<script>alert" not in files["article.html"].decode()
    assert "<script>alert" not in files["article.md"].decode().replace(r"\<script\>", "")


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("1. First", r"1\. First"),
        ("2020 was a year", "2020 was a year"),
        ("29.3% of them", "29.3% of them"),
        ("- a dash", r"\- a dash"),
        ("a - b", "a - b"),
        ("#1 in the list", r"\#1 in the list"),
        ("R&D and &amp;", r"R&D and \&amp;"),
        ("two\nlines", "two lines"),
    ],
)
def test_escape(words: str, markdown: str) -> None:
    assert escape(words) == markdown


def test_escape_of_a_heading_and_of_a_table_cell() -> None:
    assert heading("Channel C#") == r"Channel C\#"
    assert table([["a|b", "n"], ["c", "1,000"]]) == "| a\\|b | n |\n| --- | ---: |\n| c | 1,000 |"


def test_runs_nest_as_their_claims_do() -> None:
    runs = (
        Run("At "),
        Run("the highest rate, ", (0,)),
        Run("29.3%", (0, 1)),
        Run(", since 2015", (0,)),
        Run("12", (2,)),
        Run("13", (3,)),
    )
    assert spans(runs) == (
        Span("At "),
        Span(
            claim=0,
            inside=(
                Span("the highest rate, "),
                Span(claim=1, inside=(Span("29.3%"),)),
                Span(", since 2015"),
            ),
        ),
        Span(claim=2, inside=(Span("12"),)),
        Span(claim=3, inside=(Span("13"),)),
    )


def test_a_finding_wraps_its_figure_on_the_page(
    make_draft: MakeDraft, release: Release, desk: Desk
) -> None:
    page = bundle(make_draft(), release, Pages(desk))["article.html"].decode()

    start = page.index('<span class="claim finding" tabindex="0" aria-describedby="source-4">')
    inner = page.index('<span class="claim figure" tabindex="0" aria-describedby="source-5">')
    end = page.index('<span class="source finding" role="tooltip" id="source-4">')
    assert start < inner < end
    assert page.count('role="tooltip"') == page.count("aria-describedby=") == 9
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)  # so that a mark is described by its own source
    assert "23489/80204" in page
    assert "January to March 2020: 5,872 (5,012 of rows 2–23041)" in page


def test_page_is_one_file_with_nothing_from_elsewhere_but_its_picture(
    make_draft: MakeDraft, release: Release, desk: Desk
) -> None:
    page = bundle(make_draft(), release, Pages(desk))["article.html"].decode()

    assert '<html lang="en-GB">' in page
    elsewhere = r"<(link|script|img)\b|url\((?!.data:)|@import"
    assert re.findall(elsewhere, page) == ["script", "img"]
    assert page.count('<img src="chart.svg"') == 1
    assert page.count('<script type="application/ld+json">') == 1  # data, and nothing that runs


def test_embargo_and_hold_stand_at_the_top(
    make_draft: MakeDraft, release: Release, held: tuple[Problem, ...]
) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=1), "BST")
    until = datetime.datetime(2021, 5, 13, 9, 30, tzinfo=zone)
    draft = make_draft(problems=held)

    found = banners(draft, replace(release, embargo=until, sample=True))

    assert [banner.text for banner in found] == [
        "SAMPLE. Made from invented counts. Not for publication.",
        "HELD: not for publication.",
        "EMBARGOED until 9.30am (BST) on 13 May 2021.",
    ]
    assert found[1].items == (
        "April to June 2020: The count is 12, where the quarters around it have about 5,012. "
        "Ask the publisher.",
    )
    midnight = embargo_words(until.replace(hour=0, minute=0))
    assert midnight == "EMBARGOED until 12am (BST) on 13 May 2021."


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("23489/80204", 1, "29.3%"),
        ("1/25", 1, "4%"),
        ("2925/10000", 1, "29.3%"),
        ("9/10", 0, "90%"),
        ("-1/2000", 1, "-0.1%"),
        ("12345/1000", 2, "1,234.5%"),
        ("1/2000", 3, "0.05%"),
    ],
)
def test_shares_in_print(make_draft: MakeDraft, value: str, decimals: int, expected: str) -> None:
    rate: Any = make_draft().facts.lead.figure
    assert print_figure(replace(rate, value=Fraction(value), decimals=decimals)) == expected


def test_exact_share_keeps_its_counts(make_draft: MakeDraft) -> None:
    measures = make_draft(withdrawn=40_102).facts.measures
    share, closed = measures["rate"].figure, measures["closed"].figure
    assert share and closed
    assert (print_exact(share), print_exact(closed), print_figure(closed)) == (
        "40102/80204",
        "80204",
        "80,204",
    )
