"""An article as plain text: a line a paragraph, tables in aligned columns."""

from __future__ import annotations

from collections.abc import Sequence

from generator.filing.banners import Banner
from generator.filing.tables import numeric_columns
from generator.model import Article, Block, BlockKind, Runs, plain


def article_text(article: Article, banners: Sequence[Banner], disclosure: str) -> str:
    """Write the article with its banners above and its disclosure below."""
    parts = [
        *(
            "\n".join([banner.text, *(f"- {one_line(i)}" for i in banner.items)])
            for banner in banners
        ),
        one_line(plain(article.headline)),
        *(_block(block) for block in article.blocks),
        one_line(disclosure),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def one_line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.strip("\r\n\t ").splitlines())


def _block(block: Block) -> str:
    return _table(block.rows) if block.kind is BlockKind.TABLE else one_line(plain(block.runs))


def _table(rows: Sequence[Sequence[Runs]]) -> str:
    """Align the columns: words to the left, numbers to the right."""
    cells = [[one_line(plain(cell)) for cell in row] for row in rows]
    right = numeric_columns(cells)
    widths = [
        max(len(row[column]) for row in cells if column < len(row)) for column in range(len(right))
    ]
    return "\n".join(
        "  ".join(
            cell.rjust(widths[column]) if right[column] else cell.ljust(widths[column])
            for column, cell in enumerate(row)
        ).rstrip()
        for row in cells
    )
