import { claimAdmits, claimCheck, claimRead } from "../pkg/gridcore_wasm.js";

/** How a claim was rounded. */
export type ClaimRule =
  | "exact"
  | "more"
  | "several"
  | "over"
  | "at_least"
  | "at_most"
  | "under"
  | "near"
  | "about"
  | "range";

/** A count held against a claim. */
export interface ClaimCheck {
  /** The count. */
  count: number;
  /** The smallest count that the claim allows. */
  low: number;
  /** The largest count that the claim allows, if it sets one. */
  high: number | null;
  /** The rule behind the two. */
  rule: ClaimRule;
  /** How the count stands to them. */
  verdict: "below" | "within" | "above";
}

/** A rounded claim (约数) about a count: `1万多个`, `over 10,000`. A plain value: there is nothing to free. */
export class Claim {
  /** The claim as it was written, without white space around it. */
  readonly text: string;
  /** The smallest count that the claim allows. */
  readonly low: number;
  /** The largest count that the claim allows, if it sets one. */
  readonly high: number | null;
  /** How it was rounded. */
  readonly rule: ClaimRule;
  /** What follows the number: what is counted. */
  readonly measure: string;

  /** Reads a claim. */
  constructor(text: string) {
    const read = claimRead(text) as Pick<Claim, "text" | "low" | "high" | "rule" | "measure">;
    this.text = read.text;
    this.low = read.low;
    this.high = read.high;
    this.rule = read.rule;
    this.measure = read.measure;
  }

  /** Whether a count agrees with the claim. */
  admits(count: number): boolean {
    return claimAdmits(this.text, count);
  }

  /** Holds a count against the claim. */
  check(count: number): ClaimCheck {
    return claimCheck(this.text, count);
  }

  /** The claim as it was written, for JSON. */
  toJSON(): string {
    return this.text;
  }
}
