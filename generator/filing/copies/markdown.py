"""The words of a Markdown article."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from generator.filing.banners import BANNERS
from generator.filing.copies.gathering import Gathered
from generator.model import BlockKind, Copy

_PARSER = MarkdownIt("commonmark").enable("table")


def read_markdown(text: str) -> Copy:
    """Read an article back; block quotes above the headline are its banners."""
    gathered = Gathered()
    for node in SyntaxTreeNode(_PARSER.parse(text)).children:
        _gather(node, gathered)
    return gathered.copy()


def _gather(node: SyntaxTreeNode, gathered: Gathered) -> None:
    match node.type:
        case "blockquote" if not gathered.headline:
            words = " ".join(_words(inner) for inner in node.children)
            if words.startswith(BANNERS):
                gathered.add_banner(words)
            else:
                gathered.add_text(words)
        case "heading" if node.tag == "h1":
            gathered.add_headline(_words(node))
        case "heading":
            gathered.add_text(_words(node), BlockKind.CROSSHEAD)
        case "table":
            rows = [row for part in node.children for row in part.children]
            gathered.add_table([[_words(cell) for cell in row.children] for row in rows])
        case "hr":
            pass
        case "paragraph" | "html_block" | "code_block" | "fence":
            gathered.add_text(_words(node))
        case _:
            for inner in node.children:
                _gather(inner, gathered)


def _words(node: SyntaxTreeNode) -> str:
    """Return the words in a node: marks of emphasis are none, a line break is a space."""
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if node.children:
        return "".join(_words(inner) for inner in node.children)
    return node.content
