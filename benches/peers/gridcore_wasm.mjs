// gridcore's browser build, in Node: the same jobs as the Rust suite, one line of JSON a figure.
//
//   node gridcore_wasm.mjs FOLDER

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { GridTree } from "../../bindings-wasm/dist/node.js";

const folder = process.argv[2];
const queries = 1_000_000;
const options = { codeScheme: "nbs", root: { code: "0", name: "中国" }, weights: ["count"] };

/** The least CPU seconds of several runs, and the last result. */
function best(runs, run) {
  let least = Infinity;
  let result;
  for (let left = runs; left > 0; left--) {
    const start = process.cpuUsage();
    result = run();
    const used = process.cpuUsage(start);
    least = Math.min(least, (used.user + used.system) / 1e6);
  }
  return [least, result];
}

function say(job, cpu, check = null) {
  console.log(JSON.stringify({ who: "gridcore, wasm", job, cpu, memory: null, check }));
}

for (const order of ["sorted", "shuffled"]) {
  const file = new Uint8Array(readFileSync(join(folder, `${order}.csv`)));
  const [cpu, total] = best(5, () => {
    const tree = GridTree.fromCsv(file, options);
    const totals = tree.total("count");
    tree.free();
    return totals[0];
  });
  say(`CSV to totals, ${order}`, cpu, total);
}

const tree = GridTree.fromCsv(new Uint8Array(readFileSync(join(folder, "sorted.csv"))), options);
const [totalling] = best(9, () => tree.total("count"));
say("totals alone", totalling);
let state = 1;
const draw = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * tree.size);
};
const drawn = () => Int32Array.from({ length: queries }, draw);
const [a, b] = [drawn(), drawn()];
const [meeting] = best(9, () => tree.lca(a, b));
say("10⁶ LCA", meeting);
const [climbing] = best(9, () => tree.ancestorAt(a, 3));
say("10⁶ ancestors at a level", climbing);
