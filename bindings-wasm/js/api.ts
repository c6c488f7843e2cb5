/** What every entry offers once the module is loaded. */
export { gridCode, version } from "../pkg/gridcore_wasm.js";
export { type Fault, type GridcoreError, isGridcoreError } from "./error.js";
