"""The finished words of a draft, as a reader meets them and as the second reader checks them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.drafts import Article, Block, BlockKind, plain


@dataclass(frozen=True)
class Passage:
    """A paragraph or crosshead (`text`), or a table (`rows` of cells, the header first)."""

    kind: BlockKind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Copy:
    """All the words that a reader of a draft sees, whatever file they stand in.

    `disclosure` is the line that says where the draft is from, "" where it is gone;
    `banners` are the warnings above the headline, each on one line.
    """

    headline: str
    passages: tuple[Passage, ...]
    disclosure: str = ""
    banners: tuple[str, ...] = ()


def copy_of(article: Article, disclosure: str) -> Copy:
    """Return the words of an article, without what stands behind them."""
    return Copy(plain(article.headline), tuple(map(_passage, article.blocks)), disclosure)


def _passage(block: Block) -> Passage:
    rows = tuple(tuple(plain(cell) for cell in row) for row in block.rows)
    return Passage(block.kind, plain(block.runs), rows)
