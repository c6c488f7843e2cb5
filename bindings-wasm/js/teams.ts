/** Teams (小组), formed by rules of composition. */
import type { RawTeams, RawTree } from "../pkg/gridcore_wasm.js";
import type { PersonRow } from "./deploy-rows.js";
import { Handle, held } from "./handle.js";
import { type Watching, watching } from "./options.js";
import type { GridTree } from "./tree.js";

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

let wrapTeams: (raw: RawTeams) => Teams;

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
