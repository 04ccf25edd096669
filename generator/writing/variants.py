"""Let a story say a thing in several ways, and let each area always have the same one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from weakref import WeakKeyDictionary

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

_told: ContextVar[tuple[str, str]] = ContextVar("told")
"""The ids of the story that is told and of the area that it is told for."""


@contextmanager
def telling(story: str, area: str) -> Iterator[None]:
    """Choose variants for this story and area in whatever is rendered inside."""
    token = _told.set((story, area))
    try:
        yield
    finally:
        _told.reset(token)


class VariantTag(Extension):
    """`{% variant %}one way{% or %}another{% endvariant %}`: the same words for an area always.

    Nothing but the story, the area and the tag decides: a new release or a further area
    turns no published sentence into another.
    """

    tags = {"variant"}  # noqa: RUF012 - jinja2 declares it so

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._seen: WeakKeyDictionary[Parser, Counter[str]] = WeakKeyDictionary()

    def parse(self, parser: Parser) -> nodes.Node:
        """Parse the tag to an `if`, one branch for each alternative."""
        alternatives: list[tuple[int, list[nodes.Node]]] = []
        end = "variant"
        while end != "endvariant":
            line = next(parser.stream).lineno
            body = parser.parse_statements(("name:or", "name:endvariant"))
            if not _prints(body):
                parser.fail("an alternative of a variant is empty; write its words", line)
            alternatives.append((line, body))
            end = parser.stream.current.value
        next(parser.stream)
        if len(alternatives) < 2:
            parser.fail(
                "a variant needs two alternatives or more, with {% or %} between them",
                alternatives[0][0],
            )
        tag = self._name_tag(parser, [body for _, body in alternatives])
        first, *others = (
            self._branch(tag, number, len(alternatives), line, body)
            for number, (line, body) in enumerate(alternatives, start=1)
        )
        first.elif_ = others
        return first

    def _name_tag(self, parser: Parser, bodies: Sequence[Sequence[nodes.Node]]) -> str:
        """Name the tag by its template and its words, not by where in the template it stands.

        Work on another sentence then leaves this one's choices alone. Of tags with the same
        words each has a number, so that they do not move together.
        """
        words = f"{parser.name}: {' | '.join(_words(body) for body in bodies)}"
        seen = self._seen.setdefault(parser, Counter())
        seen[words] += 1
        return f"{words} ({seen[words]})"

    def _branch(
        self, tag: str, number: int, of: int, line: int, body: list[nodes.Node]
    ) -> nodes.If:
        test = self.call_method(
            "_is_chosen", [nodes.Const(tag), nodes.Const(number), nodes.Const(of)]
        )
        return nodes.If(test, body, [], [], lineno=line)

    def _is_chosen(self, tag: str, number: int, of: int) -> bool:
        story, area = _told.get()
        digest = hashlib.sha256("\0".join((story, area, tag)).encode()).digest()
        return int.from_bytes(digest, "big") % of == number - 1


def which_alternative(branch: nodes.If) -> str:
    """Return `variant 1 of 2` for a branch that is an alternative, "" for any other."""
    match branch.test:
        case nodes.Call(
            node=nodes.ExtensionAttribute(identifier=VariantTag.identifier),
            args=[_, nodes.Const(value=number), nodes.Const(value=of)],
        ):
            return f"variant {number} of {of}"
        case _:
            return ""


def _prints(body: list[nodes.Node]) -> bool:
    """Tell whether an alternative holds any words, or a tag that prints some."""
    return any(
        not isinstance(part, nodes.TemplateData) or part.data.strip()
        for node in nodes.Template(body).find_all((nodes.Output, nodes.Include))
        for part in (node.nodes if isinstance(node, nodes.Output) else [node])
    )


def _words(body: Sequence[nodes.Node]) -> str:
    """Return the words that stand in an alternative as they are, its white space folded."""
    parts = nodes.Template(list(body)).find_all(nodes.TemplateData)
    return " ".join(" ".join(part.data for part in parts).split())
