"""Whether the claim words of a sentence hold, each by its kind."""

from __future__ import annotations

from generator.desk import Style
from generator.writing.proofread.comparisons import Comparisons
from generator.writing.proofread.known import Known
from generator.writing.proofread.lexicon import Sense
from generator.writing.proofread.multiples import Multiples
from generator.writing.proofread.numerals import Number
from generator.writing.proofread.roles import RoleFinder
from generator.writing.proofread.sentences import Sentence
from generator.writing.proofread.superlatives import Superlatives
from generator.writing.proofread.verdicts import Verdict


class ClaimJudge:
    """Judges the claims of one sentence after another against the facts."""

    def __init__(self, known: Known, finder: RoleFinder, style: Style) -> None:
        self.superlatives = Superlatives(known, finder, style)
        self.comparisons = Comparisons(known, finder, style, self.superlatives)
        self.multiples = Multiples(self.comparisons)

    def judge(self, sentence: Sentence, at: int) -> Verdict:
        """Judge the claim word at a place among a sentence's mentions."""
        mention = sentence.mentions[at]
        match mention.sense:
            case Sense.MOVE:
                return self.comparisons.judge_move(sentence, at, mention)
            case Sense.TOP:
                return self.superlatives.judge(sentence, at, mention)
            case Sense.TIMES:
                return self.multiples.judge(sentence, at, mention)
        return Verdict("the facts say nothing of it, so that it cannot be checked")

    def change_fault(self, sentence: Sentence, at: int, number: Number) -> str:
        """Return what is wrong with a number that says by how much something moved, or ""."""
        return self.comparisons.change_fault(sentence, at, number)
