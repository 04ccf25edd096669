"""From drafts to folders: one for each area, an index of all, and never over an editor's work."""

from generator.filing.banners import SAMPLE, in_full
from generator.filing.bundle import draft_as_markdown
from generator.filing.copies import READABLE, CopyError, copy_from, missing_banners, read_copy
from generator.filing.deciding import Verdict, decide
from generator.filing.drafts import Filed, FiledDraft, Progress, file_drafts
from generator.filing.keeping import Action, is_article, is_new_version, sha256
from generator.filing.log import NEWSCOPY, Entry, Event
from generator.filing.manifest import Manifest, ReleaseRecord, Row, read_manifest, release_record
from generator.filing.origins import origin_of
from generator.filing.outputs import look_up_decisions, put_right, read_log, recall_text
from generator.filing.rereading import as_problem, banner_problem
from generator.filing.revisions import (
    coverage_words,
    release_words,
    revision_html,
    summary,
)
from generator.filing.sources import (
    CountTrail,
    FigureTrail,
    FindingTrail,
    QuotationTrail,
    Trail,
    kind_of,
    trails_of,
)
from generator.filing.standing import Decision
from generator.filing.whereabouts import BUILTIN, look_up

__all__ = [
    "BUILTIN",
    "NEWSCOPY",
    "READABLE",
    "SAMPLE",
    "Action",
    "CopyError",
    "CountTrail",
    "Decision",
    "Entry",
    "Event",
    "FigureTrail",
    "Filed",
    "FiledDraft",
    "FindingTrail",
    "Manifest",
    "Progress",
    "QuotationTrail",
    "ReleaseRecord",
    "Row",
    "Trail",
    "Verdict",
    "as_problem",
    "banner_problem",
    "copy_from",
    "coverage_words",
    "decide",
    "draft_as_markdown",
    "file_drafts",
    "in_full",
    "is_article",
    "is_new_version",
    "kind_of",
    "look_up",
    "look_up_decisions",
    "missing_banners",
    "origin_of",
    "put_right",
    "read_copy",
    "read_log",
    "read_manifest",
    "recall_text",
    "release_record",
    "release_words",
    "revision_html",
    "sha256",
    "summary",
    "trails_of",
]
