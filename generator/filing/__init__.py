"""From drafts to folders: one for each area, an index of all, and never over an editor's work."""

from generator.filing.bundle import draft_as_markdown
from generator.filing.drafts import Filed, FiledDraft, Progress, file_drafts
from generator.filing.keeping import Action

__all__ = ["Action", "Filed", "FiledDraft", "Progress", "draft_as_markdown", "file_drafts"]
