import type { Label } from "./schema.js";

/** How many grids should stand directly beneath one that has any. */
export interface SpanProfile {
  /** The fewest. */
  min?: number | null;
  /** The best number. */
  best?: number | null;
  /** The most. */
  max: number;
}

/** The spans of one level. */
export interface LevelSpan {
  /** The level. */
  level: number;
  /** What the level is called, if the schema says. */
  label: Label | null;
  /** How many grids of the level have grids beneath them; only these have a span. */
  heads: number;
  /** How many have none. */
  leaves: number;
  /** How many grids stand directly beneath those of the level. */
  children: number;
  /** The mean span. */
  mean: number | null;
  /** The least span. */
  min: number | null;
  /** The middle span. */
  median: number | null;
  /** The greatest span. */
  max: number | null;
  /** How many grids have each span, ascending. */
  histogram: { span: number; grids: number }[];
  /** How many spans are too wide. */
  too_wide: number;
  /** How many are too narrow. */
  too_narrow: number;
}

/** A grid whose span breaks the profile. */
export interface SpanOffender {
  /** The code of the grid. */
  grid: string;
  /** Its level. */
  level: number;
  /** How many grids stand directly beneath it. */
  span: number;
  /** The bound that it breaks. */
  bound: number;
  /** On which side. */
  breach: "too_wide" | "too_narrow";
}

/** Spans of control (管理幅度). */
export interface Spans {
  /** The profile that they were held against. */
  profile: Required<SpanProfile>;
  /** Level by level. */
  levels: LevelSpan[];
  /** Every grid that breaks the profile. */
  offenders: SpanOffender[];
}
