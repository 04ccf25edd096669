"""A chart as files: a drawing, and its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Block, BlockKind

SVG, PNG = "chart.svg", "chart.png"
_PARAGRAPHS = 2
"""How many stand before an article's picture."""


@dataclass(frozen=True)
class Picture:
    """A chart as it is filed, its size in CSS pixels, and what it shows, in words."""

    svg: bytes
    png: bytes
    width: int
    height: int
    alt: str


def place_of_picture(blocks: Sequence[Block]) -> int:
    """Return the index of the block after which an article has its picture; -1 without any."""
    paragraphs = [at for at, block in enumerate(blocks) if block.kind is BlockKind.PARAGRAPH]
    return paragraphs[:_PARAGRAPHS][-1] if paragraphs else -1
