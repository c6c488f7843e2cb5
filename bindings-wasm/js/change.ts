/** Changes to duties and the tree beneath them: all effects with a ledger, or none with the reasons. */
import type { RawDuty } from "../pkg/gridcore_wasm.js";
import type { Edit, EditMap } from "./edit.js";
import { held } from "./handle.js";
import { snake } from "./options.js";
import {
  type AssignmentRow,
  type HoldingRow,
  type KnownPersonRow,
  type ModeLayer,
  type Responsibility,
  dutyOut,
} from "./responsibility.js";
import { type GridTree, treeOut } from "./tree.js";

/** Who is accountable for a grid that an edit makes. */
export interface Decision {
  /** The grid, by the code that it has after the edits. */
  grid: string;
  /** The person who heads it. */
  person?: string;
  /** The team that heads it. */
  team?: string;
  /** The old grid whose duties come before those of the others. */
  heir?: string;
}

/** One change (变更) to the tree, the duties over it, the people, or the modes. */
export type Change =
  /** An edit of the tree, and who is accountable for what it makes. */
  | { op: "edit"; edit: Edit; decisions?: readonly Decision[] }
  /** A person joins (入职); rows that name nobody are theirs. */
  | {
      op: "join";
      person: KnownPersonRow;
      assignments?: readonly AssignmentRow[];
      holdings?: readonly HoldingRow[];
    }
  /** A person leaves (离职), from the base and from every layer; `to` takes over. */
  | { op: "depart"; person: string; at?: number; to?: string }
  /** An assignment is made. */
  | { op: "assign"; row: AssignmentRow }
  /** An assignment of the base is taken away. */
  | { op: "withdraw"; row: AssignmentRow }
  /** An assignment of the base gives way to another. */
  | { op: "replace"; row: AssignmentRow; by: AssignmentRow }
  /** A mode is entered. */
  | { op: "enter_mode"; layer: ModeLayer }
  /** A mode is left. */
  | { op: "leave_mode"; mode: string; scope: string };

/** How changes are applied. */
export interface ChangeOptions {
  /** What happens where no decision settles who is accountable: the rules, or the whole set is refused. */
  undecided?: "default" | "refuse" | undefined;
  /** What becomes of those whom a merge leaves without their duty. */
  others?: "support" | "release" | undefined;
  /** The weight by which the largest of merged grids is found; the first by code without. */
  weight?: string | undefined;
}

/** One effect of a change. */
export interface LedgerRow {
  /** The place of the change that caused it. */
  change: number;
  /** What kind of change that is. */
  cause: Change["op"];
  action: "added" | "removed" | "changed" | "moved" | "inherited" | "demoted" | "released" | "joined";
  /** The mode of the layer that the row stands in; none for the base. */
  mode: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** What changes have led to. */
export interface Changed {
  /** The new tree. */
  tree: GridTree;
  /** The duties over it. */
  duty: Responsibility;
  /** Every effect, in the order in which it happened. */
  ledger: LedgerRow[];
  /** From the old codes to the new ones. */
  map: EditMap;
  /** Grids whose accountable was taken over from a grid that was split, until somebody is named. */
  needs_holder: string[];
}

/** A difference between two states of duties. */
export interface DutyDiffRow {
  kind: "added" | "removed" | "changed";
  before: AssignmentRow | null;
  after: AssignmentRow | null;
}

/** Applies a list of changes, all or nothing. Throws every reason of every change that cannot be made. */
export function apply(duty: Responsibility, changes: readonly Change[], options?: ChangeOptions): Changed {
  const { tree, duty: after, ...rest } = held<RawDuty>(duty).applyChanges(changes, snake(options));
  return { tree: treeOut(tree), duty: dutyOut(after), ...rest };
}

/** What differs between two states of duties, keyed by party, grid, domain, mode, role and start. */
export function diff(before: Responsibility, after: Responsibility): DutyDiffRow[] {
  return held<RawDuty>(before).diff(held<RawDuty>(after));
}
