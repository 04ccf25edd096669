"""The stage from facts to drafts: words, claims, and all that is checked of them."""

from generator.writing.batch import judge_batch
from generator.writing.checking import Checker
from generator.writing.corrections import Corrector
from generator.writing.drafting import write_draft
from generator.writing.environment import check_templates, make_environment
from generator.writing.turns import TurnedWords, say_turned

__all__ = [
    "Checker",
    "Corrector",
    "TurnedWords",
    "check_templates",
    "judge_batch",
    "make_environment",
    "say_turned",
    "write_draft",
]
