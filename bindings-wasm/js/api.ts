/** What every entry offers once the module is loaded. */
export { gridCode, version } from "./id.js";
export * from "./apportion.js";
export * from "./claim.js";
export { type Fault, type GridcoreError, isGridcoreError } from "./error.js";
export type { Handle } from "./handle.js";
export * from "./layout.js";
export type * from "./rows.js";
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
