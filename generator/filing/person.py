"""The name of a person, as the log has it: nobody's is the program's own."""

from __future__ import annotations

from generator.errors import Fault, RequestError
from generator.filing.log import NEWSCOPY

LONGEST_NAME = 100
"""Characters of a name."""


def person_name(who: str, key: str, what: str) -> str:
    """Return a name on one line, single-spaced.

    Raises RequestError, which says `what` needs it and that it is given by the `key`, where it
    is no person's.
    """
    name = " ".join(who.split())
    taken = name.casefold() == NEWSCOPY
    if not name[:1].isalpha() or len(name) > LONGEST_NAME or not name.isprintable() or taken:
        raise RequestError(
            Fault(
                what,
                f'Give it: {key} "Ann Editor".',
                key=key,
                found=repr(who),
                expected=f"a person's name of at most {LONGEST_NAME} characters",
            )
        )
    return name
