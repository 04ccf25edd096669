"""Let a template be broken into lines like prose, with tags anywhere in it."""

from __future__ import annotations

import re

from jinja2.ext import Extension

_TAGS_ALONE = re.compile(r"\s*(\{[%#]((?![%#]\}).)*[%#]\}\s*)+")
_TAG_AT_END = re.compile(r"(\{%((?!%\}).)*)(?<![-+])%\}[ \t]*$")


class ProseLines(Extension):
    """Keep the line break after a tag that ends a line of words.

    jinja2's `trim_blocks` takes the line break after any tag; that is right for a tag
    alone on its line, and would join two words where a sentence is broken after one.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Mark such a tag so that its line break stays."""
        return "\n".join(
            line if _TAGS_ALONE.fullmatch(line) else _TAG_AT_END.sub(r"\1+%}", line)
            for line in source.split("\n")
        )
