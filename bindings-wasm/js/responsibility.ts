import { type RawDuty, type RawTree, fourLevelRules as rawRules } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import { type Time, type Watching, seconds, snake, watching } from "./options.js";
import type { Codes, Positions } from "./rows.js";
import type { Label } from "./schema.js";
import type { SpanProfile } from "./spans.js";
import { type GridTree, treeOut } from "./tree.js";

/** What an assignment asks of somebody (责任类别). */
export type DutyRole = "accountable" | "supporting" | "supervising";

/** One assignment (责任分配): a person or a team × a grid × a domain × a mode × an interval, in a role. */
export interface AssignmentRow {
  /** The code of the grid. */
  grid: string;
  /** The person's token; a row names a person or a team. */
  person?: string | null;
  /** The team's token. */
  team?: string | null;
  /** The domain; every domain without, or for `*`. */
  domain?: string | null;
  /** The mode in which it holds; every mode without, or for `*`. */
  mode?: string | null;
  /** The first second in which it holds. */
  from?: number | null;
  /** The first second in which it holds no more. */
  until?: number | null;
  /** The role; accountable without. */
  role?: DutyRole | null;
  /** The share of the person's time, more than 0 and at most 1; for supporting roles only. */
  share?: number | null;
  /** The post in virtue of which the person has it. */
  post?: string | null;
  /** The front through which it was made. */
  front?: string | null;
  /** Why the person has it although they do not hold the post that the rule wants. */
  reason?: string | null;
}

/** A stretch of time in which a person is away (缺勤). */
export interface AbsenceRow {
  person: string;
  from?: number | null;
  until?: number | null;
}

/** A deputy (代理人): who answers while a holder is absent. */
export interface DeputyRow {
  /** The deputy. */
  person: string;
  /** The holder. */
  deputy_of: string;
  /** The grid at which, and beneath which, they stand in; everywhere without. */
  grid?: string | null;
  domain?: string | null;
  /** Which of several comes first, from 0. */
  order?: number | null;
  from?: number | null;
  until?: number | null;
}

/** A post that a person holds at a grid (任职). */
export interface HoldingRow {
  person: string;
  post: string;
  grid: string;
  from?: number | null;
  until?: number | null;
}

/** A member of a team (小组成员). */
export interface TeamMemberRow {
  team: string;
  person: string;
  /** Whether the member leads the team; at most one does. */
  lead?: boolean | null;
}

/** A person whom the office knows (人员). */
export interface KnownPersonRow {
  person: string;
  /** The most that the shares of the person's supporting roles may add up to; 1 without. */
  capacity?: number | null;
}

/** One grid's place in a chain of command (责任链), such as 林长制 beside the territory. */
export interface ChainRow {
  chain: string;
  grid: string;
  /** The grid above it in the chain; none for the top. */
  parent?: string | null;
  /** A domain that the chain serves. */
  domain?: string | null;
}

/** Who should be head of the grids of one level (岗位规则). */
export interface PostRule {
  level: number;
  kind?: string | null;
  /** The post that the head should hold. */
  post?: string | null;
  title?: Label | null;
  /** `default` (一般): a breach is a warning, and one with a recorded reason is only noted. */
  strength?: "default" | "strict";
  /** A head; somebody named at the grid itself for each domain (直接责任到人); or nobody. */
  requires?: "head" | "direct" | "nobody";
  domains?: readonly string[];
}

/** The tables that duties are read from, beside the assignments. */
export interface DutyTables {
  absences?: Iterable<AbsenceRow> | undefined;
  deputies?: Iterable<DeputyRow> | undefined;
  holdings?: Iterable<HoldingRow> | undefined;
  /** The rules of post. */
  posts?: Iterable<PostRule> | undefined;
  teams?: Iterable<TeamMemberRow> | undefined;
  people?: Iterable<KnownPersonRow> | undefined;
  chains?: Iterable<ChainRow> | undefined;
}

/** All tables, as the core names them. */
export interface AllDutyTables {
  assignments: AssignmentRow[];
  absences: AbsenceRow[];
  deputies: DeputyRow[];
  holdings: HoldingRow[];
  rules: PostRule[];
  teams: TeamMemberRow[];
  people: KnownPersonRow[];
  chains: ChainRow[];
}

/** What decided: the nearest grid wins, and within it the first of these. */
export type Rule = "mode_specific" | "direct" | "front" | "wildcard";

/** Why a grid on the way up did not answer. */
export interface GapStep {
  grid: string;
  level: number;
  why: "nobody_named" | "other_domains" | "other_modes" | "not_in_force" | "absent";
  rows: number[];
}

/** A gap that explains itself. */
export interface Gap {
  at: number | null;
  /** Every grid that was looked at, from the grid itself to the root. */
  looked: GapStep[];
  reason: string;
  reason_zh: string;
}

/** Who is accountable and why; where nobody is, `gap` says why, and who and where from are null. */
export interface Accountable {
  grid: string;
  domain: string | null;
  mode: string | null;
  person: string | null;
  team: string | null;
  /** The grid that it came from: the one asked about, or one above it (属地兜底). */
  from_grid: string | null;
  level: number | null;
  rule: Rule | null;
  inherited: boolean | null;
  /** The holder who is absent, if a deputy answers. */
  deputy_for: string | null;
  post: string | null;
  front: string | null;
  /** The row of the assignment. */
  row: number | null;
  gap: Gap | null;
}

/** The same for many grids, as columns; nulls where nobody answers. */
export interface AccountableColumns {
  grid: string[];
  person: (string | null)[];
  team: (string | null)[];
  from_grid: (string | null)[];
  level: (number | null)[];
  rule: (Rule | null)[];
  inherited: boolean[];
  deputy_for: (string | null)[];
  row: (number | null)[];
}

/** Somebody who supports or supervises. */
export interface RoleHolder {
  person: string | null;
  team: string | null;
  role: DutyRole;
  from_grid: string;
  level: number;
  inherited: boolean;
  share: number | null;
  post: string | null;
  deputy_for: string | null;
  absent: boolean;
  row: number;
}

/** One step of an escalation path. */
export interface ChainStep {
  step: number;
  grid: string;
  level: number;
  /** The chain that leads there; none for the territory. */
  chain: string | null;
  person: string | null;
  team: string | null;
  rule: Rule | null;
  deputy_for: string | null;
  row: number | null;
}

/** A finding of an audit. */
export interface AuditRow {
  kind:
    | "gap"
    | "no_direct_holder"
    | "absent_without_deputy"
    | "head_missing"
    | "head_doubled"
    | "overlap"
    | "duplicate"
    | "expired"
    | "post_breach"
    | "post_not_held"
    | "over_capacity"
    | "span"
    | "no_lead"
    | "unknown_grid"
    | "unknown_person"
    | "unknown_team";
  /** To be put right; a breach of a default; or one with a recorded reason. */
  severity: "violation" | "warning" | "noted";
  grid: string | null;
  level: number | null;
  /** From the root to the grid. */
  path: string[];
  domain: string;
  mode: string | null;
  from: number | null;
  until: number | null;
  persons: string[];
  teams: string[];
  table: string;
  rows: number[];
  /** Whether somebody above answers meanwhile. */
  above: "throughout" | "partly" | "never" | null;
  post: string | null;
  amount: number | null;
  limit: number | null;
  reason: string;
  reason_zh: string;
}

/** What an audit looks at. */
export interface AuditOptions extends Watching {
  /** One second. */
  at?: Time | undefined;
  /** The first second of a window. */
  from?: Time | undefined;
  /** The first second after it. */
  until?: Time | undefined;
  /** All of time. */
  always?: boolean | undefined;
  /** The domains; all that any row names without. */
  domains?: readonly string[] | undefined;
  /** The modes; all that any row names without. */
  modes?: readonly string[] | undefined;
  /** The span that a head may have; not looked at without. */
  span?: SpanProfile | undefined;
  /** Whether gaps are looked for on every level. */
  everyLevel?: boolean | undefined;
}

/** When, and in which mode. */
export interface AskOptions {
  /** Needed as soon as any interval is bounded. */
  at?: Time | undefined;
  /** The mode in force at the grid without. */
  mode?: string | undefined;
}

/** Heads, posts and people, counted. */
export interface Headcount {
  levels: { level: number; grids: number; headed: number; persons: number }[];
  headed: number;
  posts: number;
  persons: number;
  several: number;
}

/** A duty that a mode brings, and what it was derived from. */
export interface DerivedRow extends AssignmentRow {
  source?: string | null;
}

/** What a mode brings. */
export interface EnterOptions {
  /** Its duties. */
  rows?: Iterable<DerivedRow> | undefined;
  /** Members of its teams. */
  teams?: Iterable<TeamMemberRow> | undefined;
  /** Units paired with grids: the surge team (突击队) of each answers for its grids. */
  pairings?: Iterable<{ unit: string; grid: string; team?: string | null }> | undefined;
  from?: Time | undefined;
  until?: Time | undefined;
}

/** A mode that is on. */
export interface ModeLayer {
  mode: string;
  scope: string;
  from?: number;
  until?: number;
  rows: DerivedRow[];
  teams?: TeamMemberRow[];
}

let wrap: (raw: RawDuty) => Responsibility;

/**
 * Who answers for what over a tree (责任体系): immutable.
 *
 * The nearest grid wins: the grid itself first, then those above it, up to the root. Within one grid an assignment for
 * the mode comes before a direct one, that before one through a front, that before one for every domain.
 */
export class Responsibility extends Handle {
  static {
    wrap = (raw) => new Responsibility(raw);
  }

  private constructor(raw: RawDuty) {
    super(raw);
  }

  /** Reads assignments and the tables beside them, in any order. Throws every fault of every row. */
  static resolve(tree: GridTree, assignments: Iterable<AssignmentRow>, tables: DutyTables = {}): Responsibility {
    const { posts, ...others } = tables;
    const lists = Object.entries({ assignments, rules: posts, ...others }).filter(([, rows]) => rows !== undefined);
    return wrap(held<RawTree>(tree).resolve(Object.fromEntries(lists.map(([name, rows]) => [name, listed(rows)]))));
  }

  /** Loads duties that `toJson` saved, over their tree. */
  static fromJson(tree: GridTree, json: string): Responsibility {
    return wrap(held<RawTree>(tree).dutyFromJson(json));
  }

  /** The rules of post of four levels: party secretaries as heads by default, a named person for each leaf. */
  static fourLevelRules(): PostRule[] {
    return rawRules();
  }

  /** Who is accountable for a grid in a domain, and why; for a column of grids, columns. `*` is every domain. */
  accountable(grid: string, domain: string, options?: AskOptions): Accountable;
  accountable(grids: Codes | Positions, domain: string, options?: AskOptions): AccountableColumns;
  accountable(
    grid: string | Codes | Positions,
    domain: string,
    options?: AskOptions,
  ): Accountable | AccountableColumns {
    return held<RawDuty>(this).accountable(grid, domain, asking(options));
  }

  /** Who is accountable for every grid, in preorder. */
  accountableAll(domain: string, options?: AskOptions): AccountableColumns {
    return held<RawDuty>(this).accountableAll(domain, asking(options));
  }

  /** Who supports. */
  supporting(grid: string, domain: string, options?: AskOptions): RoleHolder[] {
    return held<RawDuty>(this).supporting(grid, domain, asking(options));
  }

  /** Who supervises, from inside or outside of the tree. */
  supervising(grid: string, domain: string, options?: AskOptions): RoleHolder[] {
    return held<RawDuty>(this).supervising(grid, domain, asking(options));
  }

  /** The escalation path of a grid, with whoever answers at each step. */
  chain(grid: string, domain: string, options?: AskOptions): ChainStep[] {
    return held<RawDuty>(this).chain(grid, domain, asking(options));
  }

  /** Heads, posts and the people who hold them, counted. */
  headcount(options?: { at?: Time | undefined }): Headcount {
    return held<RawDuty>(this).headcount(asking(options));
  }

  /** The mode in force at a grid; null outside of any. */
  modeAt(grid: string, options?: { at?: Time | undefined }): string | null {
    return held<RawDuty>(this).modeAt(grid, asking(options));
  }

  /** Everything that does not hold together, in a stable order: gaps, overlaps, missing heads, breaches. */
  audit(options: AuditOptions = {}): AuditRow[] {
    const { at, from, until, always } = options;
    const wishes = snake(options, ["at", "from", "until", "always", "limit", "progress"]);
    if (at !== undefined) {
      wishes["window"] = { from: seconds(at), until: seconds(at) + 1 };
    } else if (from !== undefined || until !== undefined || always) {
      wishes["window"] = { from: seconds(from) ?? null, until: seconds(until) ?? null };
    }
    return held<RawDuty>(this).audit(wishes, watching(options)).rows;
  }

  /** Enters a mode (平战转换) at and beneath a grid: a layer over duties that stay as they are. */
  enter(mode: string, scope: string, options: EnterOptions = {}): Responsibility {
    const { rows, teams, pairings, from, until, ...unknown } = options;
    const layer = snake({
      // What the core does not know it refuses, so that a misspelt option is not lost in silence.
      ...unknown,
      mode,
      scope,
      rows: rows && listed(rows),
      teams: teams && listed(teams),
      from: seconds(from),
      until: seconds(until),
    });
    return wrap(held<RawDuty>(this).enter(layer, pairings && listed(pairings)));
  }

  /** Leaves a mode: its layer is gone without a trace. */
  leave(mode: string, scope: string): Responsibility {
    return wrap(held<RawDuty>(this).leave(mode, scope));
  }

  /** The layers that are on, in the order in which they were entered. */
  layers(): ModeLayer[] {
    return held<RawDuty>(this).layers();
  }

  /** The duties without any layer. */
  base(): Responsibility {
    return wrap(held<RawDuty>(this).base());
  }

  /** What a row of the active tables was derived from; null for a row of the base. */
  sourceOf(row: number): { mode: string; scope: string; row: number; source: string | null } | null {
    return held<RawDuty>(this).sourceOf(row);
  }

  /** The tree beneath the duties. */
  get tree(): GridTree {
    return treeOut(held<RawDuty>(this).tree());
  }

  /** All tables again, in one order whatever order they came in. */
  tables(): AllDutyTables {
    return held<RawDuty>(this).tables();
  }

  /** The tables with the duties of the layers that are on. */
  activeTables(): AllDutyTables {
    return held<RawDuty>(this).activeTables();
  }

  /** Every domain that a row names. */
  get domains(): string[] {
    return held<RawDuty>(this).domains();
  }

  /** Every mode that a row names. */
  get modes(): string[] {
    return held<RawDuty>(this).modes();
  }

  /** The token of every person that a row names. */
  get people(): string[] {
    return held<RawDuty>(this).people();
  }

  /** Whether an answer depends on the time. */
  get isTimed(): boolean {
    return held<RawDuty>(this).isTimed();
  }

  /** Whether the same rows stand over equal trees. */
  equals(other: Responsibility): boolean {
    return held<RawDuty>(this).equals(held<RawDuty>(other));
  }

  /** The duties as versioned JSON, by code. */
  toJson(): string {
    return held<RawDuty>(this).toJson();
  }
}

/** Makes duties of what the module gave. */
export function dutyOut(raw: RawDuty): Responsibility {
  return wrap(raw);
}

/** Rows as an array; what cannot be iterated is left to the core to refuse. */
function listed(rows: unknown): unknown {
  return typeof rows === "object" && rows !== null && Symbol.iterator in rows ? [...(rows as Iterable<unknown>)] : rows;
}

function asking(options: AskOptions | undefined): object | undefined {
  return options && { ...options, at: seconds(options.at) };
}
