"""Assignment, matching and flow on bare numbers: exact in whole numbers, each answer with the prices that prove it.

Rows, columns and nodes are numbered from 0. What has no answer raises `Infeasible`, whose `cause` names the set that
forbids one. Prices and flows come back as the kind of column that came in: NumPy arrays for NumPy arrays, lists
otherwise; a row without a column has -1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from . import _gridcore
from ._frames import (
    Column,
    Table,
    integers_in,
    integers_out,
    list_in,
    matrix_in,
    number_columns,
    positions_in,
    positions_out,
    refusal,
    wrong_type,
)
from ._gridcore import GridcoreError
from ._progress import Progress, reins

if TYPE_CHECKING:
    from ._frames import Numbers
    from ._gridcore import Flow

Answer = Mapping[str, Any]


def _pairs(arcs: Table) -> tuple[dict[str, Any], Column]:
    columns, like = number_columns("arcs", arcs, ("row", "column"), ("cost",))
    return columns, like


def _assigned(parts: tuple[bytes, int, bytes, bytes], like: Column) -> dict[str, Any]:
    columns, cost, row_duals, column_duals = parts
    return {
        "columns": positions_out(columns, like),
        "cost": cost,
        "row_duals": integers_out(row_duals, like),
        "column_duals": integers_out(column_duals, like),
    }


def _packed(column: Column) -> bytes:
    return _gridcore.pack_integers(integers_in(column))


def _parts(answer: object, *names: str) -> list[Any]:
    """The parts of an earlier answer; what has none of a name is refused, and so is a cost that is no number."""
    if not isinstance(answer, Mapping):
        raise wrong_type("answer", answer, "an answer of this module (a dict)")
    given = cast("Answer", answer)
    for name in names:
        if name not in given:
            message, message_zh = f"the answer has no {name!r}; pass it as it came", f"答案缺少 {name!r}；请原样传入"
            raise refusal(GridcoreError, "missing_column", message, message_zh, column=name)
        if name in {"cost", "size"} and (isinstance(given[name], bool) or not hasattr(given[name], "__index__")):
            raise wrong_type(f"answer.{name}", given[name], "a whole number")
    return [given[name] for name in names]


def _earlier(answer: Answer) -> tuple[bytes, int, bytes, bytes]:
    columns, cost, row_duals, column_duals = _parts(answer, "columns", "cost", "row_duals", "column_duals")
    return positions_in(columns), int(cost), _packed(row_duals), _packed(column_duals)


def _flow(answer: Answer) -> tuple[bytes, bytes, int]:
    flows, potentials, cost = _parts(answer, "flows", "potentials", "cost")
    return _packed(flows), _packed(potentials), int(cost)


def _set(what: str, answer: object) -> dict[str, list[int]]:
    """A set of rows and columns of an answer."""
    parts = zip(("rows", "columns"), _parts(answer, "rows", "columns"), strict=True)
    return {name: _places(f"{what}.{name}", part) for name, part in parts}


def _places(what: str, column: Column) -> list[int]:
    """Places from 0 of an answer."""
    places = list_in(what, column, "a column of whole numbers")
    for row, place in enumerate(places):
        if isinstance(place, bool) or not hasattr(place, "__index__") or not -1 <= place < 1 << 32:
            raise wrong_type(what, place, "a whole number of 32 bits", row)
    return [int(place) for place in places]


def assign_dense(costs: Any, *, limit: int | None = None, progress: Progress = None) -> dict[str, Any]:
    """Gives every row of a matrix of whole numbers a column of its own, at the least cost in all.

    `costs` is a two-dimensional NumPy array, a list of lists, or a table of numbers, with no more rows than columns.
    The answer has `columns` (of each row), `cost`, and the prices that prove it: `row_duals`, `column_duals`.

    >>> import gridcore as gc
    >>> gc.solve.assign_dense([[4, 2, 8], [3, 7, 9]])["columns"]
    [1, 0]
    """
    rows, columns, numbers, like = matrix_in(costs)
    with reins(limit, progress) as held:
        return _assigned(_gridcore.assign_dense(rows, columns, numbers, held), like)


def assign(
    rows: int, columns: int, arcs: Table, *, limit: int | None = None, progress: Progress = None
) -> dict[str, Any]:
    """Gives every row a column of its own among its candidates, at the least cost in all.

    `arcs` is a table with columns `row`, `column` and `cost` (a dict of NumPy arrays is read fastest); of several for
    one pair the cheapest counts. The answer is that of `assign_dense`.

    Raises `Infeasible` with the fewest `rows` that share too few `columns`.

    >>> import gridcore as gc
    >>> arcs = {"row": [0, 0, 1], "column": [0, 1, 0], "cost": [4, 2, 3]}
    >>> gc.solve.assign(2, 2, arcs)["cost"]
    5
    """
    pairs, like = _pairs(arcs)
    with reins(limit, progress) as held:
        return _assigned(_gridcore.assign(rows, columns, pairs, None, held), like)


def reassign(
    rows: int,
    columns: int,
    arcs: Table,
    previous: Answer,
    *,
    limit: int | None = None,
    progress: Progress = None,
) -> dict[str, Any]:
    """The same as `assign`, from an earlier answer: faster where little has changed, at the same cost."""
    pairs, like = _pairs(arcs)
    with reins(limit, progress) as held:
        return _assigned(_gridcore.assign(rows, columns, pairs, _earlier(previous), held), like)


def maximum_matching(
    rows: int, columns: int, arcs: Table, *, limit: int | None = None, progress: Progress = None
) -> dict[str, Any]:
    """Gives as many rows as possible a column of their own; costs play no part and may be left out.

    The answer has `columns` (-1 for a row without), `size`, `hall` (rows that share too few columns, or None) and
    `cover` (as many rows and columns as there are pairs, that touch every candidate).
    """
    pairs, like = _pairs(arcs)
    with reins(limit, progress) as held:
        found: dict[str, Any] = json.loads(_gridcore.maximum_matching(rows, columns, pairs, held))
    of_rows: list[int | None] = found["columns"]
    return {**found, "columns": positions_out(positions_in(of_rows), like)}


def min_cost_flow(supplies: Numbers, arcs: Table, *, limit: int | None = None, progress: Progress = None) -> FlowAnswer:
    """The cheapest flow: what nodes send (positive supplies) reaches those that take it (negative ones).

    `arcs` is a table with columns `tail`, `head` and, if there, `lower` (else 0), `capacity` (else, and where it is
    missing, no limit) and `cost` (else 0). The answer has `flows`, `cost`, and `potentials`, the price at each node.

    Raises `Infeasible` with the `nodes` that can't be served, or with the `arcs` of a ring that gains for ever.

    >>> import gridcore as gc
    >>> arcs = {"tail": [0, 0, 1], "head": [2, 1, 2], "capacity": [None, 2, None], "cost": [4, 1, 1]}
    >>> gc.solve.min_cost_flow([3, 0, -3], arcs)["flows"]
    [1, 2, 2]
    """
    columns, like = number_columns("arcs", arcs, ("tail", "head"), ("lower", "capacity", "cost"))
    with reins(limit, progress) as held:
        return _flowed(_gridcore.min_cost_flow(integers_in(supplies), columns, None, held), like)


def reflow(
    supplies: Numbers, arcs: Table, previous: Answer, *, limit: int | None = None, progress: Progress = None
) -> FlowAnswer:
    """The same as `min_cost_flow`, from an earlier answer: faster where little has changed, at the same cost."""
    columns, like = number_columns("arcs", arcs, ("tail", "head"), ("lower", "capacity", "cost"))
    before = previous._core if isinstance(previous, FlowAnswer) else _flow(previous)
    with reins(limit, progress) as held:
        return _flowed(_gridcore.min_cost_flow(integers_in(supplies), columns, before, held), like)


class FlowAnswer(dict[str, Any]):
    """A flow as a dict, which keeps the last tree of the search so that `reflow` starts from there."""

    __slots__ = ("_core",)

    def __init__(self, answer: Answer, core: Flow) -> None:
        """Wraps a flow of the core."""
        super().__init__(answer)
        self._core = core

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        """Pickles it as a plain dict."""
        return dict, (dict(self),)


def _flowed(parts: tuple[bytes, bytes, int, Flow], like: Column) -> FlowAnswer:
    flows, potentials, cost, core = parts
    answer = {"flows": integers_out(flows, like), "potentials": integers_out(potentials, like), "cost": cost}
    return FlowAnswer(answer, core)


def verify_dense(costs: Any, answer: Answer) -> None:
    """Checks an answer of `assign_dense` in exact integers; raises `GridcoreError` if it is not proved."""
    rows, columns, numbers, _ = matrix_in(costs)
    _gridcore.verify_dense(rows, columns, numbers, _earlier(answer))


def verify_assigned(rows: int, columns: int, arcs: Table, answer: Answer) -> None:
    """Checks an answer of `assign` in exact integers; raises `GridcoreError` if it is not proved."""
    _gridcore.verify_assigned(rows, columns, _pairs(arcs)[0], _earlier(answer))


def verify_matching(rows: int, columns: int, arcs: Table, answer: Answer) -> None:
    """Checks an answer of `maximum_matching`; raises `GridcoreError` if it is not proved."""
    given, size, hall, cover = _parts(answer, "columns", "size", "hall", "cover")
    matching = {
        "columns": [None if column < 0 else column for column in _places("answer.columns", given)],
        "size": int(size) if 0 <= size < 1 << 32 else 0,
        "hall": None if hall is None else _set("answer.hall", hall),
        "cover": _set("answer.cover", cover),
    }
    _gridcore.verify_matching(rows, columns, _pairs(arcs)[0], json.dumps(matching))


def verify_flow(supplies: Numbers, arcs: Table, answer: Answer) -> None:
    """Checks an answer of `min_cost_flow` in exact integers; raises `GridcoreError` if it is not proved."""
    columns, _ = number_columns("arcs", arcs, ("tail", "head"), ("lower", "capacity", "cost"))
    _gridcore.verify_flow(integers_in(supplies), columns, _flow(answer))
