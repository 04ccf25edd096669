"""The stage from observations to series, figures and findings: what may truthfully be said."""

from generator.figures.measuring import measure
from generator.figures.restating import find_differences

__all__ = ["find_differences", "measure"]
