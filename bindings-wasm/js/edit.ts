import { editMapThen as raw } from "../pkg/gridcore_wasm.js";
import type { GridTree } from "./tree.js";

/** A grid that an edit makes. */
export interface NewGrid {
  /** Its code. */
  code: string;
  /** Its name. */
  name: string;
  /** Its kind; without, a part or a merged grid has the kind of the old ones. */
  kind?: string;
  /** Its footprint: a GeoJSON geometry as a text. */
  footprint?: string;
  /** Its weights. In a split and in a merge they must add up to the old ones. */
  weights?: Readonly<Record<string, number>>;
}

/** One of the grids that a grid is split into. */
export interface Part {
  /** The grid; its code may be that of the old one. */
  grid: NewGrid;
  /** How much of the old grid it takes, from 0 to 1. */
  share?: number;
  /** The children that go to it. */
  children?: readonly string[];
}

/** One change (变更) to a tree. Codes are those that hold when its turn comes. */
export type Edit =
  /** Gives a grid another name (更名). */
  | { op: "rename"; grid: string; name: string }
  /** Gives grids other codes, all at once, from old to new; with `descendants`, to what begins with them too. */
  | { op: "recode"; codes: Readonly<Record<string, string>>; descendants?: boolean }
  /** Puts a grid, with all beneath it, under another parent (划转). */
  | { op: "move"; grid: string; parent: string }
  /** Makes several grids of one (拆分). */
  | { op: "split"; grid: string; into: readonly Part[] }
  /** Makes one grid of several on one level (合并). */
  | { op: "merge"; grids: readonly string[]; into: NewGrid; parent?: string }
  /** Takes a grid away (撤销). */
  | { op: "remove"; grid: string; beneath?: "none" | "remove" | "to_parent" }
  /** Adds a grid (新设). */
  | { op: "insert"; grid: NewGrid; parent: string; level?: number; children?: readonly string[] };

/** What happened to a grid. */
export type EditEvent = "renamed" | "recoded" | "moved" | "split" | "merged" | "removed" | "inserted";

/** A grid that an old one has become, or become part of. */
export interface Successor {
  /** Its code in the new tree. */
  code: string;
  /** How much of the old grid it has, from 0 to 1, where that is known. */
  share: number | null;
  /** How much of single weights of the old grid it has, where those were split by values. */
  by_weight?: Record<string, number>;
}

/** What became of one grid. */
export interface EditChange {
  /** Its code in the old tree; none for a new grid. */
  old: string | null;
  /** What it is in the new tree, by code; nothing if it is no more. */
  new: Successor[];
  /** What happened to it, each once. */
  events: EditEvent[];
}

/** From the codes of a tree to those of the tree after its edits: only grids that something happened to. */
export type EditMap = EditChange[];

/** A tree after its edits, and the way there. */
export interface Edited {
  /** The new tree. */
  tree: GridTree;
  /** From the codes of the old tree to those of the new one (新旧编码对照). */
  map: EditMap;
}

/** One map and then a later one, as one: from the codes before both to those after both. */
export function editMapThen(first: EditMap, later: EditMap): EditMap {
  return raw(first, later);
}
