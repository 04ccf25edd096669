"""Whether the copy names the areas that the nation's figures leave out, and only those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.desk import Area
from generator.model import Facts
from generator.writing.proofread.lexicon import OWN, Sense
from generator.writing.proofread.sentences import Sentence

_TAKES_IN = re.compile(r"\bnow includes?\b", re.IGNORECASE)


def named_in(sentence: Sentence, own: str) -> Iterator[str]:
    """Yield the ids of the areas that a sentence names."""
    for mention in sentence.mentions:
        if mention.sense is Sense.AREA:
            yield own if mention.value is OWN else str(mention.value)


def exclusion_faults(
    sentences: Sequence[Sentence], facts: Facts, *, speaks_of_nation: bool
) -> Iterator[tuple[str, str]]:
    """Yield which areas are not named though they are excluded, or named though they are not."""
    nation = (facts.nation or facts).area
    said = [sentence for sentence in sentences if sentence.leaves_out]
    named = {area for sentence in said for area in named_in(sentence, facts.area.id)}
    named -= {nation.id}
    excluded = {exclusion.area.id: exclusion for exclusion in facts.excluded}
    if speaks_of_nation:
        for exclusion in excluded.values():
            if exclusion.area.id not in named:
                yield (
                    f"{_name(exclusion.area)} is not in the figures for {nation.name}, and the "
                    "copy does not say so.",
                    f"Write that the figures do not include it, as it {exclusion.reason}.",
                )
    for area in sorted(named - set(excluded)):
        yield (
            f"The copy says that the figures leave out {area}: they do not.",
            "Take the name out.",
        )
    for sentence in sentences:
        left_out = excluded.keys() & set(named_in(sentence, facts.area.id))
        if left_out and _TAKES_IN.search(sentence.text):
            for area in sorted(left_out):
                yield (
                    f"The copy says that the figures now include {area}: they leave it out.",
                    "Take the name out.",
                )
    for sentence in said:
        if "figures" in sentence.text and not list(named_in(sentence, facts.area.id)):
            yield (
                "The copy says that the figures leave out what is no area of the story.",
                "Take it out: what they leave out is in config/comparability.yml.",
            )
        about = [excluded[each] for each in named_in(sentence, facts.area.id) if each in excluded]
        allowed = sorted({period for exclusion in about for period in exclusion.periods})
        periods = [each.value for each in sentence.mentions if each.sense is Sense.PERIOD]
        if about and periods and (set(periods) != set(allowed) or len(periods) != len(allowed)):
            yield (
                f"The copy says {', '.join(map(str, periods))} of figures that are left out for "
                f"{', '.join(map(str, allowed))}.",
                "Give the periods that the register has.",
            )


def _name(area: Area) -> str:
    return area.police or area.name
