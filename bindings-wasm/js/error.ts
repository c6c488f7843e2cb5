/** One fault as a flat record, the same in every language. */
export interface Fault {
  /** The stable name of the fault. */
  code: string;
  /** The row, from 0, if one row is at fault. */
  row?: number;
  /** The column, if one column is at fault. */
  column?: string;
  /** The code of the grid, if it has one. */
  grid?: string;
  /** What was found. */
  found?: string;
  /** What was wanted instead. */
  wanted?: string;
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

/** What the core refuses. */
export interface GridcoreError extends Error {
  name: "GridcoreError";
  /** The stable name of the error, in snake_case. */
  code: string;
  /** Every fault behind the error, in a stable order. */
  faults: Fault[];
}

/** Whether something caught is an error of the core. A check by name, so that it also holds for one sent by a worker. */
export function isGridcoreError(value: unknown): value is GridcoreError {
  return value instanceof Error && value.name === "GridcoreError" && "code" in value;
}
