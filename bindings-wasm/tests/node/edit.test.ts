import { Claim, type Edit, GridTree, editMapThen } from "gridcore";
import { describe, expect, test } from "vitest";

import { caught, wrong } from "./caught.js";
import { TOWN } from "./town.js";

const town = GridTree.fromRecords(TOWN);

describe("an edit", () => {
  const one = (edit: Edit): ReturnType<GridTree["edit"]> => town.edit([edit]);

  test("of each kind", () => {
    expect(one({ op: "rename", grid: "12", name: "lower" }).tree.name("12")).toBe("lower");
    expect(one({ op: "recode", codes: { "111": "113" } }).tree.children("11")).toEqual(["112", "113"]);
    expect(one({ op: "move", grid: "121", parent: "11" }).tree.children("11")).toEqual(["111", "112", "121"]);
    expect(one({ op: "remove", grid: "11", beneath: "to_parent" }).tree.children("1")).toEqual(["12", "111", "112"]);
    expect(one({ op: "insert", grid: { code: "13", name: "west" }, parent: "1" }).tree.counts()).toEqual([1, 3, 3]);
    const split = one({
      op: "split",
      grid: "112",
      into: [
        { grid: { code: "113", name: "upper quay" }, share: 0.25 },
        { grid: { code: "114", name: "lower quay" }, share: 0.75 },
      ],
    });
    expect(split.tree.row("113").weights).toEqual({ households: 105 });
    expect(split.map[0]).toMatchObject({ old: "112", events: ["split"], new: [{ code: "113", share: 0.25 }, { code: "114" }] });
    const merged = one({ op: "merge", grids: ["111", "112"], into: { code: "119", name: "streets", kind: "street" } });
    expect(merged.tree.row("119").weights).toEqual({ households: 720 });
    expect(merged.map.map((change) => change.old)).toEqual(["111", "112"]);
    expect(merged.tree.total("households")[0]).toBe(town.total("households")[0]);
  });

  test("follows another", () => {
    const first = town.edit([{ op: "recode", codes: { "12": "19" } }]);
    const second = first.tree.edit([{ op: "remove", grid: "19", beneath: "remove" }]);
    const both = editMapThen(first.map, second.map);
    expect(both.find((change) => change.old === "12")?.new).toEqual([]);
    expect(town.has("12")).toBe(true);
  });

  test("that can't be made leaves everything as it was, and says which", () => {
    const error = caught(() =>
      town.edit([
        { op: "rename", grid: "99", name: "x" },
        { op: "move", grid: "11", parent: "111" },
      ]),
    );
    expect(error.faults.map((fault) => fault.row)).toEqual([0, 1]);
    for (const value of [undefined, null, 5, "x", [5], [{}], [{ op: "burn", grid: "1" }], [{ op: "rename", grid: 5, name: "x" }]]) {
      const error = caught(() => town.edit(wrong(value)));
      expect(error.code).toMatch(/wrong_type|wrong_shape/);
      expect(error.message).not.toMatch(/struct|at line/);
    }
    const ring: Record<string, unknown> = { op: "rename", grid: "1" };
    ring["name"] = ring;
    expect(caught(() => town.edit(wrong([ring]))).code).toBe("wrong_shape");
    let deep: unknown = 1;
    for (let depth = 0; depth < 5000; depth++) {
      deep = [deep];
    }
    expect(caught(() => town.edit(wrong([{ op: "rename", grid: "1", name: deep }]))).code).toBe("wrong_shape");
    expect(caught(() => town.edit(wrong([{ op: "rename", grid: "1", name: 5n }]))).code).toBe("wrong_shape");
  });
});

describe("fronts", () => {
  const fronts = town.fronts([
    { front: "fire", zh: "森林防火战线", en: "forest fires", grid: "11" },
    { front: "fire", grid: "12" },
    { front: "shops", zh: "市场战线", grid: "111" },
  ]);

  test("lie over the territory and never count in it", () => {
    expect(fronts.members("fire")).toEqual(["11", "12"]);
    expect(fronts.members("none")).toBeNull();
    expect(fronts.of("111")).toEqual([
      { front: "fire", grid: "11" },
      { front: "shops", grid: "111" },
    ]);
    expect(fronts.counts()).toContainEqual({ front: "fire", level: 2, members: 0, reached: 3 });
    expect(fronts.rows()).toHaveLength(3);
    expect(town.fronts(fronts.rows()).rows()).toEqual(fronts.rows());
    expect(town.counts()).toEqual([1, 2, 3]);
  });

  test("say what is wrong with them", () => {
    expect(caught(() => town.fronts([{ front: "fire", grid: "99" }])).faults.length).toBeGreaterThan(0);
    expect(caught(() => town.fronts(wrong([{ front: 5 }]))).code).toBe("wrong_shape");
    expect(caught(() => fronts.of("99")).code).toBe("unknown_grid");
    const gone = town.fronts([]);
    gone.free();
    expect(caught(() => gone.rows()).code).toBe("freed");
  });
});

test("declared counts stand beside registered ones", () => {
  const lines = town.declared([
    { grids: ["11"], level: 2, declared: 2 },
    { level: 2, declared: new Claim("超过4个") },
  ]);
  expect(lines.map((line) => [line.part, line.low, line.high, line.registered, line.verdict])).toEqual([
    ["part", 2, 2, 2, "agrees"],
    ["rest", 3, null, 1, "fewer"],
    ["total", 5, null, 3, "fewer"],
  ]);
  expect(town.declared([{ level: 2, declared: "3" }])[0]).toMatchObject({ difference: 0, label: { zh: "合计" } });
  expect(caught(() => town.declared([{ grids: ["99"], level: 2, declared: 1 }])).faults).toHaveLength(1);
  expect(caught(() => town.declared(wrong([{ level: 2, declared: "many" }]))).code).toBe("wrong_shape");
});
