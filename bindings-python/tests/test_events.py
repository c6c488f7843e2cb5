"""Events and person-times: figures counted by hand, in every kind of table."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta, timezone
from typing import Any

import gridcore as gc
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

CHINA = timezone(timedelta(hours=8))
EVENTS: dict[str, list[Any]] = {
    "id": ["a", "b", "c"],
    "grid": ["11", "11", "12"],
    "found_by": ["patrol", "hotline", None],
    "reported": [0, 0, 50],
    "filed": [60, 90, None],
    "closed": [600, None, None],
}


@pytest.fixture(scope="module")
def tree() -> gc.GridTree:
    return gc.GridTree.from_table(
        [
            {"code": "1", "parent": None, "name": "city"},
            {"code": "11", "parent": "1", "name": "north"},
            {"code": "12", "parent": "1", "name": "south"},
        ]
    )


def profile() -> dict[str, Any]:
    deadline = {"from": "filed", "to": "closed", "seconds": 3600}
    return {**gc.Events.standard_profile(), "deadlines": [deadline], "escalation": [0, 3600]}


def rows_of(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize("make", [rows_of, dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_events_are_counted_from_every_kind_of_table(tree: gc.GridTree, make: Any) -> None:
    like = make(EVENTS)
    events = gc.Events.from_rows(tree, like, profile=profile())
    totals = events.totals(7200)
    assert (totals["received"], totals["filed"], totals["due"], totals["closed"]) == (3, 2, 2, 1)
    assert (totals["filing_percent"], totals["closing_percent"], totals["patrol_percent"]) == (66.67, 50.0, 50.0)
    assert events.totals(7200, received_from=1)["received"] == 1
    assert type(events.report(7200)) is type(like)
    assert type(events.breaches(0)) is type(like)
    [late] = rows_in(events.breaches(7200))
    assert (late["event"], late["seconds_left"], late["steps"], late["escalated_to"]) == ("b", -3510, 1, "1")
    duty = gc.Responsibility.resolve(tree, [{"grid": "1", "person": "mayor"}, {"grid": "11", "person": "worker"}])
    [told] = rows_in(events.escalations(duty, 7200))
    assert (told["event"], told["told_at"], told["person"]) == ("b", "1", "mayor")
    assert next(row["received"] for row in rows_in(events.report(7200)) if row["grid"] == "1") == 3


def rows_in(table: Any) -> list[dict[str, Any]]:
    if isinstance(table, dict):
        return rows_of(table)
    if isinstance(table, list):
        return table
    return pl.DataFrame(table).to_dicts() if not isinstance(table, pd.DataFrame) else table.to_dict("records")


def test_events_save_load_and_equal(tree: gc.GridTree) -> None:
    events = gc.Events.from_rows(tree, rows_of(EVENTS), profile=profile())
    for copy in (gc.Events.from_json(tree, events.to_json()), pickle.loads(pickle.dumps(events))):
        assert copy == events
        assert hash(copy) == hash(events)
        assert copy.profile == events.profile
    assert len(events) == len(events.rows()) == 3
    assert events.rows()[1]["filed"] == 90
    assert events.tree == tree
    assert repr(events) == "Events(3)"


def test_times_of_events_have_a_zone(tree: gc.GridTree) -> None:
    rows = [{"id": "a", "grid": "11", "reported": datetime(1970, 1, 1, 8, tzinfo=CHINA)}]
    assert gc.Events.from_rows(tree, rows).rows() == [{"id": "a", "grid": "11", "reported": 0}]
    naive = pl.DataFrame({"id": ["a"], "grid": ["11"], "reported": [datetime(1970, 1, 1, 8, 0, 1)]})
    for table in (naive, naive.to_pandas(), naive.to_arrow()):
        for zone in ("Asia/Shanghai", CHINA):
            events = gc.Events.from_rows(tree, table, tz=zone)
            assert rows_in(events.rows()) == [{"id": "a", "grid": "11", "reported": 1}]
    assert gc.Events.from_rows(tree, rows).totals(datetime(1970, 1, 1, 9), tz=CHINA)["received"] == 1


def test_every_fault_of_an_event_is_told(tree: gc.GridTree) -> None:
    rows = [
        {"id": "a", "grid": "99", "reported": 0},
        {"id": "a", "grid": "11", "reported": 5, "filed": 1},
        {"id": "b", "grid": "11", "sealed": 5},
    ]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.Events.from_rows(tree, rows)
    codes = [(fault["row"], fault["code"]) for fault in caught.value.faults]
    assert codes == [
        (0, "unknown_grid"),
        (1, "duplicate_event"),
        (1, "stage_order"),
        (2, "unknown_stage"),
        (2, "never_received"),
    ]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.Events.from_rows(tree, [], profile={"stages": 5, "filing": "filed"})
    assert (caught.value.code, caught.value.faults[0]["column"]) == ("wrong_shape", "profile.stages")


@pytest.mark.parametrize("make", [rows_of, dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_person_times_are_bounded_or_exact(tree: gc.GridTree, make: Any) -> None:
    like = make(
        {
            "person": ["p-1", "p-1", "p-2", None],
            "day": [date(2022, 4, 4), date(2022, 4, 5), date(2022, 4, 5), date(2022, 4, 5)],
            "grid": ["11", "12", None, "11"],
            "person_times": [1, 1, 1, 4],
        }
    )
    counted = gc.deploy.person_times(tree, like)
    total = counted["total"]
    assert (total["person_times"], total["known"], total["least"], total["most"]) == (7, 2, 6, 6)
    assert type(counted["by_day"]) is type(like)
    assert rows_in(counted["by_day"])[0]["of"] == (date(2022, 4, 4) - date(1970, 1, 1)).days
    assert counted["repeated"] == []
    assert gc.deploy.person_count(11_300, 0) is None


def test_person_times_that_do_not_fit_name_their_row(tree: gc.GridTree) -> None:
    with pytest.raises(gc.GridcoreError) as caught:
        gc.deploy.person_times(tree, [{"person": "p-1", "day": 1}, {"person_times": 0, "day": 1}, {"grid": "99"}])
    assert {fault["row"] for fault in caught.value.faults} == {1, 2}
