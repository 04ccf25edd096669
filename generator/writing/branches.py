"""The sandbox of templates: it knows which branches were taken, and prints nothing empty."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.sandbox import RememberingSandbox
from generator.writing.empties import refuse_empty_prints
from generator.writing.variants import which_alternative

NOTE = "take_branch"
"""The global function that a branch calls when it is taken."""


class TracedEnvironment(RememberingSandbox, ImmutableSandboxedEnvironment):
    """A sandbox whose templates note each branch that they take, and refuse to print nothing."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for branch, body in _bodies(tree):
            body.insert(0, _note(f"{name}:{branch}"))
        refuse_empty_prints(tree, self)
        return tree

    def list_branches(self, template: str) -> frozenset[str]:
        """Return the name of every branch that a template has: file, line, and which way."""
        assert self.loader is not None  # noqa: S101 - an environment of ours has one
        source, filename, _ = self.loader.get_source(self, template)
        tree = super()._parse(source, template, filename)
        return frozenset(f"{template}:{branch}" for branch, _ in _bodies(tree))


def _bodies(tree: nodes.Template) -> Iterator[tuple[str, list[nodes.Node]]]:
    """Yield the name and body of each branch.

    An `if` without an `else` has one all the same: the case in which nothing is said. A
    `variant` has none: one of its alternatives is always taken.
    """
    ifs = list(tree.find_all(nodes.If))
    elifs = {id(inner) for branch in ifs for inner in branch.elif_}
    for number, branch in enumerate(ifs):
        alternative = which_alternative(branch)
        yield f"{branch.lineno}.{number} {alternative or 'if'}", branch.body
        if id(branch) not in elifs and not alternative:
            yield f"{branch.lineno}.{number} else", branch.else_


def _note(name: str) -> nodes.Node:
    call = nodes.Call(nodes.Name(NOTE, "load"), [nodes.Const(name)], [], None, None)
    return nodes.ExprStmt(call)
