from .batch import Jury, judge_drafts
from .branches import TracedEnvironment
from .checking import Checker
from .corrections import Corrector
from .drafting import write_draft
from .environment import check_templates, make_environment
from .hearing import Heard, Testimony, hear, put_together
from .materiality import weigh_doubts
from .proofread import Fault, Proof, Reading, sentences_of
from .skeletons import AreaNames
from .turns import TurnedWords, say_turned

__all__ = [
    "AreaNames",
    "Checker",
    "Corrector",
    "Fault",
    "Heard",
    "Jury",
    "Proof",
    "Reading",
    "Testimony",
    "TracedEnvironment",
    "TurnedWords",
    "check_templates",
    "hear",
    "judge_drafts",
    "make_environment",
    "put_together",
    "say_turned",
    "sentences_of",
    "weigh_doubts",
    "write_draft",
]
