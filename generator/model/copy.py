"""The finished words of a draft, as a reader meets them and as the second reader checks them."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.desk import PieceKind
from generator.model.drafts import Article, Block, BlockKind, Run, plain


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
    piece: PieceKind | None = None
    """What of a draft it is, if it is not the article."""
    standing: tuple[str, ...] = field(default=(), compare=False)
    """The warnings above it of where the draft stands, each on one line: the same words are the
    same copy, whatever became of them."""

    @property
    def is_headed(self) -> bool:
        """True for what begins with a headline."""
        return self.piece is None or self.piece.is_headed


def copy_of(article: Article, disclosure: str, piece: PieceKind | None = None) -> Copy:
    """Return the words of an article, without what stands behind them."""
    passages = tuple(map(_passage, article.blocks))
    return Copy(plain(article.headline), passages, disclosure, piece=piece)


def article_of(copy: Copy) -> Article:
    """Return the article that has the words of a copy, and nothing behind them."""
    headline = (Run(copy.headline, ()),) if copy.headline else ()
    return Article(headline, tuple(map(_block, copy.passages)))


def _block(passage: Passage) -> Block:
    rows = tuple(tuple((Run(cell, ()),) for cell in cells) for cells in passage.rows)
    return Block(passage.kind, (Run(passage.text, ()),) if passage.text else (), rows)


def _passage(block: Block) -> Passage:
    rows = tuple(tuple(plain(cell) for cell in row) for row in block.rows)
    return Passage(block.kind, plain(block.runs), rows)
