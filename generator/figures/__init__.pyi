from .counting import Choice, Tally, Totals, add_tables, choices_of, tally
from .ground import Ground, prepare
from .measuring import measure, measure_areas, measure_nation, with_table
from .restating import find_differences
from .surveying import Local, Part, Survey, gather, look_at, survey

__all__ = [
    "Choice",
    "Ground",
    "Local",
    "Part",
    "Survey",
    "Tally",
    "Totals",
    "add_tables",
    "choices_of",
    "find_differences",
    "gather",
    "look_at",
    "measure",
    "measure_areas",
    "measure_nation",
    "prepare",
    "survey",
    "tally",
    "with_table",
]
