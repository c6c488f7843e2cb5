"""Two staff rosters compared: who joined, left and moved, and which grids nobody holds any more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._frames import Table, kind_of, list_in, records_out, table_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._gridcore import StaffDiff as CoreDiff
    from .tree import GridTree

_CHANGES = (
    "change",
    "person",
    "name",
    "from_grid",
    "from_post",
    "from_unit",
    "to_grid",
    "to_post",
    "to_unit",
    "old_row",
    "new_row",
)
_DOUBLE = ("person", "name", "grid", "post", "of", "new_row")


def staff_diff(old: Table, new: Table, tree: GridTree, *, single: Iterable[str] = ()) -> StaffDiff:
    """Compares two staff rosters (名册变动): columns person, grid, post and, if there, name and unit.

    A person may have several rows, one for each post. `single` are the posts that one person alone may hold at a grid,
    beside the post that the tree's level names; `*` stands for every post.

    Raises `GridcoreError` with every fault of both rosters; a fault's column begins with `old.` or `new.`.

    >>> import gridcore as gc
    >>> tree = gc.GridTree.from_table([{"code": "1", "name": "town"}, {"code": "11", "parent": "1", "name": "north"}])
    >>> old = [{"person": "p-1", "grid": "11", "post": "worker"}]
    >>> new = [{"person": "p-1", "grid": "1", "post": "worker"}]
    >>> diff = gc.roster.staff_diff(old, new, tree)
    >>> [(row["change"], row["to_grid"]) for row in diff.changes], [row["grid"] for row in diff.orphaned]
    ([('transferred', '1')], ['11'])
    """
    tables = {"old": table_in(old), "new": table_in(new)}
    rules = {"single": list_in("single", single, "a list of posts")}
    return StaffDiff(tree._core.staff_diff(tables, rules), kind_of(new))


class StaffDiff:
    """What changed between two staff rosters: tables of the kind of the new one; rows count from 0."""

    __slots__ = ("_core", "_found", "_like")

    def __init__(self, core: CoreDiff, like: Table = None) -> None:
        """Wraps a comparison of the core; `like` is a table of the kind in which results come back."""
        self._core = core
        self._found: dict[str, Any] = json.loads(core.report())
        self._like = like

    def _rows(self, name: str, columns: tuple[str, ...] = ()) -> Any:
        return records_out(self._found[name], self._like, columns)

    @property
    def changes(self) -> Any:
        """Every change, by kind and person.

        Kinds: joined, left, transferred, post_changed, unit_changed, took_up, gave_up.
        """
        return self._rows("changes", _CHANGES)

    def of(self, change: str) -> Any:
        """The changes of one kind."""
        return records_out(json.loads(self._core.of(change)), self._like, _CHANGES)

    @property
    def orphaned(self) -> Any:
        """Grids that lost the last of their people (无人负责的网格), and the nearest above that somebody holds."""
        names = ("grid", "name", "level", "path", "nearest_held", "persons_before", "old_rows")
        return self._rows("orphaned", names)

    @property
    def vacated(self) -> Any:
        """Posts that lost the last of their people (空缺岗位)."""
        return self._rows("vacated", ("grid", "post", "orphaned", "old_rows"))

    @property
    def several_posts(self) -> Any:
        """Posts of people who hold several (一人多岗)."""
        return self._rows("several_posts", _DOUBLE)

    @property
    def shared_posts(self) -> Any:
        """Single posts that several people hold (一岗多人)."""
        return self._rows("shared_posts", _DOUBLE)

    @property
    def repeated(self) -> Any:
        """Rows that say what another row of their roster says: list, row, same_as."""
        return self._rows("repeated", ("list", "row", "same_as"))

    @property
    def total(self) -> dict[str, int]:
        """People and posts in all: `before + joined + came = after + left + went`."""
        return self._found["total"]

    @property
    def by_level(self) -> Any:
        """The same counts of each level, without what lies beneath it."""
        return self._rows("by_level")

    @property
    def by_grid(self) -> Any:
        """The same counts of each grid that somebody held, with everything beneath it."""
        return self._rows("by_grid")

    def __repr__(self) -> str:
        """How many people there were and are; no name of anyone."""
        return f"StaffDiff(before={self.total['before']}, after={self.total['after']})"
