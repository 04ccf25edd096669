"""A draft's picture: the area beside the nation over the periods, or all areas side by side."""

import lazy_loader

# What the stub beside this lists, loaded when it is first used: matplotlib takes half a second.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
