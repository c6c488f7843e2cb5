import type { RawFronts } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";

/** One member of a front; or a front without one, where the grid is missing. */
export interface FrontRow {
  /** The code of the front. */
  front: string;
  /** Its name in Chinese; a name must stand in one row of each front at least. */
  zh?: string | null;
  /** Its name in English. */
  en?: string | null;
  /** The code of a grid that is a member. */
  grid?: string | null;
}

/** How many grids of a level a front has. */
export interface FrontCount {
  /** The code of the front. */
  front: string;
  /** The level. */
  level: number;
  /** Grids of the level that were named as members. */
  members: number;
  /** Grids of the level that are members or lie beneath one, each once. */
  reached: number;
}

let wrap: (raw: RawFronts) => Fronts;

/** Fronts (战线) over a tree: named overlays over any grids, which never count in its totals. */
export class Fronts extends Handle {
  static {
    wrap = (raw) => new Fronts(raw);
  }

  private constructor(raw: RawFronts) {
    super(raw);
  }

  /** The fronts with their members, as rows, in the order of codes. */
  rows(): Required<FrontRow>[] {
    return held<RawFronts>(this).rows();
  }

  /** How many grids of each level each front has, directly and in all that it reaches. */
  counts(): FrontCount[] {
    return held<RawFronts>(this).counts();
  }

  /** The fronts that a grid is in, each with the member that brings it in: the grid itself, or the nearest above it. */
  of(grid: string): { front: string; grid: string }[] {
    return held<RawFronts>(this).of(grid);
  }

  /** The codes of the members of a front; null if there is no such front. */
  members(front: string): string[] | null {
    return held<RawFronts>(this).members(front);
  }
}

/** Makes fronts of what the module gave. */
export function frontsOut(raw: RawFronts): Fronts {
  return wrap(raw);
}
