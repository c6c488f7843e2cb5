import { type GridcoreError, isGridcoreError } from "gridcore";

/** The error that a call throws: one of this package, never a trap of the module or an error of the engine. */
export function caught(call: () => unknown): GridcoreError {
  try {
    call();
  } catch (error) {
    if (isGridcoreError(error)) {
      return error;
    }
    throw error;
  }
  throw new Error("no error was thrown");
}

/** Hands a value of a wrong type past the compiler. */
export function wrong<T>(value: unknown): T {
  return value as T;
}
