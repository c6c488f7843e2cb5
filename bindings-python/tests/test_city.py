"""The whole face on the sample city: every method once, against figures of the report or counted by hand."""

import json
import pickle
from itertools import pairwise

import gridcore as gc
import numpy as np
import polars as pl
import pytest

TORCH, CUIHENG, CITY = "442000003", "442000008", "442000"


@pytest.fixture(scope="module")
def city() -> gc.samples.Sample:
    return gc.samples.zhongshan()


def test_counts_and_layouts_are_those_of_the_report(city: gc.samples.Sample) -> None:
    tree = city.tree
    assert tree.counts() == [1, 23, 287, 3300, 10117]
    assert len(tree) == 13728
    assert tree.counts(TORCH) == [0, 1, 18, 99, 1153]
    assert tree.layout(CUIHENG) == "1+26+307+1307"
    assert gc.Layout("1+26+307+1307").check(tree.counts(CUIHENG)[1:]) == []
    assert gc.Claim("1万多个").admits(tree.counts()[4])
    assert len(city.cover) >= 287
    assert {row["front"] for row in city.fronts} and len({row["front"] for row in city.fronts}) == 9


def test_walks_agree_one_at_a_time_and_by_the_column(city: gc.samples.Sample) -> None:
    tree = city.tree
    leaves = tree.leaves(CUIHENG)
    assert len(leaves) == 1307
    some = leaves[::100]
    assert tree.path(some) == [tree.path(leaf) for leaf in some]
    assert tree.ancestor_at(some, 1) == [CUIHENG] * len(some)
    positions = tree.index(np.array(some))
    assert tree.codes(positions) == some
    assert tree.lca(positions, positions).tolist() == positions.tolist()
    assert tree.distance(some[0], CITY) == 4 == tree.depth(some[0])
    assert tree.is_ancestor([CITY] * len(some), some) == [True] * len(some)
    assert tree.descendants(CUIHENG, level=2) == tree.children(CUIHENG)
    for leaf, following in pairwise(some):
        assert leaf not in tree.siblings(leaf)
        assert tree.lca(leaf, following) == tree.lca([leaf], [following])[0]
    assert CUIHENG in tree
    assert "9" not in tree
    assert None not in tree


def test_roll_ups_give_the_callers_kind_back(city: gc.samples.Sample) -> None:
    tree = city.tree
    staff = pl.DataFrame(city.strength).rename({"code": "grid"})
    rolled = tree.rollup(staff, {"count": "sum"}, by="grid")
    assert isinstance(rolled, pl.DataFrame)
    assert rolled.height == len(tree)
    assert rolled["count"][0] == len(city.staff) == staff["count"].sum()
    means = tree.rollup(
        [{"code": TORCH, "rate": 0.5, "people": 10}, {"code": CUIHENG, "rate": 1.0, "people": 30}],
        {"rate": ("mean", "people"), "people": "max"},
    )
    assert means[0] == {"code": CITY, "rate": 0.875, "people": 30}
    with pytest.raises(TypeError, match="numbers are wanted"):
        tree.rollup([{"code": TORCH, "rate": "high"}], {"rate": "sum"})
    with pytest.raises(gc.GridcoreError) as caught:
        tree.rollup([{"code": "nowhere", "rate": 1}], {"rate": "sum"})
    assert caught.value.faults[0]["row"] == 0


def test_spans_and_supervisors(city: gc.samples.Sample) -> None:
    spans = city.tree.spans()
    by_level = {row["level"]: row for row in spans["levels"]}
    assert by_level[0]["mean"] == 23
    assert by_level[1]["children"] == 287
    assert by_level[3]["children"] == 10117
    [root] = [row for row in spans["offenders"] if row["level"] == 0]
    assert (root["span"], root["bound"]) == (23, 7)
    plan = city.tree.supervisors(7)
    assert sum(row["grid"] == CITY for row in plan["rows"]) == 3


def test_declared_counts_stand_beside_registered_ones() -> None:
    register = gc.samples.register(2023)
    rows = [
        {"grids": [TORCH], "level": 2, "declared": 18},
        {"grids": [CUIHENG], "level": 2, "declared": 26},
        {"grids": [], "level": 2, "declared": 287},
    ]
    lines = {line["part"]: line for line in register.declared(rows) if line["part"] != "part"}
    assert (lines["rest"]["low"], lines["rest"]["registered"]) == (243, 263)


def test_edits_are_all_or_none(city: gc.samples.Sample) -> None:
    register = gc.samples.register(2020)
    edited = register.edit([{"op": "rename", "grid": TORCH, "name": "火炬"}])
    assert edited.tree.row(TORCH)["name"] == "火炬"
    assert edited.map == [{"old": TORCH, "new": [{"code": TORCH, "share": 1.0}], "events": ["renamed"]}]
    with pytest.raises(gc.GridcoreError) as caught:
        register.edit([{"op": "rename", "grid": "1", "name": "x"}, {"op": "move", "grid": "2", "parent": "3"}])
    assert {fault["row"] for fault in caught.value.faults} == {0, 1}


def test_a_tree_survives_saving_pickling_and_cutting(city: gc.samples.Sample) -> None:
    tree = city.tree
    assert gc.GridTree.from_json(tree.to_json()) == tree
    assert pickle.loads(pickle.dumps(tree)) == tree
    torch = tree.extract(TORCH)
    assert torch.counts() == tree.counts(TORCH)
    assert torch != tree
    assert tree.about()["code_scheme"] is not None
    with pytest.raises(gc.GridcoreError, match="JSON"):
        gc.GridTree.from_json("{")


def test_search_and_pages() -> None:
    register = gc.samples.register(2023)
    assert [row["name"] for row in register.search("马安", limit=1)] == ["马安村民委员会"]
    page = register.children_page(CITY, 20, 5)
    assert page["total"] == 23
    assert [row["code"] for row in page["rows"]] == register.children(CITY)[20:25]


def test_fronts_never_count_in_the_totals(city: gc.samples.Sample) -> None:
    fronts = city.tree.fronts(city.fronts)
    reached = [row["reached"] for row in fronts.counts() if row["level"] == 4]
    assert sum(reached) == 1153
    first = fronts.rows()[0]["front"]
    member = fronts.members(first)[0]
    assert fronts.of(city.tree.children(member)[0])[0] == {"front": first, "grid": member}
    with pytest.raises(KeyError):
        fronts.members("none")


def test_maps_count_every_head_once(city: gc.samples.Sample) -> None:
    tree = city.tree
    footprints = tree.footprints(invented=True)
    assert footprints.invented
    assert len(footprints) == len(tree) - 1  # the root is named beside the rows
    features = json.loads(tree.to_geojson(city.strength, footprints))
    assert len(features["features"]) == 10117
    assert sum(feature["properties"]["total"] for feature in features["features"]) == len(city.staff)
    assert tree.to_svg(city.strength, footprints, level=1, lang="zh").startswith("<svg")
    assert tree.to_svg(city.strength, level=2).startswith("<svg")
    assert "3300" in tree._repr_html_().replace(",", "")


def test_places_and_outlines(city: gc.samples.Sample) -> None:
    footprints = city.tree.footprints(invented=True)
    towns = footprints.adjacency(1)
    assert not towns["islands"]
    assert all(border["border_m"] > 0 for border in towns["borders"])
    areas = footprints.areas()
    [torch] = city.tree.index([TORCH])
    parts = [areas[position] or 0 for position in city.tree.index(city.tree.children(TORCH))]
    assert sum(parts) == pytest.approx(areas[torch], rel=1e-6)
    x, y = gc.geo.convert([113.39, 200.0][:1], [22.52], "wgs84", "gcj02")
    back, _ = gc.geo.convert(x, y, "gcj02", "wgs84")
    assert back[0] == pytest.approx(113.39, abs=1e-8)
    [metres] = gc.geo.distance([0.0], [0.0], [0.0], [1.0])
    assert metres == pytest.approx(110574.389, abs=0.001)
    with pytest.raises(gc.GridcoreError):
        gc.geo.convert([200.0], [22.5], "wgs84", "gcj02")
    assert footprints.locate([0.0], [0.0]) == [None]


def test_schemes_and_shares() -> None:
    nbs = gc.CodeScheme("nbs")
    assert nbs.parent_of("442000001007") == "442000001"
    assert nbs.lengths == [2, 4, 6, 9, 12]
    assert nbs.from_integer(442000001) == "442000001"
    with pytest.raises(gc.GridcoreError) as caught:
        nbs.check("44200")
    assert caught.value.code == "wrong_code_length"
    overflow = gc.CodeScheme("cjt_349").spread_check(1153, 7)
    assert overflow is not None
    assert (overflow["needed"], overflow["available"]) == (165, 99)
    again = gc.CodeScheme(nbs.definition)
    assert again.parse("442000001007")["code"] == "442000001007"
    shares = gc.apportion(10, [6, {"weight": 3, "minimum": 2}, 1], method="huntington_hill", minimum=1)
    assert sum(shares["seats"]) == 10
    with pytest.raises(ValueError, match="method"):
        gc.apportion(10, [1], method="by lot")
