/**
 * Deployment (力量下沉): people and units sent to grids, each plan with its proof.
 *
 * What can't be done throws an error of the name `Infeasible`, whose `cause` names the grids and those whom they share.
 * Costs are rounded once, to `decimals` places; every sum and bound after that is exact.
 */
import type { RawPlan, RawReplan, RawTree } from "../pkg/gridcore_wasm.js";
import type {
  CandidateColumns,
  CandidateRow,
  DemandRow,
  NeedRow,
  PersonRow,
  PositionRow,
  SupplyRow,
  UnitRow,
} from "./deploy-rows.js";
import { Handle, held } from "./handle.js";
import { type Watching, snake, watching } from "./options.js";
import type { GridTree } from "./tree.js";

export type * from "./deploy-rows.js";
export * from "./person-times.js";
export * from "./shifts.js";
export * from "./teams.js";

/** What all problems share. */
export interface DeployOptions extends Watching {
  /** To how many decimals costs are kept; 3 without. */
  decimals?: number | undefined;
  /** Where grids lie: distances are metres then, and steps in the tree without. */
  positions?: readonly PositionRow[] | undefined;
}

/** How people are sent to grids. */
export interface AssignOptions extends DeployOptions {
  /** Who may be sent where; everyone everywhere without, as far as skills and languages allow. */
  candidates?: readonly CandidateRow[] | undefined;
  /** The same as columns. */
  columns?: CandidateColumns | undefined;
  /** What a pair costs; null for a pair that may not be. */
  cost?: ((person: PersonRow, need: NeedRow) => number | null | undefined) | undefined;
  /** The cost of one unit of distance from home. */
  home?: number | undefined;
  /** The cost of one unit of distance from the place of work. */
  work?: number | undefined;
  /** The cost of each skill that is missing; skills are required without. */
  skillMiss?: number | undefined;
  /** The cost of a language that is missing; it is required without. */
  languageMiss?: number | undefined;
  /** The farthest from home that anybody is sent. */
  reach?: number | undefined;
  /** The greatest load as small as can be, then the cost; or what the first, second, … place of a person costs. */
  fair?: "min_max" | readonly number[] | undefined;
  /** Leaves places empty where people are short. */
  allowGaps?: boolean | undefined;
}

/** Which grids. */
export interface GridsOptions {
  grids?: readonly string[] | undefined;
  level?: number | undefined;
  under?: string | undefined;
}

/** How units are paired with grids. */
export interface PairOptions extends DeployOptions, GridsOptions {
  costs?: readonly { unit: string; grid: string; cost: number }[] | undefined;
  /** The cost of one unit of distance from the unit's seat. */
  distance?: number | undefined;
  /** A weight of the tree that says how large a grid is. */
  size?: string | undefined;
  /** The cost of one unit by which a grid differs from the average of the unit's share of `size`. */
  mismatch?: number | undefined;
}

/** How person-times are sent. */
export interface SurgeOptions extends DeployOptions {
  pairs?: readonly { unit: string; grid: string }[] | undefined;
  /** Along which people may be transferred, in both directions. */
  edges?: readonly { a: string; b: string }[] | undefined;
  units?: readonly UnitRow[] | undefined;
  /** What a person-time to a paired grid costs. */
  paired?: number | undefined;
  /** To a neighbour of a paired grid. */
  neighbour?: number | undefined;
  /** To any other grid; not allowed without. */
  anywhere?: number | undefined;
  /** The cost of one unit of distance. */
  distance?: number | undefined;
  allowGaps?: boolean | undefined;
}

/** How spare people are lent. */
export interface AidOptions extends DeployOptions {
  edges?: readonly { a: string; b: string }[] | undefined;
  distance?: number | undefined;
  allowGaps?: boolean | undefined;
}

/** How people are spread. */
export interface SpreadOptions extends DeployOptions, GridsOptions {
  /** A weight of the tree: the grids with the most of it get the one more. */
  size?: string | undefined;
  /** The cost of one unit of distance from home. */
  home?: number | undefined;
}

/** Who goes where. */
export interface PlanRow {
  who: string | null;
  unit: string | null;
  grid: string;
  need: string | null;
  day: number | null;
  amount: number;
  cost: number;
  why: "candidate" | "paired" | "neighbour" | "anywhere" | "spare" | "even";
  via: string | null;
  changed: number;
}

/** What a grid has. */
export interface GridLoad {
  grid: string;
  need: string | null;
  day: number | null;
  at_least: number;
  at_most: number;
  amount: number;
  missing: number;
}

/** What a person or a unit has. */
export interface SourceLoad {
  who: string | null;
  unit: string | null;
  day: number | null;
  at_least: number;
  at_most: number;
  amount: number;
}

/** Grids that need more than they share: the cause of an `Infeasible` error. */
export interface Shortage {
  kind: "no_candidates" | "too_few_people" | "too_few_places";
  grids: string[];
  who: (string | null)[];
  needed: number;
  available: number;
  skills: string[];
  days: number[];
}

/** The proof of a plan. */
export interface PlanCertificate {
  kind: string;
  decimals: number;
  cost_weight: number;
  change_weight: number;
  primal: number;
  bound: number;
  verified: boolean;
  greatest_load: number | null;
  load_bound: Shortage[];
  prices: { who: string | null; grid: string | null; need: string | null; day: number | null; price: number }[];
}

/** Where people are missing: at a grid or beneath it. */
export interface GapRow {
  grid: string;
  level: number;
  direct: boolean;
  missing: number;
  uncovered: number;
  needed: number;
}

/** What a repaired plan keeps of the plan before. */
export interface Kept {
  before: number;
  kept: number;
  changed: number;
  weight: number;
  kept_weight: number;
  share: number;
}

/** One corner of the frontier of cost against number of changes. */
export interface FrontierRow {
  changes: number;
  cost: number;
  cost_units: number;
  change_cost_from: number;
  change_cost_until: number | null;
}

/** How a plan is repaired. */
export interface ReplanOptions extends Watching {
  /** What one change costs, in whole units of the tables' costs; 0 without. */
  changeCost?: number | undefined;
  /** The fewest changes first, then the cost. */
  fewestChanges?: boolean | undefined;
  /** Leaves places empty where people are short. */
  allowGaps?: boolean | undefined;
}

let wrapPlan: (raw: RawPlan) => Plan;
let wrapReplan: (raw: RawReplan) => Replan;

/** A plan (方案): who goes where at the least cost, with its proof; immutable. */
export class Plan extends Handle {
  static {
    wrapPlan = (raw) => new Plan(raw);
  }

  private constructor(raw: RawPlan) {
    super(raw);
  }

  /** Loads a plan that `toJson` saved, over its tree. */
  static fromJson(tree: GridTree, json: string): Plan {
    return wrapPlan(held<RawTree>(tree).planFromJson(json));
  }

  /** Which problem it solves. */
  get kind(): "assignment" | "pairing" | "surge" | "aid" | "spread" {
    return held<RawPlan>(this).kind();
  }

  /** Who goes where. */
  get table(): PlanRow[] {
    return held<RawPlan>(this).rows();
  }

  /** What it costs. */
  get cost(): number {
    return held<RawPlan>(this).cost();
  }

  /** The same in whole units, exactly. */
  get costUnits(): number {
    return held<RawPlan>(this).costUnits();
  }

  /** The decimals to which costs were kept. */
  get decimals(): number {
    return held<RawPlan>(this).decimals();
  }

  /** How many are sent where they were not before. */
  get changes(): number {
    return held<RawPlan>(this).changes();
  }

  /** The proof that no plan costs less. */
  get certificate(): PlanCertificate {
    return held<RawPlan>(this).certificate();
  }

  /** What each grid has. */
  get byGrid(): GridLoad[] {
    return held<RawPlan>(this).byGrid();
  }

  /** What each person or unit has. */
  get loads(): SourceLoad[] {
    return held<RawPlan>(this).loads();
  }

  /** The pairs of a pairing. */
  get pairs(): { unit: string; grid: string }[] {
    return held<RawPlan>(this).pairs();
  }

  /** Where places stay empty, rolled up the tree. */
  gaps(): GapRow[] {
    return held<RawPlan>(this).gaps();
  }

  /** What it keeps of the plan before; `weight` names what is counted, such as households. */
  kept(weight?: string): Kept {
    return held<RawPlan>(this).kept(weight);
  }

  /** Checks the proof again, without the solver; throws what is wrong. */
  verify(): void {
    held<RawPlan>(this).verify();
  }

  /** The plan without some people or units, to be repaired. */
  without(who: Iterable<string>): Replan {
    return wrapReplan(held<RawPlan>(this).without(who));
  }

  /** The plan with other demand, to be repaired. */
  withDemand(rows: readonly DemandRow[]): Replan {
    return wrapReplan(held<RawPlan>(this).withDemand(rows));
  }

  /** Cost against number of changes: the corners of what is possible. */
  frontier(options?: Watching): FrontierRow[] {
    return held<RawPlan>(this).frontier(watching(options));
  }

  /** The plan as versioned JSON, by code. */
  toJson(): string {
    return held<RawPlan>(this).toJson();
  }
}

/** A plan that no longer holds, beside what has changed. */
export class Replan extends Handle {
  static {
    wrapReplan = (raw) => new Replan(raw);
  }

  private constructor(raw: RawReplan) {
    super(raw);
  }

  /** Without some people or units as well. */
  without(who: Iterable<string>): Replan {
    return wrapReplan(held<RawReplan>(this).without(who));
  }

  /** With other demand as well. */
  withDemand(rows: readonly DemandRow[]): Replan {
    return wrapReplan(held<RawReplan>(this).withDemand(rows));
  }

  /** What would stay empty if nothing were done. */
  gaps(): GapRow[] {
    return held<RawReplan>(this).gaps();
  }

  /** The repaired plan, from where the old one stood: the same optimum as from scratch. */
  replan(options: ReplanOptions = {}): Plan {
    return wrapPlan(held<RawReplan>(this).replan(snake(options, ["limit", "progress"]), watching(options)));
  }

  /** Cost against number of changes: the corners of what is possible. */
  frontier(options?: Watching): FrontierRow[] {
    return held<RawReplan>(this).frontier(watching(options));
  }
}

function shared(options: DeployOptions): Record<string, unknown> {
  return snake({ decimals: options.decimals, positions: options.positions });
}

const SHARED = ["decimals", "positions", "limit", "progress"];

/** Sends people to grids at the least cost. */
export function assign(
  tree: GridTree,
  needs: readonly NeedRow[],
  people: readonly PersonRow[],
  options: AssignOptions = {},
): Plan {
  const { candidates, columns, cost, fair, allowGaps, ...rest } = options;
  const request = snake({
    people,
    needs,
    candidates,
    allowGaps,
    fair: fair === undefined || typeof fair === "string" ? fair : { steps: fair },
  });
  request["weights"] = snake(rest, SHARED);
  return wrapPlan(held<RawTree>(tree).deployAssign(request, columns, cost, shared(options), watching(options)));
}

/** Pairs units with grids (双联双助): each grid one unit, each unit as many grids as its bounds say. */
export function pair(tree: GridTree, units: readonly UnitRow[], options: PairOptions = {}): Plan {
  const request = { units, ...snake(options, SHARED) };
  return wrapPlan(held<RawTree>(tree).deployPair(request, shared(options), watching(options)));
}

/** Sends person-times of units to grids over days: pairings first, then neighbours, then anywhere if that is allowed. */
export function surge(
  tree: GridTree,
  supply: readonly SupplyRow[],
  demand: readonly DemandRow[],
  options: SurgeOptions = {},
): Plan {
  const request = { supply, demand, ...snake(options, SHARED) };
  return wrapPlan(held<RawTree>(tree).deploySurge(request, shared(options), watching(options)));
}

/** Lends spare people to the nearest grids that lack them. */
export function aid(
  tree: GridTree,
  spares: readonly { grid: string; spare: number }[],
  demand: readonly DemandRow[],
  options: AidOptions = {},
): Plan {
  const request = { spares, demand, ...snake(options, SHARED) };
  return wrapPlan(held<RawTree>(tree).deployAid(request, shared(options), watching(options)));
}

/** Spreads people, or a number of them, so that no two grids differ by more than one. */
export function spread(tree: GridTree, people: readonly PersonRow[] | number, options: SpreadOptions = {}): Plan {
  const whom = typeof people === "number" ? { count: people } : { people };
  const request = { ...whom, ...snake(options, SHARED) };
  return wrapPlan(held<RawTree>(tree).deploySpread(request, shared(options), watching(options)));
}
