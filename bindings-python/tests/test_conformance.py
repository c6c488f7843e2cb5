"""The shared vectors, answered by Python; what they mean is written down in `tests/src/lib.rs` of the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gridcore as gc
import pytest
from ops import deploy, duty, events, roster, solve
from ops.input import building, csv_of, fnv1a, some, tree_of

if TYPE_CHECKING:
    from ops.input import Input, Op

VECTORS = Path(__file__).parents[2] / "tests" / "vectors"


def table_of(tree: gc.GridTree, grid: str | None = None) -> list[Input]:
    return tree.to_table([], grid=grid)


def footprints_of(given: Input) -> Any:
    return tree_of(given).footprints(**given["footprints"])


def points(given: Input, name: str) -> tuple[list[float], list[float]]:
    return [x for x, _ in given[name]], [y for _, y in given[name]]


def pairs(columns: tuple[list[float], list[float]]) -> list[list[float]]:
    return [[x, y] for x, y in zip(*columns, strict=True)]


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


def walk(name: str, *arguments: str) -> Op:
    return lambda given: getattr(tree_of(given), name)(*(given[argument] for argument in arguments))


def scheme(name: str, *arguments: str) -> Op:
    return lambda given: getattr(scheme_of(given), name)(*(given[argument] for argument in arguments))


def table(given: Input) -> list[Input]:
    return table_of(tree_of(given))


# Trees, codes, places; duties, events and plans have files of their own.
GRIDS: dict[str, Op] = {
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
}
TABLES = (GRIDS, duty.OPS, events.OPS, deploy.OPS, solve.OPS, roster.OPS)
OPS = {name: ask for table in TABLES for name, ask in table.items()}


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
    """No operation of the tables goes unasked, and none stands in two of them."""
    names = [name for table in TABLES for name in table]
    assert sorted(names) == sorted({case.values[0]["op"] for case in read()})
