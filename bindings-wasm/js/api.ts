/** What every entry offers once the module is loaded. */
export * from "./apportion.js";
export * from "./claim.js";
export type * from "./declared.js";
export * from "./edit.js";
export { type Fault, type GridcoreError, isGridcoreError } from "./error.js";
export { type FrontCount, type FrontRow, Fronts } from "./fronts.js";
export * as geo from "./geo.js";
export type { Handle } from "./handle.js";
export * from "./id.js";
export * from "./layout.js";
export type * from "./map.js";
export type * from "./rollup.js";
export type * from "./rows.js";
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
export type * from "./spans.js";
export type * from "./supervisors.js";
export { type BuildOptions, GridTree, type Lossy, type Rejected } from "./tree.js";
