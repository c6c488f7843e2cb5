import { type RawFootprints, RawTree } from "../pkg/gridcore_wasm.js";
import type { DeclaredLine, DeclaredRow } from "./declared.js";
import type { Edit, Edited } from "./edit.js";
import type { Fault } from "./error.js";
import { type FrontRow, type Fronts, frontsOut } from "./fronts.js";
import { type FootprintOptions, type Footprints, footprintsOut } from "./geo.js";
import { Handle, held } from "./handle.js";
import type { Counts, MapOptions, SvgOptions } from "./map.js";
import type { How, Rollup, RollupTable } from "./rollup.js";
import type { ChildPage, Codes, GridColumns, GridRecord, GridRow, GridTable, Positions, Ragged } from "./rows.js";
import type { LevelSchema, LevelSchemaName } from "./schema.js";
import { type CodeScheme, type SchemeDefinition, type SchemeName, schemeIn } from "./scheme.js";
import type { Hit, SearchOptions } from "./search.js";
import type { SpanProfile, Spans } from "./spans.js";
import type { SupervisorPlan } from "./supervisors.js";

/** What a tree is to be built with. */
export interface BuildOptions {
  /** The levels; without, any depth and any kind will do. */
  schema?: LevelSchema | LevelSchemaName | undefined;
  /** The code scheme; codes may then come as numbers, if its widths are fixed. */
  codeScheme?: CodeScheme | SchemeDefinition | SchemeName | undefined;
  /** The root: the code of a row, or a grid named here that is no row. Without, the only row that has no parent. */
  root?: string | { code: string; name: string } | undefined;
  /** Names of further columns (or keys of records) to keep as weights: numbers to roll up or to share by. */
  weights?: readonly string[] | undefined;
}

/** A row that is not in a tree. */
export interface Rejected {
  /** The row. */
  row: number;
  /** The row that is to blame: itself, or the nearest above it with a fault, or the root that was not chosen. */
  cause: number;
}

/** What could be built from a table that has faults, and what became of every other row. */
export interface Lossy {
  /** The valid tree under the largest root; none if no row is left. */
  tree: GridTree | null;
  /** Every fault, as a strict build reports it. */
  faults: Fault[];
  /** Every row that is not in the tree, ascending. */
  rejected: Rejected[];
}

let wrap: (raw: RawTree) => GridTree;

/**
 * The tree of grids (网格体系): validated, immutable.
 *
 * A question takes one code, an array of codes, or positions (`tree.index(codes)` once, then integers), and answers in
 * the same form. Siblings stand in the order of their codes.
 */
export class GridTree extends Handle {
  static {
    wrap = (raw) => new GridTree(raw);
  }

  private constructor(raw: RawTree) {
    super(raw);
  }

  /** Builds a tree from records. Throws `build_error` with every fault of every row. */
  static fromRecords<Row extends GridRecord>(rows: Iterable<Row>, options?: BuildOptions): GridTree {
    return wrap(RawTree.fromRecords(rows, building(options)));
  }

  /** Builds what can be built from records: the valid tree under the largest root, the faults, the rejected rows. */
  static fromRecordsLossy<Row extends GridRecord>(rows: Iterable<Row>, options?: BuildOptions): Lossy {
    return lossy(RawTree.fromRecordsLossy(rows, building(options)));
  }

  /** Builds a tree from columns of one length. Throws `build_error` with every fault of every row and column. */
  static fromColumns(columns: GridColumns, options?: BuildOptions): GridTree {
    return wrap(RawTree.fromColumns(columns, building(options)));
  }

  /** Builds what can be built from columns. */
  static fromColumnsLossy(columns: GridColumns, options?: BuildOptions): Lossy {
    return lossy(RawTree.fromColumnsLossy(columns, building(options)));
  }

  /** Builds a tree from a CSV file (RFC 4180, UTF-8). Throws `build_error` with every fault of every row. */
  static fromCsv(csv: string | Uint8Array | ArrayBuffer, options?: BuildOptions): GridTree {
    return wrap(RawTree.fromCsv(csv, building(options)));
  }

  /** Builds what can be built from a CSV file. */
  static fromCsvLossy(csv: string | Uint8Array | ArrayBuffer, options?: BuildOptions): Lossy {
    return lossy(RawTree.fromCsvLossy(csv, building(options)));
  }

  /** Loads a tree that `toJson` saved. */
  static fromJson(json: string): GridTree {
    return wrap(RawTree.fromJson(json));
  }

  /** The tree as versioned JSON, by code. */
  toJson(): string {
    return held<RawTree>(this).toJson();
  }

  /** How many grids there are, the root among them. */
  get size(): number {
    return held<RawTree>(this).size();
  }

  /** The code of the root. */
  get root(): string {
    return held<RawTree>(this).root();
  }

  /** The schema that the tree was built with. */
  get schema(): Required<LevelSchema> {
    return held<RawTree>(this).schema();
  }

  /** The code scheme that the tree was built with, as its definition. */
  get codeScheme(): SchemeDefinition | null {
    return held<RawTree>(this).codeScheme();
  }

  /** The names of the weights, in order. */
  get weights(): string[] {
    return held<RawTree>(this).weights();
  }

  /** Whether the tree has a grid of this code. */
  has(code: string): boolean {
    return held<RawTree>(this).has(code);
  }

  /** Whether both have the same grids in the same places under the same rules, whatever rows they came from. */
  equals(other: GridTree): boolean {
    return held<RawTree>(this).equals(held<RawTree>(other));
  }

  /** The number of grids on each level from level 0, of the whole tree or of a grid and what lies beneath it. */
  counts(grid?: string): number[] {
    return held<RawTree>(this).counts(grid);
  }

  /** The counts from the grid's own level down, in layout notation: `1+26+307+1307`. */
  layout(grid?: string): string {
    return held<RawTree>(this).layout(grid);
  }

  /** The positions of codes in preorder; −1 where a code is missing. Throws `unknown_grid` with every row of one that the tree has not. */
  index(codes: Codes): Int32Array {
    return held<RawTree>(this).index(codes);
  }

  /** The codes at positions, or of all grids in preorder. */
  codes(): string[];
  codes(positions: Positions): (string | null)[];
  codes(positions?: Positions): (string | null)[] {
    return held<RawTree>(this).codes(positions);
  }

  /** The name. */
  name(grid: string): string;
  name(grids: Codes | Positions): (string | null)[];
  name(grids: string | Codes | Positions): string | (string | null)[] {
    return held<RawTree>(this).name(grids);
  }

  /** The level; −1 where there is no grid. */
  level(grid: string): number;
  level(grids: Codes | Positions): Int32Array;
  level(grids: string | Codes | Positions): number | Int32Array {
    return held<RawTree>(this).level(grids);
  }

  /** How many steps below the root; −1 where there is no grid. */
  depth(grid: string): number;
  depth(grids: Codes | Positions): Int32Array;
  depth(grids: string | Codes | Positions): number | Int32Array {
    return held<RawTree>(this).depth(grids);
  }

  /** The grid above; none above the root. */
  parent(grid: string): string | null;
  parent(grids: Codes): (string | null)[];
  parent(grids: Positions): Int32Array;
  parent(grids: string | Codes | Positions): string | null | (string | null)[] | Int32Array {
    return held<RawTree>(this).parent(grids);
  }

  /** The grid on this level that a grid lies in (itself, if it is on it); none if its path has none. */
  ancestorAt(grid: string, level: number): string | null;
  ancestorAt(grids: Codes, level: number): (string | null)[];
  ancestorAt(grids: Positions, level: number): Int32Array;
  ancestorAt(grids: string | Codes | Positions, level: number): string | null | (string | null)[] | Int32Array {
    return held<RawTree>(this).ancestorAt(grids, level);
  }

  /** The lowest grid that both lie in; one of the two, if it lies in the other. Columns have one form and length. */
  lca(a: string, b: string): string;
  lca(a: Codes, b: Codes): (string | null)[];
  lca(a: Positions, b: Positions): Int32Array;
  lca(a: string | Codes | Positions, b: string | Codes | Positions): string | (string | null)[] | Int32Array {
    return held<RawTree>(this).lca(a, b);
  }

  /** Whether the first is the second or lies above it. For positions 1 stands for yes and 0 for no. */
  isAncestor(above: string, below: string): boolean;
  isAncestor(above: Codes, below: Codes): boolean[];
  isAncestor(above: Positions, below: Positions): Uint8Array;
  isAncestor(
    above: string | Codes | Positions,
    below: string | Codes | Positions,
  ): boolean | boolean[] | Uint8Array {
    return held<RawTree>(this).isAncestor(above, below);
  }

  /** How many steps up and down lead from one to the other; −1 where there is no grid. */
  distance(a: string, b: string): number;
  distance(a: Codes, b: Codes): Int32Array;
  distance(a: Positions, b: Positions): Int32Array;
  distance(a: string | Codes | Positions, b: string | Codes | Positions): number | Int32Array {
    return held<RawTree>(this).distance(a, b);
  }

  /** The grids directly beneath, in the order of their codes. */
  children(grid: string): string[];
  children(grids: Codes): string[][];
  children(grids: Positions): Ragged;
  children(grids: string | Codes | Positions): string[] | string[][] | Ragged {
    return held<RawTree>(this).children(grids);
  }

  /** A page of the children of a grid: at most `limit`, after the first `offset`. */
  childrenPage(grid: string, offset: number, limit: number): ChildPage {
    return held<RawTree>(this).childrenPage(grid, offset, limit);
  }

  /** The grids above, from the parent to the root. */
  ancestors(grid: string): string[];
  ancestors(grids: Codes): string[][];
  ancestors(grids: Positions): Ragged;
  ancestors(grids: string | Codes | Positions): string[] | string[][] | Ragged {
    return held<RawTree>(this).ancestors(grids);
  }

  /** The way from the root to a grid, both among it. */
  path(grid: string): string[];
  path(grids: Codes): string[][];
  path(grids: Positions): Ragged;
  path(grids: string | Codes | Positions): string[] | string[][] | Ragged {
    return held<RawTree>(this).path(grids);
  }

  /** The other children of the parent. */
  siblings(grid: string): string[];
  siblings(grids: Codes): string[][];
  siblings(grids: Positions): Ragged;
  siblings(grids: string | Codes | Positions): string[] | string[][] | Ragged {
    return held<RawTree>(this).siblings(grids);
  }

  /** The grids of the subtree that have none beneath them; the grid itself, if it has none. */
  leaves(grid: string): string[];
  leaves(grids: Codes): string[][];
  leaves(grids: Positions): Ragged;
  leaves(grids: string | Codes | Positions): string[] | string[][] | Ragged {
    return held<RawTree>(this).leaves(grids);
  }

  /** All grids beneath, or those of them on one level. */
  descendants(grid: string, level?: number): string[];
  descendants(grids: Codes, level?: number): string[][];
  descendants(grids: Positions, level?: number): Ragged;
  descendants(grids: string | Codes | Positions, level?: number): string[] | string[][] | Ragged {
    return held<RawTree>(this).descendants(grids, level);
  }

  /** The grids that a text may mean, by code, by name, by pinyin (full, initials or a mixture), the best first. */
  search(text: string, options?: SearchOptions): Hit[] {
    return held<RawTree>(this).search(text, options);
  }

  /**
   * Rolls columns of a table up the tree: for every grid, the value over it and all beneath it.
   *
   * @param how for each column `"sum"`, `"count"`, `"min"`, `"max"`, `"mean"`, or `["mean", weights]` with another column
   * @param by the column of codes (or of positions, in a typed array); a grid may have several rows, or none
   */
  rollup<Name extends string>(table: RollupTable, how: Readonly<Record<Name, How>>, by = "code"): Rollup<Name> {
    return held<RawTree>(this).rollup(table, how, by);
  }

  /** The totals of a weight that the tree has, by position: over each grid and all beneath it. */
  total(weight: string): Float64Array {
    return held<RawTree>(this).total(weight);
  }

  /** Declared counts beside the registered ones, with what a declared total leaves for the rest. */
  declared(rows: Iterable<DeclaredRow>): DeclaredLine[] {
    return held<RawTree>(this).declared(rows);
  }

  /** Lays fronts (战线) over the tree. */
  fronts(rows: Iterable<FrontRow>): Fronts {
    return frontsOut(held<RawTree>(this).fronts(rows));
  }

  /** Makes edits in order, all or none: a new tree, and the way from old codes to new ones. */
  edit(edits: Iterable<Edit>): Edited {
    const { tree, map } = held<RawTree>(this).edit(edits);
    return { tree: wrap(tree), map };
  }

  /** Outlines beside the tree: from GeoJSON, or from the footprints that the tree has. */
  footprints(geojson?: string | object | null, options?: FootprintOptions): Footprints {
    return footprintsOut(held<RawTree>(this).footprints(geojson, options));
  }

  /** The strength map (网格人员力量分布图) in SVG: over outlines (the tree's own, if none are passed), or a treemap without any. */
  toSvg(counts: Counts, options?: SvgOptions): string {
    const { footprints, ...wishes } = { ...options };
    return this.#over(footprints, (outlines) => held<RawTree>(this).toSvgOver(counts, outlines, wishes));
  }

  /** The strength map as GeoJSON, over outlines (the tree's own, if none are passed): one feature for each cell. */
  toGeojson(counts: Counts, footprints?: Footprints, options?: MapOptions): string {
    return this.#over(footprints, (outlines) => held<RawTree>(this).toGeojson(counts, outlines, options));
  }

  #over(footprints: Footprints | undefined, draw: (outlines: RawFootprints) => string): string {
    if (footprints !== undefined) {
      return draw(held<RawFootprints>(footprints));
    }
    const own = held<RawTree>(this).footprints(undefined, undefined);
    try {
      return draw(own);
    } finally {
      own.free();
    }
  }

  /** The spans of control, of the whole tree or beneath a grid, and who breaks the profile (3 to 7, 5 at best, without one). */
  spans(profile?: SpanProfile | "ics", grid?: string): Spans {
    return held<RawTree>(this).spans(profile, grid);
  }

  /** The fewest extra grids, and where, so that no grid has more than `bound` directly beneath. */
  supervisors(bound: number, grid?: string): SupervisorPlan {
    return held<RawTree>(this).supervisors(bound, grid);
  }

  /** A grid as a record. */
  row(grid: string): GridRow {
    return held<RawTree>(this).row(grid);
  }

  /** All grids, or a grid and what lies beneath it, as records in preorder. */
  toRecords(grid?: string): GridRow[] {
    return held<RawTree>(this).toRecords(grid);
  }

  /** All grids, or a grid and what lies beneath it, as columns in preorder; its own parent is then left out. */
  toColumns(grid?: string): GridTable {
    return held<RawTree>(this).toColumns(grid);
  }

  /** A grid and everything beneath it as a tree of its own, on the levels that they had. */
  extract(grid: string): GridTree {
    return wrap(held<RawTree>(this).extract(grid));
  }
}

/** Makes a tree of what the module gave. */
export function treeOut(raw: RawTree): GridTree {
  return wrap(raw);
}

/** Options on their way in: a scheme that is a handle goes as its definition. */
function building(options: BuildOptions | undefined): BuildOptions | undefined {
  if (typeof options !== "object" || options === null || options.codeScheme === undefined) {
    return options;
  }
  return { ...options, codeScheme: schemeIn(options.codeScheme) };
}

function lossy(parts: { tree: RawTree | null; faults: Fault[]; rejected: Rejected[] }): Lossy {
  return { ...parts, tree: parts.tree && wrap(parts.tree) };
}
