"""What a doubt does to a draft: the draft is written again, as if the expected counts stood.

A doubt is no hold. It holds a draft where a claim that stands in print would turn, warns at the
sentence where the words would change, and is noted where they would be the same. A quarter with
next to nothing in it holds every draft that prints a figure it is part of, whatever the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from generator.model import (
    Article,
    BlockKind,
    Claim,
    Copy,
    CountInDoubt,
    Doubt,
    Draft,
    Facts,
    Figure,
    Finding,
    InDoubt,
    Level,
    Problem,
    Quotation,
    Supposition,
    plain,
)
from generator.printing import print_figure, print_roughly
from generator.writing.falsehoods import Read, find_false
from generator.writing.phrases import join_names, name_period
from generator.writing.proofread import Proof, Reading, sentences_of

Write = Callable[[Facts], Draft]
"""Writes a draft from facts."""
_GRAVEST_FIRST = (Level.HOLD, Level.WARN, Level.NOTE)
_FEW = 3
"""Doubts that a message gives the counts of."""
_LEAST_ALIKE = 0.3
"""Sentences that are less alike than this are not two ways to say one thing."""


@dataclass(frozen=True)
class _Sentence:
    """A sentence of an article: `block` is -1 for the headline."""

    block: int
    start: int
    end: int
    text: str

    @property
    def where(self) -> str:
        return "headline" if self.block < 0 else f"paragraph {self.block + 1}"


def weigh_doubts(draft: Draft, write: Write) -> Draft:
    """Return a draft with what is in doubt of it, and the problems that come of that."""
    found = [_weigh(draft, each, write) for each in draft.facts.doubts]
    told = _told(found, draft.facts)
    problems = [doubt_problem(each, draft.facts) for each in told]
    problems += _of_the_nation(draft)
    return replace(draft, doubts=tuple(told), problems=(*draft.problems, *problems))


def copy_problems(copy: Copy, facts: Facts, read: Read) -> Iterator[Problem]:
    """Yield what doubts do to a copy, whoever wrote it: which of its words they touch.

    It is read again as if the expected counts stood: a claim that would be false then holds it,
    a number that would be another is a warning. Of a piece beside the article only what holds
    it is told: the article has the rest.
    """
    if not facts.doubts:
        return
    known = read(copy, facts)

    def read_once(copy_: Copy, facts_: Facts) -> Proof:
        return known if copy_ is copy and facts_ is facts else read(copy_, facts_)

    found = [_weigh_copy(copy, facts, each, read_once) for each in facts.doubts]
    for each in _told(found, facts):
        if copy.piece is None or each.level is Level.HOLD:
            yield doubt_problem(each, facts)


def _weigh_copy(copy: Copy, facts: Facts, supposition: Supposition, read: Read) -> InDoubt:
    """Set a copy against what would be true if the expected counts stood."""
    false = find_false(copy, facts, supposition.facts, read)
    hollow = [each for each in read(copy, facts).readings if _is_hollow(each, supposition)]
    if not false and hollow:
        return InDoubt(supposition, Level.HOLD, *_sentence_of(hollow[0], copy))
    if not false:
        return InDoubt(supposition, Level.NOTE)
    claims = [each for each in false if each.claims]
    grave = (claims and supposition.can_hold) or hollow
    first = (claims or list(false))[0]
    level = Level.HOLD if grave else Level.WARN
    return InDoubt(supposition, level, first.where, first.sentence, touched=len(false))


def _is_hollow(reading: Reading, supposition: Supposition) -> bool:
    """Tell whether a number is a figure that a quarter with next to nothing in it is part of."""
    figure = reading.figure
    return supposition.is_far_below and figure is not None and figure.id in supposition.moved


def _sentence_of(reading: Reading, copy: Copy) -> tuple[str, str]:
    """Return where a number stands in a copy, and the sentence; of a table its row."""
    if reading.passage < 0:
        return "headline", copy.headline
    passage = copy.passages[reading.passage]
    where = f"paragraph {reading.passage + 1}"
    if reading.cell:
        return where, " | ".join(passage.rows[int(reading.cell.partition(":")[0])])
    around = (
        passage.text[start:end].strip()
        for start, end in sentences_of(passage.text)
        if start <= reading.start < end
    )
    return where, next(around, passage.text)


def _told(found: Sequence[InDoubt], facts: Facts) -> list[InDoubt]:
    """Return what is told, the gravest first: several doubts only if they do what none does.

    Of the nation it is one notice: its areas' own drafts have the rest.
    """
    alone = [each for each in found if len(each.supposition.doubts) == 1]
    worst = min((_rank(each) for each in alone), default=len(_GRAVEST_FIRST))
    told = list(alone)
    for each in found:
        if len(each.supposition.doubts) > 1 and _rank(each) < worst:
            told.append(each)
            worst = _rank(each)
    told.sort(key=_rank)
    return told[:1] if facts.nation is None else told


def doubt_problem(in_doubt: InDoubt, facts: Facts) -> Problem:
    """Say which sentence rests on what figure, why that is in doubt, and what it would say."""
    supposition = in_doubt.supposition
    figures, verb = _figures(supposition.doubts, facts)
    why = _counts_of(supposition.doubts)
    if in_doubt.level is Level.NOTE:
        what = f"{figures[:1].upper()}{figures[1:]} {verb} in doubt: {why} No word hangs on it."
        return Problem(Level.NOTE, str(supposition.doubts[0].quarter), what, "")
    if in_doubt.touched == 0:
        instead = "With what was expected it would say the same."
    elif in_doubt.instead:
        stop = "" if in_doubt.instead.endswith(".") else "."
        instead = f"With what was expected it would say: “{in_doubt.instead}”{stop}"
    else:
        instead = "With what was expected it would not say so."
    more = in_doubt.touched - 1
    others = f" {more} more sentence{'' if more == 1 else 's'} would change." if more > 0 else ""
    return Problem(
        in_doubt.level,
        in_doubt.where,
        f"“{in_doubt.sentence}” rests on {figures}, which {verb} in doubt: {why} {instead}{others}",
        _mend(supposition, facts),
    )


def _weigh(draft: Draft, supposition: Supposition, write: Write) -> InDoubt:
    """Set a draft against the one that the expected counts would make."""
    supposed = write(supposition.facts)
    sentences = list(_sentences(draft.article))
    others = [each.text for each in _sentences(supposed.article)]
    touched = [each for each in sentences if each.text not in others]
    pieces = _changed_pieces(draft, supposed)
    claims = [claim for claim in draft.claims if _turns(claim, supposition)]
    hollow = _hollow_claims(draft, supposition)
    if not claims and not touched and not pieces:
        return (
            _rests_on(hollow[0], draft, supposition) if hollow else InDoubt(supposition, Level.NOTE)
        )
    turned = tuple(dict.fromkeys(c.support.why for c in claims if isinstance(c.support, Finding)))
    grave = bool(claims and supposition.can_hold) or bool(hollow)
    level = Level.HOLD if grave else Level.WARN
    of_claims = [each for each in sentences if any(_covers(each, claim) for claim in claims)]
    first = next(iter([*of_claims, *touched]), None)
    if first is None:  # the pieces beside the article alone
        where, sentence = pieces[0]
        return InDoubt(supposition, level, where, sentence, "", turned, len(pieces))
    new = [text for text in others if text not in {each.text for each in sentences}]
    instead = _nearest(first.text, new)
    return InDoubt(supposition, level, first.where, first.text, instead, turned, len(touched))


def _sentences(article: Article) -> Iterator[_Sentence]:
    """Yield the sentences of a headline and the text; a table has none."""
    headline = plain(article.headline)
    yield _Sentence(-1, 0, len(headline), headline)
    for number, block in enumerate(article.blocks):
        if block.kind is not BlockKind.TABLE:
            text = plain(block.runs)
            for start, end in sentences_of(text):
                yield _Sentence(number, start, end, text[start:end].strip())


def _changed_pieces(draft: Draft, supposed: Draft) -> list[tuple[str, str]]:
    """Return where pieces beside the article would say something else, and what they say."""
    others = {piece.kind: piece.article for piece in supposed.pieces}
    found = []
    for piece in draft.pieces:
        other = others.get(piece.kind)
        there = {each.text for each in _sentences(other)} if other else set()
        found += [
            (f"{piece.kind.called}: {each.where}", each.text)
            for each in _sentences(piece.article)
            if each.text and each.text not in there
        ]
    return found


def _turns(claim: Claim, supposition: Supposition) -> bool:
    match claim.support:
        case Finding() | Figure():
            return claim.support.id in supposition.turned
        case Quotation():
            return False


def _hollow_claims(draft: Draft, supposition: Supposition) -> list[Claim]:
    """Return the printed figures that a quarter with next to nothing in it is part of."""
    if not supposition.is_far_below:
        return []
    return [
        claim
        for claim in draft.claims
        if isinstance(claim.support, Figure) and claim.support.id in supposition.moved
    ]


def _rests_on(hollow: Claim, draft: Draft, supposition: Supposition) -> InDoubt:
    """Hold a draft for a figure that would print the same with what was expected."""
    of_article = [each for each in _sentences(draft.article) if _covers(each, hollow)]
    if hollow in draft.ledger and of_article:
        first = of_article[0]
        return InDoubt(supposition, Level.HOLD, first.where, first.text)
    return InDoubt(supposition, Level.HOLD, "a piece beside the article", hollow.text)


def _covers(sentence: _Sentence, claim: Claim) -> bool:
    return (
        claim.block == sentence.block
        and not claim.cell
        and claim.start < sentence.end
        and sentence.start < claim.end
    )


def _nearest(sentence: str, others: Sequence[str]) -> str:
    """Return the sentence that would stand in its place: the one most like it."""
    alike = [(SequenceMatcher(None, sentence, other).ratio(), other) for other in others]
    ratio, best = max(alike, default=(0.0, ""), key=lambda each: each[0])
    return best if ratio >= _LEAST_ALIKE else ""


def _rank(in_doubt: InDoubt) -> int:
    return _GRAVEST_FIRST.index(in_doubt.level)


def _figures(doubts: Sequence[Doubt], facts: Facts) -> tuple[str, str]:
    """Name the figures that doubts are about by their periods, with the verb that follows."""
    periods = list(dict.fromkeys(_period_of(doubt, facts) for doubt in doubts))
    if len(periods) == 1:
        return f"the figure for {periods[0]}", "is"
    return f"the figures for {join_names(periods)}", "are"


def _period_of(doubt: Doubt, facts: Facts) -> str:
    """Return the period of the story's series that a quarter is in, in words."""
    periods = [p.period for p in facts.lead.series if doubt.quarter in p.period.quarters]
    return name_period(periods[0] if periods else facts.period)


def _counts_of(doubts: Sequence[Doubt]) -> str:
    """Say what was found of the doubted counts, and what was expected: the first few."""
    said = "; ".join(
        f"{doubt.quarter} has {join_names(map(_count, doubt.counts))}" for doubt in doubts[:_FEW]
    )
    if len(doubts) > _FEW:
        said += f"; and there are {len(doubts) - _FEW} more"
    late = any(doubt.is_newest and not doubt.can_hold for doubt in doubts)
    return said + (". It is the newest quarter, which cannot be judged yet." if late else ".")


def _count(count: CountInDoubt) -> str:
    expected = print_roughly(count.expected)
    return f"{count.found:,} {count.label}, where about {expected} would be usual"


def _mend(supposition: Supposition, facts: Facts) -> str:
    """Say how the doubt is answered."""
    doubts = supposition.doubts
    areas = list(dict.fromkeys(doubt.area for doubt in doubts))
    which = f"{areas[0]} {doubts[0].step}" if len(doubts) == 1 else areas[0]
    without = ""
    if supposition.without is not None:
        rate = print_figure(supposition.without)
        without = f" Without the areas in doubt the {facts.lead.measure.label} is {rate}."
    if len(areas) > 1:
        return f"Answer each: newscopy doubts --area {facts.area.id} lists them.{without}"
    return (
        f"Ask the publisher. If the figures stand: newscopy believe {which} --by NAME --why WORDS. "
        f"If they do not: newscopy leave-out {which}, with what copy says of it.{without}"
    )


def _of_the_nation(draft: Draft) -> Iterator[Problem]:
    """Warn where a draft prints a claim of the nation's that is in doubt."""
    nation = draft.facts.nation
    if nation is None:
        return
    for supposition in nation.doubts:
        for sentence in _sentences(draft.article):
            if any(
                _covers(sentence, claim) and _turns(claim, supposition) for claim in draft.ledger
            ):
                figures, verb = _figures(supposition.doubts, nation)
                yield Problem(
                    Level.WARN,
                    sentence.where,
                    f"“{sentence.text}” rests on {figures} of {nation.area.name}, which {verb} in "
                    f"doubt: {_counts_of(supposition.doubts)}",
                    f"See the draft for {nation.area.name}.",
                )
                return
