/** The tables that deployment asks for; keys are snake_case, the same as in CSV, JSON and the other languages. */
import type { NumberColumn } from "./rows.js";
import type { WholeNumbers } from "./solve.js";

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
