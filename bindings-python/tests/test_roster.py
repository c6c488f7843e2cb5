"""Rosters reconciled: every row accounted for, whatever table it came in, and no value of anyone unasked."""

from __future__ import annotations

import json
import os
import pickle
import signal
import threading
import time
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import gridcore as gc
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

PEOPLE = 600
RULES = {"right": {"走访编号": "record"}}


@pytest.fixture(scope="module")
def sample() -> gc.samples.Visited:
    return gc.samples.zhongshan_visits(PEOPLE, 7)


@pytest.fixture(scope="module")
def tree() -> gc.GridTree:
    return gc.samples.zhongshan().tree


@pytest.fixture(scope="module")
def result(sample: gc.samples.Visited, tree: gc.GridTree) -> gc.Reconciliation:
    return gc.reconcile(sample.register, sample.visits, RULES, tree, progress=None)


def columns_of(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def relation(rows: list[dict[str, Any]]) -> Any:
    return duckdb.from_arrow(pa.Table.from_pylist(rows))


def rows_in(table: Any) -> list[dict[str, Any]]:
    if isinstance(table, list):
        return table
    if isinstance(table, dict):
        return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
    if isinstance(table, pl.LazyFrame):
        table = table.collect()
    return pa.table(table).to_pylist() if isinstance(table, duckdb.DuckDBPyRelation) else pl.DataFrame(table).to_dicts()


def test_every_row_has_one_state_and_most_are_right(result: gc.Reconciliation, sample: gc.samples.Visited) -> None:
    counts = {(row["side"], row["state"]): row["rows"] for row in result.counts}
    for side, rows in (("left", sample.register), ("right", sample.visits)):
        states = result.states(side)
        assert len(states) == len(rows) == sum(count for (of, _), count in counts.items() if of == side)
        told = Counter(states)
        assert all(told[state] == count for (of, state), count in counts.items() if of == side)
    assert len(result.matched) == counts["left", "matched"]
    assert len(result.missing) == len(result.missed) == counts["left", "missing"]
    assert len(result.extra) == counts["right", "extra"]
    assert len(result.duplicates) == counts["left", "duplicate"] + counts["right", "duplicate"]
    right = sum(sample.truth[row["right_row"]] == row["left_row"] for row in result.matched)
    assert right >= 0.98 * len(result.matched)
    assert right >= 0.9 * len({row for row in sample.truth if row is not None})
    ids = [str(row["record"]) for row in sample.register]
    assert all(ids[row["left_row"]] == row["left"] for row in result.matched)


def test_what_stands_beside_the_states(
    result: gc.Reconciliation, sample: gc.samples.Visited, tree: gc.GridTree
) -> None:
    grids = [row["grid"] for row in sample.register]
    assert {row["grid"] for row in result.by() if row["left"]} == set(grids)
    for by in ("all", 1, 4):
        rows = result.by(by)
        [top] = [row for row in rows if row["level"] == (0 if by == "all" else by)][:1]
        assert top["left"] == sum(
            top[state] for state in ("left_matched", "missing", "left_duplicate", "left_review", "kept")
        )
    assert result.by("all")[0]["left"] == PEOPLE
    assert result.by(1, tree=tree) == result.by(1)
    moved = result.moved
    assert moved and all(row["from"] != row["to"] and row["common"] in tree for row in moved)
    assert {row["field"] for row in result.conflicts} <= {row["field"] for row in result.columns}
    assert sum(row["members"] for row in result.households if row["side"] == "left") == PEOPLE
    assert sum(row["canonical"] for row in result.clusters if row["side"] == "left") == PEOPLE - sum(
        row["side"] == "left" for row in result.duplicates
    )
    kinds = {row["column"]: row["kind"] for row in result.columns if row["side"] == "right"}
    assert (kinds["姓名"], kinds["身份证号"], kinds["网格编码"]) == ("name", "id", "grid")
    report = result.report
    assert (report["left_rows"], report["right_rows"]) == (PEOPLE, len(result.states("right")))
    assert report["estimated_pairs"] >= report["compared_pairs"] >= report["kept_pairs"] >= len(result.matched)
    assert report["compared_pairs"] == sum(rule["pairs"] for rule in result.blocking)
    assert (report["cut_blocks"], result.cut, report["gap"]) == (0, [], 0.0)
    assert result.rules["settle"] == "one_to_one"
    shown = result._repr_html_() + repr(result)
    assert str(PEOPLE) in shown
    assert not any(row["name"] in shown for row in sample.register)


def test_decisions_are_explained_behind_a_mask(result: gc.Reconciliation, sample: gc.samples.Visited) -> None:
    pair = result.matched[0]
    name = sample.register[pair["left_row"]]["name"]
    told = result.explain((pair["left"], pair["right"]))
    assert told.linked and told.probability == pair["probability"] and told.weight == pair["weight"]
    bits = sum(step["weight"] + step["term_frequency"] for step in told.steps)
    assert bits + told.to_dict()["prior"] + told.to_dict()["company"] == pytest.approx(told.weight)
    masked = json.dumps(told.to_dict(), ensure_ascii=False) + str(told) + told.svg + told._repr_html_() + repr(told)
    assert name not in masked
    assert told.svg.startswith("<svg") and told.svg in told._repr_html_()
    assert name in [step["left_value"] for step in result.explain((pair["left"], pair["right"]), shown=True).steps]
    assert result.explain((pair["left"], pair["right"]), "zh").sentence != told.sentence
    row = result.explain(pair["left"])
    assert (row.state, row.partner, row.reason) == ("matched", pair["right"], None)
    assert row.candidates[0]["id"] == pair["right"]
    alone = result.missing[0]
    assert result.explain(alone["id"], side="left").reason == alone["reason"]
    assert result.explain(alone["id"]).sentence in result.explain(alone["id"])._repr_html_()
    double = result.duplicates[0]
    assert result.explain((double["id"], double["of"]), side=double["side"]).to_dict()["left_side"] == double["side"]
    for unknown in ("nobody", ("nobody", pair["right"])):
        with pytest.raises(gc.GridcoreError) as caught:
            result.explain(unknown)
        assert caught.value.code == "unknown_record"


def test_words_that_nobody_knows_are_refused(result: gc.Reconciliation, sample: gc.samples.Visited) -> None:
    pair = (result.matched[0]["left"], result.matched[0]["right"])
    badly: Any = {**result.model, "prior": 7.0}
    one: Any = {"name": "secret"}
    wrong: list[tuple[str, str, Any]] = [
        ("wrong_type", "by", lambda: result.by("street")),
        ("wrong_type", "by", lambda: result.by(256)),
        ("wrong_type", "by", lambda: result.by(True)),
        ("wrong_shape", "lang", lambda: result.explain(pair, "fr")),
        ("wrong_shape", "lang", lambda: result.explain(pair[0], "")),
        ("wrong_shape", "side", lambda: result.states("middle")),
        ("wrong_type", "of", lambda: result.explain(None)),  # pyright: ignore
        ("wrong_type", "of", lambda: result.explain(("a", "b", "c"))),  # pyright: ignore
        ("wrong_type", "of", lambda: result.explain(("a", 1.5))),  # pyright: ignore
        ("wrong_type", "limit", lambda: gc.deduplicate(sample.visits, limit=-1)),
        ("wrong_type", "limit", lambda: gc.deduplicate(sample.visits, limit="1")),  # pyright: ignore
        ("wrong_type", "progress", lambda: gc.deduplicate(sample.visits, progress="bar")),  # pyright: ignore
        ("wrong_shape", "roster.name", lambda: gc.deduplicate(one)),
        ("wrong_shape", "table.name", lambda: result.batch_kernel().keys(one)),
    ]
    for code, column, call in wrong:
        with pytest.raises(gc.GridcoreError) as caught:
            call()
        assert (caught.value.code, [fault["column"] for fault in caught.value.faults]) == (code, [column])
        assert "secret" not in str(caught.value)
    with pytest.raises(gc.GridcoreError) as caught:
        gc.rules.model_weight(badly, [1] * len(badly["comparisons"]))
    assert caught.value.code.startswith("model")


def test_what_kept_nothing_from_being_read_is_noted() -> None:
    rows = [{"rid": "a", "name": "张三", "birth": "1990-03-07"}, {"rid": "b", "name": "李四", "birth": "no day"}]
    [note] = [note for note in gc.reconcile(rows, rows[:1], progress=None).notes if note["column"] == "left.birth"]
    assert note["row"] == 1 and note["message_zh"] and "no day" not in str(note)


def test_any_number_of_buckets_leads_to_the_pairs_of_one_call(
    sample: gc.samples.Visited, result: gc.Reconciliation
) -> None:
    kernel = result.batch_kernel()
    keys = [kernel.keys(table, side) for table, side in ((sample.register, "left"), (sample.visits, "right"))]
    whole = kernel.score(sample.register, keys[0], sample.visits, keys[1])
    matched = {(row["left_row"], row["right_row"]): row["weight"] for row in result.matched}
    assert matched.items() <= {(row["left"], row["right"]): row["weight"] for row in whole}.items()
    for buckets in (2, 7, 64):
        pairs: list[dict[str, Any]] = []
        for bucket in range(buckets):
            tables: list[Any] = []
            places: list[list[int]] = []
            for rows, held in ((sample.register, keys[0]), (sample.visits, keys[1])):
                mine = [row for row in held if row["key"] % buckets == bucket]
                place = sorted({row["row"] for row in mine})
                at = {row: number for number, row in enumerate(place)}
                tables += [[rows[row] for row in place], [{"row": at[row["row"]], "key": row["key"]} for row in mine]]
                places.append(place)
            for pair in kernel.score(*tables):
                left, right = places[0][pair["left"]], places[1][pair["right"]]
                pairs.append({**pair, "left": left, "right": right})
        pairs.sort(key=lambda pair: (pair["left"], pair["right"]))
        assert pairs == sorted(whole, key=lambda pair: (pair["left"], pair["right"]))

    # A worker gets the kernel as text, and hands back rows alone.
    sent: gc.roster.BatchKernel = pickle.loads(pickle.dumps(kernel))
    assert sent.to_json() == gc.roster.BatchKernel.from_json(kernel.to_json()).to_json() == kernel.to_json()
    rows = pl.DataFrame({"right": [pair["right"] for pair in whole], "left": [pair["left"] for pair in whole]})
    for pairs_of in (whole, rows.reverse(), rows.to_dict(as_series=False)):
        answer = sent.settle(sample.register, sample.visits, pairs_of)
        for name in ("matched", "missing", "extra", "duplicates", "review", "counts"):
            assert getattr(answer, name) == getattr(result, name)
    alone = gc.deduplicate(sample.visits, progress=None)
    kernel = alone.batch_kernel()
    keys = [kernel.keys(sample.visits)] * 2
    pairs = kernel.score(sample.visits, keys[0], sample.visits, keys[1])
    assert kernel.settle(sample.visits, pairs=pairs).duplicates == alone.duplicates
    with pytest.raises(gc.GridcoreError) as caught:
        kernel.settle(sample.visits, pairs=[{"left": 0, "right": len(sample.visits)}])
    assert [(fault["code"], fault["row"]) for fault in caught.value.faults] == [("unknown_pair", 0)]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.roster.BatchKernel.from_json(result.to_json())
    assert caught.value.code == "unknown_format"


def test_what_a_run_would_cost_is_known_beforehand(sample: gc.samples.Visited, result: gc.Reconciliation) -> None:
    estimate = gc.roster.estimate(sample.register, sample.visits, RULES)
    report = result.report
    assert (estimate["left_rows"], estimate["right_rows"]) == (report["left_rows"], report["right_rows"])
    assert (estimate["pairs"], estimate["cut"]) == (report["estimated_pairs"], result.cut)
    assert [rule["rule"] for rule in estimate["rules"]] == [rule["rule"] for rule in result.blocking]
    assert estimate["columns"] == result.columns
    few = gc.roster.estimate(sample.visits, rules={"most_candidates_per_row": 1})
    assert few["cut"] and few["cut_pairs"] >= sum(block["pairs"] for block in few["cut"])
    with pytest.raises(gc.GridcoreError) as caught:
        gc.roster.estimate([{"rid": 1}])
    assert caught.value.code == "roster_error"


@pytest.mark.parametrize(
    "make",
    [columns_of, pd.DataFrame, pl.DataFrame, lambda rows: pl.LazyFrame(rows), pa.Table.from_pylist, relation],
)
def test_every_kind_of_table_gives_the_same(
    sample: gc.samples.Visited, result: gc.Reconciliation, tree: gc.GridTree, make: Any
) -> None:
    left = make(sample.register)
    found = gc.reconcile(left, make(sample.visits), RULES, tree, progress=None)
    assert type(found.matched) is type(found.columns) is type(found.blocking) is type(left)
    assert type(gc.samples.zhongshan_visits(5, like=left).visits) is type(left)
    assert rows_in(found.matched) == result.matched
    assert rows_in(found.households) == result.households
    assert found.model == result.model
    # A table without rows has its columns all the same.
    assert list(rows_in(gc.reconcile(left, left, tree=tree, progress=None).moved)) == []


def test_cells_of_any_kind_are_compared() -> None:
    day = date(1990, 3, 7)
    numbers = list(range(40))
    texts = {
        "rid": [f"a-{n}" for n in numbers],
        "name": [f"{chr(0x4E00 + 37 * n)}{chr(0x5000 + 91 * n)}" for n in numbers],
        "birth": [f"{1950 + n}-03-07" for n in numbers],
        "badge": [str(900_000_000_000 + n) for n in numbers],
        "fee": [f"{n}.50" for n in numbers],
        "poor": ["true" if n % 2 else "false" for n in numbers],
        "seen": [f"2022-04-04T10:{n:02}:00" for n in numbers],
    }
    days = [day.replace(year=1950 + n) for n in numbers]
    seen = [datetime(2022, 4, 4, 10, n) for n in numbers]
    typed: dict[str, list[Any]] = {
        **texts,
        "birth": days,
        "badge": [900_000_000_000 + n for n in numbers],
        "fee": [Decimal(f"{n}.50") for n in numbers],
        "poor": [n % 2 == 1 for n in numbers],
        "seen": seen,
    }
    mixed = {**typed, "badge": [number if n % 2 else str(number) for n, number in enumerate(typed["badge"])]}
    rules = {"right": {}, "left": {}}
    frames: list[Any] = [
        typed,
        mixed,
        pd.DataFrame(mixed),
        pd.DataFrame(typed).assign(birth=pd.to_datetime(pd.Series(days)), name=pd.Categorical(texts["name"])),
        pl.DataFrame(typed).with_columns(pl.col("name").cast(pl.Categorical), pl.col("badge").cast(pl.UInt64)),
        pl.DataFrame(typed).with_columns(pl.col("seen").dt.replace_time_zone("Asia/Shanghai")),
        pa.table(typed).set_column(2, "birth", pa.array(days, pa.date64())),
        {**texts, "birth": np.array(days, dtype="datetime64[D]"), "poor": np.array(typed["poor"])},
        {**typed, "birth": [datetime(one.year, 3, 7, tzinfo=timezone.utc) for one in days]},
    ]
    for frame in frames:
        found = gc.reconcile(texts, frame, rules, progress=None)
        assert found.states("right") == ["matched"] * 40, type(frame)
        assert rows_in(found.conflicts) == [], type(frame)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_time_with_a_zone_counts_by_its_clock(unit: str) -> None:
    days = [date(1930 + n, 5, 1 + n % 28) for n in range(60)]
    texts = {
        "rid": [f"a-{n}" for n in range(60)],
        "name": [f"{chr(0x4E00 + 37 * n)}{chr(0x5000 + 91 * n)}" for n in range(60)],
        "birth": [day.isoformat() for day in days],
    }
    for zone in ("Asia/Shanghai", "America/New_York", "UTC", "+08:00", "-03:30"):
        # Midnight there: in China of the day before by UTC, with summer time from 1986 to 1991 and in the forties.
        kind: Any = timezone.utc if zone == "UTC" else ZoneInfo(zone) if "/" in zone else None
        ahead = timedelta(hours=8) if zone == "+08:00" else timedelta(hours=-3.5)
        kind = kind or timezone(ahead)
        midnights = [datetime(day.year, day.month, day.day, tzinfo=kind) for day in days]
        column = pa.array(midnights, pa.timestamp(unit, zone))
        # Frames, whose own libraries know of zones, and columns of which nothing else is known.
        tables: list[Any] = [pa.table({**texts, "birth": column}), {**texts, "birth": column}]
        for table in [*tables, {**texts, "birth": column.dictionary_encode()}]:
            found = gc.reconcile(texts, table, progress=None)
            assert found.states("right") == ["matched"] * 60
            assert rows_in(found.conflicts) == [], zone
    nowhere = pa.array([0], pa.timestamp(unit, "Nowhere/Atlantis"))
    with pytest.raises(gc.GridcoreError) as caught:
        gc.deduplicate({"rid": ["a"], "birth": nowhere}, progress=None)
    assert [fault["code"] for fault in caught.value.faults] == ["unknown_zone"]


def test_one_roster_is_freed_of_doubles(sample: gc.samples.Visited) -> None:
    found = gc.deduplicate(sample.visits, progress=None)
    states = Counter(found.states())
    assert states["kept"] + states["duplicate"] + states["review"] == len(sample.visits)
    same = sum(sample.truth[row["row"]] == sample.truth[row["of_row"]] for row in found.duplicates)
    assert same >= 0.5 * len(found.duplicates) > 0
    assert repr(found).startswith("Reconciliation(left duplicate=")


def test_a_person_may_have_several_visits(sample: gc.samples.Visited) -> None:
    visits = [{name: cell for name, cell in row.items() if name != "走访编号"} for row in sample.visits]
    once = gc.reconcile(sample.register, visits, gc.rules.residents(), progress=None)
    often = gc.reconcile(sample.register, visits * 2, gc.rules.visits(), progress=None)
    gathered = gc.reconcile(sample.register, visits * 2, gc.rules.lists(), progress=None)
    assert once.rules["settle"] == "one_to_one"
    assert len(often.matched) >= 1.9 * len(once.matched)
    assert max(row["size"] for row in gathered.clusters) >= 3


def test_a_model_goes_to_splink_and_comes_back(sample: gc.samples.Visited, result: gc.Reconciliation) -> None:
    frozen = gc.reconcile(sample.register, sample.visits, {"model": result.model}, progress=None)
    assert frozen.model == result.model
    settings = gc.rules.model_to_splink(result.model)
    back = gc.rules.model_from_splink(settings)
    assert back == gc.rules.model_from_splink(json.dumps(settings))
    assert [one["levels"] for one in back["comparisons"]] == [one["levels"] for one in result.model["comparisons"]]
    agreed = [1] * len(back["comparisons"])
    assert (gc.rules.model_weight(back, agreed) or 0) > 20
    assert gc.rules.model_weight(back, [99]) is None


def test_every_fault_names_its_column_and_no_person() -> None:
    fine = [{"rid": "a", "name": "secret"}]
    wrong: list[tuple[str, list[tuple[Any, ...]], Any]] = [
        ("roster_error", [("nothing_to_compare", None, None)], lambda: ask([{"rid": 1}], [{"rid": 1}])),
        (
            "roster_error",
            [("duplicate_record", 0, "left.rid")],
            lambda: ask([{"rid": "secret", "name": "x"}, {"rid": "secret", "name": "y"}], fine),
        ),
        (
            "roster_error",
            [("precision_lost", 0, "right.身份证号")],
            lambda: ask([{"rid": 1, "身份证号": "11010519491231002X"}], [{"rid": 1, "身份证号": 1.1010519491231e17}]),
        ),
        ("roster_error", [("unknown_column", None, "left.colour")], lambda: ask(fine, fine, left={"colour": "text"})),
        ("wrong_shape", [("wrong_shape", None, "rules.left.name")], lambda: ask(fine, fine, left={"name": "colour"})),
        ("wrong_shape", [("wrong_shape", None, "rules.speed")], lambda: ask(fine, fine, speed="secret")),
        ("wrong_shape", [("wrong_length", None, "right.name")], lambda: ask(fine, {"rid": [1], "name": []})),
        ("wrong_shape", [("wrong_shape", None, "right.name")], lambda: ask(fine, {"rid": [1], "name": "secret"})),
        ("wrong_shape", [("wrong_shape", None, "right.name")], lambda: ask(fine, {"rid": [1], "name": 5})),
        ("wrong_type", [("wrong_type", None, "table")], lambda: ask(fine, 5)),
        ("wrong_type", [("wrong_type", None, "rules")], lambda: gc.reconcile(fine, fine, "secret")),  # pyright: ignore
        ("model_malformed", [("model_malformed", None, None)], lambda: gc.rules.model_from_splink("secret")),
        (
            "model_size",
            [("model_size", None, None)],
            lambda: gc.rules.model_to_splink({"prior": 0.5, "comparisons": []}),
        ),
    ]
    for code, faults, call in wrong:
        with pytest.raises(gc.GridcoreError) as caught:
            call()
        error = caught.value
        told = [(fault["code"], fault["row"], fault["column"]) for fault in error.faults]
        assert (error.code, told) == (code, faults)
        assert "secret" not in str(error) + json.dumps(error.faults)


def ask(a: Any, b: Any, **rules: Any) -> gc.Reconciliation:
    return gc.reconcile(a, b, rules, progress=None)


def test_a_history_is_kept_and_can_be_checked(
    sample: gc.samples.Visited, result: gc.Reconciliation, tree: gc.GridTree, tmp_path: Path
) -> None:
    pair = result.matched[0]
    ids = (pair["left"], pair["right"])
    stamp: dict[str, Any] = {"at": datetime(2022, 4, 4, 12, tzinfo=timezone.utc), "by": "p-7"}
    apart = result.decide(ids, "different", **stamp)
    assert apart.explain(ids).linked is False
    table = pl.DataFrame({"left": [ids[0]], "right": [ids[1]], "decision": ["open"]})
    assert apart.decide(table).matched == apart.undo().matched == result.matched
    assert [row["holds"] for row in apart.undo().decisions] == [False]
    assert apart.decisions[0] == {
        "seq": 1,
        "left": ids[0],
        "right": ids[1],
        "decision": "different",
        "at": 1_649_073_600,
        "by": "p-7",
        "holds": True,
    }
    # Half of the visits later is all of them at once, under the same model.
    half = len(sample.visits) // 2
    first = result.update(remove_right=[row["走访编号"] for row in sample.visits[half:]])
    assert len(first.states("right")) == half
    whole = first.update(right=sample.visits[half:], **stamp)
    assert [row["what"] for row in whole.log] == ["reconciled", "updated", "updated"]
    assert {(row["left"], row["right"]) for row in whole.matched} == {
        (row["left"], row["right"]) for row in result.matched
    }
    assert result.rerun(sample.register, sample.visits).matched == result.matched
    gc.roster.verify_log(whole.log)
    forged = [{**row, "matched": row["matched"] + 1} if row["seq"] == 1 else row for row in whole.log]
    with pytest.raises(gc.GridcoreError) as caught:
        gc.roster.verify_log(forged)
    assert (caught.value.code, caught.value.faults[0]["row"]) == ("log_hash", 1)

    apart.save(tmp_path / "run.json")
    loaded = gc.Reconciliation.load(tmp_path / "run.json", sample.register, sample.visits, tree)
    assert (loaded.matched, loaded.log, loaded.to_json()) == (apart.matched, apart.log, apart.to_json())
    assert loaded.undo().matched == result.matched
    assert not any(row["name"] in apart.to_json() for row in sample.register)
    with pytest.raises(gc.GridcoreError) as caught:
        gc.Reconciliation.load(tmp_path / "run.json", sample.register[1:], sample.visits, tree)
    assert [fault["code"] for fault in caught.value.faults] == ["other_rows"]
    for wrong, code, place in [
        (lambda: result.decide([ids, ("secret", ids[1])], "same"), "unknown_record", (1, "left")),
        (lambda: result.decide([ids, "secret"], "same"), "wrong_type", (1, "pairs")),
        (lambda: result.decide(ids, "secret"), "wrong_shape", (0, "decision")),
        (lambda: result.update(remove_left=["secret"]), "unknown_record", (0, "left")),
        (lambda: result.update(remove_left="secret"), "wrong_type", (None, "remove_left")),
        (lambda: result.update(remove_left=[b"secret"]), "wrong_type", (0, "remove_left")),  # pyright: ignore
        (lambda: result.undo(), "nothing_to_undo", (None, None)),
        (lambda: result.undo(at=datetime(2022, 4, 4)), "naive_time", (None, "at")),
    ]:
        with pytest.raises(gc.GridcoreError) as caught:
            wrong()
        [fault] = caught.value.faults
        assert (fault["code"], (fault["row"], fault["column"])) == (code, place)
        assert "secret" not in str(caught.value) + str(fault)


def test_long_runs_are_heard_limited_and_stopped(sample: gc.samples.Visited) -> None:
    heard: list[int] = []
    gc.reconcile(sample.register, sample.visits, progress=lambda done, _: heard.append(done))
    assert heard and heard == sorted(heard)
    with pytest.raises(gc.GridcoreError) as caught:
        gc.reconcile(sample.register, sample.visits, limit=1)
    assert caught.value.code == "work_limit"


@pytest.mark.parametrize("moment", [0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95])
@pytest.mark.parametrize("form", ["dicts", "frame"])
def test_a_run_stops_at_whatever_it_is(large: dict[str, tuple[Any, Any, float]], form: str, moment: float) -> None:
    left, right, takes = large[form]
    pressed: list[float] = []

    def press() -> None:
        time.sleep(moment * takes)
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    # A run that is through before the signal comes is made again.
    with pytest.raises(KeyboardInterrupt):
        for _ in range(1000):
            gc.reconcile(left, right, progress=None)
    stopped = time.monotonic()
    presser.join()
    assert stopped - pressed[0] < 0.3


@pytest.fixture(scope="module")
def large() -> dict[str, tuple[Any, Any, float]]:
    """Rosters of 50,000 in two forms, and how long they take."""
    dicts = gc.samples.zhongshan_visits(50_000)
    forms: dict[str, tuple[Any, Any]] = {
        "dicts": (dicts.register, dicts.visits),
        "frame": (pl.DataFrame(dicts.register), pl.DataFrame(dicts.visits)),
    }
    found: dict[str, tuple[Any, Any, float]] = {}
    for form, (left, right) in forms.items():
        start = time.monotonic()
        gc.reconcile(left, right, progress=None)
        found[form] = (left, right, time.monotonic() - start)
    return found


def test_a_bar_is_drawn_by_tqdm(sample: gc.samples.Visited, capsys: pytest.CaptureFixture[str]) -> None:
    from tqdm import tqdm

    gc.reconcile(sample.register, sample.visits)
    shown = capsys.readouterr().err
    assert "unit" in shown and "00:0" in shown
    assert not any(row["name"] in shown for row in sample.register)
    # It is closed when the work ends before its time.
    with pytest.raises(gc.GridcoreError):
        gc.reconcile(sample.register, sample.visits, limit=1)
    assert not list(getattr(tqdm, "_instances", []))


def test_other_threads_run_while_rosters_are_reconciled(sample: gc.samples.Visited) -> None:
    results: list[gc.Reconciliation] = []
    done = threading.Event()
    ticks = 0

    def work() -> None:
        results.append(gc.reconcile(sample.register, sample.visits, progress=None))
        if len(results) == 2:
            done.set()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    while not done.wait(0.001):
        ticks += 1
    for worker in workers:
        worker.join()
    assert ticks > 3
    assert results[0].matched == results[1].matched
