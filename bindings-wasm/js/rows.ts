/** What comes in at the door and goes out again: keys are snake_case, the same as in CSV, JSON and the other languages. */

/** One grid (网格) as a record. Keys that are not named here are ignored, unless `weights` of the options names them. */
export interface GridRecord {
  /** The code (编码); as a number only under a code scheme with fixed widths. */
  code: string | number | bigint;
  /** The code of the parent; none for the root. */
  parent?: string | number | bigint | null | undefined;
  /** The name, unique among siblings. */
  name: string;
  /** The level; where no row has one, it is the depth. */
  level?: number | null | undefined;
  /** The kind, one that the level allows. */
  kind?: string | null | undefined;
  /** The footprint: a GeoJSON geometry, as a text or as an object. */
  footprint?: string | object | null | undefined;
  /** Numbers to roll up or to share by, each with a name. */
  weights?: Readonly<Record<string, number | bigint | null | undefined>> | null | undefined;
}

/** A grid as it comes out of a tree: what it has not is left out. */
export interface GridRow {
  /** The code (编码). */
  code: string;
  /** The code of the parent; none for the root. */
  parent?: string;
  /** The name. */
  name: string;
  /** The level. */
  level: number;
  /** The kind. */
  kind?: string;
  /** The footprint: a GeoJSON geometry as a text. */
  footprint?: string;
  /** The weights, each with its name. */
  weights?: Record<string, number>;
}

/** A column of texts; `null` and `undefined` stand for none. */
export type TextColumn = readonly (string | null | undefined)[];
/**
 * A column of numbers. In a typed array of floats, not-a-number stands for none; in an array, `null` and `undefined` do
 * and not-a-number is a fault.
 */
export type NumberColumn =
  | readonly (number | bigint | null | undefined)[]
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A table of grids as columns of one length. */
export interface GridColumns {
  /** The codes; as numbers only under a code scheme with fixed widths. */
  code: TextColumn | NumberColumn;
  /** The codes of the parents; none for the root. */
  parent: TextColumn | NumberColumn;
  /** The names. */
  name: TextColumn;
  /** The levels. */
  level?: NumberColumn | undefined;
  /** The kinds. */
  kind?: TextColumn | undefined;
  /** The footprints: GeoJSON geometries as texts. */
  footprint?: TextColumn | undefined;
  /** Columns of numbers, each with its name. */
  weights?: Readonly<Record<string, NumberColumn>> | undefined;
}

/** A tree as columns, in preorder; `null` and, among numbers, not-a-number stand for none. */
export interface GridTable {
  /** The code of each grid. */
  code: string[];
  /** The code of its parent; none for the first row. */
  parent: (string | null)[];
  /** Its name. */
  name: string[];
  /** Its level. */
  level: Uint8Array;
  /** Its kind. */
  kind: (string | null)[];
  /** Its footprint: a GeoJSON geometry as a text. */
  footprint: (string | null)[];
  /** Its weights, each with its name. */
  weights: Record<string, Float64Array>;
}

/** Grids by code; `null` and `undefined` stand for none, and get none for an answer. */
export type Codes = readonly (string | null | undefined)[];
/** Grids by position in preorder, as `index` gives them; −1 stands for none, and gets none for an answer. */
export type Positions = Int32Array | Uint32Array;

/** A list for each row: row `n` has `values.subarray(offsets[n], offsets[n + 1])`. */
export interface Ragged {
  /** Where each row's values begin, and behind the last where they end: one more than there are rows. */
  offsets: Uint32Array;
  /** The positions of all rows, one behind the other. */
  values: Int32Array;
}

/** A part of the children of one grid. */
export interface ChildPage {
  /** How many children the grid has. */
  total: number;
  /** The children on this page, in the order of their codes. */
  rows: ChildRow[];
}

/** One child, as a view shows it before it is opened. */
export interface ChildRow {
  /** Its code. */
  code: string;
  /** Its name. */
  name: string;
  /** Its level. */
  level: number;
  /** Its kind. */
  kind: string | null;
  /** How many children it has itself: none, and there is nothing to open. */
  children: number;
}
