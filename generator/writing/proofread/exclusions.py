"""Whether the copy names the areas that the nation's figures leave out, and only those."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.desk import Area
from generator.model import Exclusion, Facts
from generator.writing.proofread.lexicon import OWN, Sense
from generator.writing.proofread.sentences import Sentence

_TAKES_IN = re.compile(r"\bnow includes?\b", re.IGNORECASE)
_BLAMES = re.compile(
    r"\b(?:(?:did|could|would|has|have|had)(?:\s+not|n[’']t)|failed\s+to|unable\s+to|refused\s+to"
    r"|neglected\s+to|never)\s+(?:\w+ly\s+)?(?:submit|provid|suppl|send|sent|fil|return|giv|report"
    r"|record|publish|deliver|shar|hand)\w*\b[^.]*\b(?:data|figures?|returns?|numbers?|statistics)\b"
    r"|\bwith(?:held|holding)\b",
    re.IGNORECASE,
)
"""Says what somebody left undone: "as it did not submit complete data"."""


def named_in(sentence: Sentence, own: str) -> Iterator[str]:
    """Yield the ids of the areas that a sentence names."""
    for mention in sentence.mentions:
        if mention.sense is Sense.AREA:
            yield own if mention.value is OWN else str(mention.value)


def as_copy_has_it(sentences: Iterable[Sentence], facts: Facts) -> Facts:
    """Return the facts with the nation as the copy has it, by whom its sentences leave out.

    That may be the areas complete in every period, where those compared are more: figures of
    either are right where the copy says of which.
    """
    other = (facts.nation or facts).other
    if other is None:
        return facts
    said = [sentence for sentence in sentences if sentence.leaves_out]
    names = {area for each in said for area in named_in(each, facts.area.id)} - {other.area.id}
    if names != {each.area.id for each in other.excluded}:
        return facts
    when = {m.value for each in said for m in each.mentions if m.sense is Sense.PERIOD}
    own = {each.area.id: set(each.periods) for each in facts.excluded}
    if names == own.keys() and (not when or when == set().union(*own.values())):
        return facts
    return replace(facts, nation=other, excluded=other.excluded) if facts.nation else other


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
                    f"Write that the figures do not include it, as {_because(exclusion)}.",
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
        yield from _blame_faults(sentence, [excluded[each] for each in sorted(left_out)])
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


def _blame_faults(sentence: Sentence, left_out: Sequence[Exclusion]) -> Iterator[tuple[str, str]]:
    """Yield a sentence that says what areas left undone, where no source has said so of any."""
    if left_out and all(each.unavailable for each in left_out) and _BLAMES.search(sentence.text):
        names = " and ".join(_name(each.area) for each in left_out)
        yield (
            f"The copy says why there are no complete figures for {names}: nobody has given a "
            "reason.",
            f"Write “{left_out[0].unavailable}”; a reason that somebody gave goes into "
            "config/comparability.yml, with its source.",
        )


def _because(exclusion: Exclusion) -> str:
    return exclusion.unavailable or f"it {exclusion.reason}"


def _name(area: Area) -> str:
    return area.police or area.name
