from .banners import (
    HELD,
    SAMPLE,
    Banner,
    banners_with,
    in_full,
    in_words,
    missing_banners,
    moment_in_words,
)
from .bundle import bundle, draft_as_markdown, draft_to_preview
from .copies import READABLE, CopyError, copy_from, read_copy
from .deciding import Verdict, decide
from .drafts import Progress, file_drafts
from .forms import forms_of
from .heads import put_above
from .html import Pages, Span, spans
from .lastrun import recall_run
from .log import DECISIONS, NEWSCOPY, Entry, Event, now
from .made import Made
from .manifest import (
    Counts,
    Manifest,
    ReleaseRecord,
    Row,
    count_problems,
    read_manifest,
    release_record,
)
from .margins import Note, note_on
from .markdown import article_markdown
from .merging import merge
from .names import (
    DRAFT_DEPTH,
    LEDGER,
    MANIFEST,
    NOTES,
    in_place_of,
    is_article,
    is_copy,
    is_new_version,
    piece_of,
    sha256,
)
from .newer import set_aside
from .origins import bound_to, origin_of
from .outputs import kept_texts, look_up_decisions, put_right, read_log, recall_text
from .person import LONGEST_NAME, person_name
from .rereading import as_problem, banner_problem
from .results import Action, Filed, FiledDraft
from .revisions import (
    coverage_words,
    release_words,
    revision_html,
    summary,
)
from .saving import SavedMeanwhileError, Saving, save
from .series import SeriesTable, series_table
from .sources import (
    CountTrail,
    FigureTrail,
    FindingTrail,
    QuotationTrail,
    Trail,
    Trails,
    kind_of,
    trails_of,
)
from .standing import Decision
from .stored import at_hand, is_output
from .telling import without_head
from .text import article_text
from .whereabouts import BUILTIN, look_up, look_up_desk

__all__ = [
    "BUILTIN",
    "DECISIONS",
    "DRAFT_DEPTH",
    "HELD",
    "LEDGER",
    "LONGEST_NAME",
    "MANIFEST",
    "NEWSCOPY",
    "NOTES",
    "READABLE",
    "SAMPLE",
    "Action",
    "Banner",
    "CopyError",
    "CountTrail",
    "Counts",
    "Decision",
    "Entry",
    "Event",
    "FigureTrail",
    "Filed",
    "FiledDraft",
    "FindingTrail",
    "Made",
    "Manifest",
    "Note",
    "Pages",
    "Progress",
    "QuotationTrail",
    "ReleaseRecord",
    "Row",
    "SavedMeanwhileError",
    "Saving",
    "SeriesTable",
    "Span",
    "Trail",
    "Trails",
    "Verdict",
    "article_markdown",
    "article_text",
    "as_problem",
    "at_hand",
    "banner_problem",
    "banners_with",
    "bound_to",
    "bundle",
    "copy_from",
    "count_problems",
    "coverage_words",
    "decide",
    "draft_as_markdown",
    "draft_to_preview",
    "file_drafts",
    "forms_of",
    "in_full",
    "in_place_of",
    "in_words",
    "is_article",
    "is_copy",
    "is_new_version",
    "is_output",
    "kept_texts",
    "kind_of",
    "look_up",
    "look_up_decisions",
    "look_up_desk",
    "merge",
    "missing_banners",
    "moment_in_words",
    "note_on",
    "now",
    "origin_of",
    "person_name",
    "piece_of",
    "put_above",
    "put_right",
    "read_copy",
    "read_log",
    "read_manifest",
    "recall_run",
    "recall_text",
    "release_record",
    "release_words",
    "revision_html",
    "save",
    "series_table",
    "set_aside",
    "sha256",
    "spans",
    "summary",
    "trails_of",
    "without_head",
]
