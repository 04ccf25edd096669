"""The bare render of a story: what the text stage is measured against.

The same templates make the same words by Jinja2 alone: compiled once, without a sandbox, a
trace or a check, with every variant chosen and every figure printed beforehand. Whatever
writing and proofreading cost beyond it is the price of copy that can be relied on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import partial
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.exceptions import TemplateRuntimeError
from jinja2.parser import Parser

from generator.collecting import no_garbage_collection
from generator.desk import Desk
from generator.model import (
    Article,
    Comparison,
    Facts,
    Figure,
    Finding,
    MeasureFacts,
    Quotation,
    Release,
)
from generator.periods import Period
from generator.writing import Checker, make_environment, write_draft
from generator.writing.article import ArticleReader
from generator.writing.claims import ClaimTag, finalize, tracing
from generator.writing.environment import ARTICLE, INCOMPLETE, NATION, story_context
from generator.writing.phrases import group_by_reason, say_when
from generator.writing.prose import ProseLines
from generator.writing.variants import VariantTag, telling

from .timing import Timing, interleave

Render = Callable[[], str]

_OF_A_FIGURE = ("just", "around", "round_number", "as_fraction", "in_figures", "ordinal")
"""Filters of the stories' own environment that print a figure."""


def bare_renders(facts: Sequence[Facts], desk: Desk, release: Release) -> list[Render]:
    """Return for each area what renders its words, as `read_bare` takes them.

    Every one has been rendered once, so that nothing is compiled or chosen any more.
    """
    environment = _environment(desk)
    printer = _Printer(desk, release)
    renders: list[Render] = []
    for each in facts:
        template = environment.get_template(f"{each.story.id}/{_template_of(each)}")
        chosen = _Chosen(environment, each)
        render = partial(template.render, printer.context(each) | {_CHOSEN: chosen})
        render()
        renders.append(render)
    return renders


def read_bare(rendered: str) -> Article:
    """Return a bare render as an article, without claims."""
    return ArticleReader(()).read(rendered)


def measure(
    facts: Sequence[Facts],
    desk: Desk,
    release: Release,
    rounds: int = 9,
    *,
    proofread: bool = True,
) -> Timing:
    """Time the drafts of some areas, written and proofread, beside their bare renders.

    Proofread is with one reader, as in a run, that has read nothing before. Python's collector
    rests for both, as it does in a run.
    """
    renders = bare_renders(facts, desk, release)
    environment = make_environment(desk)

    def ours() -> None:
        checker = Checker(desk, release) if proofread else None
        for each in facts:
            draft = write_draft(each, environment, desk, release)
            if checker:
                checker.check_draft(draft)

    def bare() -> None:
        for render in renders:
            render()

    ours()  # compiles the templates
    with no_garbage_collection():
        return interleave(ours, bare, rounds)


def local_facts(facts: Sequence[Facts], story: str) -> list[Facts]:
    """Return the facts of a story's local areas: those that have a place among areas."""
    return [each for each in facts if each.story.id == story and each.nation and each.area.local]


def _template_of(facts: Facts) -> str:
    if facts.nation is None:
        return NATION
    return INCOMPLETE if facts.incomplete else ARTICLE


# Tags and filters that do nothing any more

_CHOSEN = "chosen"
"""The name under which a template finds which alternative of each variant was chosen."""


class _NoClaim(ClaimTag):
    """`{% claim finding %}words{% endclaim %}` as its words."""

    def parse(self, parser: Parser) -> list[nodes.Node]:  # type: ignore[override]
        next(parser.stream)
        parser.parse_expression()
        return parser.parse_statements(("name:endclaim",), drop_needle=True)


class _ChosenVariant(VariantTag):
    """`{% variant %}…{% endvariant %}` as a look at what was chosen."""

    def _branch(
        self, tag: str, number: int, of: int, line: int, body: list[nodes.Node]
    ) -> nodes.If:
        choice = nodes.Getitem(nodes.Name(_CHOSEN, "load"), nodes.Const((tag, of)), "load")
        test = nodes.Compare(choice, [nodes.Operand("eq", nodes.Const(number))])
        return nodes.If(test, body, [], [], lineno=line)


class _Chosen(dict[tuple[str, int], int]):
    """Which alternative each variant has for an area; chosen when first asked for."""

    def __init__(self, environment: Environment, facts: Facts) -> None:
        super().__init__()
        self.tag = VariantTag(environment)
        self.told = (facts.story.id, facts.area.id)

    def __missing__(self, key: tuple[str, int]) -> int:
        name, of = key
        with telling(*self.told):
            ways = range(1, of + 1)
            self[key] = next(way for way in ways if self.tag._is_chosen(name, way, of))
        return self[key]


def _environment(desk: Desk) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(desk.templates),
        extensions=[_NoClaim, _ChosenVariant, ProseLines],
        autoescape=False,  # noqa: S701 - the words are Markdown, as in a run
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in (*_OF_A_FIGURE, "when", "by_reason"):
        environment.filters[name] = partial(_printed_so, name=name)
    for name in ("join_names", "with_article"):
        environment.filters[name] = make_environment(desk).filters[name]
    return environment


def _printed_so(value: object, name: str) -> object:
    """Return what a filter made of a value beforehand."""
    return getattr(value, name)


# Values that are printed beforehand


class _Printed(str):
    """What a template prints of a value, with whatever it may ask of it."""

    def __new__(cls, text: str, asked: Mapping[str, object]) -> _Printed:
        printed = super().__new__(cls, text)
        vars(printed).update(asked)
        return printed


class _Excluded(list[object]):
    """The areas that are left out, grouped by the reason that copy gives."""

    by_reason: Sequence[object]


class _Printer:
    """Prints all that a template may use of an area's facts."""

    def __init__(self, desk: Desk, release: Release) -> None:
        self.desk = desk
        self.release = release
        self.filters = make_environment(desk).filters

    def context(self, facts: Facts) -> dict[str, Any]:
        given = story_context(facts, self.desk, self.release)
        excluded = _Excluded(facts.excluded)
        excluded.by_reason = group_by_reason(facts.excluded, facts.period)
        return {name: self.plain(value) for name, value in given.items()} | {"excluded": excluded}

    def plain(self, value: object) -> object:
        match value:
            case Finding():
                return value.holds
            case Figure():
                asked = {"period": self.plain(value.period), "value": value.value}
                return _Printed(self._print(value), asked | self._filtered(value))
            case MeasureFacts():
                text = self._print(value.figure) if value.figure else ""
                filtered = self._filtered(value.figure) if value.figure else {}
                return _Printed(text, self._parts(value) | filtered)
            case Comparison():
                return SimpleNamespace(**self._parts(value))
            case Period():
                return _Printed(finalize(value), {"when": say_when(value, self.release.published)})
            case Quotation():
                return value.text
            case SimpleNamespace():
                return SimpleNamespace(**{n: self.plain(v) for n, v in vars(value).items()})
            case list():
                return [self.plain(each) for each in value]
        return value

    def _parts(self, value: MeasureFacts | Comparison) -> dict[str, object]:
        names = [part.name for part in fields(value) if part.name != "series"]
        return {name: self.plain(getattr(value, name)) for name in names}

    def _print(self, figure: Figure) -> str:
        with tracing(self.desk.style) as trace:
            finalize(figure)
        return trace.supports[0][1]

    def _filtered(self, figure: Figure) -> dict[str, object]:
        """Return the figure by each of the filters that takes one of its unit."""
        texts: dict[str, object] = {}
        for name in _OF_A_FIGURE:
            with suppress(TemplateRuntimeError):
                texts[name] = self.filters[name](figure).text
        return texts
