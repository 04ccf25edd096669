"""Two quotes of one id that one area's copy could have: templates would print the later alone."""

from __future__ import annotations

import pytest

QUOTE = """\
  - id: spokesman
    story: victim-withdrawal
    areas: [kent]
    short: the spokesman
    role: spokesman
    said: 2021-05-14
    source: made up for a test
    about: "2020"
    fresh_from: 2021-05-13
    stale_after: 2021-10-20
    words:
      core: Words of a test.
"""


@pytest.mark.parametrize(
    ("line", "instead", "area"),
    [
        ("areas: [kent]", "areas: [essex, kent]", "Kent"),
        ("areas: [kent]", "regions: [South East]", "Kent"),
        ("    areas: [kent]\n", "", "Kent"),
        ("stale_after: 2021-10-20", "stale_after: 2022-10-20", "Kent"),
    ],
)
def test_two_of_one_id_are_told_with_their_lines(copied, line, instead, area):
    copied.write("quotes.yml", f"quotes:\n{QUOTE}{QUOTE.replace(line, instead)}")
    fault = copied.fault()
    assert (fault.file, fault.line) == ("config/quotes.yml", 14)
    assert (fault.key, fault.found) == ("quotes.2.id", "spokesman")
    assert fault.what == (
        f"Two quotes for {area} have the id `spokesman`: copy could have only one."
    )
    assert fault.mend == "Give it an id or areas of its own; the other stands on line 2."


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("areas: [kent]", "areas: [essex]"),
        ("areas: [kent]", "regions: [East Midlands]"),
        ("story: victim-withdrawal", "story: charged"),
        ('about: "2020"', 'about: "2019"'),
        ("id: spokesman", "id: spokeswoman"),
        (
            "fresh_from: 2021-05-13\n    stale_after: 2021-10-20",
            "fresh_from: 2021-10-21\n    stale_after: 2022-01-20",
        ),
    ],
)
def test_no_area_has_two_of_one_id_here(copied, line, instead):
    copied.write("quotes.yml", f"quotes:\n{QUOTE}{QUOTE.replace(line, instead)}")
    assert len(copied.load().quotes) == 2
