"""From drafts to folders: one for each area, an index of all, and never over an editor's work."""

from generator.filing.bundle import draft_as_markdown
from generator.filing.drafts import Filed, FiledDraft, Progress, file_drafts
from generator.filing.keeping import Action
from generator.filing.manifest import Manifest, ReleaseRecord, read_manifest, release_record
from generator.filing.whereabouts import BUILTIN, look_up

__all__ = [
    "BUILTIN",
    "Action",
    "Filed",
    "FiledDraft",
    "Manifest",
    "Progress",
    "ReleaseRecord",
    "draft_as_markdown",
    "file_drafts",
    "look_up",
    "read_manifest",
    "release_record",
]
