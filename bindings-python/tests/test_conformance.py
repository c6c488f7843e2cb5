"""The shared vectors, answered by Python; what they mean is written down in `tests/src/lib.rs` of the repository."""

from __future__ import annotations

import base64
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gridcore as gc
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

Input = dict[str, Any]

VECTORS = Path(__file__).parents[2] / "tests" / "vectors"
BUILDING = ("schema", "code_scheme", "weights")


def building(given: Input) -> Input:
    wishes = {key: given[key] for key in BUILDING if key in given}
    if "root" in given:
        root = given["root"]
        wishes["root"] = root if isinstance(root, str) else (root["code"], root["name"])
    return wishes


def csv_of(given: Input) -> bytes:
    return given["csv"].encode() if "csv" in given else base64.b64decode(given["csv_base64"])


def tree_of(given: Input) -> gc.GridTree:
    if "edition" in given:
        return gc.samples.register(given["edition"])
    if "city" in given:
        return gc.samples.zhongshan().tree
    if "json" in given:
        return gc.GridTree.from_json(given["json"])
    if "csv" in given or "csv_base64" in given:
        return gc.GridTree.from_csv(csv_of(given), **building(given))
    return gc.GridTree.from_table(given["rows"] if "rows" in given else given["columns"], **building(given))


def table_of(tree: gc.GridTree, grid: str | None = None) -> list[Input]:
    return tree.to_table([], grid=grid)


def footprints_of(given: Input) -> Any:
    return tree_of(given).footprints(**given["footprints"])


def some(given: Input, *names: str) -> Input:
    return {name: given[name] for name in names if name in given}


def points(given: Input, name: str) -> tuple[list[float], list[float]]:
    return [x for x, _ in given[name]], [y for _, y in given[name]]


def pairs(columns: tuple[list[float], list[float]]) -> list[list[float]]:
    return [[x, y] for x, y in zip(*columns, strict=True)]


def fnv1a(text: str) -> str:
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & (2**64 - 1)
    return f"{value:016x}"


def lossy(given: Input) -> Input:
    if "csv" in given:
        built = gc.GridTree.from_csv_lossy(csv_of(given), **building(given))
    else:
        built = gc.GridTree.from_table_lossy(given["rows"], **building(given))
    return {
        "tree": None if built.tree is None else table_of(built.tree),
        "faults": [[fault["row"], fault["code"]] for fault in built.faults],
        "rejected": built.rejected,
    }


def edited(given: Input) -> Input:
    tree, changes = tree_of(given).edit(given["edits"])
    return {"tree": table_of(tree), "map": changes}


def rollup(given: Input) -> list[Input]:
    how = {name: tuple(wish) if isinstance(wish, list) else wish for name, wish in given["how"].items()}
    return tree_of(given).rollup(given["table"], how, **some(given, "by"))


def strength(given: Input) -> str:
    tree = tree_of(given)
    prints = tree.footprints(**given["footprints"]) if "footprints" in given else None
    return fnv1a(tree.to_svg(given["counts"], prints, **given.get("wishes", {})))


def strength_geojson(given: Input) -> Any:
    tree = tree_of(given)
    prints = tree.footprints(**given["footprints"])
    return json.loads(tree.to_geojson(given["counts"], prints, **given.get("wishes", {})))


def fronts_of(given: Input) -> gc.Fronts:
    return tree_of(given).fronts(given["fronts"])


def scheme_of(given: Input) -> gc.CodeScheme:
    return gc.CodeScheme(given["scheme"])


def layout_read(given: Input) -> Input:
    layout = gc.Layout(given["layout"])
    return {"text": str(layout), "counts": layout.counts, "total": layout.total, "fan_outs": layout.fan_outs}


def claim_read(given: Input) -> Input:
    claim = gc.Claim(given["text"])
    return {
        "text": claim.text,
        "low": claim.low,
        "high": claim.high,
        "rule": claim.rule,
        "measure": claim.measure,
    }


def apportion(given: Input) -> Input:
    parties: list[Any] = list(given["weights"])
    if "minimums" in given or "caps" in given:
        none = [None] * len(parties)
        rows = zip(parties, given.get("minimums", none), given.get("caps", none), strict=True)
        parties = [{"weight": weight, "minimum": least or 0, "cap": most} for weight, least, most in rows]
    return gc.apportion(given["seats"], parties, method=given["method"], **some(given, "minimum", "decimals"))


def locate(given: Input) -> list[str | None]:
    x, y = points(given, "points")
    return footprints_of(given).locate(x, y, crs=given.get("points_crs"), level=given.get("level"))


def register(given: Input) -> Input:
    tree = gc.samples.register(given["edition"])
    return {"counts": tree.counts(), "root": tree.row("442000")}


def zhongshan(given: Input) -> Input:
    city = gc.samples.zhongshan(given.get("seed"))
    tree = city.tree
    return {
        "counts": tree.counts(),
        "towns": [[town, tree.counts(town)] for town in tree.children("442000")],
        "cover": len(city.cover),
        "fronts": len({row["front"] for row in city.fronts}),
        "staff": len(city.staff),
        "strength": len(city.strength),
    }


def read_footprints(given: Input) -> Input:
    prints = footprints_of(given)
    return {"len": len(prints), "crs": prints.crs, "invented": prints.invented}


def walk(name: str, *arguments: str) -> Callable[[Input], Any]:
    return lambda given: getattr(tree_of(given), name)(*(given[argument] for argument in arguments))


def scheme(name: str, *arguments: str) -> Callable[[Input], Any]:
    return lambda given: getattr(scheme_of(given), name)(*(given[argument] for argument in arguments))


def table(given: Input) -> list[Input]:
    return table_of(tree_of(given))


DUTY = ("absences", "deputies", "holdings", "posts", "teams", "people", "chains")
PLAN = ("positions", "decimals")
STAFFING = ("home", "work", "skill_miss", "language_miss", "reach", "fair", "allow_gaps")
PAIRING = ("grids", "level", "under", "costs", "distance", "size", "mismatch")
SURGE = ("pairs", "edges", "units", "paired", "neighbour", "anywhere", "distance", "allow_gaps")
SPREAD = ("grids", "level", "under", "size", "home")
SHIFTS = ("wishes", "utc_offset", "rest", "one_a_day", "most_shifts", "load_weight", "distance_weight")


def picked(given: Input, rows: list[Input]) -> list[Input]:
    return [{key: row[key] for key in given["keys"]} for row in rows] if "keys" in given else rows


def duty_of(given: Input) -> gc.Responsibility:
    tree = tree_of(given)
    tables = gc.samples.zhongshan_duty() if "city" in given else some(given, "assignments", *DUTY)
    assignments = tables.get("assignments", [])
    if "without_holders_of_leaf" in given:
        root = tree.codes([0])[0]
        leaf = tree.leaves(root)[given["without_holders_of_leaf"]]
        assignments = [row for row in assignments if row["grid"] != leaf]
    others: Any = {name: rows for name, rows in tables.items() if name != "assignments"}
    return gc.Responsibility.resolve(tree, assignments, **others)


def entered(duty: gc.Responsibility, layers: list[Input]) -> gc.Responsibility:
    for layer in layers:
        wishes = some(layer, "rows", "teams", "pairings", "until")
        duty = duty.enter(layer["mode"], layer["scope"], from_=layer.get("from"), **wishes)
    return duty


def asked(name: str) -> Callable[[Input], Any]:
    def ask(given: Input) -> Any:
        return getattr(duty_of(given), name)(given["grid"], given["domain"], **some(given, "at", "mode"))

    return ask


def accountable(given: Input) -> Any:
    found = asked("accountable")(given)
    if isinstance(given["grid"], str):
        return found
    return {name: [row[name] for row in found] for name in found[0]}


def duty_tables(given: Input) -> Input:
    return {name: rows for name, rows in duty_of(given).tables().items() if rows}


def duty_lists(given: Input) -> Input:
    duty = duty_of(given)
    return {"domains": duty.domains, "modes": duty.modes, "people": duty.people, "is_timed": duty.is_timed}


def audit(given: Input) -> list[Input]:
    wishes = some(given, "at", "until", "always", "domains", "modes", "span", "every_level")
    return picked(given, duty_of(given).audit(from_=given.get("from"), **wishes))


def enter_leave(given: Input) -> Input:
    before = duty_of(given)
    inside = entered(before, given["layers"])
    after = inside
    for layer in reversed(given["layers"]):
        after = after.leave(layer["mode"], layer["scope"])
    question = (given["grid"], given["domain"], given["at"])
    told = [duty.accountable(*question)["person"] for duty in (before, inside, after)]
    return {
        **dict(zip(("before", "inside", "after"), told, strict=True)),
        "same_bytes": before.to_json() == after.to_json(),
        "base_is_same": inside.base() == before,
    }


def duty_json(given: Input) -> Input:
    duty = duty_of(given)
    text = duty.to_json()
    return {"text": text, "same": gc.Responsibility.from_json(duty.tree, text) == duty}


def changed(given: Input) -> Input:
    wishes = some(given, "undecided", "others", "weight")
    after = gc.change.apply(duty_of(given), given["changes"], **wishes)
    return {
        "codes": after.tree.codes(range(len(after.tree))),
        "assignments": after.duty.active_tables()["assignments"],
        "ledger": after.ledger,
        "map": after.map,
        "needs_holder": after.needs_holder,
    }


def differences(given: Input) -> Any:
    before = duty_of(given)
    return gc.change.diff(before, gc.Responsibility.resolve(before.tree, given["later"]))


def events_of(given: Input) -> gc.Events:
    rows = list(given.get("events", []))
    for group in given.get("groups", []):
        for _ in range(group["count"]):
            rows.append({"id": f"g{len(rows)}", **group["event"]})
    return gc.Events.from_rows(tree_of(given), rows, **some(given, "profile"))


def events_report(name: str) -> Callable[[Input], Any]:
    def answer(given: Input) -> Any:
        found = getattr(events_of(given), name)(given["now"], **some(given, "received_from", "received_until"))
        return picked(given, found) if isinstance(found, list) else found

    return answer


def alert_steps(given: Input) -> Input:
    alerts = gc.alert.Alerts.from_rows(tree_of(given), [given["scale"]], given["alerts"])
    question = (given["scale"]["name"], given["grid"])
    return {"level": alerts.level(*question, given["at"]), "steps": alerts.steps(*question)}


def plan_of(given: Input, problem: str) -> gc.deploy.Plan:
    tree = tree_of(given)
    wishes = some(given, *PLAN)
    match problem:
        case "assign":
            wishes |= some(given, "candidates", *STAFFING)
            columns = given.get("candidate_columns")
            return gc.deploy.assign(tree, given["needs"], given["people"], columns=columns, **wishes)
        case "pair":
            units = given.get("units")
            if "city" in given:
                units = [some(unit, "unit", "home") for unit in gc.samples.zhongshan_deployment(nearest=1)["units"]]
            return gc.deploy.pair(tree, units, **wishes, **some(given, *PAIRING))
        case "surge":
            return gc.deploy.surge(tree, given["supply"], given["demand"], **wishes, **some(given, *SURGE))
        case "aid":
            wishes |= some(given, "edges", "distance", "allow_gaps")
            return gc.deploy.aid(tree, given["spares"], given["demand"], **wishes)
        case "spread":
            whom = given["count"] if "count" in given else given["people"]
            return gc.deploy.spread(tree, whom, **wishes, **some(given, *SPREAD))
        case _:
            raise KeyError(problem)


def amounts(rows: list[Input]) -> list[list[int]]:
    return [list(pair) for pair in sorted(Counter(row["amount"] for row in rows).items())]


def plan_out(given: Input, plan: gc.deploy.Plan) -> Input:
    plan.verify()
    certificate = plan.certificate
    answer: Input = {
        "kind": plan.kind,
        "cost": plan.cost,
        "cost_units": plan.cost_units,
        "changes": plan.changes,
        "bound": certificate["bound"],
        "verified": certificate["verified"],
        "loads": amounts(plan.loads),
        "by_grid": amounts(plan.by_grid),
    }
    if given.get("keys") != []:
        answer["table"] = picked(given, plan.table)
    return answer


def planned(problem: str) -> Callable[[Input], Any]:
    return lambda given: plan_out(given, plan_of(given, problem))


def again(given: Input) -> gc.deploy.Replan:
    changed = plan_of(given, given["problem"]).without(given.get("without", []))
    return changed.with_demand(given["later_demand"]) if "later_demand" in given else changed


def replanned(given: Input) -> Input:
    changed = again(given)
    plan = changed.replan(**some(given, "change_cost", "fewest_changes"))
    missing = sum(row["missing"] for row in changed.gaps() if row["level"] == 0)
    return {**plan_out(given, plan), "missing_before": missing, "kept": plan.kept(given.get("weight"))}


def plan_saved(given: Input) -> bool:
    plan = plan_of(given, given["problem"])
    loaded = gc.deploy.Plan.from_json(plan.tree, plan.to_json())
    loaded.verify()
    return loaded == plan


def teams_of(given: Input) -> gc.deploy.Teams:
    if "rule" in given:
        return gc.deploy.most_teams(tree_of(given), given["people"], given["rule"])
    return gc.deploy.teams(tree_of(given), given["people"], given["rules"], given["teams"], **some(given, "fill"))


def teams(given: Input) -> Input:
    found = teams_of(given)
    found.verify()
    return {"table": found.table, "certificate": found.certificate}


def roster_of(given: Input) -> gc.deploy.ShiftRoster:
    tables = (given["checkpoints"], given["shifts"], given["people"])
    return gc.deploy.shifts(tree_of(given), *tables, days=given["days"], **some(given, *SHIFTS))


def shifts(given: Input) -> Input:
    roster = roster_of(given)
    roster.verify()
    return {"table": roster.table, "loads": roster.loads, "certificate": roster.certificate}


def infeasible(ask: Callable[[Input], Any]) -> Callable[[Input], Any]:
    def answer(given: Input) -> Input:
        with pytest.raises(gc.Infeasible) as caught:
            ask(given)
        error = caught.value
        assert error.cause == (error.causes[0] if error.causes else None)
        return {"code": error.code, "causes": error.causes}

    return answer


def any_plan(given: Input) -> Any:
    match given["problem"]:
        case "teams":
            return teams_of(given)
        case "shifts":
            return roster_of(given)
        case _:
            return plan_of(given, given["problem"])


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


OPS: dict[str, Callable[[Input], Any]] = {
    "grid_code": lambda given: gc.grid_code(given["text"]),
    "tree.from_table": table,
    "tree.from_columns": table,
    "tree.from_csv": table,
    "tree.from_json": table,
    "tree.from_table_lossy": lossy,
    "tree.from_csv_lossy": lossy,
    "tree.to_table": lambda given: table_of(tree_of(given), given.get("grid")),
    "tree.extract": lambda given: table_of(tree_of(given).extract(given["grid"])),
    "tree.row": walk("row", "grid"),
    "tree.to_json": walk("to_json"),
    "edit_map_then": lambda given: gc.edit_map_then(given["first"], given["later"]),
    "tree.about": walk("about"),
    "tree.edit": edited,
    "tree.len": lambda given: len(tree_of(given)),
    "tree.counts": lambda given: tree_of(given).counts(given.get("grid")),
    "tree.layout": lambda given: tree_of(given).layout(given.get("grid")),
    "tree.contains": lambda given: given["code"] in tree_of(given),
    "tree.index": walk("index", "codes"),
    "tree.codes": walk("codes", "positions"),
    "tree.parent": walk("parent", "grid"),
    "tree.children": walk("children", "grid"),
    "tree.path": walk("path", "grid"),
    "tree.siblings": walk("siblings", "grid"),
    "tree.leaves": walk("leaves", "grid"),
    "tree.depth": walk("depth", "grid"),
    "tree.descendants": lambda given: tree_of(given).descendants(given["grid"], given.get("level")),
    "tree.ancestor_at": walk("ancestor_at", "grid", "level"),
    "tree.lca": walk("lca", "a", "b"),
    "tree.distance": walk("distance", "a", "b"),
    "tree.is_ancestor": walk("is_ancestor", "above", "below"),
    "tree.children_page": walk("children_page", "grid", "offset", "limit"),
    "tree.search": lambda given: tree_of(given).search(given["text"], **some(given, "limit", "level", "under")),
    "tree.rollup": rollup,
    "tree.total": lambda given: tree_of(given).total(given["weight"]),
    "tree.spans": lambda given: tree_of(given).spans(given.get("grid"), profile=given.get("profile")),
    "tree.supervisors": lambda given: tree_of(given).supervisors(given["bound"], given.get("grid")),
    "tree.declared": walk("declared", "declared"),
    "tree.to_svg": strength,
    "tree.to_geojson": strength_geojson,
    "fronts.rows": lambda given: fronts_of(given).rows(),
    "fronts.counts": lambda given: fronts_of(given).counts(),
    "fronts.of": lambda given: fronts_of(given).of(given["grid"]),
    "fronts.members": lambda given: fronts_of(given).members(given["front"]),
    "footprints.read": read_footprints,
    "footprints.to_geojson": lambda given: json.loads(footprints_of(given).to_geojson()),
    "footprints.to": lambda given: json.loads(footprints_of(given).to(given["to"]).to_geojson()),
    "footprints.bounds": lambda given: footprints_of(given).bounds(),
    "footprints.areas": lambda given: footprints_of(given).areas(),
    "footprints.locate": locate,
    "footprints.adjacency": lambda given: footprints_of(given).adjacency(
        given["level"], **some(given, "queen", "tolerance_m", "least_border_m")
    ),
    "footprints.check_tiling": lambda given: footprints_of(given).check_tiling(given["tolerance_m2"]),
    "scheme.definition": lambda given: scheme_of(given).definition,
    "scheme.lengths": lambda given: scheme_of(given).lengths,
    "scheme.nests": lambda given: scheme_of(given).nests,
    "scheme.takes_integers": lambda given: scheme_of(given).takes_integers,
    "scheme.check": scheme("check", "code"),
    "scheme.parse": scheme("parse", "code"),
    "scheme.parent_of": scheme("parent_of", "code"),
    "scheme.strip": scheme("strip", "code"),
    "scheme.extends": scheme("extends", "parent", "child"),
    "scheme.format": scheme("format", "parts"),
    "scheme.from_integer": scheme("from_integer", "number"),
    "scheme.capacity_check": lambda given: scheme_of(given).capacity_check(dict(given["children"])),
    "scheme.spread_check": scheme("spread_check", "total", "parents"),
    "layout.read": layout_read,
    "layout.check": lambda given: gc.Layout(given["layout"]).check(given["counts"]),
    "claim.read": claim_read,
    "claim.check": lambda given: gc.Claim(given["text"]).check(given["count"]),
    "claim.admits": lambda given: gc.Claim(given["text"]).admits(given["count"]),
    "apportion": apportion,
    "geo.convert": lambda given: pairs(gc.geo.convert(*points(given, "points"), given["source"], given["target"])),
    "geo.distance": lambda given: gc.geo.distance(
        *points(given, "a"), *points(given, "b"), crs=given.get("crs", "wgs84")
    ),
    "geo.area": lambda given: gc.geo.area(*points(given, "points"), **some(given, "crs")),
    "samples.editions": lambda _: gc.samples.editions(),
    "samples.register": register,
    "samples.register_csv": lambda given: fnv1a(gc.samples.register_csv(given["edition"])),
    "samples.zhongshan": zhongshan,
    "duty.tables": duty_tables,
    "duty.lists": duty_lists,
    "duty.accountable": accountable,
    "duty.supporting": asked("supporting"),
    "duty.supervising": asked("supervising"),
    "duty.chain": asked("chain"),
    "duty.headcount": lambda given: duty_of(given).headcount(given.get("at")),
    "duty.mode_at": lambda given: entered(duty_of(given), given["layers"]).mode_at(given["grid"], given.get("at")),
    "duty.audit": audit,
    "duty.enter_leave": enter_leave,
    "duty.to_json": duty_json,
    "change.apply": changed,
    "change.diff": differences,
    "events.totals": events_report("totals"),
    "events.report": events_report("report"),
    "events.breaches": lambda given: events_of(given).breaches(given["now"], **some(given, "within")),
    "events.escalations": lambda given: events_of(given).escalations(
        duty_of(given), given["now"], **some(given, "within")
    ),
    "alert.needs": lambda given: gc.alert.needs(tree_of(given), given["scale"], given["grid"], given["level"]),
    "alert.delta": lambda given: gc.alert.delta(
        tree_of(given), given["scale"], given["grid"], given["before"], given["after"]
    ),
    "alert.steps": alert_steps,
    "deploy.assign": planned("assign"),
    "deploy.pair": planned("pair"),
    "deploy.surge": planned("surge"),
    "deploy.aid": planned("aid"),
    "deploy.spread": planned("spread"),
    "deploy.replan": replanned,
    "deploy.frontier": lambda given: again(given).frontier(),
    "deploy.gaps": lambda given: plan_of(given, given["problem"]).gaps(),
    "deploy.to_json": plan_saved,
    "deploy.infeasible": infeasible(any_plan),
    "deploy.person_times": lambda given: gc.deploy.person_times(
        tree_of(given), given["attendance"], **some(given, "days", "most_per_day")
    ),
    "deploy.person_count": lambda given: gc.deploy.person_count(**given),
    "deploy.teams": teams,
    "deploy.most_teams": teams,
    "deploy.shifts": shifts,
    "solve.assign_dense": dense,
    "solve.assign": assign,
    "solve.reassign": assign,
    "solve.maximum_matching": matched,
    "solve.min_cost_flow": flow,
    "solve.reflow": flow,
    "solve.infeasible": infeasible(bare),
}


def same(wanted: Any, found: Any, at: str = "") -> None:
    """Holds two values together: numbers by value, whatever their type, and no truth value for a number."""
    if isinstance(wanted, dict):
        assert isinstance(found, dict), f"{at}: {found!r}"
        assert sorted(wanted) == sorted(found), at
        for key, value in wanted.items():
            same(value, found[key], f"{at}.{key}")
    elif isinstance(wanted, list):
        assert isinstance(found, list | tuple), f"{at}: {found!r}"
        assert len(found) == len(wanted), f"{at}: {found!r}"
        for number, (value, other) in enumerate(zip(wanted, found, strict=True)):
            same(value, other, f"{at}[{number}]")
    else:
        assert isinstance(wanted, bool) == isinstance(found, bool), f"{at}: {found!r}"
        assert found == wanted, at


def read() -> list[Any]:
    cases: list[Any] = []
    for path in sorted(VECTORS.glob("*.json")):
        vectors = json.loads(path.read_text("utf-8"))
        cases += [pytest.param(vector, id=f"{path.stem}-{number}") for number, vector in enumerate(vectors)]
    return cases


@pytest.mark.parametrize("vector", read())
def test_vector(vector: Input) -> None:
    """A vector is answered as it says."""
    answer = OPS[vector["op"]]
    if "expect" in vector:
        same(vector["expect"], answer(vector["input"]))
        return
    with pytest.raises(gc.GridcoreError) as caught:
        answer(vector["input"])
    error, wanted = caught.value, vector["error"]
    assert error.code == wanted["code"]
    faults: Any = error.faults
    if isinstance(faults, dict):  # the same kind as the table: here columns
        faults = [dict(zip(faults, row, strict=True)) for row in zip(*faults.values(), strict=True)]
    assert len(faults) == len(wanted["faults"]), faults
    for number, (keys, fault) in enumerate(zip(wanted["faults"], faults, strict=True)):
        same(keys, {key: fault[key] for key in keys}, f"faults[{number}]")


def test_every_operation_has_a_vector() -> None:
    """No operation of the table goes unasked."""
    assert set(OPS) == {case.values[0]["op"] for case in read()}
