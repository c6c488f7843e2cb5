"""Who answers for what: one grid and a column of them, the audit, modes, alerts and changes; the sample city too."""

from __future__ import annotations

import pickle
import time
from datetime import datetime, timezone
from typing import Any

import gridcore as gc
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

TORCH = "442000003"
TREE = [
    {"code": "1", "parent": None, "name": "city"},
    {"code": "11", "parent": "1", "name": "north"},
    {"code": "111", "parent": "11", "name": "mill street"},
    {"code": "112", "parent": "11", "name": "school street"},
]
DUTIES = {
    "grid": ["11", "111", "111", "11"],
    "person": ["p-1", "p-2", "p-3", "p-4"],
    "domain": [None, "fire", None, None],
    "role": [None, None, "supporting", "supervising"],
    "share": [None, None, 0.5, None],
}


@pytest.fixture(scope="module")
def tree() -> gc.GridTree:
    return gc.GridTree.from_table(TREE)


@pytest.fixture(scope="module")
def duty(tree: gc.GridTree) -> gc.Responsibility:
    return gc.Responsibility.resolve(tree, rows_of(DUTIES))


@pytest.fixture(scope="module")
def city() -> gc.GridTree:
    return gc.samples.zhongshan().tree


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    return gc.samples.zhongshan_duty()


def resolved(city: gc.GridTree, tables: dict[str, Any]) -> gc.Responsibility:
    return gc.Responsibility.resolve(city, **tables)


def rows_of(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def made(kind: str, columns: dict[str, list[Any]]) -> Any:
    makers: dict[str, Any] = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
    if kind == "dicts":
        return rows_of(columns)
    return columns if kind == "lists" else makers[kind](columns)


def test_the_nearest_grid_answers_and_a_gap_explains_itself(duty: gc.Responsibility) -> None:
    fire = duty.accountable("111", "fire")
    assert (fire["person"], fire["rule"], fire["inherited"], fire["gap"]) == ("p-2", "direct", False, None)
    other = duty.accountable("112", "fire")
    assert (other["person"], other["from_grid"], other["rule"], other["inherited"]) == ("p-1", "11", "wildcard", True)
    nobody = duty.accountable("1", "fire")
    assert list(nobody) == list(fire)
    assert (nobody["grid"], nobody["person"]) == ("1", None)
    assert nobody["gap"]["looked"] == [{"grid": "1", "level": 0, "why": "nobody_named", "rows": []}]
    assert nobody["gap"]["reason_zh"].startswith("1 的 fire无人负责")
    assert [row["person"] for row in duty.supporting("111", "fire")] == ["p-3"]
    assert [row["person"] for row in duty.supervising("111", "fire")] == ["p-4"]
    assert [step["person"] for step in duty.chain("111", "fire")] == ["p-2", "p-1", None]
    assert duty.accountable(2, "fire") == fire
    assert (duty.domains, duty.modes, duty.is_timed) == (["fire"], [], False)
    assert duty.people == ["p-1", "p-2", "p-3", "p-4"]
    assert "p-1" not in repr(duty)


@pytest.mark.parametrize("kind", ["dicts", "lists", "pandas", "polars", "pyarrow"])
def test_the_callers_kind_of_table_comes_back(tree: gc.GridTree, kind: str) -> None:
    like = made(kind, DUTIES)
    duty = gc.Responsibility.resolve(tree, like)
    found = duty.accountable(["111", "112", "1"], "fire")
    assert type(found) is type(like)
    persons = [row["person"] for row in found] if kind == "dicts" else list(found["person"])
    assert [None if person is None or person != person else str(person) for person in persons] == [
        "p-2",
        "p-1",
        "None",
    ] or [str(person) for person in persons[:2]] == ["p-2", "p-1"]
    audit = duty.audit()
    assert type(audit) is type(like)
    assert duty == gc.Responsibility.resolve(tree, rows_of(DUTIES))


def test_a_column_of_a_library_gives_a_table_of_that_library(duty: gc.Responsibility) -> None:
    grids = ["111", "112"]
    assert duty.accountable(pl.Series(grids), "fire")["person"].to_list() == ["p-2", "p-1"]
    assert duty.accountable(pd.Series(grids), "fire")["person"].tolist() == ["p-2", "p-1"]
    assert duty.accountable(pa.chunked_array([grids]), "fire")["person"].to_pylist() == ["p-2", "p-1"]
    assert [row["person"] for row in duty.accountable(np.array([2, 3]), "fire")] == ["p-2", "p-1"]


def test_times_are_seconds_or_have_a_zone(tree: gc.GridTree) -> None:
    noon = datetime(2022, 4, 4, 12, tzinfo=timezone.utc)
    rows = [{"grid": "11", "person": "p-1", "from": noon, "until": 1_649_160_000}]
    duty = gc.Responsibility.resolve(tree, rows)
    with pytest.raises(gc.GridcoreError) as caught:
        duty.accountable("11", "fire")
    assert caught.value.code == "needs_time"
    assert duty.accountable("11", "fire", noon)["person"] == "p-1"
    assert duty.accountable("11", "fire", 1_649_073_599)["gap"]["looked"][0]["why"] == "not_in_force"
    naive = datetime(2022, 4, 4, 20)
    assert duty.accountable("11", "fire", naive, tz="Asia/Shanghai")["person"] == "p-1"
    with pytest.raises(gc.GridcoreError) as caught:
        duty.accountable("11", "fire", naive)
    assert caught.value.code == "naive_time"
    columns: dict[str, list[Any]] = {"grid": ["11"], "person": ["p-1"], "from": [naive]}
    for kind in ["dicts", "lists", "pandas", "polars", "pyarrow"]:
        table = made(kind, columns)
        with pytest.raises(gc.GridcoreError) as caught:
            gc.Responsibility.resolve(tree, table)
        [fault] = caught.value.faults
        assert (fault["code"], fault["row"], fault["column"]) == ("naive_time", 0, "assignments.from"), kind
        zoned = gc.Responsibility.resolve(tree, table, tz="Asia/Shanghai")
        assert zoned.accountable("11", "fire", noon)["person"] == "p-1", kind
        assert zoned.accountable("11", "fire", 1_649_073_599)["person"] is None, kind
    with pytest.raises(gc.GridcoreError) as caught:
        duty.accountable("11", "fire", naive, tz="Nowhere/Here")
    assert caught.value.code == "unknown_time_zone"


def test_faults_name_rows_and_columns_and_nobody(tree: gc.GridTree) -> None:
    bad = [
        {"grid": "99", "person": "Zhang San"},
        {"grid": "11"},
        {"grid": "11", "person": "p-1", "role": "boss"},
        {"grid": "11", "person": "p-1", "from": 10, "until": 10},
    ]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.Responsibility.resolve(tree, bad)
    assert [fault["row"] for fault in caught.value.faults][-3:] == [1, 2, 3]
    assert "Zhang" not in str(caught.value) + str(caught.value.faults)
    shapes: list[tuple[dict[str, Any], str | None]] = [
        ({"grid": "11", "person": "p-1", "from": "Zhang San"}, "from"),
        ({"grid": "11", "person": ["Zhang San"]}, "person"),
        ({"grid": "11", "person": "p-1", "from": 1.5}, "from"),
        ({"grid": "11", "persn": "Zhang San"}, "persn"),
    ]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.Responsibility.resolve(tree, [row for row, _ in shapes])
    assert caught.value.code == "wrong_shape"
    assert [(fault["row"], fault["column"]) for fault in caught.value.faults] == [
        (number, f"assignments.{column}") for number, (_, column) in enumerate(shapes)
    ]
    assert "Zhang" not in str(caught.value) + str(caught.value.faults)


def test_saved_pickled_and_built_again_it_is_the_same(duty: gc.Responsibility, tree: gc.GridTree) -> None:
    for copy in (
        gc.Responsibility.from_json(tree, duty.to_json()),
        pickle.loads(pickle.dumps(duty)),
        gc.Responsibility.resolve(tree, duty.tables()["assignments"]),
    ):
        assert copy == duty
        assert hash(copy) == hash(duty)
        assert copy.to_json() == duty.to_json()


def test_leaving_a_mode_restores_the_exact_state(duty: gc.Responsibility) -> None:
    rows = [{"grid": "111", "person": "w-1", "source": "u-1/111"}]
    war = duty.enter("wartime", "11", rows)
    assert war.accountable("111", "fire")["person"] == "w-1"
    assert war.mode_at("112") == "wartime"
    assert war.mode_at("1") is None
    assert war.accountable("112", "fire")["person"] == "p-1"
    assert [layer["scope"] for layer in war.layers()] == ["11"]
    row = war.accountable("111", "fire")["row"]
    assert war.source_of(row) == {"mode": "wartime", "scope": "11", "row": 0, "source": "u-1/111"}
    assert war.source_of(0) is None
    assert len(war.active_tables()["assignments"]) == 5
    assert war != duty
    assert war.base() == war.leave("wartime", "11") == duty
    assert war.leave("wartime", "11").to_json() == duty.to_json()
    assert gc.Responsibility.from_json(war.tree, war.to_json()) == war
    with pytest.raises(gc.GridcoreError) as caught:
        duty.leave("wartime", "11")
    assert caught.value.code
    pairs = pl.DataFrame({"unit": ["u-1"], "grid": ["112"], "team": ["t-1"]})
    teams = pd.DataFrame({"team": ["t-1"], "person": ["w-2"], "lead": [True]})
    sent = duty.enter("wartime", "11", pairings=pairs, teams=teams)
    assert (sent.accountable("112", "fire")["person"], sent.accountable("112", "fire")["team"]) == ("w-2", "t-1")


def test_one_leaf_of_the_city_left_out_is_one_violation(city: gc.GridTree, tables: dict[str, Any]) -> None:
    duty = resolved(city, tables)
    before = violations(duty)
    leaves = city.leaves("442000")
    assert len(leaves) == 10117
    gone = leaves[4711]
    plain = {"grid", "person", "post"}
    left = [row for row in tables["assignments"] if row["grid"] != gone or not row.keys() <= plain]
    assert len(left) == len(tables["assignments"]) - 1
    after = violations(resolved(city, {**tables, "assignments": left}))
    fresh = [row for row in after if row not in before]
    assert len(fresh) == 1
    assert (fresh[0]["grid"], fresh[0]["path"]) == (gone, city.path(gone))
    assert len(after) == len(before) + 1


def violations(duty: gc.Responsibility) -> list[dict[str, Any]]:
    rows = duty.audit(always=True)
    return [
        {name: row[name] for name in ("kind", "grid", "path", "domain", "mode", "persons")}
        for row in rows
        if row["severity"] == "violation"
    ]


def test_tables_with_lists_and_labels_come_from_frames_too(city: gc.GridTree, tables: dict[str, Any]) -> None:
    frames = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in tables.items() if rows}
    duty = resolved(city, tables)
    assert resolved(city, frames) == duty
    assert resolved(city, {name: frame.to_arrow() for name, frame in frames.items()}) == duty


def test_the_whole_city_is_asked_in_one_call(city: gc.GridTree, tables: dict[str, Any]) -> None:
    duty = gc.Responsibility.resolve(city, pl.DataFrame(tables["assignments"], infer_schema_length=None))
    grids = pl.Series("grid", city.leaves("442000"))
    started = time.perf_counter()
    found = duty.accountable(grids, "forest_fire", at=1_649_037_600)
    assert time.perf_counter() - started < 2
    assert isinstance(found, pl.DataFrame)
    assert found.height == 10117
    for number in range(0, 10117, 997):
        one = duty.accountable(grids[number], "forest_fire", at=1_649_037_600)
        assert {name: one[name] for name in found.columns} == found.row(number, named=True)


def test_alerts_say_what_a_level_asks_and_what_changes(tree: gc.GridTree) -> None:
    scale = gc.alert.three_levels("rain")
    scale["levels"][0]["staffing"] = [{"level": 2, "role": "watch", "count": 1}]
    scale["levels"][1]["staffing"] = [{"level": 2, "role": "watch", "count": 3}]
    gc.alert.check(scale)
    assert [row["grid"] for row in gc.alert.needs(tree, scale, "11", "yellow")] == ["111", "112"]
    [change] = gc.alert.delta(tree, scale, "1", "yellow", "orange")
    assert (change["change"], change["before"], change["after"], change["total_after"]) == ("changed", 1, 3, 6)
    assert gc.alert.delta(tree, scale, "1", "yellow", "yellow") == []
    rows = [{"scale": "rain", "level": "yellow", "grid": "1", "from": 10, "until": 20}]
    alerts = gc.alert.Alerts.from_rows(tree, [scale], rows)
    assert (alerts.level("rain", "111", 10), alerts.level("rain", "111", 20)) == ("yellow", None)
    assert [step["after"] for step in alerts.steps("rain", "111")] == ["yellow", None]
    assert alerts.scales == [scale]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.alert.check({"name": "", "levels": []})
    assert len(caught.value.faults) == 2


def test_changes_apply_together_or_not_at_all(duty: gc.Responsibility) -> None:
    merge = {"op": "merge", "grids": ["111", "112"], "into": {"code": "113", "name": "both streets"}}
    changed = gc.change.apply(duty, [{"op": "edit", "edit": merge}, {"op": "depart", "person": "p-4"}])
    assert changed.tree.counts() == [1, 1, 1]
    assert changed.duty.accountable("113", "fire")["person"] == "p-2"
    assert changed.duty.supervising("113", "fire") == []
    assert {row["change"] for row in changed.ledger} == {0, 1}
    assert changed.map[0]["old"] in {"111", "112"}
    assert gc.change.diff(duty, duty) == []
    assert {row["kind"] for row in gc.change.diff(duty, changed.duty)} <= {"added", "removed", "changed"}
    with pytest.raises(gc.GridcoreError) as caught:
        gc.change.apply(duty, [{"op": "depart", "person": "nobody"}, {"op": "leave_mode", "mode": "x", "scope": "1"}])
    assert [fault["row"] for fault in caught.value.faults] == [0, 1]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.change.apply(duty, [{"op": "vanish"}])
    assert caught.value.code == "wrong_shape"


def test_a_change_that_does_not_fit_is_named_by_its_row(tree: gc.GridTree) -> None:
    duty = gc.Responsibility.resolve(tree, [{"grid": "11", "person": "p"}])
    with pytest.raises(gc.GridcoreError) as caught:
        gc.change.apply(duty, [{"op": "depart", "person": "p"}, {"op": "depart"}])
    assert (caught.value.faults[0]["row"], caught.value.faults[0]["column"]) == (1, "changes.person")
    with pytest.raises(gc.GridcoreError) as caught:
        duty.audit(domains="fire")
    assert caught.value.code == "wrong_type"
    with pytest.raises(gc.GridcoreError) as caught:
        duty.accountable("11", "fire", at=1 << 63)
    assert caught.value.code == "out_of_range"
