"""The arithmetic of a city run as a tree of small grids (网格), each with a person who answers for it."""

from ._gridcore import BuildError, GridcoreError, grid_code, version
from .tree import GridTree

__version__ = version()

__all__ = ["BuildError", "GridTree", "GridcoreError", "__version__", "grid_code", "version"]
