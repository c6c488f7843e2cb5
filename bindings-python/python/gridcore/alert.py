"""Alerts (预警): scales as data, what a level asks of each grid, and what changes from one level to another.

A scale is a dict: `name`, and `levels` from the lowest up, each with `id`, `label` (`zh`, `en`), `staffing` (rows of
level, kind, role, count) and `tasks` (rows of id, label, level, kind, every_seconds).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _gridcore
from ._frames import Table, kind_of, moment_in, record_in, records_out, rows_in, zone_in, zoned_table_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, tzinfo

    from ._gridcore import Alerts as CoreAlerts
    from .tree import GridTree

_NEED = ("grid", "item", "name", "count", "every_seconds")
_DELTA = (
    "item",
    "name",
    "change",
    "level",
    "kind",
    "grids",
    "before",
    "after",
    "total_before",
    "total_after",
)
_STEP = ("at", "grid", "before", "after")


def three_levels(name: str) -> dict[str, Any]:
    """A scale of yellow, orange and red that asks for nothing yet."""
    return json.loads(_gridcore.alert_scale(name, False))


def four_levels(name: str) -> dict[str, Any]:
    """A scale of blue, yellow, orange and red that asks for nothing yet.

    >>> import gridcore as gc
    >>> [level["id"] for level in gc.alert.four_levels("rain")["levels"]]
    ['blue', 'yellow', 'orange', 'red']
    """
    return json.loads(_gridcore.alert_scale(name, True))


def check(scale: Mapping[str, Any]) -> None:
    """Raises `GridcoreError` with everything that is wrong with a scale."""
    _gridcore.check_alert_scale(record_in("scale", scale))


def needs(tree: GridTree, scale: Mapping[str, Any], grid: str, level: str) -> Any:
    """What a level asks of a grid and each beneath it, as a table: grid, item, name, count, every_seconds."""
    found = json.loads(tree._core.alert_needs(record_in("scale", scale), grid, level))
    return records_out(found, tree._like, _NEED)


def delta(tree: GridTree, scale: Mapping[str, Any], grid: str, before: str | None, after: str | None) -> Any:
    """What changes in a subtree from one level to another (None: no alert), as a table.

    Columns: item (staffing, task), name, change (added, removed, changed), level, kind, grids, before, after,
    total_before, total_after.
    """
    found = json.loads(tree._core.alert_delta(record_in("scale", scale), grid, before, after))
    return records_out(found, tree._like, _DELTA)


class Alerts:
    """Alerts as they are announced: which level holds where and when."""

    __slots__ = ("_core", "_like", "_tree")

    def __init__(self, tree: GridTree, core: CoreAlerts, like: Table = None) -> None:
        """Wraps alerts of the core; `like` is a table of the kind in which results come back."""
        self._tree = tree
        self._core = core
        self._like = like

    @classmethod
    def from_rows(
        cls,
        tree: GridTree,
        scales: Iterable[Mapping[str, Any]],
        rows: Table,
        *,
        tz: str | tzinfo | None = None,
    ) -> Alerts:
        """Reads alerts from a table: scale, level, grid, from, until. Of two for one grid the later one counts."""
        table = zoned_table_in(rows, tz)
        return cls(tree, tree._core.alerts(rows_in("scales", scales), table, zone_in(tz)), kind_of(rows))

    @property
    def scales(self) -> list[dict[str, Any]]:
        """The scales."""
        return json.loads(self._core.scales())

    def level(self, scale: str, grid: str | int, at: int | datetime, *, tz: str | tzinfo | None = None) -> str | None:
        """The level of a scale that holds at a grid at a time; None if none does."""
        return self._core.level(scale, self._tree._position(grid), moment_in("at", at, tz))

    def steps(self, scale: str, grid: str | int) -> Any:
        """When the level at a grid changes, as a table: at, grid, before, after."""
        found = json.loads(self._core.steps(scale, self._tree._position(grid)))
        return records_out(found, self._like, _STEP)
