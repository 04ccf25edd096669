"""The stage from facts to drafts: words, claims, and all that is checked of them."""

from generator.writing.batch import judge_batch
from generator.writing.checking import Checker
from generator.writing.drafting import write_draft
from generator.writing.environment import check_templates, make_environment

__all__ = ["Checker", "check_templates", "judge_batch", "make_environment", "write_draft"]
