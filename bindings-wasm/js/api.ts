/** What every entry offers once the module is loaded. */
export * as alert from "./alert.js";
export * from "./apportion.js";
export * as change from "./change.js";
export * from "./claim.js";
export type * from "./declared.js";
export * as deploy from "./deploy.js";
export * from "./edit.js";
export { type Fault, type GridcoreError, type Infeasible, isGridcoreError, isInfeasible } from "./error.js";
export * from "./events.js";
export { type FrontCount, type FrontRow, Fronts } from "./fronts.js";
export * as geo from "./geo.js";
export type { Handle } from "./handle.js";
export * from "./id.js";
export * from "./layout.js";
export type * from "./map.js";
export type { Progress, Time, Watching } from "./options.js";
export {
  type AbsenceRow,
  type Accountable,
  type AccountableColumns,
  type AllDutyTables,
  type AskOptions,
  type AssignmentRow,
  type AuditOptions,
  type AuditRow,
  type ChainRow,
  type ChainStep,
  type DeputyRow,
  type DerivedRow,
  type DutyRole,
  type DutyTables,
  type EnterOptions,
  type Gap,
  type GapStep,
  type Headcount,
  type HoldingRow,
  type KnownPersonRow,
  type ModeLayer,
  type PostRule,
  Responsibility,
  type RoleHolder,
  type Rule,
  type TeamMemberRow,
} from "./responsibility.js";
export type * from "./rollup.js";
export * as roster from "./roster.js";
export { Reconciliation, deduplicate, reconcile } from "./roster.js";
export type * from "./rows.js";
export * as rules from "./rules.js";
export * as samples from "./samples.js";
export type * from "./schema.js";
export {
  type CodePart,
  CodeScheme,
  type CodeSegment,
  type ParsedCode,
  type SchemeCapacity,
  type SchemeDefinition,
  type SchemeName,
  type SchemeOverflow,
  type SegmentClass,
} from "./scheme.js";
export type * from "./search.js";
export * as solve from "./solve.js";
export type * from "./spans.js";
export type * from "./supervisors.js";
export { type BuildOptions, GridTree, type Lossy, type Rejected } from "./tree.js";
