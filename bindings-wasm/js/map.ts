import type { NumberColumn } from "./rows.js";
import type { Footprints } from "./geo.js";

/** How many people of a role stand directly at a grid. */
export interface CountRow {
  /** The code of the grid. */
  code: string;
  /** The role: whatever the caller counts. */
  role: string;
  /** How many people. */
  count: number;
}

/** Counts of people as records, or as columns of one length. */
export type Counts = Iterable<CountRow> | { code: readonly string[]; role: readonly string[]; count: NumberColumn };

/** The wishes for a map. */
export interface MapOptions {
  /** The language of title, legend and notes; English without. */
  lang?: "en" | "zh" | undefined;
  /** The title. */
  title?: string | undefined;
  /** Count the people of one role only. */
  role?: string | undefined;
  /** The grids of this level are the cells; without, the leaves. */
  level?: number | undefined;
  /** One feature for every grid (in GeoJSON). */
  all?: boolean | undefined;
  /** The weight that the area of a cell in a treemap stands for; without, the number of leaves. */
  area?: string | undefined;
  /** How many classes numbers above zero are put in, from 2 to 9; 5 without. */
  classes?: number | undefined;
  /** Classes of equal width, rather than of as many cells in each. */
  equalBreaks?: boolean | undefined;
  /** Width and height; 1200 by 800 without. */
  size?: readonly [width: number, height: number] | undefined;
  /** Withhold numbers from 1 to this less one: for residents, not for staff. */
  minCell?: number | undefined;
}

/** The wishes for a picture. */
export interface SvgOptions extends MapOptions {
  /** The outlines to draw over; without, the picture is a treemap. */
  footprints?: Footprints | undefined;
}
