import type { NumberColumn } from "./rows.js";

/** How the values beneath a grid become one; a mean may be weighted by another column. */
export type How = "sum" | "count" | "min" | "max" | "mean" | readonly ["mean", weights: string];

/** A table to roll up: records, or columns of one length. Keys that are not asked for are ignored. */
export type RollupTable =
  | Iterable<object>
  | Readonly<Record<string, NumberColumn | readonly (string | null | undefined)[] | undefined>>;

/** One row for each grid, in preorder. */
export interface Rollup<Name extends string = string> {
  /** The codes. */
  code: string[];
  /** The value of each column over the grid and all beneath it: a typed array where none can be missing. */
  values: Record<Name, Float64Array | (number | null)[]>;
}
