// Node, with no bundler: imports the package by its name, and its inlined form.
import assert from "node:assert/strict";

import * as gridcore from "gridcore";
import * as inline from "gridcore/inline";

import { scenario } from "./scenario.js";

// Needs no waiting in Node.
assert.match(gridcore.version(), /^\d+\.\d+\.\d+$/);
const answer = await scenario(gridcore);
assert.equal(answer.error.code, "malformed_code");
assert.deepEqual(await scenario(inline), answer);
inline.initSync();
console.log("node: gridcore %s by both entries", answer.version);
