import { GridTree, deploy, isInfeasible, samples, solve } from "gridcore";
import { expect, test } from "vitest";

import { caught } from "./caught.js";
import { TOWN } from "./town.js";

const town = GridTree.fromRecords(TOWN, { weights: ["households"] });

/** The least cost of all ways to give each row its own column, tried one by one. */
function least(rows: number, columns: number, costs: number[], row = 0, used = 0): number {
  if (row === rows) {
    return 0;
  }
  let best = Infinity;
  for (let column = 0; column < columns; column++) {
    if ((used & (1 << column)) === 0) {
      best = Math.min(best, costs[row * columns + column]! + least(rows, columns, costs, row + 1, used | (1 << column)));
    }
  }
  return best;
}

test("assignment agrees with trying everything, and proves itself", () => {
  let state = 7;
  const draw = (): number => (state = (state * 48_271) % 2_147_483_647) % 50;
  for (let round = 0; round < 50; round++) {
    const [rows, columns] = [1 + (round % 5), 5];
    const costs = Array.from({ length: rows * columns }, draw);
    const answer = solve.assignDense({ rows, columns, costs });
    expect(Number(answer.cost)).toBe(least(rows, columns, costs));
    solve.verifyDense({ rows, columns, costs }, answer);
    const all = costs.map((cost, place) => ({ row: Math.floor(place / columns), column: place % columns, cost }));
    const candidates = {
      rows,
      columns,
      row: Uint32Array.from(all, (one) => one.row),
      column: Uint32Array.from(all, (one) => one.column),
      cost: BigInt64Array.from(all, (one) => BigInt(one.cost)),
    };
    const sparse = solve.assign(candidates);
    expect(sparse.cost).toBe(answer.cost);
    solve.verifyAssigned(candidates, sparse);
    expect(solve.reassign(candidates, sparse).cost).toBe(sparse.cost);
    expect(() => solve.verifyAssigned(candidates, { ...sparse, cost: sparse.cost - 1n })).toThrow();
  }
});

test("rows that share too few columns are named", () => {
  const candidates = { rows: 3, columns: 3, row: [0, 1, 2, 2], column: [0, 0, 1, 2], cost: [1, 1, 1, 1] };
  const error = caught(() => solve.assign(candidates));
  expect(isInfeasible(error) && error.cause).toEqual({ rows: [0, 1], columns: [0] });
  const matching = solve.maximumMatching(candidates);
  expect([matching.size, matching.hall]).toEqual([2, { rows: [0, 1], columns: [0] }]);
  solve.verifyMatching(candidates, matching);
  expect(caught(() => solve.assign({ ...candidates, cost: [1] })).code).toBe("length_mismatch");
  expect(caught(() => solve.assign({ ...candidates, row: [0, 1, 2, 2.5] })).faults[0]).toMatchObject({ row: 3, column: "row" });
});

test("flow: the cheapest, its prices, and the cut that forbids it", () => {
  const network = { supplies: [4, 0, -4], tail: [0, 0, 1], head: [1, 2, 2], capacity: [3, 2, 3], cost: [1, 3, 1] };
  const flow = solve.minCostFlow(network);
  expect([[...flow.flows], flow.cost]).toEqual([[3n, 1n, 3n], 9n]);
  solve.verifyFlow(network, flow);
  expect(solve.reflow({ ...network, cost: [1, 1, 1] }, flow).cost).toBe(6n);
  const error = caught(() => solve.minCostFlow({ ...network, supplies: [9, 0, -9] }));
  expect(isInfeasible(error) && error.cause).toMatchObject({ nodes: [0], supply: 9, capacity: 5 });
});

test("people are sent to grids, and a plan is repaired", () => {
  const people = ["a", "b", "c"].map((person) => ({ person, home: "111" }));
  const plan = deploy.assign(town, [{ grid: "111" }, { grid: "121" }], people, { home: 1 });
  expect([plan.kind, plan.cost, plan.certificate.verified]).toEqual(["assignment", 4, true]);
  plan.verify();
  const ill = plan.table[0]!.who!;
  const repaired = plan.without([ill]).replan({ changeCost: 1000 });
  expect([repaired.changes, repaired.kept().kept]).toEqual([1, 1]);
  expect(plan.without([ill]).gaps().find((gap) => gap.direct)).toMatchObject({ missing: 1 });
  expect(plan.without([ill]).frontier().at(-1)).toMatchObject({ changes: 1 });
  expect(deploy.Plan.fromJson(town, plan.toJson()).table).toEqual(plan.table);
  const costs = deploy.assign(town, [{ grid: "111" }], people, { cost: (person) => (person.person === "b" ? 0 : null) });
  expect(costs.table).toMatchObject([{ who: "b" }]);
  const error = caught(() => deploy.assign(town, [{ grid: "111", at_least: 4 }], people));
  expect(isInfeasible(error) && error.cause).toMatchObject({ kind: "too_few_people", grids: ["111"], needed: 4, available: 3 });
});

test("83 units and 287 grids: three or four each", () => {
  const { tree } = samples.zhongshan();
  const { units, supply, demand, edges, positions } = samples.zhongshanDeployment(undefined, { nearest: 1 });
  const pairing = deploy.pair(tree, units.map(({ unit, home }) => ({ unit, home: home! })), { level: 2, positions, decimals: 0 });
  const loads = pairing.loads.map((load) => load.amount);
  expect([loads.filter((load) => load === 3).length, loads.filter((load) => load === 4).length]).toEqual([45, 38]);
  const surge = deploy.surge(tree, supply, demand, { pairs: pairing.pairs, edges, units, anywhere: 100_000, distance: 0.1, positions });
  expect(surge.table.reduce((sum, row) => sum + row.amount, 0)).toBe(10_500);
  expect(surge.certificate).toMatchObject({ verified: true });
});

test("spread, aid, person-times", () => {
  const spread = deploy.spread(town, 100).byGrid.map((grid) => grid.amount);
  expect(Math.max(...spread) - Math.min(...spread)).toBe(1);
  const aid = deploy.aid(town, [{ grid: "111", spare: 2 }, { grid: "121", spare: 2 }], [{ grid: "112", at_least: 3 }]);
  expect(aid.cost).toBe(2 * 2 + 4);
  expect(deploy.personCount(11_300, 3)).toMatchObject({ least: 3767, most: 11_300, exact: false });
  const counted = deploy.personTimes(town, [{ person: "a", day: 1 }, { person: "a", day: 2 }, { person: "b", day: 1 }]);
  expect(counted.total).toMatchObject({ person_times: 3, known: 2, exact: true });
});

test("teams of three, and the roles that are short", () => {
  const rule = { rule: "visit", roles: ["medic", "police", "worker"].map((role) => ({ role, at_least: 1, at_most: 1 })) };
  // Medics and police share three people, one too few for two teams.
  const people = [["medic"], ["medic", "police"], ["police"], ["worker"], ["worker"]].map((skills, place) => ({
    person: `p-${place}`,
    skills,
  }));
  const teams = deploy.mostTeams(town, people, rule);
  expect(teams.certificate).toMatchObject({ teams: 1, limits: [{ roles: ["medic", "police"], people: 3, per_team: 2 }] });
  teams.verify();
  const error = caught(() => deploy.teams(town, people, [rule], [1, 2].map((n) => ({ team: `t-${n}`, rule: "visit" }))));
  expect(isInfeasible(error) && error.cause).toMatchObject({ roles: ["medic", "police"], people: 3, needed: 4 });
});

test("25 checkpoints in two shifts: a roster, or why not", () => {
  const checkpoints = Array.from({ length: 25 }, (_, place) => ({ checkpoint: `c-${place}`, staff: 1 }));
  const shifts = [
    { shift: "day", from: 8 * 3600, until: 20 * 3600 },
    { shift: "night", from: 20 * 3600, until: 32 * 3600 },
  ];
  const people = (count: number): { person: string }[] => Array.from({ length: count }, (_, place) => ({ person: `p-${place}` }));
  const options = { days: [19_085, 19_086, 19_087], utcOffset: 28_800, rest: 11 * 3600 };
  const roster = deploy.shifts(town, checkpoints, shifts, people(50), options);
  expect(roster.table).toHaveLength(150);
  roster.verify();
  const error = caught(() => deploy.shifts(town, checkpoints, shifts, people(45), options));
  const { need, available, rows } = (isInfeasible(error) ? error.cause : {}) as deploy.ShiftShortage;
  const needed = rows.reduce((sum, row) => sum + row.need * row.weight, 0);
  expect([need, available, needed]).toEqual([46n, 45n, 46]);
});

test("what does not fit is named by its row and column, and never shown", () => {
  const bad = (value: unknown) => value as number;
  const needs = [{ grid: "11" }];
  const people = [{ person: "p-1" }];
  for (const value of [NaN, Infinity, "Zhang San"]) {
    const candidates = [{ grid: needs[0]!.grid, person: "p-1", cost: bad(value) }];
    const error = caught(() => deploy.assign(town, needs, people, { candidates }));
    expect(error.code).toBe("wrong_shape");
    expect([error.faults[0]!.row, error.faults[0]!.column]).toEqual([0, "candidates.cost"]);
    expect(JSON.stringify(error.faults) + error.message).not.toContain("Zhang");
  }
  expect(caught(() => deploy.assign(town, needs, people, { reach: NaN })).code).toBe("wrong_shape");
});
