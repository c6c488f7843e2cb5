"""Assignment, matching and flow: against SciPy and networkx, in every kind of column, stopped and refused."""

from __future__ import annotations

import importlib.util
import os
import pickle
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, cast

import gridcore as gc
import networkx as nx
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

ARCS = {"row": [0, 0, 0, 1, 1], "column": [0, 1, 2, 0, 1], "cost": [4, 2, 8, 3, 7]}


def test_a_dense_matrix_costs_what_scipy_says() -> None:
    rng = np.random.default_rng(20241)
    for _ in range(500):
        rows = int(rng.integers(1, 25))
        costs = rng.integers(-1000, 1000, size=(rows, rows + int(rng.integers(0, 10))))
        found = gc.solve.assign_dense(costs)
        at, columns = linear_sum_assignment(costs)
        assert found["cost"] == costs[at, columns].sum() == costs[np.arange(rows), found["columns"]].sum()
        gc.solve.verify_dense(costs, found)


def test_sparse_candidates_cost_what_scipy_says_or_share_too_few_columns() -> None:
    rng = np.random.default_rng(20242)
    impossible = 0
    for number in range(500):
        rows = int(rng.integers(1, 40))
        columns = rows + int(rng.integers(0, 8))
        each = int(rng.integers(1, 6))
        row = np.repeat(np.arange(rows), each)
        column = rng.integers(0, columns, size=rows * each)
        # SciPy adds duplicates up and takes 0 for nothing: so each pair once, and no cost of 0.
        pairs = np.unique(np.stack([row, column], axis=1), axis=0)
        cost = rng.integers(1, 100, size=len(pairs))
        arcs = {"row": pairs[:, 0], "column": pairs[:, 1], "cost": cost}
        graph = csr_array((cost, (pairs[:, 0], pairs[:, 1])), shape=(rows, columns))
        try:
            at, chosen = min_weight_full_bipartite_matching(graph)
        except ValueError:
            impossible += 1
            with pytest.raises(gc.Infeasible) as caught:
                gc.solve.assign(rows, columns, arcs)
            cause = caught.value.cause
            shared = {int(b) for a, b in pairs if a in cause["rows"]}
            assert shared == set(cause["columns"])
            assert len(shared) < len(cause["rows"])
            matching = gc.solve.maximum_matching(rows, columns, arcs)
            gc.solve.verify_matching(rows, columns, arcs, matching)
            assert (
                matching["size"]
                == nx.bipartite.maximum_matching(
                    nx.Graph([(("row", a), ("column", b)) for a, b in pairs.tolist()]),
                    top_nodes=[("row", a) for a in set(pairs[:, 0].tolist())],
                ).__len__()
                // 2
            )
            continue
        found = gc.solve.assign(rows, columns, arcs)
        assert found["cost"] == graph[at, chosen].sum(), number
        gc.solve.verify_assigned(rows, columns, arcs, found)
        arcs["cost"] = cost + rng.integers(0, 3, size=len(cost))
        warm = gc.solve.reassign(rows, columns, arcs, found)
        assert warm["cost"] == gc.solve.assign(rows, columns, arcs)["cost"]
    assert 50 < impossible < 450


def test_a_flow_costs_what_networkx_says_or_names_the_cut() -> None:
    rng = np.random.default_rng(20243)
    impossible = 0
    for _ in range(150):
        nodes = int(rng.integers(2, 12))
        count = int(rng.integers(1, 40))
        tail, head = rng.integers(0, nodes, size=(2, count))
        keep = tail != head
        arcs: dict[str, Any] = {
            "tail": tail[keep],
            "head": head[keep],
            "capacity": rng.integers(0, 10, size=keep.sum()),
            "cost": rng.integers(0, 20, size=keep.sum()),
        }
        supplies = rng.integers(-3, 4, size=nodes)
        supplies[-1] -= supplies.sum()
        graph = nx.MultiDiGraph()
        graph.add_nodes_from((node, {"demand": -int(supply)}) for node, supply in enumerate(supplies))
        for a, b, capacity, weight in zip(*(arcs[name].tolist() for name in arcs), strict=True):
            graph.add_edge(a, b, capacity=capacity, weight=weight)
        try:
            cost, _ = nx.network_simplex(graph)
        except nx.NetworkXUnfeasible:
            impossible += 1
            with pytest.raises(gc.Infeasible) as caught:
                gc.solve.min_cost_flow(supplies, arcs)
            assert caught.value.code == "infeasible"
            inside = set(caught.value.cause["nodes"])
            assert sum(int(supplies[node]) for node in inside) == caught.value.cause["supply"]
            continue
        found = gc.solve.min_cost_flow(supplies, arcs)
        assert found["cost"] == cost
        gc.solve.verify_flow(supplies, arcs, found)
        for before in (
            found,
            pickle.loads(pickle.dumps(found)),
            {name: list(found[name]) for name in ("flows", "potentials")} | {"cost": 0},
        ):
            assert gc.solve.reflow(supplies, arcs, before)["cost"] == cost
    assert 10 < impossible < 140


@pytest.mark.parametrize("kind", ["dicts", "lists", "numpy", "pandas", "polars", "pyarrow"])
def test_candidates_of_every_kind(kind: str) -> None:
    rows = [dict(zip(ARCS, row, strict=True)) for row in zip(*ARCS.values(), strict=True)]
    tables: dict[str, Any] = {
        "dicts": rows,
        "lists": ARCS,
        "numpy": {name: np.array(values, dtype=np.int32) for name, values in ARCS.items()},
        "pandas": pd.DataFrame(ARCS),
        "polars": pl.DataFrame(ARCS),
        "pyarrow": pa.table(ARCS),
    }
    found = gc.solve.assign(2, 3, tables[kind])
    assert isinstance(found["columns"], np.ndarray if kind == "numpy" else list)
    assert (list(found["columns"]), found["cost"]) == ([1, 0], 5)
    gc.solve.verify_assigned(2, 3, tables[kind], found)
    partly = gc.solve.maximum_matching(3, 3, tables[kind])
    assert (list(partly["columns"]), partly["size"], partly["hall"]) == ([0, 1, -1], 2, {"rows": [2], "columns": []})


@pytest.mark.parametrize(
    "costs",
    [
        [[4, 2, 8], [3, 7, 9]],
        np.array([[4, 2, 8], [3, 7, 9]]),
        np.array([[4.0, 2.0, 8.0], [3.0, 7.0, 9.0]]),
        np.array([[4, 2, 8], [3, 7, 9]], dtype=np.uint64),
        np.array([[4, 3], [2, 7], [8, 9]]).T,
        pl.DataFrame({"a": [4, 3], "b": [2, 7], "c": [8, 9]}),
        pd.DataFrame({"a": [4, 3], "b": [2, 7], "c": [8, 9]}),
    ],
)
def test_a_matrix_of_every_kind(costs: Any) -> None:
    found = gc.solve.assign_dense(costs)
    assert (list(found["columns"]), found["cost"]) == ([1, 0], 5)
    gc.solve.verify_dense(costs, found)


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_a_missing_capacity_is_no_limit(make: Any) -> None:
    arcs = {"tail": [0, 0, 1], "head": [2, 1, 2], "capacity": [None, 2, None], "cost": [4, 1, 1]}
    found = gc.solve.min_cost_flow([3, 0, -3], make(arcs))
    assert (found["flows"], found["cost"]) == ([1, 2, 2], 8)


def test_costs_near_the_limits_add_up_exactly_or_are_refused() -> None:
    top = 2**62
    assert gc.solve.assign_dense([[top - 1, top], [top, top - 1]])["cost"] == 2 * (top - 1)
    with pytest.raises(gc.GridcoreError) as caught:
        gc.solve.assign_dense([[-(2**63), 2**63 - 1], [2**63 - 1, -(2**63)]])
    assert caught.value.code == "overflow"


def test_what_does_not_fit_is_named_with_its_row() -> None:
    wrong: list[tuple[str, list[tuple[int | None, str]], Any]] = [
        ("wrong_shape", [(1, "not_whole")], lambda: gc.solve.assign_dense([[1, 2.5], [3, 4]])),
        ("wrong_shape", [(0, "not_finite")], lambda: gc.solve.assign_dense(np.array([[np.nan, 1.0]]))),
        ("wrong_shape", [(0, "wrong_type")], lambda: gc.solve.assign_dense([["x"]])),
        ("wrong_shape", [(0, "missing_value")], lambda: gc.solve.assign_dense([[None]])),
        ("wrong_length", [(1, "wrong_length")], lambda: gc.solve.assign_dense([[1, 2], [3]])),
        ("wrong_shape", [(0, "out_of_range")], lambda: gc.solve.assign(1, 1, {"row": [-1], "column": [0]})),
        ("wrong_shape", [(None, "wrong_length")], lambda: gc.solve.assign(1, 1, {"row": [0], "column": []})),
        ("missing_column", [(None, "missing_column")], lambda: gc.solve.assign(1, 1, {"row": [0]})),
        ("unknown_column", [(None, "unknown_column")], lambda: gc.solve.assign(1, 1, {**ARCS, "price": [1]})),
        (
            "malformed_candidates",
            [(0, "row_out_of_range"), (1, "column_out_of_range")],
            lambda: gc.solve.assign(1, 1, {"row": [1, 0], "column": [0, 9]}),
        ),
        (
            "malformed",
            [(0, "unknown_head"), (0, "lower_above_capacity")],
            lambda: gc.solve.min_cost_flow([0], {"tail": [0], "head": [5], "lower": [2], "capacity": [1]}),
        ),
        ("unassignable", [(None, "unassignable")], lambda: gc.solve.assign_dense([[1], [2]])),
        ("infeasible", [(None, "infeasible")], lambda: gc.solve.min_cost_flow([1, 0], {"tail": [], "head": []})),
        (
            "unbounded",
            [(None, "unbounded")],
            lambda: gc.solve.min_cost_flow([0, 0], {"tail": [0, 1], "head": [1, 0], "cost": [-1, 0]}),
        ),
        ("wrong_type", [(None, "wrong_type")], lambda: gc.solve.min_cost_flow("12", {"tail": [], "head": []})),
        ("wrong_cost", [(None, "wrong_cost")], lambda: gc.solve.verify_assigned(2, 3, ARCS, {**best(), "cost": 4})),
    ]
    for code, faults, ask in wrong:
        with pytest.raises(gc.GridcoreError) as caught:
            ask()
        assert (caught.value.code, [(one["row"], one["code"]) for one in caught.value.faults]) == (code, faults)
    assert issubclass(gc.Infeasible, gc.GridcoreError)


def best() -> dict[str, Any]:
    return gc.solve.assign(2, 3, ARCS)


def long_work(size: int = 1500) -> dict[str, Any]:
    rng = np.random.default_rng(7)
    return {"costs": rng.integers(0, 10**9, size=(size, size))}


def test_ctrl_c_stops_long_work_at_once() -> None:
    work = long_work()
    pressed: list[float] = []

    def press() -> None:
        time.sleep(0.3)
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    with pytest.raises(KeyboardInterrupt):
        for _ in range(1000):
            gc.solve.assign_dense(**work)
    stopped = time.monotonic()
    presser.join()
    assert stopped - pressed[0] < 0.3


def test_other_threads_run_while_the_core_works() -> None:
    work = long_work(1200)
    done = threading.Event()
    ticks = 0

    def solve() -> None:
        gc.solve.assign_dense(**work)
        done.set()

    solver = threading.Thread(target=solve)
    solver.start()
    while not done.wait(0.001):
        ticks += 1
    solver.join()
    assert ticks > 3


BAR = """
closed = 0

class tqdm:
    def __init__(self, **options):
        self.n, self.total = 0, None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        global closed
        closed += 1

    def update(self, more):
        assert more >= 0
        self.n += more
"""


def test_work_is_limited_and_its_progress_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = long_work(1200)
    with pytest.raises(gc.GridcoreError) as caught:
        gc.solve.assign_dense(**work, limit=1)
    assert caught.value.code == "work_limit"
    heard: list[int] = []
    gc.solve.assign_dense(**work, progress=lambda done, _: heard.append(done))
    assert heard == sorted(heard)

    # A bar of progress is drawn by tqdm, where that is installed.
    (tmp_path / "tqdm").mkdir()
    (tmp_path / "tqdm" / "__init__.py").touch()
    (tmp_path / "tqdm" / "auto.py").write_text(BAR)
    with monkeypatch.context() as without:
        without.setattr(importlib.util, "find_spec", lambda _: None)
        gc.solve.assign_dense([[1]], progress=True)
    for name in [name for name in sys.modules if name.partition(".")[0] == "tqdm"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    gc.solve.assign_dense(**work, progress=True)
    assert sys.modules["tqdm.auto"].closed == 1

    def enough(done: int, total: int | None) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        gc.solve.assign_dense(**work, progress=enough)


def test_an_answer_that_is_none_is_refused() -> None:
    arcs = {"row": [0], "column": [0], "cost": [1]}
    matched = gc.solve.maximum_matching(1, 1, arcs)
    for code, call in [
        ("wrong_type", lambda: gc.solve.verify_assigned(1, 1, arcs, cast("Any", None))),
        ("missing_column", lambda: gc.solve.verify_assigned(1, 1, arcs, {"columns": [0]})),
        ("wrong_type", lambda: gc.solve.verify_matching(1, 1, arcs, {**matched, "cover": "Zhang San"})),
        ("wrong_type", lambda: gc.solve.verify_matching(1, 1, arcs, {**matched, "size": 0.5})),
        ("wrong_type", lambda: gc.solve.assign_dense([None])),
    ]:
        with pytest.raises(gc.GridcoreError) as caught:
            call()
        assert caught.value.code == code
        assert "Zhang" not in str(caught.value)
    gc.solve.verify_matching(1, 1, arcs, {**matched, "size": np.int64(1)})
