"""The stage from observations to series, figures and findings: what may truthfully be said."""

from generator.figures.measuring import measure, newest_period

__all__ = ["measure", "newest_period"]
