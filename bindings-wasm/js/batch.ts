import { RawBatchKernel } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import { type Watching, watching } from "./options.js";
import { reconciled } from "./reconciled.js";
import type { RosterSide } from "./roster-rows.js";
import type { Reconciliation, Roster } from "./roster.js";

/** A row under one of its keys (分区键): rows of both sides that share a key belong in the same batch. */
export interface BatchKey {
  row: number;
  /** Below 2⁴⁰. It is personal data: whoever tries out all phones, say, finds out whose a key is. */
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
 * of that key, has every bucket scored, and the pairs of all buckets settled. Any number of buckets leads to the same pairs,
 * each of them once, and to the answer of one call.
 */
export class BatchKernel extends Handle {
  /** @internal */
  constructor(raw: RawBatchKernel) {
    super(raw);
  }

  /** Loads a kernel that `toJson` saved. */
  static fromJson(json: string): BatchKernel {
    return new BatchKernel(RawBatchKernel.fromJson(json));
  }

  /** The kernel as versioned JSON, without rows; hashes of names are in it: keep it as the rosters are. */
  toJson(): string {
    return held<RawBatchKernel>(this).toJson();
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

  /**
   * Settles the pairs of all batches, of whole tables: the answer of one call under this kernel, bit for bit. Pairs are weighed
   * again, so that only their rows count. The kernel of a deduplication takes no right.
   */
  settle(
    left: Roster,
    right: Roster | null | undefined,
    pairs: Iterable<Pick<BatchPair, "left" | "right"> & Partial<BatchPair>>,
    options?: Watching,
  ): Reconciliation {
    return reconciled(held<RawBatchKernel>(this).settle(left, right, pairs, watching(options)));
  }
}
