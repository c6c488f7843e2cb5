"""Assignment, matching and flow on bare numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gridcore as gc

from .input import infeasible

if TYPE_CHECKING:
    from .input import Input, Op


def size(given: Input) -> tuple[int, int]:
    return given["rows"], given["columns"]


def assigned(found: Any) -> Input:
    bound = sum(found["row_duals"]) + sum(found["column_duals"])
    return {"columns": found["columns"], "cost": found["cost"], "bound": bound}


def dense(given: Input) -> Input:
    found = gc.solve.assign_dense(given["costs"])
    gc.solve.verify_dense(given["costs"], found)
    return assigned(found)


def free(arcs: Input) -> Input:
    """Arcs with costs, which are nothing where none are given."""
    return {"cost": [0] * len(arcs["row"]), **arcs}


def assign(given: Input) -> Input:
    arcs = free(given["arcs"])
    if "earlier" in given:
        before = gc.solve.assign(*size(given), free(given["earlier"]))
        found = gc.solve.reassign(*size(given), arcs, before)
    else:
        found = gc.solve.assign(*size(given), arcs)
    gc.solve.verify_assigned(*size(given), arcs, found)
    return assigned(found)


def matched(given: Input) -> Input:
    found = gc.solve.maximum_matching(*size(given), given["arcs"])
    gc.solve.verify_matching(*size(given), given["arcs"], found)
    return {**found, "columns": [None if column < 0 else column for column in found["columns"]]}


def flow(given: Input) -> Input:
    supplies, arcs = given["supplies"], given["arcs"]
    if "earlier" in given:
        before = gc.solve.min_cost_flow(supplies, given["earlier"])
        supplies = given["later_supplies"]
        found = gc.solve.reflow(supplies, arcs, before)
    else:
        found = gc.solve.min_cost_flow(supplies, arcs)
    gc.solve.verify_flow(supplies, arcs, found)
    return {"flows": found["flows"], "cost": found["cost"]}


def bare(given: Input) -> Any:
    return assign(given) if given["problem"] == "assign" else flow(given)


OPS: dict[str, Op] = {
    "solve.assign_dense": dense,
    "solve.assign": assign,
    "solve.reassign": assign,
    "solve.maximum_matching": matched,
    "solve.min_cost_flow": flow,
    "solve.reflow": flow,
    "solve.infeasible": infeasible(bare),
}
