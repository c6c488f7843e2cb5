"""Staff rosters compared, ledgers of who was reached, tokens: counted by hand, in every kind of table."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from typing import Any

import duckdb
import gridcore as gc
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

OLD: dict[str, list[Any]] = {
    "person": ["p-1", "p-2", "p-3"],
    "grid": ["11", "12", "12"],
    "post": ["worker", "worker", "nurse"],
    "name": ["张三", None, None],
}
NEW: dict[str, list[Any]] = {
    "person": ["p-1", "p-3", "p-4", "p-4"],
    "grid": ["12", "12", "12", "12"],
    "post": ["worker", "doctor", "worker", "worker"],
    "name": ["张三", None, None, None],
}
LEDGER: dict[str, list[Any]] = {
    "person": ["p-1", "p-1", "p-2", "p-3"],
    "grid": ["11", "11", "11", "12"],
    "status": ["refused", "done", "eligible", "exempt"],
    "day": [date(2022, 4, 4), date(2022, 4, 5), None, None],
    "reason": [None, None, None, "abroad"],
}
KEY = b"sixteen bytes or more, from a random source"


@pytest.fixture(scope="module")
def tree() -> gc.GridTree:
    return gc.GridTree.from_table(
        [
            {"code": "1", "parent": None, "name": "town"},
            {"code": "11", "parent": "1", "name": "north"},
            {"code": "12", "parent": "1", "name": "south"},
        ]
    )


def rows_of(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def relation(columns: dict[str, list[Any]]) -> Any:
    return duckdb.from_arrow(pa.table(columns))


MAKERS = [rows_of, dict, pd.DataFrame, pl.DataFrame, pa.table, relation]


def rows_in(table: Any) -> list[dict[str, Any]]:
    if isinstance(table, dict):
        return rows_of(table)
    if isinstance(table, list):
        return table
    if isinstance(table, pd.DataFrame):
        return table.astype(object).where(table.notna(), None).to_dict("records")
    return (
        pl.DataFrame(pa.table(table)) if isinstance(table, duckdb.DuckDBPyRelation) else pl.DataFrame(table)
    ).to_dicts()


@pytest.mark.parametrize("make", MAKERS)
def test_two_staff_rosters_are_compared(tree: gc.GridTree, make: Any) -> None:
    like = make(NEW)
    diff = gc.roster.staff_diff(make(OLD), like, tree, single=["worker"])
    changes = [(row["change"], row["person"], row["to_grid"], row["to_post"]) for row in rows_in(diff.changes)]
    assert changes == [
        ("joined", "p-4", "12", "worker"),
        ("left", "p-2", None, None),
        ("transferred", "p-1", "12", "worker"),
        ("post_changed", "p-3", "12", "doctor"),
    ]
    assert [row["name"] for row in rows_in(diff.of("transferred"))] == ["张三"]
    assert rows_in(diff.of("unit_changed")) == []
    with pytest.raises(gc.GridcoreError) as caught:
        diff.of("promoted")
    assert caught.value.faults[0]["column"] == "change"
    [orphaned] = rows_in(diff.orphaned)
    assert (orphaned["grid"], orphaned["nearest_held"], list(orphaned["old_rows"])) == ("11", None, [0])
    assert [(row["grid"], row["post"]) for row in rows_in(diff.vacated)] == [("11", "worker"), ("12", "nurse")]
    assert [row["person"] for row in rows_in(diff.shared_posts)] == ["p-1", "p-4"]
    assert rows_in(diff.several_posts) == []
    assert [(row["list"], row["row"], row["same_as"]) for row in rows_in(diff.repeated)] == [("new", 3, 2)]
    total = diff.total
    assert total["before"] + total["joined"] + total["came"] == total["after"] + total["left"] + total["went"] == 4
    assert [row["held_after"] for row in rows_in(diff.by_level)] == [0, 1]
    assert [(row["grid"], row["after"]) for row in rows_in(diff.by_grid)] == [("1", 3), ("11", 0), ("12", 3)]
    assert type(diff.changes) is type(diff.several_posts) is type(like)
    assert repr(diff) == "StaffDiff(before=3, after=3)"


@pytest.mark.parametrize("make", MAKERS)
def test_a_ledger_knows_who_is_behind_each_number(tree: gc.GridTree, make: Any) -> None:
    like = make(LEDGER)
    ledger = gc.roster.Ledger.from_rows(tree, like)
    total = ledger.count()
    assert (total["eligible"], total["exempt"], total["done"], total["pending"]) == (3, 1, 1, 1)
    assert ledger.count("11")["coverage"] == 0.5
    assert ledger.count("12")["coverage"] is None
    assert gc.roster.Ledger.from_rows(tree, rows_of(LEDGER)[::-1], rule="latest").count() == total
    [behind] = rows_in(ledger.behind("1", "open"))
    assert (behind["person"], behind["state"], behind["row"]) == ("p-2", "pending", 2)
    days = {row["person"]: row["day"] for row in rows_in(ledger.rows())}
    assert days["p-1"] == (date(2022, 4, 5) - date(1970, 1, 1)).days
    assert [row["grid"] for row in rows_in(ledger.by_grid())] == ["1", "11", "12"]
    assert {row["eligible"] for row in rows_in(ledger.published(5))} == {None}
    assert type(ledger.rows()) is type(like)
    assert (repr(ledger), ledger.tree) == ("Ledger(3)", tree)


def test_every_fault_of_a_list_names_its_row_and_no_person(tree: gc.GridTree) -> None:
    wrong = [
        lambda: gc.roster.staff_diff([{"person": "", "grid": "99", "post": "x"}], rows_of(NEW), tree),
        lambda: gc.roster.Ledger.from_rows(
            tree,
            [
                {"person": "secret", "grid": "11", "status": "done"},
                {"person": "secret", "grid": "12", "status": "perhaps"},
            ],
        ),
        lambda: gc.roster.Ledger.from_rows(tree, [{"person": "secret", "grid": "11", "state": "done"}]),
        lambda: gc.roster.Ledger.from_rows(tree, [], rule="loudest"),
        lambda: gc.roster.Ledger.from_rows(tree, []).behind("99", "open"),
        lambda: gc.roster.Ledger.from_rows(tree, []).behind("11", "secret"),
        lambda: gc.roster.merge({"a": [{"phone": "secret"}], "b": [{"x": "secret"}]}, ["phone"]),
        lambda: gc.roster.merge({"a": [{"phone": 1.5e17}]}, ["phone"]),
        lambda: gc.roster.merge({"a": [{"phone": "secret"}]}, rules={"speed": "secret"}),
        lambda: gc.roster.TokenKey(b"short"),
        lambda: gc.roster.TokenKey("a text is no key, it has no bytes"),  # pyright: ignore[reportArgumentType]
        lambda: gc.roster.TokenKey(KEY).tokenize(["secret"], "colour"),
        lambda: gc.roster.TokenKey(KEY).token("secret", "id", "md5"),
    ]
    found: list[Any] = []
    for ask in wrong:
        with pytest.raises(gc.GridcoreError) as caught:
            ask()
        error = caught.value
        assert "secret" not in str(error) + str(error.faults)
        found.append((error.code, [(fault["code"], fault["row"], fault["column"]) for fault in error.faults]))
    assert found == [
        ("list_error", [("empty_cell", 0, "old.person"), ("unknown_grid", 0, "old.grid")]),
        ("list_error", [("unknown_status", 1, "status"), ("several_grids", 1, "grid")]),
        ("wrong_shape", [("wrong_shape", 0, "state")]),
        ("wrong_shape", [("wrong_shape", None, "rule")]),
        ("unknown_grid", [("unknown_grid", 0, None)]),
        ("wrong_shape", [("wrong_shape", None, "number")]),
        ("list_error", [("no_key_column", None, "b")]),
        ("list_error", [("lost_digits", 0, "a.phone")]),
        ("wrong_shape", [("wrong_shape", None, "rules.rules.speed")]),
        ("key_too_short", [("key_too_short", None, None)]),
        ("wrong_type", [("wrong_type", None, "key")]),
        ("wrong_shape", [("wrong_shape", None, "kind")]),
        ("wrong_shape", [("wrong_shape", None, "algorithm")]),
    ]


@pytest.mark.parametrize("make", MAKERS)
def test_lists_are_merged_with_the_source_of_each_value(make: Any) -> None:
    volunteers = make({"person": ["p-1", "p-2"], "phone": ["13800138000", None], "born": [date(1990, 3, 7), None]})
    teachers = make({"person": ["p-2", "p-1", None], "phone": ["13900139000", "13700137000", "13600136000"]})
    merged = gc.roster.merge({"volunteers": volunteers, "teachers": teachers}, ["person"], progress=None)
    assert len(merged) == 3
    assert [row["phone"] for row in rows_in(merged.table)] == ["13800138000", "13900139000", "13600136000"]
    assert rows_in(merged.table)[0]["born"] == "1990-03-07"
    [conflict] = rows_in(merged.conflicts)
    assert (conflict["kept"], conflict["other"], conflict["other_row"]) == ("13800138000", "13700137000", 1)
    assert [row["rows"] for row in rows_in(merged.people)] == [2, 2, 1]
    assert len(rows_in(merged.sources)) == 5
    assert {row["list"] for row in rows_in(merged.values) if row["column"] == "phone"} == {"volunteers", "teachers"}
    assert [(row["list"], row["row"]) for row in rows_in(merged.without_key)] == [("teachers", 2)]
    assert [(row["persons"], row["only_here"]) for row in rows_in(merged.by_list)] == [(2, 0), (3, 1)]
    assert [row["persons"] for row in rows_in(merged.overlaps)] == [2]
    assert rows_in(merged.doubts) == []
    assert type(merged.table) is type(merged.doubts) is type(volunteers)
    assert (merged.lists, repr(merged)) == (["volunteers", "teachers"], "MergedRoster(lists=2, people=3)")


PHONES = ["138 0013 8000", "13800138000", None, "00000000000"]


@pytest.mark.parametrize(
    "make", [list, pl.Series, pd.Series, pa.array, lambda values: np.array(values, dtype=object), pd.Categorical]
)
def test_columns_become_tokens(make: Any) -> None:
    key = gc.roster.TokenKey(KEY)
    column = make(PHONES)
    made = key.tokenize(column, "phone")
    tokens = list(made.tokens)
    assert str(tokens[0]) == str(tokens[1]) == key.token("13800138000", "phone")
    assert made.unreadable == [3]
    assert key.token("13800138000", "phone", "hmac_sm3") != key.token("13800138000", "phone")
    if not isinstance(column, pd.Categorical):
        assert type(made.tokens) is type(column)
    other = gc.roster.TokenKey(KEY[::-1])
    assert other.check_value() != key.check_value() == gc.roster.TokenKey(KEY).check_value()
    assert key.tokenize([1e18, 13_800_138_000], "phone").lost_digits == [0]


def test_what_a_pandas_column_becomes_keeps_its_index() -> None:
    frame = pd.DataFrame({"phone": PHONES, "grid": ["11", "12", "1", None]}).sort_values("phone", ascending=False)
    key = gc.roster.TokenKey(KEY)
    frame["token"] = key.tokenize(frame["phone"], "phone").tokens
    texts = [phone if isinstance(phone, str) and phone[0] == "1" else None for phone in frame["phone"]]
    same = [None if phone is None else key.token(phone, "phone") for phone in texts]
    assert [token if isinstance(token, str) else None for token in frame["token"]] == same
    rows = [{"code": code, "parent": parent, "name": code} for code, parent in (("1", None), ("11", "1"), ("12", "1"))]
    tree = gc.GridTree.from_table(rows)
    known = frame.dropna(subset=["grid"]).copy()
    known["parent"] = tree.parent(known["grid"])
    assert [grid for grid, parent in zip(known["grid"], known["parent"], strict=True) if parent == "1"] == ["12", "11"]


def test_a_key_is_never_shown_or_saved() -> None:
    key = gc.roster.TokenKey(KEY)
    assert repr(key) == str(key) == "TokenKey(...)"
    assert not hasattr(key, "__dict__")
    for save in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError) as caught:
            save(key)
        assert "sixteen" not in str(caught.value)
    with pytest.raises(TypeError):
        pickle.dumps(key._core)
