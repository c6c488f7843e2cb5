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

/** What a message asks for: a function, a tree to build, a question to a tree, long work, rosters, or to forget a tree. */
export type Wish =
  | { kind: "call"; name: Name }
  | { kind: "build"; source: Source }
  | { kind: "ask"; tree: number; question: TreeQuestion }
  | { kind: "solve"; solver: Solver; watched: boolean }
  | { kind: "run"; tree: number; job: Job; watched: boolean }
  | { kind: "reconcile"; tree: number | undefined; watched: boolean }
  | { kind: "deduplicate"; tree: number | undefined; watched: boolean }
  | { kind: "free"; tree: number };
/** A call on its way to the worker. */
export type Question = { id: number; wish: Wish; args: unknown[] };
/** An answer on its way back. A copy of an error loses its own fields, so these travel beside it. */
export type Answer = { id: number } & (
  | { value: unknown }
  | { error: Error; fields: object }
  | { progress: Progress }
);
