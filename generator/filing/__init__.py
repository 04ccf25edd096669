"""From drafts to folders: one for each area, an index of all, and never over an editor's work."""

import lazy_loader

# What the stub beside this lists, loaded when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
