import type { RawTree } from "../pkg/gridcore_wasm.js";
import { held } from "./handle.js";
import { snake } from "./options.js";
import type { GridTree } from "./tree.js";

/** One post that one person holds: a row of a staff roster (网格人员名册). A person may have several rows. */
export interface StaffRow {
  /** The person's token. */
  person: string;
  grid: string;
  /** The post (岗位). */
  post: string;
  /** The person's name, handed back in the lists; no error shows it. */
  name?: string | null;
  /** The unit (单位) that sends them. */
  unit?: string | null;
}

/** What is to be known about posts. */
export interface StaffOptions {
  /** Posts that one person alone may hold at a grid, beside the post that the tree's level names; `*` stands for every post. */
  single?: readonly string[] | undefined;
}

/** What happened to a post that a person holds, or held. */
export type StaffChange = "joined" | "left" | "transferred" | "post_changed" | "unit_changed" | "took_up" | "gave_up";

/** One change. */
export interface StaffChangeRow {
  change: StaffChange;
  person: string;
  name: string | null;
  from_grid: string | null;
  from_post: string | null;
  from_unit: string | null;
  to_grid: string | null;
  to_post: string | null;
  to_unit: string | null;
  /** The row of the old roster, from 0. */
  old_row: number | null;
  /** The row of the new roster, from 0. */
  new_row: number | null;
}

/** A grid where somebody held a post and nobody does any more (无人负责的网格). */
export interface OrphanedGridRow {
  grid: string;
  name: string;
  level: number;
  /** The grids from the root down to it. */
  path: string[];
  /** The nearest grid above where somebody holds a post (属地兜底). */
  nearest_held: string | null;
  persons_before: number;
  old_rows: number[];
}

/** A post that somebody held at a grid and nobody holds there any more (空缺岗位). */
export interface VacatedPostRow {
  grid: string;
  post: string;
  /** Whether nobody is left at the grid at all. */
  orphaned: boolean;
  old_rows: number[];
}

/** One post that is one of several of a person, or that several people hold. */
export interface DoublePostRow {
  person: string;
  name: string | null;
  grid: string;
  post: string;
  /** How many posts the person holds, or how many people hold the post. */
  of: number;
  new_row: number;
}

/** A row that says what another of its roster says: it was counted once. */
export interface RepeatedRow {
  list: "old" | "new";
  row: number;
  same_as: number;
}

/** Heads counted: `before + joined + came = after + left + went`. */
export interface StaffCount {
  before: number;
  after: number;
  joined: number;
  left: number;
  came: number;
  went: number;
  moved: number;
  post_changed: number;
  posts_before: number;
  posts_after: number;
  orphaned: number;
}

/** Two staff rosters compared (名册变动): people in the order of their tokens, grids in the tree's order. */
export interface StaffDiff {
  /** Every change, by kind and then by person. */
  changes: StaffChangeRow[];
  /** Grids that lost the last of their people. */
  orphaned: OrphanedGridRow[];
  /** Posts that lost the last of their people. */
  vacated: VacatedPostRow[];
  /** Posts of people who hold several (一人多岗). */
  several_posts: DoublePostRow[];
  /** Single posts that several people hold (一岗多人). */
  shared_posts: DoublePostRow[];
  repeated: RepeatedRow[];
  total: StaffCount;
  /** The grids of each level, without what lies beneath them. */
  by_level: (StaffCount & { level: number; grids: number; held_before: number; held_after: number })[];
  /** Each grid that somebody held, with everything beneath it. */
  by_grid: (StaffCount & { grid: string; name: string; level: number })[];
}

/** Compares two editions of a staff roster: who joined, left, moved, and what nobody holds any more. Throws every fault of both. */
export function staffDiff(
  old: Iterable<StaffRow>,
  next: Iterable<StaffRow>,
  tree: GridTree,
  options?: StaffOptions,
): StaffDiff {
  return held<RawTree>(tree).staffDiff(old, next, snake(options));
}
