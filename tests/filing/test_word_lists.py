"""What a Word file's lists print before their paragraphs: numbers and bullets, or words."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from generator.filing.copies import CopyError, copy_from
from generator.model import BlockKind, Copy, Passage

IN_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
READ = (Passage(BlockKind.PARAGRAPH, "Text."),)


def w(xml: str) -> etree._Element:
    name, _, rest = xml.partition(" ")
    return parse_xml(f"{name} {nsdecls('w')} {rest}")


def level(text: str, kind: str = "decimal") -> str:
    """A level that prints a text before its paragraphs, %1 being the number."""
    return f'<w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


class Written:
    """A document of one paragraph, which has these properties, and a list whose number is 77."""

    def __init__(self, properties: str, levels: str, override: str = "") -> None:
        self.document = docx.Document()
        self.add(f"<w:p ><w:pPr>{properties}</w:pPr><w:r><w:t>Text.</w:t></w:r></w:p>")
        self.add_list(77, levels, override)

    def add(self, part: str) -> None:
        self.document.element.body.insert(-1, w(part))

    def add_list(self, number: int, levels: str, override: str = "") -> None:
        lists = self.document.part.numbering_part.element
        lists.insert(0, w(f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'))
        abstract = f'<w:abstractNumId w:val="{number}"/>'
        lists.append(w(f'<w:num w:numId="{number}">{abstract}{override}</w:num>'))

    def add_style(self, name: str, inside: str, kind: str = "paragraph") -> None:
        style = f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
        self.document.styles.element.append(w(f"{style}{inside}</w:style>"))

    def read(self) -> Copy:
        room = io.BytesIO()
        self.document.save(room)
        return copy_from(room.getvalue(), "article.docx")

    def refused(self) -> str:
        """Return what was found in it that nobody can read."""
        with pytest.raises(CopyError, match="may be printed and cannot be read") as caught:
            self.read()
        return caught.value.faults[0].found


@pytest.mark.parametrize(
    "text", ["The rate was 99.9%: ", "%1 per cent", "%1%", "99.%1", "£%1", "Über", "%0%1"]
)
def test_words_that_a_list_prints_are_refused(text: str) -> None:
    assert Written(IN_LIST, level(text)).refused() == f"the numbers of a list (lvlText {text})"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("%1.", "decimal"), ("(%1)", "lowerLetter"), ("%1.%2", "decimal"), ("", "none")),
        *(("•", "bullet"), ("\uf0b7", "bullet"), ("–", "bullet"), ("o", "bullet")),
    ],
)
def test_numbers_and_bullets_are_no_words(text: str, kind: str) -> None:
    assert Written(IN_LIST, level(text, kind)).read().passages == READ


@pytest.mark.parametrize("text", ["9", "to"])
def test_a_bullet_that_can_be_read_is_refused(text: str) -> None:
    assert text in Written(IN_LIST, level(text, "bullet")).refused()


def test_a_paragraph_in_a_cell_is_in_a_list_too() -> None:
    written = Written("", level("Rate: "))
    paragraph = f"<w:p><w:pPr>{IN_LIST}</w:pPr></w:p>"
    written.add(f"<w:tbl ><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>")
    assert "Rate:" in written.refused()


def test_a_list_may_be_that_of_the_style_or_of_one_that_it_is_based_on() -> None:
    written = Written('<w:pStyle w:val="Derived"/>', level("Rate: "))
    written.add_style("Derived", '<w:basedOn w:val="Between"/>')
    written.add_style("Between", '<w:basedOn w:val="Listed"/>')
    assert written.read().passages == READ
    written.add_style("Listed", f"<w:pPr>{IN_LIST}</w:pPr>")
    assert "Rate:" in written.refused()


def test_styles_that_are_based_on_each_other_come_to_an_end() -> None:
    written = Written('<w:pStyle w:val="One"/>', level("Rate: "))
    written.add_style("One", '<w:basedOn w:val="Other"/>')
    written.add_style("Other", '<w:basedOn w:val="One"/>')
    assert written.read().passages == READ


@pytest.mark.parametrize("properties", ["", '<w:pStyle w:val="Unheard"/>'])
def test_a_list_may_be_that_of_paragraphs_without_a_style(properties: str) -> None:
    written = Written(properties, level("Rate: "))
    written.document.styles["Normal"].element.append(w(f"<w:pPr >{IN_LIST}</w:pPr>"))
    assert "Rate:" in written.refused()


def test_a_paragraph_that_is_taken_out_of_its_styles_list_has_no_number() -> None:
    out = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    written = Written(f'<w:pStyle w:val="Listed"/>{out}', level("Rate: "))
    written.add_style("Listed", f"<w:pPr>{IN_LIST}</w:pPr>")
    assert written.read().passages == READ


def test_words_of_a_list_that_no_paragraph_is_in_are_not_printed() -> None:
    assert Written("", level("Chapter %1")).read().passages == READ


def test_a_list_may_override_what_it_is_made_after() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level("Rate: ")}</w:lvlOverride>'
    assert "Rate:" in Written(IN_LIST, level("%1."), override).refused()


def test_a_list_may_be_made_after_a_style_of_lists() -> None:
    written = Written(IN_LIST.replace("77", "78"), level("Rate: "))
    written.add_list(78, '<w:numStyleLink w:val="Ours"/>')
    written.add_style("Ours", f"<w:pPr>{IN_LIST}</w:pPr>", "numbering")
    assert "Rate:" in written.refused()


def test_lists_of_an_ordinary_file_are_read() -> None:
    document = docx.Document()
    names = ("List Number", "List Bullet", "List Number 2", "List Bullet 3")
    for name in names:
        document.add_paragraph("Text.", style=name)
    room = io.BytesIO()
    document.save(room)
    assert copy_from(room.getvalue(), "article.docx").passages == READ * len(names)
