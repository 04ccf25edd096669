"""The stage from observations to series, figures and findings: what may truthfully be said."""

from generator.figures.measuring import measure

__all__ = ["measure"]
