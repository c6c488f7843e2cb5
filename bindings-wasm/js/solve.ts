/** The solvers by themselves: assignment, matching and flow of whole numbers, each answer with its proof. */
import {
  solveAssign,
  solveAssignDense,
  solveMaximumMatching,
  solveMinCostFlow,
  solveReassign,
  solveReflow,
  solveVerifyAssigned,
  solveVerifyDense,
  solveVerifyFlow,
  solveVerifyMatching,
} from "../pkg/gridcore_wasm.js";
import { type Watching, watching } from "./options.js";

/** Whole numbers: an array (of numbers up to 2⁵³ − 1, or of big integers) or a typed array. */
export type WholeNumbers =
  | readonly (number | bigint)[]
  | BigInt64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Float64Array;

/** A matrix of costs, row by row. */
export interface CostMatrix {
  /** How many rows; each gets a column. */
  rows: number;
  /** How many columns, no fewer. */
  columns: number;
  /** The costs, one row after the other. */
  costs: WholeNumbers;
}

/** Which columns a row may have, as three columns of one length. */
export interface Candidates {
  /** How many rows. */
  rows: number;
  /** How many columns. */
  columns: number;
  /** The row of each candidate, from 0. */
  row: WholeNumbers;
  /** The column of each candidate, from 0. */
  column: WholeNumbers;
  /** What it costs; nothing without. */
  cost?: WholeNumbers | undefined;
}

/** The cheapest assignment, and the prices that prove it. */
export interface Assigned {
  /** The column of each row. */
  columns: Uint32Array;
  /** What all cost together. */
  cost: bigint;
  /** The price of each row. */
  rowDuals: BigInt64Array;
  /** The price of each column, never above 0, and 0 where it is left over. */
  columnDuals: BigInt64Array;
}

/** Rows that share too few columns: what an `Infeasible` error of `assign` has as its cause. */
export interface HallSet {
  rows: number[];
  columns: number[];
}

/** A largest matching and its proof. */
export interface Matching {
  /** The column of each row; null for those without. */
  columns: (number | null)[];
  size: number;
  /** Rows that share too few columns; null when every row has one. */
  hall: HallSet | null;
  /** As many rows and columns as there are pairs, that touch every candidate. */
  cover: { rows: number[]; columns: number[] };
}

/** A network: what each node sends (takes, below 0), and arcs as columns of one length. */
export interface Network {
  supplies: WholeNumbers;
  /** The node that each arc leaves, from 0. */
  tail: WholeNumbers;
  /** The node that it enters. */
  head: WholeNumbers;
  /** The least that must flow; 0 without. */
  lower?: WholeNumbers | undefined;
  /** The most that may flow; no limit without. */
  capacity?: WholeNumbers | undefined;
  /** What each unit costs; nothing without. */
  cost?: WholeNumbers | undefined;
}

/** A cheapest flow, and the prices that prove it. */
export interface Flow {
  /** What flows along each arc. */
  flows: BigInt64Array;
  /** The price of a unit at each node. */
  potentials: BigInt64Array;
  /** What it all costs. */
  cost: bigint;
}

/** Nodes that hold more than can leave them (or want more than can reach them): the cause of an `Infeasible` flow. */
export interface Cut {
  nodes: number[];
  supply: number;
  capacity: number;
}

/** Gives every row of a matrix a column of its own, at the least cost. */
export function assignDense(matrix: CostMatrix, options?: Watching): Assigned {
  return solveAssignDense(matrix.rows, matrix.columns, matrix.costs, watching(options));
}

/** Gives every row one of its candidate columns, at the least cost. Throws `Infeasible` with a `HallSet`. */
export function assign(candidates: Candidates, options?: Watching): Assigned {
  return solveAssign(candidates, watching(options));
}

/** The same from an earlier answer, which may be of other candidates: only what has changed is done again. */
export function reassign(candidates: Candidates, from: Assigned, options?: Watching): Assigned {
  return solveReassign(candidates, from, watching(options));
}

/** The most rows that can have a candidate column of their own (Hopcroft and Karp 1973). */
export function maximumMatching(candidates: Candidates, options?: Watching): Matching {
  return solveMaximumMatching(candidates, watching(options));
}

/** The cheapest flow of a network. Throws `Infeasible` with a `Cut`. */
export function minCostFlow(network: Network, options?: Watching): Flow {
  return solveMinCostFlow(network, watching(options));
}

/** The same from an earlier answer, which may be of a network with other costs, supplies or capacities. */
export function reflow(network: Network, from: Flow, options?: Watching): Flow {
  return solveReflow(network, from, watching(options));
}

/** Checks an assignment of a matrix and its prices; throws what is wrong. */
export function verifyDense(matrix: CostMatrix, answer: Assigned): void {
  solveVerifyDense(matrix.rows, matrix.columns, matrix.costs, answer);
}

/** Checks an assignment and its prices; throws what is wrong. */
export function verifyAssigned(candidates: Candidates, answer: Assigned): void {
  solveVerifyAssigned(candidates, answer);
}

/** Checks a matching and what proves that there is no larger one; throws what is wrong. */
export function verifyMatching(candidates: Candidates, answer: Matching): void {
  solveVerifyMatching(candidates, answer);
}

/** Checks a flow and its prices; throws what is wrong. */
export function verifyFlow(network: Network, answer: Flow): void {
  solveVerifyFlow(network, answer);
}
