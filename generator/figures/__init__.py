"""The stage from observations to series, figures and findings: what may truthfully be said."""

from generator.figures.counting import Choice, Tally, Totals, add_tables, choices_of, tally
from generator.figures.measuring import measure
from generator.figures.restating import find_differences

__all__ = [
    "Choice",
    "Tally",
    "Totals",
    "add_tables",
    "choices_of",
    "find_differences",
    "measure",
    "tally",
]
