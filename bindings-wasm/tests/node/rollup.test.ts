import { GridTree } from "gridcore";
import { describe, expect, test } from "vitest";

import { caught, wrong } from "./caught.js";
import { TOWN, city } from "./town.js";

const town = GridTree.fromRecords(TOWN);
const visits = [
  { code: "111", people: 3, floor: 6, weight: 1 },
  { code: "112", people: 4, floor: null, weight: 2 },
  { code: "12", people: 5, floor: 2, weight: 1 },
  { code: "112", people: 1, floor: -1, weight: 1 },
];

describe("a roll-up", () => {
  test("of records, every way at once", () => {
    const { code, values } = town.rollup(
      visits.map((row) => ({ ...row, mean: row.people, count: row.floor, least: row.floor, most: row.floor })),
      { people: "sum", count: "count", least: "min", most: "max", mean: ["mean", "weight"] },
    );
    expect(code).toEqual(["1", "11", "111", "112", "12", "121"]);
    expect(values.people).toEqual(Float64Array.of(13, 8, 3, 5, 5, 0));
    expect(values.count).toEqual(Float64Array.of(3, 2, 1, 1, 1, 0));
    expect(values.least).toEqual([-1, -1, 6, -1, 2, null]);
    expect(values.most).toEqual([6, 6, 6, -1, 2, null]);
    // 11: (3·1 + 4·2 + 1·1) ÷ 4
    expect(values.mean).toEqual([17 / 5, 3, 3, 3, 5, null]);
  });

  test("of columns, with positions or codes, typed or not", () => {
    const code = visits.map((row) => row.code);
    const people = visits.map((row) => row.people);
    const sums = town.rollup({ code, people }, { people: "sum" }).values.people;
    for (const column of [Int32Array.from(people), Float64Array.from(people), Uint8Array.from(people), people.map(BigInt)]) {
      expect(town.rollup({ at: town.index(code), people: column }, { people: "sum" }, "at").values.people).toEqual(sums);
    }
    const gaps = Float64Array.of(6, NaN, 2, -1);
    expect(town.rollup({ code, gaps }, { gaps: "min" }).values.gaps).toEqual([-1, -1, 6, -1, 2, null]);
  });

  test("of a weight that the tree has", () => {
    expect(town.total("households")).toEqual(Float64Array.of(800, 720, 300, 420, 80, 80));
    expect(caught(() => town.total("people")).faults).toHaveLength(1);
  });

  test("of a city agrees with a sum by hand", () => {
    const rows = city();
    const tree = GridTree.fromRecords(rows);
    const byHand = rows.reduce((sum, row) => sum + Number(row.weights?.["households"] ?? 0), 0);
    expect(tree.total("households")[0]).toBe(byHand);
    const counts = tree.rollup({ code: tree.codes(), one: new Uint8Array(tree.size).fill(1) }, { one: "sum" });
    const subtree = tree.codes().map((code) => tree.counts(code).reduce((sum, count) => sum + count, 0));
    expect([...(counts.values.one as Float64Array)]).toEqual(subtree);
  });

  test("refuses what is wrong with it", () => {
    const ask = (table: unknown, how: unknown, by?: unknown): string =>
      caught(() => town.rollup(wrong(table), wrong<Record<string, "sum">>(how), wrong(by))).code;
    expect(ask(visits, { people: "median" })).toBe("unknown_name");
    expect(ask(visits, { absent: "sum" })).toBe("missing_column");
    expect(ask(visits, { people: "sum" }, "place")).toBe("missing_column");
    expect(ask([{ code: "11", people: "3" }], { people: "sum" })).toBe("wrong_type");
    expect(ask([{ code: null, people: 3 }], { people: "sum" })).toBe("wrong_type");
    expect(ask([{ code: "99", people: 3 }], { people: "sum" })).toBe("unknown_grid");
    expect(ask({ code: ["11"], people: [1, 2] }, { people: "sum" })).toMatch(/^[a-z_]+$/);
    expect(ask([{ code: "11", people: NaN }], { people: "sum" })).toMatch(/^[a-z_]+$/);
    for (const value of [undefined, null, 5, "x", Symbol("x"), [5], () => 1, Float64Array.of(1)]) {
      expect(ask(value, { people: "sum" })).toMatch(/wrong_type/);
      expect(ask(visits, value)).toMatch(/wrong_type|missing_column/);
    }
    // Beyond 2⁵³ a number would be rounded in silence.
    expect(ask({ code: ["11", "11"], people: BigInt64Array.of(2n ** 53n, 1n) }, { people: "sum" })).toBe("number_too_large");
  });
});
