/** The dispatch table: from the name of an operation to the call that answers it. */
import {
  type ApportionOptions,
  Claim,
  CodeScheme,
  type CountRow,
  type DeclaredRow,
  type Edit,
  type EditMap,
  type FrontRow,
  type Fronts,
  type GridRecord,
  type GridTable,
  GridTree,
  Layout,
  type MapOptions,
  type SchemeName,
  type SpanProfile,
  apportion,
  editMapThen,
  geo,
  gridCode,
  samples,
} from "gridcore";

import { OPS as DEPLOY } from "./ops/deploy.js";
import { OPS as DUTY } from "./ops/duty.js";
import { OPS as EVENTS } from "./ops/events.js";
import { type Input, type Op, bytes, camel, hash, options, text, tree } from "./ops/input.js";
import { OPS as ROSTER } from "./ops/roster.js";
import { OPS as SOLVE } from "./ops/solve.js";

type Place = [number, number];

/** A tree as a list of records. */
function table(tree: GridTree, grid?: string): object[] {
  const columns: GridTable = tree.toColumns(grid);
  const outlined = columns.footprint.some((text) => text !== null);
  return columns.code.map((code, row) => ({
    code,
    parent: columns.parent[row],
    name: columns.name[row],
    level: columns.level[row],
    kind: columns.kind[row],
    ...(outlined ? { footprint: columns.footprint[row] } : {}),
    ...Object.fromEntries(Object.entries(columns.weights).map(([name, values]) => [name, values[row]])),
  }));
}

const built: Op = (input) => table(tree(input));

/** A question with one code, codes or positions, and its answer. */
function asked(input: Input, name: string): never {
  const grids = input[name];
  const positions = Array.isArray(grids) && typeof grids[0] === "number";
  return (positions ? Int32Array.from(grids as number[]) : grids) as never;
}

/** Lists of one row each, if they are laid one behind the other. */
function lists(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("offsets" in answer)) {
    return answer;
  }
  const { offsets, values } = answer as { offsets: Uint32Array; values: Int32Array };
  return [...offsets].slice(1).map((end, row) => [...values.subarray(offsets[row], end)]);
}

const grid = (input: Input): string | undefined => input["grid"] as string | undefined;
const scheme = (input: Input): CodeScheme => new CodeScheme(input["scheme"] as SchemeName);
const fronts = (input: Input): Fronts => tree(input).fronts(input["fronts"] as FrontRow[]);
const layout = (input: Input): Layout => new Layout(input["layout"] as string);

/** The columns of places. */
function places(input: Input, name: string): [number[], number[]] {
  const list = input[name] as Place[];
  return [list.map(([x]) => x), list.map(([, y]) => y)];
}

function footprints(input: Input, of = tree(input)): geo.Footprints {
  const wishes = input["footprints"] as Input;
  return of.footprints(wishes["geojson"] as object | undefined, {
    codeProperty: wishes["code_property"] as string | undefined,
    crs: wishes["crs"] as geo.Reference | undefined,
    invented: wishes["invented"] as boolean | undefined,
    closeRings: wishes["close_rings"] as boolean | undefined,
  });
}

/** Columns as records, `code` first. */
function records(code: readonly string[], columns: Record<string, ArrayLike<number | null>>): object[] {
  const row = (number: number): [string, unknown][] => Object.entries(columns).map(([name, values]) => [name, values[number]]);
  return code.map((code, number) => ({ code, ...Object.fromEntries(row(number)) }));
}

const lossy: Op = (input) => {
  const csv = bytes(input);
  const found =
    csv === undefined
      ? GridTree.fromRecordsLossy(input["rows"] as GridRecord[], options(input))
      : GridTree.fromCsvLossy(csv, options(input));
  return {
    tree: found.tree && table(found.tree),
    faults: found.faults.map((fault) => [fault.row, fault.code]),
    rejected: found.rejected,
  };
};

/** Trees, codes, places; duties, events and plans have files of their own. */
const GRIDS: Readonly<Record<string, Op>> = {
  grid_code: (input) => gridCode(text(input, "text")),
  "tree.from_table": built,
  "tree.from_columns": built,
  "tree.from_csv": built,
  "tree.from_json": built,
  "tree.from_table_lossy": lossy,
  "tree.from_csv_lossy": lossy,
  "tree.to_table": (input) => table(tree(input), grid(input)),
  "tree.extract": (input) => table(tree(input).extract(grid(input)!)),
  "tree.row": (input) => tree(input).row(grid(input)!),
  "tree.to_json": (input) => tree(input).toJson(),
  edit_map_then: (input) => editMapThen(input["first"] as EditMap, input["later"] as EditMap),
  "tree.about": (input) => {
    const { schema, codeScheme, weights } = tree(input);
    return { schema, code_scheme: codeScheme, weights };
  },
  "tree.edit": (input) => {
    const { tree: after, map } = tree(input).edit(input["edits"] as Edit[]);
    return { tree: table(after), map };
  },
  "tree.len": (input) => tree(input).size,
  "tree.counts": (input) => tree(input).counts(grid(input)),
  "tree.layout": (input) => tree(input).layout(grid(input)),
  "tree.contains": (input) => tree(input).has(text(input, "code")),
  "tree.index": (input) => tree(input).index(input["codes"] as string[]),
  "tree.codes": (input) => tree(input).codes(Int32Array.from(input["positions"] as number[])),
  "tree.parent": (input) => tree(input).parent(asked(input, "grid")),
  "tree.ancestor_at": (input) => tree(input).ancestorAt(asked(input, "grid"), input["level"] as number),
  "tree.depth": (input) => tree(input).depth(asked(input, "grid")),
  "tree.lca": (input) => tree(input).lca(asked(input, "a"), asked(input, "b")),
  "tree.distance": (input) => tree(input).distance(asked(input, "a"), asked(input, "b")),
  "tree.is_ancestor": (input) => {
    const answer: unknown = tree(input).isAncestor(asked(input, "above"), asked(input, "below"));
    return answer instanceof Uint8Array ? Array.from(answer, Boolean) : answer;
  },
  "tree.children": (input) => lists(tree(input).children(asked(input, "grid"))),
  "tree.path": (input) => lists(tree(input).path(asked(input, "grid"))),
  "tree.siblings": (input) => lists(tree(input).siblings(asked(input, "grid"))),
  "tree.leaves": (input) => lists(tree(input).leaves(asked(input, "grid"))),
  "tree.descendants": (input) => lists(tree(input).descendants(asked(input, "grid"), input["level"] as number)),
  "tree.children_page": (input) =>
    tree(input).childrenPage(grid(input)!, input["offset"] as number, input["limit"] as number),
  "tree.search": ({ text, limit, level, under, ...input }) =>
    tree(input).search(text as string, {
      limit: limit as number | undefined,
      level: level as number | undefined,
      under: under as string | undefined,
    }),
  "tree.rollup": (input) => {
    const how = input["how"] as Record<string, "sum">;
    const { code, values } = tree(input).rollup(input["table"] as object[], how, input["by"] as string | undefined);
    return records(code, values);
  },
  "tree.total": (input) => {
    const of = tree(input);
    return records(of.codes(), { [text(input, "weight")]: of.total(text(input, "weight")) });
  },
  "tree.spans": (input) => tree(input).spans(input["profile"] as SpanProfile | undefined, grid(input)),
  "tree.supervisors": (input) => tree(input).supervisors(input["bound"] as number, grid(input)),
  "tree.declared": (input) => tree(input).declared(input["declared"] as DeclaredRow[]),
  "tree.to_svg": (input) => {
    const of = tree(input);
    const over = input["footprints"] === undefined ? undefined : footprints(input, of);
    return hash(of.toSvg(input["counts"] as CountRow[], { ...camel(input["wishes"]), footprints: over }));
  },
  "tree.to_geojson": (input) => {
    const of = tree(input);
    const wishes = camel(input["wishes"]) as MapOptions;
    return JSON.parse(of.toGeojson(input["counts"] as CountRow[], footprints(input, of), wishes));
  },
  "fronts.rows": (input) => fronts(input).rows(),
  "fronts.counts": (input) => fronts(input).counts(),
  "fronts.of": (input) => fronts(input).of(grid(input)!),
  "fronts.members": (input) => fronts(input).members(text(input, "front")),
  "footprints.read": (input) => {
    const { size, crs, invented } = footprints(input);
    return { len: size, crs, invented };
  },
  "footprints.to_geojson": (input) => JSON.parse(footprints(input).toGeojson()),
  "footprints.to": (input) => JSON.parse(footprints(input).to(input["to"] as geo.Reference).toGeojson()),
  "footprints.bounds": (input) => footprints(input).bounds(),
  "footprints.areas": (input) => footprints(input).areas(),
  "footprints.locate": (input) => {
    const of = tree(input);
    const [x, y] = places(input, "points");
    const crs = input["points_crs"] as geo.Reference | undefined;
    return of.codes(footprints(input, of).locate(x, y, { crs, level: input["level"] as number | undefined }));
  },
  "footprints.adjacency": (input) =>
    footprints(input).adjacency(input["level"] as number, {
      queen: input["queen"] as boolean | undefined,
      toleranceM: input["tolerance_m"] as number | undefined,
      leastBorderM: input["least_border_m"] as number | undefined,
    }),
  "footprints.check_tiling": (input) => footprints(input).checkTiling(input["tolerance_m2"] as number).faults,
  "scheme.definition": (input) => scheme(input).definition,
  "scheme.lengths": (input) => scheme(input).lengths,
  "scheme.nests": (input) => scheme(input).nests,
  "scheme.takes_integers": (input) => scheme(input).takesIntegers,
  "scheme.check": (input) => scheme(input).check(text(input, "code")),
  "scheme.parse": (input) => scheme(input).parse(text(input, "code")),
  "scheme.parent_of": (input) => scheme(input).parentOf(text(input, "code")),
  "scheme.strip": (input) => scheme(input).strip(text(input, "code")),
  "scheme.extends": (input) => scheme(input).extends(text(input, "parent"), text(input, "child")),
  "scheme.format": (input) => scheme(input).format(input["parts"] as Record<string, string>),
  "scheme.from_integer": (input) => scheme(input).fromInteger(input["number"] as number),
  "scheme.capacity_check": (input) => scheme(input).capacityCheck(input["children"] as [string, number][]),
  "scheme.spread_check": (input) => scheme(input).spreadCheck(input["total"] as number, input["parents"] as number),
  "layout.read": (input) => {
    const { counts, total, fanOuts, ...rest } = layout(input);
    return { ...rest, text: layout(input).toString(), counts, total, fan_outs: fanOuts };
  },
  "layout.check": (input) => layout(input).check(input["counts"] as number[]),
  "claim.read": (input) => ({ ...new Claim(text(input, "text")) }),
  "claim.check": (input) => new Claim(text(input, "text")).check(input["count"] as number),
  "claim.admits": (input) => new Claim(text(input, "text")).admits(input["count"] as number),
  apportion: ({ seats, weights, ...options }) =>
    apportion(seats as number, weights as number[], options as unknown as ApportionOptions),
  "geo.convert": (input) => {
    const [x, y] = places(input, "points");
    const found = geo.convert(x, y, input["source"] as geo.Reference, input["target"] as geo.Reference);
    return Array.from(found.x, (x, row) => [x, found.y[row]]);
  },
  "geo.distance": (input) => {
    const [x1, y1] = places(input, "a");
    const [x2, y2] = places(input, "b");
    return geo.distance(x1, y1, x2, y2, input["crs"] as geo.Reference | undefined);
  },
  "geo.area": (input) => geo.area(...places(input, "points"), input["crs"] as geo.Reference | undefined),
  "samples.editions": () => samples.editions(),
  "samples.register": (input) => {
    const of = samples.register(input["edition"] as number);
    return { counts: of.counts(), root: of.row(of.root) };
  },
  "samples.register_csv": (input) => hash(samples.registerCsv(input["edition"] as number)),
  "samples.zhongshan": (input) => {
    const { tree: of, cover, fronts, staff, strength } = samples.zhongshan(input["seed"] as number | undefined);
    return {
      counts: of.counts(),
      towns: of.children(of.root).map((town) => [town, of.counts(town)]),
      cover: cover.length,
      fronts: new Set(fronts.map((row) => row.front)).size,
      staff: staff.length,
      strength: strength.length,
    };
  },
};

/** Every operation with its name. */
export const OPS: readonly (readonly [string, Op])[] = [GRIDS, DUTY, EVENTS, DEPLOY, SOLVE, ROSTER].flatMap((table) =>
  Object.entries(table),
);
