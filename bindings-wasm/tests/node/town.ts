import type { GridRecord } from "gridcore";

/**
 * A small town:
 *
 *     1 city ─ 11 north ─ 111 mill street
 *            │          └ 112 quay street
 *            └ 12 south ─ 121 church street
 */
export const TOWN: GridRecord[] = [
  { code: "1", name: "city" },
  { code: "11", parent: "1", name: "north" },
  { code: "111", parent: "11", name: "mill street", kind: "street", weights: { households: 300 } },
  { code: "112", parent: "11", name: "quay street", weights: { households: 420 } },
  { code: "12", parent: "1", name: "south" },
  { code: "121", parent: "12", name: "church street", weights: { households: 80 } },
];

/** The counts that the newspaper gives: 23 towns, 287 villages, 3,300 groups, 10,117 leaves, and the city above. */
export const CITY = [1, 23, 287, 3300, 10_117];

/** A city of these counts, each level spread evenly over the one above; parents are found by rule, not by the library. */
export function city(): GridRecord[] {
  const rows: GridRecord[] = [{ code: "C", name: "city" }];
  let above = ["C"];
  for (const [level, count] of CITY.entries()) {
    if (level === 0) {
      continue;
    }
    const codes: string[] = [];
    for (let place = 0; place < count; place++) {
      const parent = above[Math.floor((place * above.length) / count)]!;
      const code = `L${level}-${String(place).padStart(5, "0")}`;
      codes.push(code);
      rows.push({ code, parent, name: `grid ${code}`, weights: level === 4 ? { households: place % 7 } : null });
    }
    above = codes;
  }
  return rows;
}
