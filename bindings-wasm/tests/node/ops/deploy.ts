/** Plans: who goes where, what becomes of a plan when people fall out, teams, rosters, counts. */
import { deploy, samples } from "gridcore";

import { type Input, type Op, given, infeasible, picked, some, text, tree } from "./input.js";

const STAFFING = ["candidates", "home", "work", "skill_miss", "language_miss", "reach", "fair", "allow_gaps"];
const PAIRING = ["grids", "level", "under", "costs", "distance", "size", "mismatch"];
const SURGE = ["pairs", "edges", "units", "paired", "neighbour", "anywhere", "distance", "allow_gaps"];
const SPREAD = ["grids", "level", "under", "size", "home"];
const ROSTER = ["days", "wishes", "utc_offset", "rest", "one_a_day", "most_shifts", "load_weight", "distance_weight"];

function plan(input: Input, problem = text(input, "problem")): deploy.Plan {
  const of = tree(input);
  const shared = some(input, "positions", "decimals");
  switch (problem) {
    case "assign": {
      const columns = input["candidate_columns"] as deploy.CandidateColumns | undefined;
      const wishes = { ...shared, ...some(input, ...STAFFING), columns };
      return deploy.assign(of, given(input, "needs"), given(input, "people"), wishes);
    }
    case "pair": {
      const units =
        input["city"] === undefined
          ? given<deploy.UnitRow[]>(input, "units")
          : samples.zhongshanDeployment(undefined, { nearest: 1 }).units.map(({ unit, home }) => ({ unit, home }));
      return deploy.pair(of, units as deploy.UnitRow[], { ...shared, ...some(input, ...PAIRING) });
    }
    case "surge":
      return deploy.surge(of, given(input, "supply"), given(input, "demand"), { ...shared, ...some(input, ...SURGE) });
    case "aid":
      return deploy.aid(of, given(input, "spares"), given(input, "demand"), {
        ...shared,
        ...some(input, "edges", "distance", "allow_gaps"),
      });
    default:
      return deploy.spread(of, given(input, input["count"] === undefined ? "people" : "count"), {
        ...shared,
        ...some(input, ...SPREAD),
      });
  }
}

/** How many rows have each amount, ascending. */
function amounts(rows: readonly { amount: number }[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const { amount } of rows) {
    counts.set(amount, (counts.get(amount) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

function shown(input: Input, plan: deploy.Plan): object {
  plan.verify();
  const { bound, verified } = plan.certificate;
  const keys = input["keys"] as string[] | undefined;
  return {
    kind: plan.kind,
    cost: plan.cost,
    cost_units: plan.costUnits,
    changes: plan.changes,
    bound,
    verified,
    loads: amounts(plan.loads),
    by_grid: amounts(plan.byGrid),
    ...(keys?.length === 0 ? {} : { table: picked(input, plan.table) }),
  };
}

function again(input: Input): deploy.Replan {
  const changed = plan(input).without((input["without"] as string[] | undefined) ?? []);
  const demand = input["later_demand"] as deploy.DemandRow[] | undefined;
  return demand === undefined ? changed : changed.withDemand(demand);
}

function teams(input: Input): deploy.Teams {
  const [of, people] = [tree(input), given<deploy.PersonRow[]>(input, "people")];
  return input["rule"] === undefined
    ? deploy.teams(of, people, given(input, "rules"), given(input, "teams"), some(input, "fill"))
    : deploy.mostTeams(of, people, given(input, "rule"));
}

const formed: Op = (input) => {
  const found = teams(input);
  found.verify();
  return { table: found.table, certificate: found.certificate };
};

function roster(input: Input): deploy.ShiftRoster {
  const options = some(input, ...ROSTER) as unknown as deploy.ShiftOptions;
  const shifts = given<deploy.ShiftRow[]>(input, "shifts");
  return deploy.shifts(tree(input), given(input, "checkpoints"), shifts, given(input, "people"), options);
}

export const OPS: Readonly<Record<string, Op>> = {
  "deploy.assign": (input) => shown(input, plan(input, "assign")),
  "deploy.pair": (input) => shown(input, plan(input, "pair")),
  "deploy.surge": (input) => shown(input, plan(input, "surge")),
  "deploy.aid": (input) => shown(input, plan(input, "aid")),
  "deploy.spread": (input) => shown(input, plan(input, "spread")),
  "deploy.replan": (input) => {
    const changed = again(input);
    const repaired = changed.replan(some(input, "change_cost", "fewest_changes"));
    const missing = changed.gaps().filter((row) => row.level === 0);
    return {
      ...shown(input, repaired),
      missing_before: missing.reduce((sum, row) => sum + row.missing, 0),
      kept: repaired.kept(input["weight"] as string | undefined),
    };
  },
  "deploy.frontier": (input) => again(input).frontier(),
  "deploy.gaps": (input) => plan(input).gaps(),
  "deploy.to_json": (input) => {
    const saved = plan(input);
    const loaded = deploy.Plan.fromJson(tree(input), saved.toJson());
    loaded.verify();
    return loaded.toJson() === saved.toJson();
  },
  "deploy.infeasible": infeasible((input) => {
    const problems: Record<string, Op> = { teams, shifts: roster };
    return (problems[text(input, "problem")] ?? plan)(input);
  }),
  "deploy.person_times": (input) => {
    const rows = given<deploy.AttendanceRow[]>(input, "attendance");
    return deploy.personTimes(tree(input), rows, some(input, "days", "most_per_day"));
  },
  "deploy.person_count": (input) =>
    deploy.personCount(given(input, "person_times"), given(input, "days"), given(input, "most_per_day")),
  "deploy.teams": formed,
  "deploy.most_teams": formed,
  "deploy.shifts": (input) => {
    const found = roster(input);
    found.verify();
    return { table: found.table, loads: found.loads, certificate: found.certificate };
  },
};
