import { type RawMergedRoster, type RawTree, mergeRosters as rawMerge } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import { type Watching, ruled, watching } from "./options.js";
import type { RosterRules } from "./roster-rows.js";
import type { Roster } from "./roster.js";
import type { GridTree } from "./tree.js";

/** How lists are merged. */
export interface MergeOptions extends Watching {
  /**
   * Columns by which people are told apart, the surest first: a token, an identity number, a phone. Without, people are found
   * by all that the lists say of them.
   */
  keys?: readonly string[] | undefined;
  /** What columns are about, by name, in `left`; and all else about freeing lists of doubles. */
  rules?: RosterRules | undefined;
  tree?: GridTree | undefined;
}

/** One person of a merged roster. */
export interface MergedPerson {
  person: number;
  /** How many lists name them. */
  lists: number;
  rows: number;
  first_list: string;
  /** How many values of their rows disagree with those kept. */
  conflicts: number;
}

/** One row of a list, and whose it is. */
export interface MergedSource {
  person: number;
  list: string;
  row: number;
}

/** A value that was kept, and where it comes from. */
export interface MergedValue extends MergedSource {
  column: string;
  value: string;
}

/** A value that disagrees with the one that was kept. */
export interface MergeConflict {
  person: number;
  column: string;
  kept: string;
  kept_list: string;
  kept_row: number;
  other: string;
  other_list: string;
  other_row: number;
}

/** Two people who may be one. */
export interface MergeDoubt {
  person: number;
  other: number;
  /** The key in which they agree while a surer one tells them apart. */
  key: string | null;
  /** The probability that they are one, where likeness was weighed. */
  probability: number | null;
}

/** One list, counted. */
export interface MergeListRow {
  list: string;
  rows: number;
  /** The people whom its rows name, each once. */
  persons: number;
  /** Those whom no other list names. */
  only_here: number;
}

/** Two lists and how many people both of them name (名单重叠). */
export interface MergeOverlap {
  list: string;
  other: string;
  persons: number;
}

let wrap: (raw: RawMergedRoster) => MergedRoster;

/** One roster made of several lists; people are numbered from 0 by where they first occur. */
export class MergedRoster extends Handle {
  static {
    wrap = (raw) => new MergedRoster(raw);
  }

  private constructor(raw: RawMergedRoster) {
    super(raw);
  }

  /** The number of people. */
  get size(): number {
    return held<RawMergedRoster>(this).size();
  }

  /** The names of the lists. */
  get lists(): string[] {
    return held<RawMergedRoster>(this).lists();
  }

  /** The names of the columns. */
  get columns(): string[] {
    return held<RawMergedRoster>(this).columns();
  }

  /** The value kept of each person in a column. */
  column(name: string): (string | null)[] {
    return held<RawMergedRoster>(this).column(name);
  }

  /** The people. */
  people(): MergedPerson[] {
    return held<RawMergedRoster>(this).people();
  }

  /** Each row of all lists, and whose it is. */
  sources(): MergedSource[] {
    return held<RawMergedRoster>(this).sources();
  }

  /** Each value that was kept, and where it comes from. */
  values(): MergedValue[] {
    return held<RawMergedRoster>(this).values();
  }

  /** Values that disagree with those that were kept. */
  conflicts(): MergeConflict[] {
    return held<RawMergedRoster>(this).conflicts();
  }

  /** People who may be one. */
  doubts(): MergeDoubt[] {
    return held<RawMergedRoster>(this).doubts();
  }

  /** Rows without any key: each stays a person of its own. */
  withoutKey(): MergedSource[] {
    return held<RawMergedRoster>(this).withoutKey();
  }

  /** Each list, counted. */
  byList(): MergeListRow[] {
    return held<RawMergedRoster>(this).byList();
  }

  /** How many people two lists both name. */
  overlaps(): MergeOverlap[] {
    return held<RawMergedRoster>(this).overlaps();
  }
}

/**
 * Merges overlapping lists, each under its name, into one roster: one row for each person, with all rows that they come
 * from. Of several values the first list that has one decides. Throws every fault of every list.
 */
export function merge(lists: Readonly<Record<string, Roster>> | ReadonlyMap<string, Roster>, options?: MergeOptions): MergedRoster {
  const named = lists instanceof Map ? [...lists] : Object.entries(lists);
  const { keys, rules, tree } = options ?? {};
  const how = { keys: keys ?? [], rules: ruled(rules ?? {}) };
  const watch = watching(options);
  return wrap(tree === undefined ? rawMerge(named, how, watch) : held<RawTree>(tree).mergeRosters(named, how, watch));
}
