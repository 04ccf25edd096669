"""A draft as files: everything that lies in its folder, by name."""

from __future__ import annotations

from dataclasses import replace

from generator.desk import Desk, Format, PieceKind
from generator.filing import charts
from generator.filing.banners import banners
from generator.filing.checks import check
from generator.filing.doubt_request import doubt_requests
from generator.filing.encoded import as_csv, as_json
from generator.filing.feeds import Item, item_files, item_of
from generator.filing.html import Pages, article_html
from generator.filing.league import LEAGUE, league_csv
from generator.filing.ledger import ledger
from generator.filing.markdown import article_markdown
from generator.filing.names import LEDGER, NOTES, PIECES
from generator.filing.notes import notes
from generator.filing.reply_request import REPLY_REQUEST, reply_request
from generator.filing.series import HEADER, figures_rows
from generator.filing.text import article_text
from generator.filing.word import article_docx
from generator.model import Draft, Release, copy_of, plain


def draft_as_markdown(draft: Draft, release: Release) -> str:
    """Return article.md as it would be filed."""
    return article_markdown(draft.article, banners(draft, release), draft.disclosure)


def draft_to_preview(draft: Draft, release: Release) -> str:
    """Return article.md as it would be filed, and after it each piece under its name."""
    told = [
        f"\n## {piece.kind.called}\n\n{article_text(piece.article, (), '')}"
        for piece in draft.pieces
    ]
    return "".join([draft_as_markdown(draft, release), *told])


def bundle(draft: Draft, release: Release, pages: Pages) -> dict[str, bytes]:
    """Render the draft in every format, in memory.

    All text is UTF-8 with Unix line ends, but for the mail, whose lines end as mail's do.

    Raises FilingError where the draft is not fit to be filed.
    """
    check(draft)
    above = banners(draft, release)
    sources = [pages.note_on(trail) for trail in pages.trails(release).of(draft)]
    item = _item(draft, release, pages.desk)
    picture = _picture(draft, release) if Format.CHARTS in pages.desk.file.formats else None
    files = {
        "article.md": draft_as_markdown(draft, release).encode(),
        "article.html": article_html(draft, release, sources, item, picture, pages).encode(),
        "article.txt": article_text(draft.article, above, draft.disclosure).encode(),
        "figures.csv": as_csv(HEADER, figures_rows(draft, release)),
        LEDGER: as_json(ledger(draft, release)),
        NOTES: notes(draft, release).encode(),
    }
    for piece in draft.pieces:
        if piece.kind in PIECES:
            text = article_text(piece.article, above, draft.disclosure)
            files[PIECES[piece.kind]] = text.encode()
    request = reply_request(draft, release, pages.desk)
    if request is not None:
        files[REPLY_REQUEST] = request
    files |= doubt_requests(draft, release, pages.desk)
    if draft.facts.areas:
        files[LEAGUE] = league_csv(draft.facts, release)
    if picture:
        files |= {charts.SVG: picture.svg, charts.PNG: picture.png}
    if Format.WORD in pages.desk.file.formats:
        files["article.docx"] = article_docx(draft, release, sources, picture)
    if Format.FEEDS in pages.desk.file.formats:
        files |= item_files(item)
    return files


def _picture(draft: Draft, release: Release) -> charts.Picture | None:
    """Draw the draft's chart, if there is anything to show."""
    chart = charts.chart_of(draft.facts, release)
    return charts.draw(chart, _alt(draft)) if chart else None


def _alt(draft: Draft) -> str:
    """Return the words for the chart; a story that has none for it says its headline."""
    told = [piece for piece in draft.pieces if piece.kind is PieceKind.ALT]
    blocks = [plain(block.runs) for piece in told for block in piece.article.blocks]
    return " ".join(blocks) or draft.headline


def _item(draft: Draft, release: Release, desk: Desk) -> Item:
    """Return the draft as feeds have it before anybody has decided on it."""
    copy = replace(
        copy_of(draft.article, draft.disclosure),
        banners=tuple(banner.text for banner in banners(draft, release)),
    )
    area = draft.facts.area
    return item_of(draft.folder, area.name, area.region, copy, release, desk)
