/** One fault as a flat record, the same in every language. */
export interface Fault {
  /** The stable name of the fault. */
  code: string;
  /** The row, from 0, if one row is at fault. */
  row: number | null;
  /** The column, the argument or the option, if one is at fault. */
  column: string | null;
  /** The code of the grid, if it has one. */
  grid: string | null;
  /** What was found. */
  found: string | null;
  /** What was wanted instead. */
  wanted: string | null;
  /** Other rows that belong to the same fault. */
  related: number[];
  /** What is wrong, in English. */
  message: string;
  /** What is wrong, in Chinese. */
  message_zh: string;
  /** What to do about it, in English. */
  remedy: string;
  /** What to do about it, in Chinese. */
  remedy_zh: string;
}

/** What is refused: by the core, or at the door because a value has the wrong type (`wrong_type`). */
export interface GridcoreError extends Error {
  name: "GridcoreError" | "Infeasible";
  /** The stable name of the error, in snake_case; `build_error` for a table that makes no tree. */
  code: string;
  /** Every fault behind the error, in a stable order. */
  faults: Fault[];
  /** The message in Chinese. */
  message_zh: string;
}

/**
 * What cannot be done, with the sets that forbid it: `deploy.Shortage`, `deploy.TeamShortage`,
 * `deploy.ShiftShortage`, `solve.HallSet` or `solve.Cut`.
 */
export interface Infeasible extends GridcoreError {
  name: "Infeasible";
  /** The first set; null where none can be named. */
  cause: unknown;
  /** All of them. */
  causes: unknown[];
}

/** Whether something caught says that a thing cannot be done, and names who lacks what. */
export function isInfeasible(value: unknown): value is Infeasible {
  return value instanceof Error && value.name === "Infeasible" && "causes" in value;
}

/** Whether something caught is an error of this package. A check by name, so that it also holds for one sent by a worker. */
export function isGridcoreError(value: unknown): value is GridcoreError {
  return value instanceof Error && (value.name === "GridcoreError" || value.name === "Infeasible") && "code" in value;
}

/** The error of a handle that was freed, or that is none. */
export function refuse(code: string, message: string, message_zh: string): GridcoreError {
  const error = new Error(message);
  return Object.assign(error, { name: "GridcoreError" as const, code, message_zh, faults: [] });
}
