"""JSON is written as the standard library writes it, and faster."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.filing.encoded import as_csv, as_json

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
) | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=4), inner, max_size=4),
    ),
    max_leaves=20,
)


@given(VALUES)
def test_json_is_what_the_standard_library_writes_with_an_indent(value: object) -> None:
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    assert as_json(value) == (text + "\n").encode()


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], {"a": -float("inf")}])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        as_json(value)


def test_what_a_spreadsheet_would_take_for_a_formula_is_text() -> None:
    rows = [["=cmd|calc!A1", "+1", "@SUM(1)", "-rm", "-3.5", "Kent", "–", 4, None, True]]
    text = as_csv(["name"] * 10, rows).decode().splitlines()[1]
    assert text == "'=cmd|calc!A1,'+1,'@SUM(1),'-rm,-3.5,Kent,–,4,,true"
