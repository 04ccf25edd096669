"""An item's text as XHTML, the same for every feed."""

from __future__ import annotations

from lxml import etree

from generator.model import BlockKind, Copy, Passage

XHTML = "http://www.w3.org/1999/xhtml"


def body_elements(copy: Copy) -> list[etree._Element]:
    """Return the text under the headline, and the line that says where it is from."""
    parts = [_passage(passage) for passage in copy.passages]
    if copy.disclosure:
        disclosure = _element("p", copy.disclosure)
        disclosure.set("class", "disclosure")
        parts.append(disclosure)
    return parts


def body_html(copy: Copy) -> str:
    """Return the text as a fragment of HTML, a part a line."""
    parts = [etree.tostring(part, encoding="unicode") for part in body_elements(copy)]
    return "\n".join(part.replace(f' xmlns="{XHTML}"', "") for part in parts)


def body_text(copy: Copy) -> str:
    """Return the text alone, a paragraph a line; cells are parted by tabs."""
    lines = [
        "\n".join("\t".join(row) for row in passage.rows)
        if passage.kind is BlockKind.TABLE
        else passage.text
        for passage in copy.passages
    ]
    return "\n\n".join(filter(None, [*lines, copy.disclosure]))


def _passage(passage: Passage) -> etree._Element:
    match passage.kind:
        case BlockKind.CROSSHEAD:
            return _element("h2", passage.text)
        case BlockKind.PARAGRAPH:
            return _element("p", passage.text)
    table = _element("table")
    for number, row in enumerate(passage.rows):
        line = etree.SubElement(table, f"{{{XHTML}}}tr")
        for cell in row:
            etree.SubElement(line, f"{{{XHTML}}}{'td' if number else 'th'}").text = cell
    return table


def _element(name: str, text: str = "") -> etree._Element:
    element = etree.Element(f"{{{XHTML}}}{name}", nsmap={None: XHTML})
    element.text = text or None
    return element
