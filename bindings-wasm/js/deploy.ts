/**
 * Deployment (力量下沉): people and units sent to grids, each plan with its proof.
 *
 * What can't be done throws an error of the name `Infeasible`, whose `cause` names the grids and those whom they share.
 * Costs are rounded once, to `decimals` places; every sum and bound after that is exact.
 */
import { type RawPlan, type RawReplan, type RawShifts, type RawTeams, type RawTree, personCount as rawCount } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import { type Watching, snake, watching } from "./options.js";
import type { NumberColumn } from "./rows.js";
import type { WholeNumbers } from "./solve.js";
import type { GridTree } from "./tree.js";

/** A person who may be sent. */
export interface PersonRow {
  /** An opaque token. */
  person: string;
  skills?: readonly string[];
  languages?: readonly string[];
  /** The grid where they live. */
  home?: string | null;
  /** The grid where they work. */
  work?: string | null;
  unit?: string | null;
  /** The fewest places they must take; 0 without. */
  at_least?: number | null;
  /** The most places they may take; 1 without. */
  at_most?: number | null;
}

/** What a grid needs. */
export interface NeedRow {
  grid: string;
  /** The name of the need, where the grid has several. */
  name?: string | null;
  skills?: readonly string[];
  language?: string | null;
  /** The fewest people; 1 without. */
  at_least?: number | null;
  /** The most people; as many as the fewest without. */
  at_most?: number | null;
}

/** A person who may be sent to a grid, and what that costs. */
export interface CandidateRow {
  grid: string;
  need?: string | null;
  person: string;
  cost?: number | null;
}

/** The same as columns: places in the lists of needs and people. */
export interface CandidateColumns {
  need: WholeNumbers;
  person: WholeNumbers;
  cost: NumberColumn;
}

/** A unit (单位). */
export interface UnitRow {
  unit: string;
  /** The grid where it has its seat. */
  home?: string | null;
  /** Its size; quotas of grids are proportional to it. */
  size?: number | null;
  at_least?: number | null;
  at_most?: number | null;
}

/** Where a grid lies on a plane, in metres. */
export interface PositionRow {
  grid: string;
  x: number;
  y: number;
}

/** The person-times that a unit can send. */
export interface SupplyRow {
  unit: string;
  day?: number | null;
  at_least?: number | null;
  at_most: number;
}

/** How many people a grid asks for. */
export interface DemandRow {
  grid: string;
  need?: string | null;
  day?: number | null;
  at_least: number;
  at_most?: number | null;
}

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
let wrapTeams: (raw: RawTeams) => Teams;
let wrapShifts: (raw: RawShifts) => ShiftRoster;

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

/** A row of attendance: a person on a day, or a number of person-times. */
export interface AttendanceRow {
  person?: string | null;
  day?: number | null;
  unit?: string | null;
  grid?: string | null;
  person_times?: number;
}

/** How many distinct persons: known, or within which bounds. */
export interface PersonCount {
  person_times: number;
  named_times: number;
  known: number;
  least: number;
  most: number;
  exact: boolean;
}

/** Person-times against persons, in all and by day, unit and grid. */
export interface PersonTimes {
  total: PersonCount;
  by_day: (PersonCount & { of: number | null })[];
  by_unit: (PersonCount & { of: string | null })[];
  by_grid: (PersonCount & { of: string | null })[];
  repeated: number[];
}

/** Counts person-times (人次) against persons: exactly where they are named, within bounds where they are not. */
export function personTimes(
  tree: GridTree,
  rows: Iterable<AttendanceRow>,
  options?: { mostPerDay?: number | undefined; days?: number | undefined },
): PersonTimes {
  return held<RawTree>(tree).personTimes(rows, snake(options));
}

/** How many persons so many person-times over so many days can be; null where there is no such number. */
export function personCount(personTimes: number, days: number, mostPerDay = 1): PersonCount | null {
  return rawCount(personTimes, days, mostPerDay);
}

/** A rule of composition: roles with bounds, and a size. */
export interface TeamRule {
  rule: string;
  roles: { role: string; at_least?: number; at_most?: number | null }[];
  size_at_least?: number | null;
  size_at_most?: number | null;
}

/** A member of a team that was formed. */
export interface MemberRow {
  team: string;
  rule: string;
  grid: string | null;
  role: string;
  person: string;
}

/** Roles that share too few people: the cause of an `Infeasible` error. */
export interface TeamShortage {
  roles: string[];
  people: number;
  needed: number;
}

/** How many teams there are, and what forbids one more. */
export interface TeamsReport {
  teams: number;
  members: number;
  spare: number;
  distance: number;
  limits: { roles: string[]; people: number; per_team: number; teams: number }[];
}

/** Teams (小组) and their members; immutable. */
export class Teams extends Handle {
  static {
    wrapTeams = (raw) => new Teams(raw);
  }

  private constructor(raw: RawTeams) {
    super(raw);
  }

  /** Loads teams that `toJson` saved, over their tree. */
  static fromJson(tree: GridTree, json: string): Teams {
    return wrapTeams(held<RawTree>(tree).teamsFromJson(json));
  }

  /** Who is in which team. */
  get table(): MemberRow[] {
    return held<RawTeams>(this).members();
  }

  /** How many teams, members and spare people there are, and what forbids one more team. */
  get certificate(): TeamsReport {
    return held<RawTeams>(this).report();
  }

  /** Counts the teams again; throws what is wrong. */
  verify(): void {
    held<RawTeams>(this).verify();
  }

  /** The teams as versioned JSON. */
  toJson(): string {
    return held<RawTeams>(this).toJson();
  }
}

/** Forms the teams that are wanted; with `fill`, up to the most that their rules allow. */
export function teams(
  tree: GridTree,
  people: readonly PersonRow[],
  rules: readonly TeamRule[],
  teams: readonly { team: string; rule: string; grid?: string | null }[],
  options: Watching & { fill?: boolean | undefined } = {},
): Teams {
  const tables = { people, rules, teams, fill: options.fill ?? false };
  return wrapTeams(held<RawTree>(tree).deployTeams(tables, watching(options)));
}

/** Forms as many teams of one rule as there can be. */
export function mostTeams(tree: GridTree, people: readonly PersonRow[], rule: TeamRule, options?: Watching): Teams {
  return wrapTeams(held<RawTree>(tree).deployMostTeams(people, rule, watching(options)));
}

/** A checkpoint (卡点). */
export interface CheckpointRow {
  checkpoint: string;
  /** How many people it needs in a shift. */
  staff: number;
  grid?: string | null;
  skills?: readonly string[];
  /** The shifts in which it is staffed; all without. */
  shifts?: readonly string[];
  /** The days on which it is staffed; all without. */
  days?: readonly number[];
}

/** A shift (班次), in seconds after local midnight; past 86,400 it ends on the next day. */
export interface ShiftRow {
  shift: string;
  from: number;
  until: number;
}

/** A person for shifts. */
export interface ShiftPersonRow {
  person: string;
  skills?: readonly string[];
  home?: string | null;
  days?: readonly number[];
  absent?: readonly number[];
  shifts?: readonly string[];
  checkpoints?: readonly string[];
  most_shifts?: number | null;
}

/** A wish: what each such duty costs, below 0 for what somebody likes. */
export interface WishRow {
  person?: string | null;
  checkpoint?: string | null;
  shift?: string | null;
  day?: number | null;
  cost: number;
}

/** The rules of a roster of shifts. */
export interface ShiftOptions extends Watching {
  wishes?: readonly WishRow[] | undefined;
  /** The local days, each counted from 1970-01-01. */
  days: readonly number[];
  /** How far local time is ahead of UTC, in seconds. */
  utcOffset?: number | undefined;
  /** The least rest between two shifts of a person, in seconds. */
  rest?: number | undefined;
  /** Whether nobody has two shifts that begin on the same day; true without. */
  oneADay?: boolean | undefined;
  mostShifts?: number | undefined;
  /** What each shift of the person with the most shifts costs. */
  loadWeight?: number | undefined;
  /** What each step in the tree between home and checkpoint costs. */
  distanceWeight?: number | undefined;
}

/** Who is where in which shift. */
export interface ShiftDutyRow {
  day: number;
  shift: string;
  checkpoint: string;
  grid: string | null;
  person: string;
  from: number;
  until: number;
}

/** Cost, the bound that is proved, and whether the two meet. */
export interface ShiftReport {
  cost: bigint;
  bound: bigint;
  gap: bigint;
  optimal: boolean;
  busiest: number;
  duties: number;
}

/** A roster of shifts (排班); immutable. */
export class ShiftRoster extends Handle {
  static {
    wrapShifts = (raw) => new ShiftRoster(raw);
  }

  private constructor(raw: RawShifts) {
    super(raw);
  }

  /** Loads a roster that `toJson` saved, over its tree. */
  static fromJson(tree: GridTree, json: string): ShiftRoster {
    return wrapShifts(held<RawTree>(tree).shiftsFromJson(json));
  }

  /** Who is where in which shift. */
  get table(): ShiftDutyRow[] {
    return held<RawShifts>(this).duties();
  }

  /** How many shifts each person has. */
  get loads(): { person: string; shifts: number }[] {
    return held<RawShifts>(this).loads();
  }

  /** The cost, the bound that is proved, the gap between them. */
  get certificate(): ShiftReport {
    return held<RawShifts>(this).report();
  }

  /** The prices that prove the bound. */
  get prices(): { day: number; shift: string; checkpoint: string; price: number }[] {
    return held<RawShifts>(this).prices();
  }

  /** Counts the roster and its bound again; throws what is wrong. */
  verify(): void {
    held<RawShifts>(this).verify();
  }

  /** The roster as versioned JSON. */
  toJson(): string {
    return held<RawShifts>(this).toJson();
  }
}

/** Staffs checkpoints in every shift, with rests, calendars, wishes and fair loads. */
export function shifts(
  tree: GridTree,
  checkpoints: readonly CheckpointRow[],
  shifts: readonly ShiftRow[],
  people: readonly ShiftPersonRow[],
  options: ShiftOptions,
): ShiftRoster {
  const tables = { checkpoints, shifts, people, wishes: options.wishes ?? [] };
  const rules = snake(options, ["wishes", "limit", "progress"]);
  return wrapShifts(held<RawTree>(tree).deployShifts(tables, rules, watching(options)));
}
