"""Turn a release of official statistics into localised news drafts, every figure traced."""

__version__ = "0.1.0"
