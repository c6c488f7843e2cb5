/** What goes between a page and its worker. */
import type { Progress } from "./options.js";

/** A function that a worker can be asked for. */
export type Name = "apportion" | "editMapThen" | "gridCode" | "version";
/** A solver that a worker can be asked for; it is told of its progress. */
export type Solver = keyof typeof SOLVERS;
/** Long work over a tree inside the worker; it is told of its progress. */
export type Job = keyof typeof JOBS;

/** The solvers, and where among their arguments the options stand. */
export const SOLVERS = { assign: 1, assignDense: 1, maximumMatching: 1, minCostFlow: 1, reassign: 2, reflow: 2 } as const;

/** The long work over a tree, and where among its arguments (the tree not counted) the options stand. */
export const JOBS = { aid: 2, assign: 2, mostTeams: 2, pair: 1, shifts: 3, spread: 1, surge: 2, teams: 3 } as const;
/** A way to build a tree inside the worker. */
export type Source = "fromColumns" | "fromCsv" | "fromJson" | "fromRecords";
/** A question that a tree inside the worker answers with plain data. */
export type TreeQuestion = (typeof TREE_QUESTIONS)[number];

/** The questions that a tree inside the worker answers. */
export const TREE_QUESTIONS = [
  "ancestorAt",
  "ancestors",
  "children",
  "childrenPage",
  "codes",
  "counts",
  "declared",
  "depth",
  "descendants",
  "distance",
  "has",
  "index",
  "isAncestor",
  "layout",
  "lca",
  "leaves",
  "level",
  "name",
  "parent",
  "path",
  "rollup",
  "row",
  "search",
  "siblings",
  "spans",
  "supervisors",
  "toColumns",
  "toJson",
  "toRecords",
  "toSvg",
  "total",
] as const;

/** A question that a reconciliation inside a worker answers with plain data. */
export type RosterQuestion = (typeof ROSTER_QUESTIONS)[number];
/** A change of a reconciliation inside a worker, which makes another. */
export type RosterChange = keyof typeof ROSTER_CHANGES;
/** How a reconciliation comes to be inside a worker. */
export type RosterSource = keyof typeof ROSTER_SOURCES;

/** The questions that a reconciliation inside a worker answers; what is a field at hand is asked for without arguments. */
export const ROSTER_QUESTIONS = [
  "blocking",
  "by",
  "clusters",
  "columns",
  "conflicts",
  "cut",
  "decisions",
  "duplicates",
  "explain",
  "explainRow",
  "explainSides",
  "extra",
  "households",
  "log",
  "matched",
  "missing",
  "model",
  "moved",
  "notes",
  "repairs",
  "report",
  "review",
  "rowSentence",
  "rules",
  "sentence",
  "states",
  "toJson",
  "waterfall",
] as const;

/** The changes, and where among their arguments the options stand. */
export const ROSTER_CHANGES = { decide: 1, rerun: 2, undo: 0, update: 1 } as const;

/** The ways to a reconciliation, and where among their arguments the options stand. */
export const ROSTER_SOURCES = { deduplicate: 1, loadReconciliation: 3, reconcile: 2 } as const;

/** What a message asks for: a function, a tree to build, a question to a handle, long work, rosters, or to forget a handle. */
export type Wish =
  | { kind: "call"; name: Name }
  | { kind: "build"; source: Source }
  | { kind: "ask"; tree: number; question: TreeQuestion }
  | { kind: "solve"; solver: Solver; watched: boolean }
  | { kind: "run"; tree: number; job: Job; watched: boolean }
  | { kind: "rosters"; source: RosterSource; tree: number | undefined; watched: boolean }
  | { kind: "told"; roster: number; question: RosterQuestion }
  | { kind: "change"; roster: number; change: RosterChange; watched: boolean }
  | { kind: "free"; held: number };
/** A call on its way to the worker. */
export type Question = { id: number; wish: Wish; args: unknown[] };
/** An answer on its way back. A copy of an error loses its own fields, so these travel beside it. */
export type Answer = { id: number } & (
  | { value: unknown }
  | { error: Error; fields: object }
  | { progress: Progress }
);
