"""The stage from facts to drafts: words, claims and the check of every template."""

from generator.writing.batch import judge_batch
from generator.writing.drafting import write_draft
from generator.writing.environment import check_templates, make_environment

__all__ = ["check_templates", "judge_batch", "make_environment", "write_draft"]
