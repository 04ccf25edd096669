"""The commands: the only place that prints, configures logging or exits."""

from generator.cli.app import main

__all__ = ["main"]
