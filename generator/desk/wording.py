"""Say what is wrong in a config file in words for its author, not in pydantic's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.desk.forms import EMAIL, MONTH, NAME, SAID, SLUG, TAG, UnfitError
from generator.desk.located import Located
from generator.errors import Fault, did_you_mean

JsonSchema = Mapping[str, Any]

_FORMS = {
    EMAIL: "an e-mail address, such as press@force.example",
    SLUG: "lower-case words with hyphens, such as victim-withdrawal",
    NAME: "a lower-case letter, then letters, digits and _, such as suspect_share",
    MONTH: "a month, such as 2019-07",
    TAG: "a domain that is yours and a day on which it was, such as paper.example,2021-05-13",
    SAID: "a month or a day, such as 2021-06 or 2021-06-14",
}
_KINDS = {
    "date": "a date, such as 2021-05-13",
    "date-time": "a date, time and zone, such as 2021-05-13 09:30 Europe/London",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "keys with values, indented under it",
}
_LONGEST = 80
"""Characters of what was found that a message repeats."""


def config_fault(detail: ErrorDetails, kind: type[BaseModel], tree: Located[object]) -> Fault:
    """Say one of pydantic's findings about a file of this kind in the desk's words."""
    is_key = detail["loc"][-1:] == ("[key]",)
    place: tuple[str | int, ...] = detail["loc"][:-1] if is_key else detail["loc"]
    last = next((step for step in reversed(place) if isinstance(step, str)), "")
    wanted = _keys_at(kind, place[:-1]) if is_key else _schema_at(kind, place)
    found, expected = _plain(detail["input"]), _expected(wanted)
    if detail["type"] == "value_error" and isinstance(detail["input"], dict):
        found = expected = ""
    what = f"The value of `{last}` cannot be used." if last else "The file cannot be used as it is."
    mend = did_you_mean(found, wanted.get("enum", ()))
    match detail["type"]:
        case "extra_forbidden":
            keys = list(_schema_at(kind, place[:-1]).get("properties", {}))
            what, found, expected = f"Unknown key `{last}`.", last, f"one of {', '.join(keys)}"
            mend = did_you_mean(last, keys) or "Take the key out."
        case "missing":
            what, found = f"The key `{last}` is missing.", "nothing"
            mend = f"Add `{last}:` here."
        case "value_error":
            error = detail["ctx"]["error"]
            if isinstance(error, UnfitError):
                return tree.fault(
                    f"{error}.",
                    error.mend or "Correct the value; docs/authoring.md describes every key.",
                    (*place, *error.place),
                    found=error.found,
                    expected=error.expected,
                )
            what = f"{error}."
        case _ if is_key:
            what = f"`{last}` cannot be the name of anything here."
        case _ if detail["input"] is None and wanted.get("type") == "array":
            mend = f"List something under it, or write `{last}: []`."
    mend = mend or "Correct the value; docs/authoring.md describes every key."
    return tree.fault(what, mend, place, found=found, expected=expected)


@cache
def _whole_schema(kind: type[BaseModel]) -> JsonSchema:
    return kind.model_json_schema()


def _schema_at(kind: type[BaseModel], place: Sequence[str | int]) -> JsonSchema:
    """Return what is allowed at a place, {} where nobody can tell."""
    whole = _whole_schema(kind)
    here = _resolved(whole, whole)
    for step in place:
        if isinstance(step, int):
            found = here.get("items", {})
        elif step in here.get("properties", {}):
            found = here["properties"][step]
        else:
            by_pattern = here.get("patternProperties", {}).values()
            found = next(iter(by_pattern), here.get("additionalProperties", {}))
        here = _resolved(found if isinstance(found, dict) else {}, whole)
    return here


def _keys_at(kind: type[BaseModel], place: Sequence[str | int]) -> JsonSchema:
    """Return what the keys of a mapping have to be where their author chooses them."""
    mapping = _schema_at(kind, place)
    patterns = [{"pattern": pattern} for pattern in mapping.get("patternProperties", ())]
    return next(iter(patterns), mapping.get("propertyNames", {}))


def _resolved(found: JsonSchema, whole: JsonSchema) -> JsonSchema:
    """Follow a reference, and leave `null` out of what may stand there."""
    for choice in found.get("anyOf", ()):
        if choice.get("type") != "null":
            return _resolved(choice, whole)
    if "$ref" in found:
        return _resolved(whole["$defs"][found["$ref"].rpartition("/")[2]], whole)
    return found


def _expected(wanted: JsonSchema) -> str:
    """Say what a schema allows: its values, its form, or its kind and bounds."""
    if "enum" in wanted:
        return " or ".join(map(str, wanted["enum"]))
    if wanted.get("pattern") in _FORMS:
        return _FORMS[wanted["pattern"]]
    words = _KINDS.get(wanted.get("format", ""), _KINDS.get(wanted.get("type", ""), ""))
    low, high = wanted.get("minimum"), wanted.get("maximum")
    if low is not None:
        words += f" from {low} to {high}" if high is not None else f", {low} or more"
    if wanted.get("minItems") or wanted.get("minProperties"):
        words += ", with at least one in it"
    return words


def _plain(value: object) -> str:
    """Show a value as it stands in the file, a list or keys by their kind."""
    match value:
        case None | "":
            return "nothing"
        case list():
            return "a list" if value else "an empty list"
        case dict():
            return f"the keys {', '.join(map(str, value))}"[:_LONGEST] if value else "nothing"
        case _:
            text = " ".join(str(value).split())
            return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
