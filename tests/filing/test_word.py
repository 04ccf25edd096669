"""The Word article: the draft's words in real styles, and read back as an editor leaves it."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from building import RELEASE, desk
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from filed import file_drafts
from lxml import etree
from test_stories import excluding, national, withdrawal

from generator.desk import Desk
from generator.disclosure import disclose
from generator.filing import Action
from generator.filing.bundle import bundle
from generator.filing.copies import CopyError, copy_from
from generator.filing.html import Pages
from generator.model import BlockKind, Copy, Draft, Passage, Release

WORD = "article.docx"
MakeDraft = Callable[..., Draft]


def document_of(draft: Draft, release: Release = RELEASE) -> docx.document.Document:
    return docx.Document(io.BytesIO(bundle(draft, release, Pages(desk()))[WORD]))


def record() -> Draft:
    return next(iter(withdrawal("record number and rate").values()))


# As it is filed


def test_parts_have_the_styles_that_word_has_for_them() -> None:
    document = document_of(record())
    styles = [(each.style.name, each.text) for each in document.paragraphs if each.text]
    assert styles[0][0] == "Title"
    assert {name for name, _ in styles} == {"Title", "Normal", "Quote", "Disclosure"}
    quotes = [text for name, text in styles if name == "Quote"]
    assert quotes
    assert all("“" in text for text in quotes)
    assert "was produced by template from" in styles[-1][1]


def test_each_figure_has_its_source_as_a_comment_on_its_words() -> None:
    draft = record()
    document = document_of(draft)
    body = document.element.body
    commented = {}
    for comment in document.comments:
        start = body.xpath(f".//w:commentRangeStart[@w:id='{comment.comment_id}']")[0]
        words, at = [], start.getnext()
        while not at.tag.endswith("}commentRangeEnd"):
            words += at.xpath(".//w:t/text()")
            at = at.getnext()
        commented.setdefault("".join(words), comment.text)
    rate = next(words for words in commented if words.endswith("%"))
    assert "Sum of" in commented[rate]
    assert "rounded half up to 1 decimal place" in commented[rate]
    assert "sha256" not in commented[rate]
    assert all(comment.author == "newscopy" for comment in document.comments)


def test_properties_say_what_it_is() -> None:
    draft = record()
    properties = document_of(draft).core_properties
    assert properties.title == draft.headline
    assert properties.subject == f"{draft.facts.story.title}, {draft.facts.area.name}, 2020"
    assert properties.comments == draft.disclosure
    published = RELEASE.published
    assert published is not None
    assert properties.created.date() == properties.modified.date() == published


def test_properties_are_no_longer_than_word_takes(make_draft: MakeDraft, release: Release) -> None:
    long = Release(**{**vars(release), "title": "Outcomes " * 40})
    draft = make_draft(headline="A long headline " * 20)
    draft = type(draft)(**{**vars(draft), "disclosure": disclose(long)})
    properties = document_of(draft, long).core_properties
    assert len(properties.title) == len(properties.comments) == 255
    assert properties.comments.endswith("…")


def test_no_clock_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pages, draft = Pages(desk()), record()
    first = bundle(draft, RELEASE, pages)[WORD]
    later = datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC).timestamp()
    monkeypatch.setattr("time.time", lambda: later)
    assert bundle(draft, RELEASE, Pages(desk()))[WORD] == first
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        comments = parts.read("word/comments.xml").decode()
    assert "w:date=" not in comments


def test_the_nations_table_is_one_with_a_header_on_every_page() -> None:
    document = document_of(national("victim-withdrawal", "record")["england-and-wales"])
    (table,) = document.tables
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    bold = [[cell.paragraphs[0].runs[0].bold for cell in row.cells] for row in table.rows]
    assert bold[0] == [True] * 4
    assert not any(map(any, bold[1:]))
    assert round(document.sections[0].page_width.mm) == 210
    assert [cell.text for cell in table.rows[1].cells][:2] == ["Essex Police", "10,000"]


def test_banners_stand_above_all(make_draft: MakeDraft, release: Release) -> None:
    sample = Release(**{**vars(release), "sample": True})
    copy = copy_from(bundle(make_draft(), sample, Pages(desk()))[WORD], WORD)
    assert copy.banners[0].startswith("SAMPLE.")
    assert document_of(make_draft(), sample).paragraphs[0].style.name == "Banner"


def test_a_note_on_an_exclusion_is_in_it_too() -> None:
    drafts = excluding({"kent": "did not submit complete data"}).values()
    for draft in drafts:
        assert copy_from(bundle(draft, RELEASE, Pages(desk()))[WORD], WORD).passages


# As an editor leaves it

DEL = f'<w:del {nsdecls("w")} w:id="1" w:author="E"><w:r><w:delText>29.3%</w:delText></w:r></w:del>'
INS = f'<w:ins {nsdecls("w")} w:id="2" w:author="E"><w:r><w:t>30.1%</w:t></w:r></w:ins>'


def a_document(*paragraphs: str, styles: tuple[str, ...] = ()) -> docx.document.Document:
    document = docx.Document()
    document.add_paragraph("Headline", style="Title")
    for number, text in enumerate(paragraphs):
        document.add_paragraph(text, style=styles[number] if styles else "Normal")
    return document


def read(document: docx.document.Document) -> Copy:
    room = io.BytesIO()
    document.save(room)
    return copy_from(room.getvalue(), WORD)


def paragraphs(*texts: str) -> tuple[Passage, ...]:
    return tuple(Passage(BlockKind.PARAGRAPH, text) for text in texts)


def test_tracked_changes_are_read_as_accepted() -> None:
    document = a_document("A rate of ")
    paragraph = document.paragraphs[1]._p
    paragraph.append(parse_xml(DEL))
    paragraph.append(parse_xml(INS))
    document.paragraphs[1].add_run(" of cases.")
    assert read(document).passages == paragraphs("A rate of 30.1% of cases.")


def test_a_paragraph_end_that_is_taken_away_joins_two() -> None:
    document = a_document("One half", " and the other.")
    first = document.paragraphs[1]._p
    first.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="E"/></w:rPr>')
    )
    assert read(document).passages == paragraphs("One half and the other.")


def test_what_was_moved_stands_where_it_was_moved_to() -> None:
    document = a_document("First. ", "Second.")
    first, second = (each._p for each in document.paragraphs[1:])
    moved = "<w:r><w:t>Moved.</w:t></w:r>"
    first.append(
        parse_xml(f'<w:moveFrom {nsdecls("w")} w:id="1" w:author="E">{moved}</w:moveFrom>')
    )
    second.append(parse_xml(f'<w:moveTo {nsdecls("w")} w:id="2" w:author="E">{moved}</w:moveTo>'))
    assert read(document).passages == paragraphs("First.", "Second.Moved.")


def test_a_row_that_is_taken_away_is_gone() -> None:
    document = a_document()
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(number)
    table.rows[1]._tr.get_or_add_trPr().append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="E"/>')
    )
    assert read(document).passages == (Passage(BlockKind.TABLE, rows=(("0", "1"),)),)


def test_pictures_have_no_words_and_text_boxes_have() -> None:
    document = a_document("Text ")
    box = (
        f"<w:r {nsdecls('w')}><mc:AlternateContent "
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        "<mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r><w:t>In a box, 99%."
        "</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box, 99%.</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.paragraphs[1]._p.append(parse_xml(box))
    document.paragraphs[1].add_run("goes on.")
    document.add_picture(io.BytesIO(PICTURE))
    assert read(document).passages == paragraphs("Text goes on.", "In a box, 99%.")


def test_lines_tabs_fields_links_and_controls_are_words() -> None:
    document = a_document("")
    inside = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/>"
        "<w:t>three</w:t></w:r></w:sdtContent></w:sdt>"
    )
    field = (
        f"<w:r {nsdecls('w')}><w:instrText>PAGE \\* MERGEFORMAT</w:instrText><w:t> four</w:t></w:r>"
    )
    document.paragraphs[1]._p.append(parse_xml(inside))
    document.paragraphs[1]._p.append(parse_xml(field))
    assert read(document).passages == paragraphs("One two three four")


def w(xml: str) -> etree._Element:
    """Parse what stands in a document; its one root says what the prefixes are."""
    compatible = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:cx="urn:of-the-future"'
    )
    name, _, rest = xml[1:].partition(">")
    return parse_xml(
        f"<{name.rstrip('/')} {nsdecls('w')} {compatible}{'/' * name.endswith('/')}>{rest}"
    )


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def with_body(*parts: str) -> docx.document.Document:
    """A document with these parts under its headline."""
    document = a_document()
    for part in parts:
        document.element.body.insert(-1, w(part))
    return document


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(rows) + "</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>" + "".join(cells) + "</w:tr>"


def cell(*parts: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>" + "".join(parts) + "</w:tc>"


NO_END = '<w:rPr><w:del w:id="1" w:author="E"/></w:rPr>'


def test_words_before_an_end_that_is_taken_away_are_read_all_the_same() -> None:
    """In Word the last paragraph's end stays, and so does one before a table."""
    grid = table(row(cell(p("1")), cell(p("2"))))
    document = with_body(p("Before a table, 98%.", NO_END), grid, p("The last, 99%.", NO_END))
    assert read(document).passages == (
        *paragraphs("Before a table, 98%."),
        Passage(BlockKind.TABLE, rows=(("1", "2"),)),
        *paragraphs("The last, 99%."),
    )


def test_a_table_in_a_table_is_read_once_and_after_it() -> None:
    inner = table(row(cell(p("3")), cell(p("4"))))
    document = with_body(table(row(cell(p("1"), inner, p("and")), cell(p("2")))))
    assert read(document).passages == (
        Passage(BlockKind.TABLE, rows=(("1 and", "2"),)),
        Passage(BlockKind.TABLE, rows=(("3", "4"),)),
    )


def test_rows_and_cells_may_be_controls() -> None:
    around = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    document = with_body(
        table(
            around.format(row(cell(p("1")), cell(around.format(p("2"))))),
            row(cell(p("3")), around.format(cell(p("4")))),
        )
    )
    assert read(document).passages == (Passage(BlockKind.TABLE, rows=(("1", "2"), ("3", "4"))),)


def test_a_cell_that_is_to_be_taken_away_is_printed_until_it_is() -> None:
    going = cell(p("77.7%"), properties='<w:cellDel w:id="1" w:author="E"/>')
    document = with_body(table(row(cell(p("1")), going)))
    assert read(document).passages == (Passage(BlockKind.TABLE, rows=(("1", "77.7%"),)),)


def test_of_alternatives_the_first_is_read() -> None:
    alternatives = (
        "<mc:AlternateContent><mc:Choice Requires='w14'>{}</mc:Choice>"
        "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    )
    document = with_body(alternatives.format(p("Chosen, 99%."), p("Instead.")))
    assert read(document).passages == paragraphs("Chosen, 99%.")


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ('<w:altChunk xmlns:r="r" r:id="rId9"/>', "altChunk"),
        (table(row(cell('<w:altChunk xmlns:r="r" r:id="rId9"/>', p("1")))), "altChunk"),
        ('<w:subDoc xmlns:r="r" r:id="rId9"/>', "subDoc"),
        ("<w:p><m:oMath><m:r><m:t>77.7%</m:t></m:r></m:oMath></w:p>", "oMath"),
        ("<m:oMathPara><m:oMath><m:r><m:t>77.7%</m:t></m:r></m:oMath></m:oMathPara>", "oMathPara"),
        ('<w:p><w:r><w:sym w:font="Arial" w:char="F037"/></w:r></w:p>', "sym"),
        ("<w:p><w:r><w:pgNum/></w:r></w:p>", "pgNum"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "object"),
        ("<w:p><cx:new>At 77.7%.</cx:new></w:p>", "new"),
        ("<w:p><w:r><w:t>7<cx:new/>7.7%</w:t></w:r></w:p>", "t"),
        ("<w:p><w:r><w:drawing><a:graphicData><c:chart/></a:graphicData></w:drawing></w:r></w:p>",
         "graphicData"),
        ("<w:p><w:r><w:drawing><a:t>77.7%</a:t></w:drawing></w:r></w:p>", "(t)"),
        (
            "<w:p><mc:AlternateContent><mc:Choice Requires='cx'/><mc:Fallback><w:r><w:t>77.7%"
            "</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
            "cx",
        ),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>"
            "<w:listEntry w:val='77.7%'/></w:ddList></w:ffData></w:fldChar></w:r></w:p>",
            "ffData",
        ),
        (
            "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/x'/></w:sdtPr><w:sdtContent>"
            + p("42.6%") + "</w:sdtContent></w:sdt>",
            "dataBinding",
        ),
    ],
)  # fmt: skip
def test_what_may_have_words_that_nobody_can_read_is_refused(part: str, named: str) -> None:
    with pytest.raises(CopyError) as caught:
        read(with_body(part))
    (fault,) = caught.value.faults
    assert named in fault.found
    assert (fault.what, fault.mend) == (
        "There is something in the file that may be printed and cannot be read.",
        "Take it out, or write it as plain text.",
    )


def test_wordart_is_words() -> None:
    art = (
        "<w:p><w:r><w:pict><v:shape><v:textpath string='At 77.7%'/></v:shape></w:pict></w:r></w:p>"
    )
    assert read(with_body(art)).passages == paragraphs("At 77.7%")


def test_a_comment_of_xml_does_not_end_the_words() -> None:
    document = with_body("<w:p><w:r><w:t>At 2<!-- or 1 -->9.3%</w:t></w:r></w:p>")
    assert read(document).passages == paragraphs("At 29.3%")


# Which part is the document, and what belongs to it


def with_parts(document: docx.document.Document, change: Callable[[dict[str, str]], None]) -> bytes:
    """Pack a document again after something has been done to its parts."""
    room = io.BytesIO()
    document.save(room)
    with zipfile.ZipFile(room) as archive:
        parts = {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }
    change(parts)
    packed_again = io.BytesIO()
    with zipfile.ZipFile(packed_again, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed_again.getvalue()


def test_the_document_is_the_part_that_the_file_says() -> None:
    """Word on the web calls it document2.xml; what has the usual name may be anything."""

    def move(parts: dict[str, str]) -> None:
        parts["word/document2.xml"] = parts["word/document.xml"].replace("42.6%", "77.7%")
        parts["word/_rels/document2.xml.rels"] = parts["word/_rels/document.xml.rels"]
        parts["_rels/.rels"] = parts["_rels/.rels"].replace("document.xml", "document2.xml")

    copy = copy_from(with_parts(a_document("At 42.6%."), move), WORD)
    assert (copy.headline, copy.passages) == ("Headline", paragraphs("At 77.7%."))


def test_two_parts_of_one_name_are_refused() -> None:
    def double(parts: dict[str, str]) -> None:
        parts["word/Document.xml"] = parts["word/document.xml"]

    with pytest.raises(CopyError) as caught:
        copy_from(with_parts(a_document(), double), WORD)
    assert caught.value.faults[0].found == "two of its parts are called word/Document.xml"


NOTES = (
    f"<w:footnotes {nsdecls('w')}>"
    "<w:footnote w:type='separator'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
    "<w:footnote w:type='normal'><w:p><w:r><w:t>A note, 77.7%.</w:t></w:r></w:p></w:footnote>"
    "</w:footnotes>"
)


def test_notes_are_read_whatever_their_kind() -> None:
    def annotate(parts: dict[str, str]) -> None:
        parts["word/notes.xml"] = NOTES
        parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
            "</Relationships>",
            '<Relationship Id="n" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/footnotes" Target="/word/notes.xml"/></Relationships>',
        )

    copy = copy_from(with_parts(a_document("Text."), annotate), WORD)
    assert copy.passages == paragraphs("Text.", "A note, 77.7%.")


def test_a_file_of_very_many_paragraphs_is_refused() -> None:
    def multiply(parts: dict[str, str]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(
            "<w:sectPr", p("Text.") * 5_001 + "<w:sectPr"
        )

    with pytest.raises(CopyError) as caught:
        copy_from(with_parts(a_document(), multiply), WORD)
    assert caught.value.faults[0].found == "it has more than 5,000 paragraphs and cells of tables"


def test_tab_stops_are_no_words() -> None:
    """Else a banner with them would be taken for copy."""
    document = docx.Document()
    stops = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
    document.element.body.insert(0, w(p("HELD: not for publication.", stops)))
    document.add_paragraph("Headline", style="Title")
    copy = read(document)
    assert (copy.headline, copy.banners) == ("Headline", ("HELD: not for publication.",))


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def test_hidden_words_are_not_read() -> None:
    document = with_body(
        "<w:p>"
        + run("Seen, ")
        + run("hidden ", "<w:vanish/>")
        + run("seen.", '<w:vanish w:val="0"/>')
        + "</w:p>",
    )
    assert read(document).passages == paragraphs("Seen, seen.")


HIDING = {
    "a style in use": "<w:style w:type='paragraph' w:styleId='BodyText'>{}</w:style>",
    "one that others are based on": "<w:style w:type='character' w:styleId='Base'>{}</w:style>",
    "all that has no other": "<w:docDefaults><w:rPrDefault>{}</w:rPrDefault></w:docDefaults>",
    "the first row of tables": "<w:style w:type='table' w:styleId='Grid'>"
    "<w:tblStylePr w:type='firstRow'>{}</w:tblStylePr></w:style>",
}


@pytest.mark.parametrize("styles", HIDING.values(), ids=HIDING)
def test_a_file_whose_styles_hide_text_is_refused(styles: str) -> None:
    """Of styles that hide, one takes another back, and programs do not agree on how."""
    document = a_document("Text.")
    document.styles.element.append(w(styles.format("<w:rPr><w:vanish/></w:rPr>")))
    with pytest.raises(CopyError) as caught:
        read(document)
    (fault,) = caught.value.faults
    assert fault.found.startswith("a style that hides text (")
    assert fault.mend.startswith("Switch off Hidden in the font of that style")


def test_a_style_may_say_that_it_does_not_hide() -> None:
    document = a_document("Text.", styles=("Body Text",))
    document.styles["Body Text"].font.hidden = False
    assert read(document).passages == paragraphs("Text.")


def test_a_paragraph_end_that_is_hidden_joins_two() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    document = with_body(
        p("At 2", hidden),
        p("9.3%.", '<w:rPr><w:vanish w:val="0"/></w:rPr>'),
        table(row(cell(p("7", hidden), p("7.7%"), p("and")), cell(p("8", NO_END), p("8%")))),
        p("After it."),
    )
    assert read(document).passages == (
        *paragraphs("At 29.3%."),
        Passage(BlockKind.TABLE, rows=(("77.7% and", "88%"),)),
        *paragraphs("After it."),
    )


def test_a_hidden_banner_does_not_stand_above_the_copy() -> None:
    document = docx.Document()
    document.element.body.insert(
        0, w(f"<w:p>{run('HELD: not for publication.', '<w:vanish/>')}</w:p>")
    )
    document.add_paragraph("Headline", style="Title")
    assert read(document).banners == ()


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_of_a_field_what_it_shows_is_read() -> None:
    inner = mark("begin") + run("DATE") + mark("separate") + run("in the code") + mark("end")
    document = with_body(
        "<w:p>" + run("At ") + mark("begin") + "<w:r><w:instrText>IF 1 </w:instrText></w:r>"
        + inner + mark("separate") + run("29.3%") + mark("end") + run(" it was.") + "</w:p>"
    )  # fmt: skip
    assert read(document).passages == paragraphs("At 29.3% it was.")


def test_a_field_without_an_end_is_refused() -> None:
    with pytest.raises(CopyError) as caught:
        read(with_body(f"<w:p>{mark('begin')}{run('A false 99%.')}</w:p>"))
    assert "a field in it has no end" in caught.value.faults[0].found


def test_the_head_and_the_foot_of_a_page_are_printed_and_so_are_copy() -> None:
    document = a_document("Text.")
    document.sections[0].header.paragraphs[0].text = "The Derby Paper, 77.7%"
    foot = document.sections[0].footer.paragraphs[0]
    foot.text = "Page "
    for part in (
        mark("begin") + "<w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>",
        mark("separate") + run("2") + mark("end") + run(" of "),
        "<w:fldSimple w:instr=' NUMPAGES '><w:r><w:t>3</w:t></w:r></w:fldSimple>",
    ):
        for each in w(f"<w:p>{part}</w:p>"):
            foot._p.append(each)
    assert read(document).passages == paragraphs("Text.", "The Derby Paper, 77.7%", "Page of")


def test_a_field_with_words_in_its_format_is_no_page_number() -> None:
    code = "<w:r><w:instrText>PAGE \\# \"'77.7%'\"</w:instrText></w:r>"
    shown = mark("separate") + run("77.7%") + mark("end")
    assert read(with_body(f"<w:p>{mark('begin')}{code}{shown}</w:p>")).passages == paragraphs(
        "77.7%"
    )


def test_headings_are_known_by_the_names_of_styles() -> None:
    document = a_document("A crosshead", "Text.", styles=("Heading 3", "Body Text"))
    for style in document.styles:
        if style.name in ("Title", "Heading 3"):
            style.element.set(f"{{{style.element.nsmap['w']}}}styleId", f"x{style.style_id}")
    for paragraph in document.paragraphs[:2]:
        reference = paragraph._p.pPr.pStyle
        reference.val = f"x{reference.val}"
    copy = read(document)
    assert copy.headline == "Headline"
    assert copy.passages == (
        Passage(BlockKind.CROSSHEAD, "A crosshead"),
        Passage(BlockKind.PARAGRAPH, "Text."),
    )


def test_an_edited_one_stays_and_the_new_one_lies_beside(
    make_draft: MakeDraft, release: Release, desk: Desk, tmp_path: Path
) -> None:
    file_drafts([make_draft()], release, desk, tmp_path)
    (article,) = tmp_path.rglob(WORD)
    document = docx.Document(str(article))
    document.add_paragraph("An editor's own line.")
    document.save(str(article))
    theirs = article.read_bytes()

    (row,) = file_drafts([make_draft(withdrawn=23_488)], release, desk, tmp_path).rows

    assert article.read_bytes() == theirs
    assert row.action is Action.BESIDE
    assert row.beside == ("article.new.docx",)
    beside = article.with_name("article.new.docx")
    assert "23,488" in " ".join(each.text for each in docx.Document(str(beside)).paragraphs)


# What is no Word file


RELATIONS = {
    "_rels/.rels": ("officeDocument", "word/document.xml"),
    "word/_rels/document.xml.rels": ("styles", "styles.xml"),
}


def packed(**parts: bytes) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
        for name, (kind, target) in RELATIONS.items():
            archive.writestr(
                name,
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships"><Relationship Type="x/{kind}" Target="{target}"/></Relationships>',
            )
    return room.getvalue()


def with_wrong_bytes(data: bytes) -> bytes:
    """Overwrite what is packed of a file's first part."""
    start = data.index(b".xml") + 4
    return data[:start] + b"\xff" * 20 + data[start + 20 :]


def with_flag(data: bytes, flag: int) -> bytes:
    """Set a flag of a file's first part, where it stands and in the list of parts."""
    for start in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data = data[:start] + bytes([data[start] | flag]) + data[start + 1 :]
    return data


def with_size(data: bytes, size: int) -> bytes:
    """Say of a file's first part that it is larger, packed, than it is."""
    start = data.index(b"PK\x01\x02") + 20
    return data[:start] + size.to_bytes(4, "little") + data[start + 4 :]


HALF_TOO_LARGE = b"<x/>" + b" " * 12_000_000
WHOLE = packed(word__document_xml=b"<x>" + bytes(range(32, 60)) * 50 + b"</x>")
CUT = WHOLE[: WHOLE.index(b"PK\x01\x02")][:-20] + WHOLE[WHOLE.index(b"PK\x01\x02") :]
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "There are no words in the file."),
        (b"# Headline\n\nText.\n", "The file is no Word file, or is damaged."),
        (b"PK\x03\x04 cut off", "The file is no Word file, or is damaged."),
        (packed(other_xml=b"<x/>"), "The file is no Word file, or is damaged."),
        (packed(word__document_xml=b"<x"), "The file is no Word file, or is damaged."),
        (packed(word__document_xml=ENTITIES), "The file is no Word file, or is damaged."),
        (packed(word__document_xml=b"<x/>" + b" " * 60_000_000), "no Word file, or is damaged"),
        (with_wrong_bytes(WHOLE), "The file is no Word file, or is damaged."),
        (with_flag(WHOLE, 1), "The file is no Word file, or is damaged."),
        (with_size(WHOLE, 9_000), "The file is no Word file, or is damaged."),
        (CUT, "The file is no Word file, or is damaged."),
        (packed(word__document_xml=b"<x>" + b"<y/>" * 600_000 + b"</x>"), "or is damaged"),
        (
            packed(
                word__document_xml=b"<x/>" + b" " * 12_000_000, word__styles_xml=b" " * 12_000_000
            ),
            "or is damaged",
        ),
        (
            packed(word__document_xml=b"<x/>", word__styles_xml=b"<x/>"),
            "There are no words in the file.",
        ),
    ],
)
def test_what_is_no_word_file_is_told(data: bytes, said: str) -> None:
    with pytest.raises(CopyError, match=said.replace(".", r"\.")) as caught:
        copy_from(data, WORD)
    assert caught.value.faults[0].mend
    assert caught.value.faults[0].file == WORD


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A PNG of one point."""
