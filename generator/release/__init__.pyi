from .caching import Cache
from .folder import fingerprint, identify_files, is_release
from .layouts import Needs
from .reading import read_release
from .rows import PublishedRow, Selection, find_rows, select
from .sample import write_sample

__all__ = [
    "Cache",
    "Needs",
    "PublishedRow",
    "Selection",
    "find_rows",
    "fingerprint",
    "identify_files",
    "is_release",
    "read_release",
    "select",
    "write_sample",
]
