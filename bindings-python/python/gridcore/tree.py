"""The grid tree (网格体系): built from a table with every fault reported, then immutable."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._frames import (
    Column,
    Table,
    codes_in,
    column_out,
    is_column,
    is_positions,
    kind_of,
    positions_in,
    positions_out,
    records_out,
    table_in,
    table_out,
)
from ._gridcore import BuildError, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from os import PathLike


def _definition(value: str | Mapping[str, Any] | None) -> str | None:
    """The name of something built in as it is; a definition of the caller's own as JSON."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _wishes(
    schema: str | Mapping[str, Any] | None,
    code_scheme: str | Mapping[str, Any] | None,
    root: str | tuple[str, str] | None,
    weights: Iterable[str],
) -> dict[str, Any]:
    code, name = root if isinstance(root, tuple) else (root, None)
    return {
        "schema": _definition(schema),
        "code_scheme": _definition(code_scheme),
        "root_code": code,
        "root_name": name,
        "weights": list(weights),
    }


class GridTree:
    """The tree of grids (网格体系): validated, immutable, cheap to copy.

    >>> import gridcore as gc
    >>> tree = gc.GridTree.from_table([
    ...     {"code": "1", "parent": None, "name": "city"},
    ...     {"code": "11", "parent": "1", "name": "north"},
    ... ])
    >>> tree.counts()
    [1, 1]
    """

    __slots__ = ("_core", "_like")

    def __init__(self, core: Tree, like: Table = None) -> None:
        """Wraps a tree of the core; `like` is a table of the kind in which results come back."""
        self._core = core
        self._like = like

    @classmethod
    def from_table(
        cls,
        table: Table,
        *,
        schema: str | Mapping[str, Any] | None = None,
        code_scheme: str | Mapping[str, Any] | None = None,
        root: str | tuple[str, str] | None = None,
        weights: Iterable[str] = (),
    ) -> GridTree:
        """Builds a tree from a table: columns code, parent, name and, if there, level, kind, footprint.

        `schema` and `code_scheme` name one built in (`"four_level"`, `"national"`; `"nbs"`, …) or define one.
        `root` is the code of a row, or a pair of a code and a name for a root that is no row.
        `weights` names columns of numbers to keep.

        Raises `BuildError`, whose `faults` is a table of the same kind, with every fault of every row.
        """
        try:
            core = Tree.build(table_in(table), _wishes(schema, code_scheme, root, weights))
        except BuildError as error:
            error.faults = records_out(error.faults, table)
            raise
        return cls(core, kind_of(table))

    @classmethod
    def from_csv(
        cls,
        source: bytes | str | PathLike[str],
        *,
        schema: str | Mapping[str, Any] | None = None,
        code_scheme: str | Mapping[str, Any] | None = None,
        root: str | tuple[str, str] | None = None,
        weights: Iterable[str] = (),
    ) -> GridTree:
        """Builds a tree from a CSV file: its path, or its bytes. The rest is as in `from_table`."""
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        return cls(Tree.from_csv(data, _wishes(schema, code_scheme, root, weights)))

    def __len__(self) -> int:
        """How many grids there are, the root among them."""
        return len(self._core)

    def __repr__(self) -> str:
        """The root's code and the number of grids on each level."""
        return f"GridTree({self._core.codes(bytes(4)).column('code')[0]!r}, counts={self.counts()})"

    def counts(self, grid: str | int | None = None) -> list[int]:
        """The number of grids on each level, from level 0; of the subtree of `grid`, if one is given."""
        return self._core.counts(0 if grid is None else self._position(grid))

    def index(self, codes: Column) -> Any:
        """The positions of a column of codes; a NumPy array for a NumPy array, a list otherwise."""
        return positions_out(self._core.index(codes_in(codes)), codes)

    def parent(self, grid: Any) -> Any:
        """The code of the parent of a grid, or of each in a column; None for the root."""
        return self._map(grid, self._core.parents)

    def ancestor_at(self, grid: Any, level: int) -> Any:
        """The grid on a level that a grid, or each in a column, lies in; None if its path has none."""
        return self._map(grid, lambda packed: self._core.ancestors_at(packed, level))

    def lca(self, a: Any, b: Any) -> Any:
        """The lowest grid that both lie in; of two codes, or of two columns of the same length."""
        if not is_column(a) and not is_column(b):
            return self._one(self._core.lcas(self._packed([a]), self._packed([b])), a)
        return self._out(self._core.lcas(self._packed(a), self._packed(b)), a)

    def path(self, grid: str | int) -> list[Any]:
        """The way from the root to a grid, both among it."""
        return self._out(self._core.path(self._position(grid)), [grid])

    def children(self, grid: str | int) -> list[Any]:
        """The grids directly beneath, in the order of their codes."""
        return self._out(self._core.children(self._position(grid)), [grid])

    def to_table(self, like: Table = None) -> Any:
        """All grids as a table of the kind the tree was built from, or of the kind `like` is."""
        return table_out(self._core.table(), self._like if like is None else like)

    # ── codes or positions, one or many ──
    def _packed(self, column: Column) -> bytes:
        if is_positions(column):
            return positions_in(column)
        return self._core.index(codes_in(column))

    def _position(self, grid: str | int) -> int:
        return grid if isinstance(grid, int) else int.from_bytes(self._core.index([grid]), "little")

    def _map(self, grid: Any, ask: Callable[[bytes], bytes]) -> Any:
        if is_column(grid):
            return self._out(ask(self._packed(grid)), grid)
        return self._one(ask(self._packed([grid])), grid)

    def _one(self, packed: bytes, like: str | int) -> Any:
        [value] = self._out(packed, [like])
        return None if value == -1 else value

    def _out(self, packed: bytes, like: Column) -> Any:
        if is_positions(like):
            return positions_out(packed, like)
        return column_out(self._core.codes(packed), "code", like)
