"""The stage from facts to drafts: words, claims, and all that is checked of them."""

import lazy_loader

# What the stub beside this lists, loaded when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
