/** The sample city: six editions of Zhongshan's register, and a seeded completion of one to the counts of a report. */
import {
  sampleEditions,
  sampleRegister,
  sampleRegisterCsv,
  sampleZhongshan,
  sampleZhongshanDeployment,
  sampleZhongshanDuty,
  sampleZhongshanVisits,
} from "../pkg/gridcore_wasm.js";
import type { CandidateRow, DemandRow, NeedRow, PersonRow, PositionRow, SupplyRow, UnitRow } from "./deploy.js";
import type { FrontRow } from "./fronts.js";
import type { CountRow } from "./map.js";
import type { AssignmentRow, ChainRow, DeputyRow, HoldingRow, KnownPersonRow, PostRule } from "./responsibility.js";
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

/** Who answers for what in the sample city: the tables of `Responsibility.resolve`. */
export interface SampleDuty {
  assignments: AssignmentRow[];
  holdings: HoldingRow[];
  deputies: DeputyRow[];
  posts: PostRule[];
  people: KnownPersonRow[];
  chains: ChainRow[];
}

/** Whom the sample city can send, and where they are needed. */
export interface SampleDeployment {
  /** Where each grid lies, in metres. */
  positions: PositionRow[];
  /** The level-2 grids that share a border. */
  edges: { a: string; b: string }[];
  people: PersonRow[];
  /** One person for each leaf. */
  needs: NeedRow[];
  /** For each leaf the nearest people, at a cost of metres from home. */
  candidates: CandidateRow[];
  /** The 83 units. */
  units: UnitRow[];
  /** What the units can send on each of three days. */
  supply: SupplyRow[];
  /** What the level-2 grids ask for on each of these days. */
  demand: DemandRow[];
}

/** Who answers for what in the sample city. */
export function zhongshanDuty(seed?: number): SampleDuty {
  const { rules, assignments, holdings, deputies, people, chains } = sampleZhongshanDuty(seed);
  return { assignments, holdings, deputies, posts: rules, people, chains };
}

/** Whom the sample city can send; each leaf has so many candidates. */
export function zhongshanDeployment(seed?: number, options: { nearest?: number } = {}): SampleDeployment {
  return sampleZhongshanDeployment(seed, options.nearest ?? 20);
}

/** A register of invented residents, and visits to them with all that goes wrong on doorsteps. */
export interface SampleVisits {
  register: Record<string, (string | null)[]>;
  visits: Record<string, (string | null)[]>;
  /** For each visit the row of the register that it is of; null where somebody else was met. */
  truth: (number | null)[];
  /** For each visit whether the resident was met in another place than the register has. */
  moved: boolean[];
}

/** Residents (居民) of the sample city, in its leaves, and visits (走访) to them; everybody is invented. */
export function zhongshanVisits(people = 20_000, seed = 1): SampleVisits {
  return sampleZhongshanVisits(people, seed);
}
