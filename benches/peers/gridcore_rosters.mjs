// gridcore's browser build, in Node: a reconciliation of two rosters, one line of JSON a figure.
//
//   node gridcore_rosters.mjs FOLDER INSTANCE…

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { reconcile } from "../../bindings-wasm/dist/node.js";

const RUNS = 5;
const [folder, ...instances] = process.argv.slice(2);

/** A file's columns; the generators quote nothing, and an empty cell is missing. */
function columns(file) {
  const [names, ...rows] = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => line.split(","));
  return Object.fromEntries(names.map((name, place) => [name, rows.map((row) => row[place] || null)]));
}

/** A line of this process's status, in megabytes. */
const status = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1e3;

for (const job of instances) {
  const tables = ["A.csv", "B.csv"].map((file) => columns(join(folder, job, file)));
  const truth = tables.map((table) => table.truth_id);
  const [left, right] = tables.map(({ truth_id, moved_truth, ...table }) => table);
  const run = () => {
    const answer = reconcile(left, right);
    const matched = answer.matched();
    answer.free();
    return matched;
  };
  globalThis.gc?.();
  writeFileSync("/proc/self/clear_refs", "5");
  const before = status("VmRSS");
  const matched = run();
  const memory = Math.max(status("VmHWM") - before, 0);
  let cpu = Infinity;
  for (let left = RUNS; left > 0; left--) {
    const start = process.cpuUsage();
    run();
    const used = process.cpuUsage(start);
    cpu = Math.min(cpu, (used.user + used.system) / 1e6);
  }
  const known = new Set(truth[1]);
  const hit = matched.filter((pair) => truth[0][pair.left_row] === truth[1][pair.right_row]).length;
  const [precision, recall] = [hit / matched.length, hit / new Set(truth[0].filter((person) => known.has(person))).size];
  const people = { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
  console.log(JSON.stringify({ who: "gridcore, wasm", job, cpu, memory, check: null, people }));
}
