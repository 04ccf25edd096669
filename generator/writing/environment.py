"""The Jinja environment that stories are written in: sandboxed, strict, tracing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from jinja2 import TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import TemplateNotFound, TemplateRuntimeError
from jinja2.runtime import Context

from generator.desk import Desk, Entry, PieceKind, Quote, Slot, Story
from generator.errors import Fault, StoryError, did_you_mean
from generator.model import Exclusion, Facts, Figure, MeasureFacts, Quotation, Release, Unit
from generator.periods import Period
from generator.printing import print_figure
from generator.templates import SeenTemplates
from generator.writing import empties, hedges, phrases
from generator.writing.branches import NOTE, TracedEnvironment
from generator.writing.claims import ClaimTag, finalize, take_branch
from generator.writing.lacking import Lacking
from generator.writing.numbers import ordinal
from generator.writing.prose import ProseLines
from generator.writing.variants import VariantTag

ARTICLE, INCOMPLETE, NATION = "article.md.j2", "incomplete.md.j2", "nation.md.j2"
"""A story's templates: for an area, for one without figures, and for the nation."""

_NAMES = (
    *("area", "period", "incomplete", "unavailable", "excluded", "nation", "areas"),
    *("caveats", "story", "release", "victim", "victims", "wording", "reply"),
)
_REGISTER = "config/comparability.yml"
_HIDDEN = {NOTE, "loop"}
"""Defined in templates too, and no name that an author would look for."""


def make_environment(desk: Desk) -> TracedEnvironment:
    """Make the environment of a desk's templates.

    The filters take a figure, or a measure for its figure of the period.
    """
    environment = TracedEnvironment(
        loader=SeenTemplates(desk.folder, "templates", desk.hashes),
        undefined=Lacking,
        finalize=finalize,
        extensions=[ClaimTag, VariantTag, ProseLines],
        autoescape=False,
        auto_reload=False,  # an environment lives for a run, and its templates with it
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    style = desk.style
    filters: dict[str, Callable[..., object]] = {
        "counted": lambda value, singular, plural: hedges.counted(
            _figure(value, Unit.COUNT), singular, plural, style
        ),
        "just": lambda value: hedges.just(_figure(value)),
        "around": lambda value: hedges.around(_figure(value), style),
        "round_number": lambda value: hedges.round_number(_figure(value, Unit.COUNT), style),
        "as_fraction": lambda value: hedges.as_fraction(_figure(value), style),
        "in_figures": lambda value: hedges.Printed(
            _figure(value), print_figure(_figure(value)), in_table=True
        ),
        "ordinal": lambda value: hedges.Printed(
            _figure(value), ordinal(int(_figure(value, Unit.RANK).value), style.figures_from)
        ),
        "when": _when,
        "join_names": phrases.join_names,
        "with_article": phrases.with_article,
        "by_reason": _by_reason,
        empties.FILTER: empties.refuse_empty,
    }
    environment.filters |= filters
    environment.globals = {NOTE: take_branch}
    return environment


def story_context(
    facts: Facts, desk: Desk, release: Release, slot: Slot | None = None
) -> dict[str, Any]:
    """Return all that a template may use of an area's facts.

    That is its measures by name; `area`, `period`, `incomplete`, `unavailable`, `excluded`,
    `caveats` (sentences of the register), `story` and `release`; for an area `nation` with the
    same measures, for the nation `areas`;
    `quotes` by id; the title's `wording` and its words for a `victim` and for `victims`; and
    `reply`, what the force answers, where it is asked.
    """
    return {
        **facts.measures,
        "area": facts.area,
        "period": facts.period,
        "incomplete": facts.incomplete,
        "unavailable": facts.unavailable,
        "excluded": facts.excluded,
        "caveats": [_caveat(entry, entry.sentence) for entry in facts.caveats if entry.sentence],
        "story": facts.story,
        "release": release,
        "victim": desk.style.victim.value,
        "victims": f"{desk.style.victim.value}s",
        "wording": desk.style.wording.value,
        "quotes": SimpleNamespace(
            **{quote.id: _quotable(quote) for quote in usable_quotes(facts, desk, release)}
        ),
        "reply": slot and _answerable(slot),
        "nation": facts.nation and _as_namespace(facts.nation),
        "areas": [_as_namespace(other) for other in facts.areas],
    }


def usable_quotes(facts: Facts, desk: Desk, release: Release) -> Iterator[Quote]:
    """Yield the quotes for this story, period and area, without those about a later release.

    One that has gone stale is among them: the draft that uses it is held, so that the
    desk asks for a new one.
    """
    for quote in desk.quotes:
        before = release.published is not None and release.published < quote.fresh_from
        about = quote.is_about(facts.story.id, str(facts.period)) and quote.is_for(facts.area)
        if about and not before:
            yield quote


def piece_templates(story: Story, desk: Desk) -> dict[PieceKind, str]:
    """Return the templates of what a story has beside its article, of what the desk asks for."""
    named = {kind: f"{story.id}/{kind}.md.j2" for kind in desk.file.pieces}
    return {kind: name for kind, name in named.items() if (desk.templates / name).is_file()}


def check_templates(environment: TracedEnvironment, story: Story, desk: Desk) -> None:
    """Check a story's templates before anything is read.

    Raises StoryError with each that is missing or has a syntax error, and each name that
    no story of this kind defines, with file and line.
    """
    known = {*_NAMES, *story.measures, "quotes", *_HIDDEN}
    faults: list[Fault] = []
    clashes = set(story.measures) & {*_NAMES, "quotes"}
    if clashes:
        faults.append(
            Fault(
                f"A measure cannot be called `{'`, `'.join(sorted(clashes))}`: "
                "templates use the name for something else.",
                "Give the measure another name.",
                file=f"config/stories/{story.id}.yml",
                key="measures",
            )
        )
    for template in (ARTICLE, INCOMPLETE, NATION):
        faults += _template_faults(environment, f"{story.id}/{template}", known)
    for template in piece_templates(story, desk).values():
        faults += _template_faults(environment, template, known)
    faults = list(dict.fromkeys(faults))
    if faults:
        raise StoryError(*faults)


def _template_faults(environment: TracedEnvironment, name: str, known: set[str]) -> Iterator[Fault]:
    assert environment.loader is not None  # noqa: S101 - make_environment gave it one
    try:
        source, filename, _ = environment.loader.get_source(environment, name)
        tree = environment.parse(source, name, filename)
    except TemplateNotFound:
        yield Fault(
            "A template is missing.",
            "Write it, or take the story's file out of config/stories.",
            file=f"templates/{name}",
        )
        return
    except TemplateSyntaxError as error:
        yield Fault(
            f"The template has a syntax error: {(error.message or '').rstrip('.')}.",
            "Correct the line; every {% if %}, {% for %}, {% claim %} and {% variant %} needs its "
            "end.",
            file=f"templates/{name}",
            line=error.lineno,
        )
        return
    local = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    imported = {
        target if isinstance(target, str) else target[1]
        for node in tree.find_all(nodes.FromImport)
        for target in node.names
    }
    imported |= {node.target for node in tree.find_all(nodes.Import)}
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in known | local | imported | macros:
            yield Fault(
                f"`{node.name}` is not defined.",
                did_you_mean(node.name, known)
                or f"The story defines {', '.join(sorted(known - _HIDDEN))}.",
                file=f"templates/{name}",
                line=node.lineno,
            )
    for include in tree.find_all(nodes.Include):
        if isinstance(include.template, nodes.Const):
            yield from _template_faults(
                environment, include.template.value, known | local | imported
            )


def _as_namespace(facts: Facts) -> SimpleNamespace:
    return SimpleNamespace(
        **facts.measures,
        area=facts.area,
        incomplete=facts.incomplete,
        unavailable=facts.unavailable,
        excluded=facts.excluded,
    )


def _quotable(quote: Quote) -> SimpleNamespace:
    return SimpleNamespace(
        speaker=quote.speaker,
        short=quote.short,
        role=quote.role,
        organisation=quote.organisation,
        **{name: _quotation(quote, text) for name, text in quote.words.items()},
        **{name: _quotation(quote, text, verbatim=False) for name, text in quote.reported.items()},
    )


def _answerable(slot: Slot) -> SimpleNamespace:
    """Return what a template may use of a slot: an answer comes in paragraphs, or not at all."""
    answer = slot.answer
    return SimpleNamespace(
        is_open=slot.is_open,
        closed=slot.closed,
        speaker=answer.speaker if answer else "",
        role=answer.role if answer else "",
        answer=[_quotation(answer, text) for text in answer.words.values()] if answer else [],
    )


def _quotation(quote: Quote, text: str, *, verbatim: bool = True) -> Quotation:
    return Quotation(quote.id, text, verbatim, quote.speaker or quote.role, quote.source)


def _caveat(entry: Entry, sentence: str) -> Quotation:
    """Return a sentence of the register, which leaves a trace to its source."""
    return Quotation(
        _REGISTER, sentence, verbatim=False, speaker="the register", source=entry.source
    )


def _figure(value: object, unit: Unit | None = None) -> Figure:
    figure = value.figure if isinstance(value, MeasureFacts) else value
    if not isinstance(figure, Figure):
        raise TemplateRuntimeError(f"this filter takes a figure, and there is none: {value!r}")
    if unit is not None and figure.unit is not unit:
        raise TemplateRuntimeError(f"this filter takes a {unit}, and this is a {figure.unit}")
    return figure


@pass_context
def _by_reason(context: Context, excluded: Sequence[Exclusion]) -> list[phrases.LeftOut]:
    return phrases.group_by_reason(excluded, context["period"])


@pass_context
def _when(context: Context, period: object) -> str:
    if not isinstance(period, Period):
        raise TemplateRuntimeError(f"`when` takes a period, not {period!r}")
    return phrases.say_when(period, context["release"].published)
