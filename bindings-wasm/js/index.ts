/** The entry for bundlers and plain pages: the module is a file of its own, fetched by `init`. */
import start, { type InitInput, type SyncInitInput, initSync as startSync } from "../pkg/gridcore_wasm.js";

export * from "./api.js";

/**
 * Loads the module; call and await it once before anything else. A second call does nothing.
 *
 * @param source where the module is, if not beside this script: a URL, a response, its bytes, or the module itself
 */
export async function init(source?: InitInput | Promise<InitInput>): Promise<void> {
  await start(source === undefined ? undefined : { module_or_path: source });
}

/** Loads the module from its bytes, or from a compiled module, without waiting. */
export function initSync(source: SyncInitInput): void {
  startSync({ module: source });
}
