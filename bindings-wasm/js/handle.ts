import { refuse } from "./error.js";

/** What a handle holds: an object of the module, which lies outside the reach of the garbage collector. */
export interface Raw {
  free(): void;
}

let raw: (handle: Handle) => Raw | undefined;

/**
 * Something that lives in the module's memory: immutable, freed by `free`, by `using`, or at last by the garbage collector.
 *
 * A handle that was freed answers every question with an error of the code `freed`.
 */
export abstract class Handle implements Disposable {
  #raw: Raw | undefined;

  static {
    raw = (handle) => {
      if (typeof handle !== "object" || handle === null || !(#raw in handle)) {
        throw refuse("wrong_type", "a handle of this package is wanted", "应为本库的句柄");
      }
      return handle.#raw;
    };
  }

  protected constructor(raw: Raw) {
    this.#raw = raw;
  }

  /** Gives the memory back. A second call does nothing. */
  free(): void {
    const raw = this.#raw;
    this.#raw = undefined;
    raw?.free();
  }

  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}

/** The object of the module behind a handle. */
export function held<R extends Raw>(handle: Handle): R {
  const found = raw(handle);
  if (found === undefined) {
    throw refuse("freed", "the handle was freed", "句柄已释放");
  }
  return found as R;
}
