import { layoutCheck, layoutRead } from "../pkg/gridcore_wasm.js";

/** One level where a layout and a count differ. */
export interface LayoutMismatch {
  /** The level, from 0 at the top of the layout. */
  level: number;
  /** How many grids the layout declares; none if it has no such level. */
  declared: number | null;
  /** How many grids were counted; none if there is no such level. */
  counted: number | null;
}

/** How many grids there are on each level, as `1+26+307+1307`. A plain value: there is nothing to free. */
export class Layout {
  /** How many grids there are on each level, from the top. */
  readonly counts: readonly number[];
  /** How many grids there are in all. */
  readonly total: number;
  /** The mean number of grids below each grid, between each level and the next; none below an empty level. */
  readonly fanOuts: readonly (number | null)[];
  readonly #text: string;

  /** Reads a layout from its text, or makes one from counts per level. */
  constructor(layout: string | readonly number[]) {
    const { text, counts, total, fan_outs } = layoutRead(layout) as {
      text: string;
      counts: number[];
      total: number;
      fan_outs: (number | null)[];
    };
    this.#text = text;
    this.counts = counts;
    this.total = total;
    this.fanOuts = fan_outs;
  }

  /** Every level where counts differ from the layout, from the top; none if they agree. */
  check(counts: readonly number[]): LayoutMismatch[] {
    return layoutCheck(this.#text, counts);
  }

  /** The layout as a text. */
  toString(): string {
    return this.#text;
  }

  /** The same, for JSON. */
  toJSON(): string {
    return this.#text;
  }
}
