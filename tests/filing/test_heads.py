"""What is put above a file's words and taken off again leaves every other byte as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from generator.desk import Desk
from generator.filing import Pages, bundle, copy_from
from generator.filing.heads import put_above, take_off
from generator.model import Draft, Problem, Release

ON_HOLD = (
    "ON HOLD: not for publication yet. Ben Bell put it on hold at 9.30am (UTC) on 22 July 2021. "
    "The reason given: “Kent” & <Essex> *reply* [soon], at 5_000 #1"
)
NEWER = "SUPERSEDED: a newer draft lies beside it, made from Revised: article.new.html."
TEXTS = ("article.html", "article.md", "article.txt", "article.docx", "notes.md")
COPY = TEXTS[:-1]
LINES = ("article.md", "article.txt")
Files = dict[str, bytes]


@pytest.fixture(params=["ready", "held"])
def files(
    request: pytest.FixtureRequest,
    make_draft: Callable[..., Draft],
    release: Release,
    desk: Desk,
    held: tuple[Problem, ...],
) -> Files:
    draft = make_draft(problems=held if request.param == "held" else ())
    return bundle(draft, release, Pages(desk))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("said", [(ON_HOLD,), (NEWER,), (ON_HOLD, NEWER)])
def test_it_is_taken_off_to_the_byte(files: Files, name: str, said: tuple[str, ...]) -> None:
    with_it = put_above(name, files[name], said)
    assert with_it != files[name]
    assert take_off(name, with_it) == (files[name], said)
    assert take_off(name, files[name]) == (files[name], ())
    assert put_above(name, files[name], ()) == files[name]


@pytest.mark.parametrize("name", COPY)
def test_it_is_no_part_of_the_words(files: Files, name: str) -> None:
    with_it = copy_from(put_above(name, files[name], (ON_HOLD, NEWER)), name)
    assert with_it == copy_from(files[name], name)
    assert with_it.standing == (ON_HOLD, NEWER)
    assert not copy_from(files[name], name).standing


def test_a_text_begins_with_it(files: Files) -> None:
    plain = put_above("article.txt", files["article.txt"], (ON_HOLD,)).decode()
    assert plain.startswith(f"{ON_HOLD}\n\n")
    marked = put_above("article.md", files["article.md"], (NEWER,)).decode()
    assert marked.startswith(f"> **{NEWER}**\n\n")


def test_a_word_file_begins_with_it(files: Files) -> None:
    with_it = put_above("article.docx", files["article.docx"], (ON_HOLD, NEWER))
    first, second, *_ = docx.Document(io.BytesIO(with_it)).paragraphs
    assert (first.text, second.text) == (ON_HOLD, NEWER)
    assert first.style.name == "Banner"
    assert all(run.bold for run in first.runs)


def test_a_page_has_it_above_the_headline_and_nowhere_says_ready(files: Files) -> None:
    page = put_above("article.html", files["article.html"], (ON_HOLD,)).decode()
    article = page.partition("<article")[2]
    assert article.index("ON HOLD: not for publication yet.") < article.index("<h1>")
    assert "“Kent” & <Essex>" not in page  # escaped
    assert '<span class="pill ready">' not in page
    assert '<span class="pill held">' not in page
    assert ">on hold</span>" in page
    assert '"creativeWorkStatus": "Draft, on hold"' in page


def test_notes_do_not_say_ready(files: Files) -> None:
    notes = put_above("notes.md", files["notes.md"], (ON_HOLD,)).decode()
    assert notes.startswith("> **ON HOLD: ")
    assert "- Ready." not in notes


# Files that an editor's program has written


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_marks_of_an_editors_program_stay(files: Files, name: str, mark: bytes, end: bytes) -> None:
    theirs = mark + files[name].replace(b"\n", end)
    with_it = put_above(name, theirs, (ON_HOLD, NEWER))
    assert with_it.count(b"\n") == with_it.count(end)
    assert take_off(name, with_it) == (theirs, (ON_HOLD, NEWER))


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><h1>A headline</h1><p>Words.</p></body></html>",
        '<HTML><BODY class="a"><!-- <article> --><H1>A headline</H1><p>Words.</p></BODY></HTML>',
        "<html><head><script>'<article>'</script></head><body><article><h1>A headline</h1>"
        "<p>Words.</p></article></body></html>",
        "<h1>A headline</h1><p>Words.</p>",
    ],
    ids=["no article", "in a comment", "in a script", "a fragment"],
)
def test_any_page_can_have_it(page: str) -> None:
    with_it = put_above("article.html", page.encode(), (ON_HOLD,))
    read = copy_from(with_it, "article.html")
    assert read == copy_from(page.encode(), "article.html")
    assert read.standing == (ON_HOLD,)
    assert take_off("article.html", with_it) == (page.encode(), (ON_HOLD,))


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_page_in_another_encoding_can_have_it(encoding: str) -> None:
    page = "<html><body><h1>A café</h1><p>Words.</p></body></html>".encode(encoding)
    with_it = put_above("article.html", page, (ON_HOLD,))
    assert with_it.decode(encoding).count("café") == 1
    assert take_off("article.html", with_it) == (page, (ON_HOLD,))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("article.html", "<html><body><h1>A headline</h1></body></html>".encode("utf-16")),
        ("article.docx", b"no Word file"),
        ("article.docx", b""),
    ],
)
def test_what_cannot_have_it_stays_as_it_is(name: str, data: bytes) -> None:
    assert put_above(name, data, (ON_HOLD,)) == data
    assert take_off(name, data) == (data, ())


def test_word_saves_it_in_pieces(files: Files) -> None:
    """With marks of its own around them; the other parts stay to the byte."""
    words = ON_HOLD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    half = len(words) // 3
    saved = (
        '<w:body><w:p w:rsidR="00A1"><w:pPr><w:pStyle w:val="Banner"/></w:pPr>'
        f'<w:r w:rsidRPr="00B2"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{words[:half]}</w:t>'
        f'</w:r><w:proofErr w:type="gramStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>{words[half:]}</w:t>'
        "</w:r></w:p>"
    )
    theirs = _with_body(files["article.docx"], saved)
    bare, said = take_off("article.docx", theirs)
    assert said == (ON_HOLD,)
    assert _parts(bare) == _parts(files["article.docx"])


@pytest.mark.parametrize("more", ["<w:drawing/>", '<w:ins w:id="1"/>', "<w:br/>"])
def test_what_word_has_put_into_it_is_not_taken_off(files: Files, more: str) -> None:
    saved = f"<w:body><w:p><w:r><w:t>ON HOLD: not for publication yet. A</w:t>{more}</w:r></w:p>"
    theirs = _with_body(files["article.docx"], saved)
    assert take_off("article.docx", theirs) == (theirs, ())


@pytest.mark.parametrize("name", LINES)
def test_words_of_an_editors_own_under_it_stay(files: Files, name: str) -> None:
    """A line that goes on is not what was written there."""
    with_it = put_above(name, files[name], (ON_HOLD,))
    first, _, rest = with_it.partition(b"\n")
    theirs = first + b"\n> Call Kent first.\n" + rest
    assert take_off(name, theirs) == (theirs, ())


def _parts(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _with_body(data: bytes, body: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as anew:
        for name, part in _parts(data).items():
            anew.writestr(name, part.replace(b"<w:body>", body.encode(), 1))
    return packed.getvalue()
