"""The grid tree (网格体系): built from a table with every fault reported, then immutable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ._frames import (
    Column,
    Table,
    codes_in,
    column_out,
    is_column,
    is_numpy,
    is_positions,
    kind_of,
    positions_in,
    positions_out,
    records_out,
    rows_in,
    table_in,
    table_out,
    unknown_position,
    wrong_type,
)
from ._gridcore import BuildError, GridcoreError, Tree
from ._gridcore import Fronts as CoreFronts
from .geo import Footprints
from .notation import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import PathLike


def _definition(what: str, value: object) -> str | None:
    """The name of something built in as it is; a definition of the caller's own as JSON."""
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        raise wrong_type(what, value, "a name or a definition (a dict)")
    return json.dumps(dict(cast("Mapping[str, Any]", value)))


def _wishes(
    schema: str | Mapping[str, Any] | None,
    code_scheme: str | Mapping[str, Any] | None,
    root: str | tuple[str, str] | None,
    weights: Iterable[str],
) -> dict[str, Any]:
    code, name = root if isinstance(root, tuple) else (root, None)
    return {
        "schema": _definition("schema", schema),
        "code_scheme": _definition("code_scheme", code_scheme),
        "root_code": code,
        "root_name": name,
        "weights": [weights] if isinstance(weights, str) else list(weights),
    }


class Lossy(NamedTuple):
    """What could be built from a table that has faults, and what became of every other row."""

    tree: GridTree | None
    faults: Any
    rejected: Any


class Edited(NamedTuple):
    """A tree after edits, and what became of each code that they touched."""

    tree: GridTree
    map: list[dict[str, Any]]


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
        like: Table = None,
    ) -> GridTree:
        """Builds a tree from a CSV file: its path, or its bytes. The rest is as in `from_table`.

        Results come back as the kind of table that `like` is; without one, as lists of dicts.
        """
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        core = Tree.from_csv(data, _wishes(schema, code_scheme, root, weights))
        return cls(core, None if like is None else kind_of(like))

    @classmethod
    def from_csv_lossy(
        cls,
        source: bytes | str | PathLike[str],
        *,
        schema: str | Mapping[str, Any] | None = None,
        code_scheme: str | Mapping[str, Any] | None = None,
        root: str | tuple[str, str] | None = None,
        weights: Iterable[str] = (),
    ) -> Lossy:
        """Builds what can be built from a CSV file: its path, or its bytes. The rest is as in `from_table_lossy`."""
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        core, faults, rejected = Tree.from_csv_lossy(data, _wishes(schema, code_scheme, root, weights))
        return Lossy(None if core is None else cls(core), faults, rejected)

    @classmethod
    def from_table_lossy(
        cls,
        table: Table,
        *,
        schema: str | Mapping[str, Any] | None = None,
        code_scheme: str | Mapping[str, Any] | None = None,
        root: str | tuple[str, str] | None = None,
        weights: Iterable[str] = (),
    ) -> Lossy:
        """Builds what can be built: the valid tree under the largest root, the faults, the rejected rows."""
        wishes = _wishes(schema, code_scheme, root, weights)
        core, faults, rejected = Tree.build_lossy(table_in(table), wishes)
        tree = None if core is None else cls(core, kind_of(table))
        return Lossy(tree, records_out(faults, table), records_out(rejected, table))

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

    def codes(self, positions: Column) -> Any:
        """The codes at a column of positions; None where a position is -1."""
        return column_out(self._core.codes(positions_in(positions)), "code", [] if is_numpy(positions) else positions)

    def __contains__(self, code: object) -> bool:
        """Whether the tree has a grid with this code."""
        if not isinstance(code, str):
            return False
        try:
            self._core.index([code])
        except GridcoreError:
            return False
        return True

    def parent(self, grid: Any) -> Any:
        """The parent of a grid, or of each in a column; None (or -1 among positions) for the root."""
        return self._map(grid, self._core.parents)

    def ancestor_at(self, grid: Any, level: int) -> Any:
        """The grid on a level that a grid, or each in a column, lies in; None if its path has none."""
        return self._map(grid, lambda packed: self._core.ancestors_at(packed, level))

    def lca(self, a: Any, b: Any) -> Any:
        """The lowest grid that both lie in; of two grids, or of two columns of the same length."""
        if not is_column(a) and not is_column(b):
            return self._one(self._core.lcas(self._single(a), self._single(b)), a)
        return self._out(self._core.lcas(self._packed(a), self._packed(b)), a)

    def is_ancestor(self, above: Any, below: Any) -> Any:
        """Whether the first is the second or lies above it; of two grids, or of two columns."""
        return self._compare(above, below, self._core.are_ancestors)

    def distance(self, a: Any, b: Any) -> Any:
        """How many steps up and down lead from one to the other; of two grids, or of two columns."""
        return self._compare(a, b, self._core.distances)

    def depth(self, grid: Any) -> Any:
        """How many steps a grid, or each in a column, lies below the root."""
        if is_column(grid):
            return self._core.depths(self._packed(grid))
        return self._core.depths(self._single(grid))[0]

    def path(self, grid: Any) -> Any:
        """The way from the root to a grid, both among it; a list for each in a column."""
        return self._lists(grid, self._core.paths_of)

    def children(self, grid: Any) -> Any:
        """The grids directly beneath, in the order of their codes; a list for each in a column."""
        return self._lists(grid, self._core.children_of)

    def descendants(self, grid: Any, level: int | None = None) -> Any:
        """Everything beneath a grid, on one level if one is given; a list for each in a column."""
        return self._lists(grid, lambda packed: self._core.descendants_of(packed, level))

    def leaves(self, grid: Any) -> Any:
        """The grids beneath which nothing lies, in the subtree of a grid; a list for each in a column."""
        return self._lists(grid, self._core.leaves_of)

    def siblings(self, grid: Any) -> Any:
        """The other children of a grid's parent; a list for each in a column."""
        return self._lists(grid, self._core.siblings_of)

    def layout(self, grid: str | int | None = None) -> str:
        """The number of grids on each level from the root's (or a grid's) down, as in `1+26+307+1307`."""
        counts = self.counts(grid)
        first = next(level for level, count in enumerate(counts) if count)
        return str(Layout(counts[first:]))

    def row(self, grid: str | int) -> dict[str, Any]:
        """One grid as a row."""
        return json.loads(self._core.row(self._position(grid)))

    def to_table(self, like: Table = None, *, grid: str | int | None = None) -> Any:
        """All grids, or those of a subtree, as a table of the kind the tree was built from, or `like` is."""
        position = None if grid is None else self._position(grid)
        return table_out(self._core.table(position), self._like if like is None else like)

    def children_page(self, grid: str | int, offset: int, limit: int) -> dict[str, Any]:
        """A part of the children of a grid for a view: `total`, and `rows` with the number of their children."""
        return json.loads(self._core.children_page(self._position(grid), offset, limit))

    def search(
        self, text: str, *, limit: int | None = None, level: int | None = None, under: str | int | None = None
    ) -> Any:
        """The grids that answer a text as people type it (a name, pinyin, initials, a code), the best first.

        >>> import gridcore as gc
        >>> [row["name"] for row in gc.samples.register(2023).search("maan", level=2)]
        ['马安村民委员会', '马安社区居民委员会']
        """
        position = None if under is None else self._position(under)
        return self._records(self._core.search(text, limit, level, position))

    def rollup(self, table: Table, how: Mapping[str, str | tuple[str, str]], *, by: str = "code") -> Any:
        """Rolls columns of a table up the tree: one row for each grid, with the value over it and all beneath it.

        `how` says for each column `"sum"`, `"count"`, `"min"`, `"max"`, `"mean"`, or `("mean", weights)` with
        another column; `by` names the column of codes. A grid may have several rows, or none.
        """
        pairs = [(name, wish if isinstance(wish, tuple) else (wish, None)) for name, wish in how.items()]
        measures = [(name, kind, weights) for name, (kind, weights) in pairs]
        return table_out(self._core.rollup(table_in(table), by, measures), table)

    def total(self, weight: str) -> Any:
        """The totals of a weight that the tree has, as a table of codes and values."""
        return table_out(self._core.total(weight), self._like)

    def spans(self, grid: str | int | None = None, *, profile: Mapping[str, int] | None = None) -> dict[str, Any]:
        """The spans of control per level and who breaks the profile; without one, that of ICS (3 to 7, best 5)."""
        position = 0 if grid is None else self._position(grid)
        return json.loads(self._core.spans(position, None if profile is None else json.dumps(profile)))

    def supervisors(self, bound: int, grid: str | int | None = None) -> dict[str, Any]:
        """The fewest extra grids, and where, that bring every span to at most `bound`."""
        return json.loads(self._core.supervisors(0 if grid is None else self._position(grid), bound))

    def declared(self, rows: Iterable[Mapping[str, Any]]) -> Any:
        """Declared counts beside the registered ones, with what a declared total leaves for the rest.

        A row has `grids` (codes; none for the total), `level` and `declared`: a count or a rounded claim.
        """
        return self._records(self._core.declared(json.dumps(rows_in("rows", rows))))

    def fronts(self, rows: Iterable[Mapping[str, Any]]) -> Fronts:
        """Lays fronts (战线) over the tree; a row has `front`, `zh`, `en` and `grid`."""
        return Fronts(self, self._core.fronts(json.dumps(rows_in("rows", rows))))

    def edit(self, edits: Iterable[Mapping[str, Any]]) -> Edited:
        """Applies edits in order, all or none: rename, recode, move, split, merge, remove, insert.

        >>> import gridcore as gc
        >>> rows = [{"code": "1", "parent": None, "name": "city"}, {"code": "11", "parent": "1", "name": "north"}]
        >>> edited = gc.GridTree.from_table(rows).edit([{"op": "rename", "grid": "11", "name": "upper north"}])
        >>> edited.tree.row("11")["name"], edited.map[0]["old"]
        ('upper north', '11')

        Raises `GridcoreError` with every edit that fails; then nothing is changed.
        """
        core, changes = self._core.edit(json.dumps(rows_in("edits", edits)))
        return Edited(GridTree(core, self._like), json.loads(changes))

    def extract(self, grid: str | int) -> GridTree:
        """A grid and everything beneath it as a tree of its own."""
        return GridTree(self._core.extract(self._position(grid)), self._like)

    def about(self) -> dict[str, Any]:
        """The schema, the code scheme and the names of the weights."""
        return json.loads(self._core.about())

    def to_json(self) -> str:
        """The tree as versioned JSON, by code; equal trees give equal text."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> GridTree:
        """Loads a tree from its JSON; it is checked like any other table."""
        return cls(Tree.from_json(text))

    def __reduce__(self) -> tuple[Callable[[str], GridTree], tuple[str]]:
        """Pickles the tree as its JSON."""
        return GridTree.from_json, (self.to_json(),)

    def __eq__(self, other: object) -> bool:
        """Whether two trees have the same grids in the same places."""
        return isinstance(other, GridTree) and self._core == other._core

    def __hash__(self) -> int:
        """A hash of the root and the counts: equal trees have the same."""
        return hash((self._core.codes(bytes(4)).column("code")[0], *self.counts()))

    def footprints(
        self,
        geojson: str | Mapping[str, Any] | None = None,
        *,
        code_property: str | None = None,
        crs: str | None = None,
        invented: bool = False,
        close_rings: bool = False,
    ) -> Footprints:
        """Outlines beside the tree: from GeoJSON, or from the tree's own column `footprint`."""
        text = geojson if geojson is None or isinstance(geojson, str) else json.dumps(geojson)
        return Footprints(self, self._core.footprints(text, code_property, crs, invented, close_rings))

    def to_geojson(
        self, counts: Iterable[Mapping[str, Any]] = (), footprints: Footprints | None = None, **wishes: Any
    ) -> str:
        """The strength map (网格人员力量分布图) as GeoJSON; arguments and wishes are those of `to_svg`."""
        outlines = self.footprints() if footprints is None else footprints
        return self._core.to_geojson(_rows(counts), json.dumps(wishes), outlines._core)

    def to_svg(
        self, counts: Iterable[Mapping[str, Any]] = (), footprints: Footprints | None = None, **wishes: Any
    ) -> str:
        """The strength map in SVG: over outlines (the tree's own, if none are passed), or a treemap without any.

        `counts` has rows of `code`, `role` and `count`. Wishes: `lang` ("en", "zh"), `title`, `role`, `level` or
        `all` (which grids are cells; else the leaves), `area` (a weight), `classes`, `equal_breaks`, `size`
        (width and height), `min_cell` (counts below it are withheld; for residents, not for staff).
        """
        outlines = self.footprints() if footprints is None else footprints
        return self._core.to_svg(_rows(counts), json.dumps(wishes), outlines._core)

    def _repr_html_(self) -> str:
        """A table of the levels, for a notebook."""
        schema = self.about()["schema"]["levels"]
        rows: list[str] = []
        for level, count in enumerate(self.counts()):
            label = schema[level]["label"] if level < len(schema) else {"zh": "", "en": ""}
            rows.append(f"<tr><td>{level}</td><td>{label['zh']}</td><td>{label['en']}</td><td>{count:,}</td></tr>")
        head = "<tr><th>level</th><th></th><th></th><th>grids</th></tr>"
        return f"<table><caption>{escape(repr(self))}</caption>{head}{''.join(rows)}</table>"

    # ── codes or positions, one or many ──
    def _packed(self, column: Column) -> bytes:
        if is_positions(column):
            return positions_in(column)
        return self._core.index(codes_in(column))

    def _position(self, grid: str | int) -> int:
        if isinstance(grid, str):
            return int.from_bytes(self._core.index([grid]), "little")
        if isinstance(grid, bool) or not isinstance(cast("object", grid), int):
            raise wrong_type("grid", grid, "a code or a position")
        if not 0 <= grid < len(self):
            raise unknown_position(grid)
        return grid

    def _single(self, grid: str | int) -> bytes:
        return self._position(grid).to_bytes(4, "little")

    def _map(self, grid: Any, ask: Callable[[bytes], bytes]) -> Any:
        if is_column(grid):
            return self._out(ask(self._packed(grid)), grid)
        return self._one(ask(self._single(grid)), grid)

    def _compare(self, a: Any, b: Any, ask: Callable[[bytes, bytes], list[Any]]) -> Any:
        if not is_column(a) and not is_column(b):
            return ask(self._single(a), self._single(b))[0]
        return ask(self._packed(a), self._packed(b))

    def _lists(self, grid: Any, ask: Callable[[bytes], tuple[list[int], bytes]]) -> list[Any]:
        single = not is_column(grid)
        offsets, packed = ask(self._single(grid) if single else self._packed(grid))
        values = self._out(packed, [grid] if single else list(grid[:1]))
        lists = [values[start:stop] for start, stop in pairwise(offsets)]
        return lists[0] if single else lists

    def _one(self, packed: bytes, like: str | int) -> Any:
        [value] = self._out(packed, [like])
        return None if value == -1 else value

    def _out(self, packed: bytes, like: Column) -> Any:
        if is_positions(like):
            return positions_out(packed, like)
        return column_out(self._core.codes(packed), "code", like)

    def _records(self, text: str) -> Any:
        return records_out(json.loads(text), [] if self._like is None else self._like)


def _rows(rows: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps(rows_in("counts", rows))


def edit_map_then(first: Iterable[Mapping[str, Any]], later: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One map of an edit and then that of a later one, as one: from the first codes to the last."""
    return json.loads(Tree.join_edits(_rows(first), _rows(later)))


class Fronts:
    """Fronts (战线) over a tree: named overlays over any grids, which never count in its totals."""

    __slots__ = ("_core", "_tree")

    def __init__(self, tree: GridTree, core: CoreFronts) -> None:
        """Wraps fronts of the core."""
        self._tree = tree
        self._core = core

    def rows(self) -> list[dict[str, Any]]:
        """The fronts with their members, as rows."""
        return json.loads(self._core.rows())

    def counts(self) -> list[dict[str, Any]]:
        """How many grids of each level each front has, directly and in all it reaches."""
        return json.loads(self._core.counts())

    def of(self, grid: str | int) -> list[dict[str, str]]:
        """The fronts that a grid belongs to: each with the grid, itself or one above it, that brings it in."""
        return json.loads(self._core.of(self._tree._position(grid)))

    def members(self, front: str) -> list[str]:
        """The codes of the members of a front."""
        packed = self._core.members(front)
        if packed is None:
            raise KeyError(front)
        return column_out(self._tree._core.codes(packed), "code", [])
