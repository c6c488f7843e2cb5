import { GridTree } from "gridcore";
import { expect, test } from "vitest";

import { caught, wrong } from "./caught.js";
import { TOWN, city } from "./town.js";

const town = GridTree.fromRecords(TOWN);

test("search finds by code, by name, by pinyin", () => {
  const tree = GridTree.fromRecords([
    { code: "442000", name: "中山市" },
    { code: "442000001", parent: "442000", name: "马安社区" },
    { code: "442000002", parent: "442000", name: "沙涌村" },
  ]);
  for (const text of ["442000001", "马安", "maan", "ma", "mas"]) {
    expect(tree.search(text)[0], text).toMatchObject({ code: "442000001", name: "马安社区", level: 1 });
  }
  expect(tree.search("maan")[0]).toMatchObject({ how: "pinyin_prefix", start: 0, end: 2 });
  expect(tree.search("442000", { limit: 1 })).toHaveLength(1);
  expect(tree.search("442000", { level: 1 }).map((hit) => hit.code).sort()).toEqual(["442000001", "442000002"]);
  expect(tree.search("沙", { under: "442000001" })).toEqual([]);
  expect(tree.search("")).toEqual([]);
  expect(caught(() => tree.search("沙", { under: "5" })).code).toBe("unknown_grid");
  expect(caught(() => tree.search(wrong(5))).code).toBe("wrong_type");
});

test("spans say who leads too many or too few", () => {
  const { profile, levels, offenders } = town.spans();
  expect(profile).toEqual({ min: 3, best: 5, max: 7 });
  expect(levels.map((level) => [level.heads, level.leaves, level.children])).toEqual([
    [1, 0, 2],
    [2, 0, 3],
    [0, 3, 0],
  ]);
  expect(levels[1]).toMatchObject({ mean: 1.5, min: 1, median: 1.5, max: 2, histogram: [{ span: 1, grids: 1 }, { span: 2, grids: 1 }] });
  expect(offenders.map((row) => [row.grid, row.span, row.breach])).toEqual([
    ["1", 2, "too_narrow"],
    ["11", 2, "too_narrow"],
    ["12", 1, "too_narrow"],
  ]);
  expect(town.spans({ max: 2 }).offenders).toEqual([]);
  expect(town.spans({ max: 1 }, "11").offenders).toEqual([{ grid: "11", level: 1, span: 2, bound: 1, breach: "too_wide" }]);
  expect(town.spans("ics")).toEqual(town.spans());
  expect(caught(() => town.spans(wrong("loose"))).code).toBe("unknown_name");
  expect(caught(() => town.spans({ min: 9, max: 2 })).code).toBe("wrong_shape");
  expect(caught(() => town.spans(wrong({ max: -1 }))).message).not.toMatch(/usize|u64|struct/);
});

test("supervisors: a span of 23 needs three to come down to 7", () => {
  const plan = GridTree.fromRecords(city()).supervisors(7);
  expect(plan.grids[0]).toMatchObject({ grid: "C", span: 23, extra: 3, certificate: { span: 23, bound: 7, fewest: 3 } });
  expect(plan.grids[0]!.new_span).toBeLessThanOrEqual(7);
  const [first] = plan.rows;
  expect(first).toMatchObject({ grid: "C", supervisor: 0, under: null });
  expect(plan.total).toBe(plan.rows.length);
  expect(plan.rows.every((row) => row.span <= 7)).toBe(true);
  expect(town.supervisors(2)).toEqual({ bound: 2, total: 0, grids: [], rows: [] });
  expect(caught(() => town.supervisors(1)).faults).toHaveLength(1);
  expect(caught(() => town.supervisors(wrong("7"))).code).toBe("wrong_type");
});
