from .batch import judge_batch
from .checking import Checker
from .corrections import Corrector
from .drafting import write_draft
from .environment import check_templates, make_environment
from .turns import TurnedWords, say_turned

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
