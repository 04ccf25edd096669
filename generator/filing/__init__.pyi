from .banners import SAMPLE, in_full, missing_banners
from .bundle import bundle, draft_as_markdown, draft_to_preview
from .copies import READABLE, CopyError, copy_from, read_copy
from .deciding import Verdict, decide
from .drafts import Progress, file_drafts
from .html import Pages
from .lastrun import recall_run
from .log import DECISIONS, NEWSCOPY, Entry, Event, now
from .made import Made
from .manifest import Manifest, ReleaseRecord, Row, read_manifest, release_record
from .names import DRAFT_DEPTH, MANIFEST, is_article, is_new_version, piece_of, sha256
from .origins import bound_to, origin_of
from .outputs import look_up_decisions, put_right, read_log, recall_text
from .rereading import as_problem, banner_problem
from .results import Action, Filed, FiledDraft
from .revisions import (
    coverage_words,
    release_words,
    revision_html,
    summary,
)
from .sources import (
    CountTrail,
    FigureTrail,
    FindingTrail,
    QuotationTrail,
    Trail,
    kind_of,
    trails_of,
)
from .standing import Decision
from .stored import at_hand, is_output
from .whereabouts import BUILTIN, look_up

__all__ = [
    "BUILTIN",
    "DECISIONS",
    "DRAFT_DEPTH",
    "MANIFEST",
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
    "Made",
    "Manifest",
    "Pages",
    "Progress",
    "QuotationTrail",
    "ReleaseRecord",
    "Row",
    "Trail",
    "Verdict",
    "as_problem",
    "at_hand",
    "banner_problem",
    "bound_to",
    "bundle",
    "copy_from",
    "coverage_words",
    "decide",
    "draft_as_markdown",
    "draft_to_preview",
    "file_drafts",
    "in_full",
    "is_article",
    "is_new_version",
    "is_output",
    "kind_of",
    "look_up",
    "look_up_decisions",
    "missing_banners",
    "now",
    "origin_of",
    "piece_of",
    "put_right",
    "read_copy",
    "read_log",
    "read_manifest",
    "recall_run",
    "recall_text",
    "release_record",
    "release_words",
    "revision_html",
    "sha256",
    "summary",
    "trails_of",
]
