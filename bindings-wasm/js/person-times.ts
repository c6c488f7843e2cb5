/** Person-times (人次) and persons. */
import { type RawTree, personCount as rawCount } from "../pkg/gridcore_wasm.js";
import { held } from "./handle.js";
import { snake } from "./options.js";
import type { GridTree } from "./tree.js";

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
