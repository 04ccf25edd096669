"""Marks in the rendered words that say which figure or finding stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from jinja2 import Undefined, nodes
from jinja2.exceptions import TemplateRuntimeError
from jinja2.ext import Extension
from jinja2.parser import Parser

from generator.desk import PerCent, Style
from generator.model import Figure, Finding, MeasureFacts, Quotation, Unit
from generator.periods import Period
from generator.printing import print_figure
from generator.writing.hedges import Printed
from generator.writing.numbers import in_words
from generator.writing.phrases import name_period

OPEN, SEPARATOR, CLOSE = "\ue000", "\ue001", "\ue002"
"""Private-use characters: no published name and no keyboard has them."""

Support = Figure | Finding | Quotation


@dataclass
class Trace:
    """What stands behind each mark of one rendering, and the branches that it took."""

    style: Style
    supports: list[tuple[Support, str]] = field(default_factory=list)
    """By the number in the mark: the support, and how it was printed."""
    branches: set[str] = field(default_factory=set)

    def mark(self, support: Support, text: str) -> str:
        """Wrap words in marks that lead to their support."""
        self.supports.append((support, text))
        return f"{OPEN}{len(self.supports) - 1}{SEPARATOR}{text}{CLOSE}"


_trace: ContextVar[Trace] = ContextVar("trace")


@contextmanager
def tracing(style: Style) -> Iterator[Trace]:
    """Collect the trace of whatever is rendered inside; numbers are in a style's words."""
    trace = Trace(style)
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


def take_branch(name: str) -> str:
    """Note that a branch of a template was taken; prints nothing."""
    _trace.get().branches.add(name)
    return ""


def finalize(value: object) -> str:
    """Turn what a template prints into words, a figure with its mark.

    Raises TemplateRuntimeError for whatever must not be in copy: nothing, a finding, and
    a number that no figure stands behind.
    """
    match value:
        case str():
            return value
        case Printed(figure=figure, text=text, in_table=True):
            return _trace.get().mark(figure, text)
        case Printed(figure=figure, text=text):
            return _trace.get().mark(figure, _in_style(text))
        case Figure():
            return _trace.get().mark(value, _in_style(_plain(value)))
        case MeasureFacts(figure=Figure() as figure):
            return _trace.get().mark(figure, _in_style(_plain(figure)))
        case MeasureFacts(name=name):
            raise TemplateRuntimeError(f"`{name}` has no figure; ask first: if {name}.figure")
        case Quotation(text=text):
            return _trace.get().mark(value, text)
        case Period():
            return name_period(value)
        case Undefined():
            return str(value)  # StrictUndefined raises, and says which name it was
        case None:
            raise TemplateRuntimeError("nothing would be printed; ask first whether it is there")
        case Finding(id=name):
            raise TemplateRuntimeError(f"a finding is not words: use it in if or claim ({name})")
        case _:
            raise TemplateRuntimeError(f"{value!r} is no figure of the story, so not for copy")


def _plain(figure: Figure) -> str:
    """Print a figure as it is, a small count in words."""
    if figure.unit is Unit.COUNT and 0 <= figure.value < _trace.get().style.figures_from:
        return in_words(int(figure.value)) if figure.value else "none"
    return print_figure(figure)


def _in_style(text: str) -> str:
    """Write a printed figure as the title does: 29.3%, or 29.3 per cent."""
    in_words = _trace.get().style.per_cent is PerCent.WORDS
    return text.replace("%", " per cent") if in_words else text


class ClaimTag(Extension):
    """`{% claim finding %}words{% endclaim %}`: words that stand only where the finding holds."""

    tags = {"claim"}  # noqa: RUF012 - jinja2 declares it so

    def parse(self, parser: Parser) -> nodes.Node:
        """Parse the tag to a call of `_claim` with its body."""
        line = next(parser.stream).lineno
        finding = parser.parse_expression()
        body = parser.parse_statements(("name:endclaim",), drop_needle=True)
        call = self.call_method("_claim", [finding])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _claim(self, finding: object, caller: Callable[[], str]) -> str:
        if not isinstance(finding, Finding):
            raise TemplateRuntimeError("claim takes a finding, such as rate.record_high")
        if not finding.holds:
            raise TemplateRuntimeError(f"the claim {finding.id} does not hold here: {finding.why}")
        # The place is taken before the body is rendered, so that supports stand in the
        # order in which a reader meets them.
        trace = _trace.get()
        number = len(trace.supports)
        trace.supports.append((finding, ""))
        return f"{OPEN}{number}{SEPARATOR}{caller()}{CLOSE}"
