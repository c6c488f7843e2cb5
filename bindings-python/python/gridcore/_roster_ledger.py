"""The ledger of eligibility (应检台账): who was to be reached, who was, and the names behind each number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._frames import Table, kind_of, records_out, table_in

if TYPE_CHECKING:
    from ._gridcore import Ledger as CoreLedger
    from .tree import GridTree

_ROWS = ("person", "grid", "state", "day", "reason", "row", "exempt_yet_done")
_COUNT = ("eligible", "exempt", "due", "done", "open", "refused", "unreachable", "pending", "coverage")


class Ledger:
    """A ledger of eligibility: each person in exactly one state at exactly one grid; immutable.

    >>> import gridcore as gc
    >>> tree = gc.GridTree.from_table([{"code": "1", "name": "town"}])
    >>> rows = [
    ...     {"person": "p-1", "grid": "1", "status": "refused", "day": 1},
    ...     {"person": "p-1", "grid": "1", "status": "done", "day": 2},
    ...     {"person": "p-2", "grid": "1", "status": "eligible"},
    ... ]
    >>> ledger = gc.roster.Ledger.from_rows(tree, rows)
    >>> ledger.count()["coverage"], ledger.behind("1", "open")[0]["person"]
    (0.5, 'p-2')
    """

    __slots__ = ("_core", "_like", "_tree")

    def __init__(self, tree: GridTree, core: CoreLedger, like: Table = None) -> None:
        """Wraps a ledger of the core; `like` is a table of the kind in which results come back."""
        self._tree = tree
        self._core = core
        self._like = like

    @classmethod
    def from_rows(cls, tree: GridTree, rows: Table, *, rule: str | None = None) -> Ledger:
        """Reads a ledger from a table: columns person, grid, status and, if there, day and reason.

        `status` is eligible (应检), exempt (免检), done (已检), refused (拒检) or unreachable (联系不上). Of several
        rows of a person exempt decides before done, refused, unreachable and eligible, whatever the days; with the rule
        `"latest"` those of the latest day alone are asked.

        Raises `GridcoreError` with every fault of every row.
        """
        return cls(tree, tree._core.ledger(table_in(rows), rule), kind_of(rows))

    @property
    def tree(self) -> GridTree:
        """The tree beneath the ledger."""
        return self._tree

    def count(self, grid: str | None = None) -> dict[str, Any]:
        """The numbers of a grid with everything beneath it, or of all.

        `eligible = exempt + due`, `due = done + open`, `open = refused + unreachable + pending`; `coverage` is
        `done ÷ due`, None where nobody is due.
        """
        return json.loads(self._core.count(grid))

    def by_grid(self) -> Any:
        """The same numbers of each grid at or beneath which somebody is, in the tree's order."""
        return records_out(json.loads(self._core.by_grid()), self._like, ("grid", "name", "level", *_COUNT))

    def behind(self, grid: str, number: str) -> Any:
        """The people behind a number of a grid, with everything beneath it."""
        return records_out(json.loads(self._core.behind(grid, number)), self._like, _ROWS)

    def rows(self) -> Any:
        """Everybody, by grid: where each stands, and the row that decided it."""
        return records_out(json.loads(self._core.rows()), self._like, _ROWS)

    def published(self, min_cell: int) -> Any:
        """The numbers of all grids, fit to be published.

        No cell of 1 to `min_cell` - 1 people is shown, nor can one be reckoned from those that are; None stands for a
        number that is withheld.
        """
        return records_out(json.loads(self._core.published(min_cell)), self._like)

    def __repr__(self) -> str:
        """How many people it holds; no name of anyone."""
        return f"Ledger({self.count()['eligible']})"
