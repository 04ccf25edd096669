from .answers import count_by_label
from .counting import Choice, Tally, Totals, add_tables, choices_of, tally
from .doubts import Movement
from .ground import Ground, prepare
from .measuring import measure, measure_areas, measure_nation, with_table
from .restating import find_differences
from .surveying import (
    Doubtful,
    Local,
    Part,
    Survey,
    find_doubtful,
    gather,
    look_at,
    movement_of,
    survey,
)

__all__ = [
    "Choice",
    "Doubtful",
    "Ground",
    "Local",
    "Movement",
    "Part",
    "Survey",
    "Tally",
    "Totals",
    "add_tables",
    "choices_of",
    "count_by_label",
    "find_differences",
    "find_doubtful",
    "gather",
    "look_at",
    "measure",
    "measure_areas",
    "measure_nation",
    "movement_of",
    "prepare",
    "survey",
    "tally",
    "with_table",
]
