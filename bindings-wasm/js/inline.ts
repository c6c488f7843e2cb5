/** The entry for places that can serve one script and nothing else: the module is inside it, as text. */
import start, { initSync as startSync } from "../pkg/gridcore_wasm.js";
import text from "../pkg/inline.js";

export * from "./api.js";

/** Loads the module; call and await it once before anything else. A second call does nothing. */
export async function init(): Promise<void> {
  await start({ module_or_path: bytes() });
}

/** Loads the module without waiting; on the main thread of a page prefer `init`. */
export function initSync(): void {
  startSync({ module: bytes() });
}

function bytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
