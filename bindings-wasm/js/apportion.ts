import { apportion as raw } from "../pkg/gridcore_wasm.js";

/** How seats are shared out by weight (分配方法). */
export type ApportionMethod = "largest_remainder" | "sainte_lague" | "huntington_hill" | "d_hondt";

/** What is to be observed besides the weights. */
export interface ApportionOptions {
  /** By which method. */
  method: ApportionMethod;
  /** The fewest seats that every party gets, unless it asks for more. */
  minimum?: number;
  /** The fewest seats of each party. */
  minimums?: readonly (number | null)[];
  /** The most seats of each party; none where there is no bound. */
  caps?: readonly (number | null)[];
  /** How many decimals of the weights count; without, weights are whole numbers. */
  decimals?: number;
}

/** One seat on either side of the cut of a divisor method. */
export interface SeatClaim {
  /** The place of the party, from 0. */
  party: number;
  /** Which of its seats, from 1. */
  seat: number;
  /** The weight divided by the divisor of this seat; none where that is 0. */
  quotient: number | null;
}

/** One remainder on either side of the cut of the largest remainders. */
export interface RemainderClaim {
  /** The place of the party, from 0. */
  party: number;
  /** The remainder of its quota, in parts of the weight over which the seats were shared. */
  remainder: number;
}

/** Why no other answer is right. */
export type ApportionCertificate =
  | { divisor: { awarded: SeatClaim | null; refused: SeatClaim | null } }
  | { quota: { seats: number; weight: number; awarded: RemainderClaim | null; refused: RemainderClaim | null } };

/** Seats shared out. */
export interface Apportionment {
  /** The method that was used. */
  method: ApportionMethod;
  /** The seats of each party, in the order given. */
  seats: number[];
  /** Why no other answer is right. */
  certificate: ApportionCertificate;
  /** The tie that the order of the parties settled: the places of those that got a seat, and of those that might have. */
  tie: { awarded: number[]; refused: number[] } | null;
}

/** Shares seats out among parties by their weights, exactly. Seats that tie go to the parties that were given first. */
export function apportion(
  seats: number,
  weights: readonly (number | bigint)[] | Float64Array | Uint32Array | Int32Array,
  options: ApportionOptions,
): Apportionment {
  return raw(seats, weights, options);
}
