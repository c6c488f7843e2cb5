import { GridTree, geo, samples } from "gridcore";
import { describe, expect, test } from "vitest";

import { caught, wrong } from "./caught.js";
import { TOWN } from "./town.js";

const square = (west: number, south: number, size: number): object => ({
  type: "Polygon",
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});
const land = GridTree.fromRecords([
  { code: "1", name: "city" },
  { code: "11", parent: "1", name: "west", footprint: square(113, 22, 1) },
  { code: "12", parent: "1", name: "east", footprint: square(114, 22, 1) },
]);
const counts = [
  { code: "11", role: "head", count: 1 },
  { code: "11", role: "worker", count: 4 },
  { code: "12", role: "worker", count: 2 },
];

describe("the strength map", () => {
  test("is a treemap without outlines, and a map over them", () => {
    const town = GridTree.fromRecords(TOWN);
    const picture = town.toSvg([{ code: "111", role: "worker", count: 3 }], { lang: "zh", title: "力量图" });
    expect(picture).toMatch(/^<svg[^>]*>/);
    expect(picture).toContain("力量图");
    expect(picture).toContain("mill street");
    using footprints = land.footprints(null, { invented: true });
    expect(land.toSvg(counts, { footprints })).toContain("<path");
    expect(land.toSvg({ code: ["11"], role: ["head"], count: Int8Array.of(1) })).toContain("<svg");
    expect(land.toSvg([])).toContain("<svg");
  });

  test("is GeoJSON whose people add up", () => {
    using footprints = land.footprints();
    const text = land.toGeojson(counts, footprints, { all: true });
    const collection = JSON.parse(text) as { roster_size: number; features: { properties: { own: number } }[] };
    expect(collection.roster_size).toBe(7);
    expect(collection.features.reduce((sum, feature) => sum + feature.properties.own, 0)).toBe(7);
  });

  test("refuses bad counts and wishes", () => {
    expect(caught(() => land.toSvg([{ code: "99", role: "x", count: 1 }])).faults).toMatchObject([{ row: 0 }]);
    expect(caught(() => land.toSvg([{ code: "11", role: "x", count: NaN }])).faults).toHaveLength(1);
    expect(caught(() => land.toSvg(wrong([{ code: 11, role: "x", count: 1 }]))).code).toBe("wrong_type");
    expect(caught(() => land.toSvg(counts, wrong({ lang: "fr" }))).code).toBe("unknown_name");
    expect(caught(() => land.toSvg(counts, { classes: 1 })).faults).toHaveLength(1);
    expect(caught(() => land.toSvg(counts, wrong({ size: [1] }))).code).toBe("wrong_type");
    expect(caught(() => land.toSvg(counts, wrong({ colour: "red" }))).code).toBe("unknown_option");
    expect(caught(() => land.toGeojson(counts, wrong({}))).code).toBe("wrong_type");
    expect(JSON.parse(land.toGeojson(counts)).features[0].geometry).toMatchObject({ type: "Polygon" });
  });
});

describe("outlines", () => {
  using footprints = land.footprints();
  const here = land.footprints(footprints.toGeojson());

  test("are read and written", () => {
    expect([here.size, here.crs, here.invented]).toEqual([2, "wgs84", false]);
    expect(here.bounds()).toEqual({ west: 113, south: 22, east: 115, north: 23 });
    const areas = here.areas();
    expect(areas[0]).toBeNaN();
    // A square degree at 22.5° north is about 111 km by 103 km.
    expect(areas[1]! / 1e6).toBeCloseTo(11_400, -2);
    const shifted = here.to("gcj02");
    expect([shifted.crs, shifted.size]).toEqual(["gcj02", 2]);
  });

  test("find places", () => {
    expect(here.locate(113.5, 22.5)).toBe("11");
    expect(here.locate(110, 22.5)).toBeNull();
    expect(here.locate([113.5, 114.5, 110], Float64Array.of(22.5, 22.5, 22.5))).toEqual(Int32Array.of(1, 2, -1));
    expect(caught(() => here.locate(113.5, 22.5, { crs: "gcj02" })).code).toMatch(/^[a-z_]+$/);
    expect(caught(() => here.locate(NaN, 22.5)).faults).toHaveLength(1);
    expect(caught(() => here.locate(wrong("x"), 22.5)).code).toBe("wrong_type");
  });

  test("touch and tile", () => {
    const { borders, islands } = here.adjacency(1);
    expect(borders).toMatchObject([{ a: "11", b: "12" }]);
    // One degree of a meridian.
    expect(borders[0]!.border_m / 1000).toBeCloseTo(110.7, 0);
    expect(islands).toEqual([]);
    expect(here.checkTiling(1)).toMatchObject({ checked: 1, faults: [] });
    const over = GridTree.fromRecords([
      { code: "1", name: "city" },
      { code: "11", parent: "1", name: "west", footprint: square(113, 22, 1) },
      { code: "12", parent: "1", name: "east", footprint: square(113.5, 22, 1) },
    ]);
    expect(over.footprints().checkTiling(1).faults).toMatchObject([{ kind: "overlap", grid: "11", other: "12" }]);
  });

  test("say what is wrong with them", () => {
    for (const value of [5, true, Symbol("x"), "", "{}", {}, [], { type: "FeatureCollection", features: [{}] }]) {
      expect(caught(() => land.footprints(wrong(value))).code).toMatch(/^[a-z_]+$/);
    }
    expect(caught(() => land.footprints(null, { crs: wrong("mars") })).code).toBe("malformed_reference");
    expect(caught(() => here.adjacency(wrong("1"))).code).toBe("wrong_type");
  });
});

test("places are converted and measured", () => {
  const { x, y } = geo.convert(113.38, 22.52, "wgs84", "gcj02");
  expect(Math.hypot(x - 113.38, y - 22.52)).toBeGreaterThan(0.003);
  const back = geo.convert([x], [y], "gcj02", "wgs84");
  expect(back.x[0]).toBeCloseTo(113.38, 7);
  expect(back.y[0]).toBeCloseTo(22.52, 7);
  // A degree of the equator: 6,378,137 m × π ÷ 180.
  expect(geo.distance(0, 0, 1, 0)).toBeCloseTo((6_378_137 * Math.PI) / 180, 3);
  expect(geo.distance([0], [0], [3], [4], "metres:local")).toEqual(Float64Array.of(5));
  expect(geo.area([0, 2, 2, 0, 0], [0, 0, 3, 3, 0], "metres:local")).toBe(6);
  expect(caught(() => geo.convert(0, 0, "wgs84", "metres:local")).code).toMatch(/^[a-z_]+$/);
  expect(caught(() => geo.convert(0, wrong([0, 1]), "wgs84", "gcj02")).code).toMatch(/^[a-z_]+$/);
  expect(caught(() => geo.convert(wrong(Symbol("x")), 0, "wgs84", "gcj02")).code).toBe("wrong_type");
  expect(caught(() => geo.distance(0, NaN, 0, 0)).faults).toHaveLength(1);
});

describe("the sample city", () => {
  test("has the register's editions", () => {
    expect(samples.editions()).toEqual([2017, 2019, 2020, 2021, 2022, 2023]);
    using register = samples.register(2023);
    expect(register.layout()).toBe("1+23+287");
    expect(samples.registerCsv(2023)).toMatch(/^code,/);
    expect(caught(() => samples.register(2018)).code).toBe("unknown_edition");
    expect(caught(() => samples.register(wrong("2023"))).code).toBe("wrong_type");
  });

  test("has the newspaper's counts", () => {
    const city = samples.zhongshan();
    expect(city.tree.counts()).toEqual([1, 23, 287, 3300, 10_117]);
    expect(city.tree.layout("442000008")).toBe("1+26+307+1307");
    expect(city.staff).toHaveLength(15_310);
    expect(city.strength.reduce((sum, row) => sum + row.count, 0)).toBe(15_310);
    expect(city.cover[0]).toHaveProperty("village_people");
    using fronts = city.tree.fronts(city.fronts);
    expect(new Set(fronts.rows().map((row) => row.front)).size).toBe(9);
    using footprints = city.tree.footprints(null, { invented: true });
    expect(footprints.size).toBe(13_727);
    expect(city.tree.toSvg(city.strength, { footprints, level: 2, lang: "zh" })).toContain("虚构");
    city.tree.free();
  }, 120_000);
});
