/** Places, the references they are measured in, and the outlines of grids. */
import { type RawFootprints, geoArea, geoConvert, geoDistance } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import type { NumberColumn } from "./rows.js";

/** What coordinates are measured in: degrees in one of four references, or metres in a plane that has a name. */
export type Reference = "wgs84" | "cgcs2000" | "gcj02" | "bd09" | `metres:${string}`;

/** Converts places, degrees east (`x`) and north (`y`), from one reference to another. */
export function convert(x: number, y: number, from: Reference, to: Reference): { x: number; y: number };
export function convert(
  x: NumberColumn,
  y: NumberColumn,
  from: Reference,
  to: Reference,
): { x: Float64Array; y: Float64Array };
export function convert(
  x: number | NumberColumn,
  y: number | NumberColumn,
  from: Reference,
  to: Reference,
): { x: number; y: number } | { x: Float64Array; y: Float64Array } {
  return geoConvert(x, y, from, to);
}

/** Distances in metres on the ellipsoid (in a plane for metres), each place of the first to its counterpart. */
export function distance(x1: number, y1: number, x2: number, y2: number, crs?: Reference): number;
export function distance(
  x1: NumberColumn,
  y1: NumberColumn,
  x2: NumberColumn,
  y2: NumberColumn,
  crs?: Reference,
): Float64Array;
export function distance(
  x1: number | NumberColumn,
  y1: number | NumberColumn,
  x2: number | NumberColumn,
  y2: number | NumberColumn,
  crs?: Reference,
): number | Float64Array {
  return geoDistance(x1, y1, x2, y2, crs);
}

/** The area in square metres within a ring of places whose last repeats the first. */
export function area(x: NumberColumn, y: NumberColumn, crs?: Reference): number {
  return geoArea(x, y, crs);
}

/** How outlines are read. */
export interface FootprintOptions {
  /** The property that holds the code of the grid; `code` without. */
  codeProperty?: string | undefined;
  /** What the coordinates are measured in; a file that says otherwise is at fault. */
  crs?: Reference | undefined;
  /** Whether the outlines are made up, which every picture of them then says. */
  invented?: boolean | undefined;
  /** Whether to close rings whose last position does not repeat the first. */
  closeRings?: boolean | undefined;
}

/** Where to look for places. */
export interface LocateOptions {
  /** What the coordinates are measured in; the outlines' own reference without. */
  crs?: Reference | undefined;
  /** Look for grids of this level; without, for the lowest. */
  level?: number | undefined;
}

/** What counts as touching. */
export interface AdjacencyOptions {
  /** Whether a common corner is enough. */
  queen?: boolean | undefined;
  /** How far apart borders may lie and still be one, in metres. */
  toleranceM?: number | undefined;
  /** How long a common border must be, in metres. */
  leastBorderM?: number | undefined;
}

/** A rectangle, in degrees or metres. */
export interface Bounds {
  /** The least `x`. */
  west: number;
  /** The least `y`. */
  south: number;
  /** The greatest `x`. */
  east: number;
  /** The greatest `y`. */
  north: number;
}

/** Which grids of a level touch. */
export interface Adjacency {
  /** Every pair, with the length of the common border in metres. */
  borders: { a: string; b: string; border_m: number }[];
  /** Grids that touch no other. */
  islands: string[];
  /** Grids of the level that have no outline. */
  without_outline: string[];
}

/** One place where grids do not tile. */
export interface TilingFault {
  /** Two grids lie over each other, a grid is not filled, or a grid reaches beyond the one above it. */
  kind: "overlap" | "hole" | "overhang";
  /** The grid. */
  grid: string;
  /** The other grid of an overlap, or the grid above an overhang. */
  other: string | null;
  /** The area in question, in square metres. */
  area_m2: number;
  /** The rectangle around it, to look at on a map. */
  bounds: Bounds;
}

/** What a check of the tiling found. */
export interface Tiling {
  /** How many grids were compared with the grids under them. */
  checked: number;
  /** Every place where grids do not tile. */
  faults: TilingFault[];
  /** What could not be checked. */
  without_outline: string[];
}

let wrap: (raw: RawFootprints) => Footprints;

/** Outlines of grids beside their tree. */
export class Footprints extends Handle {
  static {
    wrap = (raw) => new Footprints(raw);
  }

  private constructor(raw: RawFootprints) {
    super(raw);
  }

  /** How many grids have an outline. */
  get size(): number {
    return held<RawFootprints>(this).size();
  }

  /** What the coordinates are measured in. */
  get crs(): Reference {
    return held<RawFootprints>(this).crs() as Reference;
  }

  /** Whether the outlines are invented. */
  get invented(): boolean {
    return held<RawFootprints>(this).invented();
  }

  /** The rectangle around all outlines. */
  bounds(): Bounds | null {
    return held<RawFootprints>(this).bounds();
  }

  /** The same outlines in another reference. */
  to(crs: Reference): Footprints {
    return wrap(held<RawFootprints>(this).to(crs));
  }

  /** The outlines as GeoJSON, with the code, name, level, kind and path of each grid. */
  toGeojson(): string {
    return held<RawFootprints>(this).toGeojson();
  }

  /** The areas in square metres, by position; not-a-number without an outline. */
  areas(): Float64Array {
    return held<RawFootprints>(this).areas();
  }

  /** The grids that places lie in: the code for one place, positions for columns (−1 outside). */
  locate(x: number, y: number, options?: LocateOptions): string | null;
  locate(x: NumberColumn, y: NumberColumn, options?: LocateOptions): Int32Array;
  locate(x: number | NumberColumn, y: number | NumberColumn, options?: LocateOptions): string | null | Int32Array {
    return held<RawFootprints>(this).locate(x, y, options);
  }

  /** Which grids of a level touch. */
  adjacency(level: number, options?: AdjacencyOptions): Adjacency {
    return held<RawFootprints>(this).adjacency(level, options);
  }

  /** Whether siblings lie side by side and fill their parent, but for areas up to a tolerance in square metres. */
  checkTiling(toleranceM2: number): Tiling {
    return held<RawFootprints>(this).checkTiling(toleranceM2);
  }
}

/** Makes footprints of what the module gave. */
export function footprintsOut(raw: RawFootprints): Footprints {
  return wrap(raw);
}
