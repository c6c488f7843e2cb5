"""The tree from tables of every kind."""

from typing import Any, cast

import duckdb
import gridcore as gc
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

ROWS = [
    {"code": "1", "parent": None, "name": "city", "households": None},
    {"code": "11", "parent": "1", "name": "north", "households": None},
    {"code": "111", "parent": "11", "name": "mill", "households": 3.5},
    {"code": "12", "parent": "1", "name": "south", "households": 4.0},
]
COLUMNS = {name: [row[name] for row in ROWS] for name in ROWS[0]}


def tables() -> dict[str, Any]:
    arrow = pa.table(COLUMNS)
    return {
        "dicts": ROWS,
        "lists": COLUMNS,
        "pandas": pd.DataFrame(COLUMNS),
        "polars": pl.DataFrame(COLUMNS),
        "polars lazy": pl.LazyFrame(COLUMNS),
        "pyarrow": arrow,
        "duckdb": duckdb.from_arrow(arrow),
        "categorical": pl.DataFrame(COLUMNS).with_columns(pl.col("name").cast(pl.Categorical)),
    }


@pytest.mark.parametrize("kind", list(tables()))
def test_the_same_kind_comes_back(kind: str) -> None:
    table = tables()[kind]
    tree = gc.GridTree.from_table(table, weights=["households"])
    assert tree.counts() == [1, 2, 1]
    back = tree.to_table()
    assert type(back) is type(table)
    again = gc.GridTree.from_table(back, weights=["households"])
    assert again.to_table([]) == tree.to_table([])
    assert tree.to_table([])[2]["households"] == 3.5
    assert tree.to_table([])[0]["households"] is None


@pytest.mark.parametrize("kind", list(tables()))
def test_every_fault_is_a_row_of_a_table(kind: str) -> None:
    table = tables()[kind]
    broken = [
        *ROWS,
        {"code": "11", "parent": "9", "name": "again", "households": None},
        {**ROWS[0], "code": "2"},
    ]
    columns = {name: [row[name] for row in broken] for name in ROWS[0]}
    if kind == "dicts":
        table = broken
    elif kind == "lists":
        table = columns
    elif kind == "pandas":
        table = pd.DataFrame(columns)
    elif kind == "duckdb":
        table = duckdb.from_arrow(pa.table(columns))
    elif kind == "pyarrow":
        table = pa.table(columns)
    else:
        table = pl.DataFrame(columns)
    with pytest.raises(gc.BuildError) as caught:
        gc.GridTree.from_table(table)
    faults = caught.value.faults
    assert type(faults) is type(table)
    assert len(faults) >= 3


def test_a_column_in_gives_the_same_kind_of_column_out() -> None:
    tree = gc.GridTree.from_table(ROWS)
    assert tree.ancestor_at("111", 1) == "11"
    assert tree.ancestor_at("1", 1) is None
    assert tree.ancestor_at(["111", "1"], 1) == ["11", None]
    assert tree.ancestor_at(pl.Series("grid", ["111", "12"]), 1).to_list() == ["11", "12"]
    assert tree.ancestor_at(pd.Series(["111", "12"]), 1).to_list() == ["11", "12"]
    assert tree.ancestor_at(pa.array(["111", "12"]), 1).to_pylist() == ["11", "12"]
    positions = tree.index(np.array(["111", "12"]))
    assert positions.dtype == np.int64
    assert tree.ancestor_at(positions, 1).tolist() == [1, 3]
    assert tree.parent(np.array([0, 2])).tolist() == [-1, 1]
    assert tree.lca("111", "12") == "1"
    assert tree.lca(["111", "111"], ["12", "11"]) == ["1", "11"]
    assert tree.path("111") == ["1", "11", "111"]
    assert tree.children("1") == ["11", "12"]


def test_what_does_not_fit_is_refused_with_a_code() -> None:
    tree = gc.GridTree.from_table(ROWS)
    wrong: list[tuple[str, Any]] = [
        ("unknown_position", lambda: tree.children(-1)),
        ("unknown_position", lambda: tree.counts(99)),
        ("unknown_position", lambda: tree.codes([0, 99])),
        ("unknown_grid", lambda: tree.children("99")),
        ("unknown_position", lambda: tree.path([0, -1])),
        ("wrong_type", lambda: tree.codes(b"1")),
        ("wrong_type", lambda: tree.codes("9")),
        ("wrong_type", lambda: tree.children([1, "1"])),
        ("wrong_type", lambda: tree.counts(cast("Any", 1.5))),
        ("wrong_type", lambda: tree.edit(cast("Any", "9"))),
        ("wrong_type", lambda: tree.fronts(cast("Any", None))),
        ("wrong_type", lambda: gc.GridTree.from_table(None)),
        ("wrong_type", lambda: gc.GridTree.from_table(ROWS, schema=cast("Any", 5))),
        ("unknown_name", lambda: gc.GridTree.from_table(ROWS, schema="x")),
        ("unknown_name", lambda: gc.CodeScheme("zz")),
        ("wrong_shape", lambda: gc.apportion(3, [-1], method="sainte_lague")),
        ("build_error", lambda: gc.GridTree.from_table([{**ROWS[0], "w": float("nan")}], weights=["w"])),
    ]
    for code, ask in wrong:
        with pytest.raises(gc.GridcoreError) as caught:
            ask()
        assert caught.value.code == code
    assert tree.parent(0) is None
    assert tree.parent([-1, 1]) == [-1, 0]
    assert hash(tree) == hash(gc.GridTree.from_table(tuple(ROWS)))


def test_rows_may_lack_keys_and_a_table_may_not_be_empty() -> None:
    assert gc.GridTree.from_table([{"code": "1", "name": "city"}]).counts() == [1]
    with pytest.raises(gc.BuildError) as caught:
        gc.GridTree.from_table([])
    assert [fault["code"] for fault in caught.value.faults] == ["empty_table"]
    with pytest.raises(gc.BuildError) as caught:
        gc.GridTree.from_table({"code": ["1"], "name": ["city"]})
    assert caught.value.faults["code"] == ["missing_column"]


def test_a_tree_from_a_file_answers_in_the_kind_it_is_told() -> None:
    data = b"code,parent,name,households\n1,,city,\n11,1,north,4\n"
    tree = gc.GridTree.from_csv(data, weights=["households"], like=pl.DataFrame())
    assert tree.total("households")["households"].to_list() == [4.0, 4.0]
