import type { Claim } from "./claim.js";
import type { Label } from "./schema.js";

/** One declared count: of the grids of a level in a part of the territory, or in all of it. */
export interface DeclaredRow {
  /** The codes of the grids that make up the part; none for the total of the level. */
  grids?: readonly string[];
  /** The level whose grids were counted. */
  level: number;
  /** The count: a number, or a rounded claim (`1万多个`). */
  declared: number | string | Claim;
}

/** One line of declared beside registered. */
export interface DeclaredLine {
  /** What it stands for: a declared part, what the total leaves (其余), the sum of the parts (小计), the total (合计). */
  part: "part" | "rest" | "sum" | "total";
  /** The level whose grids were counted. */
  level: number;
  /** The codes of the grids of a declared part. */
  grids: string[];
  /** What it is called. */
  label: Label;
  /** The smallest count that was declared, or follows from what was. */
  low: number;
  /** The largest; none if there is no bound. */
  high: number | null;
  /** How many grids of the level the tree has. */
  registered: number;
  /** Registered less declared; of a rounded claim the nearest bound, and 0 within it. */
  difference: number;
  /** How the two stand to each other. */
  verdict: "agrees" | "fewer" | "more" | "parts_exceed_total";
}
