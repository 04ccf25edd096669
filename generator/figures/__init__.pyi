from .counting import Choice, Tally, Totals, add_tables, choices_of, tally
from .measuring import measure
from .restating import find_differences

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
