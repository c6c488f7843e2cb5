/** The entry for Node: the module is read when this script is imported, so that nothing needs to be awaited. */
import { readFileSync } from "node:fs";

import { initSync as startSync } from "../pkg/gridcore_wasm.js";

startSync({ module: readFileSync(new URL("../pkg/gridcore_wasm_bg.wasm", import.meta.url)) });

export * from "./index.js";
