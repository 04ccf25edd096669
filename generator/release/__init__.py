"""Open and tidy the published files of a release; write a sample of one."""

import lazy_loader

# What the stub beside this lists, loaded when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
