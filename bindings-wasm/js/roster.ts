/**
 * Roster reconciliation (名册核对): a register against visits, tenants or tests, every row accounted for.
 *
 * Nothing leaves the process, and no value of a person is in an error; explanations are masked unless asked for otherwise.
 */
import {
  type RawReconciliation,
  type RawTree,
  deduplicate as rawDeduplicate,
  estimateRosters,
  loadReconciliation,
  reconcile as rawReconcile,
  verifyLog as rawVerify,
} from "../pkg/gridcore_wasm.js";
import { BatchKernel } from "./batch.js";
import { Handle, held } from "./handle.js";
import { type Time, type Watching, camel, known, ruled, seconds, watching } from "./options.js";
import { makeBy } from "./reconciled.js";
import type {
  BlockingRule,
  ClusterRow,
  ColumnUse,
  ConflictRow,
  CountRow,
  CutBlock,
  Decision,
  DuplicateRow,
  Explanation,
  GridCountRow,
  HouseholdRow,
  LogRow,
  MatchRow,
  MovedRow,
  ReconciliationReport,
  RepairRow,
  ReviewRow,
  RosterEstimate,
  RosterModel,
  RosterNote,
  RosterRules,
  RosterSide,
  RowExplanation,
  RowState,
  StandingDecision,
  UnmatchedRow,
} from "./roster-rows.js";
import type { GridTree } from "./tree.js";

export * from "./batch.js";
export * from "./ledger.js";
export * from "./merge-rosters.js";
export type * from "./roster-rows.js";
export * from "./staff.js";
export * from "./tokens.js";

/**
 * A roster (名册): records, or columns of one length, under whatever names they have.
 *
 * A `Date` is read as a day where it is midnight in UTC, and refused where it is not: a day of birth would hang on the place.
 */
export type Roster =
  | Iterable<Readonly<Record<string, unknown>>>
  | Readonly<Record<string, readonly unknown[] | Float64Array | Int32Array | BigInt64Array>>;

/** How rosters are reconciled. */
export interface ReconcileOptions extends Watching {
  rules?: RosterRules | undefined;
  /** The tree of the grids, for tables by grid and for how far apart two grids are. */
  tree?: GridTree | undefined;
}

/** How explanations are worded. */
export interface ExplainOptions {
  lang?: "en" | "zh" | undefined;
  /** Shows values in full, in the form in which they were compared. */
  shown?: boolean | undefined;
}

/** When a change is made and by whom: the library has no clock. */
export interface Stamp {
  at?: Time | undefined;
  /** A token that says nothing of its own, never a name. */
  by?: string | undefined;
}

/** How a change is made. */
export interface ChangeOptions extends Stamp, Watching {}

/** Rows that come later: a row whose record id is known replaces that row, another is added. */
export interface RosterUpdate {
  left?: Roster | undefined;
  right?: Roster | undefined;
  /** Record ids to remove. */
  removeLeft?: readonly string[] | undefined;
  removeRight?: readonly string[] | undefined;
}

let wrap: (raw: RawReconciliation) => Reconciliation;

/** What came of a reconciliation; immutable. Lists are made anew at each call. */
export class Reconciliation extends Handle {
  static {
    wrap = (raw) => new Reconciliation(raw);
    makeBy(wrap);
  }

  private constructor(raw: RawReconciliation) {
    super(raw);
  }

  /** How many rows of each side came to each state (平衡表): every row is counted once. */
  get counts(): CountRow[] {
    return held<RawReconciliation>(this).counts();
  }

  /** What came of each row of a roster, in the order of its rows. */
  states(side: RosterSide): RowState[] {
    return held<RawReconciliation>(this).states(side);
  }

  /** The pairs of rows that are the same person. */
  matched(): MatchRow[] {
    return held<RawReconciliation>(this).matched();
  }

  /** The rows of the left without a counterpart (漏登), each with the row that came nearest. */
  missing(): UnmatchedRow[] {
    return held<RawReconciliation>(this).missing();
  }

  /** The rows of the right without a counterpart (多出). */
  extra(): UnmatchedRow[] {
    return held<RawReconciliation>(this).extra();
  }

  /** The rows that double another of their side (重复). */
  duplicates(): DuplicateRow[] {
    return held<RawReconciliation>(this).duplicates();
  }

  /** The pairs that somebody has to look at (待核). */
  review(): ReviewRow[] {
    return held<RawReconciliation>(this).review();
  }

  /** The fields in which matched pairs disagree, values masked. */
  conflicts(): ConflictRow[] {
    return held<RawReconciliation>(this).conflicts();
  }

  /**
   * Identity numbers with a wrong check digit and what was probably meant (更正建议), of all rows of both sides: proposed, never
   * put in; masked unless asked for otherwise.
   */
  repairs(options?: Pick<ExplainOptions, "shown">): RepairRow[] {
    return held<RawReconciliation>(this).repairs(options?.shown);
  }

  /** The matched people whose grids differ. */
  moved(): MovedRow[] {
    return held<RawReconciliation>(this).moved();
  }

  /** The households (户): where their members were found, and their status. */
  households(): HouseholdRow[] {
    return held<RawReconciliation>(this).households();
  }

  /** Every row in the cluster of its person. */
  clusters(): ClusterRow[] {
    return held<RawReconciliation>(this).clusters();
  }

  /**
   * What came of the rows of each grid: as rows name it, of one level of the tree with all beneath, or of all its grids.
   * A tree takes the place of the one that the reconciliation was made with. No row is left out: those without a known grid
   * are in the last row.
   */
  by(by: "grid" | "all" | number = "grid", tree?: GridTree): GridCountRow[] {
    const raw = held<RawReconciliation>(this);
    return tree === undefined ? raw.by(by) : held<RawTree>(tree).rosterBy(raw, by);
  }

  /** Why two rows are held for one person or for two. Throws `unknown_record` if a side has no such record. */
  explain(left: string, right: string, options?: ExplainOptions): Explanation {
    return held<RawReconciliation>(this).explain(left, right, options?.shown);
  }

  /** The same of two rows of whatever sides: two of one side may double each other. */
  explainSides(
    one: readonly [RosterSide, string],
    other: readonly [RosterSide, string],
    options?: ExplainOptions,
  ): Explanation {
    return held<RawReconciliation>(this).explainSides(...one, ...other, options?.shown);
  }

  /** The explanation of a pair as a sentence. */
  sentence(left: string, right: string, options?: ExplainOptions): string {
    return held<RawReconciliation>(this).sentence(left, right, options?.lang, options?.shown);
  }

  /** The explanation of a pair as a waterfall chart: an SVG. */
  waterfall(left: string, right: string, options?: ExplainOptions): string {
    return held<RawReconciliation>(this).waterfall(left, right, options?.lang, options?.shown);
  }

  /** Why a row came to its state, with the rows that came nearest. Throws `unknown_record` if the side has no such record. */
  explainRow(side: RosterSide, id: string): RowExplanation {
    return held<RawReconciliation>(this).explainRow(side, id);
  }

  /** The same as a sentence. */
  rowSentence(side: RosterSide, id: string, options?: Pick<ExplainOptions, "lang">): string {
    return held<RawReconciliation>(this).rowSentence(side, id, options?.lang);
  }

  /**
   * Takes decisions about pairs over, all or none, and settles anew: a pair decided to be the same is matched, one decided to
   * be different never is, one that is open is weighed again. Throws every contradiction.
   */
  decide(
    decisions: Iterable<{ left: string; right: string; decision: Decision }>,
    options?: ChangeOptions,
  ): Reconciliation {
    return wrap(held<RawReconciliation>(this).decide(decisions, stamped(options), watching(options)));
  }

  /**
   * Adds, replaces and removes rows under the model, frequencies and caps of this run: the answer is the one that all rows at
   * once would have led to.
   */
  update(update: RosterUpdate, options?: ChangeOptions): Reconciliation {
    const { left, right, removeLeft, removeRight } = known(update, "left", "right", "removeLeft", "removeRight");
    const raw = held<RawReconciliation>(this);
    return wrap(raw.update(left, right, removeLeft, removeRight, stamped(options), watching(options)));
  }

  /** Takes the last change that holds back: decisions, or an update. */
  undo(options?: ChangeOptions): Reconciliation {
    return wrap(held<RawReconciliation>(this).undo(stamped(options), watching(options)));
  }

  /** Reconciles other rosters with the same columns under what this run has learnt. */
  rerun(left: Roster, right?: Roster, options?: Watching): Reconciliation {
    return wrap(held<RawReconciliation>(this).rerun(left, right, watching(options)));
  }

  /** What this run has learnt, frozen, to score rows in batches; with keys to cut instead of its own. */
  batchKernel(cut?: Iterable<number>): BatchKernel {
    return new BatchKernel(held<RawReconciliation>(this).batchKernel(cut));
  }

  /** The audit log (审计日志), each entry chained to the one before. */
  get log(): LogRow[] {
    return held<RawReconciliation>(this).log();
  }

  /** Every decision that was ever made, and whether it still holds. */
  get decisions(): StandingDecision[] {
    return held<RawReconciliation>(this).decisions();
  }

  /** The run as versioned JSON: rules, model, fingerprints, decisions and log, but not the rows. */
  toJson(): string {
    return held<RawReconciliation>(this).toJson();
  }

  /** Loads a run that `toJson` saved, with the rosters of that time: fingerprints tell whether they are the same. */
  static load(
    json: string,
    left: Roster,
    right?: Roster,
    options?: { tree?: GridTree | undefined } & Watching,
  ): Reconciliation {
    const watch = watching(options);
    const tree = options?.tree;
    return wrap(
      tree === undefined
        ? loadReconciliation(json, left, right, watch)
        : held<RawTree>(tree).loadReconciliation(json, left, right, watch),
    );
  }

  /** What every column was taken for. */
  get columns(): ColumnUse[] {
    return held<RawReconciliation>(this).columns();
  }

  /** What was found wrong in the tables without keeping them from being read. */
  get notes(): RosterNote[] {
    return held<RawReconciliation>(this).notes();
  }

  /** The rules, with the defaults that applied. */
  get rules(): RosterRules {
    return camel(held<RawReconciliation>(this).rules());
  }

  /** The model by which pairs were weighed. */
  get model(): RosterModel {
    return held<RawReconciliation>(this).model();
  }

  /** The blocking keys, and what became of each. */
  get blocking(): BlockingRule[] {
    return held<RawReconciliation>(this).blocking();
  }

  /** Blocks that were too large, the largest first. */
  get cut(): CutBlock[] {
    return held<RawReconciliation>(this).cut();
  }

  /** What was compared, cut and settled, in figures. */
  get report(): ReconciliationReport {
    return held<RawReconciliation>(this).report();
  }
}

/**
 * Reconciles two rosters: every row of either ends in exactly one state. Columns are recognised, a model is learnt from the
 * rosters themselves; nothing has to be said. Throws every fault of the rosters.
 */
export function reconcile(left: Roster, right: Roster, options?: ReconcileOptions): Reconciliation {
  const { rules, tree } = known(options, "rules", "tree", "limit", "progress");
  const watch = watching(options);
  if (tree === undefined) {
    return wrap(rawReconcile(left, right, ruled(rules), watch));
  }
  return wrap(held<RawTree>(tree).reconcile(left, right, ruled(rules), watch));
}

/** Finds the rows of one roster that stand for the same person: one of each is kept. */
export function deduplicate(roster: Roster, options?: ReconcileOptions): Reconciliation {
  const { rules, tree } = known(options, "rules", "tree", "limit", "progress");
  const watch = watching(options);
  if (tree === undefined) {
    return wrap(rawDeduplicate(roster, ruled(rules), watch));
  }
  return wrap(held<RawTree>(tree).deduplicate(roster, ruled(rules), watch));
}

/**
 * What a run would compare and cut (运行前预估), without comparing anything; of one roster, what freeing it of doubles would.
 */
export function estimate(
  left: Roster,
  right?: Roster | null,
  options?: Omit<ReconcileOptions, "tree">,
): RosterEstimate {
  return estimateRosters(left, right, ruled(options?.rules), watching(options));
}

/** Checks a log from its first entry on; throws an error that names the first entry that does not follow. */
export function verifyLog(log: Iterable<LogRow>): void {
  rawVerify(log);
}

function stamped({ at, by }: Stamp = {}): object {
  return { at: seconds(at) ?? null, by: by ?? null };
}
