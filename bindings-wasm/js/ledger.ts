import type { RawLedger, RawTree } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import type { GridTree } from "./tree.js";

/** What one row says of a person who is to be tested, vaccinated or visited; a person may have several rows, all at one grid. */
export interface EligibilityRow {
  /** The person's token. */
  person: string;
  /** The grid that answers for them. */
  grid: string;
  status: "eligible" | "unreachable" | "refused" | "done" | "exempt";
  /** The local day, counted from 1970-01-01. */
  day?: number | null;
  reason?: string | null;
}

/**
 * Which of a person's rows decide: all (exempt before done before refused before unreachable), or those of the latest day
 * alone.
 */
export type LedgerRule = "strongest" | "latest";

/** Where a person stands. */
export type LedgerState = "exempt" | "done" | "refused" | "unreachable" | "pending";

/** A number, behind which there are people. */
export type LedgerNumber = "eligible" | "exempt" | "due" | "done" | "open" | "refused" | "unreachable" | "pending";

/** The numbers of a ledger: `eligible = exempt + due`, `due = done + open`, `open = refused + unreachable + pending`. */
export interface LedgerCount extends Record<LedgerNumber, number> {
  /** `done ÷ due`; null where nobody is due. */
  coverage: number | null;
}

/** The numbers of one grid with everything beneath it. */
export interface LedgerGridRow extends LedgerCount {
  grid: string;
  name: string;
  level: number;
}

/** The same, fit to be published: null stands for a number that is withheld. */
export interface PublishedRow extends Record<LedgerNumber, number | null> {
  grid: string;
  name: string;
  level: number;
  coverage: number | null;
}

/** One person of a ledger. */
export interface LedgerRow {
  person: string;
  grid: string;
  state: LedgerState;
  /** The day of the row that decided. */
  day: number | null;
  reason: string | null;
  /** The row that decided, from 0. */
  row: number;
  /** Whether one row says exempt and another done: one of the two is wrong. */
  exempt_yet_done: boolean;
}

let wrap: (raw: RawLedger) => Ledger;

/** A ledger of eligibility (应检台账): each person in exactly one state at exactly one grid. */
export class Ledger extends Handle {
  static {
    wrap = (raw) => new Ledger(raw);
  }

  private constructor(raw: RawLedger) {
    super(raw);
  }

  /** Reads a ledger. Throws every fault of every row. */
  static fromRows(tree: GridTree, rows: Iterable<EligibilityRow>, options?: { rule?: LedgerRule | undefined }): Ledger {
    return wrap(held<RawTree>(tree).ledger(rows, options?.rule));
  }

  /** The numbers of all. */
  get total(): LedgerCount {
    return held<RawLedger>(this).total();
  }

  /** The numbers of a grid with everything beneath it. */
  count(grid: string): LedgerCount {
    return held<RawLedger>(this).count(grid);
  }

  /** The numbers of each grid at or beneath which somebody is, in the tree's order. */
  byGrid(): LedgerGridRow[] {
    return held<RawLedger>(this).byGrid();
  }

  /** The people behind a number of a grid, with everything beneath it. */
  behind(grid: string, number: LedgerNumber): LedgerRow[] {
    return held<RawLedger>(this).behind(grid, number);
  }

  /** Everybody: by grid in the tree's order, then by token. */
  rows(): LedgerRow[] {
    return held<RawLedger>(this).rows();
  }

  /** The numbers by grid without those from which fewer than `minCell` people could be told. */
  published(minCell: number): PublishedRow[] {
    return held<RawLedger>(this).published(minCell);
  }
}
