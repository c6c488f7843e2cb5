/** Rosters inside a worker: reconciled there, and kept there for questions and changes. */
import type * as api from "./api.js";
import type { Following, Here, Later } from "./worker.js";
import { ROSTER_QUESTIONS, type RosterChange, type RosterQuestion, type RosterSource } from "./worker-message.js";

/** How a worker reconciles rosters. */
export type RosterOptions = Omit<api.roster.ReconcileOptions, "tree" | "progress">;

/** How a worker changes a reconciliation. */
export type RosterChangeOptions = Omit<api.roster.ChangeOptions, "progress">;

/** A question or a field of a reconciliation, whose answer is waited for. */
type Told<F> = F extends (...args: never[]) => unknown ? Later<F> : () => Promise<F>;

/**
 * A reconciliation inside a worker: the questions of `Reconciliation`, each of them a function to wait for; immutable.
 *
 * It stays there until it is freed: hold it with `using`, or free it. A change makes another beside it.
 */
export type RemoteReconciliation = {
  readonly [Q in Exclude<RosterQuestion, "by">]: Told<api.Reconciliation[Q]>;
} & {
  /** How many rows of each side came to each state: every row is counted once. */
  readonly counts: api.roster.CountRow[];
  /** What came of the rows of each grid: as rows name it, of one level of the tree with all beneath, or of all its grids. */
  by(by?: "grid" | "all" | number): Promise<api.roster.GridCountRow[]>;
  /** Takes decisions about pairs over, all or none. */
  decide(
    decisions: Parameters<api.Reconciliation["decide"]>[0],
    options?: RosterChangeOptions,
    following?: Following,
  ): Promise<RemoteReconciliation>;
  /** Adds, replaces and removes rows under what this run has learnt. */
  update(
    update: api.roster.RosterUpdate,
    options?: RosterChangeOptions,
    following?: Following,
  ): Promise<RemoteReconciliation>;
  /** Takes the last change that holds back. */
  undo(options?: RosterChangeOptions, following?: Following): Promise<RemoteReconciliation>;
  /** Reconciles other rosters with the same columns under what this run has learnt. */
  rerun(
    left: api.roster.Roster,
    right?: api.roster.Roster,
    options?: { limit?: number | undefined },
    following?: Following,
  ): Promise<RemoteReconciliation>;
  /** Gives the memory back. A second call does nothing. */
  free(): void;
} & Disposable;

/** Rosters reconciled inside a worker, over a tree there or without one. */
export interface RemoteRosters {
  /** Reconciles two rosters inside the worker, where the answer stays. */
  reconcile(
    left: api.roster.Roster,
    right: api.roster.Roster,
    options?: RosterOptions,
    following?: Following,
  ): Promise<RemoteReconciliation>;
  /** Frees one roster of doubles inside the worker, where the answer stays. */
  deduplicate(
    roster: api.roster.Roster,
    options?: RosterOptions,
    following?: Following,
  ): Promise<RemoteReconciliation>;
  /** Loads a run that `toJson` saved, with the rosters of that time. */
  loadReconciliation(
    json: string,
    left: api.roster.Roster,
    right?: api.roster.Roster,
    options?: { limit?: number | undefined },
    following?: Following,
  ): Promise<RemoteReconciliation>;
}

/** What the worker told of a reconciliation that it keeps. */
type Kept = { roster: number; counts: api.roster.CountRow[] };

/**
 * The functions that reconcile rosters inside a worker.
 *
 * @param here what asks the worker that is to hold the answer
 * @param tree the number of a tree inside that worker; throws once the tree is freed
 */
export function rosters(here: () => Here, tree?: () => number): RemoteRosters {
  const from = async (source: RosterSource, args: unknown[], following: Following = {}): Promise<RemoteReconciliation> => {
    const wish = { kind: "rosters", source, tree: tree?.(), watched: following.progress !== undefined } as const;
    const holder = here();
    return remote((await holder.send(wish, args, following)) as Kept, holder);
  };
  return {
    reconcile: (left, right, options = {}, following) => from("reconcile", [left, right, options], following),
    deduplicate: (roster, options = {}, following) => from("deduplicate", [roster, options], following),
    loadReconciliation: (json, left, right, options = {}, following) =>
      from("loadReconciliation", [json, left, right, options], following),
  };
}

function remote({ roster, counts }: Kept, holder: Here): RemoteReconciliation {
  const here = holder.hold(roster);
  const change = async (change: RosterChange, args: unknown[], following: Following = {}): Promise<RemoteReconciliation> => {
    const wish = { kind: "change", roster, change, watched: following.progress !== undefined } as const;
    return remote((await here.send(wish, args, following)) as Kept, holder);
  };
  const questions = ROSTER_QUESTIONS.map((question) => [
    question,
    (...args: unknown[]) => here.send({ kind: "told", roster, question }, args),
  ]);
  return {
    ...Object.fromEntries(questions),
    counts,
    decide: (decisions, options = {}, following) => change("decide", [[...decisions], options], following),
    update: (update, options = {}, following) => change("update", [update, options], following),
    undo: (options = {}, following) => change("undo", [options], following),
    rerun: (left, right, options = {}, following) => change("rerun", [left, right, options], following),
    free: here.free,
    [Symbol.dispose]: here.free,
  } as RemoteReconciliation;
}
