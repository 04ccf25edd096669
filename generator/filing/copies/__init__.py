"""Copy as it lies in the output now, whatever an editor has made of it, read back to words."""

from generator.filing.copies.reading import (
    READABLE,
    TEXTS,
    CopyError,
    copy_from,
    read_copy,
)

__all__ = ["READABLE", "TEXTS", "CopyError", "copy_from", "read_copy"]
