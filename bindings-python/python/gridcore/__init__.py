"""The arithmetic of a city run as a tree of small grids (网格), each with a person who answers for it."""

from . import geo, samples
from ._gridcore import BuildError, GridcoreError, grid_code, version
from .notation import Claim, Layout, apportion
from .scheme import CodeScheme
from .tree import Edited, Fronts, GridTree, Lossy, edit_map_then

__version__ = version()

__all__ = [
    "BuildError",
    "Claim",
    "CodeScheme",
    "Edited",
    "Fronts",
    "GridTree",
    "GridcoreError",
    "Layout",
    "Lossy",
    "__version__",
    "apportion",
    "edit_map_then",
    "geo",
    "grid_code",
    "samples",
    "version",
]
