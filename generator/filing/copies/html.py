"""The words of an HTML article."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from generator.filing.copies.gathering import Gathered, UnreadableError, on_one_line
from generator.model import BlockKind, Copy

_PARTS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
    }
)
_NO_WORDS = ("script", "style", "template", "title")
_LINKS = "The picture by itself: chart.svg, chart.png"
"""What `draft.html.j2` writes under the chart, for whoever wants the file."""


def read_html(text: str) -> Copy:
    """Read an article back: what is in its `article` element, the sources of figures left out.

    Raises UnreadableError where its parser stopped before the end, and would not have said so:
    at a tag within more than some 250 others, or a text of ten million characters.
    """
    gathered = Gathered()
    if not text.strip():
        return gathered.copy()
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:  # nothing but comments
        return gathered.copy()
    if stopped := parser.error_log.filter_from_fatals():
        raise UnreadableError(stopped[0].message.partition(",")[0])
    for element in page.xpath("//*[@role='tooltip']"):
        element.drop_tree()
    for element in list(page.iter(*_NO_WORDS)):
        element.drop_tree()
    articles = page.xpath("//article")
    for article in articles or [page]:
        _gather(article, gathered)
    return gathered.copy()


def _gather(element: etree._Element, gathered: Gathered) -> None:
    match element.tag:
        case "figcaption" if on_one_line("".join(element.itertext())) == _LINKS:
            pass  # as it is filed; whatever else stands about a picture is seen, and so is copy
        case "aside" if "banner" in (element.get("class") or "").split():
            gathered.add_banner(" ".join(" ".join(element.itertext()).split()))
        case "table":
            for caption in element.iter("caption"):
                gathered.add_text("".join(caption.itertext()), BlockKind.CROSSHEAD)
            rows = [
                ["".join(cell.itertext()) for cell in row.iterchildren("th", "td")]
                for row in element.iter("tr")
            ]
            gathered.add_table(rows)
        case "h1":
            gathered.add_headline("".join(element.itertext()))
        case "h2" | "h3" | "h4" | "h5" | "h6":
            gathered.add_text("".join(element.itertext()), BlockKind.CROSSHEAD)
        case _:
            for part in _parts_of(element):
                if isinstance(part, str):
                    gathered.add_text(part)
                else:
                    _gather(part, gathered)


def _parts_of(element: etree._Element) -> Iterator[str | etree._Element]:
    """Yield the parts inside an element, and between them the words that are in none."""
    words = [element.text or ""]
    for inner in element:
        if inner.tag in _PARTS or any(below.tag in _PARTS for below in inner.iter()):
            yield "".join(words)
            words = []
            yield inner
        elif inner.tag == "br":
            words.append(" ")
        else:
            words.append("".join(inner.itertext()))
        words.append(inner.tail or "")
    yield "".join(words)
