/** Assignment, matching and flow on bare numbers. */
import { solve } from "gridcore";

import { type Input, type Op, given, infeasible } from "./input.js";

function candidates(input: Input, name = "arcs"): solve.Candidates {
  const arcs = given<Omit<solve.Candidates, "rows" | "columns">>(input, name);
  return { rows: given(input, "rows"), columns: given(input, "columns"), ...arcs };
}

function network(input: Input, supplies = "supplies", name = "arcs"): solve.Network {
  const { capacity, ...arcs } = given<solve.Network & { capacity?: (number | null)[] }>(input, name);
  const limits = capacity?.map((most) => most ?? 2n ** 63n - 1n);
  return { ...arcs, supplies: given(input, supplies), ...(limits === undefined ? {} : { capacity: limits }) };
}

/** The columns and the cost, beside what the prices add up to, which proves it. */
function assigned({ columns, cost, rowDuals, columnDuals }: solve.Assigned): object {
  const bound = [...rowDuals, ...columnDuals].reduce((sum, price) => sum + price, 0n);
  return { columns, cost, bound };
}

const sparse: Op = (input) => {
  const now = candidates(input);
  const before = input["earlier"] === undefined ? undefined : solve.assign(candidates(input, "earlier"));
  const found = before === undefined ? solve.assign(now) : solve.reassign(now, before);
  solve.verifyAssigned(now, found);
  return assigned(found);
};

const flow: Op = (input) => {
  const before = input["earlier"] === undefined ? undefined : solve.minCostFlow(network(input, "supplies", "earlier"));
  const now = network(input, before === undefined ? "supplies" : "later_supplies");
  const found = before === undefined ? solve.minCostFlow(now) : solve.reflow(now, before);
  solve.verifyFlow(now, found);
  return { flows: found.flows, cost: found.cost };
};

export const OPS: Readonly<Record<string, Op>> = {
  "solve.assign_dense": (input) => {
    const costs = given<number[][]>(input, "costs");
    const matrix = { rows: costs.length, columns: costs[0]!.length, costs: costs.flat() };
    const found = solve.assignDense(matrix);
    solve.verifyDense(matrix, found);
    return assigned(found);
  },
  "solve.assign": sparse,
  "solve.reassign": sparse,
  "solve.maximum_matching": (input) => {
    const found = solve.maximumMatching(candidates(input));
    solve.verifyMatching(candidates(input), found);
    return found;
  },
  "solve.min_cost_flow": flow,
  "solve.reflow": flow,
  "solve.infeasible": infeasible((input) => (input["problem"] === "assign" ? sparse : flow)(input)),
};
