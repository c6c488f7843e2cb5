import type { RawBatchKernel } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import { type Watching, watching } from "./options.js";
import type { RosterSide } from "./roster-rows.js";
import type { Roster } from "./roster.js";

/** A row under one of its keys (分区键): rows of both sides that share a key belong in the same batch. */
export interface BatchKey {
  row: number;
  /** Below 2⁴⁰; it says nothing about the person. */
  key: number;
}

/** A pair of rows and its weight. */
export interface BatchPair {
  left: number;
  right: number;
  /** log2 of the odds that both are the same person. */
  weight: number;
  probability: number;
}

/**
 * What a run has learnt, frozen: an engine asks for the keys of all rows, sends each row under each of its keys to the bucket
 * of that key, and has every bucket scored. Any number of buckets leads to the same pairs, each of them once.
 */
export class BatchKernel extends Handle {
  /** @internal */
  constructor(raw: RawBatchKernel) {
    super(raw);
  }

  /** The keys whose blocks are cut, ascending: no pair is sought under them. */
  get cut(): number[] {
    return held<RawBatchKernel>(this).cut();
  }

  /** The keys of all rows, by row and then key. */
  keys(table: Roster, side: RosterSide): BatchKey[] {
    return held<RawBatchKernel>(this).keys(table, side);
  }

  /**
   * The scored pairs of a batch. The keys of either side are those of the batch's rows that belong in this bucket, renumbered
   * to the rows given.
   */
  score(
    left: Roster,
    leftKeys: Iterable<BatchKey>,
    right: Roster,
    rightKeys: Iterable<BatchKey>,
    options?: Watching,
  ): BatchPair[] {
    return held<RawBatchKernel>(this).score(left, leftKeys, right, rightKeys, watching(options));
  }
}
