"""The arithmetic of a city run as a tree of small grids (网格), each with a person who answers for it."""

from . import alert, change, deploy, geo, roster, rules, samples, solve
from ._gridcore import BuildError, GridcoreError, Infeasible, grid_code, version
from .events import Events
from .notation import Claim, Layout, apportion
from .responsibility import Responsibility
from .roster import Reconciliation, deduplicate, reconcile
from .scheme import CodeScheme
from .tree import Edited, Fronts, GridTree, Lossy, edit_map_then

__version__ = version()

__all__ = [
    "BuildError",
    "Claim",
    "CodeScheme",
    "Edited",
    "Events",
    "Fronts",
    "GridTree",
    "GridcoreError",
    "Infeasible",
    "Layout",
    "Lossy",
    "Reconciliation",
    "Responsibility",
    "__version__",
    "alert",
    "apportion",
    "change",
    "deduplicate",
    "deploy",
    "edit_map_then",
    "geo",
    "grid_code",
    "reconcile",
    "roster",
    "rules",
    "samples",
    "solve",
    "version",
]
