"""The stage from facts to drafts: words, claims and the check of every template."""

from generator.writing.checking import Checker
from generator.writing.drafting import write_draft
from generator.writing.environment import check_templates, make_environment

__all__ = ["Checker", "check_templates", "make_environment", "write_draft"]
