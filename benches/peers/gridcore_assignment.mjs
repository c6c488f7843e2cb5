// gridcore's browser build, in Node: the city's assignment from typed arrays to the answer, one line of JSON a figure.
//
//   node gridcore_assignment.mjs FOLDER

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { GridTree, deploy, solve } from "../../bindings-wasm/dist/node.js";

const folder = process.argv[2];

function read(name) {
  const bytes = new Uint8Array(readFileSync(join(folder, name)));
  return Float64Array.from(new BigInt64Array(bytes.buffer), Number);
}

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

function say(who, job, cpu, check) {
  console.log(JSON.stringify({ who, job, cpu, memory: null, check: Number(check) }));
}

const numbers = read("city.i64");
const [rows, columns, count] = numbers;
const arcs = { row: new Uint32Array(count), column: new Uint32Array(count), cost: new Int32Array(count) };
for (let arc = 0; arc < count; arc++) {
  arcs.row[arc] = numbers[3 + 3 * arc];
  arcs.column[arc] = numbers[4 + 3 * arc];
  arcs.cost[arc] = numbers[5 + 3 * arc];
}
const [cold, before] = best(7, () => solve.assign({ rows, columns, ...arcs }));
say("gridcore, wasm", "city", cold, before.cost);

const gone = new Set(read("leavers.i64"));
const here = (_, arc) => !gone.has(arcs.column[arc]);
const left = { row: arcs.row.filter(here), column: arcs.column.filter(here), cost: arcs.cost.filter(here) };
const [warm, after] = best(7, () => solve.reassign({ rows, columns, ...left }, before));
say("gridcore, wasm", "city, 100 left", warm, after.cost);

const code = (grid) => `1${String(grid).padStart(5, "0")}`;
const person = (place) => `p-${String(place).padStart(5, "0")}`;
const grids = Array.from({ length: rows }, (_, grid) => ({ code: code(grid), parent: "1", name: `第${grid}号网格` }));
const tree = GridTree.fromRecords([{ code: "1", name: "城市" }, ...grids]);
const needs = grids.map((grid) => ({ grid: grid.code }));
const people = Array.from({ length: columns }, (_, place) => ({ person: person(place) }));
const pairs = { need: arcs.row, person: arcs.column, cost: arcs.cost };
const [whole, plan] = best(3, () => deploy.assign(tree, needs, people, { columns: pairs, decimals: 0 }));
say("gridcore, wasm deploy", "city", whole, plan.cost);
const ill = Array.from(gone, person);
const [again, repaired] = best(3, () => plan.without(ill).replan({ changeCost: 0 }));
say("gridcore, wasm deploy", "city, 100 left", again, repaired.cost);
