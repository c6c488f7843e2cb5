/** The sample city: six editions of Zhongshan's register, and a seeded completion of one to the counts of a report. */
import { sampleEditions, sampleRegister, sampleRegisterCsv, sampleZhongshan } from "../pkg/gridcore_wasm.js";
import type { FrontRow } from "./fronts.js";
import type { CountRow } from "./map.js";
import { type GridTree, treeOut } from "./tree.js";

/** A village, or a part of one, that a level-2 grid covers. */
export interface CoverRow {
  /** The level-2 grid. */
  grid: string;
  /** The village, by its code in the register of 2023. */
  village: string;
  /** People of the village who live in the grid. */
  people: number;
  /** All people of the village. */
  village_people: number;
}

/** One member of the staff; an opaque token, behind which nobody stands. */
export interface StaffRow {
  /** The token. */
  person: string;
  /** What they do. */
  role: "head" | "worker" | "volunteer";
  /** The leaf. */
  grid: string;
}

/** The sample city: its tree, and what lies over it. Footprints and people are invented. */
export interface Sample {
  /** The tree of 13,727 grids under the city. */
  tree: GridTree;
  /** Which villages each level-2 grid covers. */
  cover: CoverRow[];
  /** The nine fronts of Torch. */
  fronts: Required<FrontRow>[];
  /** The roster of the staff, by leaf. */
  staff: StaffRow[];
  /** How many people of each role work in each leaf. */
  strength: CountRow[];
}

/** The years of the register's editions. */
export function editions(): number[] {
  return sampleEditions();
}

/** The tree of one edition of the register: the city, its towns, their villages. */
export function register(year: number): GridTree {
  return treeOut(sampleRegister(year));
}

/** One edition of the register as CSV. */
export function registerCsv(year: number): string {
  return sampleRegisterCsv(year);
}

/** The sample city; a seed makes another one like it. */
export function zhongshan(seed?: number): Sample {
  const city = sampleZhongshan(seed);
  return { ...city, tree: treeOut(city.tree) };
}
