import { type GridRecord, GridTree, type GridcoreError } from "gridcore";
import { describe, expect, test } from "vitest";

import { caught, wrong } from "./caught.js";
import { CITY, TOWN, city } from "./town.js";

const town = GridTree.fromRecords(TOWN);
const all = ["1", "11", "111", "112", "12", "121"];

describe("a tree", () => {
  test("says what it holds", () => {
    expect(town.size).toBe(6);
    expect(town.root).toBe("1");
    expect(town.counts()).toEqual([1, 2, 3]);
    expect(town.counts("11")).toEqual([0, 1, 2]);
    expect(town.layout()).toBe("1+2+3");
    expect(town.layout("11")).toBe("1+2");
    expect(town.weights).toEqual(["households"]);
    expect(town.codeScheme).toBeNull();
    expect(town.schema).toEqual({ levels: [], skips: false });
    expect([town.has("112"), town.has("113")]).toEqual([true, false]);
  });

  test("answers one code with one", () => {
    expect(town.parent("111")).toBe("11");
    expect(town.parent("1")).toBeNull();
    expect(town.children("11")).toEqual(["111", "112"]);
    expect(town.ancestors("121")).toEqual(["12", "1"]);
    expect(town.path("121")).toEqual(["1", "12", "121"]);
    expect(town.siblings("111")).toEqual(["112"]);
    expect(town.leaves("1")).toEqual(["111", "112", "121"]);
    expect(town.leaves("121")).toEqual(["121"]);
    expect(town.descendants("1")).toEqual(all.slice(1));
    expect(town.descendants("1", 1)).toEqual(["11", "12"]);
    expect(town.ancestorAt("121", 1)).toBe("12");
    expect(town.ancestorAt("12", 2)).toBeNull();
    expect(town.lca("111", "112")).toBe("11");
    expect(town.lca("111", "12")).toBe("1");
    expect(town.isAncestor("11", "112")).toBe(true);
    expect(town.isAncestor("112", "11")).toBe(false);
    expect(town.distance("111", "121")).toBe(4);
    expect(town.depth("121")).toBe(2);
    expect(town.level("12")).toBe(1);
    expect(town.name("121")).toBe("church street");
  });

  test("answers codes with codes, and none with none", () => {
    expect(town.parent(["111", null, "1"])).toEqual(["11", null, null]);
    expect(town.ancestorAt(["121", undefined, "1"], 1)).toEqual(["12", null, null]);
    expect(town.children(["11", null, "121"])).toEqual([["111", "112"], [], []]);
    expect(town.path(["12"])).toEqual([["1", "12"]]);
    expect(town.ancestors(["12", "1"])).toEqual([["1"], []]);
    expect(town.siblings(["1", "11"])).toEqual([[], ["12"]]);
    expect(town.leaves(["11", "12"])).toEqual([["111", "112"], ["121"]]);
    expect(town.descendants(["1", "11"], 2)).toEqual([
      ["111", "112", "121"],
      ["111", "112"],
    ]);
    expect(town.lca(["111", "111", null], ["112", "121", "1"])).toEqual(["11", "1", null]);
    expect(town.isAncestor(["1", "11"], ["121", "121"])).toEqual([true, false]);
    expect(town.distance(["111", null], ["112", "1"])).toEqual(Int32Array.of(2, -1));
    expect(town.depth(["1", null, "121"])).toEqual(Int32Array.of(0, -1, 2));
    expect(town.name(["11", null])).toEqual(["north", null]);
    expect(town.parent([])).toEqual([]);
  });

  test("answers positions with positions", () => {
    const at = town.index(all);
    expect(at).toEqual(Int32Array.of(0, 1, 2, 3, 4, 5));
    expect(town.codes()).toEqual(all);
    expect(town.codes(Int32Array.of(4, -1))).toEqual(["12", null]);
    expect(town.codes(Uint32Array.of(4, 0xffff_ffff))).toEqual(["12", null]);
    expect(town.parent(at)).toEqual(Int32Array.of(-1, 0, 1, 1, 0, 4));
    expect(town.parent(town.parent(at))).toEqual(Int32Array.of(-1, -1, 0, 0, -1, 0));
    expect(town.ancestorAt(at, 1)).toEqual(Int32Array.of(-1, 1, 1, 1, 4, 4));
    expect(town.children(Int32Array.of(1, -1, 5, 0))).toEqual({
      offsets: Uint32Array.of(0, 2, 2, 2, 4),
      values: Int32Array.of(2, 3, 1, 4),
    });
    expect(town.leaves(Uint32Array.of(0))).toEqual({ offsets: Uint32Array.of(0, 3), values: Int32Array.of(2, 3, 5) });
    expect(town.lca(Int32Array.of(2, -1), Int32Array.of(3, 0))).toEqual(Int32Array.of(1, -1));
    expect(town.isAncestor(Int32Array.of(1, 1), Int32Array.of(3, 5))).toEqual(Uint8Array.of(1, 0));
    expect(town.distance(Int32Array.of(2), Int32Array.of(5))).toEqual(Int32Array.of(4));
    expect(town.level(at)).toEqual(Int32Array.of(0, 1, 2, 2, 1, 2));
  });

  test("opens bit by bit", () => {
    expect(town.childrenPage("11", 1, 10)).toEqual({
      total: 2,
      rows: [{ code: "112", name: "quay street", level: 2, kind: null, children: 0 }],
    });
    expect(town.childrenPage("1", 5, 5)).toEqual({ total: 2, rows: [] });
  });

  test("comes back as rows, columns and JSON", () => {
    expect(town.row("111")).toEqual({
      code: "111",
      parent: "11",
      name: "mill street",
      level: 2,
      kind: "street",
      weights: { households: 300 },
    });
    expect(town.toRecords("12").map((row) => row.code)).toEqual(["12", "121"]);
    const table = town.toColumns();
    expect(table.parent).toEqual([null, "1", "11", "11", "1", "12"]);
    expect(table.level).toEqual(Uint8Array.of(0, 1, 2, 2, 1, 2));
    expect(table.weights["households"]).toEqual(Float64Array.of(NaN, NaN, 300, 420, NaN, 80));
    expect(GridTree.fromRecords(town.toRecords()).equals(town)).toBe(true);
    expect(GridTree.fromColumns(table).equals(town)).toBe(true);
    expect(GridTree.fromJson(town.toJson()).equals(town)).toBe(true);
    const part = town.extract("11");
    expect([part.root, part.counts()]).toEqual(["11", [0, 1, 2]]);
    expect(part.equals(town)).toBe(false);
  });

  test("does not depend on the order of rows", () => {
    expect(GridTree.fromRecords([...TOWN].reverse()).equals(town)).toBe(true);
  });
});

describe("what is to be built with what", () => {
  test("a code scheme, by name, definition or handle, lets codes come as numbers", () => {
    const rows: GridRecord[] = [
      { code: 442000001, parent: "442000", name: "石岐街道" },
      { code: 442000002n, parent: 442000, name: "东区街道" },
    ];
    const options = { codeScheme: "nbs", root: { code: "442000", name: "中山市" } } as const;
    const tree = GridTree.fromRecords(rows, options);
    expect(tree.codes()).toEqual(["442000", "442000001", "442000002"]);
    const again = GridTree.fromRecords(rows, { ...options, codeScheme: tree.codeScheme! });
    expect(again.equals(tree)).toBe(true);
    expect(caught(() => GridTree.fromRecords(rows, { root: options.root })).code).toBe("build_error");
  });

  test("a schema, by name or by definition", () => {
    const tree = GridTree.fromRecords([{ code: "1", name: "中山市" }], { schema: "four_level" });
    expect(tree.schema.levels).toHaveLength(5);
    const again = GridTree.fromRecords([{ code: "1", name: "中山市" }], { schema: tree.schema });
    expect(again.equals(tree)).toBe(true);
    for (const schema of ["six_level", { levels: 3 }, { levels: [{ label: "x" }] }, 5, []]) {
      const error = caught(() => GridTree.fromRecords(TOWN, { schema: wrong(schema) }));
      expect(["unknown_name", "wrong_shape"]).toContain(error.code);
      expect(error.message).not.toMatch(/struct|SchemaRow|u64/);
    }
  });

  test("an existing root", () => {
    const rows = [{ code: "11", parent: "1", name: "north" }];
    expect(GridTree.fromRecords(rows, { root: "11" }).size).toBe(1);
  });

  test("weights by key, by column, and as they are nested", () => {
    const rows = wrong<GridRecord[]>([{ code: "1", name: "city", households: 7, area: null }]);
    const tree = GridTree.fromRecords(rows, { weights: ["households"] });
    expect(tree.row("1").weights).toEqual({ households: 7 });
    const columns = { code: ["1"], parent: [null], name: ["city"], households: [7], weights: { floors: Int16Array.of(3) } };
    expect(GridTree.fromColumns(columns, { weights: ["households"] }).row("1").weights).toEqual({
      floors: 3,
      households: 7,
    });
    expect(caught(() => GridTree.fromRecords(TOWN, { weights: ["people"] })).faults).toMatchObject([
      { code: "missing_column", column: "people" },
    ]);
  });

  test("CSV, as bytes or text", () => {
    const csv = "code,parent,name,households\n1,,city,\n11,1,north,3\n";
    const tree = GridTree.fromCsv(csv, { weights: ["households"] });
    expect(tree.row("11").weights).toEqual({ households: 3 });
    expect(GridTree.fromCsv(new TextEncoder().encode(csv), { weights: ["households"] }).equals(tree)).toBe(true);
    const { tree: part, faults } = GridTree.fromCsvLossy("code,parent,name\n1,,city\n11,1\n12,1,south\n");
    expect(part?.codes()).toEqual(["1", "12"]);
    expect(faults).toMatchObject([{ code: "ragged_row", row: 1 }]);
  });

  test("a footprint as an object", () => {
    const footprint = { type: "Point", coordinates: [113, 22] };
    const tree = GridTree.fromRecords([{ code: "1", name: "city", footprint }]);
    expect(JSON.parse(tree.row("1").footprint!)).toEqual(footprint);
  });
});

describe("faults", () => {
  const bad: GridRecord[] = [...TOWN, { code: "13", parent: "99", name: "west" }, { code: "12", parent: "1", name: "east" }];

  test("all at once, each with its row", () => {
    const error = caught(() => GridTree.fromRecords(bad));
    expect(error.code).toBe("build_error");
    expect(error.faults.map(({ code, row }) => [code, row])).toEqual([
      ["duplicate_code", 4],
      ["unknown_parent", 6],
    ]);
    expect(error.faults[0]).toMatchObject({ grid: "12", related: [7] });
    expect(error.message).toMatch(/^2 faults/);
    expect(error.message_zh).toMatch(/^2 处错误/);
  });

  test("a lossy build keeps what is sound", () => {
    const { tree, faults, rejected } = GridTree.fromRecordsLossy(bad);
    expect(faults).toEqual(caught(() => GridTree.fromRecords(bad)).faults);
    expect(rejected).toContainEqual({ row: 6, cause: 6 });
    expect(tree?.has("111")).toBe(true);
    const columns = { code: ["1", "1"], parent: ["2", "2"], name: ["a", "b"] };
    expect(GridTree.fromColumnsLossy(columns).tree).toBeNull();
  });

  test("columns that don't fit", () => {
    const error = caught(() => GridTree.fromColumns(wrong({ code: ["1"], name: ["a", "b"] })));
    expect(error.faults.map((fault) => fault.code).sort()).toEqual(["column_length", "missing_column"]);
  });

  test("saved trees that are none", () => {
    expect(caught(() => GridTree.fromJson("{")).code).toBe("not_json");
    expect(caught(() => GridTree.fromJson("{}")).code).toBe("unknown_format");
  });
});

describe("bad input never traps", () => {
  const values: unknown[] = [undefined, null, 5, NaN, 10n, true, Symbol("x"), () => 1, {}, [5], [[]], [Symbol("y")], "99"];
  const questions: [string, (value: never) => unknown][] = [
    ["fromRecords", (value) => GridTree.fromRecords(value)],
    ["fromRecordsLossy", (value) => GridTree.fromRecordsLossy(value)],
    ["fromColumns", (value) => GridTree.fromColumns(value)],
    ["fromCsv", (value) => GridTree.fromCsv(value)],
    ["fromJson", (value) => GridTree.fromJson(value)],
    ["options", (value) => GridTree.fromRecords([], value)],
    ["parent", (value) => town.parent(value)],
    ["children", (value) => town.children(value)],
    ["lca", (value) => town.lca(value, value)],
    ["distance", (value) => town.distance("1", value)],
    ["ancestorAt", (value) => town.ancestorAt("1", value)],
    ["index", (value) => town.index(value)],
    ["row", (value) => town.row(value)],
    ["childrenPage", (value) => town.childrenPage("1", value, 5)],
    ["extract", (value) => town.extract(value)],
    ["search", (value) => town.search("x", value)],
    ["supervisors", (value) => town.supervisors(value)],
    ["spans", (value) => town.spans(value)],
    ["equals", (value) => town.equals(value)],
  ];

  test.each(questions)("%s", (name, ask) => {
    let refused = 0;
    for (const value of values) {
      try {
        ask(value as never);
      } catch (error) {
        expect((error as GridcoreError).name, `${name}: ${error}`).toBe("GridcoreError");
        expect((error as GridcoreError).code).toMatch(/^[a-z_]+$/);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(3);
  });

  test("rows that are no rows, each named", () => {
    const error = caught(() => GridTree.fromRecords(wrong<GridRecord[]>([TOWN[0], 5, null, "x", [], Symbol("x")])));
    expect(error.code).toBe("wrong_type");
    expect(error.faults.map((fault) => [fault.row, fault.found])).toEqual([
      [1, "number"],
      [2, "null"],
      [3, "text"],
      [4, "array"],
      [5, "symbol"],
    ]);
  });

  test("cells of every kind are faults of their row", () => {
    const name = (value: unknown, code: string): unknown => ({ code, parent: "0", name: value });
    const values = [5, NaN, true, Symbol("x"), 2n ** 70n, {}, [], () => 1, "\ud800", new Date(0)];
    const error = caught(() =>
      GridTree.fromRecords(wrong<GridRecord[]>([{ code: "0", name: "city" }, ...values.map((value, at) => name(value, `a${at}`))])),
    );
    expect(error.faults.map((fault) => fault.row)).toEqual(values.map((_, at) => at + 1));
  });

  test("numbers that are no level, weights that are not finite", () => {
    for (const level of [-1, 256, 1.5, NaN, 2 ** 53, "1"]) {
      expect(caught(() => town.ancestorAt("1", wrong(level))).code).toBe("wrong_type");
    }
    const weighed = (households: unknown): unknown => [{ code: "1", name: "city", weights: { households } }];
    for (const value of [NaN, Infinity, "5", {}, 2n ** 64n]) {
      expect(caught(() => GridTree.fromRecords(wrong<GridRecord[]>(weighed(value)))).faults, String(value)).toMatchObject([{ row: 0 }]);
    }
    expect(GridTree.fromRecords(wrong<GridRecord[]>(weighed(5n))).row("1").weights).toEqual({ households: 5 });
  });

  test("positions outside the tree, codes outside the tree", () => {
    expect(caught(() => town.parent(Int32Array.of(0, 6, -2))).faults).toMatchObject([
      { code: "unknown_position", row: 1, found: "6" },
      { code: "unknown_position", row: 2, found: "-2" },
    ]);
    expect(caught(() => town.parent(["11", "99", null, "98"])).faults).toMatchObject([
      { code: "unknown_grid", row: 1, grid: "99" },
      { code: "unknown_grid", row: 3, grid: "98" },
    ]);
    expect(caught(() => town.lca(["1"], ["1", "11"])).code).toBe("column_length");
    expect(caught(() => town.lca(wrong<string[]>("1"), ["1"])).code).toBe("wrong_type");
  });

  test("a misspelt option", () => {
    const error = caught(() => GridTree.fromRecords(TOWN, wrong({ code_scheme: "nbs" })));
    expect(error).toMatchObject({ code: "unknown_option", faults: [{ found: "code_scheme" }] });
  });

  test("an error of the caller's own passes through", () => {
    const row = {
      get code(): string {
        throw new RangeError("mine");
      },
      name: "x",
    };
    expect(() => GridTree.fromRecords([row])).toThrow(RangeError);
  });

  test("an array that is too long, a name of ten megabytes", () => {
    expect(caught(() => GridTree.fromRecords(new Array(4_000_000_000))).code).toBe("out_of_memory");
    expect(caught(() => GridTree.fromColumns(wrong({ code: new Array(4_000_000_000) }))).code).toBe("out_of_memory");
    const name = "x".repeat(10_000_000);
    for (const row of [{ code: "1", name }, { code: name, name: "x" }]) {
      const error = caught(() => GridTree.fromRecords([row]));
      expect(error.faults.map((fault) => fault.row)).toContain(0);
      expect(error.message.length).toBeLessThan(1000);
    }
  });

  test("a chain deeper than a tree may be", () => {
    const chain = Array.from({ length: 100_000 }, (_, at) => ({
      code: String(at),
      parent: at === 0 ? null : String(at - 1),
      name: "x",
    }));
    const error = caught(() => GridTree.fromRecords(chain));
    expect(error.faults.some((fault) => fault.code === "too_deep")).toBe(true);
  });
});

describe("memory", () => {
  test("a freed handle says so; a second free does nothing", () => {
    const tree = GridTree.fromRecords(TOWN);
    tree.free();
    tree.free();
    for (const ask of [() => tree.size, () => tree.parent("1"), () => tree.equals(town), () => town.equals(tree)]) {
      expect(caught(ask).code).toBe("freed");
    }
  });

  test("using gives it back", () => {
    let seen: GridTree;
    {
      using tree = GridTree.fromRecords(TOWN);
      seen = tree;
      expect(tree.size).toBe(6);
    }
    expect(caught(() => seen.size).code).toBe("freed");
  });

  test("what is freed is used again", async () => {
    const { initSync: start } = await import("../../pkg/gridcore_wasm.js");
    const { memory } = start(undefined as never);
    const json = GridTree.fromRecords(city()).toJson();
    const round = (): void => {
      using tree = GridTree.fromJson(json);
      tree.parent(tree.index(tree.codes()));
    };
    round();
    const before = memory.buffer.byteLength;
    for (let count = 0; count < 10; count++) {
      round();
    }
    // A tree of this size takes about a megabyte; ten that were kept would show.
    expect(memory.buffer.byteLength - before).toBeLessThan(2 << 20);
  }, 60_000);
});

describe("a city of 13,728 grids", () => {
  const rows = city();
  const tree = GridTree.fromRecords(rows);
  const above = new Map(rows.map((row) => [String(row.code), row.parent == null ? null : String(row.parent)]));

  test("has the newspaper's counts", () => {
    expect(tree.size).toBe(13_728);
    expect(tree.counts()).toEqual(CITY);
    expect(tree.layout()).toBe("1+23+287+3300+10117");
  });

  test("agrees with a walk by hand on every grid", () => {
    const codes = tree.codes();
    expect(tree.parent(codes)).toEqual(codes.map((code) => above.get(code)));
    const climb = (code: string): string[] => {
      const path = [code];
      for (let at = above.get(code); at != null; at = above.get(at)) {
        path.unshift(at);
      }
      return path;
    };
    expect(tree.path(codes)).toEqual(codes.map(climb));
    expect(tree.ancestorAt(codes, 2)).toEqual(codes.map((code) => climb(code)[2] ?? null));
    const at = tree.index(codes);
    expect(tree.codes(tree.parent(at))).toEqual(tree.parent(codes));
  });

  test("is the same from columns and from CSV", () => {
    const columns = {
      code: rows.map((row) => String(row.code)),
      parent: rows.map((row) => row.parent as string | null),
      name: rows.map((row) => row.name),
      weights: { households: Float64Array.from(rows, (row) => Number(row.weights?.["households"] ?? NaN)) },
    };
    expect(GridTree.fromColumns(columns).equals(tree)).toBe(true);
    const lines = rows.map((row) => [row.code, row.parent, row.name, row.weights?.["households"]].map((cell) => cell ?? "").join());
    const csv = ["code,parent,name,households", ...lines].join("\n");
    expect(GridTree.fromCsv(csv, { weights: ["households"] }).equals(tree)).toBe(true);
  });
});
