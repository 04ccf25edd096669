"""Charts: what they show is what the facts hold, and what is drawn of it can be read."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import docx
import matplotlib as mpl
import pytest
from building import RELEASE, Year, desk, drafts_of, facts_of, small_desk, text_of
from filed import file_drafts
from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox
from PIL import Image

from generator.desk import Format, PieceKind
from generator.filing.bundle import bundle
from generator.filing.charts import PNG, SVG, Bars, Lines, chart_of, draw, place_of_picture
from generator.filing.charts.bars import bars_on_sheet
from generator.filing.charts.lines import lines_on_sheet, parted
from generator.filing.charts.sheet import LIGHT, OTHER, OWN, WIDTH, Sheet, ticks, wrap
from generator.filing.deciding import Verdict, decide
from generator.filing.html import Pages
from generator.filing.log import Event
from generator.model import BlockKind, Draft, Facts, plain
from generator.periods import Quarter
from generator.printing import print_figure

Years = Mapping[int, Year]
Shape = TypeVar("Shape", Line2D, Rectangle)


def years(*withdrawn: int, closed: int = 1000, first: int = 2015) -> Years:
    """A year after the other: of so many closed, how many were withdrawn."""
    return {year: (closed, each) for year, each in enumerate(withdrawn, first)}


KENT = years(40, 80, 120, 190, 263, 293)
ESSEX = years(200, 210, 220, 230, 240, 250)
TITLE = "Share of closed offences in which the victim did not support further action"


def lines_of(facts: Facts) -> Lines:
    chart = chart_of(facts, RELEASE)
    assert isinstance(chart, Lines)
    return chart


def bars_of(facts: Facts) -> Bars:
    chart = chart_of(facts, RELEASE)
    assert isinstance(chart, Bars)
    return chart


def drawn_years(chart: Lines, name: str) -> list[list[int]]:
    (line,) = (line for line in chart.lines if line.name == name)
    return [[dot.period.last.year for dot in stretch] for stretch in line.stretches]


# What is shown


def test_the_area_is_shown_beside_the_nation_as_copy_prints_them() -> None:
    draft = drafts_of({"kent": KENT, "essex": ESSEX})["kent"]
    chart = lines_of(draft.facts)

    assert chart.title == TITLE
    assert chart.subtitle == "In Kent, 2015 to 2020"
    assert [(line.name, line.own, line.last.printed) for line in chart.lines] == [
        ("England and Wales", False, "27.2%"),
        ("Kent", True, "29.3%"),
    ]
    assert [dot.value for dot in chart.lines[1].dots] == [4, 8, 12, 19, 26.3, 29.3]
    for line in chart.lines:
        assert line.last.printed in text_of(draft)


def test_a_measure_without_a_title_is_called_by_its_label() -> None:
    facts = facts_of({"kent": KENT, "essex": ESSEX}, story="charged")
    for area in ("kent", "england-and-wales"):
        chart = chart_of(facts[area], RELEASE)
        assert chart is not None
        assert chart.title == "Share of offences that ended in a charge or summons"


def test_a_gap_is_a_gap_and_a_year_between_two_is_a_dot() -> None:
    lacking = [("kent", Quarter(2016, 2)), ("kent", Quarter(2018, 1))]
    facts = facts_of({"kent": KENT, "essex": ESSEX}, without=lacking)["kent"]
    chart = lines_of(facts)

    assert drawn_years(chart, "Kent") == [[2015], [2017], [2019, 2020]]
    assert drawn_years(chart, "England and Wales") == [[2015, 2016, 2017, 2018, 2019, 2020]]
    assert chart.notes == (
        "Source: Home Office. England and Wales without Kent. "
        "Where a line breaks off there is no figure."
    )
    own = [line for line in drawn_on(lines_on_sheet(chart), Line2D) if line.get_color() == OWN]
    through = [len(line.get_xdata()) for line in own if line.get_marker() == "none"]
    assert through == [2]
    assert len([line for line in own if line.get_marker() == "o"]) == 3


def test_a_line_that_ends_early_says_when() -> None:
    kent = {**KENT, 2020: (50, 20)}  # too few for a share
    chart = lines_of(facts_of({"kent": kent, "essex": ESSEX})["kent"])
    assert drawn_years(chart, "Kent") == [[2015, 2016, 2017, 2018, 2019]]
    assert "26.3%" in words_on(lines_on_sheet(chart))
    assert "Kent in 2019" in words_on(lines_on_sheet(chart))


def test_an_area_without_figures_for_the_period_has_no_line() -> None:
    lacking = [("kent", Quarter(2020, 1))]
    drafts = facts_of({"kent": KENT, "essex": ESSEX}, without=lacking)
    chart = lines_of(drafts["kent"])
    assert [line.name for line in chart.lines] == ["England and Wales"]
    assert chart.subtitle == "Across England and Wales, 2015 to 2020"


def test_the_nation_has_a_bar_for_each_area_that_has_a_figure() -> None:
    counts = {"kent": KENT, "essex": ESSEX, "surrey": years(90, 90, 90, 90, 90, 310)}
    facts = facts_of(counts, without=[("surrey", Quarter(2020, 1))])
    chart = bars_of(facts["england-and-wales"])
    assert [(bar.name, bar.printed, bar.own) for bar in chart.bars] == [
        ("Kent", "29.3%", False),
        ("England and Wales", "27.2%", True),
        ("Essex", "25%", False),
    ]
    assert chart.notes == "Source: Home Office. England and Wales without Surrey."
    sheet = bars_on_sheet(chart)
    colours = [to_hex(bar.get_facecolor()) for bar in drawn_on(sheet, Rectangle)]
    assert colours == [LIGHT, OWN, LIGHT]
    assert {"Kent", "29.3%", "England and Wales", "27.2%", "Essex", "25%"} <= words_on(sheet)


def test_an_area_with_too_few_cases_has_no_bar_and_is_named() -> None:
    counts = {"kent": KENT, "essex": {**ESSEX, 2020: (50, 20)}}
    chart = bars_of(facts_of(counts)["england-and-wales"])
    assert [bar.name for bar in chart.bars] == ["England and Wales", "Kent"]
    assert chart.notes == "Source: Home Office. No figure for Essex."


def test_every_area_that_the_nation_leaves_out_is_named() -> None:
    """And of those that are in it and have no figure, of more than three the number is given."""
    gone = {"cumbria": "Cumbria", "dorset": "Dorset", "norfolk": "Norfolk", "surrey": "Surrey"}
    few = {area: {**ESSEX, 2020: (50, 20)} for area in ("cheshire", "durham", "gwent", "kent")}
    counts = {"essex": ESSEX, **few, **dict.fromkeys(gone, ESSEX)}
    facts = facts_of(counts, without=[(area, Quarter(2020, 1)) for area in gone])
    without = "Source: Home Office. England and Wales without Cumbria, Dorset, Norfolk and Surrey."
    assert lines_of(facts["essex"]).notes == without
    assert bars_of(facts["england-and-wales"]).notes == f"{without} No figure for 4 areas."


def test_a_count_is_not_set_against_the_nations() -> None:
    small = small_desk("kent", "essex")
    story = small.stories["victim-withdrawal"].model_copy(update={"lead": "withdrawn"})
    facts = facts_of(
        {"kent": KENT, "essex": ESSEX}, small_desk("kent", "essex", stories={story.id: story})
    )
    chart = lines_of(facts["kent"])
    assert [(line.name, line.last.printed) for line in chart.lines] == [("Kent", "293")]
    assert {"0", "100", "200", "300"} <= words_on(lines_on_sheet(chart))
    assert [bar.name for bar in bars_of(facts["england-and-wales"]).bars] == ["Kent", "Essex"]


def test_without_any_figure_there_is_no_picture_and_nothing_refers_to_one() -> None:
    draft = drafts_of({"kent": {2020: (50, 20)}, "essex": {2020: (40, 10)}})["kent"]
    assert chart_of(draft.facts, RELEASE) is None
    files = bundle(draft, RELEASE, Pages(desk()))
    assert not {SVG, PNG} & set(files)
    for name in ("article.html", "article.md", "article.txt", "notes.md", "ninjs.json"):
        assert b"chart.svg" not in files[name]
    assert b"<figure" not in files["article.html"]
    assert b'"image"' not in files["article.html"]


def test_provisional_figures_are_called_so() -> None:
    facts = facts_of({"kent": KENT, "essex": ESSEX})["kent"]
    chart = chart_of(facts, replace(RELEASE, provisional=True))
    assert chart is not None
    assert chart.notes == "Source: Home Office. Provisional figures."


def test_a_sample_says_so_above_and_across_the_picture() -> None:
    facts = facts_of({"kent": KENT, "essex": ESSEX})
    for area, on_sheet in (("kent", lines_on_sheet), ("england-and-wales", bars_on_sheet)):
        for sample in (True, False):
            chart = chart_of(facts[area], replace(RELEASE, sample=sample))
            words = words_on(on_sheet(chart))  # type: ignore[arg-type]
            assert ("SAMPLE. Made from invented counts. Not for publication." in words) is sample
            assert ("SAMPLE" in words) is sample


# What is drawn of it


def drawn_on(sheet: Sheet, kind: type[Shape]) -> list[Shape]:
    return [each for each in sheet.figure.artists if isinstance(each, kind)]


def words_on(sheet: Sheet) -> set[str]:
    return {text.get_text() for text in sheet.figure.texts}


def boxes_on(sheet: Sheet) -> dict[str, Bbox]:
    """Where the words are, but for a watermark, which lies under others."""
    renderer = FigureCanvasAgg(sheet.figure).get_renderer()
    return {
        f"{number} {text.get_text()}": text.get_window_extent(renderer)
        for number, text in enumerate(sheet.figure.texts)
        if not text.get_rotation()
    }


def assert_legible(sheet: Sheet) -> None:
    boxes = boxes_on(sheet)
    for (one, its), (other, others) in combinations(boxes.items(), 2):
        assert not its.padded(-0.5).overlaps(others.padded(-0.5)), f"{one!r} meets {other!r}"
    for words, box in boxes.items():
        assert box.x0 >= 0, words
        assert box.x1 <= WIDTH, words
        assert box.y0 >= 0, words
        assert box.y1 <= sheet.height, words
    assert min(text.get_fontsize() for text in sheet.figure.texts) >= 10


LONG = "Bournemouth, Christchurch and Poole with the Isle of Wight"
ENDS = [(293, 274), (274, 274), (274, 293), (5, 3), (0, 0), (990, 985), (13, 274), (500, 20)]


@pytest.mark.parametrize(("own", "other"), ENDS)
@pytest.mark.parametrize("name", ["Kent", "Hampshire and the Isle of Wight", LONG])
def test_labels_do_not_meet_nor_leave_the_picture(own: int, other: int, name: str) -> None:
    counts = {
        "kent": years(40, 80, 120, 190, 263, own),
        "essex": years(*[other * 10] * 6, closed=10_000),
    }
    facts = facts_of(counts)["kent"]
    chart = lines_of(replace(facts, area=facts.area.model_copy(update={"name": name})))
    assert_legible(lines_on_sheet(replace(chart, sample="SAMPLE. Not for publication.")))


def test_many_bars_can_be_read_on_a_phone() -> None:
    forces = [force.id for force in desk().forces if force.id != "greater-manchester"]
    counts = {force: years(100 + 5 * at, first=2020) for at, force in enumerate(forces)}
    chart = bars_of(facts_of(counts)["england-and-wales"])
    assert len(chart.bars) == len(forces) + 1 == 44
    assert_legible(bars_on_sheet(chart))


def test_as_many_periods_are_named_as_have_room() -> None:
    counts = {"kent": years(*range(100, 130), first=1991), "essex": years(*[200] * 30, first=1991)}
    sheet = lines_on_sheet(lines_of(facts_of(counts)["kent"]))
    assert_legible(sheet)
    assert "2020" in words_on(sheet)
    assert "2019" not in words_on(sheet)


def test_a_word_that_leaves_no_room_for_the_periods_is_drawn_all_the_same() -> None:
    """For example the name of an area in a desk of another country."""
    facts = facts_of({"kent": KENT, "essex": ESSEX})["kent"]
    name = "Verwaltungsgemeinschaftsvorsitzenden" * 2
    chart = lines_of(replace(facts, area=facts.area.model_copy(update={"name": name})))
    assert "2020" in words_on(lines_on_sheet(chart))


@pytest.mark.parametrize(
    ("tops", "parted_to"),
    [
        ([50, 100], [50, 100]),
        ([50, 60], [32, 78]),
        ([60, 50], [78, 32]),
        ([50, 50], [73, 27]),  # the last above
        ([0, 4], [0, 46]),
        ([190, 195], [114, 160]),
        ([300], [160]),
    ],
)
def test_labels_are_moved_apart(tops: list[float], parted_to: list[float]) -> None:
    assert parted(tops, [40] * len(tops), 0, 200) == parted_to


def test_the_scale_begins_at_nought_and_reaches_the_highest() -> None:
    assert ticks(29.3) == [0, 10, 20, 30]
    assert ticks(0.45) == pytest.approx([0, 0.2, 0.4, 0.6])
    assert ticks(0) == [0, 0.5, 1]
    assert ticks(80_204) == [0, 50_000, 100_000]


def test_words_are_broken_into_lines() -> None:
    assert wrap("England and Wales", 90, 12) == ["England and", "Wales"]
    assert wrap("Incomprehensibilities all", 60, 12) == ["Incomprehensibilities", "all"]
    assert wrap("", 60, 12) == []


def test_lines_are_told_apart_without_colour() -> None:
    sheet = lines_on_sheet(lines_of(facts_of({"kent": KENT, "essex": ESSEX})["kent"]))
    drawn = {
        line.get_color(): line for line in drawn_on(sheet, Line2D) if len(line.get_xdata()) > 2
    }
    assert drawn[OWN].get_linewidth() > drawn[OTHER].get_linewidth()
    assert drawn[OWN].get_linestyle() == "-"
    assert drawn[OTHER].get_linestyle() == "--"
    grey = [
        Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0)) for colour in (OWN, OTHER)
    ]
    assert grey[1] - grey[0] > 60


# As files


def picture_files(draft: Draft) -> dict[str, bytes]:
    return bundle(draft, RELEASE, Pages(desk()))


def alt_of(draft: Draft) -> str:
    """Return the words that the draft has for its chart."""
    (piece,) = (each for each in draft.pieces if each.kind is PieceKind.ALT)
    return " ".join(plain(block.runs) for block in piece.article.blocks)


OF = "the share of closed offences in which the alleged victim did not support further action"
SINCE = "since comparable figures were first published in 2015"


def test_the_words_for_a_chart_say_whose_each_number_is_and_of_when() -> None:
    drafts = drafts_of({"kent": KENT, "essex": {**ESSEX, 2019: (1000, 260)}})
    assert alt_of(drafts["kent"]) == (
        f"A line chart of {OF}, in Kent and across England and Wales. "
        f"The rate in Kent was 29.3% in 2020, the highest {SINCE}, when it was just 4%. "
        "Across England and Wales the rate was 27.2% in 2020."
    )
    assert alt_of(drafts["essex"]) == (
        f"A line chart of {OF}, in Essex and across England and Wales. "
        "The rate in Essex was 25% in 2020, slightly down from 26% in 2019. "
        "It was 20% in 2015, when comparable figures were first published. "
        "Across England and Wales the rate was 27.2% in 2020."
    )
    assert alt_of(drafts["england-and-wales"]) == (
        f"A bar chart of {OF}, force by force and across England and Wales. "
        f"The rate across England and Wales was 27.2% in 2020, the highest {SINCE}, "
        "when it was 12%."
    )


def test_the_words_for_a_chart_tell_of_no_line_that_is_not_drawn() -> None:
    gap = [("kent", Quarter(2020, 1))]
    kent = drafts_of({"kent": KENT, "essex": ESSEX}, without=gap)["kent"]
    assert alt_of(kent) == (
        f"A line chart of {OF} across England and Wales. The rate was 25% in 2020. "
        "Kent Police has no line: complete figures were not available."
    )
    # Nobody has figures for both periods compared, and so there is no nation.
    gaps = [("kent", Quarter(2019, 1)), ("essex", Quarter(2020, 2))]
    alone = drafts_of({"kent": KENT, "essex": ESSEX}, without=gaps)
    assert [line.name for line in lines_of(alone["kent"].facts).lines] == ["Kent"]
    assert "England and Wales" not in alt_of(alone["kent"])


def test_files_say_what_they_show() -> None:
    draft = drafts_of({"kent": KENT, "essex": ESSEX})["kent"]
    files = picture_files(draft)
    svg = etree.fromstring(files[SVG])
    name = {"s": "http://www.w3.org/2000/svg"}
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "title desc")
    assert svg.findtext("s:desc", namespaces=name) == alt_of(draft)
    assert svg.findtext("s:title", namespaces=name) == TITLE
    assert svg.find("s:metadata", name) is None
    drawn = [each.text.strip() for each in svg.iter(etree.Comment)]
    rate = draft.facts.lead.figure
    assert rate is not None
    assert print_figure(rate) in drawn
    assert not re.search(rb"20\d\d-\d\d-\d\d|[Mm]atplotlib", files[SVG].replace(b"figure", b""))
    with Image.open(io.BytesIO(files[PNG])) as png:
        assert png.width == 3 * WIDTH
        assert png.convert("RGB").getpixel((0, png.height - 1)) == (255, 255, 255)
        assert {key: str(said) for key, said in png.info.items() if key != "dpi"} == {
            "Title": TITLE,
            "Description": alt_of(draft),
        }


def test_the_picture_stands_after_the_second_paragraph_in_page_and_word_file() -> None:
    draft = drafts_of({"kent": KENT, "essex": ESSEX})["kent"]
    blocks = draft.article.blocks
    assert place_of_picture(blocks) == 1
    assert place_of_picture(blocks[:1]) == 0
    assert place_of_picture([b for b in blocks if b.kind is not BlockKind.PARAGRAPH]) == -1
    files = picture_files(draft)
    page = etree.HTML(files["article.html"])
    (figure,) = page.iter("figure")
    assert [each.tag for each in figure.itersiblings("p", preceding=True)] == ["p", "p"]
    (image,) = figure.iter("img")
    assert image.get("src") == SVG
    assert image.get("alt") == alt_of(draft)
    paragraphs = docx.Document(io.BytesIO(files["article.docx"])).paragraphs
    (at,) = (at for at, each in enumerate(paragraphs) if each._p.xpath(".//pic:pic"))
    assert at == 3  # the headline, two paragraphs
    (described,) = paragraphs[at]._p.xpath(".//wp:docPr/@descr")
    assert described == alt_of(draft)


def test_a_desk_may_do_without() -> None:
    draft = drafts_of({"kent": KENT, "essex": ESSEX})["kent"]
    file = desk().file.model_copy(update={"formats": (Format.WORD,)})
    files = bundle(draft, RELEASE, Pages(replace(desk(), file=file)))
    assert not {SVG, PNG} & set(files)
    assert b"<figure" not in files["article.html"]


FOREIGN = """
import locale, contextlib, sys
with contextlib.suppress(locale.Error):
    locale.setlocale(locale.LC_ALL, "")
sys.path[:0] = sys.argv[1:]
from test_charts import ESSEX, KENT, picture_of
for module in ("generator.cli.app", "generator.pipeline", "generator.filing.bundle"):
    __import__(module)
print(picture_of())
"""
SEEN = """
import sys
import generator.cli.app, generator.pipeline, generator.filing.bundle, generator.filing.charts
print("matplotlib" in sys.modules)
"""


def picture_of() -> str:
    facts = facts_of({"kent": KENT, "essex": ESSEX})
    pictures = [
        draw(chart_of(facts[area], RELEASE), "Alt") for area in ("kent", "england-and-wales")
    ]  # type: ignore[arg-type]
    return " ".join(sha256(each).hexdigest() for p in pictures for each in (p.svg, p.png))


def test_the_bytes_are_the_same_whatever_the_machine_is_set_to(tmp_path: Path) -> None:
    own = tmp_path / "matplotlibrc"
    own.write_text("text.antialiased: False\nfont.family: serif\nsvg.fonttype: none\n")
    here = Path(__file__)
    folders = [str(here.parent), str(here.parents[1]), str(here.parents[1] / "writing")]
    ran = subprocess.run(
        [sys.executable, "-c", FOREIGN, *folders],
        env=os.environ
        | {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}
        | {"MATPLOTLIBRC": str(own)},
        check=True,
        capture_output=True,
        text=True,
    )
    before = dict(mpl.rcParams)
    assert ran.stdout.strip() == picture_of()
    assert dict(mpl.rcParams) == before


def test_nothing_draws_before_there_is_something_to_draw() -> None:
    ran = subprocess.run([sys.executable, "-c", SEEN], check=True, capture_output=True, text=True)
    assert ran.stdout == "False\n"


def test_an_approved_page_keeps_its_picture(tmp_path: Path) -> None:
    draft = drafts_of({"kent": KENT, "essex": ESSEX})["kent"]
    revised = drafts_of({"kent": {**KENT, 2020: (1000, 301)}, "essex": ESSEX})["kent"]
    file_drafts([draft], RELEASE, desk(), tmp_path)
    folder = tmp_path / draft.folder
    shown = {name: (folder / name).read_bytes() for name in (SVG, PNG)}
    page = (folder / "article.html").read_bytes()
    decide(tmp_path, Verdict(Event.APPROVED, draft.folder, {"article.html": page}, "Ann"), desk())

    (row,) = file_drafts([revised], RELEASE, desk(), tmp_path).rows

    assert {name: (folder / name).read_bytes() for name in (SVG, PNG)} == shown
    assert row.beside == ("article.new.html", "chart.new.png", "chart.new.svg")
    assert b"30.1%" in (folder / "chart.new.svg").read_bytes()


def test_the_index_shows_pictures_where_there_are_any(tmp_path: Path) -> None:
    draft = drafts_of({"kent": KENT, "essex": ESSEX})["kent"]
    none = desk().file.model_copy(update={"formats": ()})
    for desk_, shown in ((desk(), 1), (replace(desk(), file=none), 0)):
        file_drafts([draft], RELEASE, desk_, tmp_path / str(shown))
        page = (tmp_path / str(shown) / "index.html").read_text(encoding="utf-8")
        assert page.count(f'<img src="{draft.folder}/chart.svg#plot" alt="" width=') == shown
        assert page.count("<img") == page.count('loading="lazy"') == shown
    svg = etree.parse(tmp_path / "1" / draft.folder / SVG)
    (view,) = svg.iter("{http://www.w3.org/2000/svg}view")
    x, y, width, height = map(int, view.get("viewBox", "").split())
    assert view.get("id") == "plot"
    assert 0 < x < x + width < WIDTH
    assert 0 < y < y + height < int(svg.getroot().get("height", "0"))
