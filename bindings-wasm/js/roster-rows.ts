/** What a reconciliation tells: flat rows whose keys are the core's own. */
import type { Fault } from "./error.js";

/** What a column is about (字段). */
export type FieldKind =
  | "record"
  | "id"
  | "token"
  | "name"
  | "given"
  | "family"
  | "phone"
  | "birth"
  | "sex"
  | "address"
  | "grid"
  | "household"
  | "text"
  | "exact";

/** A side of a reconciliation (左/右): the register, or the only roster there is; and visits, tenants, tests. */
export type RosterSide = "left" | "right";

/** What became of one column of a roster. */
export interface ColumnUse {
  side: RosterSide;
  column: string;
  /** What it is about, if that could be told. */
  kind: FieldKind | null;
  /** How that was told. */
  how: "rule" | "header" | "values" | "same_name" | "unknown";
  /** The field in which it is compared; null if it is not. */
  field: string | null;
}

/** What became of one blocking key (分块规则). */
export interface BlockingRule {
  /** The names of its parts, joined by `+`. */
  rule: string;
  /** The blocks with rows of both sides. */
  blocks: number;
  /** The pairs in them, known before any is compared. */
  estimate: number;
  /** The pairs that were compared under this key, being under no earlier one. */
  pairs: number;
  cut_blocks: number;
  cut_pairs: number;
}

/** A block that was too large: its pairs are compared only where they share another key. */
export interface CutBlock {
  rule: string;
  left: number;
  right: number;
  pairs: number;
}

/** What one blocking key would lead to (预估). */
export interface EstimateRow {
  /** The names of its parts, joined by `+`. */
  rule: string;
  /** The rows of the left that have it. */
  left_rows: number;
  /** The rows of the right that have it; none where there is one roster. */
  right_rows: number;
  /** The blocks with rows of both sides. */
  blocks: number;
  /** The pairs in those that are compared in full. */
  pairs: number;
  cut_blocks: number;
  cut_pairs: number;
}

/** What a run would cost (运行前预估). */
export interface RosterEstimate {
  /** What every column would be taken for. */
  columns: ColumnUse[];
  left_rows: number;
  right_rows: number;
  /** The pairs that would be compared at most; one that shares several keys is counted under each. */
  pairs: number;
  /** The pairs that the rules allow. */
  allowed_pairs: number;
  /** The pairs in blocks that would be cut; those that share another key are compared all the same. */
  cut_pairs: number;
  /** The blocking keys, in order. */
  rules: EstimateRow[];
  /** The largest blocks that would be cut. */
  cut: CutBlock[];
}

/** What a comparison looks at. */
export type ComparisonKind = "name" | "names" | "id" | "token" | "phone" | "birth" | "sex" | "place" | "text" | "exact";

/** A Fellegi–Sunter model: how often each level of each comparison is seen among matches (m) and others (u). */
export interface RosterModel {
  /** The probability that a candidate pair is of the same person, before anything is compared. */
  prior: number;
  comparisons: {
    name: string;
    kind: ComparisonKind;
    /** Level 1, the strongest agreement, comes first; the last is "anything else". */
    levels: { level: string; m: number; u: number }[];
    /** Whether agreement on a rare value weighs more than on a common one. */
    term_frequency: boolean;
  }[];
  /** Kinds of pairs of different people: within one, the comparisons are independent. */
  others?: { share: number; u: number[][] }[];
}

/**
 * How a reconciliation is to be done: nothing has to be said.
 *
 * Rules that Rust or Python wrote down, with `match_at` in the place of `matchAt`, are taken as well.
 */
export interface RosterRules {
  /** What columns of the left are about, by name, where that is not to be found out. */
  left?: Readonly<Record<string, FieldKind>> | undefined;
  right?: Readonly<Record<string, FieldKind>> | undefined;
  /** Columns to leave out, on either side. */
  ignore?: readonly string[] | undefined;
  /** How many counterparts a row may have. */
  settle?: "one_to_one" | "one_to_many" | "clusters" | undefined;
  /** The probability from which on a pair is a match; .5 without. */
  matchAt?: number | undefined;
  /** The probability from which on a pair that is no match is to be looked at; .05 without. */
  reviewAt?: number | undefined;
  /** The most candidate pairs for each row of both sides. */
  mostCandidatesPerRow?: number | undefined;
  /** A model to use as it is. */
  model?: RosterModel | null | undefined;
}

/** A fault that did not keep a roster from being read. */
export type RosterNote = Fault;

/** What came of a row (状态): each row has exactly one. */
export type RowState = "matched" | "missing" | "extra" | "duplicate" | "review" | "kept";

/** How surely a pair belongs together, by what agrees (依据). */
export type Tier = "decided" | "id" | "phone_name" | "name_birth" | "probable";

/** Why a row has no counterpart (原因). */
export type MissReason = "no_candidate" | "not_compared" | "too_unlike" | "taken" | "decided";

/** Why a row counts as another's double (重复原因). */
export type DoubleReason = "same_side" | "same_counterpart";

/** Why a pair is to be looked at (待核原因). */
export type ReviewReason = "doubtful" | "left_over";

/** A pair of rows of the same person. */
export interface MatchRow {
  /** The record id on the left. */
  left: string;
  /** The record id on the right. */
  right: string;
  /** The row of the left table. */
  left_row: number;
  /** The row of the right table. */
  right_row: number;
  /** log2 of the odds that they are the same person. */
  weight: number;
  /** The probability of the same. */
  probability: number;
  /** What agrees. */
  tier: Tier;
  /** The pair's own id: the same in every run, as long as the record ids are. */
  link: string;
  /** The grid on the left. */
  left_grid: string | null;
  /** The grid on the right. */
  right_grid: string | null;
}

/** A row without a counterpart: missing on the right, or extra on the right. */
export interface UnmatchedRow {
  /** The record id. */
  id: string;
  /** The row of its table. */
  row: number;
  /** Its grid. */
  grid: string | null;
  /** The number of its household. */
  household: string | null;
  /** Why it has none. */
  reason: MissReason;
  /** The record id of the nearest row of the other side, if any came near. */
  nearest: string | null;
  /** That row of the other table. */
  nearest_row: number | null;
  /** The probability that they are the same person, were the other row free. */
  probability: number | null;
}

/** A row that doubles another of its side. */
export interface DuplicateRow {
  /** The side. */
  side: RosterSide;
  /** The record id. */
  id: string;
  /** The row of its table. */
  row: number;
  /** The record id of the row that stands for both. */
  of: string;
  /** That row of the same table. */
  of_row: number;
  /** Its grid. */
  grid: string | null;
  /** Why it counts as a double. */
  reason: DoubleReason;
  /** The cluster of the row that stands for both. */
  cluster: string;
}

/** A pair that somebody has to look at. */
export interface ReviewRow {
  /** The side of the pair's first row. */
  left_side: RosterSide;
  /** The side of its second row; in a deduplication the same. */
  right_side: RosterSide;
  /** The record id of the first. */
  left: string;
  /** The record id of the second. */
  right: string;
  /** The first row of its table. */
  left_row: number;
  /** The second row of its table. */
  right_row: number;
  /** log2 of the odds that they are the same person. */
  weight: number;
  /** The probability of the same. */
  probability: number;
  /** Why it is to be looked at. */
  reason: ReviewReason;
  /** The pair's own id. */
  link: string;
  /** The grid of the first. */
  left_grid: string | null;
  /** The grid of the second. */
  right_grid: string | null;
}

/** A field in which a matched pair disagrees. */
export interface ConflictRow {
  /** The record id on the left. */
  left: string;
  /** The record id on the right. */
  right: string;
  /** The row of the left table. */
  left_row: number;
  /** The row of the right table. */
  right_row: number;
  /** The field, by its name on the left. */
  field: string;
  /** The level at which the field agrees or not, as the model names it. */
  level: string;
  /** The value on the left, masked. */
  left_value: string;
  /** The value on the right, masked. */
  right_value: string;
  /** The side whose identity number could be mended. */
  repair_side: RosterSide | null;
  /** The mended identity number, masked: proposed, never put in. */
  repair: string | null;
}

/** An identity number with a wrong check digit, and the one number that was probably meant. */
export interface RepairRow {
  /** The side. */
  side: RosterSide;
  /** The record id. */
  id: string;
  /** The row of its table. */
  row: number;
  /** The field, by its name on the left. */
  field: string;
  /** The number as it stands, masked unless asked for otherwise. */
  value: string;
  /** The number that was probably meant, likewise: proposed, never put in. */
  repair: string;
  /** The first digit that is another, from 1: masks hide where the two numbers differ. */
  digit: number;
  /** Whether it stands the other way round with the next one; else it alone is another. */
  swapped: boolean;
  /** Whether the row's counterpart has this number. */
  confirmed: boolean;
}

/** A matched person whose grids differ. */
export interface MovedRow {
  /** The record id on the left. */
  left: string;
  /** The record id on the right. */
  right: string;
  /** The row of the left table. */
  left_row: number;
  /** The row of the right table. */
  right_row: number;
  /** The grid on the left. */
  from: string;
  /** The grid on the right. */
  to: string;
  /** The deepest grid that holds both, where the tree knows them. */
  common: string | null;
  /** The level of that grid. */
  common_level: number | null;
  /** The probability that they are the same person. */
  probability: number;
}

/** How many rows of a side came to a state: the conservation table (平衡表). */
export interface CountRow {
  /** The side. */
  side: RosterSide;
  /** The state. */
  state: RowState;
  /** How many rows. */
  rows: number;
}

/** What came of the rows of one grid, and of all grids beneath it. `left = left_matched + missing + left_duplicate + left_review + kept`, and `right = right_matched + extra + right_duplicate + right_review`. */
export interface GridCountRow {
  /** The grid's code; none for the rows without a grid, or whose grid the tree does not know. */
  grid: string | null;
  /** The grid's name in the tree. */
  name: string | null;
  /** The grid's level in the tree. */
  level: number | null;
  /** Rows of the left. */
  left: number;
  /** Of them matched. */
  left_matched: number;
  /** Of them missing on the right. */
  missing: number;
  /** Of them doubles. */
  left_duplicate: number;
  /** Of them to be looked at. */
  left_review: number;
  /** Of them kept by a deduplication. */
  kept: number;
  /** Rows of the right. */
  right: number;
  /** Of them matched. */
  right_matched: number;
  /** Of them extra. */
  extra: number;
  /** Of them doubles. */
  right_duplicate: number;
  /** Of them to be looked at. */
  right_review: number;
  /** Matched pairs whose left row is here and whose right row is in another grid. */
  moved_out: number;
  /** Matched pairs whose right row is here and whose left row is in another grid. */
  moved_in: number;
}

/** A row in its cluster: all rows of one person, of both sides. */
export interface ClusterRow {
  /** The cluster's own id: the same in every run, as long as the row that stands for it is. */
  cluster: string;
  /** The side. */
  side: RosterSide;
  /** The record id. */
  id: string;
  /** The row of its table. */
  row: number;
  /** Whether it stands for the cluster on its side. */
  canonical: boolean;
  /** How many rows the cluster has. */
  size: number;
}

/** What one comparison of a pair says. */
export interface Step {
  /** The comparison, by its name in the model. */
  comparison: string;
  /** What it looks at. */
  kind: ComparisonKind;
  /** The level of agreement; `missing` where a value is missing, which says nothing; `in_id` where an identity number that agrees has said it already. */
  level: string;
  /** The value on the left, masked unless asked for otherwise. */
  left_value: string | null;
  /** The value on the right. */
  right_value: string | null;
  /** The probability of the level among pairs of the same person; none where a value is missing. */
  m: number | null;
  /** The probability of the level among pairs of different people. */
  u: number | null;
  /** log2(m/u): how many bits it speaks for the same person. */
  weight: number;
  /** How many bits more, because the value they share is rare, or fewer, because it is common. */
  term_frequency: number;
}

/** Why a pair is held for the same person, or for two. */
export interface Explanation {
  /** The side of the first row. */
  left_side: RosterSide;
  /** The side of the second row: the same where doubles of one side are explained. */
  right_side: RosterSide;
  /** The record id of the first. */
  left: string;
  /** The record id of the second. */
  right: string;
  /** The first row of its table. */
  left_row: number;
  /** The second row of its table. */
  right_row: number;
  /** What came of the first. */
  left_state: RowState;
  /** What came of the second. */
  right_state: RowState;
  /** Whether the two were put together: as counterparts, or as doubles. */
  linked: boolean;
  /** Whether somebody decided it, whatever the weights say. */
  decided: boolean;
  /** log2 of the odds before anything is compared. */
  prior: number;
  /** What each comparison says. */
  steps: Step[];
  /** What is added, mostly taken off, because agreements come in company: people of one household share several fields. */
  company: number;
  /** The sum: log2 of the odds that they are the same person. */
  weight: number;
  /** The probability of the same. */
  probability: number;
}

/** A row of the other side that a row might have belonged to. */
export interface CandidateRow {
  /** The record id. */
  id: string;
  /** The row of its table. */
  row: number;
  /** log2 of the odds that they are the same person. */
  weight: number;
  /** The probability of the same. */
  probability: number;
  /** What came of it. */
  state: RowState;
  /** The record id of the row that it was put together with. */
  with: string | null;
}

/** Why a row came to its state. */
export interface RowExplanation {
  /** The side. */
  side: RosterSide;
  /** The record id. */
  id: string;
  /** The row of its table. */
  row: number;
  /** What came of it. */
  state: RowState;
  /** The record id of the row that it was put with: its counterpart, the row it doubles, the row it is to be looked at with. */
  with: string | null;
  /** Why it stands alone, if it does. */
  reason: MissReason | null;
  /** The rows of the other side that come nearest, the nearest first. */
  candidates: CandidateRow[];
}

/** How a household was told from others (分户依据). */
export type ToldBy = "number" | "dwelling" | "row";

/** Where the members of a household of the left were found (户对应). */
export type HouseholdMatch = "matched" | "split" | "merged" | "moved" | "none";

/** The status of a household (户籍状态). */
export type HouseholdStatus = "lives_here" | "registered_elsewhere" | "paper_only" | "vacant" | "unregistered" | "undecided";

/** A household: every one of the left, and those of the right that no household of the left reaches. */
export interface HouseholdRow {
  /** The side. */
  side: RosterSide;
  /** Its number; where it has none, the record id of its first row. */
  household: string;
  /** How it was told from others. */
  told_by: ToldBy;
  /** The grid of most of its rows. */
  grid: string | null;
  /** Its rows. */
  members: number;
  /** Of them matched. */
  matched: number;
  /** Of them missing (left) or extra (right). */
  unmatched: number;
  /** Of them doubles. */
  duplicate: number;
  /** Of them to be looked at. */
  review: number;
  /** Where its members were found. */
  found: HouseholdMatch;
  /** Its status. */
  status: HouseholdStatus;
  /** The households of the other side in which its members were found. */
  counterparts: string[];
}

/** What somebody decides about a pair (人工判定). */
export type Decision = "same" | "different" | "open";

/** What an entry of the log is about (操作). */
export type ChangeKind = "reconciled" | "deduplicated" | "decided" | "updated" | "undone";

/** One decision about a pair of rows, by their record ids; in the deduplication of one roster both are of the left. */
export interface DecisionRow {
  /** The record id on the left. */
  left: string;
  /** The record id on the right. */
  right: string;
  /** What is decided. */
  decision: Decision;
}

/** A decision that was made at some time, and whether it still holds. */
export interface StandingDecision {
  /** The entry of the log with which it was made. */
  seq: number;
  /** The record id on the left. */
  left: string;
  /** The record id on the right. */
  right: string;
  /** What was decided. */
  decision: Decision;
  /** When, in UTC seconds, if the caller said so. */
  at: number | null;
  /** By whom, if the caller said so. */
  by: string | null;
  /** Whether it holds: it was neither taken back nor decided anew. */
  holds: boolean;
}

/** One entry of the log (审计日志): what was changed, what came of it, and the link to the entry before. */
export interface LogRow {
  seq: number;
  what: ChangeKind;
  /** When, in UTC seconds, if the caller said so. */
  at?: number;
  /** By whom, if the caller said so. */
  by?: string;
  /** The entry that was taken back. */
  undoes?: number;
  same: number;
  different: number;
  open: number;
  added_left: number;
  replaced_left: number;
  removed_left: number;
  added_right: number;
  replaced_right: number;
  removed_right: number;
  /** Rows of the left afterwards, and so on. */
  left: number;
  right: number;
  matched: number;
  missing: number;
  extra: number;
  duplicates: number;
  review: number;
  /** The SHA-256 of what was changed. */
  content: string;
  /** The SHA-256 of all that the answer hangs on afterwards. */
  fingerprint: string;
  /** The hash of the entry before; 64 zeros for the first. */
  previous: string;
  hash: string;
}

/** What a reconciliation did, in figures. */
export interface ReconciliationReport {
  left_rows: number;
  right_rows: number;
  /** Pairs that share a blocking key, known before any was compared; one counts under each key that it shares. */
  estimated_pairs: number;
  /** Pairs that were compared, each once. */
  compared_pairs: number;
  /** Of them those likely enough to be kept. */
  kept_pairs: number;
  /** Blocks that were too large. */
  cut_blocks: number;
  cut_pairs: number;
  settle: "one_to_one" | "one_to_many" | "clusters";
  match_at: number;
  review_at: number;
  /** Groups of pairs that hang together and were settled each for itself. */
  groups: number;
  /** The pairs of the largest of them. */
  largest_group: number;
  /** Groups too large for the best choice to be found in the work allowed, which were settled greedily. */
  greedy_groups: number;
  /** By how much the choice may fall short of the best, as a part of it; 0 when it is the best. */
  gap: number | null;
  uncompared_rows: number;
}
