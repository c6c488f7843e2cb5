import { gridCode as rawGridCode, version as rawVersion } from "../pkg/gridcore_wasm.js";

/** The version of the package, the same in Rust, Python and JavaScript. */
export function version(): string {
  return rawVersion();
}

/** Checks that a text can be the code (编码) of a grid and returns it. Throws `malformed_code`. */
export function gridCode(text: string): string {
  return rawGridCode(text);
}
