"""Whether figures are lacking where the words say so: "there is no complete figure in 2018"."""

from __future__ import annotations

import re

from generator.periods import Period
from generator.writing.proofread.known import Known, Role
from generator.writing.proofread.lexicon import OWN, Sense
from generator.writing.proofread.sentences import Sentence

_LACKS = re.compile(
    r"\bcan(?:not| no longer) be (?:said|given)\b|\bthere (?:is|are) no (?:complete )?figures?\b",
    re.IGNORECASE,
)


def unlacked(sentence: Sentence, period: Period, known: Known) -> str:
    """Return what is wrong where a sentence says that a period lacks figures, and it has them."""
    if _LACKS.search(sentence.text) is None:
        return ""
    named = [
        known.own if mention.value is OWN else str(mention.value)
        for mention in sentence.mentions
        if mention.sense is Sense.AREA
    ]
    for area in named or [known.own]:
        if all(known.figure(Role(area, measure, period)) for measure in known.measures):
            return f"has all the figures of {area}: nothing is lacking"
    return ""
