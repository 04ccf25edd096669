"""From rendered words with marks to an article and its ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Article, Block, BlockKind, Claim, Finding, Run, Runs, plain
from generator.writing.claims import CLOSE, OPEN, SEPARATOR, Support

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_STOPS = (".", ",", ";", ":")
_BEFORE_A_STOP = re.compile(r" (?=[.,;:])")
_MARK = re.compile(f"{OPEN}(\\d+){SEPARATOR}|({CLOSE})")


@dataclass(frozen=True)
class _Place:
    """Where a stretch of marked words stands in the article."""

    block: int
    cell: str = ""


class ArticleReader:
    """Reads one rendering; `claims` is its ledger, in the order of the words."""

    def __init__(self, supports: Sequence[tuple[Support, str]]) -> None:
        self.supports = supports
        self.claims: list[Claim] = []

    def read(self, rendered: str, *, is_headed: bool = True) -> Article:
        """Return the article: a `# ` headline, then blocks with blank lines between.

        A block that begins with `## ` is a crosshead, one whose lines begin with `|` a
        table. Raises ValueError where the headline is missing or there is no text.
        """
        texts = [text.strip() for text in _BLANK_LINE.split(rendered)]
        texts = [text for text in texts if _MARK.sub("", text).strip()]
        if not is_headed:
            return Article((), tuple(self._block(text, i) for i, text in enumerate(texts)))
        first, *rest = texts or [""]
        if not first.startswith("# "):
            raise ValueError("the first line is not a headline: begin it with `# `")
        if not rest:
            raise ValueError("there is a headline, and no text under it")
        headline = self._runs(first[2:], _Place(-1))
        return Article(headline, tuple(self._block(text, i) for i, text in enumerate(rest)))

    def _block(self, text: str, number: int) -> Block:
        if text.startswith("## "):
            return Block(BlockKind.CROSSHEAD, self._runs(text[3:], _Place(number)))
        if text.startswith("|"):
            rows = [line.strip().strip("|").split("|") for line in text.splitlines()]
            return Block(
                BlockKind.TABLE,
                rows=tuple(
                    tuple(
                        self._runs(cell.strip(), _Place(number, f"{row}:{column}"))
                        for column, cell in enumerate(cells)
                    )
                    for row, cells in enumerate(rows)
                ),
            )
        return Block(BlockKind.PARAGRAPH, self._runs(text, _Place(number)))

    def _runs(self, text: str, place: _Place) -> Runs:
        """Parse a stretch of marked text to runs, its white space folded, and note its claims."""
        runs: list[Run] = []
        inside: list[tuple[int, int]] = []  # index in the ledger, offset where it began
        length = 0
        cursor = 0
        text = _fold(text)
        for mark in [*_MARK.finditer(text), None]:
            words = text[cursor : mark.start() if mark else len(text)]
            if words.startswith(" ") and (not runs or runs[-1].text.endswith(" ")):
                words = words[1:]
            if words.startswith(_STOPS) and runs and runs[-1].text.endswith(" "):
                runs[-1] = Run(runs[-1].text[:-1], runs[-1].claims)
                length -= 1
            if words:
                runs.append(Run(words, tuple(index for index, _ in inside)))
                length += len(words)
            if mark is None:
                break
            cursor = mark.end()
            if mark[1] is not None:
                inside.append((len(self.claims), length))
                self.claims.append(self._claim(int(mark[1]), place))
            else:
                index, start = inside.pop()
                self._settle(index, start, plain(tuple(runs)))
        return _without_end_space(runs)

    def _claim(self, number: int, place: _Place) -> Claim:
        support, printed = self.supports[number]
        return Claim("", place.block, 0, 0, support, place.cell, as_printed=printed)

    def _settle(self, index: int, start: int, text: str) -> None:
        """Give a claim its words once they are known, without white space round them."""
        words = text[start:]
        start += len(words) - len(words.lstrip())
        claim = self.claims[index]
        self.claims[index] = Claim(
            text=words.strip(),
            block=claim.block,
            start=start,
            end=start + len(words.strip()),
            support=claim.support,
            cell=claim.cell,
            as_printed="" if isinstance(claim.support, Finding) else claim.as_printed,
        )


def _fold(words: str) -> str:
    """Fold white space to single spaces, and leave none before a stop."""
    return _BEFORE_A_STOP.sub("", " ".join(words.split()))


def _without_end_space(runs: list[Run]) -> Runs:
    while runs and not runs[-1].text.rstrip():
        runs.pop()
    if runs:
        runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].claims)
    return tuple(runs)
