import { type RawDuty, type RawEvents, type RawTree, standardEventProfile } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import { type Time, seconds } from "./options.js";
import type { Responsibility } from "./responsibility.js";
import type { Label } from "./schema.js";
import type { GridTree } from "./tree.js";

/** An event (事件). Beside these keys it has one for each stage that it reached: the time in UTC seconds. */
export interface EventRow {
  id: string;
  grid: string;
  domain?: string | null;
  kind?: string | null;
  priority?: string | null;
  /** How it was found: `patrol`, `report`, `hotline`, … */
  found_by?: string | null;
  /** When it began. */
  occurred?: number | null;
  /** When the first resident complained of it. */
  complained?: number | null;
  /** By when it is to be closed, where that was set for this event alone. */
  due?: number | null;
  /** When it was dropped. */
  dropped?: number | null;
  [stage: string]: string | number | null | undefined;
}

/** Stages and deadlines. */
export interface EventProfile {
  /** The stages in their order: received at the first, closed at the last. */
  stages: { id: string; label: Label; required?: boolean }[];
  /** The stage at which an event is filed (立案). */
  filing: string;
  deadlines?: { kind?: string; priority?: string; from: string; to: string; seconds: number }[];
  /** What `found_by` says where the office found the event itself. */
  patrol?: string[];
  /** For how many seconds an event is overdue when the first, the second, … grid above hears of it. */
  escalation?: number[];
}

/** Counts of events, and what they come to; rates in percent with two decimals, null without a denominator. */
export interface EventTotals {
  received: number;
  dropped: number;
  filed: number;
  due: number;
  closed: number;
  on_time: number;
  closed_ahead: number;
  open: number;
  by_patrol: number;
  without_deadline: number;
  with_lead: number;
  lead_seconds: number;
  with_delay: number;
  delay_seconds: number;
  handled: number;
  handling_seconds: number;
  filing_percent: number | null;
  closing_percent: number | null;
  on_time_percent: number | null;
  patrol_percent: number | null;
  mean_lead_seconds: number | null;
  mean_delay_seconds: number | null;
  mean_handling_seconds: number | null;
}

/** The counts of a grid with all beneath it, in one domain or in all. */
export interface EventReportRow extends EventTotals {
  grid: string;
  domain: string | null;
}

/** An event that is late, or will be soon. */
export interface BreachRow {
  event: string;
  grid: string;
  domain: string | null;
  /** The stage that is waited for. */
  stage: string;
  due: number;
  /** Negative: how many seconds it is overdue. */
  seconds_left: number;
  /** How many steps up the path of the grid hear of it by now. */
  steps: number;
  escalated_to: string;
}

/** A breach, and who hears of it. */
export interface EscalationRow extends BreachRow {
  /** The grid whose accountable hears of it; null if nobody is left to hear. */
  told_at: string | null;
  person: string | null;
  team: string | null;
}

/** Which events are counted. */
export interface WindowOptions {
  /** Received from this second on. */
  receivedFrom?: Time | undefined;
  /** Received before this second. */
  receivedUntil?: Time | undefined;
}

let wrap: (raw: RawEvents) => Events;

/** Events over a tree: reported, filed, handled and closed, each in its time. */
export class Events extends Handle {
  static {
    wrap = (raw) => new Events(raw);
  }

  private constructor(raw: RawEvents) {
    super(raw);
  }

  /** Reads events. Throws every fault of every row. */
  static fromRows(tree: GridTree, rows: Iterable<EventRow>, options?: { profile?: EventProfile | undefined }): Events {
    return wrap(held<RawTree>(tree).events(rows, options?.profile));
  }

  /** Loads events that `toJson` saved, over their tree. */
  static fromJson(tree: GridTree, json: string): Events {
    return wrap(held<RawTree>(tree).eventsFromJson(json));
  }

  /** The usual stages: reported → accepted → filed → assigned → handled → verified → closed, without deadlines. */
  static standardProfile(): EventProfile {
    return standardEventProfile();
  }

  /** How many events there are. */
  get size(): number {
    return held<RawEvents>(this).size();
  }

  /** The stages and deadlines. */
  get profile(): Required<EventProfile> {
    return held<RawEvents>(this).profile();
  }

  /** The events as rows. */
  rows(): EventRow[] {
    return held<RawEvents>(this).rows();
  }

  /** The counts and rates of all events, as they were known at a time. */
  totals(now: Time, options?: WindowOptions): EventTotals {
    return held<RawEvents>(this).totals(windowed(now, options));
  }

  /** The counts and rates of each grid that has events beneath it: all domains first, then each. */
  report(now: Time, options?: WindowOptions): EventReportRow[] {
    return held<RawEvents>(this).report(windowed(now, options));
  }

  /** What is overdue at a time, or will be within so many seconds, and who hears of it. */
  breaches(now: Time, within = 0): BreachRow[] {
    return held<RawEvents>(this).breaches(seconds(now), within);
  }

  /** The same with whoever hears of it: the accountable so many steps up the chain of its domain. */
  escalations(duty: Responsibility, now: Time, within = 0): EscalationRow[] {
    return held<RawEvents>(this).escalations(held<RawDuty>(duty), seconds(now), within);
  }

  /** The events as versioned JSON. */
  toJson(): string {
    return held<RawEvents>(this).toJson();
  }
}

function windowed(now: Time, options: WindowOptions | undefined): object {
  const { receivedFrom, receivedUntil } = options ?? {};
  return { now: seconds(now), received: { from: seconds(receivedFrom) ?? null, until: seconds(receivedUntil) ?? null } };
}
