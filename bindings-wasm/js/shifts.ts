/** Rosters of shifts (排班): checkpoints and who staffs them. */
import type { RawShifts, RawTree } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import { type Watching, snake, watching } from "./options.js";
import type { GridTree } from "./tree.js";

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

/** Places of shifts that need more people than there can be: the cause of an `Infeasible` error. */
export interface ShiftShortage {
  /** What they need together. */
  need: bigint;
  /** What the people can give them at most. */
  available: bigint;
  /** Each of them; `weight` is how much one of its people counts, 1 unless only a mixture shows the shortage. */
  rows: { day: number; shift: string; checkpoint: string; need: number; weight: number }[];
}

let wrapShifts: (raw: RawShifts) => ShiftRoster;

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
