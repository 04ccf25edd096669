"""Open and tidy the published files of a release; write a sample of one."""

from generator.release.caching import Cache
from generator.release.folder import identify_files, is_release
from generator.release.layouts import Needs
from generator.release.reading import read_release
from generator.release.rows import PublishedRow, Selection, find_rows, select
from generator.release.sample import write_sample

__all__ = [
    "Cache",
    "Needs",
    "PublishedRow",
    "Selection",
    "find_rows",
    "identify_files",
    "is_release",
    "read_release",
    "select",
    "write_sample",
]
