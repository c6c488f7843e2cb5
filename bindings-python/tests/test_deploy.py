"""Plans: made, proved, refused with the named cause, repaired; on a small tree by hand and on the sample city."""

from __future__ import annotations

import pickle
import time
from typing import Any, cast

import gridcore as gc
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

PEOPLE: dict[str, list[Any]] = {
    "person": ["a", "b", "c"],
    "home": ["11", "12", "13"],
    "skills": [["medic"], ["medic", "police"], []],
}


@pytest.fixture(scope="module")
def tree() -> gc.GridTree:
    rows = [{"code": "1", "parent": None, "name": "city"}]
    return gc.GridTree.from_table(rows + [{"code": f"1{n}", "parent": "1", "name": f"grid {n}"} for n in range(1, 5)])


@pytest.fixture(scope="module")
def city() -> gc.GridTree:
    return gc.samples.zhongshan().tree


@pytest.fixture(scope="module")
def help_tables() -> dict[str, Any]:
    return gc.samples.zhongshan_deployment()


def rows_of(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def pairs_of(plan: gc.deploy.Plan) -> list[tuple[str, str]]:
    table: Any = plan.table
    rows = table if isinstance(table, list) else rows_of({name: list(table[name]) for name in ("who", "grid")})
    return [(str(row["who"]), str(row["grid"])) for row in rows]


@pytest.mark.parametrize("make", [rows_of, dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_people_go_home_from_every_kind_of_table(tree: gc.GridTree, make: Any) -> None:
    needs = make({"grid": ["11", "12", "13"]})
    plan = gc.deploy.assign(tree, needs, make(PEOPLE), home=1.5)
    assert pairs_of(plan) == [("a", "11"), ("b", "12"), ("c", "13")]
    assert (plan.cost, plan.cost_units, plan.decimals, plan.kind, plan.changes) == (0.0, 0, 3, "assignment", 0)
    assert type(plan.table) is type(plan.loads) is type(plan.by_grid) is type(plan.gaps()) is type(needs)
    assert plan.certificate["verified"]
    assert plan.certificate["primal"] == plan.certificate["bound"]
    plan.verify()
    assert plan.tree == tree
    for copy in (gc.deploy.Plan.from_json(tree, plan.to_json()), pickle.loads(pickle.dumps(plan))):
        assert copy == plan
        assert hash(copy) == hash(plan)
    assert repr(plan) == "Plan('assignment', cost=0.0)"


def test_candidates_columns_and_a_function_say_the_same(tree: gc.GridTree) -> None:
    needs, people = [{"grid": "11"}, {"grid": "12"}], [{"person": "a"}, {"person": "b"}]
    costs = {("11", "a"): 2.5, ("11", "b"): 1.0, ("12", "b"): 7.0, ("12", "a"): 9.0}
    rows = [{"grid": grid, "person": person, "cost": cost} for (grid, person), cost in costs.items()]
    columns = {"need": np.array([0, 0, 1, 1]), "person": [0, 1, 1, 0], "cost": np.array([2.5, 1.0, 7.0, 9.0])}
    plans = [
        gc.deploy.assign(tree, needs, people, rows),
        gc.deploy.assign(tree, needs, people, pl.DataFrame(rows).with_columns(need=None)),
        gc.deploy.assign(tree, needs, people, columns=columns),
        gc.deploy.assign(tree, needs, people, columns=pl.DataFrame({**columns, "need": [0, 0, 1, 1]})),
        gc.deploy.assign(tree, needs, people, cost=lambda person, need: costs[need["grid"], person["person"]]),
    ]
    for plan in plans:
        assert pairs_of(plan) == [("a", "11"), ("b", "12")]
        assert plan.cost == 9.5
    never = [{"grid": "11", "person": "a", "cost": 1.0}, {"grid": "12", "person": "a", "cost": 1.0}]
    with pytest.raises(gc.Infeasible):
        gc.deploy.assign(tree, needs, people, never)
    with pytest.raises(ZeroDivisionError):
        gc.deploy.assign(tree, needs, people, cost=lambda _person, _need: 1 / 0)


def test_what_cannot_be_is_named(tree: gc.GridTree) -> None:
    needs = [{"grid": "11", "skills": ["police"]}, {"grid": "12", "skills": ["police"]}, {"grid": "13"}]
    with pytest.raises(gc.Infeasible) as caught:
        gc.deploy.assign(tree, needs, rows_of(PEOPLE))
    assert caught.value.code == "infeasible"
    cause = caught.value.cause
    assert (cause["grids"], cause["who"], cause["needed"], cause["available"]) == (["11", "12"], ["b"], 2, 1)
    assert cause["skills"] == ["police"]
    assert caught.value.causes == [cause]
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.code, copy.cause) == ("infeasible", cause)
    partly = gc.deploy.assign(tree, needs, rows_of(PEOPLE), allow_gaps=True)
    assert [row["missing"] for row in partly.by_grid if row["missing"]] == [1]
    assert next(row["grid"] for row in partly.gaps()) == "1"


def test_faults_name_rows_and_nobody(tree: gc.GridTree) -> None:
    with pytest.raises(gc.GridcoreError) as caught:
        gc.deploy.assign(
            tree,
            [{"grid": "99"}, {"grid": "11", "at_least": -1}],
            [{"person": "Zhang San", "home": "98"}, {"person": "Zhang San"}],
        )
    assert len(caught.value.faults) >= 4
    assert "Zhang" not in str(caught.value) + str(caught.value.faults)
    for cost in (float("nan"), -1.0, float("inf")):
        with pytest.raises(gc.GridcoreError) as caught:
            gc.deploy.assign(tree, [{"grid": "11"}], [{"person": "a"}], [{"grid": "11", "person": "a", "cost": cost}])
        assert caught.value.faults[0]["row"] == 0
    with pytest.raises(gc.GridcoreError) as caught:
        gc.deploy.assign(tree, [{"grid": "11"}], [{"person": "a"}], home=cast("Any", "near"))
    assert (caught.value.code, caught.value.faults[0]["column"]) == ("wrong_shape", "options.weights.home")


def test_the_ill_are_replaced_with_the_fewest_changes(tree: gc.GridTree) -> None:
    people = [*rows_of(PEOPLE), {"person": "d", "home": "14", "skills": []}]
    needs = [{"grid": grid} for grid in ("11", "12", "13")]
    plan = gc.deploy.assign(tree, needs, people, home=1)
    gap = plan.without("b")
    assert [row["grid"] for row in gap.gaps() if row["direct"]] == ["12"]
    repaired = gap.replan(change_cost=1000)
    assert repaired.changes == 1
    assert ("d", "12") in pairs_of(repaired)
    assert gap.replan(fewest_changes=True).changes == 1
    assert repaired.kept()["share"] == pytest.approx(2 / 3)
    assert [row["changes"] for row in gap.frontier()][-1] == 1
    more = plan.with_demand([{"grid": "13", "at_least": 2, "at_most": 2}]).replan()
    assert sorted(grid for _, grid in pairs_of(more)) == ["11", "12", "13", "13"]
    with pytest.raises(gc.Infeasible):
        plan.without(["a", "b"]).replan()
    with pytest.raises(gc.GridcoreError) as caught:
        plan.without("nobody").replan()
    assert caught.value.code != "infeasible"


def test_units_pair_surge_aid_and_spread(tree: gc.GridTree) -> None:
    units = [{"unit": "u", "home": "11", "at_least": 2, "at_most": 2}, {"unit": "v", "home": "14", "at_most": 2}]
    paired = gc.deploy.pair(tree, units, level=1, distance=1)
    assert [(row["unit"], row["grid"]) for row in paired.pairs] != []
    assert sorted(grid for _, grid in pairs_of(paired)) == ["11", "12", "13", "14"]
    assert ("u", "11") in pairs_of(paired)
    supply = pl.DataFrame({"unit": ["u", "v"], "at_most": [10, 10]})
    demand = pl.DataFrame({"grid": ["11", "14"], "at_least": [8, 12]})
    surged = gc.deploy.surge(tree, supply, demand, pairs=paired.pairs, edges=[{"a": "11", "b": "14"}])
    assert isinstance(surged.table, pl.DataFrame)
    assert surged.table["amount"].sum() == 20
    assert surged.cost == 2000.0
    aided = gc.deploy.aid(tree, [{"grid": "11", "spare": 3}], [{"grid": "12", "at_least": 2}])
    assert pairs_of(aided) == [("11", "12")]
    even = gc.deploy.spread(tree, 10, level=1)
    amounts = [row["amount"] for row in even.by_grid]
    assert (sum(amounts), max(amounts) - min(amounts)) == (10, 1)
    named = gc.deploy.spread(tree, rows_of(PEOPLE), grids=["11", "12", "13"], home=1)
    assert pairs_of(named) == [("a", "11"), ("b", "12"), ("c", "13")]
    fair = gc.deploy.assign(
        tree,
        [{"grid": grid} for grid in ("11", "12", "13")],
        [{"person": "a", "at_most": 3}, {"person": "b", "at_most": 3}],
        fair="min_max",
    )
    assert fair.certificate["greatest_load"] == 2
    steps = gc.deploy.assign(tree, [{"grid": "11"}, {"grid": "12"}], [{"person": "a", "at_most": 2}], fair=[1.0, 3.0])
    assert steps.cost == 4.0


def test_shifts_are_staffed_or_the_shortage_is_named(tree: gc.GridTree) -> None:
    checkpoints = [{"checkpoint": "gate", "staff": 1, "grid": "11"}]
    shifts = [
        {"shift": "day", "from": 8 * 3600, "until": 20 * 3600},
        {"shift": "night", "from": 20 * 3600, "until": 32 * 3600},
    ]
    people = [{"person": name} for name in "abc"]
    roster = gc.deploy.shifts(tree, checkpoints, shifts, people, days=[100, 101], rest=11 * 3600)
    assert len(roster.table) == 4
    assert roster.certificate["duties"] == 4
    assert sum(row["shifts"] for row in roster.loads) == 4
    roster.verify()
    copy = pickle.loads(pickle.dumps(roster))
    assert copy.table == roster.table
    assert isinstance(roster.prices, list)
    assert repr(roster) == "ShiftRoster(4)"
    assert roster.tree == tree
    with pytest.raises(gc.Infeasible) as caught:
        gc.deploy.shifts(tree, [{"checkpoint": "gate", "staff": 5}], shifts, people, days=[100])
    assert caught.value.cause["need"] > caught.value.cause["available"]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.deploy.shifts(tree, checkpoints, shifts, [{"person": "a", "home": "99"}], days=[100])
    assert caught.value.faults[0]["row"] == 0


def test_teams_are_formed_or_the_roles_are_named(tree: gc.GridTree) -> None:
    people = [{"person": f"p{n}", "skills": ["medic"] if n < 2 else ["police", "community"]} for n in range(6)]
    rule = {"rule": "trio", "roles": [{"role": role, "at_least": 1, "at_most": 1} for role in ("medic", "police")]}
    formed = gc.deploy.teams(tree, people, [rule], pd.DataFrame({"team": ["t1", "t2"], "rule": ["trio", "trio"]}))
    assert [(row["team"], row["role"]) for row in formed.table] == [
        ("t1", "medic"),
        ("t1", "police"),
        ("t2", "medic"),
        ("t2", "police"),
    ]
    formed.verify()
    assert (formed.certificate["teams"], formed.certificate["spare"]) == (2, 2)
    assert pickle.loads(pickle.dumps(formed)).table == formed.table
    assert repr(formed) == "Teams(2, members=4)"
    assert formed.tree == tree
    most = gc.deploy.most_teams(tree, people, rule)
    assert most.certificate["teams"] == 2
    assert most.certificate["limits"][0]["roles"] == ["medic"]
    with pytest.raises(gc.Infeasible) as caught:
        gc.deploy.teams(tree, people, [rule], [{"team": f"t{n}", "rule": "trio"} for n in range(3)])
    assert caught.value.cause == {"roles": ["medic"], "people": 2, "needed": 3}


def test_the_city_is_staffed_and_repaired(city: gc.GridTree, help_tables: dict[str, Any]) -> None:
    place = {row["person"]: number for number, row in enumerate(help_tables["people"])}
    needs = help_tables["needs"]
    of_need = {(row["grid"], row.get("name")): number for number, row in enumerate(needs)}
    candidates = help_tables["candidates"]
    columns = {
        "need": np.array([of_need[row["grid"], row.get("need")] for row in candidates]),
        "person": np.array([place[row["person"]] for row in candidates]),
        "cost": np.array([row["cost"] for row in candidates]),
    }
    started = time.perf_counter()
    plan = gc.deploy.assign(city, needs, help_tables["people"], columns=columns, allow_gaps=True)
    assert time.perf_counter() - started < 60
    assert plan.certificate["verified"]
    rows = plan.table
    ill = sorted({row["who"] for row in rows})[::10]
    repaired = plan.without(ill).replan(change_cost=1000, allow_gaps=True)
    assert repaired.certificate["verified"]
    assert not set(ill) & {row["who"] for row in repaired.table}


def test_what_is_no_list_is_not_read_letter_by_letter(tree: gc.GridTree) -> None:
    people = rows_of(PEOPLE)
    plan = gc.deploy.assign(tree, [{"grid": "11"}], people)
    wrong: Any = None
    for what, call in [
        ("grids", lambda: gc.deploy.spread(tree, 2, grids="11")),
        ("who", lambda: plan.without(wrong)),
        ("fair", lambda: gc.deploy.assign(tree, [{"grid": "11"}], people, fair=cast("Any", True))),
        ("days", lambda: gc.deploy.shifts(tree, [], [], [], days=cast("Any", "1"))),
        ("rule", lambda: gc.deploy.most_teams(tree, people, wrong)),
    ]:
        with pytest.raises(gc.GridcoreError) as caught:
            call()
        assert (caught.value.code, caught.value.faults[0]["column"]) == ("wrong_type", what)
        assert caught.value.faults[0]["message_zh"]


def test_tables_that_are_no_tables_name_the_row_and_nobody(tree: gc.GridTree) -> None:
    with pytest.raises(gc.GridcoreError) as caught:
        gc.deploy.assign(tree, [{"grid": "11"}], [{"person": "a"}, "Zhang San", None])
    assert [(fault["row"], fault["column"]) for fault in caught.value.faults] == [(1, "people"), (2, "people")]
    assert "Zhang" not in str(caught.value)
    for columns in ({"person": "Zhang San"}, {"person": ["a", "b"], "home": ["11"]}):
        with pytest.raises(gc.GridcoreError) as caught:
            gc.deploy.assign(tree, [{"grid": "11"}], columns)
        assert caught.value.code == "wrong_shape"
        assert "Zhang" not in str(caught.value)
