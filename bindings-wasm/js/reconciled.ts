/** How other parts make reconciliations, whose constructor is their own. */
import type { RawReconciliation } from "../pkg/gridcore_wasm.js";
import type { Reconciliation } from "./roster.js";

type Make = (raw: RawReconciliation) => Reconciliation;

let make: Make;

/** Says how they are made; said where they are defined. */
export function makeBy(how: Make): void {
  make = how;
}

/** The reconciliation of an object of the module. */
export function reconciled(raw: RawReconciliation): Reconciliation {
  return make(raw);
}
