/** What goes between a page and its worker. */

/** A function that a worker can be asked for. */
export type Name = "apportion" | "editMapThen" | "gridCode" | "version";
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

/** What a message asks for: a function, a tree to build, a question to a tree, or to forget a tree. */
export type Wish =
  | { kind: "call"; name: Name }
  | { kind: "build"; source: Source }
  | { kind: "ask"; tree: number; question: TreeQuestion }
  | { kind: "free"; tree: number };
/** A call on its way to the worker. */
export type Question = { id: number; wish: Wish; args: unknown[] };
/** An answer on its way back. A copy of an error loses its own fields, so these travel beside it. */
export type Answer = { id: number } & ({ value: unknown } | { error: Error; fields: object });
