/** How rosters are reconciled (规则): rules to start from, and models that come from elsewhere or go there. */
import {
  modelFromSplink as rawFromSplink,
  modelToSplink as rawToSplink,
  modelWeight as rawWeight,
  rosterRules,
} from "../pkg/gridcore_wasm.js";
import { camel } from "./options.js";
import type { RosterModel, RosterRules } from "./roster-rows.js";

/** For two rosters on which a person stands once at most (居民名册): what holds if nothing is said. */
export function residents(changes?: RosterRules): RosterRules {
  return preset("residents", changes);
}

/** For a register and visits, tests or payments, of which a person may have several (走访). */
export function visits(changes?: RosterRules): RosterRules {
  return preset("visits", changes);
}

/** For lists on which a person may stand several times (多源名单): all rows of a person are gathered. */
export function lists(changes?: RosterRules): RosterRules {
  return preset("lists", changes);
}

function preset(name: string, changes: RosterRules | undefined): RosterRules {
  return { ...camel(rosterRules(name)), ...changes };
}

/** Takes a model over from the settings of Splink, as JSON. */
export function modelFromSplink(settings: string): RosterModel {
  return rawFromSplink(settings);
}

/** A model as settings of Splink, as JSON. */
export function modelToSplink(model: RosterModel): string {
  return rawToSplink(model);
}

/**
 * The weight of a pair under a model, log2 of the odds, from the level of each comparison: 0 is a missing value. Null unless
 * there is a level for each comparison.
 */
export function modelWeight(model: RosterModel, levels: Iterable<number>): number | null {
  return rawWeight(model, levels);
}
