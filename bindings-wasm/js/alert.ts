/** Alerts (预警): what a level of a scale asks of each grid, and what changes from one level to another. */
import { type RawAlerts, type RawTree, checkScale, fourLevelScale, threeLevelScale } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import { type Time, seconds } from "./options.js";
import type { Label } from "./schema.js";
import type { GridTree } from "./tree.js";

/** A level of a scale. */
export interface AlertLevel {
  id: string;
  label: Label;
  /** People that each grid of a level (and kind) is to have. */
  staffing?: { level: number; kind?: string; role: string; count: number }[];
  /** What each grid of a level (and kind) is to do. */
  tasks?: { id: string; label: Label; level: number; kind?: string; every_seconds?: number }[];
}

/** A scale of alerts, the lowest level first. */
export interface AlertScale {
  name: string;
  levels: AlertLevel[];
}

/** What a grid is asked for. */
export interface AlertNeedRow {
  grid: string;
  item: "staffing" | "task";
  name: string;
  count: number | null;
  every_seconds: number | null;
}

/** What changes from one level to another, for all grids of a level and kind. */
export interface AlertDeltaRow {
  item: "staffing" | "task";
  name: string;
  change: "added" | "removed" | "changed";
  level: number;
  kind: string | null;
  grids: number;
  before: number | null;
  after: number | null;
  total_before: number;
  total_after: number;
}

/** An alert: a scale, a level, a grid with all beneath it, an interval. */
export interface AlertRow {
  scale: string;
  level: string;
  grid: string;
  from?: number | null;
  until?: number | null;
}

/** A scale of three levels: yellow, orange, red. */
export function threeLevels(name: string): AlertScale {
  return threeLevelScale(name);
}

/** A scale of four levels: blue, yellow, orange, red. */
export function fourLevels(name: string): AlertScale {
  return fourLevelScale(name);
}

/** Checks a scale. Throws every fault. */
export function check(scale: AlertScale): void {
  checkScale(scale);
}

/** What a level asks of a grid and of each grid beneath it. */
export function needs(tree: GridTree, scale: AlertScale, grid: string, level: string): AlertNeedRow[] {
  return held<RawTree>(tree).alertNeeds(scale, grid, level);
}

/** What changes from one level to another (null: no alert) at a grid and beneath it. */
export function delta(
  tree: GridTree,
  scale: AlertScale,
  grid: string,
  before: string | null,
  after: string | null,
): AlertDeltaRow[] {
  return held<RawTree>(tree).alertDelta(scale, grid, before, after);
}

let wrap: (raw: RawAlerts) => Alerts;

/** Which alert holds where and when. */
export class Alerts extends Handle {
  static {
    wrap = (raw) => new Alerts(raw);
  }

  private constructor(raw: RawAlerts) {
    super(raw);
  }

  /** Reads alerts. Throws every fault of every row. */
  static fromRows(tree: GridTree, scales: readonly AlertScale[], rows: Iterable<AlertRow>): Alerts {
    return wrap(held<RawTree>(tree).alerts(scales, rows));
  }

  /** The level in force at a grid; null without an alert. */
  level(scale: string, grid: string, at: Time): string | null {
    return held<RawAlerts>(this).level(scale, grid, seconds(at));
  }

  /** The steps from level to level at a grid. */
  steps(scale: string, grid: string): { at: number; grid: string; before: string | null; after: string | null }[] {
    return held<RawAlerts>(this).steps(scale, grid);
  }
}
