"""Refuse to print what is looked up and is empty, such as the police force of a nation."""

from __future__ import annotations

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateRuntimeError

FILTER = "unless_empty"
"""The filter that every look-up is printed through."""
_GIVES_WORDS = {"default", "d"}
"""A filter by which an author says what stands for what is not there."""


def refuse_empty(value: object, name: str) -> object:
    """Return a value to be printed. Raises TemplateRuntimeError where there is nothing in it."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise TemplateRuntimeError(
            f"`{name}` is empty, so nothing would be printed; ask first whether it is there"
        )
    return value


def refuse_empty_prints(tree: nodes.Template, environment: Environment) -> None:
    """Have a template refuse each `{{ area.police }}` that is empty.

    That is a look-up, with filters or without. What a template puts together itself, in a macro,
    a `set` block or an `if` of its own, may be empty: it has been asked.
    """
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    for output in tree.find_all(nodes.Output):
        for at, printed in enumerate(output.nodes):
            name = _name_of(printed, own)
            if name:
                arguments: list[nodes.Expr] = [nodes.Const(name)]
                guarded = nodes.Filter(printed, FILTER, arguments, [], None, None)
                guarded.set_lineno(printed.lineno).set_environment(environment)
                output.nodes[at] = guarded


def _name_of(node: nodes.Node | None, own: set[str]) -> str:
    """Return how a look-up is written, "" for any other node and of what a template has set."""
    match node:
        case nodes.Name(name=name):
            return "" if name in own else name
        case nodes.Getattr(node=inner, attr=attr) if within := _name_of(inner, own):
            return f"{within}.{attr}"
        case nodes.Filter(node=inner, name=name) if within := _name_of(inner, own):
            return "" if name in _GIVES_WORDS else f"{within} | {name}"
    return ""
