"""An article as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.filing.banners import Banner
from generator.filing.tables import numeric_columns
from generator.model import Article, Block, BlockKind, plain

_MARKUP = re.compile(r"[\\`*_\[\]<>~]|&(?=#?\w+;)")


def article_markdown(article: Article, banners: Sequence[Banner], disclosure: str) -> str:
    """Write the article with its banners above and its disclosure below."""
    parts = [
        *(banner_markdown(banner) for banner in banners),
        f"# {heading(plain(article.headline))}",
        *(_block(block) for block in article.blocks),
        "---",
        f"*{escape(disclosure)}*" if disclosure else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def banner_markdown(banner: Banner) -> str:
    """Write a banner as a block quote, so that no reader takes it for copy."""
    lines = [f"> **{escape(banner.text)}**"]
    if banner.items:
        lines += [">", *(f"> - {escape(item)}" for item in banner.items)]
    return "\n".join(lines)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Write a pipe table of plain texts, the header first."""
    header, *body = ([escape(cell).replace("|", r"\|") for cell in row] for row in rows)
    rule = ["---:" if number else "---" for number in numeric_columns(rows)]
    lines = [header, rule, *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def heading(text: str) -> str:
    """Escape a heading, in which a number sign at the end is markup too."""
    return re.sub(r"(?=#+$)", r"\\", escape(text), count=1)


def escape(text: str) -> str:
    """Put a backslash before whatever Markdown would take for markup in a line of its own."""
    line = " ".join(text.strip("\r\n\t ").splitlines())
    marked = _MARKUP.sub(r"\\\g<0>", line)
    start = re.match(r"\d{1,9}(?=[.)](?:\s|$))", marked)
    if start:
        return f"{start[0]}\\{marked[start.end() :]}"
    return "\\" + marked if marked[:1] in ("#", "+", "-", "=") else marked


def unescape(text: str) -> str:
    """Return a text as it was before it was escaped."""
    return re.sub(r"\\(.)", r"\1", text)


def _block(block: Block) -> str:
    match block.kind:
        case BlockKind.CROSSHEAD:
            return f"## {heading(plain(block.runs))}"
        case BlockKind.TABLE:
            return table([[plain(cell) for cell in row] for row in block.rows])
    return escape(plain(block.runs))
